/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/vt_private.h: the screen of a terminal, for the one who reads the bytes and the one who keeps the rows.
 */
#ifndef UI_VT_PRIVATE_H
#define UI_VT_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "base/width.h"
#include "ui/vt.h"

enum { VT_NUMBERS = 8 };

/* Where in a sequence the bytes are. */
enum vt_state { VT_TEXT, VT_ESCAPE, VT_CHARSET_0, VT_CHARSET_1, VT_SKIP_ONE, VT_CSI, VT_STRING, VT_STRING_ESCAPE };

/* Cells: a code point each, 0 behind a wide one, with a bit for reverse video. */
struct vt_row { uint32_t *item; size_t len, size; };

struct vt {
	VEC(struct vt_row) rows;
	size_t top;			/* index of the row that is the screen's first */
	unsigned row, column;		/* the cursor, on the screen */
	unsigned saved_row, saved_column;
	unsigned top_margin, bottom;	/* rows that scroll */
	bool is_reverse;
	bool is_addressed;		/* something has moved the cursor about: a line feed is no line's beginning */

	enum vt_state state;
	char utf8[5];
	unsigned utf8_len;
	long numbers[VT_NUMBERS];
	unsigned number_count;
	bool is_private;		/* a sequence with ? or > */
	bool is_drawing[2];		/* G0 and G1 hold the line drawing characters */
	unsigned which;			/* 0: G0, 1: G1 */
};

/* The characters and controls that have an effect, see vt.c. */
void vt_put_char(struct vt *vt, uint32_t code);
void vt_line_feed(struct vt *vt);
void vt_reverse_line_feed(struct vt *vt);

/* To row and column, from 0, as far as there are any. */
void vt_go(struct vt *vt, long row, long column);
/* WHAT: 0 from the cursor on, 1 up to it, 2 all. */
void vt_erase_screen(struct vt *vt, long what);
void vt_erase_line(struct vt *vt, long what);
void vt_erase_chars(struct vt *vt, size_t count);
/* Insert COUNT blanks or lines at the cursor; fewer than 0: delete. */
void vt_shift_chars(struct vt *vt, long count);
void vt_shift_lines(struct vt *vt, long count);
/* Rows that scroll, from 0. */
void vt_set_margins(struct vt *vt, long top, long bottom);

#endif /* UI_VT_PRIVATE_H */
