/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/store.c: every store of the guest, and its accesses to devices.
 *
 * The engine discards stores after handing them to us, so this is the one place where guest memory changes: monitors,
 * watches, snapshots and "who wrote this" all hang on it.  The way of an ordinary store is short: a software TLB gives
 * the host address, one test says that no other CPU holds a reservation, and it is done.
 */
#include <string.h>

#include "machine/core.h"
#include "machine/sysreg.h"

enum { GENERATION_MASK = 0x7ff, ZVA_SIZE = 64 };

void cpu_new_generation(struct cpu *cpu)
{
	cpu->generation++;
	cpu->large_count = 0;
	/* The tag holds eleven bits of it: when they wrap, old entries must not come alive again. */
	if ((cpu->generation & GENERATION_MASK) == 0)
		memset(cpu->store_tlb, 0xff, sizeof(cpu->store_tlb));
}

/* The page of VA, without a tag. */
static gva_t plain(gva_t va)
{
	return va & 0x00fffffffffff000;
}

static bool is_large(const struct cpu *cpu, gva_t first, gva_t last)
{
	for (unsigned i = 0; i < cpu->large_count; i++)
		if (cpu->large[i].first <= plain(first) && plain(last) <= cpu->large[i].last)
			return true;
	return false;
}

void cpu_note_leaf(struct cpu *cpu, gva_t va, const struct mmu_leaf *leaf)
{
	gva_t low = (1ull << leaf->shift) - 1, first = plain(va & ~low), last = plain(va | low);
	struct large_span *span = &cpu->large[LARGE_SPANS - 1];

	if (leaf->shift <= PAGE_SHIFT || is_large(cpu, first, last))
		return;
	if (cpu->large_count < LARGE_SPANS) {
		cpu->large[cpu->large_count++] = (struct large_span){ .first = first, .last = last };
		return;
	}
	span->first = first < span->first ? first : span->first;
	span->last = last > span->last ? last : span->last;
}

/* A TLBI of any address in a block concerns all of the block. */
void cpu_forget_page(struct cpu *cpu, gva_t va)
{
	struct store_tlb *store = &cpu->store_tlb[va >> PAGE_SHIFT & (STORE_TLB_SIZE - 1)];
	const struct fetch_tlb *fetch = &cpu->fetch_tlb[va >> PAGE_SHIFT & (FETCH_TLB_SIZE - 1)];

	if (is_large(cpu, va, va) || plain(fetch->va) == plain(va))
		cpu_new_generation(cpu);
	else if (plain(store->tag) == plain(va))
		store->tag = UINT64_MAX;
}

/* Registers of each regime: SCTLR, TCR, TTBR0, TTBR1. */
static const uint32_t regime_regs[][4] = {
	[1] = { SCTLR_EL1, TCR_EL1, TTBR0_EL1, TTBR1_EL1 },
	[2] = { SCTLR_EL2, TCR_EL2, TTBR0_EL2, 0 },
	[3] = { SCTLR_EL3, TCR_EL3, TTBR0_EL3, 0 },
};

static uint64_t core_sysreg(const struct cpu *cpu, uint32_t reg)
{
	return reg ? engine_sysreg(cpu->engine, reg) : 0;
}

/* ID_AA64MMFR0_EL1.PARange. */
static unsigned pa_bits(const struct cpu *cpu)
{
	static const uint8_t bits[8] = { 32, 36, 40, 42, 44, 48, 48, 48 };

	return bits[core_sysreg(cpu, ID_AA64MMFR0_EL1) & 7];
}

const struct mmu_regime *cpu_regime(struct cpu *cpu)
{
	int el = cpu->el ? cpu->el : 1;

	if (cpu->regime_generation == cpu->generation && cpu->regime.el == el)
		return &cpu->regime;
	cpu->regime = (struct mmu_regime){
		.sctlr = core_sysreg(cpu, regime_regs[el][0]), .tcr = core_sysreg(cpu, regime_regs[el][1]),
		.ttbr0 = core_sysreg(cpu, regime_regs[el][2]), .ttbr1 = core_sysreg(cpu, regime_regs[el][3]),
		.el = el, .pa_bits = pa_bits(cpu),
	};
	cpu->regime_generation = cpu->generation;
	return &cpu->regime;
}

