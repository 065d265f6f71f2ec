/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * UTF-8: every form that RFC 3629 allows, at its first and last code point, and every form that it forbids.
 */
#include "base/utf8.h"

#include <string.h>

#include "unit.h"

static const struct good {
	const char *bytes;
	size_t len;
	uint32_t code;
} good[] = {
	{ "\x01", 1, 0x01 },
	{ "~", 1, '~' },
	{ "\x7f", 1, 0x7f },
	{ "\xc2\x80", 2, 0x80 },
	{ "\xdf\xbf", 2, 0x7ff },
	{ "\xe0\xa0\x80", 3, 0x800 },
	{ "\xed\x9f\xbf", 3, 0xd7ff },
	{ "\xee\x80\x80", 3, 0xe000 },
	{ "\xef\xbf\xbf", 3, 0xffff },
	{ "\xf0\x90\x80\x80", 4, 0x10000 },
	{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
	{ "\xe6\xa0\xb8 and more", 3, 0x6838 },
};

static const struct bad {
	const char *why, *bytes;
} bad[] = {
	{ "empty", "" },
	{ "a continuation byte alone", "\x80" },
	{ "overlong NUL", "\xc0\x80" },
	{ "overlong two bytes", "\xc1\xbf" },
	{ "overlong three bytes", "\xe0\x9f\xbf" },
	{ "overlong four bytes", "\xf0\x8f\xbf\xbf" },
	{ "first surrogate", "\xed\xa0\x80" },
	{ "last surrogate", "\xed\xbf\xbf" },
	{ "past U+10FFFF", "\xf4\x90\x80\x80" },
	{ "no such lead byte", "\xf5\x80\x80\x80" },
	{ "no such byte", "\xff" },
	{ "cut after one of two", "\xc3" },
	{ "cut after two of three", "\xe6\xa0" },
	{ "cut after three of four", "\xf0\x90\x80" },
	{ "text where a continuation should be", "\xe6\xa0z" },
};

START_TEST(well_formed)
{
	const struct good *c = &good[_i];
	char again[UTF8_SIZE];

	ck_assert_uint_eq(utf8_char_len(c->bytes), c->len);
	ck_assert_uint_eq(utf8_decode(c->bytes), c->code);
	utf8_encode(c->code, again);
	ck_assert_uint_eq(strlen(again), c->len);
	ck_assert_mem_eq(again, c->bytes, c->len);
}
END_TEST

START_TEST(malformed)
{
	const struct bad *c = &bad[_i];

	ck_assert_msg(utf8_char_len(c->bytes) == 0, "%s was taken", c->why);
	ck_assert_msg(utf8_decode(c->bytes) == 0xfffd, "%s was decoded", c->why);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("base/utf8");
	TCase *tcase = tcase_create("utf8");

	tcase_add_loop_test(tcase, well_formed, 0, sizeof(good) / sizeof(good[0]));
	tcase_add_loop_test(tcase, malformed, 0, sizeof(bad) / sizeof(bad[0]));
	suite_add_tcase(suite, tcase);
	return suite;
}
