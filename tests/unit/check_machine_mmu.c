/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table walker (Arm ARM D8): granules, levels, blocks, the edges of the two halves, and every permission bit.
 */
#include "machine/mmu.h"

#include <string.h>

#include "unit.h"

/* Tables: the first, and those that it leads to. */
#define T0	0x40000000ull
#define T1	0x40010000ull
#define T2	0x40020000ull
#define T3	0x40030000ull

enum {
	TABLES_SIZE = 0x100000, MAX_ENTRIES = 4,
	VALID = 1, TABLE = 3, PAGE = 3, BLOCK = 1,
	AF = 1 << 10, RO = 1 << 7, EL0 = 1 << 6,
	ON = 1, WXN = 1 << 19,
	G4K = 0, G64K = 1 << 14, G16K = 2 << 14,	/* TCR.TG0 */
	EPD0 = 1 << 7, EPD1 = 1 << 23, TBI = 1 << 20,
};

#define PXN		(1ull << 53)
#define UXN		(1ull << 54)
#define PXN_TABLE	(1ull << 59)
#define UXN_TABLE	(1ull << 60)
#define NO_EL0_TABLE	(1ull << 61)
#define RO_TABLE	(1ull << 62)
#define G1_16K		(1ull << 30)
#define G1_4K		(2ull << 30)
#define G1_64K		(3ull << 30)
#define TBI0		(1ull << 37)
#define TBI1		(1ull << 38)
#define T1SZ(n)		((uint64_t)(n) << 16)

struct row {
	const char *name;
	int el;
	uint64_t tcr;
	gva_t va;
	struct { gpa_t at; uint64_t value; } entry[MAX_ENTRIES];
	enum mmu_result result;
	gpa_t pa;
};

