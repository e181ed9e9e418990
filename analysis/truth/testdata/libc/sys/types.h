/* A C library's types, as far as kernel headers use them, for ABIs that have
   no C library installed. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <linux/types.h>
typedef __kernel_ssize_t ssize_t;
typedef __kernel_off_t off_t;
typedef __kernel_pid_t pid_t;
typedef __kernel_uid32_t uid_t;
typedef __kernel_gid32_t gid_t;
typedef __kernel_mode_t mode_t;
typedef __kernel_time_t time_t;
typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef uint8_t u_int8_t;
typedef uint16_t u_int16_t;
typedef uint32_t u_int32_t;
typedef uint64_t u_int64_t;
typedef unsigned long long u_quad_t;
typedef __kernel_ino_t ino_t;
typedef char *caddr_t;
