/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/drive.c: running and changing the machine.
 */
#include "session/drive.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "device/board.h"
#include "session/history.h"
#include "session/journal.h"
#include "session/notice.h"
#include "session/session_private.h"

/* Between two calls of the progress function: some milliseconds. */
enum { PROGRESS_CHUNK = 1 << 18 };

/* Instructions that may still be run. */
static uint64_t left(const struct session *session)
{
	uint64_t t = machine_time(session_machine(session));

	if (!session->config.budget)
		return UINT64_MAX;
	return t < session->config.budget ? session->config.budget - t : 0;
}

bool drive_is_spent(const struct session *session)
{
	return !left(session);
}

static bool is_wanted(struct session *session)
{
	if (drive_is_spent(session))
		session->is_interrupted = true;
	return !session->is_interrupted;
}

/* COUNT instructions were run: ask the person, now and then, whether to go on. */
static void ask(struct session *session, uint64_t count)
{
	session->unasked += count;
	if (!session->progress || session->unasked < PROGRESS_CHUNK)
		return;
	session->unasked = 0;
	if (!session->progress(session->progress_ctx, session))
		session->is_interrupted = true;
}

/* A stop that the person asked for, before anything was run. */
static struct stop stop_interrupted(void)
{
	return (struct stop){ .reason = STOP_WISH, .cpu = EVENT_NO_CPU };
}

/* Do ENTRY, and keep it when a history is kept. */
static bool apply(struct session *session, const struct entry *entry, struct stop *stop)
{
	struct stop ignored;

	if (session->history)
		return history_do(session->history, entry, stop);
	return journal_apply(session, entry, UINT64_MAX, stop ? stop : &ignored);
}

static struct stop run_piece(struct session *session, uint64_t limit)
{
	if (session->history)
		return history_run(session->history, limit);
	return machine_run(session_machine(session), limit);
}

/* Nothing is lost: what does not fit now waits for the next piece. */
static void hand_over_typed(struct session *session)
{
	struct strbuf *typed = &session->typed;
	size_t taken = typed->len ? drive_input(session, typed->text, typed->len) : 0;
	char *rest = taken ? xstrdup(typed->text + taken) : NULL;

	if (!taken)
		return;
	strbuf_clear(typed);
	strbuf_puts(typed, rest);
	free(rest);
}

void drive_type(struct session *session, const char *text, size_t len)
{
	strbuf_add(&session->typed, text, len);
}

struct stop drive_run(struct session *session, uint64_t limit)
{
	struct stop stop = { .reason = STOP_LIMIT, .cpu = EVENT_NO_CPU };

	limit = limit < left(session) || !left(session) ? limit : left(session);
	if (!session->progress)	/* and so nobody who could type */
		return is_wanted(session) ? run_piece(session, limit) : stop_interrupted();
	while (limit) {
		uint64_t chunk = limit < PROGRESS_CHUNK ? limit : PROGRESS_CHUNK;

		if (!is_wanted(session))
			return stop_interrupted();
		hand_over_typed(session);
		stop = run_piece(session, chunk);
		limit -= chunk;
		if (stop.reason != STOP_LIMIT)
			break;
		ask(session, chunk);
	}
	return stop;
}

void drive_catch_up(struct session *session)
{
	if (session->history)
		history_catch_up(session->history);
}

struct stop drive_step(struct session *session, unsigned cpu, uint64_t count)
{
	struct entry entry = { .kind = ENTRY_STEP, .cpu = cpu, .number = count };
	struct stop stop = stop_interrupted();

	if (is_wanted(session)) {
		apply(session, &entry, &stop);
		ask(session, count);
	}
	return stop;
}

void drive_set_reg(struct session *session, unsigned cpu, int reg, uint64_t value)
{
	struct entry entry = { .kind = ENTRY_REG, .cpu = cpu, .number = (uint64_t)reg, .value = value };

	apply(session, &entry, NULL);
}

bool drive_set_sysreg(struct session *session, unsigned cpu, uint32_t reg, uint64_t value)
{
	struct entry entry = { .kind = ENTRY_SYSREG, .cpu = cpu, .number = reg, .value = value };

	return apply(session, &entry, NULL);
}

bool drive_set_memory(struct session *session, gpa_t addr, unsigned size, uint64_t value)
{
	struct entry entry = { .kind = ENTRY_MEMORY, .number = addr, .value = value, .size = size };

	return apply(session, &entry, NULL);
}

bool drive_set_sched(struct session *session, const char *spec, struct error *err)
{
	struct entry entry = { .kind = ENTRY_SCHED, .text = (char *)spec };

	/* Only the scheduler knows what is wrong with a specification. */
	return apply(session, &entry, NULL) || sched_set(machine_sched(session_machine(session)), spec, err);
}

void drive_inject(struct session *session, enum injection what, unsigned cpu, uint64_t n)
{
	struct entry entry = { .kind = ENTRY_INJECT, .cpu = cpu, .number = what, .value = n };

	apply(session, &entry, NULL);
}

bool drive_interrupt(struct session *session, unsigned cpu, unsigned intid)
{
	struct entry entry = { .kind = ENTRY_LINE, .cpu = cpu, .number = intid };

	return apply(session, &entry, NULL);
}

void drive_notice(struct session *session, enum event_kind kind)
{
	if (session->history)
		history_notice(session->history, kind);
	else
		notice_emit(session, kind);
}

size_t drive_input(struct session *session, const char *text, size_t len)
{
	struct pl011 *uart = board_uart(session_board(session), 0);
	size_t room = uart ? pl011_input_room(uart) : 0;
	struct entry entry = { .kind = ENTRY_INPUT, .number = len < room ? len : room, .text = (char *)text };

	return entry.number && apply(session, &entry, NULL) ? entry.number : 0;
}
