/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/utf8.c: reading UTF-8 one character at a time.
 */
#include "base/utf8.h"

#include <stdbool.h>

static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

static size_t lead_len(unsigned char c)
{
	if (c < 0x80)
		return c ? 1 : 0;
	if (c >= 0xc2 && c < 0xe0)
		return 2;
	if (c >= 0xe0 && c < 0xf0)
		return 3;
	return c >= 0xf0 && c < 0xf5 ? 4 : 0;
}

static uint32_t join(const char *s, size_t len)
{
	static const uint8_t lead_mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	uint32_t code = (unsigned char)s[0] & lead_mask[len];

	for (size_t i = 1; i < len; i++)
		code = code << 6 | ((unsigned char)s[i] & 0x3f);
	return code;
}

static bool is_scalar(uint32_t code, size_t len)
{
	return code >= least[len] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

size_t utf8_char_len(const char *s)
{
	size_t len = lead_len(s[0]);

	for (size_t i = 1; i < len; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return 0;
	return len && is_scalar(join(s, len), len) ? len : 0;
}

uint32_t utf8_decode(const char *s)
{
	size_t len = utf8_char_len(s);

	return len ? join(s, len) : 0xfffd;
}

void utf8_encode(uint32_t code, char *text)
{
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	text[0] = (char)(lead[len] | code >> 6 * (len - 1));
	for (size_t i = 1; i < len; i++)
		text[i] = (char)(0x80 | (code >> 6 * (len - 1 - i) & 0x3f));
	text[len] = '\0';
}
