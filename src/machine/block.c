/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
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
static const struct code_page no_code;


static void scan_page(const struct machine *machine, const struct region *region, gpa_t page, struct code_page *to)
{
	const uint8_t *host = region->host + (page - region->base);

	for (unsigned i = 0; i < CODE_PER_PAGE; i++) {
		uint32_t word;

		memcpy(&word, host + i * 4, sizeof(word));
		to->code[i] = insn_classify(word) | (insn_is_block_end(word) ? CODE_BLOCK_END : 0);
	}
	for (size_t i = 0; i < machine->marks.len; i++)
		if (machine->marks.item[i].addr - page < PAGE_SIZE && machine->marks.item[i].kinds & ~MARK_IDLE)
			to->code[(machine->marks.item[i].addr - page) / 4] |= CODE_MARK;
	to->version++;
	to->is_stale = false;
}

/* Who may store to it, as far as software TLBs know, is not known when a page is first run. */
static struct code_page *new_code_page(void)
{
	struct code_page *page = xzalloc(sizeof(*page));

	page->written = ~0ull;
	return page;
}

/* The code bytes of the page of PA that CPU is about to run, looked at when they have to be; NULL outside memory. */
static const struct code_page *code_of(struct cpu *cpu, gpa_t pa)
{
	struct region *region = bus_find(&cpu->machine->bus, pa);
	struct code_page **slot;

	if (!region || !region->host)
		return NULL;
	slot = bus_code_slot(region, pa);
	if (!*slot)
		*slot = new_code_page();
	if ((*slot)->is_stale)
		cpu->attention |= ATTENTION_CODE;
	if (!(*slot)->version || (*slot)->is_stale)
		scan_page(cpu->machine, region, pa & ~(gpa_t)(PAGE_SIZE - 1), *slot);
	return *slot;
}

bool block_fetch_address(struct cpu *cpu, gva_t va, gpa_t *pa)
{
	return mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_FETCH, cpu->el == 0, pa) == MMU_OK;
}

uint8_t *cpu_fetched_word(struct cpu *cpu, gva_t va)
{
	int el = cpu->el;
	bool ok;
	gpa_t pa;

	cpu_refresh_el(cpu);
	ok = va % 4 == 0 && block_fetch_address(cpu, va, &pa);
	cpu->el = el;
	return ok ? bus_host(&cpu->machine->bus, pa) : NULL;
}

/* The page that VA is fetched from; NULL when the tables do not say.  It is remembered for a generation. */
static const struct fetch_tlb *find_page(struct cpu *cpu, gva_t va)
{
	struct fetch_tlb *entry = &cpu->fetch_tlb[va >> PAGE_SHIFT & (FETCH_TLB_SIZE - 1)];
	gva_t page = va & ~(gva_t)(PAGE_SIZE - 1);
	struct mmu_leaf leaf;

	if (entry->va == page && entry->generation == cpu->generation && !(entry->page && entry->page->is_stale))
		return entry;
	if (mmu_walk(&cpu->machine->bus, cpu_regime(cpu), page, MMU_FETCH, cpu->el == 0, &leaf) != MMU_OK)
		return NULL;
	cpu_note_leaf(cpu, page, &leaf);
	*entry = (struct fetch_tlb){
		.va = page, .generation = cpu->generation, .pa = leaf.pa, .page = code_of(cpu, leaf.pa),
	};
	return entry;
}

/* Exclusives of a block, in program order. */
struct exclusive_scan {
	bool is_open, cleared, stored, signalled, judged;	/* cleared: no reservation of an earlier block is left */
};

/* A store-exclusive: paired with the load-exclusive of its own block, or with one of a block before. */
static void scan_stxr(struct block *block, struct exclusive_scan *scan, const struct insn_exclusive *insn)
{
	if (scan->is_open) {
		block->flags |= BLOCK_PAIR;
		/* The core compares virtual addresses: the pair must be seen to use the same one. */
		if (scan->stored || block->open_size != insn->size || block->open_base != insn->rn ||
		    block->written >> insn->rn & 1)
			block->flags |= BLOCK_EXACT;
	} else if (scan->cleared) {
		/* It must fail, but for its alignment. */
		block->flags |= BLOCK_EXACT;
	} else {
		block->flags |= BLOCK_STXR;
		block->stxr_size = insn->size;
		block->stxr_base = insn->rn;
		block->stxr_written = block->written;
	}
	scan->is_open = false;
	scan->cleared = true;
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
		scan->cleared = true;
	}
}

