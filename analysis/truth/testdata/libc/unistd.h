#pragma once
#include <sys/types.h>
long sysconf(int);
int getpagesize(void);
