#pragma once
#include <asm/ioctls.h>
