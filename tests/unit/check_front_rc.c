/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The settings file: where it is looked for, that it need not be there, and what a mistake in it says.
 */
#include "front/rc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "booted.h"
#include "session/breakpoints.h"
#include "session/command.h"
#include "unit.h"

static char home[] = "/tmp/smptutor-rc-XXXXXX";
static char folder[sizeof(home) + 16], file[sizeof(home) + 32];

static void make_home(void)
{
	ck_assert_ptr_nonnull(mkdtemp(home));
	snprintf(folder, sizeof(folder), "%s/smptutor", home);
	snprintf(file, sizeof(file), "%s/smptutorrc", folder);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	setenv("XDG_CONFIG_HOME", home, 1);
}

static void remove_home(void)
{
	remove(file);
	rmdir(folder);
	rmdir(home);
	strcpy(home + sizeof(home) - 7, "XXXXXX");
}

static void write_file(const char *text)
{
	FILE *f = fopen(file, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static const struct { const char *text; bool ok; unsigned breakpoints; const char *says; } files[] = {
	{ NULL, true, 0, "" },
	{ "", true, 0, "" },
	{ "# mine\n\nbreak start_kernel\ntbreak smp_init\n", true, 2, "" },
	{ "break start_kernel\nquit\nbreak smp_init\n", true, 1, "" },
	{ "break start_kernel\nfrobnicate\nbreak smp_init\n", false, 1, "smptutorrc:2: no command 'frobnicate'" },
	{ "break start_kernle\n", false, 0, "smptutorrc:1: " },
};

START_TEST(does_its_commands)
{
	struct session *session = booted("psci-smc", 1);
	struct strbuf out = STRBUF_INIT;
	struct error err = ERROR_NONE;

	struct command_result result = { .status = COMMAND_OK };
	struct rc rc;

	if (files[_i].text)
		write_file(files[_i].text);
	ck_assert(rc_load(&rc, &err));
	if (rc.text)
		result = command_execute_text(session, rc.path, rc.text, &out);
	ck_assert_int_eq(result.status == COMMAND_OK || result.status == COMMAND_QUIT, files[_i].ok);
	ck_assert_msg(strstr(result.error.text, files[_i].says) != NULL, "%s", result.error.text);
	rc_free(&rc);
	ck_assert_uint_eq(breakpoints_count(session_breakpoints(session)), files[_i].breakpoints);
	strbuf_free(&out);
	session_free(session);
}
END_TEST

START_TEST(a_folder_is_no_file)
{
	struct error err = ERROR_NONE;
	struct rc rc;

	ck_assert_int_eq(mkdir(file, 0700), 0);
	ck_assert(!rc_load(&rc, &err));
	ck_assert_msg(strstr(err.text, "smptutorrc: ") != NULL, "%s", err.text);
}
END_TEST

START_TEST(nobody_is_at_home)
{
	struct error err = ERROR_NONE;
	struct rc rc;

	unsetenv("XDG_CONFIG_HOME");
	unsetenv("HOME");
	ck_assert(rc_load(&rc, &err));
	ck_assert_ptr_null(rc.text);
	rc_free(&rc);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("front/rc");
	TCase *tc = tcase_create("rc");

	tcase_add_checked_fixture(tc, make_home, remove_home);
	tcase_add_loop_test(tc, does_its_commands, 0, sizeof(files) / sizeof(files[0]));
	tcase_add_test(tc, a_folder_is_no_file);
	tcase_add_test(tc, nobody_is_at_home);
	suite_add_tcase(suite, tc);
	return suite;
}
