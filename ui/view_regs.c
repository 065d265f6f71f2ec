/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_regs.c: registers of the CPU in focus, by group, and beside those of another CPU.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "service/sysreg.h"
#include "ui/keys.h"
#include "ui/view.h"

enum { GROUP_GENERAL, GROUP_EL1, GROUP_EL2, GROUP_EL3, GROUP_OTHER, GROUP_SIMD, GROUP_DIFF, GROUP_COUNT };

static const char *const group_names[] = {
	"general", "system EL1", "system EL2", "system EL3", "other system", "SIMD", "two CPUs",
};

enum {
	GENERAL_COUNT = 32,		/* x0 to x30 and sp */
	SHORT_HEIGHT = 14,		/* panes lower than this show registers side by side */
	CELL_WIDTH = 20, CELL_WIDTH_LEAST = 13, CELL_WIDTH_WIDE = 44,
	SIMD_COUNT = 32,
};

struct regs {
	VEC(size_t) sysregs;		/* indices of the group's system registers that exist */
	VEC(int) differing;		/* enum cpu_reg of what differs */
	unsigned columns;		/* of the general group */
	int cell;			/* columns on the screen of each of those */
	unsigned other;			/* CPU to compare with */
};

static struct regs *regs_of(struct view *view)
{
	if (!view->state)
		view->state = xzalloc(sizeof(struct regs));
	return view->state;
}

static unsigned focus_of(const struct view *view)
{
	return session_focus(view->model->session);
}

/* ---- which lines there are ---- */

static bool is_in_group(const char *name, unsigned group)
{
	static const char *const ends[] = { [GROUP_EL1] = "_el1", [GROUP_EL2] = "_el2", [GROUP_EL3] = "_el3" };
	size_t len = strlen(name);

	for (unsigned g = GROUP_EL1; g <= GROUP_EL3; g++)
		if (len > 4 && !strcmp(name + len - 4, ends[g]))
			return g == group;
	return group == GROUP_OTHER;
}

static void list_sysregs(struct view *view, struct regs *regs)
{
	uint64_t value;

	vec_clear(&regs->sysregs);
	for (size_t i = 0; i < sysreg_count(); i++)
		if (is_in_group(sysreg_at(i)->name, view->group) &&
		    machine_peek_sysreg(model_machine(view->model), focus_of(view), sysreg_at(i)->number, &value))
			vec_add(&regs->sysregs, i);
	view->count = regs->sysregs.len;
}

static void list_differing(struct view *view, struct regs *regs)
{
	struct machine *machine = model_machine(view->model);
	unsigned count = machine_cpu_count(machine);

	if (regs->other == focus_of(view) || regs->other >= count)
		regs->other = (focus_of(view) + 1) % count;
	vec_clear(&regs->differing);
	for (int reg = 0; reg < CPU_REG_COUNT; reg++)
		if (cpu_get_reg(model_cpu(view->model), reg) !=
		    cpu_get_reg(machine_cpu_const(machine, regs->other), reg))
			vec_add(&regs->differing, reg);
	view->count = regs->differing.len + 1;
}

/* One under the other, side by side with all digits, or side by side in short. */
static void place_general(struct view *view, struct regs *regs)
{
	bool is_wide = view->width >= CELL_WIDTH_WIDE * 2;

	regs->cell = is_wide ? CELL_WIDTH_WIDE : CELL_WIDTH;
	if (view->width < CELL_WIDTH * 2 && view->width >= CELL_WIDTH_LEAST * 2)
		regs->cell = view->width / 2;
	regs->columns = is_wide || view->height < SHORT_HEIGHT ? (unsigned)(view->width / regs->cell) : 1;
	regs->columns = regs->columns ? regs->columns : 1;
	view->count = 2 + (GENERAL_COUNT + regs->columns - 1) / regs->columns;
}

static void prepare(struct view *view)
{
	struct regs *regs = regs_of(view);

	switch (view->group) {
	case GROUP_GENERAL:
		place_general(view, regs);
		break;
	case GROUP_SIMD:
		view->count = SIMD_COUNT;
		break;
	case GROUP_DIFF:
		list_differing(view, regs);
		break;
	default:
		list_sysregs(view, regs);
	}
}

static void title(const struct view *view, struct line *out)
{
	line_printf(out, STYLE_TITLE, "CPU%u · %s", focus_of(view), group_names[view->group]);
}

