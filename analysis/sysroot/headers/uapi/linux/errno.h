#pragma once

#include <asm/errno.h>
