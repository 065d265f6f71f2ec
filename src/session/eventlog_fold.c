/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/eventlog_fold.c: counting wakes by the event stream that change nothing.
 *
 * The line that tells of them stands where they ended, so that times in a log never go back.
 */
#include "session/eventlog_fold.h"

#include <inttypes.h>

#include "session/eventlog.h"

/* Tell what was folded of CPU, at time T, and forget it. */
static void flush(struct eventlog_fold *fold, const struct loaded *loaded, unsigned cpu, uint64_t t, struct strbuf *out)
{
	struct event event = fold->cpu[cpu].wake;
	struct strbuf details = STRBUF_INIT;

	fold->cpu[cpu].stage = FOLD_NOTHING;
	if (!fold->cpu[cpu].times)
		return;
	strbuf_printf(&details, "by stream %" PRIu64 " more time%s until t=%" PRIu64 ", asleep again each time%s",
		      fold->cpu[cpu].times, fold->cpu[cpu].times == 1 ? "" : "s", event.t,
		      fold->cpu[cpu].is_awake ? " but the last" : "");
	event.t = t;
	eventlog_format_text_as(loaded, &event, strbuf_text(&details), out);
	fold->cpu[cpu].times = 0;
	strbuf_free(&details);
}

/* It wakes by the stream: again, or for the first time. */
static bool take_wake(struct eventlog_fold *fold, const struct loaded *loaded, const struct event *event,
		      struct strbuf *out)
{
	unsigned cpu = (unsigned)event->cpu;
	bool is_again = fold->cpu[cpu].stage == FOLD_SLEEPS && !fold->cpu[cpu].is_awake &&
			fold->cpu[cpu].wake.pc == event->pc;

	if (!is_again)
		flush(fold, loaded, cpu, event->t, out);
	fold->cpu[cpu].wake = *event;
	fold->cpu[cpu].is_awake = true;
	if (is_again)
		fold->cpu[cpu].times++;
	else
		fold->cpu[cpu].stage = FOLD_WOKE;
	return !is_again;
}

static bool take_sleep(struct eventlog_fold *fold, const struct loaded *loaded, const struct event *event,
		       struct strbuf *out)
{
	unsigned cpu = (unsigned)event->cpu;
	bool is_again = fold->cpu[cpu].stage == FOLD_SLEEPS && fold->cpu[cpu].is_awake &&
			fold->cpu[cpu].sleep_pc == event->pc;

	if (!is_again && fold->cpu[cpu].stage != FOLD_WOKE)
		flush(fold, loaded, cpu, event->t, out);
	else
		fold->cpu[cpu].stage = FOLD_SLEEPS;
	fold->cpu[cpu].sleep_pc = event->pc;
	fold->cpu[cpu].is_awake = false;
	return !is_again;
}

bool eventlog_fold_take(struct eventlog_fold *fold, const struct loaded *loaded, const struct event *event,
			struct strbuf *out)
{
	/* Somebody went back and did something else there: what was folded is of the future that was left. */
	if (event->t < fold->last)
		eventlog_fold_end(fold, loaded, fold->last, out);
	fold->last = event->t;
	if (event->kind == EVENT_STOP || event->kind == EVENT_DEADLOCK || event->kind == EVENT_FAULT)
		eventlog_fold_end(fold, loaded, event->t, out);
	if (event->cpu < 0)
		return true;
	if (event->kind == EVENT_WFE_WAKE && event->u.wake.by == WAKE_STREAM)
		return take_wake(fold, loaded, event, out);
	if (event->kind == EVENT_WFE_SLEEP)
		return take_sleep(fold, loaded, event, out);
	flush(fold, loaded, (unsigned)event->cpu, event->t, out);
	return true;
}

void eventlog_fold_end(struct eventlog_fold *fold, const struct loaded *loaded, uint64_t t, struct strbuf *out)
{
	for (unsigned cpu = 0; cpu < CPU_MAX; cpu++)
		flush(fold, loaded, cpu, t, out);
}
