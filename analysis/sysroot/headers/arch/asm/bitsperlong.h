/* The width of long, or of a 64-bit kernel's words that x32 shares (not n32). */
#pragma once

#define __BITS_PER_LONG __LONG_WIDTH__
