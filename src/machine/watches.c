/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/watches.c: where somebody wants to stop or be told: marks on instructions, watches on memory, events.
 */
#include "machine/core.h"

static struct mark *find_mark(struct machine *machine, gpa_t addr)
{
	for (size_t i = 0; i < machine->marks.len; i++)
		if (machine->marks.item[i].addr == addr)
			return &machine->marks.item[i];
	return NULL;
}

void machine_set_mark(struct machine *machine, gpa_t addr, enum mark_kind kind)
{
	struct mark *mark = find_mark(machine, addr);

	if (!mark) {
		mark = vec_push(&machine->marks);
		mark->addr = addr;
	}
	mark->kinds |= kind;
	code_page_changed(machine, addr);
}

/* A CPU that stands at ADDR and was to go past its mark has none to go past any more: the next one counts again. */
static void forget_skips(struct machine *machine, gpa_t addr)
{
	gpa_t at;

	for (unsigned i = 0; i < machine->config.cpu_count; i++) {
		struct cpu *cpu = machine->cpu[i];

		if (cpu->skip_mark && block_fetch_address(cpu, cpu_get_reg(cpu, CPU_PC), &at) && at == addr)
			cpu->skip_mark = false;
	}
}

void machine_clear_mark(struct machine *machine, gpa_t addr, enum mark_kind kind)
{
	struct mark *mark = find_mark(machine, addr);

	if (!mark)
		return;
	mark->kinds &= ~(unsigned)kind;
	if (!mark->kinds) {
		*mark = machine->marks.item[--machine->marks.len];
		forget_skips(machine, addr);
	}
	code_page_changed(machine, addr);
}

void machine_set_mark_handler(struct machine *machine, mark_fn *handler, void *ctx)
{
	machine->mark_handler = handler;
	machine->mark_ctx = ctx;
}

/* What is watched or wanted decides whether the fast profile will do. */
static void update_needs(struct machine *machine)
{
	machine->needs_exact = machine->wants_exact || (machine->observer && machine->event_mask & EXACT_EVENTS);
	for (size_t i = 0; i < machine->watches.len; i++)
		machine->needs_exact |= !!(machine->watches.item[i].kind & WATCH_STOP);
}

/* The last byte of WATCH, which ends with the address space at the latest. */
static gpa_t last_of(const struct watch *watch)
{
	return watch->len - 1 > UINT64_MAX - watch->addr ? UINT64_MAX : watch->addr + watch->len - 1;
}

bool watch_covers(const struct watch *watch, gpa_t pa, uint64_t len)
{
	return watch->len && watch->addr <= pa + len - 1 && pa <= last_of(watch);
}

/* A range may be much longer than all memory. */
static void flag_pages(struct region *region, const struct watch *watch)
{
	for (uint64_t page = 0; region->host && page < region->size >> PAGE_SHIFT; page++)
		if (watch_covers(watch, region->base + (page << PAGE_SHIFT), PAGE_SIZE))
			region->page_flags[page] |= PAGE_WATCHED;
}

/* Set the flags of pages anew from the list of watches. */
static void flag_all(struct machine *machine)
{
	for (size_t i = 0; i < machine->bus.regions.len; i++) {
		struct region *region = machine->bus.regions.item[i];

		for (uint64_t page = 0; region->host && page < region->size >> PAGE_SHIFT; page++)
			region->page_flags[page] &= ~PAGE_WATCHED;
		for (size_t w = 0; w < machine->watches.len; w++)
			flag_pages(region, &machine->watches.item[w]);
	}
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		cpu_new_generation(machine->cpu[i]);
	update_needs(machine);
}

int machine_add_watch(struct machine *machine, gpa_t addr, uint64_t len, enum watch_kind kind)
{
	struct watch *watch = vec_push(&machine->watches);

	*watch = (struct watch){ .id = ++machine->next_watch_id, .addr = addr, .len = len, .kind = kind };
	flag_all(machine);
	return machine->next_watch_id;
}

void machine_clear_watch(struct machine *machine, int id)
{
	for (size_t i = 0; i < machine->watches.len; i++) {
		if (machine->watches.item[i].id == id) {
			machine->watches.item[i] = machine->watches.item[--machine->watches.len];
			break;
		}
	}
	flag_all(machine);
}

void machine_set_watch_handler(struct machine *machine, watch_fn *handler, void *ctx)
{
	machine->watch_handler = handler;
	machine->watch_ctx = ctx;
}

void machine_set_observer(struct machine *machine, event_fn *observer, void *ctx)
{
	machine->observer = observer;
	machine->observer_ctx = ctx;
	update_needs(machine);
}

void machine_set_exact(struct machine *machine, bool on)
{
	machine->wants_exact = on;
	update_needs(machine);
}

void machine_set_event_mask(struct machine *machine, uint64_t mask)
{
	machine->event_mask = mask;
	update_needs(machine);
}
