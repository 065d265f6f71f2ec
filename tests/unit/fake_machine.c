/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/fake_machine.c: the machine that runs nothing.
 */
#include "fake_machine.h"

#include <check.h>
#include <string.h>

#include "base/alloc.h"

#define SCR_EL3	SYSREG(3, 6, 1, 1, 0)
#define HCR_EL2	SYSREG(3, 4, 1, 1, 0)

enum { SCR_NS_FIQ = 1 << 0 | 1 << 2 };

struct machine *fake_machine_new(unsigned count)
{
	struct machine *machine = xzalloc(sizeof(*machine));

	machine->count = count;
	for (unsigned i = 0; i < count; i++)
		machine->cpu[i] = (struct cpu){
			.index = i, .mpidr = i, .state = CPU_RUNNING, .el = 1, .scr_el3 = SCR_NS_FIQ,
		};
	return machine;
}

const struct fake_event *fake_event(const struct machine *machine, unsigned n, enum event_kind kind)
{
	ck_assert_uint_lt(n, machine->event_count);
	ck_assert_int_eq(machine->events[n].event.kind, kind);
	return &machine->events[n];
}

void fake_events_clear(struct machine *machine)
{
	machine->event_count = 0;
}

/* ---- machine/machine.h ---- */

void machine_set_line(struct machine *machine, unsigned cpu, enum cpu_line line, bool level)
{
	ck_assert_uint_lt(cpu, machine->count);
	machine->cpu[cpu].line[line] = level;
}

void machine_emit(struct machine *machine, int cpu, struct event *event)
{
	struct fake_event *kept = &machine->events[machine->event_count];

	ck_assert_uint_lt(machine->event_count, FAKE_EVENT_MAX);
	machine->event_count++;
	event->cpu = cpu;
	kept->event = *event;
	kept->text[0] = '\0';
	if (event->kind == EVENT_UART)
		strncpy(kept->text, event->u.uart.text, FAKE_TEXT_MAX - 1);
}

void machine_stream_event(struct machine *machine, unsigned cpu)
{
	machine->cpu[cpu].stream_events++;
}

void machine_request_poll(struct machine *machine)
{
	machine->poll_requests++;
}

void machine_request_power(struct machine *machine, enum power_state state)
{
	machine->power_requests++;
	machine->power = state;
}

void machine_set_call_handler(struct machine *machine, call_fn *handler, void *ctx)
{
	machine->call_handler = handler;
	machine->call_ctx = ctx;
}

struct cpu *machine_cpu(struct machine *machine, unsigned index)
{
	return &machine->cpu[index];
}

const struct cpu *machine_cpu_const(const struct machine *machine, unsigned index)
{
	return &machine->cpu[index];
}

unsigned machine_cpu_count(const struct machine *machine)
{
	return machine->count;
}

int machine_find_mpidr(const struct machine *machine, uint64_t mpidr)
{
	for (unsigned i = 0; i < machine->count; i++)
		if (machine->cpu[i].mpidr == mpidr)
			return (int)i;
	return -1;
}

void machine_start_cpu(struct machine *machine, unsigned cpu, gva_t pc, int el, uint64_t arg, bool by_call)
{
	struct cpu *started = &machine->cpu[cpu];

	(void)by_call;
	memset(started->reg, 0, sizeof(started->reg));
	started->reg[CPU_X0] = arg;
	started->reg[CPU_PC] = pc;
	started->state = CPU_RUNNING;
	started->el = el;
	started->starts++;
	started->start_pc = pc;
	started->start_el = el;
	started->start_arg = arg;
}

void machine_stop_cpu(struct machine *machine, unsigned cpu)
{
	machine->cpu[cpu].state = CPU_OFF;
}

void machine_sleep_cpu(struct machine *machine, unsigned cpu)
{
	machine->cpu[cpu].sleeps++;
	machine->cpu[cpu].state = CPU_WFI;
}

uint64_t machine_ticks(const struct machine *machine)
{
	return machine->ticks;
}

bool device_blob_take(struct device_blob *in, void *to, size_t size)
{
	if (size > in->len - in->pos)
		return false;
	memcpy(to, in->data + in->pos, size);
	in->pos += size;
	return true;
}

/* ---- machine/cpu.h ---- */

unsigned cpu_index(const struct cpu *cpu)
{
	return cpu->index;
}

uint64_t cpu_mpidr(const struct cpu *cpu)
{
	return cpu->mpidr;
}

enum cpu_state cpu_state(const struct cpu *cpu)
{
	return cpu->state;
}

int cpu_el(const struct cpu *cpu)
{
	return cpu->el;
}

uint64_t cpu_get_reg(const struct cpu *cpu, int reg)
{
	return cpu->reg[reg];
}

void cpu_set_reg(struct cpu *cpu, int reg, uint64_t value)
{
	cpu->reg[reg] = value;
}

bool cpu_get_sysreg(const struct cpu *cpu, uint32_t reg, uint64_t *value)
{
	if (reg != SCR_EL3 && reg != HCR_EL2)
		return false;
	*value = reg == SCR_EL3 ? cpu->scr_el3 : cpu->hcr_el2;
	return true;
}

uint64_t cpu_instructions(const struct cpu *cpu)
{
	return cpu->instructions;
}
