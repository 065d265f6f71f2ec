/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The checked allocator: what it gives is cleared, and a host without memory ends the program with 99.
 */
#include "base/alloc.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum { EXIT_INTERNAL = 99 };

static bool is_zero(const unsigned char *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (data[i])
			return false;
	return true;
}

START_TEST(new_memory_is_zero)
{
	unsigned char *one = xzalloc(4096);
	unsigned char *many = xcalloc(64, 64);

	ck_assert(is_zero(one, 4096));
	ck_assert(is_zero(many, 64 * 64));
	free(one);
	free(many);
}
END_TEST

START_TEST(reallocarray_keeps_what_was_there)
{
	char *text = xstrdup("pen");

	text = xreallocarray(text, 1 << 16, 4);
	ck_assert_str_eq(text, "pen");
	free(text);
}
END_TEST

START_TEST(copies_are_copies)
{
	char source[] = "branch_table";
	char *whole = xstrdup(source), *part = xstrndup(source, 6), *longer = xstrndup(source, 100);
	char *bytes = xmemdup(source + 7, 5);

	memset(source, 'x', sizeof(source) - 1);
	ck_assert_str_eq(whole, "branch_table");
	ck_assert_str_eq(part, "branch");
	ck_assert_str_eq(longer, "branch_table");
	ck_assert_mem_eq(bytes, "table", 5);
	free(whole);
	free(part);
	free(longer);
	free(bytes);
}
END_TEST

START_TEST(copy_of_nothing)
{
	char *empty = xstrdup("");

	ck_assert_ptr_null(xmemdup("", 0));
	ck_assert_str_eq(empty, "");
	free(empty);
}
END_TEST

/* A product that wraps round would be a small block that passes for a large one. */
START_TEST(too_much_ends_the_program)
{
	volatile size_t count = SIZE_MAX / 2;

	free(xreallocarray(NULL, count, 4));
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("base/alloc");
	TCase *tcase = tcase_create("alloc");

	tcase_add_test(tcase, new_memory_is_zero);
	tcase_add_test(tcase, reallocarray_keeps_what_was_there);
	tcase_add_test(tcase, copies_are_copies);
	tcase_add_test(tcase, copy_of_nothing);
	tcase_add_exit_test(tcase, too_much_ends_the_program, EXIT_INTERNAL);
	suite_add_tcase(suite, tcase);
	return suite;
}
