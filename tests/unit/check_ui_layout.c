/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Layouts: whatever the size of the screen, panes cover it, do not overlap, and are big enough to be of use.
 */
#include "ui/layout.h"

#include <string.h>

#include "unit.h"

enum { TOP = 5, BOTTOM = 3, LEAST_WIDTH = 20, LEAST_HEIGHT = 3, MAX = 256 };

static const struct size { int width, height; bool with_lesson;
} sizes[] = {
	{ 80, 24, false },   { 80, 24, true },	 { 100, 30, false }, { 120, 40, false },
	{ 120, 40, true },   { 132, 50, false }, { 200, 60, false }, { 200, 60, true },
	{ 250, 100, false }, { 81, 25, false },	 { 250, 24, false }, { 80, 100, false },
};

enum { SIZE_COUNT = sizeof(sizes) / sizeof(sizes[0]) };

/* Each cell of the screen's middle belongs to exactly one pane. */
static void check_cover(const struct panes *panes, const struct size *size)
{
	static unsigned char taken[MAX][MAX];

	memset(taken, 0, sizeof(taken));
	for (size_t i = 0; i < panes->count; i++) {
		const struct pane *pane = &panes->item[i];

		ck_assert_int_ge(pane->width, LEAST_WIDTH);
		ck_assert_int_ge(pane->height, LEAST_HEIGHT);
		for (int y = pane->y; y < pane->y + pane->height; y++)
			for (int x = pane->x; x < pane->x + pane->width; x++)
				ck_assert_int_eq(taken[y][x]++, 0);
	}
	for (int y = 0; y < size->height; y++)
		for (int x = 0; x < size->width; x++)
			ck_assert_int_eq(taken[y][x], y >= TOP && y < size->height - BOTTOM);
}

START_TEST(panes_cover_the_screen)
{
	const struct size *size = &sizes[(size_t)_i % SIZE_COUNT];
	struct panes panes = layout_place((size_t)_i / SIZE_COUNT, size->with_lesson, size->width, TOP,
					  size->height - TOP - BOTTOM);

	check_cover(&panes, size);
}
END_TEST

START_TEST(lesson_has_a_pane)
{
	const struct size *size = &sizes[(size_t)_i % SIZE_COUNT];
	struct panes panes = layout_place((size_t)_i / SIZE_COUNT, true, size->width, TOP, size->height - TOP - BOTTOM);
	size_t lessons = 0;

	for (size_t i = 0; i < panes.count; i++)
		lessons += panes.item[i].view == VIEW_LESSON;
	ck_assert_uint_eq(lessons, 1);
}
END_TEST

START_TEST(layouts_have_names)
{
	for (size_t i = 0; i < layout_count(); i++)
		ck_assert_int_eq(layout_find(layout_name(i)), (int)i);
	ck_assert_int_eq(layout_find("ev"), layout_find("events"));
	ck_assert_int_eq(layout_find("nonsense"), -1);
	ck_assert_int_eq(layout_find(""), -1);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("ui/layout");
	TCase *tcase = tcase_create("layout");
	int all = (int)layout_count() * SIZE_COUNT;

	tcase_add_loop_test(tcase, panes_cover_the_screen, 0, all);
	tcase_add_loop_test(tcase, lesson_has_a_pane, 0, all);
	tcase_add_test(tcase, layouts_have_names);
	suite_add_tcase(suite, tcase);
	return suite;
}
