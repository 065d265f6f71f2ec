/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * machine/sched.c: the schedule.
 *
 * A saved schedule is text: one line "cpuN COUNT" a burst, or "cpuN COUNT xTIMES" for bursts that repeat, comments with
 * '#'.  Counts are exact, so a replay ends its slices where the saved run did.
 */
#include "machine/sched.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "machine/core.h"

enum policy { POLICY_ROUND_ROBIN, POLICY_RANDOM, POLICY_LIST };

/* A burst, or several like it. */
struct burst {
	unsigned cpu;
	uint64_t count;
	uint64_t times;
};

/* What a snapshot holds: the policy too, since it can be changed on the way. */
struct sched_state {
	enum policy policy;
	uint64_t quantum;
	char name[64];
	struct slice slice;
	unsigned last;			/* the CPU that had the last slice */
	uint64_t random;		/* generator */
	size_t next;			/* list: the burst that comes next */
	uint64_t repeated;		/* list: how often it was run */
};

struct sched {
	unsigned cpu_count;
	VEC(struct burst) list;
	bool is_recording;
	VEC(struct burst) record;
	struct burst open;		/* what was run since the last end of a slice */
	struct sched_state state;
};

static void set_policy(struct sched *sched, enum policy policy, uint64_t value)
{
	struct sched_state *state = &sched->state;

	*state = (struct sched_state){
		.policy = policy, .quantum = value, .last = sched->cpu_count - 1, .random = value,
	};
	snprintf(state->name, sizeof(state->name), "%s:%" PRIu64, policy == POLICY_RANDOM ? "random" : "rr", value);
}

struct sched *sched_new(unsigned count)
{
	struct sched *sched = xzalloc(sizeof(*sched));

	sched->cpu_count = count;
	set_policy(sched, POLICY_ROUND_ROBIN, SCHED_DEFAULT_QUANTUM);
	return sched;
}

void sched_free(struct sched *sched)
{
	if (!sched)
		return;
	vec_free(&sched->list);
	vec_free(&sched->record);
	free(sched);
}

/* ---- the policy from text ---- */

static bool parse_number(const char *text, uint64_t *value)
{
	char *end;

	if (!isdigit((unsigned char)*text))
		return false;
	*value = strtoull(text, &end, 0);
	return *end == '\0';
}

bool sched_set(struct sched *sched, const char *spec, struct error *err)
{
	const char *colon = strchr(spec, ':');
	size_t len = colon ? (size_t)(colon - spec) : strlen(spec);
	uint64_t value = 0;

	if (len == 2 && !strncmp(spec, "rr", len)) {
		value = SCHED_DEFAULT_QUANTUM;
		if (colon && (!parse_number(colon + 1, &value) || value == 0))
			return error_set(err, "schedule '%s': the quantum must be a number of instructions, 1 or more", spec);
		set_policy(sched, POLICY_ROUND_ROBIN, value);
		return true;
	}
	if (len == 6 && !strncmp(spec, "random", len)) {
		if (colon && !parse_number(colon + 1, &value))
			return error_set(err, "schedule '%s': the seed must be a number", spec);
		set_policy(sched, POLICY_RANDOM, value);
		return true;
	}
	return error_set(err, "schedule '%s' is unknown; known are rr, rr:N, random, random:SEED and file:PATH", spec);
}

const char *sched_name(const struct sched *sched)
{
	return sched->state.name;
}

/* ---- saved schedules ---- */

static bool parse_burst(const struct sched *sched, const char *line, struct burst *burst)
{
	int used = 0, more = 0;

	*burst = (struct burst){ .times = 1 };
	if (sscanf(line, "cpu%u %" SCNu64 "%n", &burst->cpu, &burst->count, &used) < 2)
		return false;
	if (sscanf(line + used, " x%" SCNu64 "%n", &burst->times, &more) >= 1)
		used += more;
	line += used + strspn(line + used, " \t\r");
	return *line == '\0' && burst->cpu < sched->cpu_count && burst->count && burst->times;
}

