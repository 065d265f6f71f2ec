/* SPDX-License-Identifier: GPL-2.0-or-later
 *
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
	/* The tag holds eleven bits of it: when they wrap, old entries must not come alive again. */
	if ((cpu->generation & GENERATION_MASK) == 0)
		memset(cpu->store_tlb, 0xff, sizeof(cpu->store_tlb));
}

/* Registers of each regime: SCTLR, TCR, TTBR0, TTBR1. */
static const uint32_t regime_regs[][4] = {
	[1] = { SCTLR_EL1, TCR_EL1, TTBR0_EL1, TTBR1_EL1 },
	[2] = { SCTLR_EL2, TCR_EL2, TTBR0_EL2, 0 },
	[3] = { SCTLR_EL3, TCR_EL3, TTBR0_EL3, 0 },
};

static uint64_t core_sysreg(const struct cpu *cpu, uint32_t reg)
{
	uint64_t value = 0;

	if (reg)
		engine_get_sys(cpu->engine, reg, &value);
	return value;
}

const struct mmu_regime *cpu_regime(struct cpu *cpu)
{
	int el = cpu->el ? cpu->el : 1;

	if (cpu->regime_generation == cpu->generation && cpu->regime.el == el)
		return &cpu->regime;
	cpu->regime = (struct mmu_regime){
		.sctlr = core_sysreg(cpu, regime_regs[el][0]), .tcr = core_sysreg(cpu, regime_regs[el][1]),
		.ttbr0 = core_sysreg(cpu, regime_regs[el][2]), .ttbr1 = core_sysreg(cpu, regime_regs[el][3]),
		.el = el,
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

static void check_watches(struct cpu *cpu, gpa_t pa, unsigned size, uint64_t old, uint64_t value)
{
	const struct machine *machine = cpu->machine;
	struct stop what = { .reason = STOP_WATCH, .cpu = cpu->index, .addr = pa, .old = old, .value = value };

	block_locate_access(cpu, pa, true);
	what.pc = cpu_present_pc(cpu);
	for (size_t i = 0; i < machine->watches.len; i++) {
		const struct watch *watch = &machine->watches.item[i];

		if (watch->addr < pa + size && pa < watch->addr + watch->len)
			hit_watch(cpu, watch, &what, size);
	}
}

/* ---- to memory, devices and nothing ---- */

static void write_memory(struct cpu *cpu, gva_t va, uint8_t *host, unsigned size, uint64_t value)
{
	cpu->undo = (struct store_undo){ .va = va, .host = host, .old = load_bytes(host, size), .size = size };
	put_bytes(host, size, value);
}

static void store_memory(struct cpu *cpu, const struct region *region, gpa_t pa, unsigned size, uint64_t value)
{
	uint8_t *host = region->host + (pa - region->base);
	uint64_t old = load_bytes(host, size);

	store_touch_page(cpu->machine, region, pa);
	put_bytes(host, size, value);
	exclusive_stored(cpu, pa, size, LOST_STORE);
	if (*bus_page_flags(region, pa) & PAGE_WATCHED)
		check_watches(cpu, pa, size, old, load_bytes(host, size));
}

/* Nothing answers: a synchronous external abort, taken at this very instruction. */
static void abort_access(struct cpu *cpu, gpa_t pa, bool is_store)
{
	gva_t va;

	/* The library splits wide accesses: the first part tells. */
	if (cpu->machine->is_lenient || cpu->wish & WISH_ABORT)
		return;
	va = block_locate_access(cpu, pa, is_store);
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
		block_locate_access(cpu, pa, true);
		if (region->ops->write)
			region->ops->write(region->dev, cpu->index, pa - region->base, size, value);
	} else {
		abort_access(cpu, pa, true);
	}
}

uint64_t cpu_on_load(struct cpu *cpu, const struct region *region, gpa_t pa, unsigned size)
{
	if (region && region->ops->read) {
		block_locate_access(cpu, pa, false);
		return region->ops->read(region->dev, cpu->index, pa - region->base, size);
	}
	if (!region && !is_fetch(cpu, pa))
		abort_access(cpu, pa, false);
	return 0;
}

/* ---- by virtual address ---- */

bool store_address(struct cpu *cpu, gva_t va, bool is_el0, gpa_t *pa)
{
	return mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_WRITE, is_el0, pa) == MMU_OK;
}

