/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/mmu.c: the table walker.
 */
#include "machine/mmu.h"

#include <stddef.h>

enum {
	SCTLR_M = 1 << 0,
	SCTLR_WXN = 1 << 19,
	DESC_VALID = 1 << 0,
	DESC_TABLE = 1 << 1,	/* at the last level: a page */
	DESC_AP_EL0 = 1 << 6,
	DESC_AP_RO = 1 << 7,
	DESC_AF = 1 << 10,
	LAST_LEVEL = 3,
	TSZ_MIN = 16, TSZ_MAX = 39,
};

#define DESC_ADDR	0x0000fffffffff000ull
#define TTBR_ADDR	0x0000fffffffffffeull
#define DESC_PXN	(1ull << 53)
#define DESC_UXN	(1ull << 54)
#define DESC_PXN_TABLE	(1ull << 59)
#define DESC_UXN_TABLE	(1ull << 60)
#define DESC_AP_NO_EL0	(1ull << 61)
#define DESC_AP_RO_TABLE (1ull << 62)

/* One walk: the geometry of the half of the address space, and what the tables above have taken away. */
struct walk {
	gpa_t table;
	unsigned page_shift;	/* 12, 14 or 16 */
	unsigned va_bits;
	bool is_ro, no_el0, no_fetch_priv, no_fetch_el0;
};

static unsigned field(uint64_t value, unsigned low, unsigned width)
{
	return value >> low & ((1u << width) - 1);
}

/* TG0 and TG1 number the granules differently (Arm ARM D19, TCR_EL1). */
static unsigned granule_shift(uint64_t tcr, bool high)
{
	static const uint8_t tg0[] = { 12, 16, 14, 12 }, tg1[] = { 12, 14, 12, 16 };

	return high ? tg1[field(tcr, 30, 2)] : tg0[field(tcr, 14, 2)];
}

static bool ignores_top_byte(const struct mmu_regime *regime, bool high)
{
	if (regime->el != 1)
		return field(regime->tcr, 20, 1);
	return field(regime->tcr, high ? 38 : 37, 1);
}

static unsigned level_shift(const struct walk *walk, unsigned level)
{
	return walk->page_shift + (LAST_LEVEL - level) * (walk->page_shift - 3);
}

static unsigned first_level(const struct walk *walk)
{
	return LAST_LEVEL - (walk->va_bits - walk->page_shift - 1) / (walk->page_shift - 3);
}

/* Address bits that index the table at LEVEL: the first level may have fewer than the others. */
static unsigned index_bits(const struct walk *walk, unsigned level)
{
	unsigned bits = walk->page_shift - 3, left = walk->va_bits - level_shift(walk, level);

	return left < bits ? left : bits;
}

/* TTBRn also holds an ASID and CnP.  A first table that is smaller than a page is aligned to its own size. */
static gpa_t first_table(const struct walk *walk, uint64_t ttbr)
{
	return ttbr & TTBR_ADDR & ~((8ull << index_bits(walk, first_level(walk))) - 1);
}

/* Pick the table and the geometry for VA; false when VA is outside both halves or the half is disabled. */
static bool begin_walk(struct walk *walk, const struct mmu_regime *regime, gva_t va)
{
	bool high = regime->el == 1 && va >> 55 & 1;
	unsigned tsz = field(regime->tcr, high ? 16 : 0, 6);
	uint64_t top;

	if (regime->el == 1 && field(regime->tcr, high ? 23 : 7, 1))
		return false;
	/* What is out of range counts as the nearest that is not (Arm ARM D8.2.3: CONSTRAINED), as it does in the core. */
	tsz = tsz < TSZ_MIN ? TSZ_MIN : tsz > TSZ_MAX ? TSZ_MAX : tsz;
	walk->va_bits = 64 - tsz;
	walk->page_shift = granule_shift(regime->tcr, high);
	walk->table = first_table(walk, high ? regime->ttbr1 : regime->ttbr0);
	top = high ? ~va : va;
	if (ignores_top_byte(regime, high))
		top &= 0x00ffffffffffffffull;
	return top >> walk->va_bits == 0;
}

static uint64_t entry_index(const struct walk *walk, unsigned level, gva_t va)
{
	return va >> level_shift(walk, level) & ((1ull << index_bits(walk, level)) - 1);
}

