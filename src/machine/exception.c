/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/exception.c: taking exceptions (Arm ARM D1.3, "Exception entry").
 *
 * The core comes out of the engine at every synchronous exception; entry is done here.  Interrupts that go to EL1 the
 * core takes by itself (sysreg_update_hcr()); those that go to EL2 or EL3, and those of secure EL1, are taken here, between
 * slices.
 */
#include <inttypes.h>
#include <stdio.h>

#include "machine/core.h"
#include "machine/syndrome.h"
#include "machine/sysreg.h"

enum {
	INSN_SIZE = 4,
	EC_SHIFT = 26,
	EC_SVC64 = 0x15, EC_HVC64 = 0x16, EC_SMC64 = 0x17,
	EC_INSTR_ABORT_LOWER = 0x20, EC_INSTR_ABORT_SAME = 0x21, EC_PC_ALIGNMENT = 0x22,
	EC_DATA_ABORT_LOWER = 0x24, EC_DATA_ABORT_SAME = 0x25,
	EC_BREAKPOINT_LOWER = 0x30, EC_STEP_LOWER = 0x32, EC_WATCHPOINT_LOWER = 0x34,
	PSTATE_SP = 1, PSTATE_F = 1 << 6, PSTATE_I = 1 << 7, PSTATE_DAIF = 0xf << 6,
	PSTATE_PAN = 1 << 22,
	SCTLR_SPAN = 1 << 23,
	VECTOR_SAME_SPX = 0x200, VECTOR_LOWER = 0x400, VECTOR_IRQ = 0x80, VECTOR_FIQ = 0x100,
	SCR_NS = 1 << 0, SCR_IRQ = 1 << 1, SCR_FIQ = 1 << 2, SCR_EA = 1 << 3,
	HCR_FMO = 1 << 3, HCR_IMO = 1 << 4, HCR_VF = 1 << 6, HCR_VI = 1 << 7,
};

#define PSTATE_NZCV	0xf0000000u
#define HCR_TGE		(1ull << 27)

static const struct {
	uint32_t vbar, elr, spsr, esr, far;
} entry_regs[] = {
	[1] = { VBAR_EL1, ELR_EL1, SPSR_EL1, ESR_EL1, FAR_EL1 },
	[2] = { VBAR_EL2, ELR_EL2, SPSR_EL2, ESR_EL2, FAR_EL2 },
	[3] = { VBAR_EL3, ELR_EL3, SPSR_EL3, ESR_EL3, FAR_EL3 },
};

/* All that one entry needs to know. */
struct entry {
	unsigned target;
	gva_t pc;		/* preferred return address */
	unsigned vector_kind;	/* 0: synchronous, VECTOR_IRQ, VECTOR_FIQ */
	uint32_t syndrome;
	uint64_t far;
	bool has_far;
};

static unsigned class_of(uint32_t syndrome)
{
	return syndrome >> EC_SHIFT;
}

/* Some classes have one number for exceptions from a lower level and the next for those from the same one. */
static uint32_t fix_class(uint32_t syndrome, bool same_level)
{
	switch (class_of(syndrome)) {
	case EC_INSTR_ABORT_LOWER: case EC_DATA_ABORT_LOWER: case EC_BREAKPOINT_LOWER: case EC_STEP_LOWER:
	case EC_WATCHPOINT_LOWER:
		return syndrome + ((uint32_t)same_level << EC_SHIFT);
	}
	return syndrome;
}

static bool fail(struct cpu *cpu, struct stop *stop, const struct entry *entry, const char *why)
{
	struct machine *machine = cpu->machine;
	struct event event = { .kind = EVENT_FAULT };
	char words[80];

	syndrome_describe(entry->syndrome, words, sizeof(words));
	snprintf(machine->text, sizeof(machine->text),
		 "CPU%u: exception class 0x%02x at EL%d, pc 0x%" PRIx64 ", esr 0x%08" PRIx32 ", far 0x%" PRIx64
		 " (%s): %s",
		 cpu->index, class_of(entry->syndrome), cpu->el, entry->pc, entry->syndrome, entry->far, words, why);
	cpu->state = CPU_FAULTED;
	event.u.text.reason = "unhandled exception";
	event.u.text.detail = machine->text;
	machine_emit(machine, cpu->index, &event);
	*stop = (struct stop){
		.reason = STOP_FAULT, .cpu = cpu->index, .pc = entry->pc, .addr = entry->far, .text = machine->text,
	};
	return false;
}

static gva_t vector_of(const struct cpu *cpu, const struct entry *entry, uint64_t pstate)
{
	uint64_t base = engine_sysreg(cpu->engine, entry_regs[entry->target].vbar) & ~0x7ffull;

	if ((unsigned)cpu->el < entry->target)
		return base + VECTOR_LOWER + entry->vector_kind;
	return base + (pstate & PSTATE_SP ? VECTOR_SAME_SPX : 0) + entry->vector_kind;
}

