/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One-line errors: set, prefixed, cut when too long, and harmless when nobody listens.
 */
#include "base/error.h"

#include <string.h>

#include "unit.h"

START_TEST(starts_unset)
{
	struct error err = ERROR_NONE;

	ck_assert(!error_is_set(&err));
	ck_assert_str_eq(err.text, "");
}
END_TEST

START_TEST(set_formats_and_returns_failure)
{
	struct error err = ERROR_NONE;

	ck_assert(!error_set(&err, "%s: no CPU in %d nodes", "board.dtb", 3));
	ck_assert(error_is_set(&err));
	ck_assert_str_eq(err.text, "board.dtb: no CPU in 3 nodes");
	ck_assert_ptr_null(error_null(&err, "%s", "second"));
	ck_assert_str_eq(err.text, "second");
}
END_TEST

START_TEST(prefix_goes_before)
{
	struct error err = ERROR_NONE;

	error_set(&err, "%s", "line 3: what is this?");
	ck_assert(!error_prefix(&err, "02-pen.md"));
	ck_assert_str_eq(err.text, "02-pen.md: line 3: what is this?");
}
END_TEST

START_TEST(nobody_listens)
{
	ck_assert(!error_set(NULL, "%d", 1));
	ck_assert_ptr_null(error_null(NULL, "%d", 1));
	ck_assert(!error_prefix(NULL, "x"));
}
END_TEST

START_TEST(too_long_is_cut)
{
	struct error err = ERROR_NONE;
	char name[2 * ERROR_TEXT_SIZE];

	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	error_set(&err, "%s", name);
	ck_assert_uint_eq(strlen(err.text), ERROR_TEXT_SIZE - 1);
	error_prefix(&err, "ab");
	ck_assert_uint_eq(strlen(err.text), ERROR_TEXT_SIZE - 1);
	ck_assert_int_eq(strncmp(err.text, "ab: nnn", 7), 0);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("base/error");
	TCase *tcase = tcase_create("error");

	tcase_add_test(tcase, starts_unset);
	tcase_add_test(tcase, set_formats_and_returns_failure);
	tcase_add_test(tcase, prefix_goes_before);
	tcase_add_test(tcase, nobody_listens);
	tcase_add_test(tcase, too_long_is_cut);
	suite_add_tcase(suite, tcase);
	return suite;
}