/* ---- lines ---- */

static void reg_name(int reg, char name[16])
{
	if (reg <= CPU_X30)
		snprintf(name, 16, "x%d", reg);
	else
		snprintf(name, 16, "%s", reg == CPU_SP ? "sp" : reg == CPU_PC ? "pc" : "pstate");
}

static void add_meaning(const struct view *view, uint64_t value, enum style style, struct line *out)
{
	struct strbuf meaning = STRBUF_INIT;

	model_meaning(view->model, value, &meaning);
	line_add(out, style, strbuf_text(&meaning));
	strbuf_free(&meaning);
}

/* All digits, and what they mean. */
static void add_full(const struct view *view, const struct cpu *cpu, int reg, struct line *out)
{
	uint64_t value = cpu_get_reg(cpu, reg);
	bool is_new = changes_in_reg(view->model->changes, view->model->session, cpu_index(cpu), reg);
	char name[16];

	reg_name(reg, name);
	line_printf(out, STYLE_HEADING, "%-4s", name);
	line_printf(out, is_new ? STYLE_CHANGED : STYLE_NORMAL, "%016" PRIx64, value);
	line_add(out, STYLE_NORMAL, " ");
	add_meaning(view, value, STYLE_SYMBOL, out);
}

/* The digits of VALUE in COLUMNS: of what has more of them, the end, which tells addresses of one kernel apart. */
static void put_digits(uint64_t value, int columns, struct strbuf *out)
{
	char digits[17];
	int len = snprintf(digits, sizeof(digits), "%" PRIx64, value);

	if (len > columns)
		strbuf_printf(out, "…%s", digits + len - columns + 1);
	else
		strbuf_puts(out, digits);
}

/* What it means when it means something, else its digits. */
static void add_short(const struct view *view, const struct cpu *cpu, int reg, struct line *out)
{
	uint64_t value = cpu_get_reg(cpu, reg);
	bool is_new = changes_in_reg(view->model->changes, view->model->session, cpu_index(cpu), reg);
	int columns = ((const struct regs *)view->state)->cell - 5;
	struct strbuf meaning = STRBUF_INIT;
	char name[16];

	reg_name(reg, name);
	model_meaning(view->model, value, &meaning);
	if (!meaning.len)
		put_digits(value, columns, &meaning);
	line_printf(out, STYLE_HEADING, "%-4s", name);
	line_field(out, is_new ? STYLE_CHANGED : STYLE_NORMAL, columns, strbuf_text(&meaning));
	line_add(out, STYLE_NORMAL, " ");
	strbuf_free(&meaning);
}

static void general_line(const struct view *view, size_t index, struct line *out)
{
	const struct regs *regs = view->state;
	const struct cpu *cpu = model_cpu(view->model);
	int first = (int)(index * regs->columns);

	for (int reg = first; reg < first + (int)regs->columns && reg < GENERAL_COUNT; reg++) {
		if (regs->columns > 1 && regs->cell < CELL_WIDTH_WIDE) {
			add_short(view, cpu, reg, out);
			continue;
		}
		if (reg > first)
			line_pad(out, (reg - first) * CELL_WIDTH_WIDE);
		add_full(view, cpu, reg, out);
	}
}

static void state_line(const struct view *view, struct line *out)
{
	const struct cpu *cpu = model_cpu(view->model);
	struct strbuf words = STRBUF_INIT;
	bool is_new = changes_in_reg(view->model->changes, view->model->session, focus_of(view), CPU_PSTATE);

	sysreg_describe_pstate(cpu_get_reg(cpu, CPU_PSTATE), &words);
	line_printf(out, STYLE_NORMAL, "MMU %s  ", cpu_is_mmu_on(cpu) ? "on" : "off");
	line_add(out, is_new ? STYLE_CHANGED : STYLE_NORMAL, strbuf_text(&words));
	strbuf_free(&words);
}

static void sysreg_line(const struct view *view, size_t reg_index, struct line *out)
{
	const struct sysreg *reg = sysreg_at(reg_index);
	bool is_new = changes_in_sysreg(view->model->changes, view->model->session, focus_of(view), reg_index);
	struct strbuf words = STRBUF_INIT;
	uint64_t value = 0;

	machine_peek_sysreg(model_machine(view->model), focus_of(view), reg->number, &value);
	line_printf(out, STYLE_HEADING, "%-12s ", reg->name);
	line_printf(out, is_new ? STYLE_CHANGED : STYLE_NORMAL, "%016" PRIx64, value);
	line_add(out, STYLE_NORMAL, " ");
	if (reg->fields)
		sysreg_describe(reg, value, &words);
	if (words.len)
		line_add(out, STYLE_SYMBOL, words.text);
	else
		add_meaning(view, value, STYLE_SYMBOL, out);
	strbuf_free(&words);
}

