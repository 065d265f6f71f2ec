/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * machine/snapshot.c: saving and restoring a whole machine.
 *
 * Memory is kept page by page in immutable, counted copies ("blobs").  A region remembers for each page the blob that it
 * equals, or that it was written since; so a snapshot copies only pages that were written since the last one, and
 * restoring copies only pages that differ.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "machine/core.h"

/* The content of one page.  A page of zeroes is NULL. */
struct page_blob {
	unsigned users;
	uint8_t bytes[PAGE_SIZE];
};

/* What a CPU is besides the registers of its core. */
struct cpu_extra {
	enum cpu_state state;
	bool event_register, inject_stxr_fail, inject_drop_sev, skip_mark, boundary, irq_noted;
	bool line[LINE_COUNT];
	uint64_t hcr, instructions, asleep_since, frozen_until;
	uint8_t vbar_set;
	gva_t irq_return;
	struct core_reservation core;
	unsigned attention;
	int el;
};

struct saved_cpu {
	struct engine_state *core;	/* NULL: never started */
	struct cpu_extra extra;
};

struct snapshot {
	uint64_t t, idle_ticks, next_poll;
	struct monitor monitor;
	struct saved_cpu cpu[CPU_MAX];
	void *sched;
	struct strbuf devices;
	VEC(struct page_blob **) pages;	/* one table a memory region, in the order of the bus */
	uint64_t bytes;			/* what this snapshot alone made */
};

/* ---- pages ---- */

static struct page_blob *blob_get(struct page_blob *blob)
{
	if (blob)
		blob->users++;
	return blob;
}

static void blob_put(struct page_blob *blob)
{
	if (blob && --blob->users == 0)
		free(blob);
}

static bool is_zero(const uint8_t *page)
{
	return page[0] == 0 && !memcmp(page, page + 1, PAGE_SIZE - 1);
}

static struct page_blob *blob_new(const uint8_t *page)
{
	struct page_blob *blob;

	if (is_zero(page))
		return NULL;
	blob = xzalloc(sizeof(*blob));
	blob->users = 1;
	memcpy(blob->bytes, page, PAGE_SIZE);
	return blob;
}

static size_t page_count(const struct region *region)
{
	return region->size >> PAGE_SHIFT;
}

void snapshot_forget_region(struct region *region)
{
	for (size_t i = 0; region->saved && i < page_count(region); i++) {
		blob_put(region->saved[i]);
		region->saved[i] = NULL;
	}
}

/* Give each page that was written since the last snapshot a blob of its own.  Returns the bytes that took. */
static uint64_t settle_pages(struct machine *machine)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < machine->dirty.len; i++) {
		gpa_t pa = machine->dirty.item[i];
		struct region *region = bus_find(&machine->bus, pa);
		size_t page = (pa - region->base) >> PAGE_SHIFT;

		blob_put(region->saved[page]);
		region->saved[page] = blob_new(region->host + (page << PAGE_SHIFT));
		region->page_flags[page] &= ~PAGE_WRITTEN;
		bytes += region->saved[page] ? sizeof(struct page_blob) : 0;
	}
	vec_clear(&machine->dirty);
	/* The next store to each page must come the slow way, to be noticed. */
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		cpu_new_generation(machine->cpu[i]);
	return bytes;
}

static struct page_blob **share_table(const struct region *region)
{
	struct page_blob **table = xcalloc(page_count(region), sizeof(*table));

	for (size_t i = 0; i < page_count(region); i++)
		table[i] = blob_get(region->saved[i]);
	return table;
}

static void restore_page(struct machine *machine, struct region *region, size_t page, struct page_blob *blob)
{
	uint8_t *host = region->host + (page << PAGE_SHIFT);

	if (blob)
		memcpy(host, blob->bytes, PAGE_SIZE);
	else
		memset(host, 0, PAGE_SIZE);
	blob_put(region->saved[page]);
	region->saved[page] = blob_get(blob);
	code_page_drop(machine, region->base + (page << PAGE_SHIFT), NULL);
}

static void restore_region(struct machine *machine, struct region *region, struct page_blob *const *table)
{
	for (size_t i = 0; i < page_count(region); i++)
		if (region->page_flags[i] & PAGE_WRITTEN || region->saved[i] != table[i])
			restore_page(machine, region, i, table[i]);
	for (size_t i = 0; i < page_count(region); i++)
		region->page_flags[i] &= ~PAGE_WRITTEN;
}

/* ---- CPUs ---- */

static struct cpu_extra extra_of(const struct cpu *cpu)
{
	struct cpu_extra extra = {
		.state = cpu->state, .event_register = cpu->event_register, .inject_stxr_fail = cpu->inject_stxr_fail,
		.inject_drop_sev = cpu->inject_drop_sev, .skip_mark = cpu->skip_mark,
		.boundary = cpu->boundary, .hcr = cpu->hcr, .instructions = cpu->instructions,
		.asleep_since = cpu->asleep_since, .frozen_until = cpu->frozen_until, .vbar_set = cpu->vbar_set,
		.core = cpu->core,
		.irq_noted = cpu->irq_noted, .irq_return = cpu->irq_return, .attention = cpu->attention, .el = cpu->el,
	};

