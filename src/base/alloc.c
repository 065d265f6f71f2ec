/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/alloc.c: the checked allocator.
 */
#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_INTERNAL = 99 };

static void *check(void *ptr, size_t size)
{
	if (ptr || size == 0)
		return ptr;
	fprintf(stderr, "smptutor: the host has no memory left (%zu bytes wanted)\n", size);
	_Exit(EXIT_INTERNAL);
}

void *xzalloc(size_t size)
{
	return check(calloc(1, size), size);
}

void *xcalloc(size_t count, size_t size)
{
	return check(calloc(count, size), count * size);
}

void *xreallocarray(void *ptr, size_t count, size_t size)
{
	return check(reallocarray(ptr, count, size), count * size);
}

char *xstrdup(const char *s)
{
	return check(strdup(s), strlen(s) + 1);
}

char *xstrndup(const char *s, size_t len)
{
	return check(strndup(s ? s : "", len), len + 1);
}

void *xmemdup(const void *data, size_t len)
{
	void *copy;

	if (len == 0)
		return NULL;
	copy = check(malloc(len), len);
	return memcpy(copy, data, len);
}
