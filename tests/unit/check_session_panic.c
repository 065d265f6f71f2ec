/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kernel that panics before it has a console: what its panic() was called with is told all the same.
 */
#include "session/guest_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "booted.h"
#include "session/names.h"
#include "session/panic.h"
#include "session/run.h"
#include "unit.h"

enum { FORMAT = 0, STRING = 256, BUDGET = 100000 };		/* where in the kernel's early log texts are put */

/* Poke TEXT at byte AT of the kernel's early log, which nobody reads before there is a console. */
static void put_text(struct session *session, unsigned at, const char *text)
{
	char line[80];
	uint64_t word;

	for (size_t len = strlen(text) + 1, i = 0; i < len; i += sizeof(word)) {
		word = 0;
		memcpy(&word, text + i, len - i < sizeof(word) ? len - i : sizeof(word));
		snprintf(line, sizeof(line), "set mem64[early_log + %zu] = 0x%" PRIx64, at + i, word);
		booted_ok(session, line);
	}
}

/* Let SESSION come to start_kernel(), where x0 is FORMAT, x1 the string "why me", x2 is -5 and x3 to x7 count on; on the
 * stack are 88 and 99. */
static void prepare(struct session *session, const char *format)
{
	booted_ok(session, "until milestone:start_kernel");
	put_text(session, FORMAT, format);
	put_text(session, STRING, "why me");
	booted_ok(session, "set cpu0.x0 = early_log");
	booted_ok(session, "set cpu0.x1 = early_log + 256");
	booted_ok(session, "set cpu0.x2 = -5");
	for (int i = 3; i < 8; i++) {
		char line[40];

		snprintf(line, sizeof(line), "set cpu0.x%d = %d", i, 11 * i);
		booted_ok(session, line);
	}
	booted_ok(session, "set mem64[cpu0.sp] = 88");
	booted_ok(session, "set mem64[cpu0.sp + 8] = 99");
}

static struct session *about_to_panic(const char *format)
{
	struct session *session = booted("psci-smc", 2);

	prepare(session, format);
	return session;
}

static const struct { const char *format, *text; } formats[] = {
	{ "nothing to say", "nothing to say" },
	{ "%s!\n", "why me!" },
	{ "[%-8s]", "[why me  ]" },
	{ "[%8.3s]", "[     why]" },
	{ "%s %d %i", "why me -5 33" },
	{ "%s %u %lu", "why me 4294967291 33" },
	{ "%s %x %#lx", "why me fffffffb 0x21" },
	{ "%s %hhu %hx", "why me 251 21" },
	{ "%s %ld|%5d|%-5d|%05d", "why me -5|   33|44   |00055" },
	{ "%s %lld %#06x %04X", "why me -5 0x0021 002C" },
	{ "%s %.*d", "why me 33" },
	{ "%s %d %c %p", "why me -5 ! 0x2c" },
	{ "%pS", "early_log+0x100" },
	{ "%s %d %d %d %d %d %d %d %d", "why me -5 33 44 55 66 77 88 99" },
	{ "100%% %s %k %", "100% why me %k %" },
	{ "one\nof two\t%s\r\n", "one of two why me" },
	{ "%999999999999s", NULL },
};

enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

START_TEST(reads_a_format_and_its_arguments)
{
	struct session *session = about_to_panic(formats[_i].format);
	struct strbuf text = STRBUF_INIT;

	guest_text_format(session_loaded(session), machine_cpu_const(session_machine(session), 0), &text);
	if (formats[_i].text)
		ck_assert_str_eq(strbuf_text(&text), formats[_i].text);
	ck_assert_uint_le(text.len, 256);
	strbuf_free(&text);
	session_free(session);
}
END_TEST

/* Pointers to nowhere end what can be read. */
START_TEST(reads_no_more_than_there_is)
{
	struct session *session = about_to_panic("");
	struct strbuf text = STRBUF_INIT;

	booted_ok(session, "set cpu0.x0 = 16");
	guest_text_format(session_loaded(session), machine_cpu_const(session_machine(session), 0), &text);
	ck_assert_str_eq(strbuf_text(&text), "");
	put_text(session, FORMAT, "<%s>");
	booted_ok(session, "set cpu0.x0 = early_log");
	booted_ok(session, "set cpu0.x1 = 16");
	guest_text_format(session_loaded(session), machine_cpu_const(session_machine(session), 0), &text);
	ck_assert_str_eq(strbuf_text(&text), "<>");
	strbuf_free(&text);
	session_free(session);
}
END_TEST

static void check_panic(const struct session *session)
{
	const struct session_stop *stop = session_stop(session);

	ck_assert_int_eq(stop->why, STOPPED_FAULT);
	ck_assert_int_eq(stop->cpu, 0);
	ck_assert_ptr_nonnull(strstr(stop->text, "Kernel panic - not syncing: why me -5 (CPU0 called panic() at t="));
}

/* It ends asleep for ever, which is no deadlock. */
START_TEST(silent_panic_is_no_deadlock)
{
	struct session *session = about_to_panic("%s %d\n");

	booted_ok(session, "set cpu0.pc = panic");
	run_continue(session, BUDGET);
	check_panic(session);
	session_free(session);
}
END_TEST

