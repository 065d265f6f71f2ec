/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/vt.c: rows of characters, and the sequences that move the cursor and erase (ui/vt_parse.c reads them).
 *
 * Why not libvterm: that of Debian 12, 0.1.4, crashes when a control sequence has 16 parameters or more, and never comes
 * back from a repetition (REP) of nothing; a guest may write either.  tests/fuzz/corpus/vt has both.
 */
#include "ui/vt.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "ui/vt_private.h"

#define REVERSE		UINT32_C(0x80000000)
#define CODE(cell)	((cell) & ~REVERSE)

struct vt *vt_new(void)
{
	struct vt *vt = xzalloc(sizeof(*vt));

	vt->bottom = VT_ROWS - 1;
	return vt;
}

static void free_rows(struct vt *vt, size_t count)
{
	for (size_t i = 0; i < count; i++)
		vec_free(&vt->rows.item[i]);
}

void vt_clear(struct vt *vt)
{
	free_rows(vt, vt->rows.len);
	vec_free(&vt->rows);
	*vt = (struct vt){ .bottom = VT_ROWS - 1 };
}

void vt_free(struct vt *vt)
{
	if (!vt)
		return;
	vt_clear(vt);
	free(vt);
}

/* ---- rows ---- */

static void drop_old(struct vt *vt)
{
	size_t count = VT_KEPT_MAX / 2;

	free_rows(vt, count);
	memmove(vt->rows.item, vt->rows.item + count, (vt->rows.len - count) * sizeof(vt->rows.item[0]));
	vt->rows.len -= count;
	vt->top -= count;
}

/* Row ROW of the screen. */
static struct vt_row *row_at(struct vt *vt, unsigned row)
{
	if (vt->rows.len >= VT_KEPT_MAX && vt->top > VT_KEPT_MAX / 2)
		drop_old(vt);
	while (vt->rows.len <= vt->top + row)
		vec_add(&vt->rows, ((struct vt_row)VEC_INIT));
	return &vt->rows.item[vt->top + row];
}

/* Row ROW has at least LEN cells. */
static struct vt_row *row_to(struct vt *vt, unsigned row, size_t len)
{
	struct vt_row *cells = row_at(vt, row);

	while (cells->len < len)
		vec_add(cells, ' ');
	return cells;
}

/* Move the rows FIRST to LAST up by one (or down); the one that leaves the whole screen at its top is kept above. */
static void scroll(struct vt *vt, unsigned first, unsigned last, bool is_up)
{
	struct vt_row *rows, gone;

	if (is_up && first == 0 && last == VT_ROWS - 1) {
		row_at(vt, 0);
		vt->top++;
		return;
	}
	row_at(vt, last);
	rows = &vt->rows.item[vt->top];
	gone = rows[is_up ? first : last];
	memmove(&rows[first + !is_up], &rows[first + is_up], (last - first) * sizeof(*rows));
	vec_clear(&gone);
	rows[is_up ? last : first] = gone;
}

void vt_line_feed(struct vt *vt)
{
	if (!vt->is_addressed)
		vt->column = 0;
	if (vt->row == vt->bottom)
		scroll(vt, vt->top_margin, vt->bottom, true);
	else if (vt->row < VT_ROWS - 1)
		vt->row++;
}

void vt_reverse_line_feed(struct vt *vt)
{
	if (vt->row == vt->top_margin)
		scroll(vt, vt->top_margin, vt->bottom, false);
	else if (vt->row)
		vt->row--;
}

void vt_put_char(struct vt *vt, uint32_t code)
{
	int width = width_of_char(code);
	struct vt_row *cells;

	if (!width)
		return;
	if (vt->column + (unsigned)width > VT_ROW_MAX) {
		vt->column = 0;
		vt_line_feed(vt);
	}
	cells = row_to(vt, vt->row, vt->column + (size_t)width);
	cells->item[vt->column++] = code | (vt->is_reverse ? REVERSE : 0);
	/* The second half of a wide character is no character. */
	if (width == 2)
		cells->item[vt->column++] = 0;
}

/* ---- what sequences do; ROW and COLUMN count from 0 ---- */

