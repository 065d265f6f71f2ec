/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/marks.c: counted stop marks.
 */
#include "session/marks.h"

#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/vec.h"

struct mark { gpa_t pa; unsigned users; };

struct marks {
	struct machine *machine;
	VEC(struct mark) list;
};

struct marks *marks_new(struct machine *machine)
{
	struct marks *marks = xzalloc(sizeof(*marks));

	marks->machine = machine;
	return marks;
}

void marks_free(struct marks *marks)
{
	if (!marks)
		return;
	vec_free(&marks->list);
	free(marks);
}

static struct mark *find(struct marks *marks, gpa_t pa)
{
	for (size_t i = 0; i < marks->list.len; i++)
		if (marks->list.item[i].pa == pa)
			return &marks->list.item[i];
	return NULL;
}

void marks_add(struct marks *marks, gpa_t pa)
{
	struct mark *mark = find(marks, pa);

	if (!mark) {
		mark = vec_push(&marks->list);
		mark->pa = pa;
		machine_set_mark(marks->machine, pa, MARK_STOP);
	}
	mark->users++;
}

void marks_remove(struct marks *marks, gpa_t pa)
{
	struct mark *mark = find(marks, pa);

	assert(mark);
	if (--mark->users)
		return;
	machine_clear_mark(marks->machine, pa, MARK_STOP);
	*mark = marks->list.item[--marks->list.len];
}
