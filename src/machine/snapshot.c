/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/snapshot.c: saving and restoring a whole machine.
 *
 * Memory is kept page by page in immutable, counted copies ("blobs"), and their addresses in counted tables of some
 * pages each ("chunks"), which snapshots share for as long as they are equal.  A region holds the chunks of the last
 * snapshot that was made or restored, and the machine a list of the pages written since: so saving takes time and
 * memory for those pages only, and restoring for the pages that differ.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/zero.h"
#include "machine/core.h"
#include "machine/sysreg.h"

enum { CHUNK_PAGES = 128 };

/* The content of one page.  A page of zeroes is NULL. */
struct page_blob {
	unsigned users;
	uint8_t bytes[PAGE_SIZE];
};

/* The contents of CHUNK_PAGES pages.  A chunk of zeroes is NULL. */
struct page_chunk {
	unsigned users;
	struct page_blob *page[CHUNK_PAGES];
};

/* What a CPU is besides the registers of its core. */
struct cpu_extra {
	enum cpu_state state;
	bool event_register, inject_stxr_fail, inject_drop_sev, skip_mark, boundary, irq_noted;
	unsigned losses;
	struct spin spin;
	struct storm storm;
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

/* The chunks of one region. */
struct saved_memory {
	struct region *region;
	struct page_chunk **chunk;
};

struct snapshot {
	uint64_t t, idle_ticks, next_poll, changes;
	bool has_dma_stop, power_requested;
	struct stop dma_stop;
	enum power_state power;
	int power_cpu;
	struct monitor monitor;
	struct saved_cpu cpu[CPU_MAX];
	struct sched_saved *sched;
	struct strbuf devices;
	VEC(struct saved_memory) memory;
};

/* ---- pages and chunks ---- */

static struct page_blob *blob_get(struct page_blob *blob)
{
	if (blob)
		blob->users++;
	return blob;
}

static void blob_put(struct machine *machine, struct page_blob *blob)
{
	if (!blob || --blob->users)
		return;
	machine->saved_bytes -= sizeof(*blob);
	free(blob);
}

static struct page_blob *blob_new(struct machine *machine, const uint8_t *page)
{
	struct page_blob *blob;

	if (zero_fills(page, PAGE_SIZE))
		return NULL;
	blob = xzalloc(sizeof(*blob));
	blob->users = 1;
	memcpy(blob->bytes, page, PAGE_SIZE);
	machine->saved_bytes += sizeof(*blob);
	return blob;
}

static struct page_chunk *chunk_get(struct page_chunk *chunk)
{
	if (chunk)
		chunk->users++;
	return chunk;
}

static void chunk_put(struct machine *machine, struct page_chunk *chunk)
{
	if (!chunk || --chunk->users)
		return;
	for (size_t i = 0; i < CHUNK_PAGES; i++)
		blob_put(machine, chunk->page[i]);
	machine->saved_bytes -= sizeof(*chunk);
	free(chunk);
}

/* A chunk like FROM (NULL: zeroes) that nobody shares. */
static struct page_chunk *chunk_copy(struct machine *machine, const struct page_chunk *from)
{
	struct page_chunk *chunk = xzalloc(sizeof(*chunk));

	chunk->users = 1;
	for (size_t i = 0; from && i < CHUNK_PAGES; i++)
		chunk->page[i] = blob_get(from->page[i]);
	machine->saved_bytes += sizeof(*chunk);
	return chunk;
}

static struct page_blob *blob_at(struct page_chunk *const *chunks, size_t page)
{
	const struct page_chunk *chunk = chunks ? chunks[page / CHUNK_PAGES] : NULL;

