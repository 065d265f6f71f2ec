/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recordings: the same comes of doing it again, and what cannot be done again is refused with the reason.
 */
#include "session/recording.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "booted.h"
#include "session/drive.h"
#include "session/history.h"
#include "session/recording_private.h"
#include "unit.h"

#define PROGRAM	"1.2.3"

static struct session *make(const struct session_config *config)
{
	struct error err = ERROR_NONE;
	struct session *session = session_new(config, &err);

	ck_assert_msg(session != NULL, "%s", err.text);
	return session;
}

/* A recording of LINE on two CPUs, and of MORE instructions after it. */
static char *record(const char *line, uint64_t more)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .cpus = 2, .model = CPU_CORTEX_A72, .append = "a\\b \x01" },
		.keep_history = true,
	};
	struct session *session = make(&config);
	struct strbuf text = STRBUF_INIT;

	ck_assert(session_record(session, PROGRAM, NULL));
	session_start(session);
	booted_ok(session, line);
	drive_input(session, "ls\n\x7f", 4);
	drive_run(session, more);
	session_write_recording(session, &text);
	session_free(session);
	return strbuf_steal(&text);
}

static struct recording *parse(const char *text)
{
	struct error err = ERROR_NONE;
	struct recording *recording = recording_parse("test", text, strlen(text), &err);

	ck_assert_msg(recording != NULL, "%s", err.text);
	return recording;
}

/* A session with RECORDING as its future; NULL with ERR when it was refused. */
static struct session *load(const struct recording *recording, const char *program, struct error *err)
{
	struct session_config config = { .boot = { .guest_dir = "guest" } };
	struct session *session;

	recording_configure(recording, &config);
	session = make(&config);
	session_start(session);
	if (recording_load(recording, session, program, err))
		return session;
	session_free(session);
	return NULL;
}

static const char *const lines[] = {
	"continue 1000", "until cpu1.state == wfe; step 7; sched random:5; continue",
	"continue 5000; round 20; inject irq 40 cpu 1; set x5=9; set branch_table[1]=4; continue",
	"continue 90000; goto 40000; step 3; set mem8[0x40f00000]=1; inject freeze 300; continue 10000; back 50",
	"until online:2; continue; inject spurious-wake; continue",
	/* A deadlock, and on after a wake by hand. */
	"until cpu0:psci_cpu_on; inject drop-sev cpu 1; continue; continue; inject spurious-wake cpu 1; continue 500",
	"set scr_el3=0x431; reset; continue 700; next; finish",
};

START_TEST(the_same_comes_of_it)
{
	char *text = record(lines[_i], 1000);
	struct recording *recording = parse(text);
	struct error err = ERROR_NONE;
	struct session *session = load(recording, PROGRAM, &err);

	ck_assert_msg(session != NULL, "%s", err.text);
	while (history_is_past(session_history(session)))
		drive_run(session, 1 + (recording_end(recording) - machine_time(session_machine(session))) / 3);
	ck_assert_msg(recording_check(recording, session, &err), "%s: %s", lines[_i], err.text);
	session_free(session);
	/* And by going there at once. */
	session = load(recording, PROGRAM, &err);
	ck_assert(history_go(session_history(session), recording_end(recording), &err));
	ck_assert_msg(recording_check(recording, session, &err), "%s: %s", lines[_i], err.text);
	/* Another machine is noticed. */
	machine_poke(session_machine(session), 0x40f00008, "x", 1);
	ck_assert(!recording_check(recording, session, &err));
	session_free(session);
	recording_free(recording);
	free(text);
}
END_TEST

/* What is done by hand last is done without an instruction after it, and done again so. */
START_TEST(a_last_change_is_no_step)
{
	char *text = record("continue 1000; step 2; set x5=9; inject freeze 3", 0);
	struct recording *recording = parse(text);
	struct error err = ERROR_NONE;
	struct session *session = load(recording, PROGRAM, &err);

	ck_assert_msg(session != NULL, "%s", err.text);
	drive_run(session, recording_end(recording));
	ck_assert(history_is_past(session_history(session)));
	drive_catch_up(session);
	ck_assert(!history_is_past(session_history(session)));
	ck_assert_msg(recording_check(recording, session, &err), "%s", err.text);
	session_free(session);
	recording_free(recording);
	free(text);
}
END_TEST

START_TEST(text_is_kept)
{
	char *text = record(lines[2], 1000);
	struct recording *recording = parse(text);
	struct strbuf again = STRBUF_INIT;

	recording_format(recording, &again);
	ck_assert_str_eq(strbuf_text(&again), text);
	strbuf_free(&again);
	recording_free(recording);
	free(text);
}
END_TEST