static uint64_t new_pstate(const struct cpu *cpu, const struct entry *entry, uint64_t old)
{
	uint64_t pstate = (old & (PSTATE_NZCV | PSTATE_PAN)) | PSTATE_DAIF | entry->target << 2 | PSTATE_SP;

	if (entry->target == 1 && cpu->machine->config.model == CPU_MAX_MODEL &&
	    !(engine_sysreg(cpu->engine, SCTLR_EL1) & SCTLR_SPAN))
		pstate |= PSTATE_PAN;
	return pstate;
}

static void emit_entry(struct cpu *cpu, const struct entry *entry, gva_t vector)
{
	struct event event = { .kind = EVENT_EXCEPTION };

	event.u.exception.ec = entry->vector_kind == VECTOR_IRQ ? EVENT_EC_IRQ :
			       entry->vector_kind == VECTOR_FIQ ? EVENT_EC_FIQ : class_of(entry->syndrome);
	event.u.exception.from = cpu->el;
	event.u.exception.to = entry->target;
	event.u.exception.esr = entry->vector_kind ? 0 : entry->syndrome;
	event.u.exception.elr = entry->pc;
	event.u.exception.far = entry->has_far ? entry->far : 0;
	event.u.exception.vector = vector;
	/* SVC, HVC and SMC return behind themselves; the event belongs to the instruction. */
	if (!entry->vector_kind && class_of(entry->syndrome) >= EC_SVC64 && class_of(entry->syndrome) <= EC_SMC64)
		cpu_emit_at(cpu, &event, cpu_present_time(cpu) - 1, entry->pc - INSN_SIZE);
	else
		cpu_emit_at(cpu, &event, cpu_present_time(cpu), entry->pc);
}

static void write_entry_regs(struct cpu *cpu, const struct entry *entry, uint64_t spsr)
{
	struct engine *engine = cpu->engine;

	engine_set_sys(engine, entry_regs[entry->target].elr, entry->pc);
	engine_set_sys(engine, entry_regs[entry->target].spsr, spsr);
	if (entry->vector_kind)
		return;
	engine_set_sys(engine, entry_regs[entry->target].esr, entry->syndrome);
	if (entry->has_far)
		engine_set_sys(engine, entry_regs[entry->target].far, entry->far);
}

/* Does a handler fault at the same one of its first instructions again and again?  Then nothing ever will come of it. */
static bool is_storm(struct cpu *cpu, const struct entry *entry)
{
	enum { HANDLER_START = 32, HOPELESS = 1000 };
	uint64_t present = cpu->instructions + cpu->ran;
	unsigned class = class_of(entry->syndrome);
	bool is_fault = !entry->vector_kind && (class < EC_SVC64 || (class >= EC_INSTR_ABORT_LOWER && class < EC_BREAKPOINT_LOWER));

	if (is_fault && (unsigned)cpu->el == entry->target && cpu->storm.pc == entry->pc &&
	    present - cpu->storm.when <= HANDLER_START)
		cpu->storm.count++;
	else
		cpu->storm.count = 0;
	cpu->storm.pc = entry->pc;
	cpu->storm.when = present;
	return cpu->storm.count >= HOPELESS;
}

static bool enter(struct cpu *cpu, struct entry *entry, struct stop *stop)
{
	uint64_t pstate = engine_get(cpu->engine, CPU_PSTATE);
	gva_t vector;

	entry->syndrome = fix_class(entry->syndrome, (unsigned)cpu->el == entry->target);
	vector = vector_of(cpu, entry, pstate);
	if (!(cpu->vbar_set >> entry->target & 1))
		return fail(cpu, stop, entry, "no handler: VBAR of the target level was never set");
	if (class_of(entry->syndrome) == EC_INSTR_ABORT_SAME && entry->pc == vector)
		return fail(cpu, stop, entry, "the exception vector itself cannot be fetched");
	if (is_storm(cpu, entry))
		return fail(cpu, stop, entry, "the handler faults at its own start, again and again");
	exclusive_sync(cpu);
	emit_entry(cpu, entry, vector);
	if ((unsigned)cpu->el != entry->target) {
		/* Entry does not open the monitor, but the core's way of entry does. */
		cpu->core.differs |= cpu->core.is_open;
		cpu_new_generation(cpu);
	}
	engine_set_level(cpu->engine, new_pstate(cpu, entry, pstate), vector);
	write_entry_regs(cpu, entry, pstate);
	cpu->el = entry->target;
	livelock_changed(cpu->machine);
	return true;
}

bool exception_take(struct cpu *cpu, uint32_t syndrome, uint64_t far, unsigned target, gva_t pc, struct stop *stop)
{
	unsigned class = class_of(syndrome);
	struct entry entry = {
		.target = target, .pc = pc, .syndrome = syndrome, .far = far,
		.has_far = (class >= EC_INSTR_ABORT_LOWER && class <= EC_DATA_ABORT_SAME) ||
			   class == EC_WATCHPOINT_LOWER,
	};

	return enter(cpu, &entry, stop);
}