static void simd_line(const struct view *view, size_t index, struct line *out)
{
	uint64_t half[2];

	cpu_get_simd(model_cpu(view->model), (unsigned)index, half);
	line_printf(out, STYLE_HEADING, "v%-3zu", index);
	line_printf(out, STYLE_NORMAL, "%016" PRIx64 " %016" PRIx64, half[1], half[0]);
}

/* One of two values that differ, with what it means where there is room. */
static void add_differing(const struct view *view, const struct cpu *cpu, int reg, struct line *out)
{
	enum { MEANING = 20, WITH_MEANING = 88 };
	uint64_t value = cpu_get_reg(cpu, reg);
	bool is_new = changes_in_reg(view->model->changes, view->model->session, cpu_index(cpu), reg);
	struct strbuf meaning = STRBUF_INIT;

	line_printf(out, is_new ? STYLE_CHANGED : STYLE_NORMAL, "%016" PRIx64 "  ", value);
	model_meaning(view->model, value, &meaning);
	if (view->width >= WITH_MEANING)
		line_field(out, STYLE_SYMBOL, MEANING, strbuf_text(&meaning));
	strbuf_free(&meaning);
}

static void diff_line(const struct view *view, size_t index, struct line *out)
{
	const struct regs *regs = view->state;
	const struct cpu *other = machine_cpu_const(model_machine(view->model), regs->other);
	char name[16];

	if (index == 0) {
		line_printf(out, STYLE_HEADING, "against CPU%u: %zu differ", regs->other, regs->differing.len);
		return;
	}
	reg_name(regs->differing.item[index - 1], name);
	line_printf(out, STYLE_HEADING, "%-7s", name);
	add_differing(view, model_cpu(view->model), regs->differing.item[index - 1], out);
	add_differing(view, other, regs->differing.item[index - 1], out);
}

static void line(struct view *view, size_t index, struct line *out)
{
	const struct regs *regs = view->state;

	if (cpu_state(model_cpu(view->model)) == CPU_OFF && view->group != GROUP_DIFF) {
		line_add(out, STYLE_OFF, index ? "" : "this CPU is off");
		return;
	}
	switch (view->group) {
	case GROUP_GENERAL:
		if (index == 0)
			add_full(view, model_cpu(view->model), CPU_PC, out);
		else if (index == 1)
			state_line(view, out);
		else
			general_line(view, index - 2, out);
		break;
	case GROUP_SIMD:
		simd_line(view, index, out);
		break;
	case GROUP_DIFF:
		diff_line(view, index, out);
		break;
	default:
		sysreg_line(view, regs->sysregs.item[index], out);
	}
}

static bool key(struct view *view, int key, struct strbuf *command)
{
	(void)command;
	switch (key) {
	case UI_KEY_RIGHT: case 'l':
		view->group = (view->group + 1) % GROUP_COUNT;
		break;
	case UI_KEY_LEFT: case 'h':
		view->group = (view->group + GROUP_COUNT - 1) % GROUP_COUNT;
		break;
	case 'o':
		regs_of(view)->other = (regs_of(view)->other + 1) % machine_cpu_count(model_machine(view->model));
		return true;
	default:
		return false;
	}
	view->cursor = view->top = 0;
	return true;
}

static void free_state(struct view *view)
{
	struct regs *regs = view->state;

	if (!regs)
		return;
	vec_free(&regs->sysregs);
	vec_free(&regs->differing);
	free(regs);
}

const struct view_ops view_regs = {
	"registers",
	"The registers of the CPU in focus; what the last command changed stands out.\n"
	"\n"
	"  Left Right  group: general, system registers of EL1, EL2, EL3, other ones, SIMD, two CPUs compared\n"
	"  o           in the comparison: another CPU to compare with\n"
	"\n"
	"Fields of system registers are decoded by Arm's names.  :set x0=5 or :set sctlr_el1=0 changes one.\n",
	title, prepare, line, NULL, key, free_state, NULL,
};
