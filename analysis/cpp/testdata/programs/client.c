// A program that talks to a driver and to the network.
#define _GNU_SOURCE
#include <assert.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct sample {
	uint32_t id;
	uint64_t when;
	char name[NAME_MAX];
};

#define LOG(format, ...) fprintf(stderr, "%s:%d: " format "\n", __FILE__, __LINE__, ##__VA_ARGS__)
#define SAMPLE_GET 0x80186d01u

static atomic_int stopped;

static void *worker(void *arg)
{
	struct epoll_event events[8];
	int fd = *(int *)arg;
	struct sample s = { 0 };

	while (!atomic_load(&stopped)) {
		if (epoll_wait(fd, events, 8, -1) < 0 && errno != EINTR)
			err(EXIT_FAILURE, "epoll_wait");
		if (ioctl(fd, SAMPLE_GET, &s) < 0)
			LOG("%s: %s",
			    s.name, strerror(errno));
		printf("%" PRIu32 " %" PRIu64 "\n", s.id, s.when);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t thread;
	int fd = open(argc > 1 ? argv[1] : "/dev/sample", O_RDWR | O_CLOEXEC);

	assert(fd >= 0);
	signal(SIGPIPE, SIG_IGN);
	pthread_create(&thread, NULL, worker, &fd);
	return pthread_join(thread, NULL);
}
