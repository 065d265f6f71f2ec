/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cases: the format, what a failure says, and golden sections compared and rewritten.
 */
#include "lesson/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "base/vec.h"
#include "service/file.h"
#include "unit.h"

static const struct machine_places places = { .guest_dir = "guest" };

#define TOP "# What it proves.\n[machine]\nboard: psci-smc · cpus: 2\n"

/* A file that is no case, and what is said of it. */
static const struct { const char *text, *where, *word; } bad[] = {
	{ "", "x.case:1:", "what the case proves" },
	{ "[commands]\nstep\n", "x.case:1:", "what the case proves" },
	{ "# T\n", "x.case:", "no section [commands]" },
	{ "# T\nstep\n", "x.case:2:", "'step'" },
	{ "# T\n[colours]\n", "x.case:2:", "'[colours]'" },
	{ "# T\n[commands]\nstep\n[commands]\n", "x.case:4:", "twice" },
	{ "# T\n[machine]\ncpus: many\n", "x.case:3:", "'many'" },
	{ "# T\n[machine]\ncolour: red\n", "x.case:3:", "'colour'" },
	{ "# T\n[machine]\ndrive: ,readonly\n", "x.case:3:", "drive: ',readonly' is not FILE or FILE,readonly" },
	{ "# T\n[machine]\ndrive: a · drive: b\n", "x.case:3:", "'drive' is given twice" },
	{ "# T\n[events]\n", "x.case:2:", "which events" },
	{ "# T\n[events pcsi-call]\n", "x.case:2:", "pcsi-call" },
};

START_TEST(says_what_is_wrong)
{
	struct error err = ERROR_NONE;
	struct test_case *test = case_parse(bad[_i].text, strlen(bad[_i].text), "x.case", &err);

	ck_assert_msg(!test, "taken for a case: %s", bad[_i].text);
	ck_assert_msg(!strncmp(err.text, bad[_i].where, strlen(bad[_i].where)), "%s: %s", bad[_i].where, err.text);
	ck_assert_msg(strstr(err.text, bad[_i].word) != NULL, "%s: %s", bad[_i].word, err.text);
}
END_TEST

static const char *path_of(void)
{
	static char path[40];

	snprintf(path, sizeof(path), "case-%d.case", (int)getpid());
	return path;
}

/* Run TEXT as a case; its report as text, to be freed. */
static char *run(const char *text, bool update)
{
	struct report report = VEC_INIT;
	struct strbuf out = STRBUF_INIT;
	struct error err = ERROR_NONE;

	if (text)
		ck_assert_msg(file_write(path_of(), text, strlen(text), &err), "%s", err.text);
	case_run(path_of(), &places, update, &report);
	report_write(&report, &out);
	report_free(&report);
	return strbuf_steal(&out);
}

/* A case that fails, and a line of what it says. */
static const struct { const char *text, *detail; } failing[] = {
	{ TOP "[commands]\nstep\nexpect t == 2\n", "where:    case-" },
	{ TOP "[commands]\nstep\nexpect t == 2\n", "t is 1" },
	{ TOP "[commands]\n! step\n", "got:      it does not" },
	{ TOP "[commands]\nfrobnicate\n", "no command 'frobnicate'" },
	{ TOP "[commands]\nquit\n", "the end ('quit')" },
	{ TOP "[commands]\nprint t\n[output]\n5\n", "-5" },
	{ TOP "[commands]\nuntil event:sev\n[events sev]\n", "+cpu0 EL3 psci_cpu_on sev woke cpu1" },
	{ "# T\n[machine]\nfirmware: lost.elf\n[commands]\nstep\n", "lost.elf: not found" },
	{ "# T\n[machine]\ndrive: lost.img,readonly\n[commands]\nstep\n", "drive: lost.img: not found" },
	{ TOP "[commands]\nsource /etc/passwd\n", "may not use files" },
};

START_TEST(failures_tell)
{
	char *text = run(failing[_i].text, false);

	unlink(path_of());
	ck_assert_msg(*text == 'F', "%s", text);
	ck_assert_msg(strstr(text, failing[_i].detail) != NULL, "%s", text);
	ck_assert_msg(strstr(text, "again:    smptutor test case-") != NULL, "%s", text);
	free(text);
}
END_TEST

static const char *const passing[] = {
	TOP "[commands]\nstep\nexpect t == 1\n",
	TOP "[commands]\n# a comment\n\n! expect t == 1\n",
	TOP "[commands]\nstep\nprint t\n\n[output]\nt=* cpu0 EL3 reset\n1\n",
	TOP "[commands]\nuntil event:sev\n[events sev]\ncpu0 EL3 psci_cpu_on sev woke cpu1\n",
	"# No machine is the default one.\n[commands]\nexpect cpu3.state == running\n",
};

START_TEST(passes)
{
	char *text = run(passing[_i], false);

	unlink(path_of());
	ck_assert_msg(*text == 'P', "%s", text);
	free(text);
}
END_TEST

START_TEST(rewrites_goldens)
{
	struct bytes bytes = BYTES_NONE;
	char *text = run(TOP "# kept\n[commands]\nprint t\n\n[output]\nold\n\n[events reset]\nold\n", true);

	ck_assert_msg(*text == 'P', "%s", text);
	free(text);
	ck_assert(file_read(path_of(), CASE_SIZE_MAX, &bytes, NULL));
	text = strndup((const char *)bytes.data, bytes.size);
	bytes_free(&bytes);
	ck_assert_str_eq(text, TOP "# kept\n[commands]\nprint t\n\n[output]\n0\n\n[events reset]\n"
			       "cpu0 EL3 reset reset on\ncpu1 EL3 reset reset on\n");
	free(text);
	text = run(NULL, false);
	unlink(path_of());
	ck_assert_msg(*text == 'P', "%s", text);
	free(text);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("lesson/case");
	TCase *tc = tcase_create("case");

	tcase_add_loop_test(tc, says_what_is_wrong, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_loop_test(tc, failures_tell, 0, sizeof(failing) / sizeof(failing[0]));
	tcase_add_loop_test(tc, passes, 0, sizeof(passing) / sizeof(passing[0]));
	tcase_add_test(tc, rewrites_goldens);
	suite_add_tcase(suite, tc);
	return suite;
}
