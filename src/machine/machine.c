/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * machine/machine.c: the machine as a whole: made, watched, asked, run.
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

enum { INSN_SIZE = 4, PSTATE_DAIF_ELH = 0x3c1 };

/* Kinds that only the exact profile sees. */
#define EXACT_EVENTS	(1ull << EVENT_LDXR | 1ull << EVENT_STXR | 1ull << EVENT_CLREX)

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

	monitor_clear(&machine->monitor, index);
	event.u.power.state = POWER_OFF;
	machine_emit(machine, index, &event);
	cpu->state = CPU_OFF;
}

void machine_sleep_cpu(struct machine *machine, unsigned index)
{
	struct cpu *cpu = machine->cpu[index];
	struct event event = { .kind = EVENT_WFI_SLEEP };

	if (cpu->line[LINE_IRQ] || cpu->line[LINE_FIQ])
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

/* ---- running ---- */

void machine_request_stop(struct machine *machine)
{
	machine->stop_requested = 1;
}

void machine_stop_here(struct machine *machine)
{
	machine->stop_requested = 1;
	if (machine->running)
		machine->running->attention |= ATTENTION_WISH;
}

static uint64_t runnable(const struct machine *machine)
{
	uint64_t mask = 0;

	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		mask |= (uint64_t)sleep_can_run(machine->cpu[i]) << i;
	return mask;
}

/* Bring the devices up to date when the tick they asked for has come. */
static void poll_devices(struct machine *machine)
{
	uint64_t now = machine_ticks(machine), next = DEVICE_NO_DEADLINE;

	if (now < machine->next_poll)
		return;
	machine->next_poll = DEVICE_NO_DEADLINE;
	for (size_t i = 0; i < machine->devices.len; i++) {
		uint64_t wish = DEVICE_NO_DEADLINE;

		if (machine->devices.item[i].ops->poll)
			wish = machine->devices.item[i].ops->poll(machine->devices.item[i].dev, now);
		next = wish < next ? wish : next;
	}
	/* A poll may have asked for another at once. */
	if (next < machine->next_poll)
		machine->next_poll = next;
}

/* Every CPU sleeps: let time leap to the next deadline.  False when there is none. */
static bool leap(struct machine *machine)
{
	uint64_t now = machine_ticks(machine);

	for (unsigned i = 0; i < machine->config.cpu_count; i++) {
		struct cpu *cpu = machine->cpu[i];

		/* Frozen CPUs thaw when there is nothing else to do: time counts instructions, and none would be run. */
		if (cpu->state == CPU_RUNNING) {
			cpu->frozen_until = 0;
			return true;
		}
	}
	if (machine->next_poll == DEVICE_NO_DEADLINE)
		return false;
	if (machine->next_poll > now)
		machine->idle_ticks += machine->next_poll - now;
	return true;
}

static bool is_at_idle_mark(const struct cpu *cpu)
{
	const struct machine *machine = cpu->machine;
	gva_t pc = engine_get(cpu->engine, CPU_PC) - INSN_SIZE;
	gpa_t pa;

	if (!machine_translate(machine, cpu->index, pc, &pa))
		return false;
	for (size_t i = 0; i < machine->marks.len; i++)
		if (machine->marks.item[i].addr == pa && machine->marks.item[i].kinds & MARK_IDLE)
			return true;
	return false;
}

static size_t describe_sleeper(const struct cpu *cpu, char *text, size_t size)
{
	static const char *const what[] = { "off", "running", "wfe", "wfi", "faulted" };
	int len;

	len = snprintf(text, size, "%sCPU%u: %s at 0x%" PRIx64 " since t=%" PRIu64, cpu->index ? "\n" : "", cpu->index,
		       what[cpu->state], cpu_get_reg(cpu, CPU_PC), cpu->asleep_since);
	return len < 0 ? 0 : (size_t)len < size ? (size_t)len : size;
}

/* No CPU can ever run again. */
static struct stop everyone_sleeps(struct machine *machine)
{
	struct stop stop = { .reason = STOP_IDLE, .cpu = EVENT_NO_CPU, .text = machine->text };
	size_t used = 0;

	machine->text[0] = '\0';
	for (unsigned i = 0; i < machine->config.cpu_count; i++) {
		const struct cpu *cpu = machine->cpu[i];

		if (cpu->state == CPU_OFF)
			continue;
		used += describe_sleeper(cpu, machine->text + used, sizeof(machine->text) - used);
		if (cpu->state == CPU_FAULTED || !is_at_idle_mark(cpu))
			stop.reason = STOP_DEADLOCK;
	}
	return stop;
}

/* Run CPU for one burst of at most LIMIT instructions.  True when the run must stop. */
static bool run_burst(struct machine *machine, struct cpu *cpu, uint64_t soft, uint64_t limit, struct stop *stop)
{
	bool stopped;

	cpu->ran = 0;
	cpu->exact_until = 0;
	cpu->soft_end = soft;
	cpu->hard_end = limit;
	machine->running = cpu;
	stopped = cpu_run(cpu, stop);
	machine->running = NULL;
	machine->t += cpu->ran;
	cpu->instructions += cpu->ran;
	return stopped;
}

static bool run_slice(struct machine *machine, const struct slice *slice, uint64_t limit, struct stop *stop)
{
	struct cpu *cpu = machine->cpu[slice->cpu];
	uint64_t soft = slice->is_exact ? UINT64_MAX : slice->count;
	uint64_t hard = slice->is_exact && slice->count < limit ? slice->count : limit;
	uint64_t left = cpu->instruction_limit - cpu->instructions;
	bool stopped = run_burst(machine, cpu, soft, left < hard ? left : hard, stop);
	bool is_over = !sleep_can_run(cpu) ||
		       (slice->is_exact ? cpu->ran >= slice->count : cpu->ran >= slice->count && cpu->boundary);

	sched_done(machine->sched, cpu->ran, false);
	if (is_over && sleep_can_run(cpu) && exclusive_is_desperate(cpu) && sched_extend(machine->sched))
		return stopped;
	if (is_over)
		sched_done(machine->sched, 0, true);
	return stopped || (is_over && livelock_check(machine, cpu, stop));
}

/* Is CPU the only one that could run, with nothing due that happens between slices? */
static bool is_undisturbed(const struct machine *machine, const struct cpu *cpu)
{
	/* Whether it holds a reservation, and so keeps its slice, is told when it leaves the engine. */
	if (machine->livelock || machine->stop_requested || machine->power_requested || cpu->losses >= SCHED_PATIENCE ||
	    machine_ticks(machine) >= machine->next_poll)
		return false;
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		if (machine->cpu[i] != cpu && machine->cpu[i]->state == CPU_RUNNING)
			return false;
	return true;
}

bool machine_begin_next_slice(struct machine *machine, struct cpu *cpu)
{
	const uint64_t ran = cpu->ran;

	if (!sched_is_round_robin(machine->sched) || !is_undisturbed(machine, cpu))
		return false;
	machine->t += ran;
	cpu->instructions += ran;
	cpu->hard_end -= ran;
	cpu->ran = 0;
	sched_done(machine->sched, ran, true);
	cpu->soft_end = sched_next(machine->sched, 1ull << cpu->index)->count;
	return true;
}

static bool take_request(struct machine *machine, struct stop *stop)
{
	enum stop_reason reason = STOP_WISH;

	if (machine->power_requested)
		reason = machine->power == POWER_SYSTEM_RESET ? STOP_RESET : STOP_POWER_OFF;
	else if (!machine->stop_requested)
		return false;
	machine->power_requested = false;
	machine->stop_requested = 0;
	*stop = (struct stop){ .reason = reason, .cpu = EVENT_NO_CPU };
	return true;
}

/* Do what a saved schedule says is to be done to CPUs at this moment. */
static void inject_from_schedule(struct machine *machine)
{
	const struct injected *next;

	while ((next = sched_next_injection(machine->sched)) &&
	       (next->t < machine->t || (next->t == machine->t && next->idle_ticks <= machine->idle_ticks))) {
		sched_injection_done(machine->sched);
		machine_inject(machine, next->what, next->cpu, next->n);
	}
}

/* How many of LIMIT instructions can be run before a saved schedule wants to do something. */
static uint64_t before_injection(const struct machine *machine, uint64_t limit)
{
	const struct injected *next = sched_next_injection(machine->sched);

	return next && next->t > machine->t && next->t - machine->t < limit ? next->t - machine->t : limit;
}

/* What happens before the next instruction.  The CPUs that can run then; 0: none ever can. */
static uint64_t prepare(struct machine *machine)
{
	uint64_t ready;

	inject_from_schedule(machine);
	ready = runnable(machine);
	/* A saved run ended before the devices were polled again. */
	if (sched_is_open(machine->sched, ready) || (ready && sched_is_at_end(machine->sched)))
		return ready;
	poll_devices(machine);
	return runnable(machine);
}

void machine_settle(struct machine *machine)
{
	uint64_t ready = prepare(machine);

	while (!ready && leap(machine))
		ready = prepare(machine);
	if (ready)
		sched_next(machine->sched, ready);
}

struct stop machine_run(struct machine *machine, uint64_t limit)
{
	uint64_t end = machine->t + limit < machine->t ? UINT64_MAX : machine->t + limit;
	struct stop stop = { .reason = STOP_LIMIT, .cpu = EVENT_NO_CPU };

	for (;;) {
		const struct slice *slice;
		uint64_t ready;

		if (take_request(machine, &stop))
			return stop;
		if (machine->t >= end)
			return (struct stop){ .reason = STOP_LIMIT, .cpu = EVENT_NO_CPU };
		ready = prepare(machine);
		if (dma_take_stop(machine, &stop))
			return stop;
		if (!ready) {
			if (!leap(machine))
				return everyone_sleeps(machine);
			continue;
		}
		slice = sched_next(machine->sched, ready);
		if (!slice)
			return (struct stop){ .reason = STOP_SCHEDULE_END, .cpu = EVENT_NO_CPU };
		if (run_slice(machine, slice, before_injection(machine, end - machine->t), &stop))
			return stop;
		if (machine->cpu[slice->cpu]->instructions >= machine->cpu[slice->cpu]->instruction_limit)
			return (struct stop){ .reason = STOP_LIMIT, .cpu = slice->cpu };
	}
}

struct stop machine_run_cpu_to(struct machine *machine, uint64_t limit, unsigned index, uint64_t instructions)
{
	struct cpu *cpu = machine->cpu[index];
	struct stop stop;

	if (cpu->instructions >= instructions)
		return (struct stop){ .reason = STOP_LIMIT, .cpu = index };
	cpu->instruction_limit = instructions;
	stop = machine_run(machine, limit);
	cpu->instruction_limit = UINT64_MAX;
	return stop;
}

struct stop machine_step_cpu(struct machine *machine, unsigned index, uint64_t count)
{
	struct stop stop = { .reason = STOP_LIMIT, .cpu = index };
	struct cpu *cpu = machine->cpu[index];
	uint64_t start = machine->t;
	bool stopped = false;

	/* One by one, so that a step of two is the same as two steps of one. */
	do {
		machine_settle(machine);
		poll_devices(machine);
		if (!count || !sleep_can_run(cpu) || machine->stop_requested || machine->power_requested)
			break;
		/* What a device stored just now is told after the instruction: a step that polled is one that ran. */
		stopped = run_burst(machine, cpu, UINT64_MAX, 1, &stop) || dma_take_stop(machine, &stop);
	} while (!stopped && machine->t - start < count);
	sched_note_step(machine->sched, index, machine->t - start);
	if (!stopped && take_request(machine, &stop))
		return stop;
	stop.pc = cpu_get_reg(cpu, CPU_PC);
	return stop;
}

/* ---- marks and watches ---- */

static struct mark *find_mark(struct machine *machine, gpa_t addr)
{
	for (size_t i = 0; i < machine->marks.len; i++)
		if (machine->marks.item[i].addr == addr)
			return &machine->marks.item[i];
	return NULL;
}

void machine_set_mark(struct machine *machine, gpa_t addr, enum mark_kind kind)
{
	struct mark *mark = find_mark(machine, addr);

	if (!mark) {
		mark = vec_push(&machine->marks);
		mark->addr = addr;
	}
	mark->kinds |= kind;
	code_page_changed(machine, addr);
}

/* A CPU that stands at ADDR and was to go past its mark has none to go past any more: the next one counts again. */
static void forget_skips(struct machine *machine, gpa_t addr)
{
	gpa_t at;

	for (unsigned i = 0; i < machine->config.cpu_count; i++) {
		struct cpu *cpu = machine->cpu[i];

		if (cpu->skip_mark && block_fetch_address(cpu, cpu_get_reg(cpu, CPU_PC), &at) && at == addr)
			cpu->skip_mark = false;
	}
}

void machine_clear_mark(struct machine *machine, gpa_t addr, enum mark_kind kind)
{
	struct mark *mark = find_mark(machine, addr);

	if (!mark)
		return;
	mark->kinds &= ~(unsigned)kind;
	if (!mark->kinds) {
		*mark = machine->marks.item[--machine->marks.len];
		forget_skips(machine, addr);
	}
	code_page_changed(machine, addr);
}

void machine_set_mark_handler(struct machine *machine, mark_fn *handler, void *ctx)
{
	machine->mark_handler = handler;
	machine->mark_ctx = ctx;
}

/* What is watched or wanted decides whether the fast profile will do. */
static void update_needs(struct machine *machine)
{
	machine->needs_exact = machine->wants_exact || (machine->observer && machine->event_mask & EXACT_EVENTS);
	for (size_t i = 0; i < machine->watches.len; i++)
		machine->needs_exact |= !!(machine->watches.item[i].kind & WATCH_STOP);
}

static void flag_pages(struct machine *machine, const struct watch *watch)
{
	gpa_t page = watch->addr & ~(gpa_t)(PAGE_SIZE - 1);

	for (; page < watch->addr + watch->len; page += PAGE_SIZE) {
		struct region *region = bus_find(&machine->bus, page);

		if (region && region->host)
			*bus_page_flags(region, page) |= PAGE_WATCHED;
	}
}

/* Set the flags of pages anew from the list of watches. */
static void flag_all(struct machine *machine)
{
	for (size_t i = 0; i < machine->bus.regions.len; i++) {
		struct region *region = machine->bus.regions.item[i];

		for (uint64_t page = 0; region->host && page < region->size >> PAGE_SHIFT; page++)
			region->page_flags[page] &= ~PAGE_WATCHED;
	}
	for (size_t i = 0; i < machine->watches.len; i++)
		flag_pages(machine, &machine->watches.item[i]);
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		cpu_new_generation(machine->cpu[i]);
	update_needs(machine);
}

int machine_add_watch(struct machine *machine, gpa_t addr, uint64_t len, enum watch_kind kind)
{
	struct watch *watch = vec_push(&machine->watches);

	*watch = (struct watch){ .id = ++machine->next_watch_id, .addr = addr, .len = len, .kind = kind };
	flag_all(machine);
	return machine->next_watch_id;
}

void machine_clear_watch(struct machine *machine, int id)
{
	for (size_t i = 0; i < machine->watches.len; i++) {
		if (machine->watches.item[i].id == id) {
			machine->watches.item[i] = machine->watches.item[--machine->watches.len];
			break;
		}
	}
	flag_all(machine);
}

void machine_set_watch_handler(struct machine *machine, watch_fn *handler, void *ctx)
{
	machine->watch_handler = handler;
	machine->watch_ctx = ctx;
}

void machine_set_observer(struct machine *machine, event_fn *observer, void *ctx)
{
	machine->observer = observer;
	machine->observer_ctx = ctx;
	update_needs(machine);
}

void machine_set_exact(struct machine *machine, bool on)
{
	machine->wants_exact = on;
	update_needs(machine);
}

void machine_set_event_mask(struct machine *machine, uint64_t mask)
{
	machine->event_mask = mask;
	update_needs(machine);
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
