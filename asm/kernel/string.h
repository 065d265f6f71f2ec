/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * string.h: the C library's string functions, as far as the kernel needs them.
 */
#ifndef KERNEL_STRING_H
#define KERNEL_STRING_H

#include "types.h"

/* As in the C standard; the compiler may call these four by itself. */
void *memcpy(void *dest, const void *src, size_t n);
/* See the C standard. */
void *memmove(void *dest, const void *src, size_t n);
/* See the C standard. */
void *memset(void *s, int c, size_t n);
/* See the C standard. */
int memcmp(const void *a, const void *b, size_t n);
/* See the C standard. */
size_t strlen(const char *s);
/* Length of S, but no more than MAX. */
size_t strnlen(const char *s, size_t max);
/* See the C standard. */
int strcmp(const char *a, const char *b);
/* See the C standard. */
int strncmp(const char *a, const char *b, size_t n);
/* Copy SRC into DEST of SIZE bytes, cut short if need be and always ended by NUL. */
void strscpy(char *dest, const char *src, size_t size);
/* The number at S, decimal or with 0x hexadecimal, ended by anything else. */
unsigned long simple_strtoul(const char *s);

#endif /* KERNEL_STRING_H */