static uint64_t load_bytes(const uint8_t *host, unsigned size)
{
	uint64_t value = 0;

	memcpy(&value, host, size);
	return value;
}

static void put_bytes(uint8_t *host, unsigned size, uint64_t value)
{
	switch (size) {
	case 8:
		memcpy(host, &value, 8);
		break;
	case 4:
		memcpy(host, &value, 4);
		break;
	default:
		memcpy(host, &value, size);
	}
}

void store_touch_page(struct machine *machine, const struct region *region, gpa_t pa)
{
	uint8_t *flags = bus_page_flags(region, pa);
	struct code_page *code = region->code ? *bus_code_slot(region, pa) : NULL;

	if (code)
		code->written = ~0ull;
	if (*flags & PAGE_WRITTEN)
		return;
	*flags |= PAGE_WRITTEN | PAGE_TOUCHED;
	vec_add(&machine->dirty, pa & ~(gpa_t)(PAGE_SIZE - 1));
}

/* ---- watches ---- */

static void hit_watch(struct cpu *cpu, const struct watch *watch, const struct stop *what, unsigned size)
{
	struct machine *machine = cpu->machine;

	if (watch->kind & WATCH_NOTE && machine->watch_handler)
		machine->watch_handler(machine->watch_ctx, cpu, what->pc, what->addr, size, what->old, what->value);
	if (watch->kind & WATCH_STOP) {
		cpu->watch_stop = *what;
		cpu->wish |= WISH_WATCH;
		cpu->attention |= ATTENTION_WISH;
	}
}

/* The access is located already. */
static void check_watches(struct cpu *cpu, gpa_t pa, unsigned size, uint64_t old, uint64_t value)
{
	const struct machine *machine = cpu->machine;
	struct stop what = { .reason = STOP_WATCH, .cpu = cpu->index, .addr = pa, .size = size, .old = old,
			     .value = value };

	what.pc = cpu_present_pc(cpu);
	for (size_t i = 0; i < machine->watches.len; i++) {
		const struct watch *watch = &machine->watches.item[i];

		if (watch_covers(watch, pa, size))
			hit_watch(cpu, watch, &what, size);
	}
}

/* ---- to memory, devices and nothing ---- */

static void forget_undo(struct cpu *cpu)
{
	cpu->undo = (struct store_undo){ 0 };
}

static void write_memory(struct cpu *cpu, gva_t va, uint8_t *host, unsigned size, uint64_t value)
{
	cpu->undo = (struct store_undo){ .va = va, .host = host, .old = load_bytes(host, size), .size = size };
	put_bytes(host, size, value);
}

static void store_memory(struct cpu *cpu, const struct region *region, gpa_t pa, unsigned size, uint64_t value)
{
	uint8_t *host = region->host + (pa - region->base);
	uint64_t old = load_bytes(host, size);
	bool located;

	store_touch_page(cpu->machine, region, pa);
	put_bytes(host, size, value);
	located = exclusive_stored(cpu, pa, size, LOST_STORE);
	if (old != load_bytes(host, size))
		livelock_changed(cpu->machine);
	if (!(*bus_page_flags(region, pa) & PAGE_WATCHED))
		return;
	if (!located)
		block_locate_access(cpu, pa, size, true);
	check_watches(cpu, pa, size, old, load_bytes(host, size));
}

/* Nothing answers: a synchronous external abort, taken at this very instruction. */
static void abort_access(struct cpu *cpu, gpa_t pa, unsigned size, bool is_store)
{
	gva_t va;

	/* The library splits wide accesses: the first part tells. */
	if (cpu->machine->is_lenient || cpu->wish & WISH_ABORT)
		return;
	va = block_locate_access(cpu, pa, size, is_store);
	cpu->abort_va = is_store ? cpu->store_va : va;
	cpu->abort_is_write = is_store;
	/* The core still finishes the instruction: what it does to registers will be undone. */
	cpu->abort_state = engine_save(cpu->engine);
	cpu->block_flags |= BLOCK_AFTER;
	cpu_wish_now(cpu, WISH_ABORT);
}

