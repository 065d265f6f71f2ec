/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whole files: what comes back is what was written, and each reason for failing has its words.
 */
#include "service/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

START_TEST(round_trip)
{
	char path[] = "/tmp/check-file-XXXXXX";
	struct error err = ERROR_NONE;
	struct bytes bytes;

	close(mkstemp(path));
	ck_assert_msg(file_write(path, "a\0b", 3, &err), "%s", err.text);
	ck_assert_msg(file_read(path, 3, &bytes, &err), "%s", err.text);
	ck_assert_uint_eq(bytes.size, 3);
	ck_assert_int_eq(memcmp(bytes.data, "a\0b", 3), 0);
	bytes_free(&bytes);
	ck_assert_ptr_null(bytes.data);
	ck_assert(!file_read(path, 2, &bytes, &err));
	ck_assert_ptr_nonnull(strstr(err.text, ": 3 bytes, more than the 2 that make sense here"));
	unlink(path);
}
END_TEST

/* A script may be empty; what else is read may not. */
START_TEST(text_may_be_empty)
{
	char path[] = "/tmp/check-file-XXXXXX";
	struct error err = ERROR_NONE;
	struct bytes bytes;
	char *text;

	close(mkstemp(path));
	ck_assert(!file_read(path, 3, &bytes, &err));
	ck_assert_ptr_nonnull(strstr(err.text, ": the file is empty"));
	text = file_read_text(path, 3, &err);
	ck_assert_str_eq(text, "");
	free(text);
	ck_assert(file_write(path, "step", 4, &err));
	ck_assert_ptr_null(file_read_text(path, 3, &err));
	text = file_read_text(path, 4, &err);
	ck_assert_str_eq(text, "step");
	free(text);
	unlink(path);
}
END_TEST

START_TEST(a_failed_write_leaves_no_file)
{
	struct error err = ERROR_NONE;

	/* Every write to /dev/full fails, and it must not be removed for it. */
	ck_assert(!file_write("/dev/full", "abc", 3, &err));
	ck_assert_str_eq(err.text, "/dev/full: cannot write: No space left on device");
	ck_assert_int_eq(access("/dev/full", F_OK), 0);
	ck_assert(!file_write("/nonexistent/x", "abc", 3, &err));
	ck_assert_str_eq(err.text, "/nonexistent/x: No such file or directory");
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/file");
	TCase *tcase = tcase_create("file");

	tcase_add_test(tcase, round_trip);
	tcase_add_test(tcase, text_may_be_empty);
	tcase_add_test(tcase, a_failed_write_leaves_no_file);
	suite_add_tcase(suite, tcase);
	return suite;
}
