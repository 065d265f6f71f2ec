/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tests/linux/travel.c: back and forth at random moments of a Linux boot.
 *
 * One session boots without a past and notes down what the machine, its events and its console are at some moments.
 * Another one goes back to moments before at each of them, runs on for a while, and comes back: it must be the same
 * each time, and at the end.
 *
 * usage: travel KERNEL INITRD [SEED].  Prints TAP.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fnv.h"
#include "base/strbuf.h"
#include "session/console.h"
#include "session/drive.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/history.h"

enum { MOMENTS = 12, WHILE = 3000000 };

#define LATEST	UINT64_C(900000000)	/* the boot takes some more instructions */
#define BUDGET	UINT64_C(2000000000)	/* but not so many */

/* What a session is at one moment. */
struct print { uint64_t t, machine, events, console; };

struct test { unsigned count, failed; };

static uint64_t draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static uint64_t now(const struct session *session)
{
	return machine_time(session_machine(session));
}

static struct print print_of(const struct session *session)
{
	const struct eventring *ring = session_events(session);
	struct print print = { now(session), machine_hash(session_machine(session)), eventring_next(ring), 0 };
	struct strbuf line = STRBUF_INIT;
	const char *text;
	size_t len;

	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++) {
		strbuf_clear(&line);
		eventlog_format_text(session_loaded(session), eventring_at(ring, n), &line);
		print.events = fnv_add(print.events, line.text, line.len);
	}
	text = console_text(session_console(session), &len);
	print.console = fnv_add(FNV_START, text, len);
	strbuf_free(&line);
	return print;
}

static void check(struct test *test, const struct session *session, const struct print *want, const char *what)
{
	struct print got = print_of(session);
	bool is_same = got.t == want->t && got.machine == want->machine && got.events == want->events &&
		       got.console == want->console;

	test->count++;
	test->failed += !is_same;
	printf("%s %u - %s t=%" PRIu64 "\n", is_same ? "ok" : "not ok", test->count, what, want->t);
	if (!is_same)
		printf("# t=%" PRIu64 ", the machine is %s, the events are %s, the console is %s\n", got.t,
		       got.machine == want->machine ? "the same" : "another",
		       got.events == want->events ? "the same" : "others",
		       got.console == want->console ? "the same" : "another");
	fflush(stdout);
}

static struct session *start(const char *kernel, const char *initrd, bool keep_history)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = "virt", .cpus = 4, .memory = (uint64_t)512 << 20,
			  .model = CPU_CORTEX_A72, .kernel = kernel, .initrd = initrd },
		.keep_history = keep_history,
	};
	struct error err = ERROR_NONE;
	struct session *session = session_new(&config, &err);

	if (!session) {
		fprintf(stderr, "travel: %s\n", err.text);
		exit(EXIT_FAILURE);
	}
	session_start(session);
	return session;
}

/* Until time T, or until it powers itself off. */
static void run_to(struct session *session, uint64_t t)
{
	struct stop stop = { .reason = STOP_LIMIT };

	while (now(session) < t && stop.reason != STOP_POWER_OFF)
		stop = drive_run(session, t - now(session));
}

static void go_to(struct session *session, uint64_t t)
{
	struct error err = ERROR_NONE;

	if (!history_go(session_history(session), t, &err))
		printf("# %s\n", err.text);
}

static int compare(const void *a, const void *b)
{
	const struct print *x = a, *y = b;

	return (x->t > y->t) - (x->t < y->t);
}

/* What is at each of PRINTS, the last of which is the end. */
static void go_straight(struct session *session, struct print *prints)
{
	for (unsigned i = 0; i < MOMENTS; i++) {
		run_to(session, prints[i].t);
		prints[i] = print_of(session);
	}
	run_to(session, BUDGET);
	prints[MOMENTS] = print_of(session);
}

static void go_about(struct test *test, struct session *session, const struct print *prints, uint64_t *random)
{
	for (unsigned i = 0; i < MOMENTS; i++) {
		const struct print *before = &prints[draw(random) % (i + 1)];

		run_to(session, prints[i].t);
		check(test, session, &prints[i], "on to");
		go_to(session, before->t);
		check(test, session, before, "back to");
		drive_run(session, draw(random) % WHILE);
		go_to(session, prints[i].t);
		check(test, session, &prints[i], "on a while, and forth to");
	}
	run_to(session, BUDGET);
	check(test, session, &prints[MOMENTS], "to the end");
}

int main(int argc, char **argv)
{
	uint64_t random = argc > 3 ? strtoull(argv[3], NULL, 0) : 7;
	struct print prints[MOMENTS + 1];
	struct test test = { 0, 0 };
	struct session *session;

	if (argc < 3) {
		fprintf(stderr, "usage: travel KERNEL INITRD [SEED]\n");
		return 2;
	}
	for (unsigned i = 0; i < MOMENTS; i++)
		prints[i].t = 1 + draw(&random) % LATEST;
	qsort(prints, MOMENTS, sizeof(prints[0]), compare);
	session = start(argv[1], argv[2], false);
	go_straight(session, prints);
	session_free(session);
	session = start(argv[1], argv[2], true);
	go_about(&test, session, prints, &random);
	session_free(session);
	printf("1..%u\n", test.count);
	return test.failed != 0;
}