bool exception_is_secure(const struct cpu *cpu)
{
	return !(engine_sysreg(cpu->engine, SCR_EL3) & SCR_NS);
}

/* No model has a secure EL2 (Arm ARM D17.2.48: "behaves as if this field is 0"). */
uint64_t exception_hcr(const struct cpu *cpu)
{
	return exception_is_secure(cpu) ? 0 : cpu->hcr;
}

unsigned exception_own_target(const struct cpu *cpu)
{
	if (cpu->el == 0)
		return exception_hcr(cpu) & HCR_TGE ? 2 : 1;
	return cpu->el;
}

/* What the core says, made safe: never below the present level, never to EL0. */
static unsigned target_of(const struct cpu *cpu, const struct engine_exception *exception)
{
	unsigned lowest = cpu->el > 0 ? cpu->el : 1;

	if (class_of(exception->syndrome) == EC_SMC64 && exception->target_el < 2)
		return 3;
	return exception->target_el > lowest && exception->target_el <= 3 ? exception->target_el : lowest;
}

bool exception_from_core(struct cpu *cpu, struct stop *stop)
{
	struct engine_exception exception = engine_exception(cpu->engine);
	struct machine *machine = cpu->machine;
	unsigned class = class_of(exception.syndrome);
	gva_t pc = engine_get(cpu->engine, CPU_PC);

	if ((class == EC_SMC64 || class == EC_HVC64) && machine->call_handler &&
	    machine->call_handler(machine->call_ctx, cpu, class)) {
		cpu->boundary = true;
		return true;
	}
	if (class == EC_DATA_ABORT_LOWER || class == EC_DATA_ABORT_SAME)
		store_refused(cpu, exception.syndrome, exception.far);
	return exception_take(cpu, exception.syndrome, exception.far, target_of(cpu, &exception), pc, stop);
}

/* ---- physical interrupts that the core cannot take ---- */

/* The level at which an interrupt on LINE is taken. */
static unsigned route(const struct cpu *cpu, enum cpu_line line)
{
	uint64_t scr = engine_sysreg(cpu->engine, SCR_EL3);

	if (scr & (line == LINE_IRQ ? SCR_IRQ : SCR_FIQ))
		return 3;
	if (exception_hcr(cpu) & ((line == LINE_IRQ ? HCR_IMO : HCR_FMO) | HCR_TGE))
		return 2;
	return 1;
}

/* PSTATE masks an interrupt only at the level that it goes to (Arm ARM D1.3.6). */
static bool is_unmasked(const struct cpu *cpu, enum cpu_line line)
{
	unsigned target = route(cpu, line), el = cpu->el ? cpu->el : 0;

	if (!cpu->line[line] || el > target)
		return false;
	if (el < target && target > 1)
		return true;
	return !(engine_get(cpu->engine, CPU_PSTATE) & (line == LINE_IRQ ? PSTATE_I : PSTATE_F));
}

bool exception_interrupt_unmasked(const struct cpu *cpu)
{
	return is_unmasked(cpu, LINE_IRQ) || is_unmasked(cpu, LINE_FIQ);
}

bool exception_has_virtual_interrupt(const struct cpu *cpu, bool even_masked)
{
	uint64_t pstate = engine_get(cpu->engine, CPU_PSTATE);
	uint64_t hcr = exception_hcr(cpu);
	bool irq = hcr & HCR_IMO && hcr & HCR_VI, fiq = hcr & HCR_FMO && hcr & HCR_VF;

	if (cpu->el > 1 || hcr & HCR_TGE)
		return false;
	return (irq && (even_masked || !(pstate & PSTATE_I))) || (fiq && (even_masked || !(pstate & PSTATE_F)));
}

/* Shown to the core as a virtual one it would not take it: it goes above EL1, or there is no EL2 that could hold it ready. */
static bool is_ours(const struct cpu *cpu, enum cpu_line line)
{
	return cpu->line[line] && (route(cpu, line) > 1 || exception_is_secure(cpu));
}

bool exception_has_own_interrupt(const struct cpu *cpu)
{
	return is_ours(cpu, LINE_IRQ) || is_ours(cpu, LINE_FIQ);
}

static bool is_due(const struct cpu *cpu, enum cpu_line line)
{
	return is_ours(cpu, line) && is_unmasked(cpu, line);
}

bool exception_is_interrupt_due(const struct cpu *cpu)
{
	return is_due(cpu, LINE_IRQ) || is_due(cpu, LINE_FIQ);
}

bool exception_take_interrupt(struct cpu *cpu, struct stop *stop)
{
	enum cpu_line line = is_due(cpu, LINE_IRQ) ? LINE_IRQ : LINE_FIQ;
	struct entry entry = {
		.target = route(cpu, line), .pc = engine_get(cpu->engine, CPU_PC),
		.vector_kind = line == LINE_IRQ ? VECTOR_IRQ : VECTOR_FIQ,
	};

	return enter(cpu, &entry, stop);
}