/* Does the present instruction store with EL0's rights?  An STTR of this block has the address of this store. */
static bool is_unprivileged(struct cpu *cpu, gva_t va)
{
	unsigned keep = cpu->access_index;
	bool is_sttr;
	gpa_t pa;

	if (cpu->el != 1)
		return false;
	if (mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_READ, false, &pa) != MMU_OK)
		return true;
	block_locate_access(cpu, pa, true);
	is_sttr = (cpu->block_code[cpu->access_index] & CODE_CLASS) == INSN_STTR;
	cpu->access_index = keep;
	return is_sttr;
}

/* A store that crosses a page is checked on both before either is written. */
static void store_across(struct cpu *cpu, gva_t va, unsigned size, uint64_t value, bool is_el0)
{
	unsigned first = PAGE_SIZE - va % PAGE_SIZE;
	gpa_t low, high;

	cpu->undo.host = NULL;
	if (!store_address(cpu, va, is_el0, &low) || !store_address(cpu, va + first, is_el0, &high))
		return;
	cpu->store_va = va;
	store_physical(cpu, low, first, value);
	cpu->store_va = va + first;
	store_physical(cpu, high, size - first, value >> (8 * first));
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

/*
 * The tables forbid this store now, but the core may have a TLB entry from before they did, which it may use until the
 * guest's TLBI.  So do it to the page that they still name; when the core refuses it, it is taken back.
 */
static void store_forbidden(struct cpu *cpu, gva_t va, unsigned size, uint64_t value)
{
	const struct region *region;
	gpa_t pa;

	cpu->undo.host = NULL;
	if (mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_READ, false, &pa) != MMU_OK)
		return;
	region = bus_find(&cpu->machine->bus, pa);
	if (!region || region->kind != REGION_RAM)
		return;
	store_touch_page(cpu->machine, region, pa);
	write_memory(cpu, va, region->host + (pa - region->base), size, value);
	exclusive_stored(cpu, pa, size, LOST_STORE);
}

void store_refused(struct cpu *cpu, uint32_t syndrome, gva_t va)
{
	enum { ISS_WNR = 1 << 6, ISS_CM = 1 << 8 };

	if (cpu->undo.host && cpu->undo.va == va && (syndrome & (ISS_WNR | ISS_CM)) == ISS_WNR)
		put_bytes(cpu->undo.host, cpu->undo.size, cpu->undo.old);
	cpu->undo.host = NULL;
}

void cpu_on_store(struct cpu *cpu, gva_t va, unsigned size, uint64_t value)
{
	bool is_el0 = cpu->el == 0;
	struct store_tlb *entry = &cpu->store_tlb[va >> PAGE_SHIFT & (STORE_TLB_SIZE - 1)];
	unsigned offset = va % PAGE_SIZE;
	uint64_t tag;
	gpa_t pa;

	if (__builtin_expect(cpu->wish & WISH_ABORT, 0))
		return;
	if (__builtin_expect(cpu->block_flags & BLOCK_STTR, 0))
		is_el0 = is_el0 || is_unprivileged(cpu, va);
	if (__builtin_expect(offset + size > PAGE_SIZE, 0)) {
		store_across(cpu, va, size, value, is_el0);
		return;
	}
	tag = tlb_tag(cpu, va, is_el0);
	if (__builtin_expect(entry->tag != tag, 0)) {
		if (!store_address(cpu, va, is_el0, &pa)) {
			store_forbidden(cpu, va, size, value);
			return;
		}
		fill_tlb(cpu, entry, tag, pa);
	}
	if (__builtin_expect(!entry->host, 0)) {
		cpu->undo.host = NULL;
		cpu->store_va = va;
		store_physical(cpu, entry->pa + offset, size, value);
		return;
	}
	write_memory(cpu, va, entry->host + offset, size, value);
	if (__builtin_expect(cpu->machine->monitor.holders & ~(1ull << cpu->index), 0))
		exclusive_stored(cpu, entry->pa + offset, size, LOST_STORE);
}

bool cpu_on_zero(struct cpu *cpu, gva_t va)
{
	gpa_t pa;

	cpu->store_va = va;
	va &= ~(gva_t)(ZVA_SIZE - 1);
	if (!store_address(cpu, va, cpu->el == 0, &pa))
		return false;
	for (unsigned i = 0; i < ZVA_SIZE; i += 8)
		store_physical(cpu, pa + i, 8, 0);
	return true;
}
