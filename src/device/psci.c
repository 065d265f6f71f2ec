/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/psci.c: calls in, effects out.
 *
 * Whether a CPU is on is the machine's to know.  Kept here is only what it cannot tell: which CPUs were turned on by a
 * call and have not run since, and which sleep in a power-down state.
 */
#include "device/psci.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "device/state.h"

enum { EC_HVC64 = 0x16, EC_SMC64 = 0x17 };

struct psci_cpu {
	uint64_t ran;		/* instructions it had run when it was turned on */
	uint64_t entry;		/* where it will wake */
	uint8_t turned_on;	/* by a call */
	uint8_t suspended;
	uint8_t pad[6];
};

struct psci_state {
	struct psci_cpu cpu[CPU_MAX];
};

struct psci {
	struct state_head head;
	struct machine *machine;
	struct psci_config config;
	struct psci_state state;
};

static const uint64_t state_tag = STATE_TAG('p', 's', 'c', 'i', 1);

enum psci_power psci_power(const struct psci *psci, unsigned cpu)
{
	const struct cpu *core = machine_cpu_const(psci->machine, cpu);
	const struct psci_cpu *kept = &psci->state.cpu[cpu];

	if (cpu_state(core) == CPU_OFF)
		return PSCI_POWER_OFF;
	return kept->turned_on && cpu_instructions(core) == kept->ran ? PSCI_POWER_ON_PENDING : PSCI_POWER_ON;
}

bool psci_is_suspended(const struct psci *psci, unsigned cpu)
{
	const struct cpu *core = machine_cpu_const(psci->machine, cpu);
	const struct psci_cpu *kept = &psci->state.cpu[cpu];

	return kept->suspended && cpu_state(core) == CPU_WFI && cpu_get_reg(core, CPU_PC) == kept->entry;
}

static void get_view(const struct psci *psci, unsigned caller, struct psci_view *view)
{
	view->cpu_count = machine_cpu_count(psci->machine);
	view->caller = caller;
	view->memory = psci->config.memory;
	view->memory_count = psci->config.memory_count;
	for (unsigned cpu = 0; cpu < view->cpu_count; cpu++) {
		view->mpidr[cpu] = cpu_mpidr(machine_cpu_const(psci->machine, cpu));
		view->power[cpu] = psci_power(psci, cpu);
	}
}

