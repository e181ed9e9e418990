#pragma once

#include <sys/types.h>

typedef void (*sighandler_t)(int);
typedef int sig_atomic_t;
typedef struct {
	unsigned long __val[1024 / (8 * sizeof(unsigned long))];
} sigset_t;
union sigval {
	int sival_int;
	void *sival_ptr;
};

#define SIG_DFL ((sighandler_t)0)
#define SIG_IGN ((sighandler_t)1)
#define SIG_ERR ((sighandler_t)-1)
#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGABRT 6
#define SIGFPE 8
#define SIGKILL 9
#define SIGSEGV 11
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15

sighandler_t signal(int, sighandler_t);
int kill(pid_t, int);
int raise(int);
