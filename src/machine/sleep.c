/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/sleep.c: the event register, WFE and WFI (Arm ARM D1.16).
 */
#include "machine/core.h"
#include "machine/sysreg.h"

enum {
	SCTLR_NTWI = 1 << 16, SCTLR_NTWE = 1 << 18,
	HCR_TWI = 1 << 13, HCR_TWE = 1 << 14,
	SCR_TWI = 1 << 12, SCR_TWE = 1 << 13,
	SYNDROME_WFX = 0x01 << 26 | 1 << 25 | 1 << 24 | 0xe << 20,	/* EC, IL, condition always */
};

static void emit_wake(struct cpu *cpu, enum event_kind kind, enum wake_by by, int from)
{
	struct event event = { .kind = kind };

	event.u.wake.by = by;
	event.u.wake.from = from;
	machine_emit(cpu->machine, cpu->index, &event);
}

static void wake(struct cpu *cpu, enum wake_by by, int from)
{
	enum event_kind kind = cpu->state == CPU_WFE ? EVENT_WFE_WAKE : EVENT_WFI_WAKE;

	cpu->state = CPU_RUNNING;
	/* Devices may have left it out while it slept. */
	machine_request_poll(cpu->machine);
	emit_wake(cpu, kind, by, from);
	cpu->asleep_since = 0;
}

bool sleep_set_event(struct cpu *cpu, enum wake_by by, int from)
{
	if (cpu->state == CPU_OFF || cpu->state == CPU_FAULTED)
		return false;
	if (cpu->state == CPU_WFE) {
		wake(cpu, by, from);
		return true;
	}
	cpu->event_register = true;
	return false;
}

void sleep_sev(struct cpu *cpu, gva_t pc)
{
	struct machine *machine = cpu->machine;
	struct event event = { .kind = EVENT_SEV };
	uint64_t deaf = 0;

	for (unsigned i = 0; i < machine->config.cpu_count; i++) {
		struct cpu *other = machine->cpu[i];

		deaf |= (uint64_t)other->inject_drop_sev << i;
		if (other->state == CPU_WFE && !other->inject_drop_sev)
			event.u.sev.woke |= 1ull << i;
		other->inject_drop_sev = false;
	}
	cpu_emit_at(cpu, &event, cpu_present_time(cpu), pc);
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		if (!(deaf >> i & 1))
			sleep_set_event(machine->cpu[i], WAKE_SEV, cpu->index);
}

/* ---- falling asleep ---- */

/* The level that wants to see this WFE or WFI instead of a sleep, or 0. */
static unsigned trap_level(const struct cpu *cpu, bool is_wfi)
{
	if (cpu->el == 0 && !(engine_sysreg(cpu->engine, SCTLR_EL1) & (is_wfi ? SCTLR_NTWI : SCTLR_NTWE)))
		return exception_own_target(cpu);
	if (cpu->el < 2 && exception_hcr(cpu) & (is_wfi ? HCR_TWI : HCR_TWE))
		return 2;
	if (cpu->el < 3 && engine_sysreg(cpu->engine, SCR_EL3) & (is_wfi ? SCR_TWI : SCR_TWE))
		return 3;
	return 0;
}

static bool has_line(const struct cpu *cpu)
{
	return cpu->line[LINE_IRQ] || cpu->line[LINE_FIQ];
}

static bool has_wakeup(const struct cpu *cpu, bool is_wfi)
{
	if (has_line(cpu) && (is_wfi || exception_interrupt_unmasked(cpu)))
		return true;
	if (is_wfi && cpu->line[LINE_WAKE])
		return true;
	return exception_has_virtual_interrupt(cpu, is_wfi);
}

/* Does a WFE fall through for the event register, or a pending interrupt? */
static bool passes(struct cpu *cpu, bool is_wfi)
{
	if (!is_wfi && cpu->event_register) {
		cpu->event_register = false;
		if (machine_wants(cpu->machine, EVENT_WFE_PASS))
			emit_wake(cpu, EVENT_WFE_PASS, WAKE_EVENT, EVENT_NO_CPU);
		return true;
	}
	return has_wakeup(cpu, is_wfi);
}

void sleep_wait(struct cpu *cpu, gva_t pc, bool is_wfi)
{
	struct event event = { .kind = is_wfi ? EVENT_WFI_SLEEP : EVENT_WFE_SLEEP };

	if (passes(cpu, is_wfi))
		return;
	cpu->trap_el = trap_level(cpu, is_wfi);
	if (cpu->trap_el) {
		/* The trapped instruction counts as not executed. */
		cpu->trap_syndrome = SYNDROME_WFX | !is_wfi;
		cpu->trap_far = 0;
		engine_set(cpu->engine, CPU_PC, pc);
		cpu_wish_now(cpu, WISH_TRAP);
		return;
	}
	cpu_emit_at(cpu, &event, cpu_present_time(cpu), pc);
	cpu->state = is_wfi ? CPU_WFI : CPU_WFE;
	cpu->asleep_since = cpu_present_time(cpu);
	cpu_wish_now(cpu, WISH_SLEEP);
}

void sleep_line_changed(struct cpu *cpu)
{
	if ((cpu->state == CPU_WFE || cpu->state == CPU_WFI) && has_wakeup(cpu, cpu->state == CPU_WFI))
		wake(cpu, WAKE_IRQ, EVENT_NO_CPU);
}

bool sleep_can_run(const struct cpu *cpu)
{
	return cpu->state == CPU_RUNNING && cpu->frozen_until <= cpu->machine->t;
}

void machine_inject(struct machine *machine, enum injection what, unsigned index, uint64_t n)
{
	struct cpu *cpu = machine->cpu[index];
	const struct injected injected = {
		.what = what, .cpu = index, .n = n, .t = machine->t, .idle_ticks = machine->idle_ticks,
	};

	sched_note_injection(machine->sched, &injected);
	switch (what) {
	case INJECT_STXR_FAIL:
		cpu->inject_stxr_fail = true;
		break;
	case INJECT_SPURIOUS_WAKE:
		if (cpu->state == CPU_WFE || cpu->state == CPU_WFI)
			wake(cpu, WAKE_SPURIOUS, EVENT_NO_CPU);
		break;
	case INJECT_DROP_SEV:
		cpu->inject_drop_sev = true;
		break;
	case INJECT_FREEZE:
		cpu->frozen_until = machine->t + n;
		break;
	}
}