static bool parse_line(struct sched *sched, const char *name, unsigned number, char *line, struct error *err)
{
	struct burst burst;
	char *comment = strchr(line, '#');

	if (comment)
		*comment = '\0';
	if (line[strspn(line, " \t\r")] == '\0')
		return true;
	if (!parse_burst(sched, line, &burst))
		return error_set(err, "%s:%u: not a burst: wanted 'cpuN COUNT' or 'cpuN COUNT xTIMES' with N below %u", name,
				 number, sched->cpu_count);
	vec_add(&sched->list, burst);
	return true;
}

bool sched_set_list(struct sched *sched, const char *name, const char *text, struct error *err)
{
	char *copy = xstrdup(text), *rest = copy, *line;
	unsigned number = 0;
	bool ok = true;

	vec_clear(&sched->list);
	while (ok && (line = strsep(&rest, "\n")))
		ok = parse_line(sched, name, ++number, line, err);
	free(copy);
	if (!ok)
		return false;
	set_policy(sched, POLICY_LIST, 0);
	snprintf(sched->state.name, sizeof(sched->state.name), "file");
	return true;
}

void sched_record(struct sched *sched, bool on)
{
	sched->is_recording = on;
	vec_clear(&sched->record);
}

static void record(struct sched *sched, unsigned cpu, uint64_t count)
{
	struct burst *last = sched->record.len ? &sched->record.item[sched->record.len - 1] : NULL;

	if (!sched->is_recording || count == 0)
		return;
	if (last && last->cpu == cpu && last->count == count)
		last->times++;
	else
		vec_add(&sched->record, ((struct burst){ .cpu = cpu, .count = count, .times = 1 }));
}

static void save_burst(const struct burst *burst, struct strbuf *out)
{
	strbuf_printf(out, "cpu%u %" PRIu64, burst->cpu, burst->count);
	if (burst->times > 1)
		strbuf_printf(out, " x%" PRIu64, burst->times);
	strbuf_putc(out, '\n');
}

void sched_save(const struct sched *sched, struct strbuf *out)
{
	strbuf_printf(out, "# smptutor schedule 1: what was run, CPU and instructions; it was %s\n", sched->state.name);
	for (size_t i = 0; i < sched->record.len; i++)
		save_burst(&sched->record.item[i], out);
	if (sched->open.count)
		save_burst(&sched->open, out);
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

static struct slice random_slice(struct sched *sched, uint64_t runnable)
{
	unsigned n = draw(sched) % __builtin_popcountll(runnable);

	return (struct slice){
		.cpu = nth_runnable(runnable, n), .count = 1 + draw(sched) % SCHED_RANDOM_MAX_BURST,
		.is_exact = true, .is_open = true,
	};
}

/* The next burst of the list, bursts of CPUs that sleep passed over. */
static bool list_slice(struct sched *sched, uint64_t runnable, struct slice *slice)
{
	struct sched_state *state = &sched->state;

	while (state->next < sched->list.len) {
		const struct burst *burst = &sched->list.item[state->next];

		*slice = (struct slice){ .cpu = burst->cpu, .count = burst->count, .is_exact = true, .is_open = true };
		if (++state->repeated >= burst->times) {
			state->next++;
			state->repeated = 0;
		}
		if (runnable >> slice->cpu & 1)
			return true;
	}
	return false;
}

bool sched_is_open(const struct sched *sched, uint64_t runnable)
{
	return sched->state.slice.is_open && runnable >> sched->state.slice.cpu & 1;
}

static void close_slice(struct sched *sched)
{
	record(sched, sched->open.cpu, sched->open.count);
	sched->open.count = 0;
	sched->state.slice.is_open = false;
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
	slice->count -= done < slice->count ? done : slice->count;
	if (is_over)
		close_slice(sched);
}

void sched_note_step(struct sched *sched, unsigned cpu, uint64_t count)
{
	record(sched, sched->open.cpu, sched->open.count);
	sched->open.count = 0;
	record(sched, cpu, count);
}

size_t sched_state_size(void)
{
	return sizeof(struct sched_state);
}

void sched_get_state(const struct sched *sched, void *state)
{
	memcpy(state, &sched->state, sizeof(sched->state));
}

void sched_set_state(struct sched *sched, const void *state)
{
	memcpy(&sched->state, state, sizeof(sched->state));
}
