/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Expressions: C's operators, the names of a machine that stands in the pen, and what is refused with which words.
 */
#include "session/expr.h"

#include <stdlib.h>
#include <string.h>

#include "booted.h"
#include "unit.h"

static const struct { const char *text; uint64_t value; } values[] = {
	{ "1 + 2 * 3", 7 }, { "(1 + 2) * 3", 9 }, { "10 - 2 - 3", 5 }, { "7 / 2", 3 }, { "7 % 4", 3 },
	  { "1 << 4 | 1", 17 },
	{ "0x10", 16 }, { "0b101", 5 }, { "-1", UINT64_MAX }, { "~0", UINT64_MAX }, { "!5", 0 }, { "!0", 1 },
	  { "- - 3", 3 },
	{ "1 ? 2 : 3", 2 }, { "0 ? 2 : 1 ? 4 : 5", 4 }, { "1 && 0 || 1", 1 }, { "1 << 64", 0 }, { "6 & 3 ^ 1", 3 },
	{ "-1 < 0", 1 }, { "-1 > 1", 0 }, { "0xffffffffffffffff > 1", 1 }, { "3 == 3 && 2 != 3", 1 },
	  { "0 && 1 / 0", 0 },
	/* CPU1 sleeps in the pen. */
	{ "cpu1.state == wfe", 1 }, { "cpu1.state == running", 0 }, { "cpu1.sym == spin", 1 }, { "cpu1.el", 3 },
	{ "cpu1.el == EL3", 1 }, { "EL0", 0 },
	  { "cpu1.mmu", 0 },
	{ "cpu1.x0", 1 }, { "cpu1.w0", 1 }, { "cpu1.x3 == -1", 1 }, { "cpu1.w3 == -1", 1 }, { "cpu1.w3", 0xffffffff },
	{ "cpu1.x3 < 0", 1 }, { "cpu1.x0 < 0", 0 }, { "$x0 == x0", 1 }, { ".x0 == x0", 1 }, { "cpu1.daif", 15 },
	{ "cpu1.mpidr", 1 }, { "cpu1.mpidr_el1 & 0xff", 1 }, { "cpu1.s3_0_c0_c0_5 & 0xff", 1 },
	  { "cpu1.scr_el3.NS", 1 },
	{ "cpu1.event", 0 }, { "cpu1.monitor", 0 }, { "branch_table[1] == -1", 1 },
	  { "branch_table[0] == start_cpu0", 1 },
	{ "mem64[branch_table + 8] == -1", 1 }, { "mem8[branch_table + 8]", 255 },
	  { "mem32[&branch_table[1]] == -1", 1 },
	{ "*branch_table == start_cpu0", 1 }, { "&branch_table[2] - &branch_table[0]", 16 },
	{ "firmware:psci_cpu_on != kernel:psci_cpu_on", 1 }, { "pa(start_kernel) < 0x80000000", 1 },
	{ "milestone.spin", 2 }, { "event.wfe-sleep", 1 }, { "event.wfe-sleep-1", 0 }, { "event.reset", 2 },
	  { "online", 0 }, { "t > 1000", 1 },
};

/* What is said of each, in part. */
static const struct { const char *text, *error; } errors[] = {
	{ "", "expected a number" }, { "1 +", "column 4, at the end" }, { "1 2", "expected an operator" },
	  { "(1", "expected ')'" },
	{ "nowhere", "no symbol 'nowhere'" }, { "start_kernl", "did you mean 'start_kernel'" },
	  { "cpu9.x0", "no CPU 9" },
	{ "cpu1.nothing", "column 6" }, { "1 / 0", "division by zero" }, { "mem64[1", "expected ']'" },
	  { "mem64", "expected '['" },
	{ "mem64[0x7777777777777]", "nothing is mapped" }, { "1 ? 2", "expected ':'" },
	  { "&1", "only what lies in memory" },
	{ "milestone.none", "no milestone" }, { "event.none", "no event" }, { "08", "not a number" },
	  { "1 = 2", "'==' compares" }, { "EL4", "no symbol 'EL4'" },
	{ "sctlr_el1.nofield", "no symbol" }, { "x0[1]", "only symbols" }, { "release_addr[0]", "no cpu-release-addr" },
};

static struct session *in_the_pen(void)
{
	struct session *session = booted("psci-smc", 2);

	booted_ok(session, "until cpu1.state == wfe");
	return session;
}

START_TEST(has_value)
{
	struct session *session = in_the_pen();
	struct error err = ERROR_NONE;
	uint64_t value = 0;

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		ck_assert_msg(expr_value(session, values[i].text, &value, &err), "%s: %s", values[i].text, err.text);
		ck_assert_msg(value == values[i].value, "%s is 0x%llx", values[i].text, (unsigned long long)value);
	}
	session_free(session);
}
END_TEST

START_TEST(is_refused)
{
	struct session *session = in_the_pen();
	uint64_t value;

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		struct error err = ERROR_NONE;

		ck_assert_msg(!expr_value(session, errors[i].text, &value, &err), "%s was taken", errors[i].text);
		ck_assert_msg(strstr(err.text, errors[i].error) != NULL, "%s: %s", errors[i].text, err.text);
	}
	session_free(session);
}
END_TEST

START_TEST(is_set)
{
	struct session *session = in_the_pen();

	booted_ok(session, "set cpu1.x5 = 7; expect cpu1.x5 == 7");
	booted_ok(session, "set cpu1.w5 = -1; expect cpu1.x5 == 0xffffffff");
	booted_ok(session, "set branch_table[1] = pa(secondary_entry); expect branch_table[1] == pa(secondary_entry)");
	booted_ok(session, "set mem16[&branch_table[1]] = 0; expect mem16[&branch_table[1]] == 0");
	booted_ok(session, "set cpu1.daif = 2; expect cpu1.daif == 2");
	booted_ok(session, "set cpu1.vbar_el1 = 0x40000000; expect cpu1.vbar_el1 == 0x40000000");
	free(booted_do(session, "set 1 = 2", COMMAND_ERROR));
	free(booted_do(session, "set spin = 2", COMMAND_ERROR));
	session_free(session);
}
END_TEST

/* A chain or a nest that would be deeper than the stack is refused. */
START_TEST(is_too_deep)
{
	struct session *session = booted("psci-smc", 1);
	char text[10001];
	uint64_t value;

	memset(text, '(', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	ck_assert(!expr_value(session, text, &value, NULL));
	text[1000] = '\0';
	ck_assert(!expr_value(session, text, &value, NULL));
	session_free(session);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/expr");
	TCase *tc = tcase_create("expr");

	tcase_add_test(tc, has_value);
	tcase_add_test(tc, is_refused);
	tcase_add_test(tc, is_set);
	tcase_add_test(tc, is_too_deep);
	suite_add_tcase(suite, tc);
	return suite;
}
