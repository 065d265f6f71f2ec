/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The schedule: turns and bursts, its text, replay of whatever was run, forward progress, and the livelock watchdog.
 */
#include "machine/sched.h"

#include <stdio.h>
#include <string.h>

#include "guest.h"
#include "randomcode.h"
#include "unit.h"

enum { BUDGET = 20000 };

/* ---- text ---- */

static const struct {
	const char *spec, *name;	/* NULL: refused */
} specs[] = {
	{ "rr", "rr:1000" }, { "rr:1", "rr:1" }, { "rr:0x10", "rr:16" }, { "random", "random:0" },
	{ "random:7", "random:7" },
	{ "rr:0", NULL }, { "rr:", NULL }, { "rr:-1", NULL }, { "rr:5x", NULL }, { "random:x", NULL }, { "fifo", NULL },
	{ "", NULL }, { "rrr", NULL },
};

START_TEST(spec)
{
	struct machine *machine = guest_new(2, "rr:9", CPU_CORTEX_A72);
	struct error err = ERROR_NONE;
	bool ok = sched_set(machine_sched(machine), specs[_i].spec, &err);

	ck_assert_msg(ok == !!specs[_i].name, "%s", specs[_i].spec);
	ck_assert_str_eq(sched_name(machine_sched(machine)), ok ? specs[_i].name : "rr:9");
	ck_assert(ok != error_is_set(&err));
	machine_free(machine);
}
END_TEST

static const struct {
	const char *text;
	bool ok;
} lists[] = {
	{ "", true }, { "# nothing\n\n", true }, { "cpu0 5\ncpu1 3 x7\n", true }, { "  cpu0 5 # five", false },
	{ "cpu0 5 # five", true }, { "cpu2 5", false }, { "cpu0 0", false }, { "cpu0", false }, { "cpu0 5 x0", false },
	{ "cpu0 5 y", false }, { "+cpu1 5", true }, { "inject stxr-fail cpu1 at 5", true },
	{ "inject freeze cpu1 100 at 5+6", true }, { "inject freeze cpu1 at 5", false },
	{ "inject nothing cpu1 at 5", false },
	{ "inject drop-sev cpu2 at 5", false }, { "inject drop-sev cpu1", false },
	{ "inject spurious-wake cpu0 at 5 6", false },
	{ "cpu0 99999999999999999999999999", true }, { "\xff\xfe", false },
};

START_TEST(list)
{
	struct machine *machine = guest_new(2, "rr:9", CPU_CORTEX_A72);
	struct error err = ERROR_NONE;
	bool ok = sched_set_list(machine_sched(machine), "some.sched", lists[_i].text, &err);

	ck_assert_msg(ok == lists[_i].ok, "'%s': %s", lists[_i].text, err.text);
	if (!ok)
		ck_assert_ptr_nonnull(strstr(err.text, "some.sched:1"));
	machine_free(machine);
}
END_TEST

/* ---- whose turn it is ---- */

static void start_counters(struct machine *machine)
{
	for (unsigned i = 0; i < machine_cpu_count(machine); i++)
		GUEST_START(machine, i, 3, I_ADDI(1, 1, 1), I_ADDI(1, 1, 1), I_ADDI(1, 1, 1), I_B(-3));
}

START_TEST(round_robin)
{
	struct machine *machine = guest_new(3, "rr:5", CPU_CORTEX_A72);
	static const uint64_t want[] = { 10, 9, 5 };

	start_counters(machine);
	machine_run(machine, 24);
	for (unsigned i = 0; i < 3; i++)
		ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, i)), want[i]);
	machine_free(machine);
}
END_TEST

/* From SCHED_EXACT_BELOW on a slice runs to the end of its basic block. */
START_TEST(long_slices_end_at_blocks)
{
	struct machine *machine = guest_new(2, "rr:65", CPU_CORTEX_A72);

	start_counters(machine);
	machine_run(machine, 68 + 1);
	ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 0)), 68);
	ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 1)), 1);
	machine_free(machine);
}
END_TEST

START_TEST(random_is_repeatable)
{
	uint64_t hash[3];

	for (unsigned i = 0; i < 3; i++) {
		struct machine *machine = guest_new(4, i == 2 ? "random:6" : "random:5", CPU_CORTEX_A72);

		start_counters(machine);
		machine_run(machine, BUDGET);
		hash[i] = machine_hash(machine);
		for (unsigned cpu = 0; cpu < 4; cpu++)
			ck_assert_uint_gt(cpu_instructions(machine_cpu(machine, cpu)), BUDGET / 8);
		machine_free(machine);
	}
	ck_assert_uint_eq(hash[0], hash[1]);
	ck_assert_uint_ne(hash[0], hash[2]);
}
END_TEST

START_TEST(list_says_what_runs)
{
	struct machine *machine = guest_new(2, "rr", CPU_CORTEX_A72);
	struct error err = ERROR_NONE;

	ck_assert(sched_set_list(machine_sched(machine), "x", "cpu1 3\ncpu0 2 x4\n", &err));
	start_counters(machine);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_SCHEDULE_END);
	ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 0)), 8);
	ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 1)), 3);
	machine_free(machine);
}
END_TEST

