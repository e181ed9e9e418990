/* The types that a file may use without having said where they come from. */
#pragma once

#include <linux/types.h>
#include <abide/types.h>
#include <abide/compat.h>
#include <abide/sync.h>
#include <abide/libc-names.h>
