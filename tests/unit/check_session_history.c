/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Going back: whatever is done to get to a moment, the machine, its events and its console are what they were.
 */
#include "session/history.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "past.h"
#include "session/drive.h"
#include "session/names.h"
#include "unit.h"

static const struct { const char *board; unsigned cpus; } boards[] = {
	{ "psci-smc", 4 }, { "psci-hvc", 2 }, { "spin-table", 4 }, { "virt-gicv3", 2 },
};

enum { BOARDS = sizeof(boards) / sizeof(boards[0]), SEEDS = 12, MOMENTS = 24 };

static struct session *with_past(const char *board, unsigned cpus, bool keep_history)
{
	return past_session(board, cpus, NULL, keep_history);
}

/* ---- all the ways to go, and the machine is the same ---- */

static const char *const ways[] = {
	"back", "back 17", "back 4000", "back all", "back all 1234", "rnext", "rfinish", "rcontinue event:eret",
	"rcontinue event:wfe-sleep", "rcontinue event:exception", "rcontinue event:mmu", "rcontinue event:power",
	"goto 0", "when event:eret", "who branch_table[1]", "rcontinue milestone:spin", "rcontinue online:1", "rnext 3",
	"snapshot here", "restore here", "until event:wfe-sleep", "watch branch_table[1]; rcontinue",
	"continue 777", "continue 20000", "rcontinue event:stxr", "rcontinue event:sev", "rcontinue event:irq",
};

/* From somewhere, in some way; not all ways lead anywhere. */
static void wander(struct session *session, uint64_t *random)
{
	struct strbuf out = STRBUF_INIT;
	char line[64];

	snprintf(line, sizeof(line), "cpu %u",
		 (unsigned)(past_draw(random) % machine_cpu_count(session_machine(session))));
	booted_ok(session, line);
	if (past_draw(random) % 4 == 0)
		past_goto(session, past_draw(random) % (history_end(session_history(session)) + 1));
	command_execute(session, ways[past_draw(random) % (sizeof(ways) / sizeof(ways[0]))], &out);
	booted_ok(session, "delete");
	strbuf_free(&out);
}

START_TEST(walks_end_where_going_straight_does)
{
	const char *board = boards[_i % BOARDS].board;
	struct session *straight = with_past(board, boards[_i % BOARDS].cpus, false);
	struct session *session = with_past(board, boards[_i % BOARDS].cpus, true);
	uint64_t random = (uint64_t)_i, end;

	booted_ok(session, "continue");
	end = past_now(session);
	for (unsigned i = 0; i < 10; i++)
		wander(session, &random);
	ck_assert_str_eq(history_future(session_history(session)), "main");
	/* A moment on the way, and the end. */
	past_goto(session, end / 3);
	drive_run(straight, end / 3);
	past_assert_same(session, straight, "on the way");
	booted_ok(session, "continue");
	booted_ok(straight, "continue");
	past_assert_same(session, straight, "at the end");
	session_free(session);
	session_free(straight);
}
END_TEST

/* ---- what was done by hand is done again ---- */

static const char *const deeds[] = {
	"step", "step 40", "next", "round 3", "sched rr:100", "sched random:7", "sched rr", "inject stxr-fail",
	"inject drop-sev", "inject spurious-wake", "inject freeze 500", "inject irq 40", "set x9=5",
	"set mem64[0x40f00000]=7", "run-others 5", "tbreak psci_cpu_on", "cpu 0", "cpu 1",
};

static void meddle(struct session *session, uint64_t *random)
{
	struct strbuf out = STRBUF_INIT;

	command_execute(session, deeds[past_draw(random) % (sizeof(deeds) / sizeof(deeds[0]))], &out);
	if (past_draw(random) % 8 == 0)
		drive_input(session, "ls\n", 3);
	strbuf_free(&out);
}

struct past { uint64_t t, hash; };

