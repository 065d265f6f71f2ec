/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_tables.c: the words that secondary CPUs wait for: branch_table and cpu-release-addr.
 */
#include <inttypes.h>
#include <string.h>

#include "session/tables.h"
#include "ui/keys.h"
#include "ui/view.h"

enum { WIDE = 64 };	/* columns from which a slot's digits and time are shown */

static const struct tables *tables_of(const struct view *view)
{
	return session_tables(view->model->session);
}

/* One line of heading, then a line a slot. */
static void prepare(struct view *view)
{
	view->count = tables_count(tables_of(view)) + 1;
	if (!view->is_free)
		view->cursor = 0;
}

static void title(const struct view *view, struct line *out)
{
	size_t count = tables_count(tables_of(view));

	for (size_t i = 0; i < count; i++) {
		const char *table = tables_at(tables_of(view), i)->table;

		if (!i || strcmp(table, tables_at(tables_of(view), i - 1)->table))
			line_printf(out, STYLE_TITLE, "%s%s", i ? ", " : "", table);
	}
}

static void add_heading(const struct view *view, struct line *out)
{
	if (view->count == 1)
		line_add(out, STYLE_DIM, "no slots: PSCI is answered outside of the guest's memory");
	else if (view->width >= WIDE)
		line_add(out, STYLE_HEADING, "slot CPU MPIDR  value            symbol               written by");
	else
		line_add(out, STYLE_HEADING, "slot CPU symbol               by");
}

/* "start_cpu0", "(invalid)", "(zero)". */
static void symbol_of(const struct view *view, uint64_t value, struct strbuf *out)
{
	if (value == TABLE_INVALID)
		strbuf_puts(out, "-1 (invalid)");
	else if (value == TABLE_CLAIMED)
		strbuf_puts(out, "-2 (claimed)");
	else if (!value)
		strbuf_puts(out, "0 (zero)");
	else
		model_place(view->model, value, out);
}

static void add_writer(const struct view *view, const struct table_slot *slot, struct line *out)
{
	if (slot->writer == EVENT_NO_CPU) {
		line_add(out, STYLE_DIM, "nobody");
		return;
	}
	if (slot->writer == TABLE_BY_HAND)
		line_add(out, STYLE_NORMAL, "hand");
	else
		line_printf(out, STYLE_NORMAL, "CPU%d", slot->writer);
	if (view->width < WIDE)
		return;
	line_add(out, STYLE_DIM, " t=");
	line_time(out, STYLE_DIM, slot->changed);
}

/* Slot, CPU, and where there is room the CPU's MPIDR and the value's digits. */
static void add_numbers(const struct view *view, const struct table_slot *slot, uint64_t value, enum style style,
			struct line *out)
{
	bool is_focus = slot->cpu == (int)session_focus(view->model->session);

	line_printf(out, is_focus ? STYLE_FOCUSED : STYLE_NORMAL, "%4u ", slot->slot);
	line_printf(out, STYLE_NORMAL, "%3d ", slot->cpu);
	if (view->width < WIDE)
		return;
	if (slot->cpu >= 0) {
		const struct cpu *cpu = machine_cpu_const(model_machine(view->model), (unsigned)slot->cpu);

		line_printf(out, STYLE_DIM, "%05" PRIx64 "  ", cpu_mpidr(cpu));
	}
	line_printf(out, style, "%016" PRIx64 " ", value);
}

static void line(struct view *view, size_t index, struct line *out)
{
	enum { SYMBOL_COLUMNS = 20 };
	const struct table_slot *slot;
	struct strbuf symbol = STRBUF_INIT;
	uint64_t value;
	bool is_new;

	if (index == 0) {
		add_heading(view, out);
		return;
	}
	slot = tables_at(tables_of(view), index - 1);
	value = tables_value(tables_of(view), slot);
	is_new = slot->writer != EVENT_NO_CPU && slot->changed >= changes_time(view->model->changes);
	add_numbers(view, slot, value, is_new ? STYLE_CHANGED : STYLE_NORMAL, out);
	symbol_of(view, value, &symbol);
	line_field(out, is_new ? STYLE_CHANGED : STYLE_SYMBOL, SYMBOL_COLUMNS, strbuf_text(&symbol));
	line_add(out, STYLE_NORMAL, " ");
	add_writer(view, slot, out);
	strbuf_free(&symbol);
}

static bool key(struct view *view, int key, struct strbuf *command)
{
	const struct table_slot *slot;

	if ((key != UI_KEY_ENTER && key != '\n') || view->cursor == 0 || view->cursor >= view->count)
		return false;
	slot = tables_at(tables_of(view), view->cursor - 1);
	if (slot->writer < 0)
		return true;
	strbuf_printf(command, "view code 0x%" PRIx64, slot->writer_pc);
	return true;
}

const struct view_ops view_tables = {
	"tables",
	"The slots that secondary CPUs wait for: the firmware's branch_table, the tree's cpu-release-addr.\n"
	"\n"
	"A CPU in the pen reads its own slot each time it wakes.  -1 (ADDR_INVALID) or 0 sends it back to sleep; an\n"
	"address lets it go there.  A slot that the last command wrote stands out.\n"
	"\n"
	"  Enter  show the instruction that wrote the slot last\n",
	title, prepare, line, NULL, key, NULL, NULL,
};
