#pragma once

#include <asm/poll.h>

typedef unsigned long nfds_t;

int poll(struct pollfd *, nfds_t, int);
