/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/zero.h: memory that holds nothing but zeroes, which need not be kept.
 */
#ifndef BASE_ZERO_H
#define BASE_ZERO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Are the LEN bytes at BYTES, one at least, all zero? */
static inline bool zero_fills(const uint8_t *bytes, size_t len)
{
	return bytes[0] == 0 && !memcmp(bytes, bytes + 1, len - 1);
}

#endif /* BASE_ZERO_H */
