/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Command lines: every way to write an option, numbers and sizes, and what is refused with which words.
 */
#include "front/options.h"

#include <string.h>

#include "unit.h"

struct values { const char *text; uint64_t number; bool flag; };

static bool set_text(void *to, const char *value, struct error *err)
{
	(void)err;
	((struct values *)to)->text = value;
	return true;
}

static bool set_number(void *to, const char *value, struct error *err)
{
	return options_number(value, &((struct values *)to)->number, err);
}

static bool set_flag(void *to, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct values *)to)->flag = true;
	return true;
}

static const struct option_row rows[] = {
	{ 't', "text", "TEXT", "a text", set_text },
	{ 'n', "number", "N", "a number", set_number },
	{ 'f', "flag", NULL, "a flag", set_flag },
	{ 0, "textual", "TEXT", "another", set_text },
};

static const struct option_table table = { "Test", rows, sizeof(rows) / sizeof(rows[0]) };

static const struct {
	const char *args[6];
	const char *text;
	uint64_t number;
	bool flag;
	int rest;
	const char *error;
} lines[] = {
	{ { "-t", "a", "-n", "5" }, "a", 5, false, 0, NULL }, { { "-ta", "-n5" }, "a", 5, false, 0, NULL },
	{ { "--text", "a", "--number=0x10" }, "a", 16, false, 0, NULL },
	  { { "--num", "7", "x" }, NULL, 7, false, 1, NULL },
	{ { "-fn3" }, NULL, 3, true, 0, NULL }, { { "x", "-f", "y" }, NULL, 0, true, 2, NULL },
	{ { "--", "-f" }, NULL, 0, false, 1, NULL }, { { "-" }, NULL, 0, false, 1, NULL },
	{ { "--text=" }, "", 0, false, 0, NULL },
	{ { "-z" }, NULL, 0, false, 0, "no option -z" }, { { "--zz" }, NULL, 0, false, 0, "no option --zz" },
	{ { "-n" }, NULL, 0, false, 0, "wants N" }, { { "-n", "q" }, NULL, 0, false, 0, "'q' is not a number" },
	{ { "--flag=1" }, NULL, 0, false, 0, "takes no value" }, { { "--tex" }, NULL, 0, false, 0, "could be several" },
};

START_TEST(parses)
{
	struct values values = { NULL, 0, false };
	const struct option_target targets[] = { { &table, &values }, { NULL, NULL } };
	char *argv[8] = { (char *)"test" };
	struct error err = ERROR_NONE;
	enum options_wish wish;
	int argc = 1, rest = 0;

	while (argc < 7 && lines[_i].args[argc - 1]) {
		argv[argc] = (char *)lines[_i].args[argc - 1];
		argc++;
	}
	if (!options_parse(argc, argv, targets, &rest, &wish, &err)) {
		ck_assert_msg(lines[_i].error && strstr(err.text, lines[_i].error), "%s: %s", argv[1], err.text);
		return;
	}
	ck_assert_msg(!lines[_i].error, "%s was taken", argv[1]);
	ck_assert_pstr_eq(values.text, lines[_i].text);
	ck_assert_uint_eq(values.number, lines[_i].number);
	ck_assert_int_eq(values.flag, lines[_i].flag);
	ck_assert_int_eq(rest, lines[_i].rest);
}
END_TEST

static const struct { const char *text; uint64_t value; bool ok; } sizes[] = {
	{ "64M", 64ull << 20, true }, { "1g", 1ull << 30, true }, { "4096", 4096, true }, { "0x10K", 0x4000, true },
	{ "", 0, false }, { "M", 0, false }, { "1MM", 0, false }, { "-1", 0, false }, { "99999999999G", 0, false },
	{ "99999999999999999999", 0, false },
};

START_TEST(reads_sizes)
{
	uint64_t value = 0;

	ck_assert_int_eq(options_size(sizes[_i].text, &value, NULL), sizes[_i].ok);
	if (sizes[_i].ok)
		ck_assert_uint_eq(value, sizes[_i].value);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("front/options");
	TCase *tc = tcase_create("options");

	tcase_add_loop_test(tc, parses, 0, sizeof(lines) / sizeof(lines[0]));
	tcase_add_loop_test(tc, reads_sizes, 0, sizeof(sizes) / sizeof(sizes[0]));
	suite_add_tcase(suite, tc);
	return suite;
}
