/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_memory.c: memory as 64-bit words, their meanings, and characters.
 *
 * Addresses are as the CPU in focus sees them.  Devices are read without side effects.
 */
#include <ctype.h>
#include <inttypes.h>

#include "session/names.h"
#include "ui/keys.h"
#include "ui/view.h"

enum {
	LINES = 1024,
	WIDE = 72,		/* columns from which a line has two words */
};

static unsigned words_in_line(const struct view *view)
{
	return view->width >= WIDE ? 2 : 1;
}

static gva_t start_of(const struct view *view)
{
	gva_t start = view->model->has_memory ? view->model->memory : cpu_get_reg(model_cpu(view->model), CPU_SP);

	return start & ~UINT64_C(15);
}

static void prepare(struct view *view)
{
	view->count = LINES;
	if (!view->is_free)
		view->cursor = 0;
}

static void title(const struct view *view, struct line *out)
{
	struct strbuf place = STRBUF_INIT;

	model_place(view->model, start_of(view), &place);
	line_printf(out, STYLE_TITLE, "%s%s", view->model->has_memory ? "" : "stack · ", strbuf_text(&place));
	strbuf_free(&place);
}

static bool read_word(const struct view *view, gva_t addr, uint64_t *word)
{
	gpa_t pa;

	return names_physical(session_loaded(view->model->session), session_focus(view->model->session), addr, &pa) &&
	       machine_peek(model_machine(view->model), pa, word, sizeof(*word));
}

static void add_characters(uint64_t word, struct line *out)
{
	for (unsigned i = 0; i < 64; i += 8) {
		int c = (int)(word >> i & 0xff);

		line_printf(out, STYLE_DIM, "%c", c < 0x80 && isprint(c) ? c : '.');
	}
}

static void line(struct view *view, size_t index, struct line *out)
{
	unsigned count = words_in_line(view);
	gva_t addr = start_of(view) + index * count * 8;
	uint64_t words[2] = { 0, 0 };
	bool is_there = true;

	line_printf(out, STYLE_DIM, "%016" PRIx64 "  ", addr);
	for (unsigned i = 0; i < count && is_there; i++) {
		is_there = read_word(view, addr + i * 8, &words[i]);
		line_printf(out, is_there ? STYLE_NORMAL : STYLE_DIM,
			    is_there ? "%016" PRIx64 " " : "nothing is mapped here", words[i]);
	}
	for (unsigned i = 0; i < count && is_there; i++)
		add_characters(words[i], out);
	for (unsigned i = 0; i < count && is_there; i++) {
		struct strbuf meaning = STRBUF_INIT;

		model_meaning(view->model, words[i], &meaning);
		line_printf(out, STYLE_SYMBOL, " %s", words[i] == UINT64_MAX ? "" : strbuf_text(&meaning));
		strbuf_free(&meaning);
	}
}

const struct view_ops view_memory = {
	"memory",
	"Memory from an address on, in 64-bit words; names stand behind words that are addresses.\n"
	"\n"
	"  :view memory EXPR  from there on, like branch_table or cpu1.sp; without EXPR the stack of the CPU in focus\n"
	"  :x/8xg EXPR        the same once, in the command's output\n"
	"  :set mem64[EXPR]=V changes it\n"
	"  :who EXPR          who wrote it last\n",
	title, prepare, line, NULL, NULL, NULL, NULL,
};
