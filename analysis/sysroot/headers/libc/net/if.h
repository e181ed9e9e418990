#pragma once

#include <sys/socket.h>

#define IFNAMSIZ 16
#define IF_NAMESIZE 16

unsigned int if_nametoindex(const char *);
char *if_indextoname(unsigned int, char *);
