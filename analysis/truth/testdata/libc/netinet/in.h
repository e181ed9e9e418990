#pragma once
#include <sys/socket.h>
#include <linux/in.h>
#include <linux/in6.h>
