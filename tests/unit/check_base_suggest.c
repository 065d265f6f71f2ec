/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What somebody meant.
 */
#include "base/suggest.h"

#include <string.h>

#include "unit.h"

static const char *const words[] = {
	"step", "next", "finish", "continue", "until", "break", "delete", "psci-smc", "psci-hvc", "spin-table", "sev",
	"wfe-wake",
};

static const struct { const char *typed, *meant; } cases[] = {
	{ "brek", "break" }, { "braek", "break" }, { "untill", "until" }, { "stpe", "step" },
	{ "psci-scm", "psci-smc" },
	{ "spin", "spin-table" }, { "sevv", "sev" }, { "conntinue", "continue" }, { "wfewake", "wfe-wake" },
	{ "frobnicate", NULL }, { "moon", NULL }, { "", NULL }, { "st", NULL }, { "x", NULL },
	{ "a-word-that-is-much-longer-than-any-name-can-be-here", NULL },
};

START_TEST(suggests)
{
	struct suggest s = suggest_start(cases[_i].typed);
	char text[SUGGEST_TEXT_MAX];

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		suggest_offer(&s, words[i]);
	ck_assert_pstr_eq(s.best, cases[_i].meant);
	if (!s.best)
		ck_assert_str_eq(suggest_text(&s, " (none)", text), " (none)");
	else
		ck_assert_ptr_nonnull(strstr(suggest_text(&s, "", text), s.best));
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("base/suggest");
	TCase *tc = tcase_create("suggest");

	tcase_add_loop_test(tc, suggests, 0, sizeof(cases) / sizeof(cases[0]));
	suite_add_tcase(suite, tc);
	return suite;
}
