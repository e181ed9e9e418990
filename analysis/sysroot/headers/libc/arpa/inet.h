#pragma once

#include <netinet/in.h>

in_addr_t inet_addr(const char *);
int inet_pton(int, const char *, void *);
const char *inet_ntop(int, const void *, char *, socklen_t);