/* A kernel that goes on counting time is known for what it is when the instructions are used up. */
START_TEST(silent_panic_outlasts_the_budget)
{
	struct session *session = about_to_panic("%s %d\n");

	booted_ok(session, "set mem32[panic] = 0x14000000");
	booted_ok(session, "set cpu0.pc = panic");
	run_continue(session, BUDGET);
	check_panic(session);
	session_free(session);
}
END_TEST

/* Going back undoes what is known of it, and going on finds it again. */
START_TEST(silent_panic_can_be_taken_back)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = "psci-smc", .cpus = 2, .model = CPU_CORTEX_A72 }, .keep_history = true,
	};
	struct error err = ERROR_NONE;
	struct session *session = session_new(&config, &err);

	session_start(session);
	prepare(session, "%s %d\n");
	booted_ok(session, "set cpu0.pc = panic");
	run_continue(session, BUDGET);
	check_panic(session);
	booted_ok(session, "goto 10000");
	ck_assert(!panic_is_seen(session));
	run_continue(session, 2);
	ck_assert_int_eq(session_stop(session)->why, STOPPED_BUDGET);
	session_free(session);
}
END_TEST

/* ---- the last loop of a panic ---- */

/* A symbol table that calls the function NAME of our kernel what panic()'s last loop calls; its file, to be removed. */
static const char *symbols_with_round(const char *name)
{
	static char path[40];
	struct session *session = booted("psci-smc", 1);
	struct name head, round;
	FILE *file;

	ck_assert(names_find(session_loaded(session), "kernel:_head", &head, NULL));
	ck_assert(names_find(session_loaded(session), name, &round, NULL));
	snprintf(path, sizeof(path), "rounds-%d.map", (int)getpid());
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fprintf(file, "%016" PRIx64 " T _head\n%016" PRIx64 " T touch_softlockup_watchdog\n", head.va, round.va);
	fclose(file);
	session_free(session);
	return path;
}

/* What panic() does: instructions that go round and call rest_init(), which returns at once. */
static const struct { const char *what; uint32_t code[4]; bool is_over; } loops[] = {
	/* 1: bl rest_init; b 1b, with interrupts enabled (msr daifclr, #2) or masked (msr daifset, #2) */
	{ "enabled", { 0xd50342ff, 0, 0x17ffffff, 0 }, true },
	{ "masked", { 0xd50342df, 0, 0x17ffffff, 0 }, false },
	/* 1: bl rest_init; bl rest_init; b 1b: two who call, so it is not one loop's round */
	{ "two callers", { 0xd50342ff, 0, 0, 0x17fffffe }, false },
};

static void poke_loop(struct session *session, const uint32_t *code)
{
	struct name panic, round;
	char line[60];

	ck_assert(names_find(session_loaded(session), "kernel:panic", &panic, NULL));
	ck_assert(names_find(session_loaded(session), "kernel:rest_init", &round, NULL));
	for (unsigned i = 0; i < 4; i++) {
		uint64_t from = panic.va + 4 * i;
		uint32_t call = 0x94000000 | (uint32_t)((round.va - from) / 4 & 0x3ffffff);

		snprintf(line, sizeof(line), "set mem32[panic + %u] = 0x%" PRIx32, 4 * i, code[i] ? code[i] : call);
		booted_ok(session, line);
	}
	booted_ok(session, "set mem32[rest_init] = 0xd65f03c0");
}

/* A kernel whose last words nobody printed is known by its last loop; as long as it may have more to say it runs on. */
START_TEST(last_loop_ends_the_run)
{
	const char *map = symbols_with_round("kernel:rest_init");
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = "psci-smc", .cpus = 2, .model = CPU_CORTEX_A72,
			  .symbols = { map }, .symbol_count = 1 },
	};
	struct session *session = session_new(&config, NULL);
	uint64_t begun;

	unlink(map);
	ck_assert_ptr_nonnull(session);
	session_start(session);
	prepare(session, "%s %d\n");
	poke_loop(session, loops[_i].code);
	booted_ok(session, "set cpu0.pc = panic");
	begun = machine_time(session_machine(session));
	run_continue(session, BUDGET);
	check_panic(session);
	ck_assert_msg(loops[_i].is_over == (session_stop(session)->t < begun + 20), "%s", loops[_i].what);
	run_continue(session, BUDGET);
	ck_assert_uint_ge(session_stop(session)->t, begun + BUDGET);
	session_free(session);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/panic");
	TCase *tc = tcase_create("panic");

	tcase_add_loop_test(tc, reads_a_format_and_its_arguments, 0, FORMATS);
	tcase_add_test(tc, reads_no_more_than_there_is);
	tcase_add_test(tc, silent_panic_is_no_deadlock);
	tcase_add_test(tc, silent_panic_outlasts_the_budget);
	tcase_add_test(tc, silent_panic_can_be_taken_back);
	tcase_add_loop_test(tc, last_loop_ends_the_run, 0, sizeof(loops) / sizeof(loops[0]));
	suite_add_tcase(suite, tc);
	return suite;
}
