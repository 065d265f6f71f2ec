/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/width.c: columns of characters.
 */
#include "base/width.h"

#include "base/utf8.h"

struct range { uint32_t first, last; };

/* Combining marks, joiners, variation selectors, Hangul medial vowels and final consonants. */
static const struct range zero[] = {
	{ 0x0300, 0x036f }, { 0x0483, 0x0489 }, { 0x0591, 0x05bd }, { 0x0610, 0x061a }, { 0x064b, 0x065f },
	{ 0x093c, 0x093c }, { 0x0941, 0x0948 }, { 0x0e31, 0x0e31 }, { 0x0e34, 0x0e3a }, { 0x0e47, 0x0e4e },
	{ 0x1160, 0x11ff }, { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff }, { 0x200b, 0x200f }, { 0x202a, 0x202e },
	{ 0x2060, 0x2064 }, { 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff },
};

/* East Asian wide and fullwidth. */
static const struct range wide[] = {
	{ 0x1100, 0x115f }, { 0x231a, 0x231b }, { 0x2329, 0x232a }, { 0x23e9, 0x23ec }, { 0x25fd, 0x25fe },
	{ 0x2614, 0x2615 }, { 0x2648, 0x2653 }, { 0x26a1, 0x26a1 }, { 0x2705, 0x2705 }, { 0x274c, 0x274c },
	{ 0x2753, 0x2755 }, { 0x2795, 0x2797 }, { 0x2b1b, 0x2b1c }, { 0x2e80, 0x303e }, { 0x3041, 0x33ff },
	{ 0x3400, 0x4dbf }, { 0x4e00, 0x9fff }, { 0xa000, 0xa4cf }, { 0xa960, 0xa97c }, { 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff }, { 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1f64f },
	{ 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
};

#define COUNT(table)	(sizeof(table) / sizeof((table)[0]))

static int is_in(const struct range *ranges, size_t count, uint32_t code)
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;

		if (code > ranges[middle].last)
			low = middle + 1;
		else if (code < ranges[middle].first)
			count = middle;
		else
			return 1;
	}
	return 0;
}

int width_of_char(uint32_t code)
{
	if (code < zero[0].first)
		return 1;
	if (is_in(zero, COUNT(zero), code))
		return 0;
	return is_in(wide, COUNT(wide), code) ? 2 : 1;
}

/* Bytes of the character at S, a stray byte being one. */
static size_t char_len(const char *s)
{
	size_t len = utf8_char_len(s);

	return len ? len : 1;
}

int width_of_text(const char *text)
{
	int columns = 0;

	for (; *text; text += char_len(text))
		columns += width_of_char(utf8_decode(text));
	return columns;
}

size_t width_fit(const char *text, int columns)
{
	size_t len = 0;

	while (text[len]) {
		columns -= width_of_char(utf8_decode(text + len));
		if (columns < 0)
			break;
		len += char_len(text + len);
	}
	return len;
}
