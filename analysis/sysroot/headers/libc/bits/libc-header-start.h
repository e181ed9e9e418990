/* For the C library headers that do not depend on the architecture and are installed. */
#include <features.h>

#undef __GLIBC_USE
#define __GLIBC_USE(feature) 0
