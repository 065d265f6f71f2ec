/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/machine.c: the machine as a whole: made, asked, its CPUs switched on and off, its devices heard.
 *
 * Running it is in slices.c, watching it in watches.c.
 */
#include "machine/machine.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "machine/core.h"
#include "machine/sysreg.h"

enum { PSTATE_DAIF_ELH = 0x3c1 };

/* ---- making ---- */

struct machine *machine_new(const struct machine_config *config, struct error *err)
{
	struct machine *machine = xzalloc(sizeof(*machine));

	assert(config->cpu_count >= 1 && config->cpu_count <= CPU_MAX);
	machine->config = *config;
	machine->event_mask = ~0ull & ~EXACT_EVENTS;
	machine->sched = sched_new(config->cpu_count);
	for (unsigned i = 0; i < config->cpu_count; i++) {
		struct cpu *cpu = xzalloc(sizeof(*cpu));

		cpu->machine = machine;
		cpu->index = i;
		cpu->mpidr = config->mpidr[i];
		cpu->generation = 1;
		cpu->instruction_limit = UINT64_MAX;
		memset(cpu->store_tlb, 0xff, sizeof(cpu->store_tlb));
		machine->cpu[i] = cpu;
	}
	if (!engine_calibrate(&machine->layout, err)) {
		machine_free(machine);
		return NULL;
	}
	return machine;
}

void machine_free(struct machine *machine)
{
	if (!machine)
		return;
	for (unsigned i = 0; i < machine->config.cpu_count; i++) {
		engine_free(machine->cpu[i]->engine);
		free(machine->cpu[i]);
	}
	for (size_t i = 0; i < machine->bus.regions.len; i++)
		snapshot_forget_region(machine, machine->bus.regions.item[i]);
	bus_free(&machine->bus);
	sched_free(machine->sched);
	vec_free(&machine->devices);
	vec_free(&machine->sysregs);
	vec_free(&machine->watches);
	vec_free(&machine->marks);
	vec_free(&machine->dirty);
	free(machine);
}

bool machine_add_memory(struct machine *machine, gpa_t base, uint64_t size, enum memory_kind kind, struct error *err)
{
	return bus_add_memory(&machine->bus, base, size, kind == MEMORY_ROM ? REGION_ROM : REGION_RAM, err);
}

bool machine_add_device(struct machine *machine, gpa_t base, uint64_t size, const struct device_ops *ops, void *dev,
			struct error *err)
{
	struct attached_device *attached;

	if (size && !bus_add_device(&machine->bus, base, size, ops, dev, err))
		return false;
	/* A device with several windows of registers is still one device. */
	for (size_t i = 0; i < machine->devices.len; i++)
		if (machine->devices.item[i].dev == dev)
			return true;
	attached = vec_push(&machine->devices);
	*attached = (struct attached_device){ .ops = ops, .dev = dev };
	return true;
}

void machine_add_sysregs(struct machine *machine, const struct sysreg_ops *ops, void *dev)
{
	uint64_t value;

	vec_add(&machine->sysregs, ((struct attached_sysregs){ .ops = ops, .dev = dev }));
	machine->has_gic_sysregs |= ops->peek && ops->peek(dev, 0, ICC_SRE_EL1, &value);
}

void machine_set_lenient(struct machine *machine, bool lenient)
{
	machine->is_lenient = lenient;
}

void machine_set_call_handler(struct machine *machine, call_fn *handler, void *ctx)
{
	machine->call_handler = handler;
	machine->call_ctx = ctx;
}

/* ---- what devices do ---- */

void machine_set_line(struct machine *machine, unsigned index, enum cpu_line line, bool level)
{
	struct cpu *cpu = machine->cpu[index];

	if (cpu->line[line] == level)
		return;
	cpu->line[line] = level;
	livelock_changed(machine);
	if (!cpu->engine)
		return;
	if (machine->running == cpu)
		cpu->attention |= ATTENTION_BOUNDARY;
	else
		sysreg_update_hcr(cpu);
	sleep_line_changed(cpu);
}

bool machine_wants(const struct machine *machine, enum event_kind kind)
{
	return machine->observer && machine->event_mask >> kind & 1;
}

