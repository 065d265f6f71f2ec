/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/vec.c: what the macros of vec.h call.
 */
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { FIRST_COUNT = 8 };

void *vec_grow(void *item, size_t *len, size_t *size, size_t size_each)
{
	if (*len == *size) {
		*size = *size ? *size * 2 : FIRST_COUNT;
		item = xreallocarray(item, *size, size_each);
	}
	memset((char *)item + *len * size_each, 0, size_each);
	++*len;
	return item;
}

void vec_release(void *item)
{
	free(item);
}
