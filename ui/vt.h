/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/vt.h: what a terminal would show of the bytes that a guest writes (ECMA-48, and what a VT100 has beside it).
 *
 * Rows that scrolled away are kept above the screen.  Two things are other than on a terminal, for the sake of logs: a
 * row is as long as its text, and until something addresses the cursor a line feed begins a line.  Nothing answers, and
 * of the attributes only reverse video is kept.
 */
#ifndef UI_VT_H
#define UI_VT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum {
	VT_ROWS = 24,
	VT_COLUMNS = 80,		/* as far as addresses go */
	VT_ROW_MAX = 1024,		/* columns of a line */
	VT_KEPT_MAX = 60000,		/* rows; the older half is dropped */
};

struct vt;

/* An empty screen. */
struct vt *vt_new(void);
/* Free VT; NULL is allowed. */
void vt_free(struct vt *vt);

/* Forget everything. */
void vt_clear(struct vt *vt);

/* The guest writes LEN bytes. */
void vt_put(struct vt *vt, const char *text, size_t len);

/* Rows there are, the lowest with text being the last. */
size_t vt_row_count(const struct vt *vt);

/* Append row INDEX as UTF-8, from cell *AT on to where reverse video begins or ends, and move *AT there; *IS_REVERSE is
 * what the piece is.  False when there is no more. */
bool vt_row_piece(const struct vt *vt, size_t index, size_t *at, bool *is_reverse, struct strbuf *out);

#endif /* UI_VT_H */
