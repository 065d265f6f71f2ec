/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/run.c: running one CPU for a burst: counting, ending at the right instruction, and what follows a block.
 *
 * The engine announces each block before it executes it.  The announcement of the next one, or the exit, proves that the
 * last one was executed: that is when its SEV, WFE or ERET takes effect.  A slice of the scheduler ends at the first end
 * of a basic block after its count is reached (soft_end), which both profiles see alike; a limit ends exactly (hard_end),
 * for which the fast profile hands over to the exact one.
 */
#include <inttypes.h>
#include <stdio.h>

#include "machine/core.h"
#include "machine/presence.h"
#include "machine/sysreg.h"

enum {
	PSTATE_IL = 1 << 20,
	SYNDROME_ILLEGAL_STATE = 0x0e << 26 | 1 << 25,
	SYNDROME_EXTERNAL_ABORT = 1 << 25 | 0x10,
	SYNDROME_PC_ALIGNMENT = 1 << 25,
	SYNDROME_ALIGNMENT = 1 << 25 | 0x21,
	EC_DATA_ABORT = 0x24, EC_INSTR_ABORT = 0x20, EC_PC_ALIGNMENT = 0x22, EC_SHIFT = 26,
	ISS_WNR = 1 << 6,
	SCR_EA = 1 << 3,
	INSN_SIZE = 4,
};

#define HCR_TEA	(1ull << 37)

/* ---- where we are ---- */

gva_t cpu_present_pc(const struct cpu *cpu)
{
	if (cpu->machine->running != cpu || cpu->block_count == 0)
		return cpu_get_reg(cpu, CPU_PC);
	return cpu->block_addr + (gva_t)cpu->access_index * INSN_SIZE;
}

uint64_t cpu_present_time(const struct cpu *cpu)
{
	if (cpu->machine->running != cpu)
		return machine_time(cpu->machine);
	return cpu->machine->t + cpu->ran + (cpu->block_count ? cpu->access_index : 0);
}

void cpu_refresh_el(struct cpu *cpu)
{
	cpu->el = engine_get(cpu->engine, CPU_PSTATE) >> 2 & 3;
}

void cpu_wish_now(struct cpu *cpu, enum cpu_wish wish)
{
	cpu->wish |= wish;
	engine_stop(cpu->engine);
}

/* From an announcement: do not execute this block. */
static void refuse_block(struct cpu *cpu, enum cpu_wish wish)
{
	cpu->block_count = 0;
	cpu_wish_now(cpu, wish);
}

/* ---- after a block ---- */

static void emit_eret(struct cpu *cpu, int from, gva_t pc, gva_t target, bool illegal)
{
	struct event event = { .kind = EVENT_ERET };

	event.el = from;
	event.u.eret.from = from;
	event.u.eret.to = cpu->el;
	event.u.eret.target = target;
	event.u.eret.illegal = illegal;
	cpu_emit_at(cpu, &event, cpu_present_time(cpu), pc);
}

/* An exception return was executed at PC, and went to TARGET. */
static void after_eret(struct cpu *cpu, gva_t pc, gva_t target)
{
	int from = cpu->el;
	bool illegal = engine_get(cpu->engine, CPU_PSTATE) & PSTATE_IL;

	cpu_refresh_el(cpu);
	cpu->irq_noted = false;
	exclusive_open(cpu);
	cpu->event_register = true;
	/* EL1 and EL0 share a regime and are told apart in the software TLB. */
	if (from != cpu->el && (from > 1 || cpu->el > 1))
		cpu_new_generation(cpu);
	emit_eret(cpu, from, pc, target, illegal);
	if (illegal) {
		cpu->trap_el = exception_own_target(cpu);
		cpu->trap_syndrome = SYNDROME_ILLEGAL_STATE;
		cpu->trap_far = 0;
		cpu_wish_now(cpu, WISH_TRAP);
	}
}

static void after_sevl(struct cpu *cpu, gva_t pc)
{
	struct event event = { .kind = EVENT_SEVL };

	cpu->event_register = true;
	cpu_emit_at(cpu, &event, cpu_present_time(cpu), pc);
}

/* What the instruction at PC does that the core does not know of.  False when it was trapped, that is, not executed. */
static bool after_instruction(struct cpu *cpu, enum insn_class class, gva_t pc, gva_t next)
{
	switch (class) {
	case INSN_SEV:
		sleep_sev(cpu, pc);
		break;
	case INSN_SEVL:
		after_sevl(cpu, pc);
		break;
	case INSN_WFE: case INSN_WFI:
		sleep_wait(cpu, pc, class == INSN_WFI);
		return !(cpu->wish & WISH_TRAP);
	case INSN_ERET:
		after_eret(cpu, pc, next);
		break;
	default:
		break;
	}
	return true;
}