/* ---- replay ---- */

static const char *const recorded[] = { "rr:1000", "rr:64", "rr:3", "random:1", "random:77" };

enum { RECORDED = sizeof(recorded) / sizeof(recorded[0]), PROGRAMS = 12, LENGTH = 9000 };

/* A run with stops, steps and injections between. */
static void run_with_interference(struct machine *machine, uint64_t seed)
{
	uint64_t random = seed;

	while (machine_time(machine) < LENGTH) {
		unsigned cpu = randomcode_draw(&random) % machine_cpu_count(machine);

		machine_run(machine, 1 + randomcode_draw(&random) % 700);
		switch (randomcode_draw(&random) % 6) {
		case 0:
			machine_inject(machine, randomcode_draw(&random) % (INJECT_FREEZE + 1), cpu, 200);
			break;
		case 1:
			machine_step_cpu(machine, cpu, randomcode_draw(&random) % 20);
			break;
		default:
			break;
		}
	}
}

START_TEST(replay)
{
	uint64_t seed = _i / RECORDED, hash;
	struct randomcode *code = randomcode_new(seed, recorded[_i % RECORDED]);
	struct machine *machine = randomcode_machine(code);
	struct error err = ERROR_NONE;
	struct strbuf text = STRBUF_INIT;

	sched_record(machine_sched(machine), true);
	run_with_interference(machine, seed);
	sched_save(machine_sched(machine), &text);
	hash = machine_hash(machine);
	randomcode_free(code);

	code = randomcode_new(seed, "rr");
	machine = randomcode_machine(code);
	ck_assert_msg(sched_set_list(machine_sched(machine), "saved", strbuf_text(&text), &err), "%s", err.text);
	ck_assert_int_eq(machine_run(machine, UINT64_MAX).reason, STOP_SCHEDULE_END);
	ck_assert_msg(machine_hash(machine) == hash, "program %lu, %s", (unsigned long)seed, recorded[_i % RECORDED]);
	strbuf_free(&text);
	randomcode_free(code);
}
END_TEST

/* ---- forward progress ---- */

enum { ROUNDS = 50, COUNTER = GUEST_DATA, NOTES = GUEST_DATA + 8 };

/* Every CPU adds 1 to the counter ROUNDS times; PLAIN: it also stores to the same granule between the pair. */
static void start_adders(struct machine *machine, bool plain)
{
	for (unsigned i = 0; i < machine_cpu_count(machine); i++)
		GUEST_START(machine, i, 3, I_MOVZ_16(0, COUNTER >> 16), I_MOVZ(9, ROUNDS), I_LDXR(1, 0), I_ADDI(1, 1,
			1),
			    plain ? I_STR(1, 0, 8 + 8 * (i % 4)) : I_NOP, I_STXR(2, 1, 0), I_CBNZ(2, -4), I_SUBSI(9, 9,
			    	1),
			    I_BCOND(COND_NE, -6), I_WFI, I_STAY);
}

START_TEST(contended_adders_finish)
{
	unsigned quantum = 1 + _i % 16, cpus = 2 + _i / 16 % 3;
	char policy[16];
	struct machine *machine;

	snprintf(policy, sizeof(policy), "rr:%u", quantum);
	for (int plain = 0; plain < 2; plain++) {
		machine = guest_new(cpus, policy, CPU_CORTEX_A72);
		start_adders(machine, plain);
		ck_assert_msg(machine_run(machine, 1000000).reason == STOP_DEADLOCK, "%u CPUs, %s, plain %d", cpus,
			policy, plain);
		ck_assert_uint_eq(guest_read(machine, COUNTER), (uint64_t)cpus * ROUNDS);
		machine_free(machine);
	}
}
END_TEST

/* What the scheduler does not do by itself a saved schedule may: it is run as it says. */
START_TEST(chosen_livelock_is_named)
{
	struct machine *machine = guest_new(2, "rr", CPU_CORTEX_A72);
	struct error err = ERROR_NONE;
	struct stop stop;

	ck_assert(sched_set_list(machine_sched(machine), "lockstep", "cpu0 3\ncpu1 3\ncpu0 1\ncpu1 1\n"
				 "cpu0 1\ncpu1 1\ncpu0 1\ncpu1 1\ncpu0 1\ncpu1 1\ncpu0 1\ncpu1 1\ncpu0 1\ncpu1 1\n",
				 	&err));
	for (unsigned i = 0; i < 2; i++)
		GUEST_START(machine, i, 3, I_MOVZ_16(0, COUNTER >> 16), I_MOVZ(9, 1), I_LDXR(1, 0), I_ADDI(1, 1, 1),
			    I_STR(9, 0, 8 + 8 * i), I_STXR(2, 1, 0), I_CBNZ(2, -4), I_WFI, I_STAY);
	machine_set_livelock(machine, 2);
	stop = machine_run(machine, BUDGET);
	ck_assert_int_eq(stop.reason, STOP_LIVELOCK);
	ck_assert_ptr_nonnull(strstr(stop.text, "CPU0: spins"));
	ck_assert_ptr_nonnull(strstr(stop.text, "CPU1: spins"));
	machine_free(machine);
}
END_TEST