/* Meddle and run, and remember moments: such as no deed was done at, which would count as done there. */
static unsigned live(struct session *session, struct past *moments, uint64_t *random)
{
	unsigned count = 0;

	for (unsigned i = 0; i < MOMENTS; i++) {
		for (unsigned n = past_draw(random) % 4; n > 0; n--)
			meddle(session, random);
		drive_run(session, 1 + past_draw(random) % 20000);
		booted_ok(session, "delete");
		drive_run(session, 1 + past_draw(random) % 7);
		moments[count] = (struct past){ past_now(session), past_hash(session) };
		drive_run(session, 3);
		count += past_now(session) > moments[count].t;
	}
	return count;
}

START_TEST(deeds_are_repeated)
{
	struct session *session = with_past(boards[_i % BOARDS].board, boards[_i % BOARDS].cpus, true);
	struct past moments[MOMENTS];
	uint64_t random = (uint64_t)_i;
	unsigned count = live(session, moments, &random);

	for (unsigned i = 0; i < 2 * MOMENTS; i++) {
		const struct past *moment = &moments[past_draw(&random) % count];

		past_goto(session, moment->t);
		ck_assert_msg(past_hash(session) == moment->hash, "seed %d: another machine at t=%" PRIu64, _i, moment->t);
	}
	ck_assert_str_eq(history_future(session_history(session)), "main");
	session_free(session);
}
END_TEST

/* ---- everything at once ---- */

enum { NAMES = 6, ROAMS = 60 };

/* Somewhere that was given a name. */
struct place { char name[16]; uint64_t t, hash; };

static void take_place(struct session *session, struct place *place, unsigned number)
{
	char line[32];

	snprintf(place->name, sizeof(place->name), "place-%u", number);
	snprintf(line, sizeof(line), "snapshot %s", place->name);
	booted_ok(session, line);
	place->t = past_now(session);
	place->hash = past_hash(session);
}

static void visit_place(struct session *session, const struct place *place)
{
	char line[32];

	snprintf(line, sizeof(line), "restore %s", place->name);
	booted_ok(session, line);
	ck_assert_msg(past_now(session) == place->t && past_hash(session) == place->hash,
		      "%s is another machine at t=%" PRIu64 ", not t=%" PRIu64, place->name, past_now(session), place->t);
}

/* Commands, meddling, input and injections in the past and in the present: each begins a future, and all of them and
 * the moments with names are there whenever one comes back. */
START_TEST(roaming_loses_nothing)
{
	struct session *session = with_past(boards[_i % BOARDS].board, boards[_i % BOARDS].cpus, true);
	struct place places[NAMES];
	uint64_t random = (uint64_t)_i + 100;
	unsigned count = 0;

	drive_run(session, 30000);
	for (unsigned i = 0; i < ROAMS; i++) {
		wander(session, &random);
		booted_ok(session, "delete");
		if (past_draw(&random) % 4 == 0)
			meddle(session, &random);
		booted_ok(session, "delete");
		if (count < NAMES && past_draw(&random) % 5 == 0) {
			take_place(session, &places[count], count);
			count++;
		} else if (count && past_draw(&random) % 3 == 0) {
			visit_place(session, &places[past_draw(&random) % count]);
		}
	}
	for (unsigned i = 0; i < count; i++)
		visit_place(session, &places[i]);
	session_free(session);
}
END_TEST

/* ---- one instruction ---- */

/* The power goes at the end of a block: also when the way there begins in the middle of it. */
START_TEST(off_at_the_same_time)
{
	struct session *session = with_past("psci-smc", 2, true);
	uint64_t end;

	booted_ok(session, "until cpu0:smp_init; set x0 = 0x84000008; set mem32[pc] = 0xd4000003; continue");
	ck_assert_int_eq(session_stop(session)->why, STOPPED_POWER_OFF);
	end = machine_time(session_machine(session));
	booted_ok(session, "continue");
	ck_assert_uint_eq(machine_time(session_machine(session)), end);
	for (unsigned n = 1; n <= 8; n++) {
		char line[40];

		snprintf(line, sizeof(line), "back %u; continue", n);
		booted_ok(session, line);
		ck_assert_int_eq(session_stop(session)->why, STOPPED_POWER_OFF);
		ck_assert_uint_eq(machine_time(session_machine(session)), end);
	}
	session_free(session);
}
END_TEST

