/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print, x, set, list and disassemble: formats, sizes, and what is refused.
 */
#include "said.h"
#include "unit.h"

static const struct said formats[] = {
	{ "set x1 = -2", "" },
	{ "print x1", "0xfffffffffffffffe\n" },
	{ "print/x x1", "0xfffffffffffffffe\n" },
	{ "print/d x1", "-2\n" },
	{ "print/u x1", "18446744073709551614\n" },
	{ "print/o 8", "010\n" },
	{ "print/c 65", "'A'\n" },
	{ "print/c 10", "'\\x0a'\n" },
	{ "print/t 5", "0000000000000000000000000000000000000000000000000000000000000101\n" },
	{ "! print/q 1", "the format is one of x d u o t c" },
	{ "! print/xx 1", "the format is one of x d u o t c" },
	{ "! print", "what? an expression" },
	{ "! print nothing_of_this_name", "nothing_of_this_name" },
};

/* A place in RAM that nothing uses yet, and what is there. */
#define PLACE "0x40100000"
static const struct said memory[] = {
	{ "set mem64[" PLACE "] = 0x0044434241ff8001", "" },
	{ "x " PLACE, PLACE ":\t0x0044434241ff8001\n" },
	{ "x/2xb " PLACE, ":\t0x01\t0x80\n" },
	{ "x/2db " PLACE, ":\t1\t-128\n" },
	{ "x/1dh " PLACE, ":\t-32767\n" },
	{ "x/uw " PLACE, ":\t1107263489\n" },
	{ "x/3cb " PLACE "+2", ":\t'\\xff'\t'A'\t'B'\n" },
	{ "x/s " PLACE "+2", ":\t\"\\xffABCD\"\n" },
	{ "x/tb " PLACE, ":\t00000001\n" },
	{ "x/9xb " PLACE, "\n0x40100008:\t0x00\n" },	/* eight a line */
	{ "x/5xw " PLACE, "\n0x40100010:\t0x00000000\n" },
	{ "x/3xg " PLACE, "\n0x40100010:\t0x0000000000000000\n" },
	{ "x/2xg &branch_table", "<branch_table>:" },
	{ "! x/0xb " PLACE, "the count goes from 1 to 65536" },
	{ "! x/65537xb " PLACE, "the count goes from 1 to 65536" },
	{ "! x/3z " PLACE, "'z' is none of the formats" },
	{ "! x", "from which address" },
	{ "! x 0x123456789abc", "nothing is mapped at 0x123456789abc" },
	{ "! x/s 0x123456789abc", "nothing is mapped at 0x123456789abc" },
	{ "! x/i 0x123456789abc", "nothing is mapped at 0x123456789abc" },
};

static const struct said changes[] = {
	{ "set cpu1.x3 = secondary_entry", "" },
	{ "print cpu1.x3 == secondary_entry", "1\n" },
	{ "set w3 = -1", "" },
	{ "print/x x3", "0x00000000ffffffff\n" },	/* a write of W3 clears the upper half of X3 */
	{ "set mem8[" PLACE "+1] = 0x1ff", "" },
	{ "x/xw " PLACE, "0x0000ff00\n" },
	{ "set branch_table[1] = secondary_entry", "" },
	{ "info branch_table", "secondary_entry  by hand (set) at t=0" },
	{ "! set", "set LVALUE=EXPR" },
	{ "! set x0 1", "expected '='" },
	{ "! set x0 =", "" },
	{ "! set 5 = 1", "" },
	{ "! set mem64[0x123456789abc] = 1", "" },
	{ "! set x31 = 1", "" },
};

static const struct said code[] = {
	{ "list", "reset.S:" },
	{ "list spin", "spin.S:" },
	{ "list start_kernel", "main.c:" },
	{ "! list " PLACE, "no source line is known for 0x40100000" },
	{ "disassemble spin", "<spin+0x24>:" },
	{ "disassemble spin+0x24", "<spin>:" },	/* the whole function */
	{ "disassemble", "=>" },
	{ "break spin", "" },
	{ "x/i spin", "*" },
	{ "x/2i spin+0x24", "wfe" },
	{ "! disassemble nothing_of_this_name", "nothing_of_this_name" },
};

static const struct said injections[] = {
	{ "inject spurious-wake cpu 1", "CPU1 is not asleep: there is nothing to wake" },
	{ "until cpu1.state == wfe", "" },
	{ "inject drop-sev cpu 1", "the next sev will not reach CPU1" },
	{ "inject stxr-fail cpu 0", "the next store-exclusive of CPU0 will fail" },
	{ "inject freeze 500 cpu 0", "CPU0 stands still while the others run 500 instructions" },
	{ "inject irq 40", "interrupt 40 is pending" },
	{ "inject spurious-wake cpu 1", "CPU1 wakes for no reason" },
	{ "print cpu1.state", "running" },
	{ "! inject sleep", "not 'sleep'" },
};

START_TEST(prints_in_each_format)
{
	SAID_BOOTED("psci-smc", 1, formats);
}
END_TEST

START_TEST(shows_memory)
{
	SAID_BOOTED("psci-smc", 1, memory);
}
END_TEST

START_TEST(changes_what_it_may)
{
	SAID_BOOTED("psci-smc", 2, changes);
}
END_TEST

START_TEST(says_what_was_injected)
{
	SAID_BOOTED("psci-smc", 2, injections);
}
END_TEST

START_TEST(shows_code)
{
	SAID_BOOTED("psci-smc", 1, code);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/data");
	TCase *tc = tcase_create("data");

	tcase_add_test(tc, prints_in_each_format);
	tcase_add_test(tc, shows_memory);
	tcase_add_test(tc, changes_what_it_may);
	tcase_add_test(tc, says_what_was_injected);
	tcase_add_test(tc, shows_code);
	suite_add_tcase(suite, tc);
	return suite;
}
