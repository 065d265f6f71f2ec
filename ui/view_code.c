/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_code.c: the guest's code: source, disassembly, or both, with every CPU's place in it.
 *
 * The list is one source file, or one function where there is no source.  It is built again when the place that is
 * looked at leaves it.  Which lines have CPUs and breakpoints is looked up for each drawing.
 */
#include "ui/view_code.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "service/disasm.h"
#include "service/lines.h"
#include "service/loader.h"
#include "session/breakpoints.h"
#include "session/code.h"
#include "session/explain.h"
#include "session/names.h"
#include "ui/keys.h"
#include "ui/words.h"

enum { MODE_SOURCE, MODE_MIXED, MODE_DISASSEMBLY, MODE_COUNT };

enum {
	INSN_MAX = 4096,		/* instructions of one function that are listed */
	INSN_UNNAMED = 64,		/* of code without a symbol */
	SOURCE_MAX = 100000,		/* lines of one file */
	MIXED_GAP = 12,			/* source lines between two instructions that are shown as well */
	TAB_COLUMNS = 8,
};

/* A line of the list: source when insn is false. */
struct row {
	bool is_insn;
	unsigned number;	/* source line, 0: none */
	gva_t addr;		/* instruction */
};

/* Something that stands on a line: a CPU or a breakpoint, by instruction and by source line. */
struct spot {
	gva_t addr;
	gpa_t pa;
	struct lines_place place;	/* file NULL: none */
	unsigned cpu;
};

struct code {
	VEC(struct row) rows;
	const char *file;		/* source of these rows, NULL: none; borrowed from the line table */
	gva_t from, to;			/* addresses of these rows when they are instructions */
	gva_t any;			/* an address with a line of `file` */
	uint64_t epoch;			/* of the model, when the rows were made */
	unsigned mode;
	VEC(struct spot) cpus, breaks;
};

static const struct loaded *loaded_of(const struct view *view)
{
	return session_loaded(view->model->session);
}

/* ---- what the list is ---- */

static struct code *code_of(struct view *view)
{
	if (!view->state)
		view->state = xzalloc(sizeof(struct code));
	return view->state;
}

static bool has_source(const struct view *view, gva_t addr, struct lines_place *place)
{
	return loaded_find_line(loaded_of(view), addr, place) &&
	       loaded_line_text(loaded_of(view), addr, place->file, place->line);
}

/* Bounds of the function that ADDR is in. */
static void function_bounds(const struct view *view, gva_t addr, gva_t *from, gva_t *to)
{
	struct name name, other;
	uint64_t offset, size, other_offset;

	if (!names_at(loaded_of(view), addr, &name, &offset)) {
		*from = addr & ~UINT64_C(3);
		*to = *from + INSN_UNNAMED * 4;
		return;
	}
	*from = addr - offset;
	for (size = name.size; !name.size && size < INSN_MAX * 4; size += 4)
		if (!names_at(loaded_of(view), *from + size, &other, &other_offset) || strcmp(other.text, name.text))
			break;
	*to = *from + (size < INSN_MAX * 4 ? size : INSN_MAX * 4);
}

static void add_row(struct code *code, bool is_insn, unsigned number, gva_t addr)
{
	vec_add(&code->rows, ((struct row){ is_insn, number, addr }));
}

static void list_file(const struct view *view, struct code *code)
{
	for (unsigned n = 1; n < SOURCE_MAX && loaded_line_text(loaded_of(view), code->any, code->file, n); n++)
		add_row(code, false, n, 0);
}

/* The source lines that lead to line NUMBER, LAST having been shown before. */
static void list_source_before(struct code *code, unsigned last, unsigned number)
{
	bool is_near = last && number > last && number - last <= MIXED_GAP;

	for (unsigned n = is_near ? last + 1 : number; n <= number; n++)
		add_row(code, false, n, 0);
}

static void list_instructions(const struct view *view, struct code *code, bool is_mixed)
{
	unsigned last = 0;

	for (gva_t addr = code->from; addr < code->to; addr += 4) {
		struct lines_place place;
		bool has_line = loaded_find_line(loaded_of(view), addr, &place);

		if (is_mixed && has_line && place.line != last && code->file && !strcmp(place.file, code->file))
			list_source_before(code, last, place.line);
		last = has_line ? place.line : last;
		add_row(code, true, has_line ? place.line : 0, addr);
	}
}

