/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * types.h: the few words of C that every file of the kernel uses.
 *
 * The whole kernel is compiled with -fno-inline, so that each function named in Linux is a symbol at which one can
 * stop; __always_inline is for the accessors that are one instruction.
 */
#ifndef KERNEL_TYPES_H
#define KERNEL_TYPES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t s64;

#define NR_CPUS			64

#define __always_inline		inline __attribute__((always_inline))
#define __section(name)		__attribute__((section(name), used))
#define __aligned(n)		__attribute__((aligned(n)))
#define __printf(fmt, args)	__attribute__((format(printf, fmt, args)))

#define ARRAY_SIZE(a)		(sizeof(a) / sizeof((a)[0]))
#define ALIGN_UP(x, a)		(((x) + (a) - 1) & ~((typeof(x))(a) - 1))
#define container_of(p, type, member) ((type *)((char *)(p) - offsetof(type, member)))

/* A read or write that the compiler does once, here, and in one piece: another CPU is looking. */
#define READ_ONCE(x)		(*(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v)	(*(volatile typeof(x) *)&(x) = (v))

#define ENOENT			2
#define EPERM			1
#define EIO			5
#define ENXIO			6
#define EBUSY			16
#define ENODEV			19
#define EINVAL			22
#define EILSEQ			84
#define EOPNOTSUPP		95
#define ETIMEDOUT		110

#endif /* KERNEL_TYPES_H */