/* While a block is translated its words are fetched, and the core's PC is its address.  What cannot be fetched is found
 * when it is announced. */
static bool is_fetch(struct cpu *cpu, gpa_t pa)
{
	gva_t pc = engine_get(cpu->engine, CPU_PC);
	gpa_t fetch;

	return block_fetch_address(cpu, pc, &fetch) && (fetch & ~7ull) == (pa & ~7ull);
}

void store_physical(struct cpu *cpu, gpa_t pa, unsigned size, uint64_t value)
{
	const struct region *region = bus_find(&cpu->machine->bus, pa);

	if (region && region->kind == REGION_RAM) {
		store_memory(cpu, region, pa, size, value);
	} else if (region && region->kind == REGION_DEVICE) {
		block_locate_access(cpu, pa, size, true);
		livelock_changed(cpu->machine);
		if (region->ops->write)
			region->ops->write(region->dev, cpu->index, pa - region->base, size, value);
	} else {
		abort_access(cpu, pa, size, true);
	}
}

uint64_t cpu_on_load(struct cpu *cpu, const struct region *region, gpa_t pa, unsigned size)
{
	if (cpu->wish & WISH_ABORT)
		return 0;
	if (region && region->ops->read) {
		block_locate_access(cpu, pa, size, false);
		livelock_changed(cpu->machine);
		return region->ops->read(region->dev, cpu->index, pa - region->base, size);
	}
	if (!region && !is_fetch(cpu, pa))
		abort_access(cpu, pa, size, false);
	return 0;
}

/* ---- by virtual address ---- */

static bool walk_for_store(struct cpu *cpu, gva_t va, bool is_el0, struct mmu_leaf *leaf)
{
	return mmu_walk(&cpu->machine->bus, cpu_regime(cpu), va, MMU_WRITE, is_el0, leaf) == MMU_OK;
}

bool store_address(struct cpu *cpu, gva_t va, bool is_el0, gpa_t *pa)
{
	return mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_WRITE, is_el0, pa) == MMU_OK;
}

/* Does the present instruction store with EL0's rights?  An STTR of this block has the address of this store. */
static bool is_unprivileged(struct cpu *cpu, gva_t va, unsigned size)
{
	unsigned keep = cpu->access_index;
	bool is_sttr, keep_done = cpu->access_done;
	gpa_t pa;

	if (cpu->el != 1)
		return false;
	if (mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_READ, false, &pa) != MMU_OK)
		return true;
	block_locate_access(cpu, pa, size, true);
	is_sttr = (cpu->block_code[cpu->access_index] & CODE_CLASS) == INSN_STTR;
	cpu->access_index = keep;
	cpu->access_done = keep_done;
	return is_sttr;
}

static uint64_t tlb_tag(const struct cpu *cpu, gva_t va, bool is_el0)
{
	return (va & ~(gva_t)(PAGE_SIZE - 1)) | (cpu->generation & GENERATION_MASK) << 1 | is_el0;
}

static void fill_tlb(struct cpu *cpu, struct store_tlb *entry, uint64_t tag, gpa_t pa)
{
	const struct region *region = bus_find(&cpu->machine->bus, pa);
	gpa_t page = pa & ~(gpa_t)(PAGE_SIZE - 1);

	*entry = (struct store_tlb){ .tag = tag, .pa = page };
	if (region && region->kind == REGION_RAM && !(*bus_page_flags(region, pa) & PAGE_WATCHED)) {
		store_touch_page(cpu->machine, region, pa);
		entry->host = region->host + (page - region->base);
	}
}

/* The software TLB's entry for a store at VA; NULL when the tables forbid the store. */
static inline struct store_tlb *find_entry(struct cpu *cpu, gva_t va, bool is_el0)
{
	struct store_tlb *entry = &cpu->store_tlb[va >> PAGE_SHIFT & (STORE_TLB_SIZE - 1)];
	uint64_t tag = tlb_tag(cpu, va, is_el0);
	struct mmu_leaf leaf;

	if (__builtin_expect(entry->tag == tag, 1))
		return entry;
	if (!walk_for_store(cpu, va, is_el0, &leaf))
		return NULL;
	cpu_note_leaf(cpu, va, &leaf);
	fill_tlb(cpu, entry, tag, leaf.pa);
	return entry;
}

