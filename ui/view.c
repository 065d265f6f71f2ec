/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view.c: what all lists can do.
 */
#include "ui/view.h"

#include <string.h>

static const struct view_ops *const kinds[VIEW_COUNT] = {
	[VIEW_CODE] = &view_code,
	[VIEW_REGS] = &view_regs,
	[VIEW_TABLES] = &view_tables,
	[VIEW_MONITORS] = &view_monitors,
	[VIEW_MILESTONES] = &view_milestones,
	[VIEW_TIMELINE] = &view_timeline,
	[VIEW_CONSOLE] = &view_console,
	[VIEW_MEMORY] = &view_memory,
	[VIEW_TREE] = &view_tree,
	[VIEW_PSCI] = &view_psci,
	[VIEW_EVENTS] = &view_events,
	[VIEW_LESSON] = &view_lesson,
	[VIEW_OUTPUT] = &view_output,
	[VIEW_HELP] = &view_help,
};

const struct view_ops *view_ops_at(enum view_id id)
{
	return kinds[id];
}

int view_find_name(const char *name)
{
	for (int id = 0; *name && id < VIEW_COUNT; id++)
		if (!strncmp(kinds[id]->name, name, strlen(name)))
			return id;
	return -1;
}

void view_init(struct view *view, enum view_id id, const struct model *model)
{
	*view = (struct view){ .ops = kinds[id], .model = model, .found = STRBUF_INIT };
}

void view_release(struct view *view)
{
	if (view->ops->free)
		view->ops->free(view);
	strbuf_free(&view->found);
}

/* ---- moving ---- */

bool view_is_text(const struct view *view)
{
	return view->ops == &view_help || view->ops == &view_output ||
	       (view->ops == &view_lesson && view->model->play);
}

size_t view_lines_below(const struct view *view)
{
	size_t end = view->top + (size_t)(view->height > 0 ? view->height : 0);

	return view->count > end ? view->count - end : 0;
}

/* Lines kept in sight around the cursor. */
static size_t margin_of(const struct view *view)
{
	return view->height > 6 ? 2 : 0;
}

/* Where a move by DELTA begins: at the cursor, or in text at the edge, beyond which it scrolls. */
static long start_of_move(const struct view *view, long delta)
{
	long cursor = (long)view->cursor, margin = (long)margin_of(view);
	long upper = (long)view->top + margin, lower = (long)view->top + view->height - 1 - margin;

	if (!view_is_text(view))
		return cursor;
	if (delta > 0 && view_lines_below(view) && cursor < lower)
		return lower;
	return delta < 0 && view->top && cursor > upper ? upper : cursor;
}

void view_move(struct view *view, long delta)
{
	long to = start_of_move(view, delta) + delta;
	long last = view->count ? (long)view->count - 1 : 0;

	view->is_free = true;
	view->cursor = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

bool view_point(struct view *view, int row)
{
	size_t line = view->top + (size_t)row;

	if (row < 0 || row >= view->height || line >= view->count)
		return false;
	view->cursor = line;
	view->is_free = true;
	return true;
}

void view_scroll_sideways(struct view *view, int delta)
{
	view->skip += delta;
	if (view->skip < 0)
		view->skip = 0;
}

/* Keep the cursor in sight, with some lines around it where there is room. */
static void scroll_to_cursor(struct view *view)
{
	size_t height = view->height > 0 ? (size_t)view->height : 1;
	size_t margin = margin_of(view);

	if (view->cursor >= view->count)
		view->cursor = view->count ? view->count - 1 : 0;
	if (view->cursor < view->top + margin)
		view->top = view->cursor > margin ? view->cursor - margin : 0;
	if (view->cursor + margin >= view->top + height)
		view->top = view->cursor + margin + 1 - height;
	if (view->top + height > view->count)
		view->top = view->count > height ? view->count - height : 0;
}

/* ---- searching ---- */

static const char *line_at(struct view *view, size_t index, struct line *line)
{
	line_clear(line);
	view->ops->line(view, index, line);
	return line_text(line);
}

bool view_search(struct view *view, const char *text, bool is_up)
{
	struct line line = LINE_INIT;
	size_t at = view->cursor;
	bool is_found = false;

	if (text != strbuf_text(&view->found)) {
		strbuf_clear(&view->found);
		strbuf_puts(&view->found, text);
	}
	for (size_t i = 0; i < view->count && !is_found; i++) {
		at = is_up ? (at ? at : view->count) - 1 : (at + 1) % view->count;
		is_found = *text && strcasestr(line_at(view, at, &line), text);
	}
	if (is_found) {
		view->cursor = at;
		view->is_free = true;
	}
	line_free(&line);
	return is_found;
}

void view_current_text(struct view *view, struct strbuf *out)
{
	struct line line = LINE_INIT;

	if (view->cursor < view->count)
		strbuf_puts(out, line_at(view, view->cursor, &line));
	line_free(&line);
}

/* ---- drawing ---- */

static void mark_found(const struct view *view, struct line *line)
{
	const char *text = strbuf_text(&view->found), *at = line_text(line);
	size_t len = strlen(text);

	while (len && (at = strcasestr(at, text))) {
		size_t start = (size_t)(at - line_text(line));

		memset(line->styles.text + start, STYLE_FOUND, len);
		at += len;
	}
}

static int draw_footer(struct view *view, const struct area *area)
{
	enum { FOOTER_MAX = 4 };
	struct line lines[FOOTER_MAX] = { LINE_INIT, LINE_INIT, LINE_INIT, LINE_INIT };
	int count = 0;

	while (view->ops->footer && count < FOOTER_MAX && view->ops->footer(view, (size_t)count, &lines[count]))
		count++;
	/* The list goes first where there is little room. */
	if (count * 3 > area->height)
		count = area->height / 3;
	for (int i = 0; i < FOOTER_MAX; i++) {
		if (i < count)
			area_line(area, area->height - count + i, &lines[i], 0);
		line_free(&lines[i]);
	}
	return count;
}

void view_draw(struct view *view, const struct area *area, bool is_focused)
{
	struct line line = LINE_INIT;
	int footer;

	view->width = area->width;
	view->height = area->height;
	view->ops->prepare(view);
	footer = draw_footer(view, area);
	view->height = area->height - footer;
	scroll_to_cursor(view);
	for (int row = 0; row < view->height && view->top + (size_t)row < view->count; row++) {
		size_t index = view->top + (size_t)row;

		line_clear(&line);
		view->ops->line(view, index, &line);
		mark_found(view, &line);
		area_line(area, row, &line, view->skip);
		if (is_focused && index == view->cursor)
			area_select(area, row);
	}
	line_free(&line);
}