/* Do the rows show ADDR, whose line is PLACE, in MODE already? */
static bool is_listed(const struct view *view, const struct code *code, gva_t addr, const struct lines_place *place,
		      unsigned mode)
{
	if (!code->rows.len || code->mode != mode || code->epoch != view->model->epoch)
		return false;
	if (mode == MODE_SOURCE)
		return code->file && !strcmp(code->file, place->file);
	return addr >= code->from && addr < code->to;
}

static void list_again(struct view *view, struct code *code, gva_t addr)
{
	struct lines_place place = { NULL, 0 };
	bool is_source = has_source(view, addr, &place);
	unsigned mode = is_source ? view->group : MODE_DISASSEMBLY;

	if (is_listed(view, code, addr, &place, mode))
		return;
	vec_clear(&code->rows);
	code->mode = mode;
	code->epoch = view->model->epoch;
	code->file = is_source ? place.file : NULL;
	code->any = addr;
	function_bounds(view, addr, &code->from, &code->to);
	if (mode == MODE_SOURCE)
		list_file(view, code);
	else
		list_instructions(view, code, mode == MODE_MIXED);
}

/* ---- what stands on its lines ---- */

static struct spot spot_at(const struct view *view, gva_t addr, unsigned cpu)
{
	struct spot spot = { .addr = addr, .cpu = cpu };

	if (!names_physical(loaded_of(view), cpu, addr, &spot.pa))
		spot.pa = UINT64_MAX;
	if (!loaded_find_line(loaded_of(view), addr, &spot.place))
		spot.place.file = NULL;
	return spot;
}

static void find_spots(const struct view *view, struct code *code)
{
	const struct breakpoints *bp = session_breakpoints(view->model->session);
	struct machine *machine = model_machine(view->model);

	vec_clear(&code->cpus);
	vec_clear(&code->breaks);
	for (unsigned n = 0; n < machine_cpu_count(machine); n++) {
		const struct cpu *cpu = machine_cpu_const(machine, n);

		if (cpu_state(cpu) != CPU_OFF)
			vec_add(&code->cpus, spot_at(view, cpu_get_reg(cpu, CPU_PC), n));
	}
	for (size_t i = 0; i < breakpoints_count(bp); i++)
		if (breakpoints_at(bp, i)->kind == BREAKPOINT_CODE)
			vec_add(&code->breaks,
				spot_at(view, breakpoints_at(bp, i)->va, session_focus(view->model->session)));
}

/* Is SPOT on ROW? */
static bool is_on(const struct view *view, const struct code *code, const struct row *row, const struct spot *spot)
{
	gpa_t pa;

	if (!row->is_insn)
		return code->mode == MODE_SOURCE && spot->place.file && spot->place.line == row->number &&
		       !strcmp(spot->place.file, code->file);
	return names_physical(loaded_of(view), spot->cpu, row->addr, &pa) && pa == spot->pa;
}

static size_t row_of(const struct view *view, const struct code *code, gva_t addr)
{
	struct spot spot = spot_at(view, addr, session_focus(view->model->session));

	for (size_t i = 0; i < code->rows.len; i++)
		if (is_on(view, code, &code->rows.item[i], &spot))
			return i;
	return 0;
}

static void prepare(struct view *view)
{
	struct code *code = code_of(view);
	gva_t addr = model_code_address(view->model);

	if (!view->is_free || !code->rows.len || code->epoch != view->model->epoch)
		list_again(view, code, addr);
	find_spots(view, code);
	view->count = code->rows.len;
	if (!view->is_free)
		view->cursor = row_of(view, code, addr);
}

