/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * info: what each topic says of a machine on its way up, and of one that is there.
 */
#include <stdlib.h>
#include <string.h>

#include "said.h"
#include "unit.h"

static const struct said at_reset[] = {
	{ "info", "info branch_table   the slots" },
	{ "info cpus", ">  0 000000 EL3 off running reset" },
	{ "info regs", "state EL3h" },
	{ "info regs", "scr_el3 " },
	{ "info regs cpu 1 mpidr_el1", "0x0000000080000001" },
	{ "info regs all", "ttbr1_el1 " },
	{ "! info regs cpu 2", "no CPU '2'; there are CPUs 0 to 1" },
	{ "! info regs x0", "'x0' is no system register" },
	{ "info monitors", "  1  open\n" },
	{ "! info events 1x", "'1x' is neither" },
	{ "info branch_table", "branch_table[0] cpu0  0000000000000000  (zero)" },
	{ "info milestones", ". start_kernel " },
	{ "info milestones spin", "branch_table" },
	{ "! info milestones spni", "no milestone 'spni'" },
	{ "info psci", "PSCI 1." },
	{ "info psci", "by smc, answered by firmware in the guest" },
	{ "info psci", "CPU 1: not known" },
	{ "info dt", "psci" },
	{ "info break", "No breakpoints or watches." },
	{ "! info history", "no history is kept in this run" },
	{ "info symbols psci_cpu_o", "firmware   psci_cpu_on\n" },
	{ "info symbols psci_cpu_o", "firmware   psci_cpu_off\n" },
	{ "info symbols", "... and more; give more letters" },
	{ "! info symbols no_such_start", "no symbol starts with 'no_such_start'" },
	{ "! info nonsense", "nothing is called 'nonsense'" },
	{ "! explain nonsense", "not 'nonsense'" },
	{ "! explain cpu 7", "no CPU '7'; there are CPUs 0 to 1" },
	{ "explain cpu 1", "CPU1" },
};

static const struct said going[] = {
	{ "break psci_cpu_on cpu 0 if x1 == 1", "" },
	{ "tbreak secondary_entry", "" },
	{ "watch branch_table[1]", "" },
	{ "disable 3", "" },
	{ "info break", "1   break  psci_cpu_on cpu 0 if x1 == 1  0 hits" },
	{ "info break", "2   break  secondary_entry once  0 hits" },
	{ "info break", "3   watch  branch_table[1] (off)  0 hits" },
	{ "continue", "" },
	{ "info break", "x1 == 1  1 hit\n" },
	{ "delete", "" },
	{ "until cpu0.monitor != 0", "" },
	{ "info monitors", "  0  exclusive  branch_table+0x8 (0x" },
	{ "info monitors", ", 8 bytes)\n  1  open\n" },
	{ "info psci", "CPU 1: off\n" },
	{ "info psci", " calls, " },
	{ "until event:sev", "" },
	{ "info psci", "CPU 1: on-pending\n" },
	{ "info branch_table", "secondary_entry  by CPU0 at psci_cpu_on" },
	{ "info events 1", "sev" },
	{ "info events count", "1  sev\n" },
	{ "until online:2", "" },
	{ "info psci", "CPU 1: on\n" },
	{ "info milestones start_kernel", "* start_kernel " },
	{ "info boot", "CPU0" },
	{ "explain cpu 1", "is online" },
};

START_TEST(before_the_first_instruction)
{
	SAID_BOOTED("psci-smc", 2, at_reset);
}
END_TEST

START_TEST(on_the_way)
{
	SAID_BOOTED("psci-smc", 2, going);
}
END_TEST

/* The pen of spin-table boards is not PSCI's, and its words are release addresses. */
START_TEST(without_psci)
{
	static const struct said table[] = {
		{ "! info psci", "has no PSCI" },
		{ "info branch_table", "cpu-release-addr" },
		{ "until online:2", "" },
		{ "explain cpu 1", "is online" },
	};

	SAID_BOOTED("spin-table", 2, table);
}
END_TEST

/* On a terminal of 80 columns no line breaks, whatever CPUs stand at, and nothing is left out for it. */
START_TEST(cpus_fit_a_terminal)
{
	static const struct said places[] = {
		{ "until cpu8.state == wfe", "" }, { "info cpus", " EL3 off wfe     spin+0x28 " },
		{ "until milestone:secondary_start_kernel", "" },
		{ "info cpus", ">  1 000001 EL1 on  running secondary_start_kernel E-\n"
		  "                              milestone secondary_start_kernel\n" },
		{ "info cpus", "   8 000100 EL3 off wfe     spin+0x28              --    wfe-sleep\n" },
		{ "until milestone:notify_cpu_starting", "" }, { "info cpus", "milestone notify_cpu_starting\n" },
	};
	struct session *session = booted("psci-smc", 9);

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char *text = booted_do(session, "info cpus", COMMAND_OK);

		for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
			ck_assert_msg(strcspn(line, "\n") <= 80, "more than 80 columns: %s", line);
		free(text);
		said_check(session, &places[i], 1);
	}
	session_free(session);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/info");
	TCase *tc = tcase_create("info");

	tcase_add_test(tc, before_the_first_instruction);
	tcase_add_test(tc, on_the_way);
	tcase_add_test(tc, without_psci);
	tcase_add_test(tc, cpus_fit_a_terminal);
	suite_add_tcase(suite, tc);
	return suite;
}
