/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * string.c: string functions, plain and byte by byte: nothing here is hot.
 */
#include "string.h"

void *memmove(void *dest, const void *src, size_t n)
{
	char *d = dest;
	const char *s = src;

	if (d <= s)
		return memcpy(dest, src, n);
	while (n--)
		d[n] = s[n];
	return dest;
}

void *memcpy(void *dest, const void *src, size_t n)
{
	char *d = dest;
	const char *s = src;

	while (n--)
		*d++ = *s++;
	return dest;
}

/* Stacks and per-CPU areas are cleared by this: go by eight where it can be done. */
void *memset(void *s, int c, size_t n)
{
	u8 *p = s;
	u64 eight = (u8)c * 0x0101010101010101;

	for (; n && (uintptr_t)p % 8; n--)
		*p++ = c;
	for (; n >= 8; n -= 8, p += 8)
		*(u64 *)p = eight;
	while (n--)
		*p++ = c;
	return s;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const u8 *x = a, *y = b;

	for (; n; n--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n])
		n++;
	return n;
}

size_t strlen(const char *s)
{
	return strnlen(s, SIZE_MAX);
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++)
		if (*a != *b || !*a)
			return (u8)*a - (u8)*b;
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}

void strscpy(char *dest, const char *src, size_t size)
{
	size_t n = strnlen(src, size - 1);

	memcpy(dest, src, n);
	dest[n] = '\0';
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

unsigned long simple_strtoul(const char *s)
{
	int base = s[0] == '0' && (s[1] | 0x20) == 'x' ? 16 : 10;
	unsigned long value = 0;

	for (s += base == 16 ? 2 : 0; digit_value(*s) < base; s++)
		value = value * base + digit_value(*s);
	return value;
}
