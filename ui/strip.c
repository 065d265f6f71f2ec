/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/strip.c: all CPUs at once.
 */
#include "ui/strip.h"

#include <inttypes.h>

#include "session/eventring.h"
#include "session/info.h"
#include "session/names.h"
#include "ui/words.h"

enum {
	WIDE = 100,		/* columns from which a line has all fields, and a heading */
	CELL = 13,		/* columns of a CPU in the grid: ">12 E3 wfe" and lamps */
	PLACE = 30, PLACE_NARROW = 30,
};

static unsigned cpu_count(const struct model *model)
{
	return machine_cpu_count(model_machine(model));
}

static bool is_grid(const struct model *model, int width, int height)
{
	return (int)cpu_count(model) + (width >= WIDE) > height / 4 + 1;
}

static int cells_in_row(int width)
{
	return width >= CELL ? width / CELL : 1;
}

int strip_height(const struct model *model, int width, int height)
{
	int count = (int)cpu_count(model), in_row = cells_in_row(width);

	if (!is_grid(model, width, height))
		return count + (width >= WIDE);
	return (count + in_row - 1) / in_row + 1;
}

/* ---- a line a CPU ---- */

static void add_number(const struct model *model, unsigned n, struct line *out)
{
	bool is_focus = n == session_focus(model->session);

	line_printf(out, is_focus ? STYLE_FOCUSED : STYLE_NORMAL, "%c%2u", is_focus ? '>' : ' ', n);
	line_add(out, STYLE_NORMAL, " ");
}

static void add_state(const struct model *model, unsigned n, struct line *out)
{
	const struct cpu *cpu = machine_cpu_const(model_machine(model), n);
	bool is_new = changes_in_state(model->changes, model->session, n);
	bool is_off = cpu_state(cpu) == CPU_OFF;

	line_printf(out, is_new ? STYLE_CHANGED : STYLE_NORMAL, is_off ? "--- " : "EL%d ", cpu_el(cpu));
	line_printf(out, words_state_style(cpu), "%-8s", info_state_word(cpu_state(cpu)));
}

static void add_place(const struct model *model, unsigned n, int columns, struct line *out)
{
	const struct cpu *cpu = machine_cpu_const(model_machine(model), n);
	struct strbuf place = STRBUF_INIT;

	if (cpu_state(cpu) != CPU_OFF)
		names_format(session_loaded(model->session), cpu_get_reg(cpu, CPU_PC), &place);
	line_field(out, STYLE_SYMBOL, columns, strbuf_text(&place));
	line_add(out, STYLE_NORMAL, " ");
	strbuf_free(&place);
}

/* What it did last; asleep, since when. */
static void add_last(const struct model *model, unsigned n, struct line *out)
{
	const struct cpu *cpu = machine_cpu_const(model_machine(model), n);
	const struct event *last = eventring_last(session_events(model->session), n);
	struct strbuf words = STRBUF_INIT;
	bool is_asleep = cpu_state(cpu) == CPU_WFE || cpu_state(cpu) == CPU_WFI;

	if (is_asleep) {
		line_add(out, STYLE_DIM, "asleep since t=");
		line_time(out, STYLE_DIM, cpu_asleep_since(cpu));
		return;
	}
	if (!last)
		return;
	words_event(model, last, &words);
	line_add(out, model_time_style(model, last->t), strbuf_text(&words));
	strbuf_free(&words);
}

/* The monitor's address, and the event register. */
static void add_lamps(const struct model *model, unsigned n, int columns, struct line *out)
{
	const struct cpu *cpu = machine_cpu_const(model_machine(model), n);
	struct reservation r = cpu_reservation(cpu);
	struct strbuf place = STRBUF_INIT;

	line_add(out, cpu_event_register(cpu) ? STYLE_DONE : STYLE_DIM, cpu_event_register(cpu) ? "set   " : "-     ");
	if (r.valid)
		model_place(model, r.addr, &place);
	line_field(out, r.valid ? STYLE_SYMBOL : STYLE_DIM, columns, r.valid ? strbuf_text(&place) : "-");
	line_add(out, STYLE_NORMAL, " ");
	strbuf_free(&place);
}

