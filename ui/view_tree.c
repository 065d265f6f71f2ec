/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_tree.c: the device tree as the kernel gets it, what is wrong with it first.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "service/board_desc.h"
#include "service/dtb.h"
#include "service/loader.h"
#include "ui/view.h"

/* A line: a style and its text. */
struct tree_line { enum style style; char *text; };

struct tree {
	VEC(struct tree_line) lines;
	uint64_t epoch;			/* of the model, when they were made, plus one */
};

/* ---- the lines ---- */

static void add(struct tree *tree, enum style style, struct strbuf *text)
{
	vec_add(&tree->lines, ((struct tree_line){ style, strbuf_steal(text) }));
}

static void clear(struct tree *tree)
{
	for (size_t i = 0; i < tree->lines.len; i++)
		free(tree->lines.item[i].text);
	vec_clear(&tree->lines);
}

static void add_problems(struct tree *tree, const struct board_desc *desc)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < desc->problems.len; i++) {
		strbuf_printf(&text, "%s: %s", desc->problems.item[i].is_fatal ? "cannot boot" : "note",
			      desc->problems.item[i].text);
		add(tree, desc->problems.item[i].is_fatal ? STYLE_FAULT : STYLE_CHANGED, &text);
	}
	for (size_t i = 0; i < desc->cpus.len; i++) {
		if (!desc->cpus.item[i].problem)
			continue;
		strbuf_printf(&text, "refused: %s: %s", desc->cpus.item[i].path, desc->cpus.item[i].problem);
		add(tree, STYLE_FAULT, &text);
	}
}

/* Strings that end with a NUL and can be printed, as dtc decides it. */
static bool is_text(const uint8_t *data, size_t len)
{
	if (!len || data[len - 1] || !data[0])
		return false;
	for (size_t i = 0; i < len; i++)
		if ((data[i] && !isprint(data[i])) || (!data[i] && i && !data[i - 1]))
			return false;
	return true;
}

static void put_value(const uint8_t *data, size_t len, struct strbuf *out)
{
	if (is_text(data, len)) {
		for (size_t at = 0; at < len; at += strlen((const char *)data + at) + 1)
			strbuf_printf(out, "%s\"%s\"", at ? ", " : "", (const char *)data + at);
		return;
	}
	strbuf_puts(out, len % 4 ? "[" : "<");
	for (size_t at = 0; at < len; at += len % 4 ? 1 : 4)
		strbuf_printf(out, len % 4 ? "%s%02" PRIx64 : "%s0x%" PRIx64, at ? " " : "",
			      dtb_read_cells(data + at, 1) >> (len % 4 ? 24 : 0));
	strbuf_puts(out, len % 4 ? "]" : ">");
}

static void add_properties(struct tree *tree, const struct dtb *dtb, const struct dtb_walk *walk)
{
	struct strbuf text = STRBUF_INIT;
	const uint8_t *data;
	const char *name;
	size_t len;

	for (size_t i = 0; (data = dtb_prop_at(dtb, walk->node[walk->depth], i, &name, &len)); i++) {
		strbuf_printf(&text, "%*s%s", walk->depth * 2 + 2, "", name);
		if (len) {
			strbuf_puts(&text, " = ");
			put_value(data, len, &text);
		}
		add(tree, STYLE_NORMAL, &text);
	}
}

/* Nodes that nothing implements are dim, as those in the report's list are. */
static enum style node_style(const struct board_desc *desc, const char *path)
{
	for (size_t i = 0; i < desc->ignored.len; i++)
		if (!strcmp(desc->ignored.item[i], path))
			return STYLE_DIM;
	return STYLE_HEADING;
}

static void add_nodes(struct tree *tree, const struct loaded *loaded)
{
	struct strbuf text = STRBUF_INIT, path = STRBUF_INIT;

	for (struct dtb_walk walk = dtb_walk_start(); dtb_walk_next(loaded->dtb, &walk);) {
		const char *name = dtb_node_name(loaded->dtb, walk.node[walk.depth]);
		enum style style;

		strbuf_clear(&path);
		dtb_walk_path(loaded->dtb, &walk, &path);
		style = node_style(loaded->desc, strbuf_text(&path));
		strbuf_printf(&text, "%*s%s%s", walk.depth * 2, "", *name ? name : "/",
			      style == STYLE_DIM ? "  (ignored here)" : "");
		add(tree, style, &text);
		add_properties(tree, loaded->dtb, &walk);
	}
	strbuf_free(&path);
}

static void prepare(struct view *view)
{
	const struct loaded *loaded = session_loaded(view->model->session);
	struct tree *tree;

	if (!view->state)
		view->state = xzalloc(sizeof(struct tree));
	tree = view->state;
	if (tree->epoch != view->model->epoch + 1) {
		clear(tree);
		tree->epoch = view->model->epoch + 1;
		add_problems(tree, loaded->desc);
		add_nodes(tree, loaded);
	}
	view->count = tree->lines.len;
}

static void title(const struct view *view, struct line *out)
{
	const struct board_desc *desc = session_loaded(view->model->session)->desc;

	if (desc->problems.len)
		line_printf(out, STYLE_FAULT, "%zu problem%s", desc->problems.len, desc->problems.len == 1 ? "" : "s");
	else
		line_add(out, STYLE_TITLE, "no problems");
}

static void line(struct view *view, size_t index, struct line *out)
{
	const struct tree *tree = view->state;

	line_add(out, tree->lines.item[index].style, tree->lines.item[index].text);
}

static void free_state(struct view *view)
{
	struct tree *tree = view->state;

	if (!tree)
		return;
	clear(tree);
	vec_free(&tree->lines);
	free(tree);
}

const struct view_ops view_tree = {
	"devicetree",
	"The device tree as the kernel gets it, after -c, -m and -a rewrote it; what is wrong with it stands first.\n"
	"\n"
	"Nodes that nothing here implements are dim.  :info dt says what was made of the tree.\n",
	title, prepare, line, NULL, NULL, free_state, NULL,
};