static void scan_instruction(struct block *block, struct exclusive_scan *scan, uint8_t code, uint32_t word)
{
	enum insn_class class = code & CODE_CLASS;

	if (code & CODE_MARK)
		block->flags |= BLOCK_MARK;
	/* An event that is seen after the block must not be overtaken by a store that wakes somebody; and a store must be
	 * known from a store-exclusive that failed. */
	if ((scan->signalled || scan->judged) && (class == INSN_STORE || class == INSN_STTR || class == INSN_STXR))
		block->flags |= BLOCK_EXACT;
	scan->judged |= class == INSN_STXR;
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
	case INSN_PRESENCE:
		block->flags |= BLOCK_EXACT;
		break;
	default:
		break;
	}
	block->written |= insn_written_registers(word);
}

/* Instruction number N of the page at HOST; 0 (which is UDF) outside memory. */
static uint32_t word_at(const uint8_t *host, unsigned n)
{
	uint32_t word = 0;

	if (host)
		memcpy(&word, host + n * sizeof(word), sizeof(word));
	return word;
}

static void scan_block(struct cpu *cpu, struct block *block)
{
	const struct fetch_tlb *from = find_page(cpu, block->addr);
	unsigned first = block->addr % PAGE_SIZE / 4;
	struct exclusive_scan scan = { 0 };
	const uint8_t *host;

	block->code = no_code.code;
	if (block->addr % 4)
		block->flags |= BLOCK_NOWHERE;
	if (!from)
		return;
	if (!bus_find(&cpu->machine->bus, from->pa))
		block->flags |= BLOCK_NOWHERE;
	block->page = from->page ? from->page : &no_code;
	block->version = block->page->version;
	block->code = block->page->code + first;
	host = bus_host(&cpu->machine->bus, from->pa);
	for (uint32_t i = 0; i < block->count && first + i < CODE_PER_PAGE; i++)
		scan_instruction(block, &scan, block->code[i], word_at(host, first + i));
	if (block->count && first + block->count <= CODE_PER_PAGE && block->code[block->count - 1] & CODE_BLOCK_END)
		block->flags |= BLOCK_ENDS;
	block->open_stored = scan.is_open && scan.stored;
	if (scan.is_open)
		block->flags |= BLOCK_OPENS;
	else
		block->open_size = 0;
}

/* Is what was found out about BLOCK in an earlier generation true in this one?  Then it is of this one. */
static bool renew(struct cpu *cpu, struct block *block)
{
	const struct fetch_tlb *from;

	if (!block->page || !block->page->version)
		return false;
	from = find_page(cpu, block->addr);
	if (!from || from->page != block->page || from->page->version != block->version)
		return false;
	block->generation = cpu->generation;
	return true;
}

struct block block_cut(struct cpu *cpu, gva_t addr, unsigned count)
{
	struct block block = { .addr = addr, .count = count };

	scan_block(cpu, &block);
	return block;
}

const struct block *block_look_up(struct cpu *cpu, gva_t addr, unsigned count)
{
	struct block *block = &cpu->blocks[addr >> 2 & (BLOCK_CACHE_SIZE - 1)];

	if (block->addr == addr && block->count == count && (block->generation == cpu->generation || renew(cpu, block)))
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
	struct code_page *page = region && region->host ? *bus_code_slot(region, pa) : NULL;

	if (!page)
		return;
	/* A page that is stale stays so: its old translations have still to be dropped. */
	if (!page->is_stale)
		scan_page(machine, region, pa & ~(gpa_t)(PAGE_SIZE - 1), page);
	new_generations(machine);
}

/* What the drops do takes effect when a core next goes in: a CPU that is running comes out before it runs such a page. */
void code_drop(struct machine *machine, gpa_t pa, unsigned len, struct cpu *only)
{
	struct region *region = bus_find(&machine->bus, pa);
	struct code_page *page = region && region->host ? *bus_code_slot(region, pa) : NULL;

	if (!page)
		return;
	if (!page->is_stale)
		new_generations(machine);
	page->is_stale = true;
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		if (machine->cpu[i]->engine && (!only || only == machine->cpu[i]))
			engine_drop_code(machine->cpu[i]->engine, pa, len);
}

