/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/app_way.c: along the way of a boot, forth and back: from event to event, and from station to station.
 */
#include "ui/app_private.h"

#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/history.h"
#include "session/run.h"
#include "ui/stations.h"
#include "ui/words.h"

/* Refuse arguments. */
static bool is_plain(struct command_call *call)
{
	return !*call->args || error_set(call->err, "%s takes no arguments, but there is '%s'", call->name, call->args);
}

/* ---- the next event ---- */

/* What a person who waits for something to happen means: not every function passed, not every line printed. */
static uint64_t event_kinds(void)
{
	static const enum event_kind dull[] = { EVENT_RESET, EVENT_MILESTONE, EVENT_UART, EVENT_STOP };
	uint64_t mask = eventlog_default_mask();

	for (size_t i = 0; i < sizeof(dull) / sizeof(dull[0]); i++)
		mask &= ~(UINT64_C(1) << dull[i]);
	return mask;
}

static void add_kinds(struct condition_list *list, const struct session *session, uint64_t kinds)
{
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
		struct strbuf text = STRBUF_INIT;

		strbuf_printf(&text, "event:%s", eventlog_kind_name((enum event_kind)kind));
		if (kinds >> kind & 1)
			condition_parse(list, session, text.text, NULL);
		strbuf_free(&text);
	}
}

/* What the events of KINDS from number FROM on are told as: a sev that woke somebody, else the first. */
static const struct event *main_event(const struct eventring *ring, uint64_t from, uint64_t kinds)
{
	const struct event *first = NULL;

	for (uint64_t n = from; n < eventring_next(ring); n++) {
		const struct event *event = eventring_at(ring, n);

		if (event && event->kind == EVENT_SEV && event->u.sev.woke)
			return event;
		if (!first && event && kinds >> event->kind & 1)
			first = event;
	}
	return first;
}

/* "CPU0: sev ▸ CPU1 CPU2". */
static void tell_event(const struct app *app, const struct event *event, struct strbuf *out)
{
	strbuf_printf(out, "CPU%d: ", event->cpu);
	words_event(&app->model, event, out);
	if (event->kind == EVENT_SEV && event->u.sev.woke)
		strbuf_puts(out, " ▸");
	for (unsigned n = 0; event->kind == EVENT_SEV && n < CPU_MAX; n++)
		if (event->u.sev.woke >> n & 1)
			strbuf_printf(out, " CPU%u", n);
}

bool app_do_next_event(struct command_call *call)
{
	struct app *app = call->ctx;
	struct condition_list list = CONDITION_LIST_INIT;
	uint64_t from = eventring_next(session_events(call->session));
	const struct event *event;

	if (!is_plain(call))
		return false;
	add_kinds(&list, call->session, event_kinds());
	run_until(call->session, &list, RUN_DEFAULT_BUDGET);
	condition_list_free(&list);
	call->ran = true;
	event = session_stop(call->session)->why == STOPPED_CONDITION ?
		main_event(session_events(call->session), from, event_kinds()) : NULL;
	if (!event || event->cpu < 0) {
		run_describe_stop(call->session, call->out);
		return true;
	}
	session_set_focus(call->session, (unsigned)event->cpu);
	tell_event(app, event, call->out);
	return true;
}

/* ---- the next station ---- */

/* Where the run to STATION (NULL: to idle) ended. */
static void tell_station(const struct session *session, const struct milestone *station, struct strbuf *out)
{
	const struct session_stop *stop = session_stop(session);

	if (station && stop->why == STOPPED_CONDITION)
		strbuf_printf(out, "CPU%d is at %s: %s", stop->cpu, words_milestone(session, station->name),
			      station->title);
	else
		run_describe_stop(session, out);
}

bool app_do_next_station(struct command_call *call)
{
	struct condition_list list = CONDITION_LIST_INIT;
	struct strbuf text = STRBUF_INIT;
	const struct milestone *station = stations_next(call->session);
	bool ok;

	if (!is_plain(call))
		return false;
	if (station)
		strbuf_printf(&text, "milestone:%s", station->name);
	else
		strbuf_puts(&text, "idle");
	ok = condition_parse(&list, call->session, text.text, call->err);
	if (ok) {
		run_until(call->session, &list, RUN_DEFAULT_BUDGET);
		call->ran = true;
		tell_station(call->session, station, call->out);
	}
	condition_list_free(&list);
	strbuf_free(&text);
	return ok;
}

/* ---- back ---- */

/* Go to time T, as far as there is a past. */
static bool go(struct command_call *call, uint64_t t)
{
	struct history *history = session_history(call->session);

	if (!history)
		return error_set(call->err, "%s: no history is kept in this run", call->name);
	if (t == 0 && machine_time(session_machine(call->session)) == 0)
		return error_set(call->err, "%s: this is the beginning of history", call->name);
	if (!history_go(history, t, call->err))
		return false;
	run_arrived(call->session);
	call->ran = true;
	return true;
}

/* The last event of KINDS of which the machine does not stand just behind. */
static const struct event *event_before(const struct session *session, uint64_t kinds)
{
	const struct eventring *ring = session_events(session);
	uint64_t now = machine_time(session_machine(session));

	for (uint64_t n = eventring_next(ring); n-- > eventring_first(ring);) {
		const struct event *event = eventring_at(ring, n);

		if (kinds >> event->kind & 1 && event->cpu >= 0 && event->t + 1 < now)
			return event;
	}
	return NULL;
}

bool app_do_previous_event(struct command_call *call)
{
	const struct event *event = event_before(call->session, event_kinds());
	const struct eventring *ring = session_events(call->session);
	uint64_t t = event ? event->t : 0;

	if (!is_plain(call) || !go(call, event ? t + 1 : 0))
		return false;
	if (!event) {
		strbuf_puts(call->out, "nothing happened before: this is the beginning of history");
		return true;
	}
	event = main_event(ring, eventring_find_time(ring, t), event_kinds());
	if (event && event->cpu >= 0) {
		session_set_focus(call->session, (unsigned)event->cpu);
		tell_event(call->ctx, event, call->out);
	}
	return true;
}

/* From just before STATION, which is passed now, to where next-station stopped: it has been seen there. */
static void come_to_station(struct session *session, const char *station)
{
	struct condition_list list = CONDITION_LIST_INIT;
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "milestone:%s", station);
	if (condition_parse(&list, session, text.text, NULL))
		run_until(session, &list, 1);
	condition_list_free(&list);
	strbuf_free(&text);
}

bool app_do_previous_station(struct command_call *call)
{
	struct passed_station last;
	bool is_known = stations_before(call->session, &last);

	if (!is_plain(call) || !go(call, is_known ? last.t : 0))
		return false;
	if (!is_known) {
		strbuf_puts(call->out, "no station was passed before: this is the beginning of history");
		return true;
	}
	come_to_station(call->session, last.milestone->name);
	session_set_focus(call->session, (unsigned)last.cpu);
	strbuf_printf(call->out, "CPU%d is at %s: %s", last.cpu, words_milestone(call->session, last.milestone->name),
		      last.milestone->title);
	return true;
}
