/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/tables.h: the words in memory that CPUs wait for: the firmware's branch_table and the tree's
 * cpu-release-addr.
 *
 * Each slot is watched; a store to it becomes an EVENT_TABLE and is remembered as its last writer.
 */
#ifndef SESSION_TABLES_H
#define SESSION_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "machine/machine.h"

struct loaded;

#define TABLE_BRANCH	"branch_table"
#define TABLE_RELEASE	"cpu-release-addr"
#define TABLE_INVALID	UINT64_MAX	/* ADDR_INVALID of the firmware: nobody may leave by this slot */
/* ADDR_CLAIMED of the firmware: somebody's CPU_ON has won this slot and is about to fill it. */
#define TABLE_CLAIMED	(UINT64_MAX - 1)

/* A slot's writer that is no CPU: the person, by `set`. */
enum { TABLE_BY_HAND = -2 };

/* One slot. */
struct table_slot {
	const char *table;	/* TABLE_BRANCH or TABLE_RELEASE */
	unsigned slot;
	int cpu;		/* the CPU that waits for it, EVENT_NO_CPU when there is none */
	gpa_t addr;
	int writer;		/* CPU that stored last, EVENT_NO_CPU: nobody did, or TABLE_BY_HAND */
	gva_t writer_pc;
	uint64_t changed;	/* time of that store */
	uint64_t old, value;	/* before and after that store; tables_value() is what it holds now */
};

struct tables;

/* The tables of what is LOADED into MACHINE, watched from now on. */
struct tables *tables_new(struct machine *machine, const struct loaded *loaded);
/* Free TABLES; NULL is allowed. */
void tables_free(struct tables *tables);

/* Number of slots over all tables. */
size_t tables_count(const struct tables *tables);
/* Slot INDEX, 0 to tables_count() - 1. */
const struct table_slot *tables_at(const struct tables *tables, size_t index);
/* The slot that covers ADDR, or NULL. */
const struct table_slot *tables_find(const struct tables *tables, gpa_t addr);

/* The slot of TABLE (TABLE_BRANCH or TABLE_RELEASE) that CPU waits for, or NULL. */
const struct table_slot *tables_find_cpu(const struct tables *tables, const char *table, unsigned cpu);

/* What the slot holds now. */
uint64_t tables_value(const struct tables *tables, const struct table_slot *slot);

/* A store of SIZE bytes at ADDR by CPU at PC was done: note it, and emit EVENT_TABLE, when it is to a slot. */
void tables_see_store(struct tables *tables, const struct cpu *cpu, gva_t pc, gpa_t addr, unsigned size);

/* SIZE bytes at ADDR were set by hand: note it when that is a slot.  No event: the guest did nothing. */
void tables_see_poke(struct tables *tables, gpa_t addr, unsigned size);

/* Append who stored to SLOT last: ", written by CPU0 at psci_cpu_on+0x64, t=213683", or "by hand (set) at t=5",
 * behind LEAD (", written "); nothing when nobody did. */
void tables_put_writer(const struct loaded *loaded, const struct table_slot *slot, const char *lead,
		       struct strbuf *out);

/* All slots, for going back: their size in bytes, */
size_t tables_size(const struct tables *tables);
/* copied into STATE, */
void tables_get(const struct tables *tables, void *state);
/* and copied back. */
void tables_set(struct tables *tables, const void *state);

#endif /* SESSION_TABLES_H */
