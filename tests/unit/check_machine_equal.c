/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * However a run is cut up, watched, stopped, saved and restored, it ends in the same state: random programs, one hash.
 */
#include "machine/machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "randomcode.h"
#include "unit.h"

enum { PROGRAMS = 96, SANITIZED = 24, LENGTH = 12000 };

static const char *const schedules[] = { "rr:1000", "rr:64", "rr:3" };
static const uint64_t chunks[] = { 1, 7, 100 };

enum { SCHEDULES = sizeof(schedules) / sizeof(schedules[0]), CHUNKS = sizeof(chunks) / sizeof(chunks[0]) };

static void run_in_chunks(struct machine *machine, uint64_t end, uint64_t chunk)
{
	while (machine_time(machine) < end) {
		uint64_t left = end - machine_time(machine);

		if (machine_run(machine, left < chunk ? left : chunk).reason != STOP_LIMIT)
			break;
	}
}

static uint64_t hash_of(uint64_t seed, const char *sched, uint64_t chunk)
{
	struct randomcode *code = randomcode_new(seed, sched);
	uint64_t hash;

	run_in_chunks(randomcode_machine(code), LENGTH, chunk);
	hash = machine_hash(randomcode_machine(code));
	randomcode_free(code);
	return hash;
}

START_TEST(chunks_change_nothing)
{
	uint64_t seed = _i / SCHEDULES;
	const char *sched = schedules[_i % SCHEDULES];
	uint64_t whole = hash_of(seed, sched, LENGTH);

	for (unsigned i = 0; i < CHUNKS; i++)
		ck_assert_msg(hash_of(seed, sched, chunks[i]) == whole, "program %lu, %s, chunks of %lu",
			      (unsigned long)seed, sched, (unsigned long)chunks[i]);
}
END_TEST

static void ignore(void *ctx, const struct event *event)
{
	(void)ctx, (void)event;
}

static void ignore_watch(void *ctx, struct cpu *cpu, gva_t pc, gpa_t addr, unsigned size, uint64_t old, uint64_t value)
{
	(void)ctx, (void)cpu, (void)pc, (void)addr, (void)size, (void)old, (void)value;
}

/* All events, which takes the exact profile; and watches on the page that everybody stores to. */
START_TEST(watching_changes_nothing)
{
	uint64_t seed = _i, whole = hash_of(seed, "rr:1000", LENGTH);
	struct randomcode *code = randomcode_new(seed, "rr:1000");
	struct machine *machine = randomcode_machine(code);

	machine_set_observer(machine, ignore, NULL);
	machine_set_event_mask(machine, ~0ull);
	machine_run(machine, LENGTH / 3);
	machine_set_event_mask(machine, 0);
	machine_set_watch_handler(machine, ignore_watch, NULL);
	machine_add_watch(machine, 0x40100000, 64, WATCH_NOTE);
	machine_run(machine, LENGTH - LENGTH / 3);
	ck_assert_msg(machine_hash(machine) == whole, "program %lu", (unsigned long)seed);
	randomcode_free(code);
}
END_TEST

/* Save and restore at random moments, run on, go back, go on: a random walk through time. */
START_TEST(snapshots_change_nothing)
{
	enum { SAVED = 4, STEPS = 24 };
	uint64_t seed = _i / SCHEDULES, random = _i;
	const char *sched = schedules[_i % SCHEDULES];
	uint64_t whole = hash_of(seed, sched, LENGTH);
	struct randomcode *code = randomcode_new(seed, sched);
	struct machine *machine = randomcode_machine(code);
	struct snapshot *saved[SAVED] = { NULL };

	for (unsigned i = 0; i < SAVED; i++)
		saved[i] = machine_save(machine);
	for (unsigned step = 0; step < STEPS; step++) {
		unsigned which = randomcode_draw(&random) % SAVED;
		uint64_t until;

		if (randomcode_draw(&random) % 2) {
			machine_restore(machine, saved[which]);
			ck_assert_uint_eq(machine_time(machine), machine_snapshot_time(saved[which]));
		} else {
			machine_snapshot_free(machine, saved[which]);
			saved[which] = machine_save(machine);
		}
		until = machine_time(machine) + randomcode_draw(&random) % (LENGTH / 12);
		run_in_chunks(machine, until, 1 + randomcode_draw(&random) % 500);
	}
	for (unsigned i = 0; i < SAVED; i++) {
		machine_restore(machine, saved[i]);
		run_in_chunks(machine, LENGTH, LENGTH);
		ck_assert_msg(machine_time(machine) != LENGTH || machine_hash(machine) == whole, "program %lu, %s",
			      (unsigned long)seed, sched);
		machine_snapshot_free(machine, saved[i]);
	}
	randomcode_free(code);
}
END_TEST

/* Sanitizers look for other mistakes than unlike hashes, at a fifth of the speed: fewer programs reach the same code. */
static int program_count(void)
{
	const char *sanitizers = getenv("SANITIZERS");

	return sanitizers && !strcmp(sanitizers, "yes") ? SANITIZED : PROGRAMS;
}

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/equal");
	TCase *tcase = tcase_create("equal");
	int programs = program_count();

	tcase_add_loop_test(tcase, chunks_change_nothing, 0, programs * SCHEDULES);
	tcase_add_loop_test(tcase, watching_changes_nothing, 0, programs);
	tcase_add_loop_test(tcase, snapshots_change_nothing, 0, programs / 2 * SCHEDULES);
	suite_add_tcase(suite, tcase);
	return suite;
}