/* The first DONE instructions of the announced block were executed; NEXT comes now. */
static void finish_block(struct cpu *cpu, unsigned done, gva_t next)
{
	unsigned executed = done;

	if (cpu->block_count == 0)
		return;
	if (done)
		cpu->boundary = cpu->block_code[done - 1] & CODE_BLOCK_END || next % PAGE_SIZE == 0;
	for (unsigned i = 0; cpu->block_flags & BLOCK_AFTER && i < done; i++) {
		cpu->access_index = i;
		if (!after_instruction(cpu, cpu->block_code[i] & CODE_CLASS, cpu->block_addr + i * INSN_SIZE, next))
			executed = i;
	}
	cpu->ran += executed;
	cpu->block_count = 0;
	cpu->access_index = 0;
}

/* ---- before a block ---- */

/* Marks on the coming instructions.  False when the block must not run now. */
static bool honour_marks(struct cpu *cpu, const struct block *block)
{
	struct machine *machine = cpu->machine;
	bool skip = cpu->skip_mark;
	unsigned kinds = 0;
	gpa_t pa;

	cpu->skip_mark = false;
	for (uint32_t i = 1; i < block->count; i++) {
		if (block->code[i] & CODE_MARK) {
			cpu->skip_mark = skip;
			cpu->exact_until = cpu->ran + block->count;
			refuse_block(cpu, WISH_EXACT);
			return false;
		}
	}
	if (skip || !(block->code[0] & CODE_MARK) || !block_fetch_address(cpu, block->addr, &pa))
		return true;
	for (size_t i = 0; i < machine->marks.len; i++)
		if (machine->marks.item[i].addr == pa)
			kinds = machine->marks.item[i].kinds;
	if (kinds & MARK_NOTE && machine->mark_handler) {
		/* What the handler emits happens here, not at the end of the block before. */
		cpu->block_addr = block->addr;
		cpu->block_count = 1;
		machine->mark_handler(machine->mark_ctx, cpu, block->addr, pa);
		cpu->block_count = 0;
	}
	/* The handler of a note may have asked for a stop, too. */
	if (kinds & MARK_STOP || machine->stop_requested) {
		machine->stop_requested = 0;
		cpu->skip_mark = true;
		refuse_block(cpu, WISH_STOP_MARK);
		return false;
	}
	return true;
}

static void set_check(struct cpu *cpu)
{
	cpu->check_at = cpu->soft_end < cpu->hard_end ? cpu->soft_end : cpu->hard_end;
}

/* Going in and out of the engine takes as long as some hundred instructions do. */
static bool begin_next_slice(struct cpu *cpu)
{
	if (cpu->is_exact || !machine_begin_next_slice(cpu->machine, cpu))
		return false;
	set_check(cpu);
	return true;
}

/* The ends of the burst.  False when the block must not run now. */
static bool check_ends(struct cpu *cpu, unsigned count)
{
	if (cpu->ran >= cpu->hard_end || (cpu->ran >= cpu->soft_end && cpu->boundary && !begin_next_slice(cpu))) {
		refuse_block(cpu, WISH_END);
		return false;
	}
	if (cpu->is_exact && cpu->exact_until && cpu->ran >= cpu->exact_until && !cpu->machine->needs_exact) {
		refuse_block(cpu, WISH_EXACT);
		return false;
	}
	if (!cpu->is_exact && cpu->ran + count > cpu->hard_end) {
		cpu->exact_until = cpu->hard_end;
		refuse_block(cpu, WISH_EXACT);
		return false;
	}
	return true;
}

