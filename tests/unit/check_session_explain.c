/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain: each kind of instruction in words.  The instructions are put where the PC stands.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "said.h"
#include "session/drive.h"
#include "session/eventring.h"
#include "session/explain.h"
#include "unit.h"

enum { RETURNS = 11 };		/* ways to return from EL3 */

/* The instruction WORD at the PC is told by TEXT after SETUP (commands, "" for none). */
static const struct { uint32_t word; const char *setup, *text; } rows[] = {
	{ 0x54000040, "set nzcv = 4", "b.eq reset+0x8: will be taken, to reset+0x8; flags -Z--" },
	{ 0x54000040, "set nzcv = 11", "will not be taken, would go to reset+0x8; flags N-CV" },
	{ 0xb4000045, "set x5 = 0", "will be taken, to reset+0x8; x5 is 0" },
	{ 0xb5000045, "set x5 = 0", "will not be taken, would go to reset+0x8; x5 is 0" },
	{ 0x36180045, "set x5 = 8", "will not be taken" },
	{ 0x37180045, "set x5 = 8", "will be taken" },
	{ 0x94000002, "", "calls reset+0x8, which returns to reset+0x4" },
	{ 0x14000002, "", "goes to reset+0x8" },
	{ 0xd65f03c0, "set x30 = spin", "returns to spin" },
	{ 0xd63f0040, "set x2 = spin", "calls spin" },
	{ 0xd61f0040, "set x2 = spin+4", "goes to spin+0x4" },
	{ 0xd69f03e0, "set scr_el3 = 0x531; set elr_el3 = start_cpu0; set spsr_el3 = 0x3c9", "returns from EL3 to start_cpu0 as EL2h" },
	{ 0xd69f03e0, "set scr_el3 = 0x131; set spsr_el3 = 0x3c9", "an illegal return, for SCR_EL3.RW is 0" },
	{ 0xd69f03e0, "set scr_el3 = 0x530; set spsr_el3 = 0x3c9", "an illegal return, for SCR_EL3.NS is 0" },
	{ 0xd69f03e0, "set scr_el3 = 0x531; set spsr_el3 = 0x3c5", "an illegal return, for HCR_EL2.RW is 0" },
	{ 0xd69f03e0, "set scr_el3 = 0x531; set hcr_el2 = 0x88000000; set spsr_el3 = 0x3c5", "HCR_EL2.TGE is 1" },
	{ 0xd69f03e0, "set scr_el3 = 0x531; set spsr_el3 = 0x1d3", "SPSR.M asks for AArch32" },
	{ 0xd69f03e0, "set scr_el3 = 0x531; set spsr_el3 = 0x3cb", "SPSR.M names no mode" },
	{ 0xd4000003, "set x0 = 0xc4000003; set x1 = 1; set x2 = secondary_entry; set x3 = 0",
	  "SMC PSCI CPU_ON, x1 1, x2 0x" },
	{ 0xd4000002, "set x0 = 7", "HVC with x0 = 7; taken to EL2" },
	{ 0xd4000001, "set x0 = 7", "SVC with x0 = 7; taken to EL1" },
	{ 0xd503205f, "", "wfe: will sleep: the event register is clear" },
	{ 0xd503207f, "", "sleeps until an interrupt is pending" },
	{ 0xd503209f, "", "nobody sleeps in wfe" },
	{ 0xd50320bf, "", "this CPU's own event register" },
	{ 0xd503201f, "", "nop" },
	{ 0xd53800a1, "", "reads mpidr_el1 (" },
	{ 0xd51e1101, "set scr_el3 = 0; set x1 = 1", "writes scr_el3 (" },
	{ 0xd51e1101, "set scr_el3 = 0; set x1 = 1", "; was 0" },
	{ 0xd5033f9f, "", "waits until all memory accesses before it are done" },
	{ 0xd5033bbf, "", "orders the memory accesses" },
	{ 0xd5033fdf, "", "fetches what follows anew" },
	{ 0xf9400041, "set x2 = &branch_table", "reads branch_table[0], now 0" },
	{ 0xf9000441, "set x1 = spin; set x2 = &branch_table", "to branch_table[1], which holds 0" },
	{ 0xa9000c44, "set x4 = 4; set x3 = 7; set x2 = &branch_table", "stores 4 and 7 to branch_table[0]" },
	{ 0xa9000c44, "set x4 = spin; set x3 = 7; set x2 = &branch_table", "stores spin and 7 to branch_table[0]" },
	{ 0xf8647841, "set x4 = 1; set x2 = &branch_table", "reads branch_table[1]" },
	{ 0xf9400041, "set x2 = 0x123456789abc", "reads 0x123456789abc, which is mapped nowhere: it will fault" },
	{ 0xf9000041, "set x2 = 0x123456789abc", "to 0x123456789abc, which is mapped nowhere: it will fault" },
	{ 0x18000041, "", "loads a constant, 0x" },
	{ 0xc85f7c41, "set x2 = &branch_table", "reads branch_table[0], now 0, and reserves its 64 bytes" },
	{ 0xc85f7c41, "set x2 = 0x123456789abc", "it will fault" },
	{ 0xc8037c41, "set x2 = &branch_table", "will fail, w3 = 1: the monitor is open" },
	{ 0xc8037c41, "set x2 = 0x123456789abc", "0x123456789abc is mapped nowhere" },
	{ 0x8b020021, "set x1 = 5; set x2 = -1", "x1 is 5, x2 is -1" },
	{ 0x910043ff, "set sp = 0x40100000", "sp is 0x40100000" },
	{ 0xd2800020, "set x0 = 9", "x0 is 9" },
};