	return chunk ? chunk->page[page % CHUNK_PAGES] : NULL;
}

/* ---- regions ---- */

static size_t chunk_count(const struct region *region)
{
	return ((region->size >> PAGE_SHIFT) + CHUNK_PAGES - 1) / CHUNK_PAGES;
}

void snapshot_forget_region(struct machine *machine, struct region *region)
{
	for (size_t i = 0; region->saved && i < chunk_count(region); i++)
		chunk_put(machine, region->saved[i]);
	free(region->saved);
	region->saved = NULL;
}

/* The content of PAGE that REGION shares with snapshots is BLOB from now on; the reference passes to REGION. */
static void set_saved(struct machine *machine, struct region *region, size_t page, struct page_blob *blob)
{
	struct page_chunk **slot = &region->saved[page / CHUNK_PAGES];

	if (!*slot || (*slot)->users > 1) {
		struct page_chunk *own = chunk_copy(machine, *slot);

		chunk_put(machine, *slot);
		*slot = own;
	}
	blob_put(machine, (*slot)->page[page % CHUNK_PAGES]);
	(*slot)->page[page % CHUNK_PAGES] = blob;
}

/* Give each page that was written since the last snapshot a blob of its own. */
static void settle_pages(struct machine *machine)
{
	for (size_t i = 0; i < machine->dirty.len; i++) {
		gpa_t pa = machine->dirty.item[i];
		struct region *region = bus_find_any(&machine->bus, pa);
		size_t page = (pa - region->base) >> PAGE_SHIFT;

		set_saved(machine, region, page, blob_new(machine, region->host + (page << PAGE_SHIFT)));
		region->page_flags[page] &= ~PAGE_WRITTEN;
	}
	vec_clear(&machine->dirty);
	/* The next store to each page must come the slow way, to be noticed. */
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		cpu_new_generation(machine->cpu[i]);
}

static struct page_chunk **share_chunks(const struct region *region)
{
	struct page_chunk **chunks = xcalloc(chunk_count(region), sizeof(*chunks));

