/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/bus.h: what answers at which physical address, and what is known of each page of memory.
 *
 * Private to the machine library.  Memory is host memory that the engine maps too; devices are called.  Each page of
 * memory carries flags (was it written, is it watched, has it been run) and, once run, one byte an instruction that says
 * what the machine must know of it.
 */
#ifndef MACHINE_BUS_H
#define MACHINE_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/vec.h"
#include "machine/device.h"
#include "machine/types.h"

/* REGION_STORAGE is memory of devices: at no address that a CPU can name, saved and restored like the rest. */
enum region_kind { REGION_RAM, REGION_ROM, REGION_DEVICE, REGION_STORAGE };

enum page_flag {
	PAGE_WRITTEN = 1,	/* differs, or may differ, from the last snapshot */
	PAGE_TOUCHED = 2,	/* was written at least once since power-on: it counts in the hash */
	PAGE_WATCHED = 4,	/* some watch lies in it: its stores take the slow way */
};

/* One instruction of a page that has been run: an enum insn_class in the low bits, and these. */
enum {
	CODE_CLASS = 0x1f,
	CODE_BLOCK_END = 0x40,	/* insn_is_block_end() */
	CODE_MARK = 0x80,	/* somebody set a mark on it */
	CODE_PER_PAGE = PAGE_SIZE / 4,
};

/* The code bytes of a page. */
struct code_page {
	uint32_t version;	/* another one each time that they changed */
	bool is_stale;		/* the instructions may have changed since: look again before use */
	uint64_t written;	/* bit n: the page may have been stored to since CPU n last dropped all of its code */
	uint8_t code[CODE_PER_PAGE];
};

/* Memory or a device. */
struct region {
	gpa_t base;
	uint64_t size;
	enum region_kind kind;
	uint8_t *host;			/* memory: owned, mmap'd */
	uint8_t *page_flags;		/* memory: one byte a page */
	struct code_page **code;	/* memory but storage: one a page once run, else NULL */
	struct page_chunk **saved;	/* memory: what the last snapshot made or restored holds (snapshot.c); NULL: none yet */
	const struct device_ops *ops;	/* device */
	void *dev;
};

/* All regions, sorted by base, none overlapping. */
struct bus {
	VEC(struct region *) regions;
};

/* Free all regions of BUS. */
void bus_free(struct bus *bus);

/* Add a region of memory (HOST allocated here) or a device.  False with ERR when it overlaps one. */
bool bus_add_memory(struct bus *bus, gpa_t base, uint64_t size, enum region_kind kind, struct error *err);
/* Add a device's registers. */
bool bus_add_device(struct bus *bus, gpa_t base, uint64_t size, const struct device_ops *ops, void *dev,
		    struct error *err);

/* The region that holds PA, or NULL; storage is nowhere. */
struct region *bus_find(const struct bus *bus, gpa_t pa);
/* The same with storage, by the address that it was added at. */
struct region *bus_find_any(const struct bus *bus, gpa_t pa);

/* Host address of PA in memory, for LEN bytes that do not cross a page; NULL when it is not memory. */
uint8_t *bus_host(const struct bus *bus, gpa_t pa);

/* Read a little-endian 64-bit word of memory; false when PA is not memory. */
bool bus_read64(const struct bus *bus, gpa_t pa, uint64_t *value);

/* The instruction word at PA; 0 (which is UDF) when it is not memory. */
uint32_t bus_insn(const struct bus *bus, gpa_t pa);

/* Flags of the page of PA in REGION (memory). */
uint8_t *bus_page_flags(const struct region *region, gpa_t pa);

/* Slot that holds the code bytes of the page of PA in REGION (memory). */
struct code_page **bus_code_slot(const struct region *region, gpa_t pa);

#endif /* MACHINE_BUS_H */