START_TEST(back_undoes_a_step)
{
	struct session *session = with_past("psci-smc", 2, true);
	uint64_t before;

	booted_ok(session, "continue 5000; cpu 0; step");
	before = past_hash(session);
	booted_ok(session, "step; back");
	ck_assert_uint_eq(past_hash(session), before);
	booted_ok(session, "step 30; back 30");
	ck_assert_uint_eq(past_hash(session), before);
	/* Another CPU's instructions go with it. */
	booted_ok(session, "cpu 1; continue 3000; cpu 0; back 2000");
	ck_assert(past_now(session) < 7000);
	session_free(session);
}
END_TEST

static void check_name(const struct session *session, gva_t addr, const char *wanted)
{
	struct strbuf text = STRBUF_INIT;

	names_format(session_loaded(session), addr, &text);
	ck_assert_str_eq(strbuf_text(&text), wanted);
	strbuf_free(&text);
}

/* KASLR: a kernel is seen to run elsewhere, and before that moment it has not moved. */
START_TEST(symbols_follow_a_kernel_that_moves)
{
	const gva_t slide = 0x12300000;
	struct session *session = with_past("psci-smc", 1, true);
	struct loaded *loaded = (struct loaded *)session_loaded(session);
	struct name was, is;

	booted_ok(session, "until cpu0:start_kernel; step");
	ck_assert(names_find(loaded, "start_kernel", &was, NULL));
	loaded_follow_kernel(loaded, was.pa, was.pa);	/* not yet: the MMU is off */
	check_name(session, was.va, "start_kernel");
	loaded_follow_kernel(loaded, was.va + slide + 8, was.pa + 8);
	check_name(session, was.va + slide, "start_kernel");
	check_name(session, was.pa, "start_kernel");
	ck_assert(names_find(loaded, "start_kernel", &is, NULL));
	ck_assert_uint_eq(is.va, was.va + slide);
	ck_assert_uint_eq(is.pa, was.pa);
	booted_ok(session, "back");
	check_name(session, was.va, "start_kernel");
	session_free(session);
}
END_TEST

START_TEST(history_has_a_beginning)
{
	struct session *session = with_past("psci-smc", 2, true);
	char *text = booted_do(session, "back", COMMAND_ERROR);

	ck_assert_ptr_nonnull(strstr(text, "beginning of history"));
	free(text);
	booted_ok(session, "step 3; back 3; expect t == 0");
	booted_ok(session, "continue 100");
	text = booted_do(session, "rcontinue", COMMAND_OK);
	ck_assert_ptr_nonnull(strstr(text, "beginning of history"));
	free(text);
	free(booted_do(session, "rcontinue", COMMAND_ERROR));
	free(booted_do(session, "back all 1", COMMAND_ERROR));
	free(booted_do(session, "goto 101", COMMAND_ERROR));
	session_free(session);
}
END_TEST

START_TEST(stepping_along_is_no_change)
{
	struct session *session = with_past("psci-smc", 2, true);
	uint64_t end;

	booted_ok(session, "continue 50000");
	end = past_hash(session);
	booted_ok(session, "goto 20000");
	booted_ok(session, "step 25");
	ck_assert_str_eq(history_future(session_history(session)), "main");
	booted_ok(session, "goto 50000");
	ck_assert_uint_eq(past_hash(session), end);
	session_free(session);
}
END_TEST

/* ---- breakpoints and watches ---- */

