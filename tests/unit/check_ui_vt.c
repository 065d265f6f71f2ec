/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a terminal would show.  The wanted rows are what xterm and tmux have.
 */
#include "ui/vt.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* The rows of VT with a '|' behind each, reverse video in braces, blanks at the end of a row left out. */
static char *shown(const struct vt *vt)
{
	struct strbuf out = STRBUF_INIT;
	bool is_reverse;

	for (size_t i = 0; i < vt_row_count(vt); i++) {
		struct strbuf row = STRBUF_INIT, piece = STRBUF_INIT;

		for (size_t at = 0; vt_row_piece(vt, i, &at, &is_reverse, &piece); strbuf_clear(&piece))
			strbuf_printf(&row, is_reverse ? "{%s}" : "%s", strbuf_text(&piece));
		while (row.len && row.text[row.len - 1] == ' ')
			row.text[--row.len] = '\0';
		strbuf_printf(&out, "%s|", strbuf_text(&row));
		strbuf_free(&row);
		strbuf_free(&piece);
	}
	return out.text;
}

#define E "\033"

static const struct { const char *what, *text, *shown; } screens[] = {
	{ "lines", "one\r\ntwo\nthree", "one|two|three|" },
	{ "empty lines", "\r\n\r\nx\r\n\r\n", "||x|" },
	{ "a carriage return", "abc\rX", "Xbc|" },
	{ "backspaces", "abc\b\bX\b", "aXc|" },
	{ "tabs", "a\tb\t\tc", "a       b               c|" },
	{ "other controls", "a\a\x01\x7f" "b", "ab|" },
	{ "colours", E "[1;31mred" E "[0m" E "[38;5;7m!" E "[m", "red!|" },
	{ "reverse video", "a" E "[7mbc" E "[27md", "a{bc}d|" },
	{ "modes and titles", E "[?25l" E "]0;title\aA" E "]2;t" E "\\B" E "=" E "Pq" E "\\C" E "[>c" E "%G", "ABC|" },
	{ "a title without its end", E "]0;x\nlog\n", "log|" },
	{ "addresses", E "[2;3Hx" E "[Hy" E "[4Gz", "y  z|  x|" },
	{ "moves", "ab" E "[2Bc" E "[3D^" E "[A<" E "[5;3f.", "ab| <|^ c||  .|" },
	{ "erasing", "abcdef" E "[3G" E "[K" "\r\nghi" E "[2G" E "[1K", "ab|  i|" },
	{ "erasing some", "abcdef" E "[2G" E "[3X" E "[6G" E "[P" "!", "a   e!|" },
	{ "inserting", "abc" E "[2G" E "[2@" "x", "ax bc|" },
	{ "inserting lines", "a\r\nb\r\nc" E "[2;1H" E "[L" "x" E "[4;1H" E "[M", "a|x|b|" },
	{ "a screen that is erased stays above", "old" E "[2J" E "[Hnew", "old|new|" },
	{ "erased from its start", "old\r\n" E "[H" E "[Jnew", "old|new|" },
	{ "a region that scrolls", "1\r\n2\r\n3\r\n4" E "[2;3r" E "[3;1H\r\nx" E "[r", "1|3|x|4|" },
	{ "scrolling down", "1\r\n2" E "[H" E "Mx", "x|1|2|" },
	{ "back to a place", E "[3;3H" E "7" E "[Hx" E "8y", "x||  y|" },
	{ "line drawing", E "(0lqk" E "(Bq" E ")0\016x\017x", "┌─┐q│x|" },
	{ "UTF-8", "\xc3\xa9" E "[2Gx\xe4\xb8\xad" E "[4Gy\xff\xc3z", "éx中" "y" "\xef\xbf\xbd" "\xef\xbf\xbd" "z|" },
	{ "a line feed where lines are addressed", E "[1;5Ha\nb", "    a|     b|" },
	{ "numbers beyond all sense", E "[99999999999999999999;1H" E "[1;;;;;;;;;;;;;;;;2Hx", NULL },
};

START_TEST(shows_what_a_terminal_would)
{
	struct vt *vt = vt_new();
	char *text;

	/* However it comes. */
	for (size_t i = 0; i < strlen(screens[_i].text); i++)
		vt_put(vt, &screens[_i].text[i], 1);
	text = shown(vt);
	if (screens[_i].shown)
		ck_assert_msg(!strcmp(text, screens[_i].shown), "%s: %s", screens[_i].what, text);
	free(text);
	vt_free(vt);
}
END_TEST

START_TEST(keeps_what_scrolled_away)
{
	struct vt *vt = vt_new();
	char *text;

	for (int i = 0; i < 3 * VT_KEPT_MAX; i++)
		vt_put(vt, "x\r\n", 3);
	vt_put(vt, "\033[Htop", 6);
	ck_assert_uint_lt(vt_row_count(vt), VT_KEPT_MAX + VT_ROWS);
	ck_assert_uint_ge(vt_row_count(vt), VT_KEPT_MAX / 2);
	text = shown(vt);
	ck_assert_ptr_nonnull(strstr(text, "x|x|top|x|"));
	free(text);
	vt_clear(vt);
	ck_assert_uint_eq(vt_row_count(vt), 0);
	vt_free(vt);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("ui/vt");
	TCase *tc = tcase_create("vt");

	tcase_add_loop_test(tc, shows_what_a_terminal_would, 0, sizeof(screens) / sizeof(screens[0]));
	tcase_add_test(tc, keeps_what_scrolled_away);
	suite_add_tcase(suite, tc);
	return suite;
}
