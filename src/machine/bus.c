/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/bus.c: the physical address map.
 */
#include "machine/bus.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/alloc.h"

static size_t page_count(const struct region *region)
{
	return region->size >> PAGE_SHIFT;
}

static void free_region(struct region *region)
{
	if (region->host)
		munmap(region->host, region->size);
	for (size_t i = 0; region->code && i < page_count(region); i++)
		free(region->code[i]);
	free(region->code);
	free(region->page_flags);
	free(region);
}

void bus_free(struct bus *bus)
{
	for (size_t i = 0; i < bus->regions.len; i++)
		free_region(bus->regions.item[i]);
	vec_free(&bus->regions);
}

static bool check_free(const struct bus *bus, gpa_t base, uint64_t size, struct error *err)
{
	if (size == 0 || base % PAGE_SIZE || size % PAGE_SIZE || base + size - 1 < base)
		return error_set(err, "region 0x%" PRIx64 " + 0x%" PRIx64 ": not whole pages of the address space",
				 base, size);
	for (size_t i = 0; i < bus->regions.len; i++) {
		const struct region *other = bus->regions.item[i];

		if (base < other->base + other->size && other->base < base + size)
			return error_set(err, "region 0x%" PRIx64 " + 0x%" PRIx64 " overlaps 0x%" PRIx64 " + 0x%" PRIx64,
					 base, size, other->base, other->size);
	}
	return true;
}

/* Keep the regions sorted. */
static void insert(struct bus *bus, struct region *region)
{
	size_t i;

	vec_add(&bus->regions, region);
	for (i = bus->regions.len - 1; i > 0 && bus->regions.item[i - 1]->base > region->base; i--)
		bus->regions.item[i] = bus->regions.item[i - 1];
	bus->regions.item[i] = region;
}

static void *reserve(uint64_t size, struct error *err)
{
	void *host = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE | MAP_NORESERVE, -1, 0);

	if (host != MAP_FAILED)
		return host;
	return error_null(err, "the host gives no %" PRIu64 " MiB of memory: %s", size >> 20, strerror(errno));
}

bool bus_add_memory(struct bus *bus, gpa_t base, uint64_t size, enum region_kind kind, struct error *err)
{
	struct region *region;
	void *host;

	if (!check_free(bus, base, size, err))
		return false;
	host = reserve(size, err);
	if (!host)
		return false;
	region = xzalloc(sizeof(*region));
	*region = (struct region){ .base = base, .size = size, .kind = kind, .host = host };
	region->page_flags = xcalloc(page_count(region), 1);
	if (kind != REGION_STORAGE)
		region->code = xcalloc(page_count(region), sizeof(*region->code));
	insert(bus, region);
	return true;
}

bool bus_add_device(struct bus *bus, gpa_t base, uint64_t size, const struct device_ops *ops, void *dev,
		    struct error *err)
{
	struct region *region;

	if (!check_free(bus, base, size, err))
		return error_prefix(err, ops->name);
	region = xzalloc(sizeof(*region));
	*region = (struct region){ .base = base, .size = size, .kind = REGION_DEVICE, .ops = ops, .dev = dev };
	insert(bus, region);
	return true;
}

static bool holds(const struct region *region, gpa_t pa)
{
	return pa - region->base < region->size;
}

struct region *bus_find_any(const struct bus *bus, gpa_t pa)
{
	size_t low = 0, high = bus->regions.len;

	while (low < high) {
		size_t mid = (low + high) / 2;
		struct region *region = bus->regions.item[mid];

		if (holds(region, pa))
			return region;
		if (pa < region->base)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

struct region *bus_find(const struct bus *bus, gpa_t pa)
{
	struct region *region = bus_find_any(bus, pa);

	return region && region->kind != REGION_STORAGE ? region : NULL;
}

uint8_t *bus_host(const struct bus *bus, gpa_t pa)
{
	const struct region *region = bus_find(bus, pa);

	return region && region->host ? region->host + (pa - region->base) : NULL;
}

bool bus_read64(const struct bus *bus, gpa_t pa, uint64_t *value)
{
	const uint8_t *host = pa % sizeof(*value) ? NULL : bus_host(bus, pa);

	if (host)
		memcpy(value, host, sizeof(*value));
	return host;
}

uint32_t bus_insn(const struct bus *bus, gpa_t pa)
{
	const uint8_t *host = bus_host(bus, pa & ~3ull);
	uint32_t word = 0;

	if (host)
		memcpy(&word, host, sizeof(word));
	return word;
}

uint8_t *bus_page_flags(const struct region *region, gpa_t pa)
{
	assert(region->page_flags && holds(region, pa));
	return &region->page_flags[(pa - region->base) >> PAGE_SHIFT];
}

struct code_page **bus_code_slot(const struct region *region, gpa_t pa)
{
	assert(region->code && holds(region, pa));
	return &region->code[(pa - region->base) >> PAGE_SHIFT];
}