static void assert_refused(const char *text, size_t len, const char *why)
{
	struct error err = ERROR_NONE;

	ck_assert_ptr_null(recording_parse("test", text, len, &err));
	ck_assert_msg(strstr(err.text, why) != NULL, "%s: %s", why, err.text);
}

/* LINE in a recording whose checksum fits. */
static char *with_line(const char *line)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "%s%s\n", RECORDING_FIRST_LINE, line);
	strbuf_printf(&text, "checksum %016" PRIx64 "\n", recording_hash(text.text, text.len));
	return strbuf_steal(&text);
}

START_TEST(damage_is_refused)
{
	char *text = record("continue 10", 1000);
	size_t len = strlen(text);

	assert_refused(text, 0, "not a recording");
	assert_refused(text, len - 1, "cut short");
	assert_refused(text, len / 2, "cut short");
	*strstr(text, "cpus 2") = 'C';
	assert_refused(text, len, "edited");
	free(text);
	text = with_line("cpus 2");
	assert_refused(text, strlen(text), "does not say where it ends");
	free(text);
	text = record("continue 10", 1000);
	text[19] = '2';
	assert_refused(text, len, "not a recording that this smptutor can read");
	free(text);
}
END_TEST

static const char *const wrong[] = {
	"", "nonsense 1", "cpus 65", "cpus", "cpus 2 3", "cpus -1", "el 0", "el 3", "cpu cortex-m0", "load x file",
	"file kernel 12", "file kernel xyz 5", "do 5", "do 5 dance 1", "do 5 step 64 1", "do 5 step 0",
	"do 5 step 0 18446744073709551615", "do 5 reg 0 99 1", "do 5 memory 0 3 1", "do 5 memory 0 16 1",
	"do 5 notice", "do 5 notice sev",
	"do 5 inject 0 9 0", "do 5 input ", "do 5 input \\x0", "do 5 input \\n", "do 5 sched \\x00",
	"do 9 line 0 4294967296", "do 5 reg 0 1 2\ndo 4 reg 0 1 2", "do 5 step 0 9\ndo 13 reg 0 1 2",
	"do 5 reg 0 1 2\nend 4 0000000000000000", "end 5 0000000000000000\nend 5 0000000000000000",
	"end 5 0000000000000000\ndo 5 reg 0 1 2", "said x", "end 5", "end 5 12345678901234567890123",
};

START_TEST(wrong_lines_are_refused)
{
	char *text = with_line(wrong[_i]);

	assert_refused(text, strlen(text), "is no line of a recording");
	free(text);
}
END_TEST

START_TEST(others_are_refused)
{
	char *text = record("continue 10", 1000);
	struct recording *recording = parse(text);
	struct error err = ERROR_NONE;

	ck_assert_ptr_null(load(recording, "1.2.4", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "another version"));
	recording->files.item[1].hash ^= 1;
	ck_assert_ptr_null(load(recording, PROGRAM, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "firmware is another one"));
	while (recording->files.len > 1)
		free(recording->files.item[--recording->files.len].role);
	ck_assert_ptr_null(load(recording, PROGRAM, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "without a firmware"));
	recording_free(recording);
	free(text);
}
END_TEST

/* What is well formed, but not for this machine. */
START_TEST(what_cannot_be_done_is_refused)
{
	static const char *const deeds[] = {
		"do 5 step 3 1\nend 6 0000000000000000", "do 5 memory 1152921504606846976 8 1\nend 5 0000000000000000",
	};
	char *text = record("continue 10", 1000);

	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		struct recording *recording = parse(text), *other;
		struct error err = ERROR_NONE;
		char *odd = with_line(deeds[i]);

		other = parse(odd);
		journal_copy(&recording->journal, &other->journal);
		ck_assert_ptr_null(load(recording, PROGRAM, &err));
		ck_assert_ptr_nonnull(strstr(err.text, "cannot be done"));
		recording_free(recording);
		recording_free(other);
		free(odd);
	}
	free(text);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/recording");
	TCase *tcase = tcase_create("recording");

	tcase_add_loop_test(tcase, the_same_comes_of_it, 0, sizeof(lines) / sizeof(lines[0]));
	tcase_add_test(tcase, a_last_change_is_no_step);
	tcase_add_test(tcase, text_is_kept);
	tcase_add_test(tcase, damage_is_refused);
	tcase_add_loop_test(tcase, wrong_lines_are_refused, 0, sizeof(wrong) / sizeof(wrong[0]));
	tcase_add_test(tcase, others_are_refused);
	tcase_add_test(tcase, what_cannot_be_done_is_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
