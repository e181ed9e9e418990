#pragma once

#include <asm/ioctl.h>
