/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * machine/block.c: what a block of instructions contains that the machine must look after.
 *
 * The first time that a page is run, each of its instructions gets one byte (bus.h).  What a block needs follows from the
 * bytes of its instructions, and is kept in a cache by virtual address.
 */
#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "machine/core.h"

/* The code bytes of what lies outside memory. */
static const uint8_t no_code[CODE_PER_PAGE];


static void scan_page(const struct machine *machine, const struct region *region, gpa_t page, uint8_t *code)
{
	const uint8_t *host = region->host + (page - region->base);

	for (unsigned i = 0; i < CODE_PER_PAGE; i++) {
		uint32_t word;

		memcpy(&word, host + i * 4, sizeof(word));
		code[i] = insn_classify(word) | (insn_is_block_end(word) ? CODE_BLOCK_END : 0);
	}
	for (size_t i = 0; i < machine->marks.len; i++)
		if (machine->marks.item[i].addr - page < PAGE_SIZE && machine->marks.item[i].kinds & ~MARK_IDLE)
			code[(machine->marks.item[i].addr - page) / 4] |= CODE_MARK;
}

static const uint8_t *code_of(struct machine *machine, gpa_t pa)
{
	struct region *region = bus_find(&machine->bus, pa);
	gpa_t page = pa & ~(gpa_t)(PAGE_SIZE - 1);
	uint8_t **slot;

	if (!region || !region->host)
		return no_code;
	slot = bus_code_slot(region, pa);
	if (!*slot) {
		*slot = xcalloc(CODE_PER_PAGE, 1);
		scan_page(machine, region, page, *slot);
	}
	return *slot + (pa - page) / 4;
}

bool block_fetch_address(struct cpu *cpu, gva_t va, gpa_t *pa)
{
	return mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_FETCH, cpu->el == 0, pa) == MMU_OK;
}

/* Exclusives of a block, in program order. */
struct exclusive_scan {
	bool is_open, stored, signalled;
};

/* A store-exclusive: paired with the load-exclusive of its own block, or with one of a block before. */
static void scan_stxr(struct block *block, struct exclusive_scan *scan, const struct insn_exclusive *insn)
{
	if (scan->is_open) {
		/* The core compares virtual addresses: the pair must be seen to use the same one. */
		if (scan->stored || block->open_size != insn->size || block->open_base != insn->rn ||
		    block->written >> insn->rn & 1)
			block->flags |= BLOCK_EXACT;
	} else if (!(block->flags & BLOCK_STXR)) {
		block->flags |= BLOCK_STXR;
		block->stxr_size = insn->size;
		block->stxr_base = insn->rn;
		block->stxr_written = block->written;
	}
	scan->is_open = false;
}

static void scan_exclusive(struct block *block, struct exclusive_scan *scan, enum insn_class class, uint32_t word)
{
	struct insn_exclusive insn = insn_decode_exclusive(word);

	block->flags |= BLOCK_EXCLUSIVE;
	switch (class) {
	case INSN_LDXR:
		scan->is_open = true;
		scan->stored = false;
		block->open_size = insn.size;
		block->open_base = insn.rn;
		block->written = 0;
		break;
	case INSN_STXR:
		scan_stxr(block, scan, &insn);
		break;
	default:
		scan->is_open = false;
	}
}

static void scan_instruction(struct cpu *cpu, struct block *block, struct exclusive_scan *scan, uint8_t code, gpa_t pa)
{
	enum insn_class class = code & CODE_CLASS;
	uint32_t word = bus_insn(&cpu->machine->bus, pa);

	if (code & CODE_MARK)
		block->flags |= BLOCK_MARK;
	/* An event that is seen after the block must not be overtaken by a store that wakes somebody. */
	if (scan->signalled && (class == INSN_STORE || class == INSN_STTR || class == INSN_STXR))
		block->flags |= BLOCK_EXACT;
	switch (class) {
	case INSN_SEV: case INSN_SEVL: case INSN_WFE: case INSN_WFI: case INSN_ERET:
		block->flags |= BLOCK_AFTER;
		scan->signalled = true;
		break;
	case INSN_LDXR: case INSN_STXR: case INSN_CLREX:
		scan_exclusive(block, scan, class, word);
		break;
	case INSN_STTR:
		block->flags |= BLOCK_STTR | BLOCK_STORES;
		scan->stored = true;
		break;
	case INSN_STORE:
		block->flags |= BLOCK_STORES;
		scan->stored = true;
		break;
	default:
		break;
	}
	block->written |= insn_written_registers(word);
}

