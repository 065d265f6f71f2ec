/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_milestones.c: the road from reset to idle as a tree: rows of the overview, in them the functions, in those
 * what each one does.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "service/loader.h"
#include "session/reached.h"
#include "ui/keys.h"
#include "ui/view.h"
#include "ui/words.h"

enum { ROW_SPIN_TABLE = 23, ROW_HVC = 24, ROW_COUNT = 24, NOTHING = -1 };

/* Rows as they are passed: the other enable-method and the other conduit stand where they belong. */
static const unsigned order[ROW_COUNT] = {
	1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, ROW_SPIN_TABLE, 15, 16, ROW_HVC, 17, 18, 19, 20, 21, 22,
};

/* A line: a row (index NOTHING), a milestone, or a piece of a milestone's text. */
struct item {
	unsigned row;
	int index;
	size_t start, len;	/* of the text; len 0: the milestone itself */
};

struct tree {
	bool is_open[ROW_COUNT + 1];
	int open;			/* milestone whose text is shown, or NOTHING */
	int now;			/* the newest milestone, or NOTHING */
	unsigned shown;			/* the row that is open because the boot stood there; 0: none */
	VEC(struct item) items;
};

static const struct reached *reached_of(const struct view *view)
{
	return session_reached(view->model->session);
}

static struct tree *tree_of(struct view *view)
{
	if (!view->state) {
		struct tree *tree = xzalloc(sizeof(*tree));

		tree->open = tree->now = NOTHING;
		view->state = tree;
	}
	return view->state;
}

/* ---- what there is ---- */

/* Does ROW belong to how this board brings up CPUs? */
static bool is_row_here(const struct view *view, unsigned row)
{
	const struct loaded *loaded = session_loaded(view->model->session);

	if (row == ROW_SPIN_TABLE)
		return loaded->method == METHOD_SPIN_TABLE;
	if (row == ROW_HVC)
		return loaded->method == METHOD_PSCI_HVC;
	if (row == 16 || row == 17)
		return loaded->method == METHOD_PSCI_SMC;
	for (size_t i = 0; i < reached_count(reached_of(view)); i++)
		if (milestones_at(i)->row == row && reached_at(reached_of(view), i)->symbol)
			return true;
	return false;
}

/* The milestone that was the last one to be passed for the first time: how far the road was gone. */
static int find_now(const struct view *view)
{
	uint64_t latest = 0;
	int now = NOTHING;

	for (size_t i = 0; i < reached_count(reached_of(view)); i++) {
		const struct reached_state *state = reached_at(reached_of(view), i);

		if (state->times && state->first_t >= latest) {
			latest = state->first_t;
			now = (int)i;
		}
	}
	return now;
}

static void add_text(struct view *view, struct tree *tree, const struct item *milestone)
{
	enum { INDENT = 8 };
	const char *text = milestones_at((size_t)milestone->index)->text;
	struct item item = *milestone;
	size_t at = 0;

	while (words_wrap(text, view->width - INDENT, &at, &item.start, &item.len))
		vec_add(&tree->items, item);
}

static void add_milestones(struct view *view, struct tree *tree, unsigned row)
{
	for (size_t i = 0; i < milestones_count(); i++) {
		struct item item = { row, (int)i, 0, 0 };

		if (milestones_at(i)->row != row || !reached_at(reached_of(view), i)->symbol)
			continue;
		if ((int)i == tree->now && !view->is_free)
			view->cursor = tree->items.len;
		vec_add(&tree->items, item);
		if (tree->open == (int)i)
			add_text(view, tree, &item);
	}
}

static bool is_row_open(const struct tree *tree, unsigned row)
{
	return tree->is_open[row] || tree->shown == row;
}

static void prepare(struct view *view)
{
	struct tree *tree = tree_of(view);
	int now = find_now(view);
	unsigned now_row = now == NOTHING ? 0 : milestones_at((size_t)now)->row;

	tree->now = now;
	if (!view->is_free) {
		tree->shown = now_row;
		view->cursor = 0;
	}
	vec_clear(&tree->items);
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (!is_row_here(view, order[i]))
			continue;
		if (!view->is_free && order[i] == now_row)
			view->cursor = tree->items.len;
		vec_add(&tree->items, ((struct item){ order[i], NOTHING, 0, 0 }));
		if (is_row_open(tree, order[i]))
			add_milestones(view, tree, order[i]);
	}
	view->count = tree->items.len;
}

static void title(const struct view *view, struct line *out)
{
	const struct reached *reached = reached_of(view);
	size_t done = 0, all = 0;

	for (size_t i = 0; i < reached_count(reached); i++) {
		bool is_here = reached_at(reached, i)->symbol && is_row_here(view, milestones_at(i)->row);

		all += is_here;
		done += is_here && reached_at(reached, i)->times;
	}
	line_printf(out, STYLE_TITLE, "%zu of %zu", done, all);
}

/* ---- lines ---- */

/* When something was first passed. */
struct passed {
	bool is_passed;
	int cpu;
	uint64_t t;
};

static struct passed first_of(struct passed a, bool is_passed, int cpu, uint64_t t)
{
	if (!is_passed || (a.is_passed && a.t <= t))
		return a;
	return (struct passed){ true, cpu, t };
}

/* Is ROW the secondaries' own?  Then what the boot CPU passed on its way (lookup_processor_type) does not begin it. */
static bool is_of_secondaries(unsigned row)
{
	size_t i = 0;

	while (milestones_at(i)->row != row)
		i++;
	return milestones_at(i)->who == MILESTONE_SECONDARY;
}

static struct passed row_passed(const struct view *view, unsigned row)
{
	struct passed passed = { false, 0, 0 };
	bool is_theirs = is_of_secondaries(row);

