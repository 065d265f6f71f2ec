/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/cpu_on.c: which call let a CPU go, or should have.
 */
#include "session/cpu_on.h"

#include <string.h>

#include "device/psci_name.h"
#include "machine/machine.h"
#include "session/eventring.h"

typedef bool is_fn(const struct session *session, unsigned cpu, const struct cpu_on *on);

static bool is_cpu_on(uint32_t fn)
{
	const char *name = psci_fn_name(fn);

	return name && !strcmp(name, "CPU_ON");
}

/* EVENT is the next one of the CPU whose last call is *ON. */
static void follow(struct cpu_on *on, const struct event *event)
{
	if (event->kind == EVENT_PSCI_CALL && is_cpu_on(event->u.psci_call.fn))
		*on = (struct cpu_on){ .call = event };
	else if (on->call && !on->back && event->kind == EVENT_PSCI_RETURN && is_cpu_on(event->u.psci_return.fn))
		on->back = event;
	else if (on->call && !on->back && event->kind == EVENT_TABLE &&
		 event->u.table.value == on->call->u.psci_call.args[1])
		on->store = event;
}

static struct cpu_on find(const struct session *session, unsigned cpu, is_fn *is)
{
	const struct eventring *ring = session_events(session);
	struct cpu_on found = { NULL, NULL, NULL }, last[CPU_MAX] = { found };

	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++) {
		const struct event *event = eventring_at(ring, n);

		if (event->cpu < 0)
			continue;
		follow(&last[event->cpu], event);
		if (last[event->cpu].call && is(session, cpu, &last[event->cpu]))
			found = last[event->cpu];
	}
	return found;
}

static bool is_for(const struct session *session, unsigned cpu, const struct cpu_on *on)
{
	return on->call->u.psci_call.args[0] == cpu_mpidr(machine_cpu_const(session_machine(session), cpu));
}

static bool is_into(const struct session *session, unsigned cpu, const struct cpu_on *on)
{
	(void)session;
	return on->store && on->store->u.table.target == (int)cpu;
}

struct cpu_on cpu_on_for(const struct session *session, unsigned cpu)
{
	return find(session, cpu, is_for);
}

struct cpu_on cpu_on_into(const struct session *session, unsigned cpu)
{
	return find(session, cpu, is_into);
}