	for (size_t i = 0; i < chunk_count(region); i++)
		chunks[i] = chunk_get(region->saved[i]);
	return chunks;
}

static void save_memory(struct machine *machine, struct snapshot *snapshot)
{
	for (size_t i = 0; i < machine->bus.regions.len; i++) {
		struct region *region = machine->bus.regions.item[i];

		if (region->host && !region->saved)
			region->saved = xcalloc(chunk_count(region), sizeof(struct page_chunk *));
	}
	settle_pages(machine);
	for (size_t i = 0; i < machine->bus.regions.len; i++) {
		struct region *region = machine->bus.regions.item[i];

		if (region->host)
			vec_add(&snapshot->memory, ((struct saved_memory){ region, share_chunks(region) }));
	}
}

static void restore_page(struct machine *machine, struct region *region, size_t page, const struct page_blob *blob)
{
	uint8_t *host = region->host + (page << PAGE_SHIFT);

	if (blob)
		memcpy(host, blob->bytes, PAGE_SIZE);
	else
		memset(host, 0, PAGE_SIZE);
	code_page_drop(machine, region->base + (page << PAGE_SHIFT), NULL);
}

/* The pages that differ between the region's chunk NUMBER and CHUNK; what was written since is done already. */
static void restore_chunk(struct machine *machine, struct region *region, size_t number, struct page_chunk *chunk)
{
	struct page_chunk **slot = &region->saved[number];

	for (size_t i = 0; i < CHUNK_PAGES; i++) {
		const struct page_blob *now = *slot ? (*slot)->page[i] : NULL, *then = chunk ? chunk->page[i] : NULL;

		if (now != then)
			restore_page(machine, region, number * CHUNK_PAGES + i, then);
	}
	chunk_put(machine, *slot);
	*slot = chunk_get(chunk);
}

/* Pages written since the last snapshot get back what SAVED has there. */
static void restore_dirty(struct machine *machine, const struct saved_memory *saved)
{
	struct region *region = saved->region;

	for (size_t i = 0; i < machine->dirty.len; i++) {
		gpa_t offset = machine->dirty.item[i] - region->base;
		size_t page = offset >> PAGE_SHIFT;

		if (offset >= region->size)
			continue;
		restore_page(machine, region, page, blob_at(saved->chunk, page));
		region->page_flags[page] &= ~PAGE_WRITTEN;
	}
}

static void restore_memory(struct machine *machine, const struct saved_memory *saved)
{
	restore_dirty(machine, saved);
	for (size_t i = 0; i < chunk_count(saved->region); i++)
		if (saved->region->saved[i] != saved->chunk[i])
			restore_chunk(machine, saved->region, i, saved->chunk[i]);
}

/* ---- CPUs ---- */

static struct cpu_extra extra_of(const struct cpu *cpu)
{
	struct cpu_extra extra = {
		.state = cpu->state, .event_register = cpu->event_register, .inject_stxr_fail = cpu->inject_stxr_fail,
		.inject_drop_sev = cpu->inject_drop_sev, .skip_mark = cpu->skip_mark,
		.boundary = cpu->boundary, .hcr = cpu->hcr, .instructions = cpu->instructions,
		.asleep_since = cpu->asleep_since, .frozen_until = cpu->frozen_until, .vbar_set = cpu->vbar_set,
		.core = cpu->core, .losses = cpu->losses, .spin = cpu->spin, .storm = cpu->storm,
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
	cpu->losses = extra->losses;
	cpu->spin = extra->spin;
	cpu->storm = extra->storm;
	cpu->irq_noted = extra->irq_noted;
	cpu->irq_return = extra->irq_return;
	cpu->attention = extra->attention;
	cpu->el = extra->el;
	memcpy(cpu->line, extra->line, sizeof(cpu->line));
}

static void restore_cpu(struct cpu *cpu, const struct saved_cpu *saved)
{
	uint64_t hcr;

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
	/* Whether an interrupt is pending the library keeps outside its context; writing HCR_EL2 again says so.  The value is
	 * the core's own: a line that changed inside a block is shown to it only at the end of the block. */
	if (engine_get_sys(cpu->engine, HCR_EL2, &hcr))
		engine_set_sys(cpu->engine, HCR_EL2, hcr);
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

/* Bytes of SNAPSHOT that no other one shares. */
static uint64_t private_bytes(const struct machine *machine, const struct snapshot *snapshot)
{
	uint64_t bytes = sizeof(*snapshot) + sched_saved_bytes(snapshot->sched) + snapshot->devices.len;

	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		bytes += snapshot->cpu[i].core ? engine_state_size(machine->cpu[i]->engine) : 0;
	for (size_t i = 0; i < snapshot->memory.len; i++)
		bytes += chunk_count(snapshot->memory.item[i].region) * sizeof(struct page_chunk *);
	return bytes;
}

struct snapshot *machine_save(struct machine *machine)
{
	struct snapshot *snapshot = xzalloc(sizeof(*snapshot));

	snapshot->t = machine->t;
	snapshot->idle_ticks = machine->idle_ticks;
	snapshot->next_poll = machine->next_poll;
	snapshot->changes = machine->changes;
	snapshot->has_dma_stop = machine->has_dma_stop;
	snapshot->dma_stop = machine->dma_stop;
	snapshot->power_requested = machine->power_requested;
	snapshot->power = machine->power;
	snapshot->power_cpu = machine->power_cpu;
	snapshot->monitor = machine->monitor;
	snapshot->sched = sched_save_state(machine->sched);
	for (unsigned i = 0; i < machine->config.cpu_count; i++) {
		struct cpu *cpu = machine->cpu[i];

		snapshot->cpu[i].extra = extra_of(cpu);
		snapshot->cpu[i].core = cpu->engine ? engine_save(cpu->engine) : NULL;
	}
	save_devices(machine, &snapshot->devices);
	save_memory(machine, snapshot);
	machine->saved_bytes += private_bytes(machine, snapshot);
	return snapshot;
}

void machine_restore(struct machine *machine, struct snapshot *snapshot)
{
	machine->t = snapshot->t;
	machine->idle_ticks = snapshot->idle_ticks;
	machine->next_poll = snapshot->next_poll;
	machine->changes = snapshot->changes;
	machine->monitor = snapshot->monitor;
	machine->power_requested = snapshot->power_requested;
	machine->power = snapshot->power;
	machine->power_cpu = snapshot->power_cpu;
	machine->stop_requested = 0;
	machine->has_dma_stop = snapshot->has_dma_stop;
	machine->dma_stop = snapshot->dma_stop;
	livelock_changed(machine);
	sched_restore_state(machine->sched, snapshot->sched);
	for (size_t i = 0; i < snapshot->memory.len; i++)
		restore_memory(machine, &snapshot->memory.item[i]);
	vec_clear(&machine->dirty);
	restore_devices(machine, &snapshot->devices);
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		restore_cpu(machine->cpu[i], &snapshot->cpu[i]);
}

static void free_memory(struct machine *machine, struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->memory.len; i++) {
		const struct saved_memory *saved = &snapshot->memory.item[i];

		for (size_t chunk = 0; chunk < chunk_count(saved->region); chunk++)
			chunk_put(machine, saved->chunk[chunk]);
		free(saved->chunk);
	}
	vec_free(&snapshot->memory);
}

void machine_snapshot_free(struct machine *machine, struct snapshot *snapshot)
{
	if (!snapshot)
		return;
	machine->saved_bytes -= private_bytes(machine, snapshot);
	free_memory(machine, snapshot);
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		engine_state_free(snapshot->cpu[i].core);
	strbuf_free(&snapshot->devices);
	sched_saved_free(snapshot->sched);
	free(snapshot);
}

uint64_t machine_snapshot_time(const struct snapshot *snapshot)
{
	return snapshot->t;
}

uint64_t machine_snapshots_bytes(const struct machine *machine)
{
	return machine->saved_bytes;
}