/*
 * The tables forbid a store at VA now, but the core may have a TLB entry from before they did, which it may use until the
 * guest's TLBI.  Then it goes to the page that they still name, at *PA; false when they name none that is memory: where such
 * a store went only the core's TLB knows, which cannot be asked.
 */
static bool find_forbidden(struct cpu *cpu, gva_t va, gpa_t *pa)
{
	const struct region *region;

	if (mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_READ, false, pa) != MMU_OK)
		return false;
	region = bus_find(&cpu->machine->bus, *pa);
	return region && region->kind == REGION_RAM;
}

/* Do that; when the core refuses it, it is taken back. */
static void store_forbidden(struct cpu *cpu, gva_t va, unsigned size, uint64_t value)
{
	const struct region *region;
	gpa_t pa;

	forget_undo(cpu);
	if (!find_forbidden(cpu, va, &pa))
		return;
	region = bus_find(&cpu->machine->bus, pa);
	store_touch_page(cpu->machine, region, pa);
	write_memory(cpu, va, region->host + (pa - region->base), size, value);
	exclusive_stored(cpu, pa, size, LOST_STORE);
}

/* Where a part of a store that crosses a page goes. */
static bool find_part(struct cpu *cpu, gva_t va, bool is_el0, gpa_t *pa)
{
	const struct store_tlb *entry = find_entry(cpu, va, is_el0);

	if (!entry)
		return find_forbidden(cpu, va, pa);
	*pa = entry->pa + va % PAGE_SIZE;
	return true;
}

/* What it would take to undo a store at VA, which is PA. */
static struct store_undo undo_of(const struct cpu *cpu, gva_t va, gpa_t pa, unsigned size)
{
	uint8_t *host = bus_host(&cpu->machine->bus, pa);

	return (struct store_undo){ .va = va, .host = host, .old = host ? load_bytes(host, size) : 0, .size = size };
}

/* A store that crosses a page is checked on both before either is written, and taken back from both when the core refuses
 * either: a guest never sees a half of it. */
static void store_across(struct cpu *cpu, gva_t va, unsigned size, uint64_t value, bool is_el0)
{
	unsigned first = PAGE_SIZE - va % PAGE_SIZE;
	gpa_t low, high;

	forget_undo(cpu);
	if (!find_part(cpu, va, is_el0, &low) || !find_part(cpu, va + first, is_el0, &high))
		return;
	cpu->undo = undo_of(cpu, va, low, first);
	cpu->undo.is_across = true;
	cpu->undo_high = undo_of(cpu, va + first, high, size - first);
	cpu->store_va = va;
	store_physical(cpu, low, first, value);
	cpu->store_va = va + first;
	store_physical(cpu, high, size - first, value >> (8 * first));
}

/* Is the store that UNDO is about the one at VA? */
static bool is_about(const struct cpu *cpu, const struct store_undo *undo, gva_t va)
{
	return undo->va == va || (undo->is_across && cpu->undo_high.va == va);
}

static void take_back(const struct store_undo *undo)
{
	if (undo->host)
		put_bytes(undo->host, undo->size, undo->old);
}

void store_refused(struct cpu *cpu, uint32_t syndrome, gva_t va)
{
	enum { ISS_WNR = 1 << 6, ISS_CM = 1 << 8 };

	if (is_about(cpu, &cpu->undo, va) && (syndrome & (ISS_WNR | ISS_CM)) == ISS_WNR) {
		take_back(&cpu->undo);
		if (cpu->undo.is_across)
			take_back(&cpu->undo_high);
	}
	forget_undo(cpu);
}

/* The library hands over an unaligned store whole, and then again byte by byte: true for such a byte. */
static bool is_repeated_byte(struct cpu *cpu, gva_t va, unsigned size)
{
	if (cpu->repeats && size == 1 && va == cpu->repeat_va) {
		cpu->repeats--;
		cpu->repeat_va++;
		return true;
	}
	cpu->repeats = va % size ? size : 0;
	cpu->repeat_va = va;
	return false;
}