static const struct row walks[] = {
	/* 4 KiB, 39 bits: levels 1 to 3, nine bits each. */
	{ "4K level 1 block", 1, 25 | G4K, 0x40123456, { { T0 + 8, 0x80000000 | BLOCK | AF } }, MMU_OK, 0x80123456 },
	{ "4K level 2 block", 1, 25 | G4K, 0x40323456, { { T0 + 8, T1 | TABLE }, { T1 + 8, 0x90200000 | BLOCK | AF } },
	  MMU_OK, 0x90323456 },
	{ "4K page", 1, 25 | G4K, 0x40123456, { { T0 + 8, T1 | TABLE }, { T1, T2 | TABLE },
	  { T2 + 0x123 * 8, 0x12345000 | PAGE | AF } }, MMU_OK, 0x12345456 },
	{ "4K last page", 1, 25 | G4K, 0x7fffffffff, { { T0 + 511 * 8, T1 | TABLE }, { T1 + 511 * 8, T2 | TABLE },
	  { T2 + 511 * 8, 0x12345000 | PAGE | AF } }, MMU_OK, 0x12345fff },
	{ "4K level 1 invalid", 1, 25 | G4K, 0x40123456, { { 0 } }, MMU_FAULT_TRANSLATION, 0 },
	{ "4K level 2 invalid", 1, 25 | G4K, 0x40123456, { { T0 + 8, T1 | TABLE } }, MMU_FAULT_TRANSLATION, 0 },
	{ "4K level 3 invalid", 1, 25 | G4K, 0x40123456, { { T0 + 8, T1 | TABLE }, { T1, T2 | TABLE } },
	  MMU_FAULT_TRANSLATION, 0 },
	{ "4K level 3 reserved", 1, 25 | G4K, 0x40123456, { { T0 + 8, T1 | TABLE }, { T1, T2 | TABLE },
	  { T2 + 0x123 * 8, 0x12345000 | BLOCK | AF } }, MMU_FAULT_TRANSLATION, 0 },
	{ "table outside memory", 1, 25 | G4K, 0x40123456, { { T0 + 8, 0x70000000 | TABLE } }, MMU_FAULT_WALK, 0 },
	{ "no access flag", 1, 25 | G4K, 0x40123456, { { T0 + 8, 0x80000000 | BLOCK } }, MMU_FAULT_ACCESS_FLAG, 0 },
	/* Sizes of the address space: where the walk begins. */
	{ "4K 48 bits, level 0", 1, 16 | G4K, 0x8040123456, { { T0 + 8, T1 | TABLE }, { T1 + 8, 0x80000000 | BLOCK |
	  AF } },
	  MMU_OK, 0x80123456 },
	{ "4K level 0 has no blocks", 1, 16 | G4K, 0x8040123456, { { T0 + 8, 0x80000000 | BLOCK | AF } },
	  MMU_FAULT_TRANSLATION, 0 },
	{ "4K T0SZ below 16 counts as 16", 1, 0 | G4K, 0x8040123456, { { T0 + 8, T1 | TABLE },
	  { T1 + 8, 0x80000000 | BLOCK | AF } }, MMU_OK, 0x80123456 },
	{ "4K 31 bits, two entries", 1, 33 | G4K, 0x40123456, { { T0 + 8, 0x80000000 | BLOCK | AF } }, MMU_OK,
	  0x80123456 },
	{ "4K 30 bits, level 2", 1, 34 | G4K, 0x3fe00010, { { T0 + 511 * 8, 0x80000000 | BLOCK | AF } }, MMU_OK,
	  0x80000010 },
	{ "4K 25 bits, sixteen entries", 1, 39 | G4K, 0x1e00010, { { T0 + 15 * 8, 0x80000000 | BLOCK | AF } }, MMU_OK,
	  0x80000010 },
	{ "last address of 39 bits", 1, 25 | G4K, 0x7fffffffff, { { T0 + 511 * 8, 0x80000000 | BLOCK | AF } }, MMU_OK,
	  0xbfffffff },
	{ "first address past 39 bits", 1, 25 | G4K, 0x8000000000, { { T0, 0x80000000 | BLOCK | AF } },
	  MMU_FAULT_TRANSLATION, 0 },
	{ "first address past 48 bits", 1, 16 | G4K, 0x1000000000000, { { T0, T1 | TABLE }, { T1, 0x80000000 | BLOCK |
	  AF } },
	  MMU_FAULT_TRANSLATION, 0 },
	/* 16 KiB: eleven bits each. */
	{ "16K page", 1, 17 | G16K, 0x123456789, { { T0, T1 | TABLE }, { T1 + 0x91 * 8, T2 | TABLE },
	  { T2 + 0x515 * 8, 0x5678c000 | PAGE | AF } }, MMU_OK, 0x5678e789 },
	{ "16K level 2 block", 1, 17 | G16K, 0x2345678, { { T0, T1 | TABLE }, { T1 + 8, 0x82000000 | BLOCK | AF } },
	  MMU_OK,
	  0x82345678 },
	{ "16K level 1 has no blocks", 1, 17 | G16K, 0x2345678, { { T0, 0x80000000 | BLOCK | AF } },
	  MMU_FAULT_TRANSLATION,
	  0 },
	{ "16K 48 bits, level 0 of two entries", 1, 16 | G16K, 0x800002345678, { { T0 + 8, T1 | TABLE }, { T1, T2 |
	  TABLE },
	  { T2 + 8, 0x82000000 | BLOCK | AF } }, MMU_OK, 0x82345678 },
	/* 64 KiB: thirteen bits each. */
	{ "64K page", 1, 16 | G64K, 0x20034567, { { T0, T1 | TABLE }, { T1 + 8, T2 | TABLE },
	  { T2 + 3 * 8, 0x56780000 | PAGE | AF } }, MMU_OK, 0x56784567 },
	{ "64K level 2 block", 1, 16 | G64K, 0x20034567, { { T0, T1 | TABLE }, { T1 + 8, 0x80000000 | BLOCK | AF } },
	  MMU_OK,
	  0x80034567 },
	{ "64K level 1 has no blocks", 1, 16 | G64K, 0x20034567, { { T0, 0x80000000 | BLOCK | AF } },
	  MMU_FAULT_TRANSLATION, 0 },
	{ "64K 42 bits, level 2", 1, 22 | G64K, 0x20034567, { { T0 + 8, 0x80000000 | BLOCK | AF } }, MMU_OK,
	  0x80034567 },
	/* The upper half. */
	{ "TTBR1, 4K", 1, T1SZ(25) | G1_4K | 25, 0xffffff8040123456, { { T1 + 8, 0x80000000 | BLOCK | AF } }, MMU_OK,
	  0x80123456 },
	{ "TTBR1, 16K", 1, T1SZ(17) | G1_16K | 25, 0xffff800002345678, { { T1, T2 | TABLE },
	  { T2 + 8, 0x82000000 | BLOCK | AF } }, MMU_OK, 0x82345678 },
	{ "TTBR1, 64K", 1, T1SZ(16) | G1_64K | 25, 0xffff000020034567, { { T1, T2 | TABLE },
	  { T2 + 8, 0x80000000 | BLOCK | AF } }, MMU_OK, 0x80034567 },
	{ "first address of the upper half", 1, T1SZ(25) | G1_4K | 25, 0xffffff8000000000, { { T1, 0x80000000 | BLOCK |
	  AF } },
	  MMU_OK, 0x80000000 },
	{ "last address below it", 1, T1SZ(25) | G1_4K | 25, 0xffffff7fffffffff, { { T1 + 511 * 8, 0x80000000 | BLOCK |
	  AF } },
	  MMU_FAULT_TRANSLATION, 0 },
	{ "halves differ in size", 1, T1SZ(16) | G1_4K | 25, 0xffff000000123456, { { T1, T2 | TABLE },
	  { T2, 0x80000000 | BLOCK | AF } }, MMU_OK, 0x80123456 },
	{ "EPD0", 1, 25 | G4K | EPD0, 0x40123456, { { T0 + 8, 0x80000000 | BLOCK | AF } }, MMU_FAULT_TRANSLATION, 0 },
	{ "EPD1 and the lower half", 1, 25 | G4K | EPD1, 0x40123456, { { T0 + 8, 0x80000000 | BLOCK | AF } }, MMU_OK,
	  0x80123456 },
	{ "EPD1", 1, T1SZ(25) | G1_4K | 25 | EPD1, 0xffffff8040123456, { { T1 + 8, 0x80000000 | BLOCK | AF } },
	  MMU_FAULT_TRANSLATION, 0 },
	/* Tags. */
	{ "tag without TBI0", 1, 25 | G4K, 0x5a00000040123456, { { T0 + 8, 0x80000000 | BLOCK | AF } },
	  MMU_FAULT_TRANSLATION, 0 },
	{ "tag with TBI0", 1, 25 | G4K | TBI0, 0x5a00000040123456, { { T0 + 8, 0x80000000 | BLOCK | AF } }, MMU_OK,
	  0x80123456 },
	{ "TBI0 does not reach below bit 56", 1, 25 | G4K | TBI0, 0x5a40000040123456, { { T0 + 8, 0x80000000 | BLOCK |
	  AF } },
	  MMU_FAULT_TRANSLATION, 0 },
	{ "tag with TBI1", 1, T1SZ(25) | G1_4K | 25 | TBI1, 0x5affff8040123456, { { T1 + 8, 0x80000000 | BLOCK | AF } },
	  MMU_OK, 0x80123456 },
	{ "TBI0 is not TBI1", 1, T1SZ(25) | G1_4K | 25 | TBI0, 0x5affff8040123456, { { T1 + 8, 0x80000000 | BLOCK |
	  AF } },
	  MMU_FAULT_TRANSLATION, 0 },
	{ "tag at EL2", 2, 25 | G4K | TBI, 0x5a00000040123456, { { T0 + 8, 0x80000000 | BLOCK | AF } }, MMU_OK,
	  0x80123456 },
	/* EL2 and EL3 have one half. */
	{ "EL3", 3, 25 | G4K, 0x40123456, { { T0 + 8, 0x80000000 | BLOCK | AF } }, MMU_OK, 0x80123456 },
	{ "upper half at EL2", 2, 25 | G4K, 0xffffff8040123456, { { T1 + 8, 0x80000000 | BLOCK | AF } },
	  MMU_FAULT_TRANSLATION, 0 },
};