/* The core entered the handler of an interrupt by itself: say so. */
static void note_interrupt(struct cpu *cpu, gva_t addr)
{
	enum { VECTOR_MASK = 0x7ff, IRQ_SAME_SP0 = 0x80, IRQ_SAME = 0x280, IRQ_LOWER = 0x480, FIQ_OFFSET = 0x80,
	       IRQ_BIT = 0x80 };
	unsigned offset = addr & VECTOR_MASK;
	struct event event = { .kind = EVENT_EXCEPTION };
	uint64_t vbar = 0, spsr = 0, elr = 0;

	cpu_refresh_el(cpu);
	if (offset != IRQ_SAME && offset != IRQ_LOWER && offset != IRQ_SAME_SP0 && offset != IRQ_SAME + FIQ_OFFSET &&
	    offset != IRQ_LOWER + FIQ_OFFSET)
		return;
	engine_get_sys(cpu->engine, VBAR_EL1, &vbar);
	engine_get_sys(cpu->engine, ELR_EL1, &elr);
	/* A handler may come back to its first instruction by itself. */
	if (cpu->el != 1 || vbar + offset != addr || (cpu->irq_noted && cpu->irq_return == elr))
		return;
	cpu->irq_noted = true;
	cpu->irq_return = elr;
	engine_get_sys(cpu->engine, SPSR_EL1, &spsr);
	event.u.exception.ec = offset & IRQ_BIT ? EVENT_EC_IRQ : EVENT_EC_FIQ;
	event.u.exception.from = spsr >> 2 & 3;
	event.u.exception.to = 1;
	event.u.exception.elr = elr;
	event.u.exception.vector = addr;
	event.el = event.u.exception.from;
	cpu_emit_at(cpu, &event, cpu->machine->t + cpu->ran, elr);
}

/* The level that takes an external abort. */
static unsigned abort_target(const struct cpu *cpu)
{
	uint64_t scr = 0;

	engine_get_sys(cpu->engine, SCR_EL3, &scr);
	if (scr & SCR_EA)
		return 3;
	return cpu->el < 2 && exception_hcr(cpu) & HCR_TEA ? 2 : exception_own_target(cpu);
}

/* Nothing can be fetched at ADDR.  False when the block must not run. */
static bool trap_fetch(struct cpu *cpu, gva_t addr)
{
	bool is_odd = addr % INSN_SIZE;

	if (!is_odd && cpu->machine->is_lenient)
		return true;
	cpu->trap_el = is_odd ? exception_own_target(cpu) : abort_target(cpu);
	cpu->trap_syndrome = is_odd ? SYNDROME_PC_ALIGNMENT | (uint32_t)EC_PC_ALIGNMENT << EC_SHIFT :
			     SYNDROME_EXTERNAL_ABORT | (uint32_t)EC_INSTR_ABORT << EC_SHIFT;
	cpu->trap_far = addr;
	refuse_block(cpu, WISH_TRAP);
	return false;
}

/* What changed in the middle of a block takes effect at the end of a basic block, alike in both profiles. */
static bool act_at_boundary(struct cpu *cpu)
{
	cpu->attention &= ~ATTENTION_BOUNDARY;
	if (cpu->machine->power_requested) {
		refuse_block(cpu, WISH_REQUEST);
		return false;
	}
	sysreg_update_hcr(cpu);
	refuse_block(cpu, WISH_AGAIN);
	return false;
}

static void announce(struct cpu *cpu, const struct block *block)
{
	cpu->block_addr = block->addr;
	cpu->block_count = block->count;
	cpu->block_flags = block->flags;
	cpu->block_code = block->code;
	cpu->access_done = false;
}

/* The next instruction names a register that may not be there, or not be for this level.  False when it must not run. */
static bool check_presence(struct cpu *cpu, gva_t addr)
{
	gpa_t pa;

	if (!block_fetch_address(cpu, addr, &pa) ||
	    presence_allows(cpu, bus_insn(&cpu->machine->bus, pa), &cpu->trap_syndrome, &cpu->trap_el))
		return true;
	cpu->trap_far = 0;
	refuse_block(cpu, WISH_TRAP);
	return false;
}

/* A store-exclusive faults when its address is not aligned, whether it would fail or not.  False when it must not run. */
static bool check_alignment(struct cpu *cpu, gva_t addr)
{
	if (exclusive_is_aligned(cpu, addr, &cpu->trap_far))
		return true;
	cpu->trap_el = exception_own_target(cpu);
	cpu->trap_syndrome = SYNDROME_ALIGNMENT | ISS_WNR | (uint32_t)EC_DATA_ABORT << EC_SHIFT;
	refuse_block(cpu, WISH_TRAP);
	return false;
}

static void exact_instruction(struct cpu *cpu, const struct block *block)
{
	enum insn_class class = block->code[0] & CODE_CLASS;

	if ((class == INSN_PRESENCE && !check_presence(cpu, block->addr)) ||
	    (class == INSN_STXR && !check_alignment(cpu, block->addr)))
		return;
	announce(cpu, block);
	if (class == INSN_LDXR || class == INSN_STXR || class == INSN_CLREX)
		exclusive_before(cpu, class, block->addr);
	else
		exclusive_pass(cpu, block);
}