static void scan_block(struct cpu *cpu, struct block *block)
{
	struct exclusive_scan scan = { 0 };
	gpa_t pa;

	block->code = no_code;
	if (block->addr % 4)
		block->flags |= BLOCK_NOWHERE;
	if (!block_fetch_address(cpu, block->addr, &pa))
		return;
	if (!bus_find(&cpu->machine->bus, pa))
		block->flags |= BLOCK_NOWHERE;
	block->code = code_of(cpu->machine, pa);
	for (uint32_t i = 0; i < block->count && (pa + i * 4) / PAGE_SIZE == pa / PAGE_SIZE; i++)
		scan_instruction(cpu, block, &scan, block->code[i], pa + i * 4);
	if (scan.is_open)
		block->flags |= BLOCK_OPENS;
	else
		block->open_size = 0;
}

struct block block_cut(struct cpu *cpu, gva_t addr, unsigned count)
{
	struct block block = { .addr = addr, .count = count };

	scan_block(cpu, &block);
	return block;
}

const struct block *block_find(struct cpu *cpu, gva_t addr, unsigned count)
{
	struct block *block = &cpu->blocks[addr >> 2 & (BLOCK_CACHE_SIZE - 1)];

	if (block->addr == addr && block->generation == cpu->generation && block->count == count)
		return block;
	*block = (struct block){ .addr = addr, .generation = cpu->generation, .count = count };
	scan_block(cpu, block);
	return block;
}

static void new_generations(struct machine *machine)
{
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		cpu_new_generation(machine->cpu[i]);
}

void code_page_changed(struct machine *machine, gpa_t pa)
{
	struct region *region = bus_find(&machine->bus, pa);
	uint8_t *code = region && region->host ? *bus_code_slot(region, pa) : NULL;

	if (!code)
		return;
	scan_page(machine, region, pa & ~(gpa_t)(PAGE_SIZE - 1), code);
	new_generations(machine);
}

void code_page_drop(struct machine *machine, gpa_t pa, struct cpu *only)
{
	struct region *region = bus_find(&machine->bus, pa);

	if (!region || !region->host || !*bus_code_slot(region, pa))
		return;
	code_page_changed(machine, pa);
	for (unsigned i = 0; i < machine->config.cpu_count; i++) {
		struct cpu *cpu = machine->cpu[i];

		if (cpu->engine && (!only || only == cpu))
			engine_drop_code(cpu->engine, pa);
	}
}

void code_drop_all(struct machine *machine, struct cpu *only)
{
	for (size_t i = 0; i < machine->bus.regions.len; i++) {
		const struct region *region = machine->bus.regions.item[i];

		for (uint64_t page = 0; region->code && page < region->size; page += PAGE_SIZE)
			if (region->code[page >> PAGE_SHIFT])
				code_page_drop(machine, region->base + page, only);
	}
}

/* ---- which instruction made an access ---- */

static uint64_t extended_index(const struct cpu *cpu, const struct insn_access *access)
{
	enum { UXTW = 2, SXTW = 6 };
	uint64_t value = access->rm == 31 ? 0 : engine_get(cpu->engine, access->rm);

	if (access->extend == UXTW)
		value = (uint32_t)value;
	else if (access->extend == SXTW)
		value = (int64_t)(int32_t)value;
	return value << access->shift;
}

/* Does WORD access PA?  Then *AT is by which virtual address. */
static bool touches(struct cpu *cpu, uint32_t word, gpa_t pa, bool is_store, gva_t *at)
{
	struct insn_access access;
	gva_t va;
	gpa_t start;

	if (!insn_decode_access(word, &access) || (is_store && !access.is_store))
		return false;
	va = engine_get(cpu->engine, access.rn) + access.offset;
	if (access.has_index)
		va += extended_index(cpu, &access);
	if (mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_READ, false, &start) != MMU_OK)
		return false;
	*at = va + (pa - start);
	return pa - start < access.size;
}

/*
 * Inside a block of the fast profile the core does not keep its PC.  Its registers are right, though, so the access is
 * that of the next instruction in program order whose operands name this address.
 */
gva_t block_locate_access(struct cpu *cpu, gpa_t pa, bool is_store)
{
	gpa_t code;
	gva_t va;

	if (!block_fetch_address(cpu, cpu->block_addr, &code))
		return pa;
	for (unsigned i = cpu->access_index; i < cpu->block_count; i++) {
		if (touches(cpu, bus_insn(&cpu->machine->bus, code + i * 4), pa, is_store, &va)) {
			cpu->access_index = i;
			return va;
		}
	}
	return pa;
}