void code_page_drop(struct machine *machine, gpa_t pa, struct cpu *only)
{
	code_drop(machine, pa & ~(gpa_t)(PAGE_SIZE - 1), PAGE_SIZE, only);
}

/* Pages that nobody stored to since these CPUs dropped them last are as they were translated. */
static void drop_written(struct machine *machine, const struct region *region, uint64_t page, struct cpu *only)
{
	struct code_page *code = region->code[page >> PAGE_SHIFT];
	uint64_t cpus = only ? 1ull << only->index : ~0ull;

	if (!code || !(code->written & cpus))
		return;
	code_page_drop(machine, region->base + page, only);
	code->written &= ~cpus;
}

void code_drop_all(struct machine *machine, struct cpu *only)
{
	for (size_t i = 0; i < machine->bus.regions.len; i++) {
		const struct region *region = machine->bus.regions.item[i];

		for (uint64_t page = 0; region->code && page < region->size; page += PAGE_SIZE)
			drop_written(machine, region, page, only);
	}
	/* The next store to one of them must be noticed. */
	new_generations(machine);
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

/* What an instruction of the announced block loads or stores. */
struct named_access {
	gva_t va;		/* its first address */
	unsigned size;		/* bytes */
	bool is_first_half;	/* this is the load of an atomic: the same instruction will store there */
};

/* What WORD at PC, which is next in program order, accesses. */
static bool find_access(const struct cpu *cpu, gva_t pc, uint32_t word, bool is_store, struct named_access *named)
{
	enum { ZVA = 0xd50b7420, ZVA_SIZE = 64 };
	struct insn_access access;

	if ((word & ~31u) == ZVA) {
		named->va = (word & 31) == 31 ? 0 : engine_get(cpu->engine, word & 31) & ~(gva_t)(ZVA_SIZE - 1);
		named->size = ZVA_SIZE;
		return is_store;
	}
	if (insn_decode_literal(word, &access)) {
		named->va = pc + access.offset;
		named->size = access.size;
		return !is_store;
	}
	if (!insn_decode_access(word, &access) || (access.is_store != is_store && !access.is_atomic))
		return false;
	named->va = engine_get(cpu->engine, access.rn) + access.offset;
	if (access.has_index)
		named->va += extended_index(cpu, &access);
	named->size = access.size;
	named->is_first_half = access.is_atomic && !is_store;
	return true;
}

/* The bytes from START on that the library touches for an access of BYTES there: an unaligned load is made of aligned
 * ones, whose first may begin before it. */
static void widen_access(gpa_t *start, unsigned *bytes, bool is_store)
{
	unsigned align = *bytes < 8 ? *bytes : 8;
	gpa_t first = *start & ~(gpa_t)(align - 1), end = (*start + *bytes + align - 1) & ~(gpa_t)(align - 1);

	if (is_store)
		return;
	*start = first;
	*bytes = (unsigned)(end - first);
}

/*
 * Inside a block of the fast profile the core does not keep its PC.  Its registers are right, though, so the access is
 * that of the next instruction in program order whose operands name this address.
 */
gva_t block_locate_access(struct cpu *cpu, gpa_t pa, unsigned size, bool is_store)
{
	unsigned i = cpu->access_index + cpu->access_done, bytes;
	gpa_t code, named, start;

	if (!block_fetch_address(cpu, cpu->block_addr, &code))
		return pa;
	for (; i < cpu->block_count; i++) {
		gva_t pc = cpu->block_addr + (gva_t)i * 4;
		struct named_access access = { 0 };

		if (!find_access(cpu, pc, bus_insn(&cpu->machine->bus, code + i * 4), is_store, &access) ||
		    mmu_translate(&cpu->machine->bus, cpu_regime(cpu), access.va, MMU_READ, false, &named) != MMU_OK)
			continue;
		start = named;
		bytes = access.size;
		widen_access(&start, &bytes, is_store);
		if (pa - start >= bytes)
			continue;
		cpu->access_index = i;
		/* The last part of a pair, or the whole: the next access is of a later instruction. */
		cpu->access_done = pa - start + size >= bytes && !access.is_first_half;
		return pa > named ? access.va + (pa - named) : access.va;
	}
	return pa;
}