/* The block needs care, or the CPU does. */
static void announce_slowly(struct cpu *cpu, const struct block *block)
{
	if (cpu->machine->stop_requested)
		cpu->wish |= WISH_REQUEST;
	if (cpu->wish) {
		refuse_block(cpu, 0);
		return;
	}
	if (!check_ends(cpu, block->count))
		return;
	if (cpu->attention & ATTENTION_BOUNDARY && cpu->boundary && !act_at_boundary(cpu))
		return;
	if (cpu->attention & ATTENTION_CODE ||
	    (cpu->attention & ATTENTION_HIGH && cpu->boundary && exception_is_interrupt_due(cpu))) {
		refuse_block(cpu, WISH_AGAIN);
		return;
	}
	if (cpu->attention & ATTENTION_VIRQ)
		note_interrupt(cpu, block->addr);
	if (block->flags & BLOCK_NOWHERE && !trap_fetch(cpu, block->addr))
		return;
	if (block->flags & BLOCK_MARK && !honour_marks(cpu, block))
		return;
	if (cpu->is_exact) {
		exact_instruction(cpu, block);
	} else if (exclusive_before_block(cpu, block)) {
		announce(cpu, block);
	} else {
		/* Its mark, if any, was honoured just now. */
		cpu->skip_mark = block->flags & BLOCK_MARK;
		cpu->exact_until = cpu->ran + block->count;
		refuse_block(cpu, WISH_EXACT);
	}
}

/* Can BLOCK be run without more ado, after RAN instructions of this run? */
static inline bool is_plain(const struct cpu *cpu, const struct block *block, uint64_t ran)
{
	return !((block->flags & ~(BLOCK_STORES | BLOCK_ENDS)) | cpu->attention | cpu->wish) &&
	       ran + block->count <= cpu->check_at;
}

/* A block that needs more than to be counted, or that is not known. */
static __attribute__((noinline)) void on_block_slowly(struct cpu *cpu, gva_t addr, unsigned count)
{
	const struct block *block;
	unsigned done, flags = cpu->block_flags;

	if (flags & BLOCK_AFTER) {
		if (cpu->wish & WISH_ABORT) {
			engine_stop(cpu->engine);
			return;
		}
		finish_block(cpu, cpu->block_count, addr);
	}
	done = cpu->block_count;
	cpu->ran += done;
	cpu->access_index = 0;
	block = block_look_up(cpu, addr, count);
	if (!is_plain(cpu, block, cpu->ran)) {
		if (done)
			cpu->boundary = flags & BLOCK_ENDS || addr % PAGE_SIZE == 0;
		cpu->block_flags = 0;
		announce_slowly(cpu, block);
	} else {
		announce(cpu, block);
	}
}

void cpu_on_block(struct cpu *cpu, gva_t addr, unsigned count)
{
	const struct block *block = block_peek(cpu, addr);
	uint64_t ran = cpu->ran + cpu->block_count;

	if (__builtin_expect(!(cpu->block_flags & BLOCK_AFTER) && block_is(cpu, block, addr, count) &&
			     is_plain(cpu, block, ran), 1)) {
		cpu->ran = ran;
		cpu->access_index = 0;
		announce(cpu, block);
	} else {
		on_block_slowly(cpu, addr, count);
	}
}

/* ---- coming out ---- */

/* The engine came out by itself, perhaps inside the announced block: count what was executed of it. */
static void settle(struct cpu *cpu)
{
	gva_t pc = engine_get(cpu->engine, CPU_PC);
	uint64_t done = (pc - cpu->block_addr) / INSN_SIZE;

	if (cpu->block_count == 0)
		return;
	/* A fetch that faults comes after the whole block. */
	if (done < cpu->block_count && cpu->block_flags & BLOCK_EXCLUSIVE && !cpu->is_exact)
		exclusive_cut_block(cpu, done);
	finish_block(cpu, done <= cpu->block_count ? done : cpu->block_count, pc);
}

