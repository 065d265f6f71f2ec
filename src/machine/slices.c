/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/slices.c: running the whole machine, one slice of one CPU after the other.
 *
 * The scheduler says who runs next and for how long; between slices devices are polled, a saved schedule's injections
 * are done, and when every CPU sleeps time leaps to what is due next.  What a CPU does in its slice is in run.c.
 */
#include <inttypes.h>
#include <stdio.h>

#include "machine/core.h"
#include "machine/sched.h"

enum { INSN_SIZE = 4 };

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

/* The power goes at the end of the basic block in which that was asked for, however the run is cut. */
static bool is_power_due(const struct machine *machine)
{
	return machine->power_requested &&
	       (machine->power_cpu == EVENT_NO_CPU || machine->cpu[machine->power_cpu]->boundary);
}

static bool take_request(struct machine *machine, struct stop *stop)
{
	enum stop_reason reason = STOP_WISH;

	if (is_power_due(machine))
		reason = machine->power == POWER_SYSTEM_RESET ? STOP_RESET : STOP_POWER_OFF;
	else if (!machine->stop_requested)
		return false;
	/* A machine that is off stays off. */
	machine->power_requested &= reason != STOP_RESET;
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
	uint64_t ready;

	if (is_power_due(machine))
		return;
	ready = prepare(machine);
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
		if (is_power_due(machine))
			break;
		poll_devices(machine);
		if (!count || !sleep_can_run(cpu) || machine->stop_requested)
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