START_TEST(tells_each_kind)
{
	struct session *session = booted("psci-smc", 2);
	struct said said = { "explain", rows[_i].text };
	char line[64];

	snprintf(line, sizeof(line), "set mem32[pc] = 0x%x", rows[_i].word);
	booted_ok(session, line);
	if (*rows[_i].setup)
		booted_ok(session, rows[_i].setup);
	said_check(session, &said, 1);
	session_free(session);
}
END_TEST

/* What an exception was taken of was not run, and going back does not come to it. */
START_TEST(tells_what_an_exception_was_of)
{
	static const struct said table[] = {
		{ "until cpu0:init_pen", "" }, { "set mem32[pc] = 0xf9000020", "" }, { "set x1 = 4", "" },
		{ "until event:exception", "" },
		{ "explain", "it came here by an exception of str x0, [x1] at init_pen: DataAbort EL3->EL3" },
		{ "reset", "" }, { "set mem32[4] = 0", "" }, { "step", "" }, { "step", "" },
		{ "explain", "it stands before a word of 0, where nothing may have been put, at reset+0x4" },
	};
	struct session *session = booted("psci-smc", 2);
	char *text;

	SAID_CHECK(session, table);
	booted_ok(session, "reset; until event:psci-call; step");
	text = booted_do(session, "explain", COMMAND_OK);
	ck_assert_msg(!strstr(text, "it came here") && !strstr(text, "it stands before"), "%s", text);
	free(text);
	session_free(session);
}
END_TEST

/* Was the last exception return an illegal one? */
static bool is_last_illegal(const struct session *session)
{
	const struct eventring *ring = session_events(session);
	bool illegal = false;

	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++)
		if (eventring_at(ring, n)->kind == EVENT_ERET)
			illegal = eventring_at(ring, n)->u.eret.illegal;
	return illegal;
}

/* Does an ERET from EL3 with SCR_EL3, HCR_EL2 and SPSR_EL3 do what is told of it? */
static void check_return(struct session *session, uint64_t scr, uint64_t hcr, uint64_t spsr)
{
	struct strbuf told = STRBUF_INIT;
	char line[160];

	snprintf(line, sizeof(line), "reset; set mem32[pc] = 0xd69f03e0; set scr_el3 = 0x%" PRIx64 "; set hcr_el2 = 0x%"
		 PRIx64 "; set elr_el3 = 0x100; set spsr_el3 = 0x%" PRIx64, scr, hcr, spsr);
	booted_ok(session, line);
	explain_next(session, 0, &told);
	drive_step(session, 0, 1);
	ck_assert_msg(!!strstr(told.text, "illegal") == is_last_illegal(session), "%s: %s", line, told.text);
	strbuf_free(&told);
}

START_TEST(illegal_is_what_the_machine_calls_so)
{
	static const uint64_t scr[] = { 0x130, 0x131, 0x530, 0x531 }, hcr[] = { 0, 0x80000000, 0x88000000 };
	static const uint64_t spsr[] = { 0x3c0, 0x3c1, 0x3c4, 0x3c5, 0x3c6, 0x3c8, 0x3c9, 0x3cc, 0x3cd, 0x3cf, 0x1d3 };
	struct session *session = booted("psci-smc", 1);

	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < 3; k++)
			check_return(session, scr[i], hcr[k], spsr[_i]);
	ck_assert_uint_eq(sizeof(spsr) / sizeof(spsr[0]), RETURNS);
	session_free(session);
}
END_TEST

/* Between ldxr and stxr the monitor decides; asleep there is no next instruction. */
START_TEST(tells_of_monitor_and_sleep)
{
	static const struct said table[] = {
		{ "set mem32[pc] = 0xc85f7c41", "" },		/* ldxr x1, [x2] */
		{ "set mem32[pc+4] = 0xc8037c41", "" },		/* stxr w3, x1, [x2] */
		{ "set x2 = &branch_table", "" }, { "step", "" },
		{ "explain", "to branch_table[0], w3 = 0: the reservation holds" },
		{ "set x2 = &branch_table + 8", "" },
		{ "explain", "will fail, w3 = 1: the reservation is for another address" },
		{ "reset", "" },
		{ "until cpu1.state == wfe", "" }, { "cpu 1", "" }, { "explain", "wfe" },
		{ "until event:wfe-wake", "" }, { "cpu 1", "" },
		{ "explain", "reads branch_table[1], now 0x" }, { "explain", "; last written by CPU0 at psci_cpu_on" },
		{ "set pc = 0x123456789abc", "" }, { "explain", "nothing is mapped at its PC" },
	};

	SAID_BOOTED("psci-smc", 2, table);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/explain");
	TCase *tc = tcase_create("explain");

	tcase_add_loop_test(tc, tells_each_kind, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_loop_test(tc, illegal_is_what_the_machine_calls_so, 0, RETURNS);
	tcase_add_test(tc, tells_what_an_exception_was_of);
	tcase_add_test(tc, tells_of_monitor_and_sleep);
	suite_add_tcase(suite, tc);
	return suite;
}
