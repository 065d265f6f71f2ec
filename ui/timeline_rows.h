/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/timeline_rows.h: the events that the timeline shows, a row each; a loop that makes the same ones again and again
 * is one row with a count.
 */
#ifndef UI_TIMELINE_ROWS_H
#define UI_TIMELINE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "machine/event.h"
#include "ui/model.h"

/* A row: an event, and how often it came again with nothing else between. */
struct timeline_row {
	uint64_t number;
	uint64_t times;
	uint64_t asleep, level3;	/* CPUs that sleep, are in EL3, after it: bit n: CPU n */
	uint64_t on;
	bool is_ahead;			/* after now */
};

/* All of them; zero to begin with. */
struct timeline_rows {
	VEC(struct timeline_row) list;
	size_t past;			/* rows before those ahead */
	uint64_t generation, next;	/* of the model and the ring, when the rows were made */
};

/* Make ROWS those of the machine that MODEL looks at. */
void timeline_rows_update(struct timeline_rows *rows, const struct model *model);

/* The event of ROW, borrowed; NULL when it is not kept any more. */
const struct event *timeline_row_event(const struct model *model, const struct timeline_row *row);

#endif /* UI_TIMELINE_ROWS_H */
