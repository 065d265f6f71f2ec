/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kernel that panics before it has a console: what its panic() was called with is told all the same.
 */
#include "session/guest_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "booted.h"
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
	ck_assert(!panic_is_silent(session));
	run_continue(session, 2);
	ck_assert_int_eq(session_stop(session)->why, STOPPED_BUDGET);
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
	suite_add_tcase(suite, tc);
	return suite;
}