void vt_go(struct vt *vt, long row, long column)
{
	vt->row = row < 0 ? 0 : row >= VT_ROWS ? VT_ROWS - 1 : (unsigned)row;
	vt->column = column < 0 ? 0 : column >= VT_COLUMNS ? VT_COLUMNS - 1 : (unsigned)column;
}

static void erase_cells(struct vt *vt, unsigned row, size_t from, size_t to)
{
	struct vt_row *cells = row_at(vt, row);

	if (to >= cells->len && from < cells->len)
		cells->len = from;
	for (size_t i = from; i < to && i < cells->len; i++)
		cells->item[i] = ' ';
}

void vt_erase_chars(struct vt *vt, size_t count)
{
	erase_cells(vt, vt->row, vt->column, vt->column + count);
}

void vt_erase_line(struct vt *vt, long what)
{
	erase_cells(vt, vt->row, what == 0 ? vt->column : 0, what == 1 ? vt->column + 1 : SIZE_MAX);
}

/* A screen that is erased whole stays above, as it does on terminals that keep anything. */
static void push_screen(struct vt *vt)
{
	size_t end = vt->rows.len;

	while (end > vt->top && !vt->rows.item[end - 1].len)
		end--;
	if (end > vt->top)
		vt->top = end;
}

void vt_erase_screen(struct vt *vt, long what)
{
	if (what >= 2 || (what == 0 && !vt->row && !vt->column)) {
		push_screen(vt);
		return;
	}
	vt_erase_line(vt, what);
	for (unsigned row = what ? 0 : vt->row + 1; row < (what ? vt->row : VT_ROWS); row++)
		erase_cells(vt, row, 0, SIZE_MAX);
}

void vt_shift_chars(struct vt *vt, long count)
{
	struct vt_row *cells = row_to(vt, vt->row, vt->column);
	size_t behind = cells->len - vt->column, by = (size_t)(count < 0 ? -count : count);

	if (!behind)
		return;
	by = by < VT_COLUMNS ? by : VT_COLUMNS;
	if (count < 0) {
		by = by < behind ? by : behind;
		memmove(&cells->item[vt->column], &cells->item[vt->column + by], (behind - by) * sizeof(uint32_t));
		cells->len -= by;
		return;
	}
	for (size_t i = 0; i < by && cells->len < VT_ROW_MAX; i++) {
		vec_add(cells, ' ');
		memmove(&cells->item[vt->column + 1], &cells->item[vt->column],
			(cells->len - vt->column - 1) * sizeof(uint32_t));
		cells->item[vt->column] = ' ';
	}
}

void vt_shift_lines(struct vt *vt, long count)
{
	if (vt->row < vt->top_margin || vt->row > vt->bottom)
		return;
	for (long i = 0; i < labs(count) && i < VT_ROWS; i++) {
		row_at(vt, vt->bottom);
		/* Lines that are deleted, at the top of the screen too, did not scroll away. */
		if (count < 0 && !vt->row && vt->bottom == VT_ROWS - 1)
			vec_clear(row_at(vt, 0));
		scroll(vt, vt->row, vt->bottom, count < 0);
	}
}

void vt_set_margins(struct vt *vt, long top, long bottom)
{
	if (top < 0 || bottom >= VT_ROWS || top >= bottom)
		return;
	vt->top_margin = (unsigned)top;
	vt->bottom = (unsigned)bottom;
	vt_go(vt, 0, 0);
}

/* ---- looking ---- */

size_t vt_row_count(const struct vt *vt)
{
	size_t count = vt->rows.len;

	while (count && !vt->rows.item[count - 1].len)
		count--;
	return count;
}

bool vt_row_piece(const struct vt *vt, size_t index, size_t *at, bool *is_reverse, struct strbuf *out)
{
	const struct vt_row *cells = &vt->rows.item[index];
	char text[UTF8_SIZE];

	assert(index < vt->rows.len);
	if (*at >= cells->len)
		return false;
	*is_reverse = cells->item[*at] & REVERSE;
	for (; *at < cells->len; ++*at) {
		uint32_t cell = cells->item[*at];

		if (CODE(cell) && !(cell & REVERSE) == *is_reverse)
			break;
		if (CODE(cell)) {
			utf8_encode(CODE(cell), text);
			strbuf_puts(out, text);
		}
	}
	return true;
}
