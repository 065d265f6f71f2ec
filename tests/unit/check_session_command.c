/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Commands: how a word is matched, and what running, stopping and looking come to on a real boot.
 */
#include "session/command.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "booted.h"
#include "service/lines.h"
#include "session/breakpoints.h"
#include "session/eventring.h"
#include "session/reached.h"
#include "session/tables.h"
#include "unit.h"

static const struct { const char *word, *name, *error; } words[] = {
	{ "step", "step", NULL }, { "s", "step", NULL }, { "n", "next", NULL }, { "c", "continue", NULL },
	  { "b", "break", NULL },
	{ "x", "x", NULL }, { "dis", NULL, "could be: disable, disassemble" }, { "disas", "disassemble", NULL },
	{ "brek", NULL, "did you mean 'break'" }, { "frobnicate", NULL, "no command" }, { "q", "quit", NULL },
};

START_TEST(finds_commands)
{
	struct session *session = booted("psci-smc", 1);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct error err = ERROR_NONE;
		const struct command *command = command_find(session, words[i].word, &err);

		ck_assert_msg(!command == !words[i].name, "%s: %s", words[i].word, err.text);
		if (command)
			ck_assert_str_eq(command->name, words[i].name);
		else
			ck_assert_msg(strstr(err.text, words[i].error) != NULL, "%s: %s", words[i].word, err.text);
	}
	session_free(session);
}
END_TEST

/* Each command is reached by its shortest form, and no shorter one than an alias reaches it. */
START_TEST(shortest_forms_are_unique)
{
	const struct command_set *set;

	for (size_t i = 0; (set = commands_at(i)); i++) {
		for (size_t n = 0; n < set->count; n++) {
			char word[32] = "";

			memcpy(word, set->items[n].name, command_shortest(NULL, &set->items[n]));
			ck_assert_ptr_eq(command_find(NULL, word, NULL), &set->items[n]);
		}
	}
}
END_TEST

START_TEST(steps_one_cpu)
{
	struct session *session = booted("psci-smc", 2);

	booted_ok(session, "step 5");
	ck_assert_uint_eq(cpu_instructions(machine_cpu_const(session_machine(session), 0)), 5);
	ck_assert_uint_eq(cpu_instructions(machine_cpu_const(session_machine(session), 1)), 0);
	booted_ok(session, "cpu 1; step; round 3");
	ck_assert_uint_eq(cpu_instructions(machine_cpu_const(session_machine(session), 0)), 8);
	ck_assert_uint_eq(cpu_instructions(machine_cpu_const(session_machine(session), 1)), 4);
	booted_ok(session, "run-others 2");
	ck_assert_uint_eq(cpu_instructions(machine_cpu_const(session_machine(session), 0)), 10);
	session_free(session);
}
END_TEST

START_TEST(next_goes_over_calls)
{
	struct session *session = booted("psci-smc", 2);

	booted_ok(session, "until cpu0:psci_cpu_on+0xc; next; expect pc == firmware:psci_cpu_on + 0x10");
	booted_ok(session, "finish; expect cpu0.sym != firmware:psci_cpu_on");
	session_free(session);
}
END_TEST

/* A sleeping CPU is not stepped, but `next` waits for whoever wakes it. */
START_TEST(next_waits_for_a_sleeper)
{
	struct session *session = booted("psci-smc", 2);
	char *text;

	booted_ok(session, "until cpu1.state == wfe; cpu 1");
	text = booted_do(session, "step", COMMAND_OK);
	ck_assert_ptr_nonnull(strstr(text, "sleeps in wfe"));
	free(text);
	booted_ok(session,
		  "expect cpu1.state == wfe; next; expect cpu1.state == running; expect branch_table[1] != -1");
	session_free(session);
}
END_TEST