/* The id that a PSCI 0.1 id of the tree stands for. */
static uint32_t standard_id(const struct psci_ids *ids, uint32_t id)
{
	const uint32_t table[][2] = {
		{ ids->cpu_suspend, PSCI_CPU_SUSPEND | PSCI_FAST | PSCI_SMC64 },
		{ ids->cpu_off, PSCI_CPU_OFF | PSCI_FAST },
		{ ids->cpu_on, PSCI_CPU_ON | PSCI_FAST | PSCI_SMC64 },
		{ ids->migrate, PSCI_MIGRATE | PSCI_FAST | PSCI_SMC64 },
	};

	/* Trees of 0.2 and later often carry the standard ids as well; those keep their own width. */
	if (psci_fn_name(id))
		return id;
	for (unsigned i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (id != 0 && table[i][0] == id)
			return table[i][1];
	return id;
}

/* Start CPU at the entry of VERDICT. */
static void start_cpu(struct psci *psci, unsigned cpu, const struct psci_verdict *verdict)
{
	machine_start_cpu(psci->machine, cpu, verdict->entry, psci->config.entry_el, verdict->context, true);
}

static void turn_on(struct psci *psci, const struct psci_verdict *verdict)
{
	struct psci_cpu *kept = &psci->state.cpu[verdict->target];

	if (psci->config.reset_cpu)
		psci->config.reset_cpu(psci->config.reset_ctx, verdict->target);
	start_cpu(psci, verdict->target, verdict);
	memset(kept, 0, sizeof(*kept));
	kept->turned_on = true;
	kept->ran = cpu_instructions(machine_cpu_const(psci->machine, verdict->target));
}

/* The caller is reset at once, and sleeps before the first instruction after it: nobody can see the difference to a
 * reset on waking.  Its timer and its interface to the interrupt controller stay as they are: they are to wake it. */
static void suspend_caller(struct psci *psci, const struct psci_verdict *verdict)
{
	struct psci_cpu *kept = &psci->state.cpu[verdict->target];
	struct event event = { .kind = EVENT_POWER };

	event.u.power.state = POWER_SUSPENDED;
	machine_emit(psci->machine, (int)verdict->target, &event);
	start_cpu(psci, verdict->target, verdict);
	memset(kept, 0, sizeof(*kept));
	kept->suspended = true;
	kept->entry = verdict->entry;
	machine_sleep_cpu(psci->machine, verdict->target);
}

static void return_value(struct psci *psci, struct cpu *cpu, uint32_t id, int64_t value)
{
	struct event event = { .kind = EVENT_PSCI_RETURN };

	event.u.psci_return.fn = id;
	event.u.psci_return.value = value;
	cpu_set_reg(cpu, CPU_X0, (uint64_t)value);
	machine_emit(psci->machine, (int)cpu_index(cpu), &event);
}

/* Do what was decided; true when the call returns to the caller. */
static bool perform(struct psci *psci, struct cpu *cpu, const struct psci_verdict *verdict)
{
	switch (verdict->action) {
	case PSCI_DO_NOTHING:
		return true;
	case PSCI_DO_CPU_ON:
		turn_on(psci, verdict);
		return true;
	case PSCI_DO_CPU_OFF:
		machine_stop_cpu(psci->machine, cpu_index(cpu));
		return false;
	case PSCI_DO_STANDBY:
		machine_sleep_cpu(psci->machine, cpu_index(cpu));
		return true;
	case PSCI_DO_SUSPEND:
		suspend_caller(psci, verdict);
		return false;
	case PSCI_DO_SYSTEM_OFF:
		machine_request_power(psci->machine, POWER_SYSTEM_OFF);
		return false;
	case PSCI_DO_SYSTEM_RESET:
		machine_request_power(psci->machine, POWER_SYSTEM_RESET);
		return false;
	}
	return true;
}

/* HVC belongs to PSCI unless a kernel that was entered at EL2 left a stub of its own there, whose calls are small
 * numbers, not fast SMCCC calls (Linux arch/arm64/kernel/hyp-stub.S). */
static bool is_ours(const struct psci *psci, unsigned ec, uint32_t id)
{
	if (psci->config.conduit == PSCI_CONDUIT_SMC)
		return ec == EC_SMC64;
	if (psci->config.conduit != PSCI_CONDUIT_HVC || ec != EC_HVC64)
		return false;
	return psci->config.entry_el != 2 || (id & PSCI_FAST) || standard_id(&psci->config.ids, id) != id;
}

static bool handle_call(void *ctx, struct cpu *cpu, unsigned ec)
{
	struct psci *psci = ctx;
	uint32_t id = (uint32_t)cpu_get_reg(cpu, CPU_X0);
	struct event event = { .kind = EVENT_PSCI_CALL };
	struct psci_call call = { .id = standard_id(&psci->config.ids, id) };
	struct psci_verdict verdict;
	struct psci_view view;

	if (!is_ours(psci, ec, id))
		return false;
	for (int i = 0; i < 3; i++)
		event.u.psci_call.args[i] = call.arg[i] = cpu_get_reg(cpu, CPU_X0 + 1 + i);
	event.u.psci_call.fn = call.id;
	machine_emit(psci->machine, (int)cpu_index(cpu), &event);

	get_view(psci, cpu_index(cpu), &view);
	verdict = psci_decide(&view, &call);
	if (perform(psci, cpu, &verdict))
		return_value(psci, cpu, call.id, verdict.value);
	return true;
}

struct psci *psci_new(struct machine *machine, const struct psci_config *config)
{
	struct psci *psci = xzalloc(sizeof(*psci));

	assert(config->memory_count <= PSCI_MEMORY_MAX);
	psci->head = STATE_HEAD(state_tag, psci->state);
	psci->machine = machine;
	psci->config = *config;
	machine_set_call_handler(machine, handle_call, psci);
	return psci;
}

void psci_free(struct psci *psci)
{
	free(psci);
}

static void psci_reset(void *dev)
{
	struct psci *psci = dev;

	memset(&psci->state, 0, sizeof(psci->state));
}

const struct device_ops psci_device_ops = {
	.name = "psci",
	.reset = psci_reset,
	.save = state_dev_save,
	.load = state_dev_load,
};
