/* The C library's switches, as far as the other headers here have any. */
#pragma once

#include <sys/cdefs.h>

#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1
#endif
#define __USE_MISC 1
#define __USE_XOPEN2K8 1
#define __USE_POSIX199309 1
