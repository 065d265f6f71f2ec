/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/past.c: sessions with a past.
 */
#include "past.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "session/console.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "unit.h"

uint64_t past_draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

struct session *past_session(const char *board, unsigned cpus, const char *append, bool keep_history)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = board, .cpus = cpus, .model = CPU_CORTEX_A72, .append = append },
		.keep_history = keep_history,
	};
	struct error err = ERROR_NONE;
	struct session *session = session_new(&config, &err);

	ck_assert_msg(session != NULL, "%s", err.text);
	/* What is only seen when asked for is asked for from the start, for events to be compared. */
	session_want_events(session, (UINT64_C(1) << EVENT_KIND_COUNT) - 1);
	session_start(session);
	return session;
}

uint64_t past_now(const struct session *session)
{
	return machine_time(session_machine(session));
}

uint64_t past_hash(const struct session *session)
{
	return machine_hash(session_machine(session));
}

void past_goto(struct session *session, uint64_t t)
{
	char line[64];

	snprintf(line, sizeof(line), "goto %" PRIu64, t);
	booted_ok(session, line);
	ck_assert_uint_eq(past_now(session), t);
}

/* All that happened, as text, but for stops, which are no part of the machine. */
static char *events_of(const struct session *session)
{
	const struct eventring *ring = session_events(session);
	struct strbuf text = STRBUF_INIT;

	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++) {
		const struct event *event = eventring_at(ring, n);

		if (event->kind != EVENT_STOP)
			eventlog_format_text(session_loaded(session), event, &text);
	}
	return strbuf_steal(&text);
}

/* Do both sessions stand at the same moment with the same past? */
/* The lines of TEXT from the first on that OTHER has not. */
static const char *first_difference(const char *text, const char *other)
{
	size_t line = 0;

	for (size_t i = 0; text[i] && text[i] == other[i]; i++)
		if (text[i] == '\n')
			line = i + 1;
	return text + line;
}

void past_assert_same(const struct session *a, const struct session *b, const char *what)
{
	char *ours = events_of(a), *theirs = events_of(b);

	ck_assert_msg(past_now(a) == past_now(b), "%s: t=%" PRIu64 ", not %" PRIu64, what, past_now(a), past_now(b));
	ck_assert_msg(past_hash(a) == past_hash(b), "%s: another machine at t=%" PRIu64, what, past_now(a));
	ck_assert_msg(!strcmp(ours, theirs), "%s: other events at t=%" PRIu64 ", from\n%.400s\non, not\n%.400s", what,
		      past_now(a), first_difference(ours, theirs), first_difference(theirs, ours));
	ck_assert_str_eq(console_text(session_console(a), NULL), console_text(session_console(b), NULL));
	free(ours);
	free(theirs);
}
