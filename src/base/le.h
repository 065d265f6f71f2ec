/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/le.h: little-endian numbers in files and in guest memory, at any alignment.
 */
#ifndef BASE_LE_H
#define BASE_LE_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

/* The number of 2 bytes at DATA. */
static inline uint16_t le_get16(const uint8_t *data)
{
	uint16_t value;

	memcpy(&value, data, sizeof(value));
	return le16toh(value);
}

/* The number of 4 bytes at DATA. */
static inline uint32_t le_get32(const uint8_t *data)
{
	uint32_t value;

	memcpy(&value, data, sizeof(value));
	return le32toh(value);
}

/* The number of 8 bytes at DATA. */
static inline uint64_t le_get64(const uint8_t *data)
{
	uint64_t value;

	memcpy(&value, data, sizeof(value));
	return le64toh(value);
}

#endif /* BASE_LE_H */