static void take_table_limits(struct walk *walk, uint64_t desc)
{
	walk->is_ro |= !!(desc & DESC_AP_RO_TABLE);
	walk->no_el0 |= !!(desc & DESC_AP_NO_EL0);
	walk->no_fetch_priv |= !!(desc & DESC_PXN_TABLE);
	walk->no_fetch_el0 |= !!(desc & DESC_UXN_TABLE);
}

static bool may_fetch(const struct walk *walk, const struct mmu_regime *regime, uint64_t desc, bool is_el0)
{
	bool el0_ok = desc & DESC_AP_EL0 && !walk->no_el0;
	bool writable = !(desc & DESC_AP_RO) && !walk->is_ro;

	if (regime->sctlr & SCTLR_WXN && writable)
		return false;
	if (regime->el != 1)
		return !(desc & DESC_UXN) && !walk->no_fetch_el0;
	if (is_el0)
		return el0_ok && !(desc & DESC_UXN) && !walk->no_fetch_el0;
	/* What EL0 may write, EL1 never executes. */
	return !(desc & DESC_PXN) && !walk->no_fetch_priv && !(el0_ok && writable);
}

static enum mmu_result check(const struct walk *walk, const struct mmu_regime *regime, uint64_t desc,
			     enum mmu_access access, bool is_el0)
{
	if (!(desc & DESC_AF))
		return MMU_FAULT_ACCESS_FLAG;
	if (access == MMU_FETCH)
		return may_fetch(walk, regime, desc, is_el0) ? MMU_OK : MMU_FAULT_PERMISSION;
	if (is_el0 && regime->el == 1 && (!(desc & DESC_AP_EL0) || walk->no_el0))
		return MMU_FAULT_PERMISSION;
	if (access == MMU_WRITE && (desc & DESC_AP_RO || walk->is_ro))
		return MMU_FAULT_PERMISSION;
	return MMU_OK;
}

/* A block is allowed at level 1 only with 4 KiB granules, at level 2 always. */
static bool is_leaf(const struct walk *walk, uint64_t desc, unsigned level)
{
	if (level == LAST_LEVEL)
		return desc & DESC_TABLE;
	return !(desc & DESC_TABLE) && (level == 2 || (level == 1 && walk->page_shift == 12));
}

/* With the MMU off an address is physical, but for a top byte that TCR_ELx says to ignore (Arm ARM D8.2.11). */
static enum mmu_result walk_flat(const struct mmu_regime *regime, gva_t va, struct mmu_leaf *leaf)
{
	if (ignores_top_byte(regime, regime->el == 1 && va >> 55 & 1))
		va &= 0x00ffffffffffffffull;
	leaf->pa = va;
	return va >> regime->pa_bits ? MMU_FAULT_ADDRESS_SIZE : MMU_OK;
}

enum mmu_result mmu_walk(const struct bus *bus, const struct mmu_regime *regime, gva_t va, enum mmu_access access,
			 bool is_el0, struct mmu_leaf *leaf)
{
	struct walk walk = { 0 };

	*leaf = (struct mmu_leaf){ .pa = va, .shift = PAGE_SHIFT };
	if (!(regime->sctlr & SCTLR_M))
		return walk_flat(regime, va, leaf);
	if (!begin_walk(&walk, regime, va))
		return MMU_FAULT_TRANSLATION;
	for (unsigned level = first_level(&walk); level <= LAST_LEVEL; level++) {
		unsigned shift = level_shift(&walk, level);
		uint64_t desc, low = (1ull << shift) - 1;

		if (!bus_read64(bus, walk.table + entry_index(&walk, level, va) * 8, &desc))
			return MMU_FAULT_WALK;
		if (!(desc & DESC_VALID))
			return MMU_FAULT_TRANSLATION;
		if (is_leaf(&walk, desc, level)) {
			*leaf = (struct mmu_leaf){ .pa = (desc & DESC_ADDR & ~low) | (va & low), .shift = shift };
			return check(&walk, regime, desc, access, is_el0);
		}
		if (level == LAST_LEVEL || !(desc & DESC_TABLE))
			return MMU_FAULT_TRANSLATION;
		take_table_limits(&walk, desc);
		walk.table = desc & DESC_ADDR & ~((1ull << walk.page_shift) - 1);
	}
	return MMU_FAULT_TRANSLATION;
}

enum mmu_result mmu_translate(const struct bus *bus, const struct mmu_regime *regime, gva_t va,
			      enum mmu_access access, bool is_el0, gpa_t *pa)
{
	struct mmu_leaf leaf;
	enum mmu_result result = mmu_walk(bus, regime, va, access, is_el0, &leaf);

	*pa = leaf.pa;
	return result;
}
