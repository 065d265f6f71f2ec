/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/placement.c: room in guest memory.
 */
#include "service/placement.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"

void placement_free(struct placement *placement)
{
	for (size_t i = 0; i < placement->taken.len; i++)
		free(placement->taken.item[i].what);
	vec_free(&placement->taken);
}

/* The first piece that overlaps [BASE, BASE + SIZE), or NULL. */
static const struct placement_piece *find_overlap(const struct placement *placement, gpa_t base, uint64_t size)
{
	for (size_t i = 0; i < placement->taken.len; i++) {
		const struct placement_piece *piece = &placement->taken.item[i];

		if (base < piece->base + piece->size && piece->base < base + size)
			return piece;
	}
	return NULL;
}

void placement_reserve(struct placement *placement, const char *what, gpa_t base, uint64_t size)
{
	struct placement_piece *piece = vec_push(&placement->taken);

	piece->what = xstrdup(what);
	piece->base = base;
	piece->size = size;
}

bool placement_take(struct placement *placement, const char *what, gpa_t base, uint64_t size, struct error *err)
{
	const struct placement_piece *other = find_overlap(placement, base, size);

	if (other)
		return error_set(err,
				 "%s (0x%" PRIx64 " to 0x%" PRIx64 ") overlaps %s (0x%" PRIx64 " to 0x%" PRIx64 ")",
					what,
				 base, base + size - 1, other->what, other->base, other->base + other->size - 1);
	placement_reserve(placement, what, base, size);
	return true;
}

/* The lowest address from ADDR on that is a multiple of ALIGN plus OFFSET. */
static gpa_t align_up(gpa_t addr, uint64_t align, uint64_t offset)
{
	gpa_t base = (addr & ~(align - 1)) + offset;

	return base < addr ? base + align : base;
}

bool placement_find(const struct placement *placement, gpa_t start, gpa_t end, uint64_t size, uint64_t align,
		    uint64_t offset, gpa_t *base)
{
	const struct placement_piece *other;
	gpa_t at = align_up(start, align, offset);

	while (at >= start && at < end && end - at >= size) {
		other = find_overlap(placement, at, size);
		if (!other) {
			*base = at;
			return true;
		}
		at = align_up(other->base + other->size, align, offset);
	}
	return false;
}