static void setup_bus(struct bus *bus)
{
	struct error err = ERROR_NONE;

	memset(bus, 0, sizeof(*bus));
	ck_assert(bus_add_memory(bus, T0, TABLES_SIZE, REGION_RAM, &err));
}

static void write_entry(struct bus *bus, gpa_t at, uint64_t value)
{
	memcpy(bus_host(bus, at), &value, sizeof(value));
}

START_TEST(walk)
{
	const struct row *row = &walks[_i];
	struct mmu_regime regime = { .sctlr = ON, .tcr = row->tcr, .ttbr0 = T0, .ttbr1 = T1, .el = row->el };
	enum mmu_result result;
	struct bus bus;
	gpa_t pa;

	setup_bus(&bus);
	for (int i = 0; i < MAX_ENTRIES && row->entry[i].at; i++)
		write_entry(&bus, row->entry[i].at, row->entry[i].value);
	result = mmu_translate(&bus, &regime, row->va, MMU_READ, false, &pa);
	ck_assert_msg(result == row->result, "%s: result %d", row->name, result);
	ck_assert_msg(result != MMU_OK || pa == row->pa, "%s: pa 0x%lx", row->name, (unsigned long)pa);
	bus_free(&bus);
}
END_TEST

/* ---- permissions: one page, reached by a table that may take rights away ---- */