static void title(const struct view *view, struct line *out)
{
	struct strbuf place = STRBUF_INIT;
	gva_t addr = model_code_address(view->model);
	struct lines_place at;
	const char *slash;

	line_printf(out, STYLE_TITLE, "CPU%u", session_focus(view->model->session));
	if (loaded_find_line(loaded_of(view), addr, &at)) {
		slash = strrchr(at.file, '/');
		line_printf(out, STYLE_TITLE, " · %s", slash ? slash + 1 : at.file);
	}
	model_place(view->model, addr, &place);
	line_printf(out, STYLE_TITLE, " · %s%s", view->model->is_looking ? "looking at " : "", strbuf_text(&place));
	strbuf_free(&place);
}

/* ---- a line ---- */

/* Column 0: breakpoint.  Columns 1 to 4: CPUs that are here, "1", "12", "1+", and an arrow. */
static enum style add_marks(const struct view *view, const struct code *code, const struct row *row, struct line *out)
{
	unsigned focus = session_focus(view->model->session), count = 0, shown = 0;
	bool is_break = false, is_focus = false;

	for (size_t i = 0; i < code->breaks.len; i++)
		is_break |= is_on(view, code, row, &code->breaks.item[i]);
	for (size_t i = 0; i < code->cpus.len; i++) {
		const struct spot *spot = &code->cpus.item[i];

		if (!is_on(view, code, row, spot))
			continue;
		is_focus |= spot->cpu == focus;
		shown = !count++ || spot->cpu == focus ? spot->cpu : shown;
	}
	line_add(out, is_break ? STYLE_BREAKPOINT : STYLE_NORMAL, is_break ? "●" : " ");
	if (!count) {
		line_add(out, STYLE_NORMAL, "    ");
		return STYLE_NORMAL;
	}
	line_printf(out, is_focus ? STYLE_CURRENT : STYLE_DIM, "%2u%s▸", shown, count > 1 ? "+" : " ");
	return is_focus ? STYLE_CURRENT : STYLE_NORMAL;
}

/* TEXT with its tabs as blanks; free() it. */
static char *untabbed(const char *text)
{
	struct strbuf out = STRBUF_INIT;

	for (; *text; text++) {
		strbuf_putc(&out, *text == '\t' ? ' ' : *text);
		while (*text == '\t' && out.len % TAB_COLUMNS)
			strbuf_putc(&out, ' ');
	}
	return strbuf_steal(&out);
}

/* Where the comment of a source line starts; its length when there is none. */
static size_t comment_start(const char *text)
{
	size_t blank = strspn(text, " ");
	const char *slashes = strstr(text, "//"), *block = strstr(text, "/*");

	if (text[blank] == '*')
		return blank;
	if (slashes && (!block || slashes < block))
		return (size_t)(slashes - text);
	return block ? (size_t)(block - text) : strlen(text);
}

static void add_source(const struct view *view, const struct code *code, const struct row *row, enum style style,
		       struct line *out)
{
	const char *raw = loaded_line_text(loaded_of(view), code->any, code->file, row->number);
	char *text = untabbed(raw ? raw : "");
	size_t comment = comment_start(text);
	enum style code_style = row->is_insn || style == STYLE_CURRENT || code->mode == MODE_SOURCE ? style : STYLE_DIM;

	line_printf(out, STYLE_DIM, "%5u ", row->number);
	line_printf(out, code_style, "%.*s", (int)comment, text);
	line_add(out, STYLE_COMMENT, text + comment);
	free(text);
}

static void add_insn(const struct view *view, const struct row *row, enum style style, struct line *out)
{
	struct code_line insn;
	struct name name;
	uint64_t offset;

	if (names_at(loaded_of(view), row->addr, &name, &offset))
		line_printf(out, STYLE_DIM, "%+6" PRId64 " ", (int64_t)offset);
	else
		line_printf(out, STYLE_DIM, "%16" PRIx64 " ", row->addr);
	if (!code_at(view->model->session, row->addr, &insn)) {
		line_add(out, STYLE_DIM, "(nothing is mapped here)");
		return;
	}
	line_printf(out, style, " %-7s %s", insn.insn.mnemonic, insn.insn.operands);
}

