/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_events.c: every event that is kept, a line each, as in the log.
 */
#include <inttypes.h>

#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/names.h"
#include "ui/keys.h"
#include "ui/view.h"
#include "ui/words.h"

static const struct event *event_at(const struct view *view, size_t index)
{
	const struct eventring *ring = session_events(view->model->session);

	return eventring_at(ring, eventring_first(ring) + index);
}

static void prepare(struct view *view)
{
	const struct eventring *ring = session_events(view->model->session);

	view->count = (size_t)(eventring_next(ring) - eventring_first(ring));
	if (!view->is_free)
		view->cursor = view->count ? view->count - 1 : 0;
}

static void title(const struct view *view, struct line *out)
{
	line_printf(out, STYLE_TITLE, "%" PRIu64, eventring_next(session_events(view->model->session)));
}

static void line(struct view *view, size_t index, struct line *out)
{
	enum { PLACE_COLUMN = 22, EVENT_COLUMN = 48 };
	const struct event *event = event_at(view, index);
	struct strbuf words = STRBUF_INIT;

	if (!event)
		return;
	line_printf(out, model_time_style(view->model, event->t), "%12" PRIu64, event->t);
	if (event->cpu >= 0) {
		line_printf(out, STYLE_NORMAL, " CPU%-2d EL%d", event->cpu, event->el);
		line_pad(out, PLACE_COLUMN);
		names_format(session_loaded(view->model->session), event->pc, &words);
		line_add(out, STYLE_SYMBOL, strbuf_text(&words));
		strbuf_clear(&words);
	}
	line_pad(out, EVENT_COLUMN);
	line_printf(out, words_event_style(event), "%-12s ", eventlog_kind_name(event->kind));
	eventlog_details(session_loaded(view->model->session), event, &words);
	line_add(out, STYLE_NORMAL, strbuf_text(&words));
	strbuf_free(&words);
}

static bool key(struct view *view, int key, struct strbuf *command)
{
	const struct event *event = view->cursor < view->count ? event_at(view, view->cursor) : NULL;

	if ((key != UI_KEY_ENTER && key != '\n') || !event)
		return false;
	if (event->cpu >= 0)
		strbuf_printf(command, "cpu %d; view code 0x%" PRIx64, event->cpu, event->pc);
	return true;
}

const struct view_ops view_events = {
	"events",
	"Every event that is kept, as in the log of `smptutor run`: time, CPU, level, place, event, details.\n"
	"\n"
	"  Enter  show the code of the event\n"
	"  /      search\n"
	"\n"
	":help events lists the kinds.\n",
	title, prepare, line, NULL, key, NULL, NULL,
};
