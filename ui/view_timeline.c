/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_timeline.c: what happened, a lane a CPU, time downwards.
 *
 * Lanes show whether a CPU ran (│, in EL3 ┃), slept (·) or was off; arrows go from a sev to the CPUs that it woke, and
 * from a store to a slot to the CPU that waits for it.  Events that repeat at one place are folded into one row.  Where
 * there is no room for lanes, events are told one under the other.
 *
 * In the past, what is known to come is listed too, pale: it has happened before, and one can go there.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/width.h"
#include "session/eventring.h"
#include "session/history.h"
#include "ui/keys.h"
#include "ui/timeline_rows.h"
#include "ui/view.h"
#include "ui/words.h"

enum {
	TIME_COLUMNS = 14,
	LANE_MIN = 22,		/* columns of a lane, at least and at most */
	LANE_MAX = 48,
	GAP = 1000,		/* instructions without an event that are told */
};

struct timeline {
	struct timeline_rows rows;
	unsigned lanes, lane_width;	/* lanes 0: no room for them */
	unsigned lane_cpu[CPU_MAX];
};

static const struct eventring *ring_of(const struct view *view)
{
	return session_events(view->model->session);
}

/* ---- lanes ---- */

/* Where not all CPUs have a lane, the boot CPU has the first, for hand-overs start there, and the CPU in focus and its
 * neighbours the others. */
static void choose_lanes(const struct view *view, struct timeline *timeline, unsigned cpus)
{
	unsigned boot = session_loaded(view->model->session)->boot_cpu, focus = session_focus(view->model->session);
	unsigned others = timeline->lanes - 1;
	unsigned place = focus > boot ? focus - 1 : focus;	/* of the focus among the CPUs but the boot CPU */
	unsigned first = focus == boot ? 0 : place / others * others;

	if (first + others > cpus - 1)
		first = cpus - 1 - others;
	timeline->lane_cpu[0] = boot;
	for (unsigned i = 0; i < others; i++)
		timeline->lane_cpu[i + 1] = first + i >= boot ? first + i + 1 : first + i;
}

static void place_lanes(const struct view *view, struct timeline *timeline)
{
	unsigned cpus = machine_cpu_count(model_machine(view->model));
	unsigned room = view->width > TIME_COLUMNS ? (unsigned)(view->width - TIME_COLUMNS) : 0;

	timeline->lanes = room / LANE_MIN < cpus ? room / LANE_MIN : cpus;
	if (timeline->lanes < 2 || (timeline->lanes < cpus && timeline->lanes < 4)) {
		timeline->lanes = 0;
		return;
	}
	timeline->lane_width = room / timeline->lanes < LANE_MAX ? room / timeline->lanes : LANE_MAX;
	for (unsigned i = 0; i < timeline->lanes; i++)
		timeline->lane_cpu[i] = i;
	if (timeline->lanes < cpus)
		choose_lanes(view, timeline, cpus);
}

/* The lane of CPU, or -1. */
static int lane_of(const struct timeline *timeline, int cpu)
{
	for (unsigned i = 0; i < timeline->lanes; i++)
		if ((int)timeline->lane_cpu[i] == cpu)
			return (int)i;
	return -1;
}

/* A row of what is to come stays in sight, for the mouse to be dragged to: all but the footer's row is for rows. */
static void show_ahead(struct view *view, const struct timeline *timeline)
{
	size_t rows = view->height > 3 ? (size_t)view->height - 1 : 0;

	if (rows && timeline->rows.past < view->count && view->cursor + 2 > view->top + rows)
		view->top = view->cursor + 2 - rows;
}

static void prepare(struct view *view)
{
	struct timeline *timeline;

	if (!view->state)
		view->state = xzalloc(sizeof(struct timeline));
	timeline = view->state;
	timeline_rows_update(&timeline->rows, view->model);
	place_lanes(view, timeline);
	view->count = timeline->rows.list.len;
	if (!view->is_free)
		view->cursor = timeline->rows.past ? timeline->rows.past - 1 : 0;
	show_ahead(view, timeline);
}

static void title(const struct view *view, struct line *out)
{
	const struct timeline *timeline = view->state;
	/* What stands before the title: "─ timeline ". */
	const int before = 11;

	if (!timeline || !timeline->lanes)
		return;
	for (unsigned i = 0; i < timeline->lanes; i++) {
		bool is_focus = timeline->lane_cpu[i] == session_focus(view->model->session);
		int want = TIME_COLUMNS - 1 + (int)(i * timeline->lane_width) - before;

		while (line_width(out) < want)
			line_add(out, STYLE_BORDER, "─");
		line_printf(out, is_focus ? STYLE_FOCUSED : STYLE_TITLE, " CPU%u ", timeline->lane_cpu[i]);
	}
}

/* ---- a row ---- */

static void add_times(const struct timeline_row *entry, struct strbuf *out)
{
	if (entry->times > 1)
		strbuf_printf(out, " × %" PRIu64, entry->times);
}