START_TEST(stops_at_breakpoints)
{
	struct session *session = booted("psci-smc", 2);
	const struct session_stop *stop;

	booted_ok(session,
		  "break secondary_start_kernel cpu 1; tbreak start_kernel; "
		  "watch branch_table[1] if branch_table[1] != -1");
	booted_ok(session, "continue");
	stop = session_stop(session);
	ck_assert_int_eq(stop->why, STOPPED_BREAKPOINT);
	ck_assert_uint_eq(stop->number, 2);
	ck_assert_uint_eq(breakpoints_count(session_breakpoints(session)), 2);
	booted_ok(session, "continue");
	ck_assert_int_eq(session_stop(session)->why, STOPPED_WATCH);
	booted_ok(session, "delete 3; continue");
	ck_assert_uint_eq(session_stop(session)->number, 1);
	ck_assert_int_eq(session_stop(session)->cpu, 1);
	ck_assert_uint_eq(session_focus(session), 1);
	session_free(session);
}
END_TEST

static const struct { const char *condition; enum stopped why; } conditions[] = {
	{ "milestone:start_kernel", STOPPED_CONDITION }, { "cpu1:secondary_entry", STOPPED_CONDITION },
	{ "online:2", STOPPED_CONDITION }, { "event:sev", STOPPED_CONDITION },
	  { "uart:Bringing up", STOPPED_CONDITION },
	{ "idle", STOPPED_CONDITION }, { "cpu1.state == wfe", STOPPED_CONDITION },
	  { "branch_table[1] == -1", STOPPED_CONDITION },
	{ "milestone.start_kernel == 1", STOPPED_CONDITION }, { "1", STOPPED_CONDITION }, { "off", STOPPED_IDLE },
	{ "0", STOPPED_IDLE },
};

START_TEST(waits_for_conditions)
{
	struct session *session = booted("psci-smc", 2);
	char line[100];

	snprintf(line, sizeof(line), "until %s", conditions[_i].condition);
	booted_ok(session, line);
	ck_assert_msg(session_stop(session)->why == conditions[_i].why, "%s: %d", line, session_stop(session)->why);
	session_free(session);
}
END_TEST

/* Stopping on the way changes nothing of what is run. */
START_TEST(stops_leave_no_trace)
{
	struct session *plain = booted("psci-smc", 2), *stopped = booted("psci-smc", 2);

	booted_ok(plain, "until idle");
	booted_ok(stopped,
		  "break spin; until event:sev; until cpu1.el == 2; continue; delete; until online:2; until idle");
	ck_assert_uint_eq(machine_time(session_machine(plain)), machine_time(session_machine(stopped)));
	ck_assert_uint_eq(machine_hash(session_machine(plain)), machine_hash(session_machine(stopped)));
	session_free(plain);
	session_free(stopped);
}
END_TEST

START_TEST(keeps_records)
{
	struct session *session = booted("psci-smc", 2);
	const struct table_slot *slot;

	booted_ok(session, "until idle");
	slot = tables_at(session_tables(session), 1);
	ck_assert_str_eq(slot->table, TABLE_BRANCH);
	ck_assert_int_eq(slot->cpu, 1);
	ck_assert_int_eq(slot->writer, 0);
	ck_assert_uint_eq(eventring_count(session_events(session), EVENT_SEV) > 0, true);
	ck_assert_uint_eq(eventring_count(session_events(session), EVENT_PSCI_CALL),
			  eventring_count(session_events(session), EVENT_PSCI_RETURN));
	ck_assert_uint_eq(reached_find(session_reached(session), "secondary_start_kernel")->cpus, 2);
	booted_ok(session,
		  "reset; expect t == 0; expect event.sev == 0; expect milestone.start_kernel == 0; until idle");
	session_free(session);
}
END_TEST

START_TEST(expectations_fail)
{
	struct session *session = booted("psci-smc", 2);
	char *text = booted_do(session, "expect cpu0.x0 == 5", COMMAND_FAILED);

	ck_assert_ptr_nonnull(strstr(text, "cpu0.x0 is 0"));
	free(text);
	booted_ok(session, "expect 1; goal t == 0");
	booted_ok(session, "# a comment; expect 0");
	free(booted_do(session, "quit", COMMAND_QUIT));
	session_free(session);
}
END_TEST

