/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/sched.c: which CPU runs next.
 *
 * It decides and keeps account; it runs nothing.  Its text form is in sched_file.c.
 */
#include "machine/sched.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "machine/sched_state.h"

/* What a snapshot holds. */
struct sched_saved {
	struct sched_plan *plan;
	struct sched_state state;
	struct burst open;
	VEC(struct burst) record;
	VEC(struct injected) injected;
};

void sched_set_policy(struct sched *sched, enum policy policy, uint64_t value)
{
	struct sched_state *state = &sched->state;

	*state = (struct sched_state){
		.policy = policy, .quantum = value, .last = sched->cpu_count - 1, .random = value,
	};
	snprintf(state->name, sizeof(state->name), "%s:%" PRIu64, policy == POLICY_RANDOM ? "random" : "rr", value);
}

struct sched_plan *sched_plan_new(void)
{
	struct sched_plan *plan = xzalloc(sizeof(*plan));

	plan->holders = 1;
	return plan;
}

void sched_plan_release(struct sched_plan *plan)
{
	if (--plan->holders)
		return;
	vec_free(&plan->list);
	vec_free(&plan->to_inject);
	free(plan);
}

struct sched *sched_new(unsigned count)
{
	struct sched *sched = xzalloc(sizeof(*sched));

	sched->cpu_count = count;
	sched->plan = sched_plan_new();
	sched_set_policy(sched, POLICY_ROUND_ROBIN, SCHED_DEFAULT_QUANTUM);
	return sched;
}

void sched_free(struct sched *sched)
{
	if (!sched)
		return;
	vec_free(&sched->record);
	sched_plan_release(sched->plan);
	vec_free(&sched->injected);
	free(sched);
}

const char *sched_name(const struct sched *sched)
{
	return sched->state.name;
}

/* ---- what was run ---- */

void sched_record(struct sched *sched, bool on)
{
	sched->is_recording = on;
	vec_clear(&sched->record);
	vec_clear(&sched->injected);
}

static void record(struct sched *sched, const struct burst *burst)
{
	struct burst *last = sched->record.len ? &sched->record.item[sched->record.len - 1] : NULL;

	if (!sched->is_recording || burst->count == 0 || burst->times == 0)
		return;
	if (last && last->cpu == burst->cpu && last->count == burst->count && !last->goes_on && !burst->goes_on)
		last->times += burst->times;
	else
		vec_add(&sched->record, *burst);
}

void sched_note_injection(struct sched *sched, const struct injected *injected)
{
	if (sched->is_recording)
		vec_add(&sched->injected, *injected);
}

const struct injected *sched_next_injection(const struct sched *sched)
{
	const struct sched_state *state = &sched->state;

	if (state->policy != POLICY_LIST || state->next_injected >= sched->plan->to_inject.len)
		return NULL;
	return &sched->plan->to_inject.item[state->next_injected];
}

void sched_injection_done(struct sched *sched)
{
	sched->state.next_injected++;
}

/* ---- the next slice ---- */

static unsigned next_in_turn(const struct sched *sched, uint64_t runnable)
{
	unsigned cpu = sched->state.last;

	do
		cpu = (cpu + 1) % sched->cpu_count;
	while (!(runnable >> cpu & 1));
	return cpu;
}