void cpu_emit_at(struct cpu *cpu, struct event *event, uint64_t t, gva_t pc)
{
	struct machine *machine = cpu->machine;

	if (!machine_wants(machine, event->kind))
		return;
	event->t = t;
	event->pc = pc;
	event->cpu = cpu->index;
	if (event->kind != EVENT_ERET)
		event->el = cpu->engine ? cpu->el : 3;
	machine->observer(machine->observer_ctx, event);
}

void machine_emit(struct machine *machine, int index, struct event *event)
{
	struct cpu *cpu;

	if (index != EVENT_NO_CPU) {
		cpu = machine->cpu[index];
		cpu_emit_at(cpu, event, cpu_present_time(machine->running ? machine->running : cpu),
			    cpu_present_pc(cpu));
		return;
	}
	if (!machine_wants(machine, event->kind))
		return;
	event->t = machine_time(machine);
	event->cpu = EVENT_NO_CPU;
	machine->observer(machine->observer_ctx, event);
}

void machine_stream_event(struct machine *machine, unsigned cpu)
{
	sleep_set_event(machine->cpu[cpu], WAKE_STREAM, EVENT_NO_CPU);
}

void machine_request_poll(struct machine *machine)
{
	machine->next_poll = 0;
}

void machine_request_power(struct machine *machine, enum power_state state)
{
	machine->power_requested = true;
	machine->power_cpu = machine->running ? (int)machine->running->index : EVENT_NO_CPU;
	machine->power = state;
	if (machine->running)
		machine->running->attention |= ATTENTION_BOUNDARY;
}

/* ---- CPUs ---- */

struct cpu *machine_cpu(struct machine *machine, unsigned index)
{
	assert(index < machine->config.cpu_count);
	return machine->cpu[index];
}

const struct cpu *machine_cpu_const(const struct machine *machine, unsigned index)
{
	assert(index < machine->config.cpu_count);
	return machine->cpu[index];
}

unsigned machine_cpu_count(const struct machine *machine)
{
	return machine->config.cpu_count;
}

int machine_find_mpidr(const struct machine *machine, uint64_t mpidr)
{
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		if (machine->config.mpidr[i] == mpidr)
			return i;
	return -1;
}

/* The state of a CPU that leaves reset, but for the registers of its core. */
static void reset_cpu(struct cpu *cpu)
{
	cpu->state = CPU_RUNNING;
	cpu->event_register = false;
	cpu->hcr = 0;
	cpu->vbar_set = 0;
	cpu->asleep_since = 0;
	cpu->skip_mark = false;
	cpu->core = (struct core_reservation){ 0 };
	cpu->losses = 0;
	cpu->attention = 0;
	cpu->boundary = true;
	monitor_clear(&cpu->machine->monitor, cpu->index);
	cpu_new_generation(cpu);
}

bool machine_power_up_cpu(struct machine *machine, unsigned index, struct error *err)
{
	struct cpu *cpu = machine->cpu[index];

	if (!cpu->engine)
		cpu->engine = engine_new(cpu, &machine->bus, machine->config.model, &machine->layout, err);
	return cpu->engine;
}

void machine_start_cpu(struct machine *machine, unsigned index, gva_t pc, int el, uint64_t arg, bool by_call)
{
	struct cpu *cpu = machine->cpu[index];
	struct event event = { .kind = by_call ? EVENT_POWER : EVENT_RESET };

	assert(cpu->engine);
	engine_reset(cpu->engine);
	reset_cpu(cpu);
	cpu->el = 3;
	sysreg_prepare_lower(cpu, el);
	engine_set_level(cpu->engine, PSTATE_DAIF_ELH | (uint64_t)el << 2, pc);
	cpu->el = el;
	engine_set(cpu->engine, CPU_X0, arg);
	event.u.power.state = POWER_ON;
	cpu_emit_at(cpu, &event, machine_time(machine), pc);
}

void machine_stop_cpu(struct machine *machine, unsigned index)
{
	struct cpu *cpu = machine->cpu[index];
	struct event event = { .kind = EVENT_POWER };

	exclusive_open(cpu);
	event.u.power.state = POWER_OFF;
	machine_emit(machine, index, &event);
	cpu->state = CPU_OFF;
}