static void check_explained(struct session *session, const char *line, const char *part)
{
	char *text = booted_do(session, line, COMMAND_OK);

	ck_assert_msg(strstr(text, part) != NULL, "%s: %s", line, text);
	free(text);
}

START_TEST(explains)
{
	struct session *session = booted("psci-smc", 2);

	booted_ok(session, "until cpu1.state == wfe");
	check_explained(session, "explain cpu 1", "because branch_table[1] is still -1, written by CPU0 at init_pen");
	check_explained(session, "explain cpu 1", "because CPU_ON was never called for MPIDR 0x1");
	booted_ok(session, "until cpu0:psci_cpu_on");
	check_explained(session, "explain cpu 1", "because CPU0 is still in the CPU_ON that it called");
	booted_ok(session, "inject drop-sev cpu 1; until cpu0:__invoke_psci_fn_smc+4");
	check_explained(session, "explain cpu 1", "although branch_table[1] is secondary_entry");
	check_explained(session, "explain cpu 0", "CPU0 is online");
	booted_ok(session, "reset; until online:2");
	check_explained(session, "explain cpu 1",
			"it was let out by CPU0, whose CPU_ON stored secondary_entry to branch_table[1] at");
	check_explained(session, "explain cpu 1", "the sev of CPU0 woke it at t=");
	booted_ok(session, "reset; until cpu0:__invoke_psci_fn_smc");
	check_explained(session, "explain", "smc #0: SMC PSCI PSCI_VERSION");
	session_free(session);
}
END_TEST

START_TEST(tells_what_was_set_by_hand)
{
	struct session *session = booted("psci-smc", 2);

	booted_ok(session, "until cpu1.state == wfe; set branch_table[1] = pa(secondary_entry)");
	check_explained(session, "info branch_table", "secondary_entry  by hand (set) at t=");
	check_explained(session, "explain cpu 1", "is secondary_entry, written by hand (set) at t=");
	booted_ok(session, "set branch_table[1] = -1; until online == 2");
	check_explained(session, "info branch_table", "secondary_entry  by CPU0 at psci_cpu_on");
	session_free(session);
}
END_TEST

/* The broken source of an animal of the zoo lies beside its image, wherever one stands when asking. */
START_TEST(lists_what_was_broken)
{
	char here[PATH_MAX], guest[PATH_MAX + 8], firmware[PATH_MAX + 32];
	struct session_config config = { .boot = { .guest_dir = guest, .firmware = firmware } };
	struct error err = ERROR_NONE;
	struct lines_place place;
	struct session *session;

	ck_assert_ptr_nonnull(getcwd(here, sizeof(here)));
	snprintf(guest, sizeof(guest), "%s/guest", here);
	snprintf(firmware, sizeof(firmware), "%s/zoo-wrong-slot.elf", guest);
	ck_assert_int_eq(chdir("/"), 0);
	session = session_new(&config, &err);
	ck_assert_msg(session != NULL, "%s", err.text);
	session_start(session);
	/* Built without libdw there are no lines at all. */
	if (loaded_find_line(session_loaded(session), session_loaded(session)->firmware.entry, &place))
		check_explained(session, "list firmware:psci_cpu_on", "FUNC(psci_cpu_on)");
	session_free(session);
	ck_assert_int_eq(chdir(here), 0);
}
END_TEST

START_TEST(completes)
{
	struct session *session = booted("psci-smc", 2);
	struct completions c;

	command_complete(session, "disas secondary_st", 18, &c);
	ck_assert_uint_eq(c.start, 6);
	ck_assert_uint_eq(c.words.len, 2);
	ck_assert_str_eq(c.words.item[0], "secondary_start_kernel");
	command_completions_free(&c);
	command_complete(session, "unt", 3, &c);
	ck_assert_uint_eq(c.words.len, 1);
	ck_assert_str_eq(c.words.item[0], "until");
	command_completions_free(&c);
	session_free(session);
}
END_TEST