START_TEST(goes_back_to_breakpoints)
{
	struct session *session = with_past("psci-smc", 4, true);
	uint64_t first, second;

	booted_ok(session, "break psci_cpu_on; continue");
	first = past_now(session);
	booted_ok(session, "continue");
	second = past_now(session);
	ck_assert_uint_lt(first, second);
	booted_ok(session, "continue; rcontinue");
	ck_assert_uint_eq(past_now(session), second);
	ck_assert_int_eq(session_stop(session)->why, STOPPED_BREAKPOINT);
	booted_ok(session, "rcontinue");
	ck_assert_uint_eq(past_now(session), first);
	/* Forth again, past the one it stands at. */
	booted_ok(session, "continue");
	ck_assert_uint_eq(past_now(session), second);
	session_free(session);
}
END_TEST

START_TEST(watches_work_both_ways)
{
	struct session *session = with_past("psci-smc", 2, true);
	uint64_t t, old;

	booted_ok(session, "watch branch_table[1]; continue; continue; continue");
	t = past_now(session);
	old = session_stop(session)->old;
	booted_ok(session, "continue; rcontinue");
	ck_assert_int_eq(session_stop(session)->why, STOPPED_WATCH);
	ck_assert_uint_eq(past_now(session), t);
	ck_assert_uint_eq(session_stop(session)->old, old);
	session_free(session);
}
END_TEST

/* Hits are those before now: they go and come with the time. */
START_TEST(hits_are_of_the_past)
{
	static const struct { const char *line, *hits; } walk[] = {
		{ "break psci_cpu_on; watch branch_table[1]; delete 2; continue", "  1 hit\n" },
		{ "continue", "  2 hits\n" },
		{ "continue", "  3 hits\n" },
		{ "rcontinue", "  2 hits\n" },
		{ "back", "  1 hit\n" },
		{ "goto 0", "  0 hits\n" },
		{ "continue", "  1 hit\n" },
		{ "restore main", "  3 hits\n" },
		/* The others were in a future that is not this one any more. */
		{ "rcontinue; rcontinue; set x9=1; continue 10", "  1 hit\n" },
		{ "disable 1; continue 60000", "  1 hit\n" },
		{ "reset", "  0 hits\n" },
	};
	struct session *session = with_past("psci-smc", 4, true);

	for (size_t i = 0; i < sizeof(walk) / sizeof(walk[0]); i++) {
		char *text;

		booted_ok(session, walk[i].line);
		text = booted_do(session, "info break", COMMAND_OK);
		ck_assert_msg(strstr(text, walk[i].hits) != NULL, "%s: %s", walk[i].line, text);
		free(text);
	}
	session_free(session);
}
END_TEST

/* ---- what the session found out by itself ---- */

/* Everyone sleeps until woken by hand; who walks past that later is told of the deadlock again, once. */
START_TEST(deadlocks_are_told_again)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = "psci-smc", .cpus = 2, .model = CPU_CORTEX_A72,
			  .firmware = "guest/zoo-sev-missing.elf" },
		.keep_history = true,
	};
	struct session *session = session_new(&config, NULL);
	uint64_t t;
	int i;

	ck_assert_ptr_nonnull(session);
	session_start(session);
	booted_ok(session, "continue; continue");
	ck_assert_int_eq(session_stop(session)->why, STOPPED_DEADLOCK);
	booted_ok(session, "expect event.deadlock == 1");
	t = past_now(session);
	booted_ok(session, "inject spurious-wake cpu 1; continue 200; expect event.deadlock == 1");
	for (i = 0; i < 2; i++) {
		past_goto(session, t - 1);
		booted_ok(session, "expect event.deadlock == 0");
		past_goto(session, t + 50);
		booted_ok(session, "expect event.deadlock == 1");
	}
	booted_ok(session, "rcontinue event:deadlock");
	ck_assert_uint_eq(past_now(session), t);
	ck_assert_str_eq(history_future(session_history(session)), "main");
	session_free(session);
}
END_TEST

/* ---- questions ---- */

