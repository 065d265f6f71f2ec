/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/placement.h: who has which piece of guest memory, and where there is room.
 *
 * Pieces that are taken never overlap: taking what is taken already is refused, with both names.
 */
#ifndef SERVICE_PLACEMENT_H
#define SERVICE_PLACEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/vec.h"
#include "machine/types.h"

/* A piece that is taken. */
struct placement_piece {
	char *what;		/* "kernel guest/Image": for messages */
	gpa_t base;
	uint64_t size;
};

/* The pieces.  Start it with PLACEMENT_INIT, free it with placement_free(). */
struct placement { VEC(struct placement_piece) taken; };
#define PLACEMENT_INIT { VEC_INIT }

/* Free what PLACEMENT holds. */
void placement_free(struct placement *placement);

/* Take [BASE, BASE + SIZE) for WHAT.  False with ERR when some of it is taken. */
bool placement_take(struct placement *placement, const char *what, gpa_t base, uint64_t size, struct error *err);

/* Note that [BASE, BASE + SIZE) is taken for WHAT, whatever else is there (memory that the tree reserves). */
void placement_reserve(struct placement *placement, const char *what, gpa_t base, uint64_t size);

/* The lowest free address for SIZE bytes inside [START, END) that is a multiple of ALIGN (a power of two) plus OFFSET;
 * false when there is none. */
bool placement_find(const struct placement *placement, gpa_t start, gpa_t end, uint64_t size, uint64_t align,
		    uint64_t offset, gpa_t *base);

#endif /* SERVICE_PLACEMENT_H */