static void add_time(const struct view *view, const struct event *event, struct line *out)
{
	struct line time = LINE_INIT;
	line_time(&time, STYLE_DIM, event->t);
	line_pad(out, TIME_COLUMNS - 2 - line_width(&time));
	line_add(out, model_time_style(view->model, event->t), line_text(&time));
	line_free(&time);
	line_add(out, STYLE_NORMAL, " ");
}

/* CPUs that an arrow goes to from EVENT. */
static uint64_t targets_of(const struct event *event)
{
	if (event->kind == EVENT_SEV)
		return event->u.sev.woke;
	if (event->kind == EVENT_SGI)
		return event->u.irq.targets;
	if (event->kind == EVENT_TABLE && event->u.table.target >= 0 && event->u.table.target != event->cpu)
		return UINT64_C(1) << event->u.table.target;
	return 0;
}

/* Which lanes an arrow covers: from the first to the last; bit n of heads: it points at lane n. */
struct span { int from, to; uint64_t heads; };

static struct span span_of(const struct timeline *timeline, const struct event *event)
{
	int source = lane_of(timeline, event->cpu);
	struct span span = { source, source, 0 };
	uint64_t targets = targets_of(event);

	for (int i = 0; i < (int)timeline->lanes; i++) {
		if (!(targets >> timeline->lane_cpu[i] & 1))
			continue;
		span.heads |= UINT64_C(1) << i;
		span.from = i < span.from ? i : span.from;
		span.to = i > span.to ? i : span.to;
	}
	return span;
}

static const char *lane_glyph(const struct timeline_row *entry, unsigned cpu, enum style *style)
{
	if (!(entry->on >> cpu & 1)) {
		*style = STYLE_OFF;
		return " ";
	}
	if (entry->asleep >> cpu & 1) {
		*style = STYLE_ASLEEP;
		return "·";
	}
	*style = STYLE_RUNNING;
	return entry->level3 >> cpu & 1 ? "┃" : "│";
}

/* Fill up lane I behind what stands in it: blanks, or a piece of the arrow, with the head of a neighbour's. */
static void fill_lane(const struct span *span, int i, int end, struct line *out)
{
	bool is_arrow = i >= span->from && i < span->to;
	bool is_head = is_arrow && (span->heads >> (i + 1) & 1);

	while (line_width(out) < end - 2)
		line_add(out, STYLE_ARROW, is_arrow ? "─" : " ");
	if (line_width(out) < end - 1)
		line_add(out, STYLE_ARROW, is_head ? "▸" : is_arrow ? "─" : " ");
}

static void add_lane_text(const struct view *view, const struct timeline_row *entry, const struct event *event, int room,
			  struct line *out)
{
	struct strbuf words = STRBUF_INIT;
	size_t len;

	words_event(view->model, event, &words);
	add_times(entry, &words);
	len = width_fit(words.text, room);
	line_printf(out, words_event_style(event), "%.*s", (int)len, words.text);
	strbuf_free(&words);
}

static void lanes_line(const struct view *view, const struct timeline_row *entry, const struct event *event, struct line *out)
{
	const struct timeline *timeline = view->state;
	struct span span = span_of(timeline, event);
	int own = lane_of(timeline, event->cpu);

	for (int i = 0; i < (int)timeline->lanes; i++) {
		int start = TIME_COLUMNS + i * (int)timeline->lane_width;
		enum style style;
		const char *glyph = lane_glyph(entry, timeline->lane_cpu[i], &style);
		bool is_left_head = i < own && (span.heads >> i & 1);

		while (line_width(out) < start - 1)
			line_add(out, STYLE_NORMAL, " ");
		line_add(out, style, glyph);
		line_add(out, STYLE_ARROW, is_left_head ? "◂" : i > span.from && i < span.to && i != own ? "─" : " ");
		if (i == own)
			add_lane_text(view, entry, event, (int)timeline->lane_width - 4, out);
		if (i == own && i < span.to)
			line_add(out, STYLE_ARROW, " ");
		fill_lane(&span, i, start + (int)timeline->lane_width, out);
	}
}

static void list_line(const struct view *view, const struct timeline_row *entry, const struct event *event, struct line *out)
{
	struct strbuf words = STRBUF_INIT;
	uint64_t targets = targets_of(event);
	bool is_focus = event->cpu == (int)session_focus(view->model->session);

	if (event->cpu >= 0)
		line_printf(out, is_focus ? STYLE_FOCUSED : STYLE_NORMAL, "CPU%-2d ", event->cpu);
	words_event(view->model, event, &words);
	add_times(entry, &words);
	line_add(out, words_event_style(event), strbuf_text(&words));
	for (unsigned n = 0; n < CPU_MAX; n++)
		if (targets >> n & 1)
			line_printf(out, STYLE_ARROW, " ─▸ CPU%u", n);
	strbuf_free(&words);
}

static void line(struct view *view, size_t index, struct line *out)
{
	const struct timeline *timeline = view->state;
	const struct timeline_row *entry = &timeline->rows.list.item[index];
	const struct event *event = timeline_row_event(view->model, entry);
	size_t start = out->text.len;

	if (!event)
		return;
	add_time(view, event, out);
	if (lane_of(timeline, event->cpu) >= 0)
		lanes_line(view, entry, event, out);
	else
		list_line(view, entry, event, out);
	if (entry->is_ahead)
		memset(out->styles.text + start, STYLE_TODO, out->text.len - start);
}

