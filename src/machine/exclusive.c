/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/exclusive.c: load- and store-exclusives, on the architecture's terms.
 *
 * The core has a monitor of its own, which compares virtual addresses and values.  While one CPU runs no other one
 * stores, so in the fast profile the core's is right, but for what is found before a block runs: a plain store of the
 * CPU itself between the pair, a pair of unlike size or whose base register may have changed, and a reservation that
 * another CPU took away or that an exception entry hid from the core.  Those run in the exact profile, where our
 * monitor decides and, if need be, does the store itself.
 */
#include "machine/core.h"

static void set_open(struct cpu *cpu, bool is_open)
{
	cpu->core.is_open = is_open;
	if (is_open)
		cpu->attention |= ATTENTION_OPEN;
	else
		cpu->attention &= ~ATTENTION_OPEN;
}

static void now_open(struct cpu *cpu)
{
	cpu->core = (struct core_reservation){ 0 };
	set_open(cpu, false);
}

void exclusive_pass(struct cpu *cpu, const struct block *block)
{
	struct core_reservation *core = &cpu->core;

	if (!core->is_open)
		return;
	core->differs |= !!(block->flags & BLOCK_STORES);
	core->written |= block->written;
}

/* Would the core judge the first store-exclusive of BLOCK as the monitor does? */
static bool core_knows(const struct core_reservation *core, const struct block *block)
{
	/* Without a reservation it is not known to be aligned either, which the core does not look at then. */
	return core->is_open && !core->differs && !(block->flags & BLOCK_STORES) && block->stxr_size == core->size &&
	       block->stxr_base == core->base && !((core->written | block->stxr_written) >> core->base & 1);
}

/* BLOCK is executed in the fast profile. */
static void note_block(struct cpu *cpu, const struct block *block)
{
	exclusive_pass(cpu, block);
	if (!(block->flags & BLOCK_EXCLUSIVE))
		return;
	if (block->flags & BLOCK_PAIR || (block->flags & BLOCK_STXR && cpu->core.is_open))
		cpu->losses = 0;
	cpu->core = (struct core_reservation){
		.is_untold = true, .size = block->open_size, .base = block->open_base, .written = block->written,
		.differs = block->open_stored,
	};
	set_open(cpu, block->flags & BLOCK_OPENS);
}

bool exclusive_before_block(struct cpu *cpu, const struct block *block)
{
	if (block->flags & BLOCK_EXACT || (cpu->inject_stxr_fail && block->flags & BLOCK_EXCLUSIVE))
		return false;
	if (block->flags & BLOCK_STXR && !core_knows(&cpu->core, block))
		return false;
	cpu->before_block = cpu->core;
	note_block(cpu, block);
	return true;
}

void exclusive_cut_block(struct cpu *cpu, unsigned done)
{
	struct block part;

	cpu->core = cpu->before_block;
	set_open(cpu, cpu->core.is_open);
	if (done == 0)
		return;
	part = block_cut(cpu, cpu->block_addr, done);
	note_block(cpu, &part);
}

/* ---- the exact profile ---- */

static uint64_t base_register(const struct cpu *cpu, const struct insn_exclusive *insn)
{
	return engine_get(cpu->engine, insn->rn);
}

static void emit_exclusive(struct cpu *cpu, enum event_kind kind, gpa_t pa, unsigned size, enum stxr_why why,
			   uint64_t value)
{
	struct event event = { .kind = kind };

	if (!machine_wants(cpu->machine, kind))
		return;
	event.u.exclusive.addr = pa;
	event.u.exclusive.size = size;
	event.u.exclusive.value = value;
	event.u.exclusive.ok = why == STXR_OK;
	event.u.exclusive.why = why;
	cpu_emit_at(cpu, &event, cpu_present_time(cpu), cpu_present_pc(cpu));
}

/* Does something answer at PA?  Devices do: the core reserves their registers, too. */
static bool is_answered(const struct machine *machine, gpa_t pa)
{
	return machine->is_lenient || bus_find(&machine->bus, pa);
}

static void before_load(struct cpu *cpu, const struct insn_exclusive *insn, uint32_t written)
{
	uint64_t value = 0;
	gpa_t pa;

	/* A load that faults reserves nothing. */
	if (mmu_translate(&cpu->machine->bus, cpu_regime(cpu), base_register(cpu, insn), MMU_READ, cpu->el == 0, &pa) !=
	    MMU_OK || pa % insn->size || !is_answered(cpu->machine, pa))
		return;
	monitor_load(&cpu->machine->monitor, cpu->index, pa, insn->size);
	cpu->core = (struct core_reservation){ .size = insn->size, .base = insn->rn, .written = written };
	set_open(cpu, true);
	machine_peek(cpu->machine, pa, &value, insn->size < 8 ? insn->size : 8);
	emit_exclusive(cpu, EVENT_LDXR, pa, insn->size, STXR_OK, value);
}

static enum stxr_why judge(struct cpu *cpu, gpa_t pa, unsigned size)
{
	const struct monitor *monitor = &cpu->machine->monitor;

	if (cpu->inject_stxr_fail)
		return STXR_INJECTED;
	if (monitor->lost >> cpu->index & 1)
		return STXR_LOST;
	if (!monitor->entry[cpu->index].valid)
		return STXR_NO_RESERVATION;
	return monitor_allows(monitor, cpu->index, pa, size) ? STXR_OK : STXR_ADDRESS;
}

static uint64_t data_register(const struct cpu *cpu, unsigned reg)
{
	return reg == 31 ? 0 : engine_get(cpu->engine, reg);
}