/* Whether the conditional branch at the PC of the CPU in focus will be taken. */
static void add_outcome(const struct view *view, struct line *out)
{
	enum { COLUMN = 44, WORDS = 18 };
	const struct cpu *cpu = model_cpu(view->model);
	struct code_line insn;
	int reg, column = view->width - WORDS < COLUMN ? view->width - WORDS : COLUMN;
	bool is_taken;

	if (!code_at(view->model->session, cpu_get_reg(cpu, CPU_PC), &insn) || !insn.insn.is_conditional)
		return;
	reg = disasm_branch_register(insn.word);
	is_taken = disasm_is_taken(insn.word, (unsigned)(cpu_get_reg(cpu, CPU_PSTATE) >> 28 & 0xf),
				   reg >= 0 && reg < 31 ? cpu_get_reg(cpu, reg) : 0);
	line_pad(out, column);
	line_add(out, STYLE_EXPLAIN, is_taken ? "will be taken" : "will not be taken");
}

static void line(struct view *view, size_t index, struct line *out)
{
	const struct code *code = view->state;
	const struct row *row = &code->rows.item[index];
	enum style style = add_marks(view, code, row, out);

	if (row->is_insn)
		add_insn(view, row, style, out);
	else
		add_source(view, code, row, style, out);
	if (style == STYLE_CURRENT)
		add_outcome(view, out);
}

/* ---- below the list: the next instruction in words ---- */

static bool footer(struct view *view, size_t index, struct line *out)
{
	enum { LINES = 3, MARGIN = 4 };
	struct strbuf words = STRBUF_INIT;
	size_t at = 0, start, len;
	bool is_there = index < LINES;

	explain_next(view->model->session, session_focus(view->model->session), &words);
	for (size_t i = 0; is_there && i <= index; i++)
		is_there = words_wrap(strbuf_text(&words), view->width - MARGIN, &at, &start, &len);
	if (is_there) {
		line_add(out, STYLE_ARROW, index ? "   " : " ▸ ");
		line_printf(out, STYLE_EXPLAIN, "%.*s", (int)len, words.text + start);
	}
	strbuf_free(&words);
	return is_there;
}

/* ---- keys ---- */

bool view_code_address(const struct view *view, gva_t *addr)
{
	const struct code *code = view->state;
	const struct loaded_image *image;
	const struct row *row;
	uint64_t link;

	if (!code || view->cursor >= code->rows.len)
		return false;
	row = &code->rows.item[view->cursor];
	if (row->is_insn) {
		*addr = row->addr;
		return true;
	}
	image = loaded_find_image(loaded_of(view), code->any, &link);
	if (!image || !lines_find_addr(image->lines, code->file, row->number, addr))
		return false;
	/* The same bias that the file's known address has between link and run time. */
	*addr += code->any - link;
	return true;
}

static bool key(struct view *view, int key, struct strbuf *command)
{
	gva_t addr;

	switch (key) {
	case UI_KEY_RIGHT: case 'l':
		view->group = (view->group + 1) % MODE_COUNT;
		view->is_free = false;
		return true;
	case UI_KEY_LEFT: case 'h':
		view->group = (view->group + MODE_COUNT - 1) % MODE_COUNT;
		view->is_free = false;
		return true;
	case UI_KEY_ENTER: case '\n':
		if (view_code_address(view, &addr))
			strbuf_printf(command, "until cpu%u:0x%" PRIx64, session_focus(view->model->session), addr);
		return true;
	}
	return false;
}

static void free_state(struct view *view)
{
	struct code *code = view->state;

	if (!code)
		return;
	vec_free(&code->rows);
	vec_free(&code->cpus);
	vec_free(&code->breaks);
	free(code);
}

const struct view_ops view_code = {
	"code",
	"The code that the CPU in focus runs, with the place of every CPU in it.\n"
	"\n"
	"1▸ marks the next instruction of CPU 1; ● a breakpoint.  With several CPUs on a line, + follows the number.\n"
	"The lines at the bottom say what the next instruction will do, with the values it has now.\n"
	"\n"
	"  Left Right  source, source with instructions, instructions\n"
	"  Enter       run the CPU in focus to the line of the cursor\n"
	"  b t         breakpoint on that line, for good or for once\n"
	"  *           show the code of the symbol on that line; C-o comes back\n"
	"  .           back to the next instruction\n",
	title, prepare, line, footer, key, free_state, NULL,
};