START_TEST(tells_who_stored)
{
	struct session *session = with_past("psci-smc", 4, true);
	uint64_t was;
	char *text;

	booted_ok(session, "continue");
	was = past_hash(session);
	text = booted_do(session, "who branch_table[1]", COMMAND_OK);
	ck_assert_ptr_nonnull(strstr(text, "CPU0 at psci_cpu_on"));
	ck_assert_ptr_nonnull(strstr(text, "became"));
	free(text);
	ck_assert_uint_eq(past_hash(session), was);
	/* An address will do, a virtual one as the CPU in focus sees it, too. */
	text = booted_do(session, "who &branch_table[1]", COMMAND_OK);
	ck_assert_ptr_nonnull(strstr(text, "CPU0 at psci_cpu_on"));
	free(text);
	text = booted_do(session, "cpu 0; who &__cpu_online_mask + 0", COMMAND_OK);
	ck_assert_ptr_nonnull(strstr(text, "became 0xf"));
	free(text);
	free(booted_do(session, "who 7 << 60", COMMAND_ERROR));
	booted_ok(session, "set branch_table[1]=-1; continue 1");
	text = booted_do(session, "who branch_table[1]", COMMAND_OK);
	ck_assert_ptr_nonnull(strstr(text, "by hand"));
	free(text);
	text = booted_do(session, "who mem64[0x40000000]", COMMAND_ERROR);
	ck_assert_ptr_nonnull(strstr(text, "nothing was stored"));
	free(text);
	session_free(session);
}
END_TEST

static const struct { const char *forth, *when; } moments_of[] = {
	{ "until online:2", "online == 2" },
	{ "until branch_table[1] != -1 && branch_table[1] != 0", "branch_table[1] != -1" },
	{ "until cpu1.el == 1", "cpu1.el == 1" },
	{ "until cpu1:secondary_start_kernel", "cpu1:secondary_start_kernel" },
	{ "until event:mmu", "event:mmu" },
	{ "until milestone:smp_init", "milestone:smp_init" },
	{ "until cpu1.state == wfe", "cpu1.state == wfe" },
	{ "until uart:CPU1", "uart:CPU1" },
};

START_TEST(tells_when)
{
	struct session *session = with_past("psci-smc", 2, true);
	char line[128], *text;
	uint64_t t;

	booted_ok(session, moments_of[_i].forth);
	t = past_now(session);
	booted_ok(session, "continue 300");
	snprintf(line, sizeof(line), "when %s", moments_of[_i].when);
	text = booted_do(session, line, COMMAND_OK);
	ck_assert_msg(strtoull(text + 2, NULL, 10) == t, "%s: %s, not %" PRIu64, line, text, t);
	free(text);
	snprintf(line, sizeof(line), "rcontinue %s; expect t == %" PRIu64, moments_of[_i].when, t);
	booted_ok(session, line);
	session_free(session);
}
END_TEST

/* ---- futures ---- */

START_TEST(old_futures_stay)
{
	struct session *session = with_past("psci-smc", 2, true);
	uint64_t main_end, other_end, named;

	booted_ok(session, "continue 100000; set x7=1; continue 100000");
	main_end = past_hash(session);
	booted_ok(session, "goto 60000; snapshot here");
	named = past_hash(session);
	booted_ok(session, "set x7=2; sched random:3; continue 70000");
	ck_assert_str_eq(history_future(session_history(session)), "future-1");
	other_end = past_hash(session);
	booted_ok(session, "goto 80000; inject stxr-fail; step 3");
	ck_assert_str_eq(history_future(session_history(session)), "future-2");
	booted_ok(session, "restore main");
	ck_assert_uint_eq(past_hash(session), main_end);
	booted_ok(session, "restore future-1");
	ck_assert_uint_eq(past_hash(session), other_end);
	booted_ok(session, "restore here");
	ck_assert_uint_eq(past_hash(session), named);
	booted_ok(session, "restore main; goto 100000; restore future-1");
	ck_assert_uint_eq(past_hash(session), other_end);
	free(booted_do(session, "restore nowhere", COMMAND_ERROR));
	free(booted_do(session, "snapshot main", COMMAND_ERROR));
	session_free(session);
}
END_TEST