static void wide_line(const struct model *model, unsigned n, int width, struct line *out)
{
	enum { MONITOR = 18 };
	const struct cpu *cpu = machine_cpu_const(model_machine(model), n);

	add_number(model, n, out);
	line_printf(out, STYLE_DIM, "%05" PRIx64 "  ", cpu_mpidr(cpu));
	add_state(model, n, out);
	line_printf(out, STYLE_NORMAL, "%-4s", cpu_is_mmu_on(cpu) ? "on" : "off");
	add_place(model, n, width >= WIDE + 20 ? PLACE : PLACE - 6, out);
	add_lamps(model, n, MONITOR, out);
	add_last(model, n, out);
}

static void narrow_line(const struct model *model, unsigned n, struct line *out)
{
	const struct cpu *cpu = machine_cpu_const(model_machine(model), n);

	add_number(model, n, out);
	add_state(model, n, out);
	add_place(model, n, PLACE_NARROW, out);
	line_add(out, STYLE_DONE, cpu_event_register(cpu) ? "E" : " ");
	line_add(out, STYLE_DONE, cpu_reservation(cpu).valid ? "X " : "  ");
	add_last(model, n, out);
}

static void heading(int width, struct line *out)
{
	line_printf(out, STYLE_HEADING, "CPU MPIDR  EL  state   MMU %-*s event monitor            last",
		    width >= WIDE + 20 ? PLACE : PLACE - 6, "at");
}

static void draw_lines(const struct model *model, const struct area *area)
{
	struct line line = LINE_INIT;
	int y = 0;

	if (area->width >= WIDE) {
		heading(area->width, &line);
		area_line(area, y++, &line, 0);
	}
	for (unsigned n = 0; n < cpu_count(model); n++) {
		line_clear(&line);
		if (area->width >= WIDE)
			wide_line(model, n, area->width, &line);
		else
			narrow_line(model, n, &line);
		area_line(area, y++, &line, 0);
	}
	line_free(&line);
}

/* ---- a grid ---- */

/* The state in four letters. */
static const char *short_state(const struct cpu *cpu)
{
	static const char *const words[] = {
		[CPU_OFF] = "off ", [CPU_RUNNING] = "run ", [CPU_WFE] = "wfe ",
		[CPU_WFI] = "wfi ", [CPU_FAULTED] = "FLT ",
	};

	return words[cpu_state(cpu)];
}

/* ">12 3 wfe EX": number, level, state, event register and monitor. */
static void cell(const struct model *model, unsigned n, struct line *out)
{
	const struct cpu *cpu = machine_cpu_const(model_machine(model), n);
	bool is_new = changes_in_state(model->changes, model->session, n);

	add_number(model, n, out);
	if (cpu_state(cpu) == CPU_OFF)
		line_add(out, STYLE_OFF, "- ");
	else
		line_printf(out, is_new ? STYLE_CHANGED : STYLE_NORMAL, "%d ", cpu_el(cpu));
	line_add(out, is_new ? STYLE_CHANGED : words_state_style(cpu), short_state(cpu));
	line_add(out, STYLE_DONE, cpu_event_register(cpu) ? "E" : " ");
	line_add(out, STYLE_DONE, cpu_reservation(cpu).valid ? "X" : " ");
}

static void draw_grid(const struct model *model, const struct area *area)
{
	int in_row = cells_in_row(area->width);
	struct line line = LINE_INIT;

	for (unsigned n = 0; n < cpu_count(model); n++) {
		struct area at = area_part(area, (int)n % in_row * CELL, (int)n / in_row, CELL, 1);

		line_clear(&line);
		cell(model, n, &line);
		area_line(&at, 0, &line, 0);
	}
	line_clear(&line);
	narrow_line(model, session_focus(model->session), &line);
	area_line(area, area->height - 1, &line, 0);
	line_free(&line);
}

void strip_draw(const struct model *model, const struct area *area)
{
	if (is_grid(model, area->width, grid_height(area->grid)))
		draw_grid(model, area);
	else
		draw_lines(model, area);
}

int strip_cpu_at(const struct model *model, int width, int height, int x, int y)
{
	int n;

	if (is_grid(model, width, height))
		n = y * cells_in_row(width) + x / CELL;
	else
		n = y - (width >= WIDE);
	return y >= 0 && n >= 0 && n < (int)cpu_count(model) ? n : -1;
}
