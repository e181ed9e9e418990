#pragma once

#include <sys/types.h>

#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define PROT_EXEC 4
#define MAP_SHARED 1
#define MAP_PRIVATE 2
#define MAP_FAILED ((void *)-1)
#if defined(__alpha__)
#define MAP_FIXED 256
#define MAP_ANONYMOUS 16
#elif defined(__mips__)
#define MAP_FIXED 16
#define MAP_ANONYMOUS 2048
#else
#define MAP_FIXED 16
#define MAP_ANONYMOUS 32
#endif
#define MAP_ANON MAP_ANONYMOUS

void *mmap(void *, size_t, int, int, int, off_t);
int munmap(void *, size_t);
int mprotect(void *, size_t, int);