/* A device's registers are no memory: nobody waits for stores that are not seen, or is told that there were none. */
static const struct { const char *line, *says; } elsewhere[] = {
	{ "watch mem32[0x9000000]", "watch: at 0x9000000 is no memory" },
	{ "who mem32[0x9000000]", "who: at 0x9000000 is no memory" },
	{ "who 0x9000000", "who: 0x9000000 is not in memory" },
	{ "watch mem32[0x123456788]", "watch: at 0x123456788 is no memory" },
};

START_TEST(watches_memory_alone)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = "psci-smc", .cpus = 1, .model = CPU_CORTEX_A72 },
		.keep_history = true,
	};
	struct session *session = session_new(&config, NULL);
	struct strbuf out = STRBUF_INIT;
	struct command_result result;

	ck_assert_ptr_nonnull(session);
	session_start(session);
	result = command_execute(session, elsewhere[_i].line, &out);
	ck_assert_int_eq(result.status, COMMAND_ERROR);
	ck_assert_msg(!strncmp(result.error.text, elsewhere[_i].says, strlen(elsewhere[_i].says)), "%s", result.error.text);
	strbuf_free(&out);
	session_free(session);
}
END_TEST

/* The last slot is set to -1 first, as a whole; the kernel's log is stored byte by byte.  What is said is of what the
 * watch looks at, and it is said of a watch that the store touched. */
static const struct { const char *watch, *also; uint64_t old, value; } watches[] = {
	{ "branch_table[1]", NULL, 0, UINT64_MAX },
	{ "mem16[&branch_table + 7]", NULL, 0, 0xff00 },
	{ "mem8[&branch_table + 9]", NULL, 0, 0xff },
	{ "mem32[&branch_table + 12]", NULL, 0, 0xffffffff },
	{ "mem8[&early_log]", "mem8[&early_log + 1]", 0, '[' },
};

START_TEST(watches_tell_of_their_bytes)
{
	struct session *session = booted("psci-smc", 2);
	char line[80];

	if (watches[_i].also) {
		snprintf(line, sizeof(line), "until milestone:start_kernel; watch %s", watches[_i].also);
		booted_ok(session, line);
	}
	snprintf(line, sizeof(line), "watch %s; continue", watches[_i].watch);
	booted_ok(session, line);
	ck_assert_int_eq(session_stop(session)->why, STOPPED_WATCH);
	ck_assert_str_eq(session_stop(session)->text, watches[_i].watch);
	ck_assert_uint_eq(session_stop(session)->old, watches[_i].old);
	ck_assert_uint_eq(session_stop(session)->value, watches[_i].value);
	session_free(session);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/command");
	TCase *tc = tcase_create("command");

	tcase_add_test(tc, finds_commands);
	tcase_add_test(tc, shortest_forms_are_unique);
	tcase_add_test(tc, steps_one_cpu);
	tcase_add_test(tc, next_goes_over_calls);
	tcase_add_test(tc, next_waits_for_a_sleeper);
	tcase_add_test(tc, stops_at_breakpoints);
	tcase_add_loop_test(tc, waits_for_conditions, 0, sizeof(conditions) / sizeof(conditions[0]));
	tcase_add_test(tc, stops_leave_no_trace);
	tcase_add_test(tc, keeps_records);
	tcase_add_test(tc, expectations_fail);
	tcase_add_test(tc, explains);
	tcase_add_test(tc, tells_what_was_set_by_hand);
	tcase_add_test(tc, lists_what_was_broken);
	tcase_add_test(tc, completes);
	tcase_add_loop_test(tc, watches_tell_of_their_bytes, 0, sizeof(watches) / sizeof(watches[0]));
	tcase_add_loop_test(tc, watches_memory_alone, 0, sizeof(elsewhere) / sizeof(elsewhere[0]));
	suite_add_tcase(suite, tc);
	return suite;
}
