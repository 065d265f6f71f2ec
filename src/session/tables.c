/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/tables.c: the slots that secondary CPUs wait for.
 */
#include "session/tables.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "service/board_desc.h"
#include "service/loader.h"
#include "session/names.h"

struct tables {
	struct machine *machine;
	VEC(struct table_slot) slots;
};

static void add_slot(struct tables *tables, const char *table, unsigned number, int cpu, gpa_t addr)
{
	struct table_slot *slot;

	if (!machine_is_memory(tables->machine, addr, 8))
		return;
	slot = vec_push(&tables->slots);
	*slot = (struct table_slot){ .table = table, .slot = number, .cpu = cpu, .addr = addr, .writer = EVENT_NO_CPU };
	machine_add_watch(tables->machine, addr, 8, WATCH_NOTE);
}

static void add_branch_table(struct tables *tables, const struct loaded *loaded)
{
	for (unsigned slot = 0; loaded->branch_table && slot < loaded->cpu_count; slot++)
		add_slot(tables, TABLE_BRANCH, slot, (int)loaded->slot_cpu[slot], loaded->branch_table + slot * 8ull);
}

/* Several CPUs may share one release address: then each has a slot, and one store changes all of them. */
static void add_release_addresses(struct tables *tables, const struct loaded *loaded)
{
	const struct board_desc *desc = loaded->desc;

	for (size_t i = 0; i < desc->cpus.len; i++) {
		const struct board_cpu *cpu = &desc->cpus.item[i];
		int number = cpu->has_mpidr ? machine_find_mpidr(tables->machine, cpu->mpidr) : -1;

		if (cpu->has_release_addr && number >= 0)
			add_slot(tables, TABLE_RELEASE, (unsigned)number, number, cpu->release_addr);
	}
}

struct tables *tables_new(struct machine *machine, const struct loaded *loaded)
{
	struct tables *tables = xzalloc(sizeof(*tables));

	tables->machine = machine;
	add_branch_table(tables, loaded);
	add_release_addresses(tables, loaded);
	return tables;
}

void tables_free(struct tables *tables)
{
	if (!tables)
		return;
	vec_free(&tables->slots);
	free(tables);
}

size_t tables_count(const struct tables *tables)
{
	return tables->slots.len;
}

const struct table_slot *tables_at(const struct tables *tables, size_t index)
{
	return &tables->slots.item[index];
}

const struct table_slot *tables_find(const struct tables *tables, gpa_t addr)
{
	for (size_t i = 0; i < tables->slots.len; i++)
		if (addr - tables->slots.item[i].addr < 8)
			return &tables->slots.item[i];
	return NULL;
}

const struct table_slot *tables_find_cpu(const struct tables *tables, const char *table, unsigned cpu)
{
	for (size_t i = 0; i < tables->slots.len; i++)
		if (tables->slots.item[i].cpu == (int)cpu && !strcmp(tables->slots.item[i].table, table))
			return &tables->slots.item[i];
	return NULL;
}

uint64_t tables_value(const struct tables *tables, const struct table_slot *slot)
{
	uint64_t value = 0;

	machine_peek(tables->machine, slot->addr, &value, sizeof(value));
	return value;
}

/* WRITER has stored to SLOT. */
static void note_writer(struct tables *tables, struct table_slot *slot, int writer, gva_t pc)
{
	slot->writer = writer;
	slot->writer_pc = pc;
	slot->changed = machine_time(tables->machine);
	slot->old = slot->value;
	slot->value = tables_value(tables, slot);
}

static void note_store(struct tables *tables, struct table_slot *slot, const struct cpu *cpu, gva_t pc)
{
	struct event event = { .kind = EVENT_TABLE };

	note_writer(tables, slot, cpu ? (int)cpu_index(cpu) : EVENT_NO_CPU, pc);
	event.u.table.table = slot->table;
	event.u.table.slot = slot->slot;
	event.u.table.target = slot->cpu;
	event.u.table.addr = slot->addr;
	event.u.table.old = slot->old;
	event.u.table.value = slot->value;
	machine_emit(tables->machine, slot->writer, &event);
}

static bool is_touched(const struct table_slot *slot, gpa_t addr, unsigned size)
{
	return addr < slot->addr + 8 && slot->addr < addr + size;
}

void tables_see_store(struct tables *tables, const struct cpu *cpu, gva_t pc, gpa_t addr, unsigned size)
{
	for (size_t i = 0; i < tables->slots.len; i++)
		if (is_touched(&tables->slots.item[i], addr, size))
			note_store(tables, &tables->slots.item[i], cpu, pc);
}

void tables_see_poke(struct tables *tables, gpa_t addr, unsigned size)
{
	for (size_t i = 0; i < tables->slots.len; i++)
		if (is_touched(&tables->slots.item[i], addr, size))
			note_writer(tables, &tables->slots.item[i], TABLE_BY_HAND, 0);
}

void tables_put_writer(const struct loaded *loaded, const struct table_slot *slot, const char *lead,
		       struct strbuf *out)
{
	if (slot->writer == EVENT_NO_CPU)
		return;
	strbuf_puts(out, lead);
	if (slot->writer == TABLE_BY_HAND) {
		strbuf_puts(out, "by hand (set) at ");
	} else {
		strbuf_printf(out, "by CPU%d at ", slot->writer);
		names_format(loaded, slot->writer_pc, out);
		strbuf_puts(out, ", ");
	}
	strbuf_printf(out, "t=%" PRIu64, slot->changed);
}

size_t tables_size(const struct tables *tables)
{
	return tables->slots.len * sizeof(*tables->slots.item);
}

void tables_get(const struct tables *tables, void *state)
{
	if (tables->slots.len)
		memcpy(state, tables->slots.item, tables_size(tables));
}

void tables_set(struct tables *tables, const void *state)
{
	if (tables->slots.len)
		memcpy(tables->slots.item, state, tables_size(tables));
}
