/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The string that grows: always ended with a NUL, across every growth and every way of adding.
 */
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

START_TEST(empty_is_a_string)
{
	struct strbuf sb = STRBUF_INIT;
	char *stolen = strbuf_steal(&sb);

	ck_assert_str_eq(strbuf_text(&sb), "");
	ck_assert_str_eq(stolen, "");
	free(stolen);
	strbuf_free(&sb);
}
END_TEST

START_TEST(every_way_of_adding)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_puts(&sb, "cpu");
	strbuf_putc(&sb, '1');
	strbuf_add(&sb, " EL3 and more", 4);
	strbuf_printf(&sb, " pc=0x%x", 0x328);
	ck_assert_str_eq(strbuf_text(&sb), "cpu1 EL3 pc=0x328");
	ck_assert_uint_eq(sb.len, strlen("cpu1 EL3 pc=0x328"));
	strbuf_free(&sb);
	ck_assert_uint_eq(sb.len, 0);
}
END_TEST

START_TEST(adding_nothing)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_puts(&sb, "");
	strbuf_printf(&sb, "%s", "");
	ck_assert_uint_eq(sb.len, 0);
	ck_assert_str_eq(strbuf_text(&sb), "");
	strbuf_free(&sb);
}
END_TEST

/* Every length from 0 to 300 passes each doubling of the memory, the NUL included. */
START_TEST(grows_at_any_length)
{
	struct strbuf sb = STRBUF_INIT;

	for (int i = 0; i < 300; i++) {
		strbuf_printf(&sb, "%c", 'a' + i % 26);
		ck_assert_uint_eq(strlen(strbuf_text(&sb)), (size_t)i + 1);
	}
	ck_assert_int_eq(sb.text[299], 'a' + 299 % 26);
	strbuf_free(&sb);
}
END_TEST

START_TEST(one_long_piece)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_printf(&sb, "%5000d", 7);
	ck_assert_uint_eq(sb.len, 5000);
	ck_assert_str_eq(sb.text + 4998, " 7");
	strbuf_free(&sb);
}
END_TEST

START_TEST(pad_reaches_the_column)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_puts(&sb, "x0");
	strbuf_pad(&sb, 5);
	ck_assert_str_eq(strbuf_text(&sb), "x0   ");
	strbuf_pad(&sb, 3);
	ck_assert_str_eq(strbuf_text(&sb), "x0   ");
	strbuf_free(&sb);
}
END_TEST

START_TEST(clear_keeps_nothing_of_the_text)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_clear(&sb);
	strbuf_puts(&sb, "old");
	strbuf_clear(&sb);
	ck_assert_str_eq(strbuf_text(&sb), "");
	strbuf_puts(&sb, "n");
	ck_assert_str_eq(strbuf_text(&sb), "n");
	strbuf_free(&sb);
}
END_TEST

START_TEST(steal_hands_over)
{
	struct strbuf sb = STRBUF_INIT;
	char *text;

	strbuf_puts(&sb, "mine now");
	text = strbuf_steal(&sb);
	strbuf_puts(&sb, "another");
	ck_assert_str_eq(text, "mine now");
	ck_assert_str_eq(strbuf_text(&sb), "another");
	free(text);
	strbuf_free(&sb);
}
END_TEST

/* The vectors of RFC 4648, and a byte with its high bit. */
static const struct { const char *plain, *base64; } base64_rows[] = {
	{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
	{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" }, { "\377\376", "//4=" },
};

START_TEST(base64)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_add_base64(&sb, base64_rows[_i].plain, strlen(base64_rows[_i].plain));
	ck_assert_str_eq(strbuf_text(&sb), base64_rows[_i].base64);
	strbuf_free(&sb);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("base/strbuf");
	TCase *tcase = tcase_create("strbuf");

	tcase_add_test(tcase, empty_is_a_string);
	tcase_add_test(tcase, every_way_of_adding);
	tcase_add_test(tcase, adding_nothing);
	tcase_add_test(tcase, grows_at_any_length);
	tcase_add_test(tcase, one_long_piece);
	tcase_add_test(tcase, pad_reaches_the_column);
	tcase_add_test(tcase, clear_keeps_nothing_of_the_text);
	tcase_add_test(tcase, steal_hands_over);
	tcase_add_loop_test(tcase, base64, 0, sizeof(base64_rows) / sizeof(base64_rows[0]));
	suite_add_tcase(suite, tcase);
	return suite;
}