void machine_sleep_cpu(struct machine *machine, unsigned index)
{
	struct cpu *cpu = machine->cpu[index];
	struct event event = { .kind = EVENT_WFI_SLEEP };

	if (cpu->line[LINE_IRQ] || cpu->line[LINE_FIQ] || cpu->line[LINE_WAKE])
		return;
	machine_emit(machine, index, &event);
	cpu->state = CPU_WFI;
	cpu->asleep_since = machine_time(machine);
}

/* ---- memory ---- */

bool machine_is_memory(const struct machine *machine, gpa_t addr, uint64_t len)
{
	const struct region *region = bus_find(&machine->bus, addr);

	return region && region->host && len <= region->size - (addr - region->base);
}

bool machine_is_rom(const struct machine *machine, gpa_t addr)
{
	const struct region *region = bus_find(&machine->bus, addr);

	return region && region->kind == REGION_ROM;
}

static bool peek_byte(const struct machine *machine, gpa_t addr, uint8_t *to)
{
	const struct region *region = bus_find(&machine->bus, addr);

	*to = 0;
	if (!region)
		return false;
	if (region->host)
		*to = region->host[addr - region->base];
	else if (region->ops->peek)
		*to = region->ops->peek(region->dev, 0, (addr - region->base) & ~3ull, 4) >> (8 * (addr & 3));
	return true;
}

bool machine_peek(const struct machine *machine, gpa_t addr, void *to, size_t len)
{
	bool ok = true;

	if (machine_is_memory(machine, addr, len)) {
		memcpy(to, bus_host(&machine->bus, addr), len);
		return true;
	}
	for (size_t i = 0; i < len; i++)
		ok &= peek_byte(machine, addr + i, (uint8_t *)to + i);
	return ok;
}

bool machine_poke(struct machine *machine, gpa_t addr, const void *from, size_t len)
{
	const struct region *region = bus_find(&machine->bus, addr);
	gpa_t page = addr & ~(gpa_t)(PAGE_SIZE - 1);

	if (!machine_is_memory(machine, addr, len))
		return false;
	for (; page < addr + len; page += PAGE_SIZE)
		store_touch_page(machine, region, page < addr ? addr : page);
	memcpy(region->host + (addr - region->base), from, len);
	livelock_changed(machine);
	/* The core would compare the value that it loaded. */
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		machine->cpu[i]->core.differs |= machine->cpu[i]->core.is_open;
	for (page = addr & ~(gpa_t)(PAGE_SIZE - 1); page < addr + len; page += PAGE_SIZE)
		code_page_drop(machine, page < addr ? addr : page, NULL);
	return true;
}

bool machine_translate(const struct machine *machine, unsigned index, gva_t va, gpa_t *pa)
{
	struct cpu *cpu = machine->cpu[index];

	*pa = va;
	return !cpu->engine ||
	       mmu_translate(&machine->bus, cpu_regime(cpu), va, MMU_READ, cpu->el == 0, pa) == MMU_OK;
}

bool machine_peek_sysreg(const struct machine *machine, unsigned index, uint32_t reg, uint64_t *value)
{
	for (size_t i = machine->sysregs.len; i-- > 0;) {
		const struct attached_sysregs *attached = &machine->sysregs.item[i];

		if (attached->ops->peek && attached->ops->peek(attached->dev, index, reg, value))
			return true;
	}
	return cpu_get_sysreg(machine->cpu[index], reg, value);
}

/* ---- time ---- */

uint64_t machine_time(const struct machine *machine)
{
	return machine->t + (machine->running ? machine->running->ran + machine->running->access_index : 0);
}

uint64_t machine_ticks(const struct machine *machine)
{
	return (machine_time(machine) >> MACHINE_TICK_SHIFT) + machine->idle_ticks;
}

struct sched *machine_sched(struct machine *machine)
{
	return machine->sched;
}

bool device_blob_take(struct device_blob *in, void *to, size_t size)
{
	if (size > in->len - in->pos)
		return false;
	memcpy(to, in->data + in->pos, size);
	in->pos += size;
	return true;
}
