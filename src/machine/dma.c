/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/dma.c: memory as devices use it: RAM that they read and write by themselves, and storage of their own.
 *
 * What a device writes is a store by nobody: monitors, watches and snapshots see it as they see the stores of CPUs.  It
 * comes between bursts, when the monitors know all that the cores reserved.  Storage is a region at an address past all
 * that a CPU can name, so that snapshots, going back and the hash need no second way of keeping bytes.
 */
#include <assert.h>
#include <string.h>

#include "machine/core.h"

#define STORAGE_BASE	(UINT64_C(1) << 60)

enum { PIECE = 8 };

static struct region *find_ram(const struct machine *machine, gpa_t addr, uint64_t len)
{
	struct region *region = bus_find(&machine->bus, addr);

	if (!region || region->kind != REGION_RAM || len > region->size - (addr - region->base))
		return NULL;
	return region;
}

bool machine_is_ram(const struct machine *machine, gpa_t addr, uint64_t len)
{
	return find_ram(machine, addr, len);
}

bool machine_dma_read(const struct machine *machine, gpa_t addr, void *to, size_t len)
{
	const struct region *region = find_ram(machine, addr, len);

	if (region)
		memcpy(to, region->host + (addr - region->base), len);
	return region;
}

/* ---- writing ---- */

static void hit_watch(struct machine *machine, const struct watch *watch, const struct stop *what, unsigned size)
{
	if (watch->kind & WATCH_NOTE && machine->watch_handler)
		machine->watch_handler(machine->watch_ctx, NULL, 0, what->addr, size, what->old, what->value);
	if (watch->kind & WATCH_STOP && !machine->has_dma_stop) {
		machine->has_dma_stop = true;
		machine->dma_stop = *what;
	}
}

static void check_watches(struct machine *machine, const struct stop *what, unsigned size)
{
	for (size_t i = 0; i < machine->watches.len; i++) {
		const struct watch *watch = &machine->watches.item[i];

		if (watch_covers(watch, what->addr, size))
			hit_watch(machine, watch, what, size);
	}
}

/* At most PIECE bytes in a page that is watched. */
static void write_piece(struct machine *machine, uint8_t *host, gpa_t addr, const uint8_t *from, unsigned size)
{
	struct stop what = { .reason = STOP_WATCH, .cpu = EVENT_NO_CPU, .addr = addr, .size = size };

	memcpy(&what.old, host, size);
	memcpy(&what.value, from, size);
	memcpy(host, from, size);
	check_watches(machine, &what, size);
}

/* LEN bytes that do not cross a page. */
static void write_page(struct machine *machine, const struct region *region, gpa_t addr, const uint8_t *from,
		       size_t len)
{
	uint8_t *host = region->host + (addr - region->base);

	store_touch_page(machine, region, addr);
	if (!(*bus_page_flags(region, addr) & PAGE_WATCHED)) {
		memcpy(host, from, len);
	} else {
		for (size_t done = 0, size; done < len; done += size) {
			size = PIECE - (addr + done) % PIECE;
			size = len - done < size ? len - done : size;
			write_piece(machine, host + done, addr + done, from + done, (unsigned)size);
		}
	}
	exclusive_stored_by_device(machine, addr, (unsigned)len);
}

/* The bytes from ADDR on that are in its page, of LEN. */
static size_t in_page(gpa_t addr, size_t len)
{
	size_t left = PAGE_SIZE - addr % PAGE_SIZE;

	return len < left ? len : left;
}

bool machine_dma_write(struct machine *machine, gpa_t addr, const void *from, size_t len)
{
	const struct region *region = find_ram(machine, addr, len);
	const uint8_t *bytes = from;

	assert(!machine->running);
	if (!region)
		return false;
	for (size_t size; len; addr += size, bytes += size, len -= size) {
		size = in_page(addr, len);
		write_page(machine, region, addr, bytes, size);
	}
	livelock_changed(machine);
	return true;
}

bool dma_take_stop(struct machine *machine, struct stop *stop)
{
	if (!machine->has_dma_stop)
		return false;
	machine->has_dma_stop = false;
	*stop = machine->dma_stop;
	return true;
}

/* ---- storage ---- */

bool machine_add_storage(struct machine *machine, uint64_t size, unsigned *id, struct error *err)
{
	uint64_t pages = (size + PAGE_SIZE - 1) & ~(uint64_t)(PAGE_SIZE - 1);

	assert(machine->storage_count < STORAGE_MAX && size && size <= STORAGE_SIZE_MAX);
	if (!bus_add_memory(&machine->bus, STORAGE_BASE + machine->storage_count * STORAGE_SIZE_MAX, pages,
			    REGION_STORAGE, err))
		return false;
	*id = machine->storage_count++;
	return true;
}

static struct region *find_storage(const struct machine *machine, unsigned id, uint64_t offset, size_t len)
{
	struct region *region = bus_find_any(&machine->bus, STORAGE_BASE + id * STORAGE_SIZE_MAX);

	(void)offset, (void)len;	/* without assertions */
	assert(region && offset <= region->size && len <= region->size - offset);
	return region;
}

void machine_storage_read(const struct machine *machine, unsigned id, uint64_t offset, void *to, size_t len)
{
	memcpy(to, find_storage(machine, id, offset, len)->host + offset, len);
}

void machine_storage_write(struct machine *machine, unsigned id, uint64_t offset, const void *from, size_t len)
{
	const struct region *region = find_storage(machine, id, offset, len);
	const uint8_t *bytes = from;

	for (size_t size; len; offset += size, bytes += size, len -= size) {
		size = in_page(offset, len);
		store_touch_page(machine, region, region->base + offset);
		memcpy(region->host + offset, bytes, size);
	}
}
