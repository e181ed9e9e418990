/* What the Xen device headers expect to be declared before them. */
#include <stdint.h>
typedef uint16_t domid_t;
typedef uint32_t grant_ref_t;
typedef uint32_t evtchn_port_t;
