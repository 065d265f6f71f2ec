/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/fnv.h: the hash FNV-1a of 64 bits, a piece at a time.
 */
#ifndef BASE_FNV_H
#define BASE_FNV_H

#include <stddef.h>
#include <stdint.h>

/* The hash of nothing. */
#define FNV_START	UINT64_C(0xcbf29ce484222325)

/* HASH, gone on with SIZE bytes at DATA. */
uint64_t fnv_add(uint64_t hash, const void *data, size_t size);

/* HASH, gone on with COUNT zero bytes, without looking at any. */
uint64_t fnv_add_zeroes(uint64_t hash, uint64_t count);

#endif /* BASE_FNV_H */