/* ---- the watchdog ---- */

START_TEST(spinning_is_seen)
{
	struct machine *machine = guest_new(2, guest_profiles[_i], CPU_CORTEX_A72);
	struct stop stop;

	/* CPU 0 waits for a flag that CPU 1, asleep, will never set. */
	GUEST_START(machine, 0, 3, I_MOVZ_16(0, GUEST_DATA >> 16), I_LDR(1, 0, 0), I_CBZ(1, -1), I_WFI);
	GUEST_START(machine, 1, 3, I_WFE);
	machine_set_livelock(machine, 3000);
	stop = machine_run(machine, BUDGET);
	ck_assert_int_eq(stop.reason, STOP_LIVELOCK);
	ck_assert_ptr_nonnull(strstr(stop.text, "CPU0"));
	ck_assert_ptr_null(strstr(stop.text, "CPU1"));
	ck_assert_uint_ge(machine_time(machine), 3000);
	ck_assert_uint_lt(machine_time(machine), 6000);
	machine_set_livelock(machine, 0);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_LIMIT);
	machine_free(machine);
}
END_TEST

/* One that works ends nobody's wait yet, but may. */
static const struct {
	const char *name;
	uint32_t work[4];
} busy[] = {
	{ "stores", { I_ADDI(1, 1, 1), I_STR(1, 0, 0), I_B(-2) } },
	{ "system registers", { I_ADDI(1, 1, 1), I_MSR(TPIDR_EL1, 1), I_B(-2) } },
};

START_TEST(working_is_not_spinning)
{
	struct machine *machine = guest_new(2, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);
	const uint32_t *work = busy[_i / PROFILE_COUNT].work;

	GUEST_START(machine, 0, 3, I_MOVZ_16(0, GUEST_DATA >> 16), I_LDR(1, 0, 8), I_CBZ(1, -1), I_WFI);
	GUEST_START(machine, 1, 3, I_MOVZ_16(0, GUEST_DATA >> 16), work[0], work[1], work[2]);
	machine_set_livelock(machine, 3000);
	ck_assert_msg(machine_run(machine, BUDGET).reason == STOP_LIMIT, "%s", busy[_i / PROFILE_COUNT].name);
	machine_free(machine);
}
END_TEST

/* A snapshot goes on with the list that it was taken in, whatever list came after; a list that is no good changes nothing. */
START_TEST(snapshot_keeps_its_list)
{
	struct machine *machine = guest_new(2, "rr:1", CPU_CORTEX_A72);
	struct error err = ERROR_NONE;
	struct snapshot *snapshot;

	for (unsigned cpu = 0; cpu < 2; cpu++)
		GUEST_START(machine, cpu, 1, I_ADDI(1, 1, 1), I_B(-1));
	ck_assert(sched_set_list(machine_sched(machine), "a", "cpu0 10\ncpu1 20\ncpu0 30\n", &err));
	machine_run(machine, 15);
	snapshot = machine_save(machine);
	ck_assert(sched_set_list(machine_sched(machine), "b", "cpu0 1\n", &err));
	machine_run(machine, 100);
	machine_restore(machine, snapshot);
	ck_assert(!sched_set_list(machine_sched(machine), "c", "cpu1 7\ncpu9 1\n", &err));
	ck_assert_int_eq(machine_run(machine, 100).reason, STOP_SCHEDULE_END);
	ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 0)), 40);
	ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 1)), 20);
	machine_snapshot_free(machine, snapshot);
	machine_free(machine);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/sched");
	TCase *tcase = tcase_create("sched");

	tcase_add_loop_test(tcase, spec, 0, sizeof(specs) / sizeof(specs[0]));
	tcase_add_loop_test(tcase, list, 0, sizeof(lists) / sizeof(lists[0]));
	tcase_add_test(tcase, round_robin);
	tcase_add_test(tcase, long_slices_end_at_blocks);
	tcase_add_test(tcase, random_is_repeatable);
	tcase_add_test(tcase, list_says_what_runs);
	tcase_add_loop_test(tcase, replay, 0, PROGRAMS * RECORDED);
	tcase_add_loop_test(tcase, contended_adders_finish, 0, 16 * 3);
	tcase_add_test(tcase, chosen_livelock_is_named);
	tcase_add_loop_test(tcase, spinning_is_seen, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, working_is_not_spinning, 0, sizeof(busy) / sizeof(busy[0]) * PROFILE_COUNT);
	tcase_add_test(tcase, snapshot_keeps_its_list);
	suite_add_tcase(suite, tcase);
	return suite;
}