/* splitmix64: small, and good enough for schedules. */
static uint64_t draw(struct sched *sched)
{
	uint64_t z = sched->state.random += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static unsigned nth_runnable(uint64_t runnable, unsigned n)
{
	while (n-- > 0)
		runnable &= runnable - 1;
	return __builtin_ctzll(runnable);
}

static struct slice round_robin_slice(struct sched *sched, uint64_t runnable)
{
	return (struct slice){
		.cpu = next_in_turn(sched, runnable), .count = sched->state.quantum,
		.is_exact = sched->state.quantum < SCHED_EXACT_BELOW, .is_open = true,
	};
}

/* For a while bursts are short, then for a while longer: so CPUs part at every instruction, and yet get somewhere. */
static struct slice random_slice(struct sched *sched, uint64_t runnable)
{
	struct sched_state *state = &sched->state;
	unsigned n = draw(sched) % __builtin_popcountll(runnable);

	if (state->phase_left-- == 0) {
		state->phase_left = SCHED_RANDOM_PHASE - 1;
		state->phase_max = 1u << draw(sched) % (SCHED_RANDOM_MAX_LOG2 + 1);
	}
	return (struct slice){
		.cpu = nth_runnable(runnable, n),
		.count = 1 + draw(sched) % state->phase_max,
		.is_exact = true,
		.is_open = true,
	};
}

static struct slice take_burst(struct sched *sched)
{
	struct sched_state *state = &sched->state;
	const struct burst *burst = &sched->plan->list.item[state->next];

	if (++state->repeated >= burst->times) {
		state->next++;
		state->repeated = 0;
	}
	return (struct slice){ .cpu = burst->cpu, .count = burst->count, .is_exact = true, .is_open = true };
}

/* The next burst of the list, bursts of CPUs that sleep passed over. */
static bool list_slice(struct sched *sched, uint64_t runnable, struct slice *slice)
{
	while (sched->state.next < sched->plan->list.len) {
		*slice = take_burst(sched);
		if (runnable >> slice->cpu & 1)
			return true;
	}
	return false;
}

bool sched_is_open(const struct sched *sched, uint64_t runnable)
{
	return sched->state.slice.is_open && runnable >> sched->state.slice.cpu & 1;
}

bool sched_is_round_robin(const struct sched *sched)
{
	return sched->state.policy == POLICY_ROUND_ROBIN && !sched->state.slice.is_exact;
}

bool sched_is_at_end(const struct sched *sched)
{
	return sched->state.policy == POLICY_LIST && sched->state.next >= sched->plan->list.len;
}

/* What was run since the last end of a slice is one burst. */
static void settle_open(struct sched *sched)
{
	sched->open.times = 1;
	record(sched, &sched->open);
	sched->open = (struct burst){ 0 };
}

static void close_slice(struct sched *sched)
{
	struct sched_state *state = &sched->state;

	settle_open(sched);
	state->slice.is_open = false;
	state->extended = 0;
	state->was_parted = false;
	/* The rest of a parted slice follows without a new one being begun. */
	if (state->policy == POLICY_LIST && state->next < sched->plan->list.len && sched->plan->list.item[state->next].goes_on) {
		state->slice = take_burst(sched);
		state->was_parted = true;
	}
}

const struct slice *sched_next(struct sched *sched, uint64_t runnable)
{
	struct sched_state *state = &sched->state;

	if (sched_is_open(sched, runnable))
		return &state->slice;
	close_slice(sched);
	if (sched->state.policy == POLICY_ROUND_ROBIN)
		state->slice = round_robin_slice(sched, runnable);
	else if (sched->state.policy == POLICY_RANDOM)
		state->slice = random_slice(sched, runnable);
	else if (!list_slice(sched, runnable, &state->slice))
		return NULL;
	state->last = state->slice.cpu;
	return &state->slice;
}

void sched_done(struct sched *sched, uint64_t done, bool is_over)
{
	struct slice *slice = &sched->state.slice;

	sched->open.cpu = slice->cpu;
	sched->open.count += done;
	sched->open.goes_on = sched->state.was_parted;
	slice->count -= done < slice->count ? done : slice->count;
	if (is_over)
		close_slice(sched);
}

bool sched_extend(struct sched *sched)
{
	struct sched_state *state = &sched->state;

	if (state->policy == POLICY_LIST || state->extended >= SCHED_EXTENSION)
		return false;
	state->extended++;
	state->slice.count = 1;
	state->slice.is_exact = true;
	return true;
}

void sched_note_step(struct sched *sched, unsigned cpu, uint64_t count)
{
	const struct burst steps = { .cpu = cpu, .count = 1, .times = count };

	settle_open(sched);
	record(sched, &steps);
	/* Even a step that ran nothing brought the devices up to date: what follows then begins as a slice does. */
	sched->state.was_parted = count && sched->state.slice.is_open;
}

struct sched_saved *sched_save_state(const struct sched *sched)
{
	struct sched_saved *saved = xzalloc(sizeof(*saved));

	saved->plan = sched->plan;
	saved->plan->holders++;
	saved->state = sched->state;
	saved->open = sched->open;
	for (size_t i = 0; i < sched->record.len; i++)
		vec_add(&saved->record, sched->record.item[i]);
	for (size_t i = 0; i < sched->injected.len; i++)
		vec_add(&saved->injected, sched->injected.item[i]);
	return saved;
}

void sched_restore_state(struct sched *sched, const struct sched_saved *saved)
{
	saved->plan->holders++;
	sched_plan_release(sched->plan);
	sched->plan = saved->plan;
	sched->state = saved->state;
	sched->open = saved->open;
	vec_clear(&sched->record);
	for (size_t i = 0; i < saved->record.len; i++)
		vec_add(&sched->record, saved->record.item[i]);
	vec_clear(&sched->injected);
	for (size_t i = 0; i < saved->injected.len; i++)
		vec_add(&sched->injected, saved->injected.item[i]);
}

void sched_saved_free(struct sched_saved *saved)
{
	sched_plan_release(saved->plan);
	vec_free(&saved->record);
	vec_free(&saved->injected);
	free(saved);
}

size_t sched_saved_bytes(const struct sched_saved *saved)
{
	return sizeof(*saved) + saved->record.len * sizeof(*saved->record.item) +
	       saved->injected.len * sizeof(*saved->injected.item);
}
