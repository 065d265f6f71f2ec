/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_psci.c: PSCI: who answers, and every call with what it returned.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "device/psci_name.h"
#include "service/board_desc.h"
#include "service/loader.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/psci_state.h"
#include "ui/keys.h"
#include "ui/view.h"

enum { HEAD_LINES = 3, NO_RETURN = 0 };

/* A call and, when it came back, its return: event numbers. */
struct call { uint64_t call, back; bool is_back; };

struct psci_calls {
	VEC(struct call) calls;
};

static const struct eventring *ring_of(const struct view *view)
{
	return session_events(view->model->session);
}

/* A return belongs to the last open call of its CPU. */
static void match(struct psci_calls *psci, const struct eventring *ring, uint64_t number, const struct event *event)
{
	for (size_t i = psci->calls.len; i-- > 0;) {
		struct call *call = &psci->calls.item[i];
		const struct event *other = eventring_at(ring, call->call);

		if (other->cpu != event->cpu || call->is_back)
			continue;
		call->back = number;
		call->is_back = true;
		return;
	}
}

static void prepare(struct view *view)
{
	const struct eventring *ring = ring_of(view);
	struct psci_calls *psci;

	if (!view->state)
		view->state = xzalloc(sizeof(struct psci_calls));
	psci = view->state;
	vec_clear(&psci->calls);
	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++) {
		const struct event *event = eventring_at(ring, n);

		if (event->kind == EVENT_PSCI_CALL)
			vec_add(&psci->calls, ((struct call){ n, NO_RETURN, false }));
		else if (event->kind == EVENT_PSCI_RETURN)
			match(psci, ring, n, event);
	}
	view->count = psci->calls.len + HEAD_LINES;
	if (!view->is_free)
		view->cursor = view->count - 1;
}

static void add_head(const struct view *view, struct line *out)
{
	const struct loaded *loaded = session_loaded(view->model->session);
	const struct board_psci *psci = &loaded->desc->psci;

	if (!psci->present) {
		line_add(out, STYLE_DIM, "this board's tree has no PSCI");
		return;
	}
	line_printf(out, STYLE_NORMAL, "PSCI %s by %s, answered by %s", psci->version,
		    psci->conduit == BOARD_CONDUIT_HVC ? "hvc" : "smc",
		    loaded->firmware.present ? "firmware in the guest" : "the emulator");
}

static void add_answer(const struct view *view, const struct call *call, struct line *out)
{
	const struct event *event = call->is_back ? eventring_at(ring_of(view), call->back) : NULL;
	const char *name;

	line_add(out, STYLE_ARROW, " ▸ ");
	if (!event) {
		line_add(out, STYLE_DIM, "(has not come back)");
		return;
	}
	name = psci_value_name(event->u.psci_return.fn, event->u.psci_return.value);
	if (name)
		line_add(out, event->u.psci_return.value < 0 ? STYLE_FAULT : STYLE_DONE, name);
	else
		line_printf(out, STYLE_DONE, "0x%" PRIx64, (uint64_t)event->u.psci_return.value);
}

static void line(struct view *view, size_t index, struct line *out)
{
	const struct psci_calls *psci = view->state;
	struct strbuf words = STRBUF_INIT;
	const struct event *event;

	if (index == 0) {
		add_head(view, out);
		return;
	}
	if (index == 1) {
		if (session_loaded(view->model->session)->desc->psci.present)
			psci_state_put_all(view->model->session, &words);
		line_add(out, STYLE_NORMAL, strbuf_text(&words));
		strbuf_free(&words);
		return;
	}
	if (index == 2) {
		line_add(out, STYLE_HEADING, "           t  CPU  call ▸ answer");
		return;
	}
	event = eventring_at(ring_of(view), psci->calls.item[index - HEAD_LINES].call);
	line_printf(out, model_time_style(view->model, event->t), "%12" PRIu64 "  ", event->t);
	line_printf(out, STYLE_NORMAL, "%3d  ", event->cpu);
	eventlog_details(session_loaded(view->model->session), event, &words);
	line_add(out, STYLE_NORMAL, strbuf_text(&words));
	add_answer(view, &psci->calls.item[index - HEAD_LINES], out);
	strbuf_free(&words);
}

static bool key(struct view *view, int key, struct strbuf *command)
{
	const struct psci_calls *psci = view->state;
	const struct event *event;

	if ((key != UI_KEY_ENTER && key != '\n') || !psci || view->cursor < HEAD_LINES || view->cursor >= view->count)
		return false;
	event = eventring_at(ring_of(view), psci->calls.item[view->cursor - HEAD_LINES].call);
	strbuf_printf(command, "cpu %d; view code 0x%" PRIx64, event->cpu, event->pc);
	return true;
}

static void free_state(struct view *view)
{
	struct psci_calls *psci = view->state;

	if (!psci)
		return;
	vec_free(&psci->calls);
	free(psci);
}

const struct view_ops view_psci = {
	"psci",
	"PSCI, the calls by which a kernel turns CPUs on and off: who answers them, which CPUs are on, each call, and\n"
	"what it returned.\n"
	"\n"
	"CPU_ON takes the MPIDR of a CPU, the physical address where it shall start, and a number for its x0.\n"
	"SUCCESS says that the CPU is on its way, not that it has arrived.\n"
	"\n"
	"  Enter  show the code of the call\n",
	NULL, prepare, line, NULL, key, free_state, NULL,
};
