/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_monitors.c: exclusive monitors and event registers, a line a CPU.
 */
#include <inttypes.h>

#include "session/eventring.h"
#include "ui/view.h"

enum { GRANULE = 64 };	/* bytes: CTR_EL0.ERG of these CPUs */

static void prepare(struct view *view)
{
	view->count = machine_cpu_count(model_machine(view->model)) + 1;
	if (!view->is_free)
		view->cursor = session_focus(view->model->session) + 1;
}

static void add_reservation(const struct view *view, const struct cpu *cpu, struct line *out)
{
	struct reservation r = cpu_reservation(cpu);
	struct strbuf place = STRBUF_INIT;

	if (!r.valid) {
		line_add(out, STYLE_DIM, "open");
		return;
	}
	model_place(view->model, r.addr, &place);
	line_printf(out, STYLE_SYMBOL, "exclusive %s", strbuf_text(&place));
	line_printf(out, STYLE_NORMAL, " (%u bytes)", r.size);
	line_printf(out, STYLE_DIM, "  granule %" PRIx64 " to %" PRIx64, r.addr & ~(uint64_t)(GRANULE - 1),
		    (r.addr | (GRANULE - 1)));
	strbuf_free(&place);
}

static void line(struct view *view, size_t index, struct line *out)
{
	const struct eventring *ring = session_events(view->model->session);
	const struct cpu *cpu;
	unsigned n = (unsigned)index - 1;

	if (index == 0) {
		line_add(out, STYLE_HEADING, "CPU  event  stxr/lost  monitor");
		return;
	}
	cpu = machine_cpu_const(model_machine(view->model), n);
	line_printf(out, n == session_focus(view->model->session) ? STYLE_FOCUSED : STYLE_NORMAL, "%3u  ", n);
	line_add(out, cpu_event_register(cpu) ? STYLE_DONE : STYLE_DIM,
		 cpu_event_register(cpu) ? "set    " : "clear  ");
	line_printf(out, STYLE_DIM, "%4" PRIu64 "/%-4" PRIu64 "  ", eventring_count_cpu(ring, EVENT_STXR, n),
		    eventring_count_cpu(ring, EVENT_MONITOR_LOST, n));
	add_reservation(view, cpu, out);
}

const struct view_ops view_monitors = {
	"monitors",
	"For each CPU: its event register, and what its exclusive monitor holds.\n"
	"\n"
	"wfe goes on at once when the event register is set, and clears it; sev sets it on every CPU.\n"
	"ldxr makes the monitor exclusive for the 64-byte granule around the address; a store by another CPU to that\n"
	"granule, an exception return or clrex opens it, and then stxr fails.\n",
	NULL, prepare, line, NULL, NULL, NULL, NULL,
};
