/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/reached.c: milestones as they are passed.
 */
#include "session/reached.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "service/loader.h"
#include "session/names.h"

enum { SYMBOL_MAX = 128 };

/* `by` holds the first time of each CPU for each milestone, one row a milestone. */
struct reached {
	struct machine *machine;
	size_t count;
	unsigned cpus;
	unsigned boot_cpu;
	struct reached_state *states;
	uint64_t *by;
};

/* TEXT in the image that MILESTONE belongs to: firmware and kernel may have functions of the same name. */
static bool resolve_name(const struct loaded *loaded, const struct milestone *milestone, const char *text,
			 struct name *name)
{
	char full[SYMBOL_MAX + 16];

	snprintf(full, sizeof(full), "%s:%s", milestone->image == MILESTONE_FIRMWARE ? "firmware" : "kernel", text);
	return names_find(loaded, full, name, NULL);
}

/* The first of MILESTONE's names that is in what is loaded. */
static bool resolve(const struct loaded *loaded, const struct milestone *milestone, struct name *name)
{
	const char *at = milestone->others;
	char other[SYMBOL_MAX];

	if (resolve_name(loaded, milestone, milestone->name, name))
		return true;
	while (at && *at) {
		size_t len = strcspn(at, " ");

		if (len && len < sizeof(other)) {
			memcpy(other, at, len);
			other[len] = '\0';
			if (resolve_name(loaded, milestone, other, name))
				return true;
		}
		at += len + strspn(at + len, " ");
	}
	return false;
}

static void start_state(struct reached *reached, const struct loaded *loaded, size_t index)
{
	struct reached_state *state = &reached->states[index];
	struct name name;

	state->milestone = milestones_at(index);
	state->first_cpu = EVENT_NO_CPU;
	if (!resolve(loaded, state->milestone, &name))
		return;
	state->symbol = name.text;
	state->va = name.va;
	state->pa = name.pa;
	machine_set_mark(reached->machine, name.pa, MARK_NOTE);
}

struct reached *reached_new(struct machine *machine, const struct loaded *loaded)
{
	struct reached *reached = xzalloc(sizeof(*reached));

	reached->machine = machine;
	reached->count = milestones_count();
	reached->cpus = machine_cpu_count(machine);
	reached->boot_cpu = loaded->boot_cpu;
	reached->states = xcalloc(reached->count, sizeof(*reached->states));
	reached->by = xcalloc(reached->count * reached->cpus, sizeof(*reached->by));
	for (size_t i = 0; i < reached->count; i++)
		start_state(reached, loaded, i);
	return reached;
}

void reached_free(struct reached *reached)
{
	if (!reached)
		return;
	free(reached->states);
	free(reached->by);
	free(reached);
}

size_t reached_count(const struct reached *reached)
{
	return reached->count;
}

const struct reached_state *reached_at(const struct reached *reached, size_t index)
{
	return &reached->states[index];
}

const struct reached_state *reached_find(const struct reached *reached, const char *name)
{
	int index = milestones_find(name);

	return index < 0 ? NULL : &reached->states[index];
}

bool reached_by(const struct reached *reached, size_t index, unsigned cpu, uint64_t *t)
{
	*t = reached->by[index * reached->cpus + cpu];
	return reached->states[index].cpus >> cpu & 1;
}

static void pass(struct reached *reached, size_t index, const struct cpu *cpu)
{
	struct reached_state *state = &reached->states[index];
	struct event event = { .kind = EVENT_MILESTONE };
	unsigned n = cpu_index(cpu);
	uint64_t t = machine_time(reached->machine);

	if (!state->times++) {
		state->first_cpu = (int)n;
		state->first_t = t;
	}
	if (!(state->cpus >> n & 1))
		reached->by[index * reached->cpus + n] = t;
	state->cpus |= 1ull << n;
	state->last_t = t;
	event.u.milestone.name = state->milestone->name;
	event.u.milestone.order = state->milestone->order;
	machine_emit(reached->machine, (int)n, &event);
}

/* The boot CPU leaves EL3 as well, but no pen opens for it. */
static bool is_meant(const struct reached *reached, size_t index, const struct cpu *cpu)
{
	return reached->states[index].milestone->who != MILESTONE_SECONDARY ||
	       (unsigned)cpu_index(cpu) != reached->boot_cpu;
}

void reached_see(struct reached *reached, const struct cpu *cpu, gpa_t pa)
{
	for (size_t i = 0; i < reached->count; i++)
		if (reached->states[i].symbol && reached->states[i].pa == pa && is_meant(reached, i, cpu))
			pass(reached, i, cpu);
}

size_t reached_size(const struct reached *reached)
{
	return reached->count * (sizeof(*reached->states) + reached->cpus * sizeof(*reached->by));
}

void reached_get(const struct reached *reached, void *state)
{
	size_t states = reached->count * sizeof(*reached->states);

	memcpy(state, reached->states, states);
	memcpy((char *)state + states, reached->by, reached_size(reached) - states);
}

void reached_set(struct reached *reached, const void *state)
{
	size_t states = reached->count * sizeof(*reached->states);

	memcpy(reached->states, state, states);
	memcpy(reached->by, (const char *)state + states, reached_size(reached) - states);
}
