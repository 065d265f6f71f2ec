/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/alloc.h: memory that is there or the program says so.
 *
 * A host without memory is not an error that a caller could mend, so these never return NULL: they print one line and
 * end the program with exit code 99.  All of it is freed with free().
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

/* SIZE bytes of zeroes. */
void *xzalloc(size_t size);

/* COUNT objects of SIZE bytes, zeroed; the product is checked for overflow. */
void *xcalloc(size_t count, size_t size);

/* PTR (may be NULL) grown or shrunk to COUNT objects of SIZE bytes; what is new is not cleared. */
void *xreallocarray(void *ptr, size_t count, size_t size);

/* A copy of the string S. */
char *xstrdup(const char *s);

/* A copy of at most LEN characters of S, ended with a NUL.  S may be NULL when LEN is 0. */
char *xstrndup(const char *s, size_t len);

/* A copy of the LEN bytes at DATA; NULL when LEN is 0. */
void *xmemdup(const void *data, size_t len);

#endif /* BASE_ALLOC_H */