/* ---- below: how long nothing happened, or what lies ahead ---- */

static void tell_ahead(const struct history *history, uint64_t now, struct line *out)
{
	line_printf(out, STYLE_DIM, " in the past of %s: ", history_future(history));
	line_time(out, STYLE_DIM, history_end(history) - now);
	line_add(out, STYLE_DIM, " instructions ahead");
	line_add(out, STYLE_KEY, "  Left Right");
	line_add(out, STYLE_DIM, " go along");
}

static bool footer(struct view *view, size_t index, struct line *out)
{
	const struct eventring *ring = ring_of(view);
	uint64_t next = eventring_next(ring), now = machine_time(model_machine(view->model));
	const struct event *last = next > eventring_first(ring) ? eventring_at(ring, next - 1) : NULL;

	const struct history *history = session_history(view->model->session);

	if (!index && history && history_is_past(history)) {
		tell_ahead(history, now, out);
		return true;
	}
	if (index || !last || now < last->t + GAP)
		return false;
	line_pad(out, TIME_COLUMNS - 1);
	line_add(out, STYLE_DIM, "⋮ ");
	line_time(out, STYLE_DIM, now - last->t);
	line_add(out, STYLE_DIM, " instructions without an event, up to now");
	return true;
}

/* ---- going along ---- */

/* When the event of row INDEX had just happened. */
static uint64_t time_of(const struct view *view, size_t index)
{
	const struct timeline *timeline = view->state;
	const struct event *event = timeline_row_event(view->model, &timeline->rows.list.item[index]);
	const struct history *history = session_history(view->model->session);
	uint64_t end = history ? history_end(history) : 0;

	if (!event || !event->t)
		return 0;
	return event->t < end ? event->t + 1 : event->t;
}

static void go_to_row(const struct view *view, size_t index, struct strbuf *command)
{
	strbuf_printf(command, "goto %" PRIu64, time_of(view, index));
}

/* To the event before now, or the beginning. */
static void go_left(const struct view *view, struct strbuf *command)
{
	uint64_t now = machine_time(model_machine(view->model));

	for (size_t i = view->count; i-- > 0;) {
		if (time_of(view, i) < now) {
			go_to_row(view, i, command);
			return;
		}
	}
	strbuf_puts(command, "goto 0");
}

/* To the next event, known or not. */
static void go_right(const struct view *view, struct strbuf *command)
{
	uint64_t now = machine_time(model_machine(view->model));

	for (size_t i = 0; i < view->count; i++) {
		if (time_of(view, i) > now) {
			go_to_row(view, i, command);
			return;
		}
	}
	strbuf_puts(command, "next-event");
}

static void show_code(const struct view *view, struct strbuf *command)
{
	const struct timeline *timeline = view->state;
	const struct event *event = timeline_row_event(view->model, &timeline->rows.list.item[view->cursor]);

	if (event && event->cpu >= 0)
		strbuf_printf(command, "cpu %d; view code 0x%" PRIx64, event->cpu, event->pc);
}

static bool key(struct view *view, int key, struct strbuf *command)
{
	const struct timeline *timeline = view->state;

	if (!timeline || view->cursor >= timeline->rows.list.len)
		return false;
	if (key == UI_KEY_ENTER || key == '\n')
		show_code(view, command);
	else if (key == UI_KEY_LEFT || key == 'h')
		go_left(view, command);
	else if (key == UI_KEY_RIGHT || key == 'l')
		go_right(view, command);
	else if (key == 't')
		go_to_row(view, view->cursor, command);
	else
		return false;
	return true;
}

static void point(struct view *view, int column, bool is_drag, struct strbuf *command)
{
	const struct timeline *timeline = view->state;

	if (timeline && view->cursor < timeline->rows.list.len && (is_drag || column < TIME_COLUMNS - 1))
		go_to_row(view, view->cursor, command);
}

static void free_state(struct view *view)
{
	struct timeline *timeline = view->state;

	if (!timeline)
		return;
	vec_free(&timeline->rows.list);
	free(timeline);
}

const struct view_ops view_timeline = {
	"timeline",
	"What happened, time (instructions run by all CPUs) downwards, a lane a CPU where there is room.\n"
	"\n"
	"  │ runs   ┃ runs in EL3   · sleeps   ─▸ from a sev to whom it woke, from a store to the slot's owner\n"
	"\n"
	"  Up Down  go through the events      Enter  show the code of the event      /  search\n"
	"  Left     go back in time to the event before      Right  go on to the next one\n"
	"  t        go to the time of the row at the cursor  End    the cursor to where the machine is\n"
	"\n"
	"A click on a row's time goes there, and dragging the mouse along the rows takes the machine along.  In the\n"
	"past, the rows below, pale, are what came then; done something else, they go.\n"
	"\n"
	"A loop that makes the same events again and again is one row with × and a count.  Rows that the last command\n"
	"made have their time marked.\n",
	title, prepare, line, footer, key, free_state, point,
};