enum { PR = 1, PW = 2, PX = 4, UR = 8, UW = 16, UX = 32 };	/* what is allowed: privileged or at EL0 */

struct right {
	const char *name;
	int el;
	uint64_t page, table, sctlr;
	unsigned allowed;
};

static const struct right rights[] = {
	{ "kernel data", 1, PXN | UXN, 0, 0, PR | PW },
	{ "kernel text", 1, RO | UXN, 0, 0, PR | PX },
	{ "kernel read and write, executable", 1, UXN, 0, 0, PR | PW | PX },
	{ "the same, WXN", 1, UXN, 0, WXN, PR | PW },
	{ "kernel only, UXN clear", 1, 0, 0, 0, PR | PW | PX },
	{ "user data", 1, EL0 | PXN | UXN, 0, 0, PR | PW | UR | UW },
	{ "user text", 1, EL0 | RO | PXN, 0, 0, PR | UR | UX },
	{ "user text, PXN clear", 1, EL0 | RO, 0, 0, PR | PX | UR | UX },
	{ "user writable text is not the kernel's", 1, EL0, 0, 0, PR | PW | UR | UW | UX },
	{ "the same, WXN", 1, EL0, 0, WXN, PR | PW | UR | UW },
	{ "read-only table", 1, EL0 | PXN, RO_TABLE, 0, PR | UR | UX },
	{ "kernel's table", 1, EL0, NO_EL0_TABLE, 0, PR | PW | PX },
	{ "PXN table", 1, EL0 | RO, PXN_TABLE, 0, PR | UR | UX },
	{ "UXN table", 1, EL0 | RO, UXN_TABLE, 0, PR | PX | UR },
	{ "all of them", 1, EL0, RO_TABLE | NO_EL0_TABLE | PXN_TABLE | UXN_TABLE, 0, PR },
	{ "EL2 data", 2, UXN, 0, 0, PR | PW },
	{ "EL2 text", 2, RO, 0, 0, PR | PX },
	{ "EL2, WXN", 2, 0, 0, WXN, PR | PW },
	{ "EL3, read-only table", 3, 0, RO_TABLE, 0, PR | PX },
	{ "EL3, XN table", 3, 0, UXN_TABLE, 0, PR | PW },
};

