/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/fnv.c: FNV-1a.  Each byte is xor'ed in, then the hash is multiplied by a prime; so a zero byte only multiplies, and
 * many of them multiply by a power of the prime.
 */
#include "base/fnv.h"

#define PRIME	UINT64_C(0x100000001b3)

uint64_t fnv_add(uint64_t hash, const void *data, size_t size)
{
	const uint8_t *byte = data;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ byte[i]) * PRIME;
	return hash;
}

uint64_t fnv_add_zeroes(uint64_t hash, uint64_t count)
{
	for (uint64_t power = PRIME; count; count >>= 1, power *= power)
		if (count & 1)
			hash *= power;
	return hash;
}