/* Any store of the guest. */
static __attribute__((noinline)) void store_slowly(struct cpu *cpu, gva_t va, unsigned size, uint64_t value)
{
	bool is_el0 = cpu->el == 0;
	unsigned offset = va % PAGE_SIZE;
	const struct store_tlb *entry;

	if (cpu->wish & WISH_ABORT)
		return;
	if ((va & (size - 1) || cpu->repeats) && is_repeated_byte(cpu, va, size))
		return;
	if (cpu->block_flags & BLOCK_STTR)
		is_el0 = is_el0 || is_unprivileged(cpu, va, size);
	if (offset + size > PAGE_SIZE) {
		store_across(cpu, va, size, value, is_el0);
		return;
	}
	entry = find_entry(cpu, va, is_el0);
	if (!entry) {
		store_forbidden(cpu, va, size, value);
		return;
	}
	if (!entry->host) {
		forget_undo(cpu);
		cpu->store_va = va;
		store_physical(cpu, entry->pa + offset, size, value);
		return;
	}
	write_memory(cpu, va, entry->host + offset, size, value);
	if (cpu->machine->monitor.holders & ~(1ull << cpu->index))
		exclusive_stored(cpu, entry->pa + offset, size, LOST_STORE);
	if (cpu->machine->livelock && cpu->undo.old != load_bytes(entry->host + offset, size))
		livelock_changed(cpu->machine);
}

/* Store the SIZE bytes (1, 2, 4 or 8) of VALUE at HOST; what was there. */
static inline uint64_t swap_bytes(uint8_t *host, unsigned size, uint64_t value)
{
	uint64_t old = 0;

	switch (size) {
	case 8:
		memcpy(&old, host, 8);
		memcpy(host, &value, 8);
		break;
	case 4:
		memcpy(&old, host, 4);
		memcpy(host, &value, 4);
		break;
	case 2:
		memcpy(&old, host, 2);
		memcpy(host, &value, 2);
		break;
	default:
		old = *host;
		*host = (uint8_t)value;
	}
	return old;
}

/* Does nobody but this CPU mind its ordinary stores to ordinary memory? */
static inline bool is_unobserved(const struct cpu *cpu)
{
	const struct machine *machine = cpu->machine;

	return !(cpu->wish & WISH_ABORT) && !(cpu->block_flags & BLOCK_STTR) && !cpu->repeats && !machine->livelock &&
	       !(machine->monitor.holders & ~(1ull << cpu->index));
}

void cpu_on_store(struct cpu *cpu, gva_t va, unsigned size, uint64_t value)
{
	const struct store_tlb *entry = &cpu->store_tlb[va >> PAGE_SHIFT & (STORE_TLB_SIZE - 1)];

	/* What is aligned does not cross a page. */
	if (__builtin_expect(entry->tag == tlb_tag(cpu, va, cpu->el == 0) && entry->host && !(va & (size - 1)) &&
			     is_unobserved(cpu), 1)) {
		uint8_t *host = entry->host + va % PAGE_SIZE;

		cpu->undo = (struct store_undo){ .va = va, .host = host, .old = swap_bytes(host, size, value), .size = size };
	} else {
		store_slowly(cpu, va, size, value);
	}
}

bool cpu_on_zero(struct cpu *cpu, gva_t va)
{
	unsigned offset = va % PAGE_SIZE & ~(ZVA_SIZE - 1);
	const struct store_tlb *entry = find_entry(cpu, va, cpu->el == 0);

	cpu->store_va = va;
	if (!entry)
		return false;
	if (entry->host) {
		memset(entry->host + offset, 0, ZVA_SIZE);
		exclusive_stored(cpu, entry->pa + offset, ZVA_SIZE, LOST_ZVA);
		livelock_changed(cpu->machine);
		return true;
	}
	for (unsigned i = 0; i < ZVA_SIZE; i += 8)
		store_physical(cpu, entry->pa + offset + i, 8, 0);
	return true;
}