START_TEST(permission)
{
	static const struct { enum mmu_access access; bool is_el0; unsigned bit; } tries[] = {
		{ MMU_READ, false, PR }, { MMU_WRITE, false, PW }, { MMU_FETCH, false, PX },
		{ MMU_READ, true, UR }, { MMU_WRITE, true, UW }, { MMU_FETCH, true, UX },
	};
	const struct right *right = &rights[_i];
	struct mmu_regime regime = { .sctlr = ON | right->sctlr, .tcr = 34 | G4K, .ttbr0 = T0, .el = right->el };
	struct bus bus;

	setup_bus(&bus);
	write_entry(&bus, T0, T1 | TABLE | right->table);
	write_entry(&bus, T1, 0x80000000 | PAGE | AF | right->page);
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		gpa_t pa;
		bool ok = mmu_translate(&bus, &regime, 0x10, tries[i].access, tries[i].is_el0, &pa) == MMU_OK;

		if (right->el == 1 || !tries[i].is_el0)
			ck_assert_msg(ok == !!(right->allowed & tries[i].bit), "%s: access %d at EL0 %d", right->name,
				      tries[i].access, tries[i].is_el0);
	}
	bus_free(&bus);
}
END_TEST

/* With the MMU off: TBI0 and TBI1 hold all the same, and so does the size of a physical address. */
static const struct { uint64_t tcr; gva_t va; enum mmu_result result; gpa_t pa; } flat[] = {
	{ 25, 0xf8040123456, MMU_OK, 0xf8040123456 },
	{ 25, 0x100000000000, MMU_FAULT_ADDRESS_SIZE, 0 },
	{ 25, 0xffffff8040123456, MMU_FAULT_ADDRESS_SIZE, 0 },
	{ 25, 0x5a00000040123456, MMU_FAULT_ADDRESS_SIZE, 0 },
	{ 25 | TBI0, 0x5a00000040123456, MMU_OK, 0x40123456 },
	{ 25 | TBI0, 0x5a00100040123456, MMU_FAULT_ADDRESS_SIZE, 0 },
	{ 25 | TBI0, 0x5a80000040123456, MMU_FAULT_ADDRESS_SIZE, 0 },
};

START_TEST(off_is_flat)
{
	struct mmu_regime regime = { .tcr = flat[_i].tcr, .el = 1, .pa_bits = 44 };
	struct bus bus;
	gpa_t pa = 0;

	setup_bus(&bus);
	ck_assert_int_eq(mmu_translate(&bus, &regime, flat[_i].va, MMU_WRITE, true, &pa), flat[_i].result);
	if (flat[_i].result == MMU_OK)
		ck_assert_uint_eq(pa, flat[_i].pa);
	bus_free(&bus);
}
END_TEST

/* TTBRn holds more than an address, and a small first table need not be at the start of a page. */
START_TEST(base_register)
{
	struct mmu_regime regime = { .sctlr = ON, .tcr = 39 | G4K, .ttbr0 = T0 | 0x80 | 1 | 0xabcull << 48, .el = 1 };
	struct bus bus;
	gpa_t pa = 0;

	setup_bus(&bus);
	write_entry(&bus, T0 + 0x80 + 8, 0x80000000 | BLOCK | AF);
	ck_assert_int_eq(mmu_translate(&bus, &regime, 0x200010, MMU_READ, false, &pa), MMU_OK);
	ck_assert_uint_eq(pa, 0x80000010);
	bus_free(&bus);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/mmu");
	TCase *tcase = tcase_create("mmu");

	tcase_add_loop_test(tcase, walk, 0, sizeof(walks) / sizeof(walks[0]));
	tcase_add_loop_test(tcase, permission, 0, sizeof(rights) / sizeof(rights[0]));
	tcase_add_loop_test(tcase, off_is_flat, 0, sizeof(flat) / sizeof(flat[0]));
	tcase_add_test(tcase, base_register);
	suite_add_tcase(suite, tcase);
	return suite;
}
