#pragma once

#ifdef __alpha__
#define HZ 1024
#define EXEC_PAGESIZE 8192
#else
#define HZ 100
#define EXEC_PAGESIZE 4096
#endif
#define NOGROUP (-1)
#define MAXHOSTNAMELEN 64
