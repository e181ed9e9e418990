#pragma once
#include <sys/types.h>
#include <linux/time.h>