	memcpy(extra.line, cpu->line, sizeof(extra.line));
	return extra;
}

static void put_extra(struct cpu *cpu, const struct cpu_extra *extra)
{
	cpu->state = extra->state;
	cpu->event_register = extra->event_register;
	cpu->inject_stxr_fail = extra->inject_stxr_fail;
	cpu->inject_drop_sev = extra->inject_drop_sev;
	cpu->skip_mark = extra->skip_mark;
	cpu->boundary = extra->boundary;
	cpu->hcr = extra->hcr;
	cpu->instructions = extra->instructions;
	cpu->asleep_since = extra->asleep_since;
	cpu->frozen_until = extra->frozen_until;
	cpu->vbar_set = extra->vbar_set;
	cpu->core = extra->core;
	cpu->irq_noted = extra->irq_noted;
	cpu->irq_return = extra->irq_return;
	cpu->attention = extra->attention;
	cpu->el = extra->el;
	memcpy(cpu->line, extra->line, sizeof(cpu->line));
}

static void restore_cpu(struct cpu *cpu, const struct saved_cpu *saved)
{
	put_extra(cpu, &saved->extra);
	cpu->exact_until = 0;
	cpu_new_generation(cpu);
	if (!cpu->engine)
		return;
	if (!saved->core) {
		engine_reset(cpu->engine);
		return;
	}
	engine_restore(cpu->engine, saved->core);
	sysreg_update_hcr(cpu);
}

/* ---- devices ---- */

static void save_devices(const struct machine *machine, struct strbuf *out)
{
	for (size_t i = 0; i < machine->devices.len; i++)
		if (machine->devices.item[i].ops->save)
			machine->devices.item[i].ops->save(machine->devices.item[i].dev, out);
}

static void restore_devices(struct machine *machine, const struct strbuf *saved)
{
	struct device_blob in = { .data = (const uint8_t *)saved->text, .len = saved->len };

	for (size_t i = 0; i < machine->devices.len; i++) {
		bool ok = !machine->devices.item[i].ops->load ||
			  machine->devices.item[i].ops->load(machine->devices.item[i].dev, &in);

		assert(ok);
		(void)ok;
	}
	assert(in.pos == in.len);
}

/* ---- the whole ---- */

struct snapshot *machine_save(struct machine *machine)
{
	struct snapshot *snapshot = xzalloc(sizeof(*snapshot));

	snapshot->t = machine->t;
	snapshot->idle_ticks = machine->idle_ticks;
	snapshot->next_poll = machine->next_poll;
	snapshot->monitor = machine->monitor;
	snapshot->sched = xzalloc(sched_state_size());
	sched_get_state(machine->sched, snapshot->sched);
	for (unsigned i = 0; i < machine->config.cpu_count; i++) {
		struct cpu *cpu = machine->cpu[i];

		snapshot->cpu[i].extra = extra_of(cpu);
		snapshot->cpu[i].core = cpu->engine ? engine_save(cpu->engine) : NULL;
	}
	save_devices(machine, &snapshot->devices);
	snapshot->bytes = settle_pages(machine);
	for (size_t i = 0; i < machine->bus.regions.len; i++)
		if (machine->bus.regions.item[i]->host)
			vec_add(&snapshot->pages, share_table(machine->bus.regions.item[i]));
	return snapshot;
}

void machine_restore(struct machine *machine, struct snapshot *snapshot)
{
	size_t table = 0;

	machine->t = snapshot->t;
	machine->idle_ticks = snapshot->idle_ticks;
	machine->next_poll = snapshot->next_poll;
	machine->monitor = snapshot->monitor;
	machine->power_requested = false;
	machine->stop_requested = 0;
	sched_set_state(machine->sched, snapshot->sched);
	for (size_t i = 0; i < machine->bus.regions.len; i++)
		if (machine->bus.regions.item[i]->host)
			restore_region(machine, machine->bus.regions.item[i], snapshot->pages.item[table++]);
	vec_clear(&machine->dirty);
	restore_devices(machine, &snapshot->devices);
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		restore_cpu(machine->cpu[i], &snapshot->cpu[i]);
}

static void free_tables(struct machine *machine, struct snapshot *snapshot)
{
	size_t table = 0;

	for (size_t i = 0; i < machine->bus.regions.len; i++) {
		const struct region *region = machine->bus.regions.item[i];

		if (!region->host)
			continue;
		for (size_t page = 0; page < page_count(region); page++)
			blob_put(snapshot->pages.item[table][page]);
		free(snapshot->pages.item[table++]);
	}
	vec_free(&snapshot->pages);
}

void machine_snapshot_free(struct machine *machine, struct snapshot *snapshot)
{
	if (!snapshot)
		return;
	free_tables(machine, snapshot);
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		engine_state_free(snapshot->cpu[i].core);
	strbuf_free(&snapshot->devices);
	free(snapshot->sched);
	free(snapshot);
}

uint64_t machine_snapshot_time(const struct snapshot *snapshot)
{
	return snapshot->t;
}

uint64_t machine_snapshot_bytes(const struct snapshot *snapshot)
{
	return snapshot->bytes;
}