	for (size_t i = 0; i < reached_count(reached_of(view)); i++) {
		const struct reached_state *state = reached_at(reached_of(view), i);

		if (state->milestone->row == row && (!is_theirs || state->milestone->who == MILESTONE_SECONDARY))
			passed = first_of(passed, state->times > 0, state->first_cpu, state->first_t);
	}
	return passed;
}

static void add_mark(bool is_passed, bool is_now, struct line *out)
{
	if (is_now)
		line_add(out, STYLE_CURRENT, "▸ ");
	else if (is_passed)
		line_add(out, STYLE_DONE, "✓ ");
	else
		line_add(out, STYLE_TODO, "· ");
}

static void add_when(const struct view *view, const struct passed *passed, struct line *out)
{
	enum { COLUMNS = 19, LEAST_WORDS = 24 };
	struct line when = LINE_INIT;
	int column;

	line_printf(&when, STYLE_DIM, " CPU%d t=", passed->cpu);
	line_time(&when, STYLE_DIM, passed->t);
	column = view->width - (line_width(&when) > COLUMNS ? line_width(&when) : COLUMNS);
	/* Words may be cut off, a time may not: it would be another one. */
	if (passed->is_passed && column >= LEAST_WORDS) {
		if (line_width(out) >= view->width - line_width(&when))
			line_cut(out, view->width - line_width(&when));
		else if (line_width(out) < column)
			line_pad(out, column);
		line_add(out, STYLE_DIM, line_text(&when));
	}
	line_free(&when);
}

static void row_line(const struct view *view, unsigned row, struct line *out)
{
	const struct tree *tree = view->state;
	struct passed passed = row_passed(view, row);
	bool is_now = tree->now != NOTHING && milestones_at((size_t)tree->now)->row == row;

	add_mark(passed.is_passed, is_now, out);
	line_add(out, passed.is_passed ? STYLE_NORMAL : STYLE_TODO, milestones_row_title(row));
	add_when(view, &passed, out);
}

static void milestone_line(const struct view *view, int index, struct line *out)
{
	const struct tree *tree = view->state;
	const struct reached_state *state = reached_at(reached_of(view), (size_t)index);
	struct passed passed = { state->times > 0, state->first_cpu, state->first_t };
	bool is_new = passed.is_passed && state->last_t >= changes_time(view->model->changes);

	line_add(out, STYLE_NORMAL, "    ");
	add_mark(passed.is_passed, tree->now == index, out);
	line_add(out, is_new ? STYLE_CHANGED : passed.is_passed ? STYLE_SYMBOL : STYLE_TODO, state->symbol);
	if (strcmp(state->milestone->title, state->symbol))
		line_printf(out, STYLE_DIM, "  %s", state->milestone->title);
	if (state->times > 1)
		line_printf(out, STYLE_DIM, " ×%" PRIu64, state->times);
	add_when(view, &passed, out);
}

static void line(struct view *view, size_t index, struct line *out)
{
	const struct tree *tree = view->state;
	const struct item *item = &tree->items.item[index];

	if (item->index == NOTHING)
		row_line(view, item->row, out);
	else if (!item->len)
		milestone_line(view, item->index, out);
	else
		line_printf(out, STYLE_EXPLAIN, "        %.*s", (int)item->len,
			    milestones_at((size_t)item->index)->text + item->start);
}

/* ---- keys ---- */

static void toggle(struct view *view, const struct item *item, bool is_open)
{
	struct tree *tree = view->state;

	view->is_free = true;
	if (item->index == NOTHING && tree->shown == item->row)
		tree->shown = 0;
	if (item->index == NOTHING)
		tree->is_open[item->row] = is_open;
	else
		tree->open = is_open ? item->index : NOTHING;
}

/* The milestone that "run to here" means on ITEM: the first of a row that was not passed yet. */
static int target_of(const struct view *view, const struct item *item)
{
	for (size_t i = 0; item->index == NOTHING && i < milestones_count(); i++) {
		const struct reached_state *state = reached_at(reached_of(view), i);

		if (milestones_at(i)->row == item->row && state->symbol && !state->times)
			return (int)i;
	}
	return item->index;
}

static bool key(struct view *view, int key, struct strbuf *command)
{
	struct tree *tree = tree_of(view);
	const struct item *item = view->cursor < tree->items.len ? &tree->items.item[view->cursor] : NULL;
	bool is_open;

	if (!item)
		return false;
	is_open = item->index == NOTHING ? is_row_open(tree, item->row) : tree->open == item->index;
	switch (key) {
	case UI_KEY_ENTER: case '\n':
		toggle(view, item, !is_open);
		return true;
	case UI_KEY_RIGHT: case 'l':
		toggle(view, item, true);
		return true;
	case UI_KEY_LEFT: case 'h':
		toggle(view, item, false);
		return true;
	case 'u':
		if (target_of(view, item) != NOTHING)
			strbuf_printf(command, "until milestone:%s",
				      milestones_at((size_t)target_of(view, item))->name);
		return true;
	}
	return false;
}

static void free_state(struct view *view)
{
	struct tree *tree = view->state;

	if (!tree)
		return;
	vec_free(&tree->items);
	free(tree);
}

const struct view_ops view_milestones = {
	"milestones",
	"The road from reset to all CPUs idling: done ✓, the newest ▸, to come ·, with CPU and time.\n"
	"\n"
	"  Enter       open a row; on a function: what it does\n"
	"  Left Right  close, open\n"
	"  u           run until this function is passed (on a row: the first one to come)\n"
	"  *           show the function's code\n"
	"\n"
	"Functions that the compiler inlined, or that are in none of the images, are not listed.\n",
	title, prepare, line, NULL, key, free_state, NULL,
};