/* Do the store of a store-exclusive that succeeds by our monitor though the core would refuse it. */
static void store_ourselves(struct cpu *cpu, const struct insn_exclusive *insn, gpa_t pa)
{
	unsigned each = insn->is_pair ? insn->size / 2 : insn->size;

	cpu->store_va = base_register(cpu, insn);
	store_physical(cpu, pa, each, data_register(cpu, insn->rt));
	if (insn->is_pair)
		store_physical(cpu, pa + each, each, data_register(cpu, insn->rt2));
}

static void finish_store(struct cpu *cpu, const struct insn_exclusive *insn, gva_t pc, bool failed)
{
	if (insn->rs != 31)
		engine_set(cpu->engine, insn->rs, failed);
	engine_set(cpu->engine, CPU_PC, pc + 4);
}

static void before_store(struct cpu *cpu, const struct insn_exclusive *insn, gva_t pc)
{
	enum stxr_why why;
	gpa_t pa;

	/* One that faults is left to the core, monitor and all. */
	if (!store_address(cpu, base_register(cpu, insn), cpu->el == 0, &pa))
		return;
	why = judge(cpu, pa, insn->size);
	emit_exclusive(cpu, EVENT_STXR, pa, insn->size, why, data_register(cpu, insn->rt));
	monitor_clear(&cpu->machine->monitor, cpu->index);
	cpu->inject_stxr_fail = false;
	if (why == STXR_OK)
		cpu->losses = 0;
	else if (why == STXR_LOST)
		cpu->losses++;
	if (why == STXR_OK)
		store_ourselves(cpu, insn, pa);
	if (!(cpu->wish & WISH_ABORT))
		finish_store(cpu, insn, pc, why != STXR_OK);
	now_open(cpu);
	/* The core did not see that its reservation was used up. */
	cpu->core.differs = true;
}

static void emit_lost(struct cpu *cpu, gpa_t pa, int by, enum lost_how how)
{
	struct event event = { .kind = EVENT_MONITOR_LOST };

	if (!machine_wants(cpu->machine, EVENT_MONITOR_LOST))
		return;
	event.u.lost.addr = pa;
	event.u.lost.by = by;
	event.u.lost.how = how;
	machine_emit(cpu->machine, cpu->index, &event);
}

bool exclusive_is_aligned(struct cpu *cpu, gva_t pc, gva_t *va)
{
	struct insn_exclusive insn;
	gpa_t code;

	if (!block_fetch_address(cpu, pc, &code))
		return true;
	insn = insn_decode_exclusive(bus_insn(&cpu->machine->bus, code));
	*va = base_register(cpu, &insn);
	return *va % insn.size == 0;
}

void exclusive_before(struct cpu *cpu, enum insn_class class, gva_t pc)
{
	struct insn_exclusive insn;
	uint32_t word;
	gpa_t code;

	if (class == INSN_CLREX) {
		struct event event = { .kind = EVENT_CLREX };

		monitor_clear(&cpu->machine->monitor, cpu->index);
		now_open(cpu);
		if (machine_wants(cpu->machine, EVENT_CLREX))
			cpu_emit_at(cpu, &event, cpu_present_time(cpu), pc);
		return;
	}
	if (!block_fetch_address(cpu, pc, &code))
		return;
	word = bus_insn(&cpu->machine->bus, code);
	insn = insn_decode_exclusive(word);
	if (class == INSN_LDXR)
		before_load(cpu, &insn, insn_written_registers(word));
	else
		before_store(cpu, &insn, pc);
}

/* ---- between CPUs ---- */

void exclusive_sync(struct cpu *cpu)
{
	struct monitor *monitor = &cpu->machine->monitor;
	gva_t va;
	gpa_t pa;

	if (!cpu->core.is_untold)
		return;
	cpu->core.is_untold = false;
	if (!cpu->core.is_open || !engine_exclusive(cpu->engine, &va) ||
	    mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_READ, cpu->el == 0, &pa) != MMU_OK) {
		monitor_clear(monitor, cpu->index);
		now_open(cpu);
		return;
	}
	monitor_load(monitor, cpu->index, pa, cpu->core.size);
}

void exclusive_open(struct cpu *cpu)
{
	monitor_clear(&cpu->machine->monitor, cpu->index);
	now_open(cpu);
}

bool exclusive_is_desperate(const struct cpu *cpu)
{
	return cpu->losses >= SCHED_PATIENCE && cpu->machine->monitor.entry[cpu->index].valid;
}

/* The monitors of the CPUs of the mask OPENED were opened by a store at PA by CPU BY, or EVENT_NO_CPU. */
static void tell_opened(struct machine *machine, uint64_t opened, gpa_t pa, int by, enum lost_how how)
{
	for (; opened; opened &= opened - 1) {
		struct cpu *other = machine->cpu[__builtin_ctzll(opened)];

		other->core.differs = true;
		emit_lost(other, pa, by, how);
		sleep_set_event(other, WAKE_MONITOR, by);
	}
}

void exclusive_stored_by_device(struct machine *machine, gpa_t pa, unsigned size)
{
	tell_opened(machine, monitor_store(&machine->monitor, MONITOR_NO_CPU, pa, size), pa, EVENT_NO_CPU, LOST_STORE);
}

bool exclusive_stored(struct cpu *cpu, gpa_t pa, unsigned size, enum lost_how how)
{
	struct machine *machine = cpu->machine;
	uint64_t opened = monitor_store(&machine->monitor, cpu->index, pa, size);

	if (!opened)
		return false;
	block_locate_access(cpu, pa, size, true);
	tell_opened(machine, opened, pa, (int)cpu->index, how);
	return true;
}