/* What the machine refuses begins no future. */
START_TEST(refusals_change_nothing)
{
	struct session *session = with_past("psci-smc", 2, true);

	booted_ok(session, "continue 10000; goto 5000");
	free(booted_do(session, "sched nonsense", COMMAND_ERROR));
	free(booted_do(session, "inject irq 5000", COMMAND_ERROR));
	ck_assert_str_eq(history_future(session_history(session)), "main");
	ck_assert_uint_eq(history_end(session_history(session)), 10000);
	session_free(session);
}
END_TEST

/* ---- interruption, memory, reset ---- */

static bool refuse(void *ctx, struct session *session)
{
	(void)session;
	return --*(int *)ctx > 0;
}

START_TEST(interrupted_means_not_moved)
{
	static const char *const lines[] = { "goto 100", "back", "rcontinue event:reset", "restore other" };
	struct session *session = with_past("psci-smc", 2, true);
	uint64_t was;

	/* Long enough for the person to be asked on the way: CPU0 waits for nobody. */
	booted_ok(session, "set pc=0x40000000; set mem32[0x40000000]=0x14000000; continue 1000; snapshot other");
	booted_ok(session, "set x1=1; continue 900000; snapshot here");
	was = past_hash(session);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		int calls = 1;
		struct strbuf out = STRBUF_INIT;

		session_set_progress(session, refuse, &calls);
		command_execute(session, lines[i], &out);
		session_set_progress(session, NULL, NULL);
		ck_assert_msg(past_hash(session) == was || calls > 0, "%s", lines[i]);
		booted_ok(session, "restore here");
		ck_assert_uint_eq(past_hash(session), was);
		strbuf_free(&out);
	}
	session_free(session);
}
END_TEST

START_TEST(memory_is_bounded)
{
	struct session *session = with_past("psci-smc", 2, true);
	char *text = booted_do(session, "set history.memory 1M", COMMAND_ERROR);

	ck_assert_ptr_nonnull(strstr(text, "least is 16M"));
	free(text);
	free(booted_do(session, "set history.memory much", COMMAND_ERROR));
	booted_ok(session, "set history.memory 16M; continue; goto 1000; goto 100000; back");
	booted_ok(session, "set history.memory=1G; reset; continue 1000; back; expect t == 999");
	session_free(session);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/history");
	TCase *tcase = tcase_create("history");

	tcase_add_loop_test(tcase, walks_end_where_going_straight_does, 0, SEEDS);
	tcase_add_loop_test(tcase, deeds_are_repeated, 0, SEEDS);
	tcase_add_loop_test(tcase, roaming_loses_nothing, 0, SEEDS);
	tcase_add_test(tcase, off_at_the_same_time);
	tcase_add_test(tcase, back_undoes_a_step);
	tcase_add_test(tcase, symbols_follow_a_kernel_that_moves);
	tcase_add_test(tcase, history_has_a_beginning);
	tcase_add_test(tcase, stepping_along_is_no_change);
	tcase_add_test(tcase, goes_back_to_breakpoints);
	tcase_add_test(tcase, watches_work_both_ways);
	tcase_add_test(tcase, hits_are_of_the_past);
	tcase_add_test(tcase, deadlocks_are_told_again);
	tcase_add_test(tcase, tells_who_stored);
	tcase_add_loop_test(tcase, tells_when, 0, sizeof(moments_of) / sizeof(moments_of[0]));
	tcase_add_test(tcase, old_futures_stay);
	tcase_add_test(tcase, refusals_change_nothing);
	tcase_add_test(tcase, interrupted_means_not_moved);
	tcase_add_test(tcase, memory_is_bounded);
	suite_add_tcase(suite, tcase);
	return suite;
}
