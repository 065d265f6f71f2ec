/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/milestones.h: the road from reset to the last CPU idling, as a table: which functions are passed, in which
 * order, and what each one does.
 *
 * Pure data.  A milestone is a function (or a label of the firmware) under its real name; where kernels of other ages
 * call it otherwise, the other names are alternatives.
 */
#ifndef SERVICE_MILESTONES_H
#define SERVICE_MILESTONES_H

#include <stdbool.h>
#include <stddef.h>

enum milestone_image { MILESTONE_FIRMWARE, MILESTONE_KERNEL };

/* Who passes it. */
enum milestone_who { MILESTONE_EVERY_CPU, MILESTONE_BOOT_CPU, MILESTONE_SECONDARY };

/* One of them. */
struct milestone {
	const char *name;	/* the function, or what is told by a CPU passing the one of `others` */
	const char *others;	/* alternative names, separated by blanks, or NULL */
	unsigned order;		/* position on the road: 10, 20, ... */
	unsigned row;		/* row of the overview ("help milestones"), 1 to 24 */
	enum milestone_image image;
	enum milestone_who who;
	const char *title;	/* a few words */
	const char *text;	/* a paragraph */
};

/* How many milestones there are, and the one at INDEX, in order. */
size_t milestones_count(void);
/* Milestone INDEX. */
const struct milestone *milestones_at(size_t index);

/* Index of the milestone NAME (its own name or an alternative), or -1. */
int milestones_find(const char *name);

/* The title of ROW, 1 to 24. */
const char *milestones_row_title(unsigned row);

/* Functions in which an idle CPU sleeps, by name: NULL when INDEX is past the last.  Asleep in one, a CPU has nothing
 * to do. */
const char *milestones_idle_symbol(size_t index);

#endif /* SERVICE_MILESTONES_H */