static bool take_external_abort(struct cpu *cpu, struct stop *stop)
{
	gva_t pc = cpu_present_pc(cpu);
	uint32_t syndrome = SYNDROME_EXTERNAL_ABORT | (uint32_t)EC_DATA_ABORT << EC_SHIFT;

	if (cpu->block_flags & BLOCK_EXCLUSIVE && !cpu->is_exact)
		exclusive_cut_block(cpu, cpu->access_index);
	finish_block(cpu, cpu->access_index, pc);
	engine_restore(cpu->engine, cpu->abort_state);
	engine_state_free(cpu->abort_state);
	cpu->abort_state = NULL;
	engine_set(cpu->engine, CPU_PC, pc);
	if (cpu->abort_is_write)
		syndrome |= ISS_WNR;
	return exception_take(cpu, syndrome, cpu->abort_va, abort_target(cpu), pc, stop);
}

static bool take_trap(struct cpu *cpu, struct stop *stop)
{
	return exception_take(cpu, cpu->trap_syndrome, cpu->trap_far, cpu->trap_el, engine_get(cpu->engine, CPU_PC), stop);
}

static bool engine_failed(struct cpu *cpu, struct stop *stop)
{
	struct machine *machine = cpu->machine;

	snprintf(machine->text, sizeof(machine->text), "CPU%u: libunicorn: %s at pc 0x%" PRIx64, cpu->index,
		 engine_failure(cpu->engine), engine_get(cpu->engine, CPU_PC));
	cpu->state = CPU_FAULTED;
	*stop = (struct stop){ .reason = STOP_FAULT, .cpu = cpu->index, .pc = engine_get(cpu->engine, CPU_PC),
			       .text = machine->text };
	return false;
}

/* Act on why the engine came out.  False when the whole run must stop, with *STOP filled. */
static bool act_on_exit(struct cpu *cpu, enum engine_exit exit, struct stop *stop)
{
	if (exit == ENGINE_FAILED)
		return engine_failed(cpu, stop);
	if (cpu->wish & WISH_ABORT)
		return take_external_abort(cpu, stop);
	if (exit == ENGINE_EXCEPTION) {
		settle(cpu);
		if (!(cpu->wish & (WISH_SLEEP | WISH_TRAP)))
			return exception_from_core(cpu, stop);
	} else {
		/* Nothing is announced but when the core came out by itself, as after WFI. */
		settle(cpu);
	}
	if (cpu->wish & WISH_TRAP)
		return take_trap(cpu, stop);
	if (cpu->wish & WISH_STOP_MARK) {
		*stop = (struct stop){ .reason = STOP_MARK, .cpu = cpu->index, .pc = engine_get(cpu->engine, CPU_PC) };
		return false;
	}
	if (cpu->wish & WISH_WATCH) {
		*stop = cpu->watch_stop;
		return false;
	}
	return true;
}

static bool is_burst_over(const struct cpu *cpu)
{
	return cpu->state != CPU_RUNNING || cpu->machine->power_requested || cpu->machine->stop_requested ||
	       cpu->wish & (WISH_END | WISH_REQUEST) || cpu->ran >= cpu->hard_end;
}

static void begin_burst(struct cpu *cpu)
{
	cpu->wish = 0;
	cpu->attention &= ~(ATTENTION_WISH | ATTENTION_CODE);
	cpu->block_count = 0;
	cpu->block_flags = 0;
	cpu->access_index = 0;
	/* A store and what the core makes of it are of one burst: what was left then is not about this one. */
	cpu->undo = (struct store_undo){ 0 };
	cpu->repeats = 0;
	set_check(cpu);
	if (cpu->exact_until <= cpu->ran)
		cpu->exact_until = 0;
	/* A burst this short would have to end in the exact profile anyway. */
	if (cpu->hard_end - cpu->ran < SCHED_EXACT_BELOW)
		cpu->exact_until = cpu->hard_end;
	cpu->is_exact = cpu->machine->needs_exact || cpu->exact_until;
	if (cpu->exact_until && cpu->exact_until < cpu->check_at)
		cpu->check_at = cpu->exact_until;
	/* There our monitor decides: it must know what the core reserved before. */
	if (cpu->is_exact)
		exclusive_sync(cpu);
}

bool cpu_run(struct cpu *cpu, struct stop *stop)
{
	bool goes_on = true;

	do {
		/* As in the middle of a burst: interrupts are taken where basic blocks end. */
		if (cpu->attention & ATTENTION_HIGH && cpu->boundary && exception_is_interrupt_due(cpu) &&
		    !exception_take_interrupt(cpu, stop))
			return true;
		begin_burst(cpu);
		goes_on = act_on_exit(cpu, engine_run(cpu->engine, cpu->is_exact ? ENGINE_EXACT : ENGINE_FAST), stop);
	} while (goes_on && !is_burst_over(cpu));
	exclusive_sync(cpu);
	return !goes_on;
}
