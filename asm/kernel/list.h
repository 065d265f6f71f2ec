/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list.h: circular doubly linked lists, linked through a member of what is listed.
 */
#ifndef KERNEL_LIST_H
#define KERNEL_LIST_H

#include "types.h"

struct list_head {
	struct list_head *next, *prev;
};

#define LIST_HEAD_INIT(name)	{ &(name), &(name) }
#define LIST_HEAD(name)		struct list_head name = LIST_HEAD_INIT(name)

#define list_first_entry(head, type, member) container_of((head)->next, type, member)
#define list_for_each_entry(pos, head, member)					\
	for (pos = container_of((head)->next, typeof(*pos), member);		\
	     &pos->member != (head);						\
	     pos = container_of(pos->member.next, typeof(*pos), member))

/* Make LIST an empty list. */
static __always_inline void INIT_LIST_HEAD(struct list_head *list)
{
	list->next = list->prev = list;
}

/* Is there nothing on HEAD? */
static __always_inline bool list_empty(const struct list_head *head)
{
	return READ_ONCE(head->next) == head;
}

/* Put NEW at the end of HEAD. */
static __always_inline void list_add_tail(struct list_head *new, struct list_head *head)
{
	new->prev = head->prev;
	new->next = head;
	head->prev->next = new;
	head->prev = new;
}

/* Take ENTRY off its list. */
static __always_inline void list_del_init(struct list_head *entry)
{
	entry->prev->next = entry->next;
	entry->next->prev = entry->prev;
	INIT_LIST_HEAD(entry);
}

#endif /* KERNEL_LIST_H */
