/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Grids and lines: clipping at every edge, wide and combining characters, control characters kept off the screen, plain
 * glyphs, joined lines, and the two dumps.
 */
#include "base/width.h"
#include "ui/grid.h"

#include <stdlib.h>

#include "unit.h"

/* TEXT written at X of row 0 of a part, 4 to 9, of a grid of 14 columns full of dots. */
static char *written(int x, const char *text)
{
	struct grid *grid = grid_new(14, 1);
	struct area whole = area_of_grid(grid), part = area_part(&whole, 4, 0, 6, 1);
	struct strbuf out = STRBUF_INIT;

	area_text(&whole, 0, 0, STYLE_NORMAL, "..............");
	area_text(&part, x, 0, STYLE_NORMAL, text);
	grid_dump_text(grid, &out);
	grid_free(grid);
	return strbuf_steal(&out);
}

static const struct writing {
	int x;
	const char *text, *want;
} writings[] = {
	{ 0, "abc", "....abc.......\n" },
	{ 4, "abc", "........ab....\n" },
	{ -2, "abc", "....c.........\n" },
	{ -3, "abc", "..............\n" },
	{ 6, "abc", "..............\n" },
	{ 0, "abcdefghij", "....abcdef....\n" },
	{ 0, "核心", "....核心......\n" },
	{ 5, "核", "......... ....\n" },	/* sticks out by half: a blank */
	{ -1, "核心", ".... 心.......\n" },
	{ 0, "안녕a", "....안녕a.....\n" },
	{ 0, "e\xcc\x81x", "....e\xcc\x81x........\n" },
	{ 0, "a\tb\x1b[0m", "....a b?[0....\n" },
	{ 0, "a\xff" "b", "....a?b.......\n" },
};

START_TEST(writing_is_clipped)
{
	char *got = written(writings[_i].x, writings[_i].text);

	ck_assert_str_eq(got, writings[_i].want);
	free(got);
}
END_TEST

START_TEST(parts_stay_inside)
{
	struct grid *grid = grid_new(10, 5);
	struct area whole = area_of_grid(grid);
	struct area part = area_part(&whole, 7, 3, 9, 9), outside = area_part(&whole, 12, 7, 3, 3);

	ck_assert_int_eq(part.width, 3);
	ck_assert_int_eq(part.height, 2);
	ck_assert_int_eq(outside.width, 0);
	ck_assert_int_eq(outside.height, 0);
	area_text(&outside, 0, 0, STYLE_NORMAL, "nothing");
	area_text(&part, 0, 2, STYLE_NORMAL, "below");
	grid_free(grid);
}
END_TEST

START_TEST(half_of_a_wide_character_is_blanked)
{
	struct grid *grid = grid_new(6, 1);
	struct area whole = area_of_grid(grid);
	struct strbuf out = STRBUF_INIT;

	area_text(&whole, 0, 0, STYLE_NORMAL, "核心x");
	area_text(&whole, 1, 0, STYLE_NORMAL, "ab");
	grid_dump_text(grid, &out);
	ck_assert_str_eq(out.text, " ab x\n");
	strbuf_free(&out);
	grid_free(grid);
}
END_TEST

START_TEST(lines_carry_styles)
{
	struct grid *grid = grid_new(12, 2);
	struct area whole = area_of_grid(grid);
	struct line line = LINE_INIT;
	struct strbuf out = STRBUF_INIT;

	line_add(&line, STYLE_HEADING, "x0");
	line_pad(&line, 4);
	line_printf(&line, STYLE_CHANGED, "%d", 17);
	area_line(&whole, 0, &line, 0);
	area_line(&whole, 1, &line, 1);
	area_select(&whole, 1);
	grid_dump_styles(grid, &out);
	ck_assert_str_eq(out.text, "hh  CC\nh__CC_______\n");
	line_free(&line);
	strbuf_free(&out);
	grid_free(grid);
}
END_TEST

START_TEST(fields_cut_and_pad)
{
	struct line line = LINE_INIT;

	line_field(&line, STYLE_NORMAL, 4, "ab");
	line_field(&line, STYLE_NORMAL, 3, "abcd");
	line_field(&line, STYLE_NORMAL, 3, "核心");
	line_time(&line, STYLE_DIM, 1204551);
	ck_assert_str_eq(line_text(&line), "ab  abc核 1 204 551");
	ck_assert_int_eq(line_width(&line), 19);
	line_free(&line);
}
END_TEST

START_TEST(glyphs_become_plain)
{
	struct grid *grid = grid_new(12, 1);
	struct area whole = area_of_grid(grid);
	struct strbuf out = STRBUF_INIT;

	area_text(&whole, 0, 0, STYLE_NORMAL, "─│┼▸◂✓·×●é核");
	grid_to_ascii(grid);
	grid_dump_text(grid, &out);
	ck_assert_str_eq(out.text, "-|+><+.x*?核\n");
	strbuf_free(&out);
	grid_free(grid);
}
END_TEST

START_TEST(lines_are_joined)
{
	struct grid *grid = grid_new(3, 3);
	struct area whole = area_of_grid(grid);
	struct strbuf out = STRBUF_INIT;

	area_text(&whole, 0, 1, STYLE_BORDER, "───");
	area_text(&whole, 0, 0, STYLE_BORDER, "│");
	area_text(&whole, 1, 2, STYLE_BORDER, "│");
	area_text(&whole, 2, 0, STYLE_BORDER, "│");
	area_text(&whole, 2, 2, STYLE_BORDER, "│");
	grid_join_lines(grid);
	grid_dump_text(grid, &out);
	ck_assert_str_eq(out.text, "│ │\n┴┬┼\n ││\n");
	strbuf_free(&out);
	grid_free(grid);
}
END_TEST

static const struct width {
	const char *text;
	int columns;
} widths[] = {
	{ "", 0 }, { "abc", 3 }, { "核心", 4 }, { "안녕", 4 }, { "e\xcc\x81", 1 }, { "▸·─", 3 }, { "\xf0\x9f\x98\x80", 2 },
	{ "ｆｕｌｌ", 8 }, { "\xff", 1 },
};

START_TEST(widths_are_columns)
{
	ck_assert_int_eq(width_of_text(widths[_i].text), widths[_i].columns);
}
END_TEST

START_TEST(fit_ends_between_characters)
{
	ck_assert_uint_eq(width_fit("核心", 3), 3);
	ck_assert_uint_eq(width_fit("核心", 4), 6);
	ck_assert_uint_eq(width_fit("ab", 9), 2);
	ck_assert_uint_eq(width_fit("ab", 0), 0);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("ui/grid");
	TCase *tcase = tcase_create("grid");

	tcase_add_loop_test(tcase, writing_is_clipped, 0, sizeof(writings) / sizeof(writings[0]));
	tcase_add_test(tcase, parts_stay_inside);
	tcase_add_test(tcase, half_of_a_wide_character_is_blanked);
	tcase_add_test(tcase, lines_carry_styles);
	tcase_add_test(tcase, fields_cut_and_pad);
	tcase_add_test(tcase, glyphs_become_plain);
	tcase_add_test(tcase, lines_are_joined);
	tcase_add_loop_test(tcase, widths_are_columns, 0, sizeof(widths) / sizeof(widths[0]));
	tcase_add_test(tcase, fit_ends_between_characters);
	suite_add_tcase(suite, tcase);
	return suite;
}
