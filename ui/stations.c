/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/stations.c: where a boot stands, and where it stops next.
 *
 * It stands at the station that was passed last.  One that was passed over (its function was inlined, or another CPU
 * was quicker) is not come back to.
 */
#include "ui/stations.h"

#include <string.h>

#include "service/loader.h"
#include "session/reached.h"

enum {
	SMC = 1 << METHOD_PSCI_SMC, HVC = 1 << METHOD_PSCI_HVC, SPIN = 1 << METHOD_SPIN_TABLE, PSCI = SMC | HVC,
	ANY = PSCI | SPIN | 1 << METHOD_NONE,
	ROW_CPU_UP = 15,		/* the first row of the overview that is about a second CPU */
};

/* In order.  One with `after` does not count before that one was passed: PSCI is called early, too, for its version. */
static const struct station { const char *name; unsigned methods; const char *after; } stations[] = {
	{ "find_logical_id", ANY, NULL }, { "spin", ANY, NULL }, { "enter_el2", ANY, NULL },
	{ "start_cpu0", ANY, NULL }, { "stext", ANY, NULL }, { "__enable_mmu", ANY, NULL },
	{ "start_kernel", ANY, NULL }, { "boot_cpu_init", ANY, NULL }, { "psci_dt_init", PSCI, NULL },
	{ "smp_init_cpus", ANY, NULL }, { "setup_per_cpu_areas", ANY, NULL }, { "rest_init", ANY, NULL },
	{ "smp_prepare_cpus", ANY, NULL }, { "smp_spin_table_cpu_prepare", SPIN, NULL }, { "pen_opens", SPIN, NULL },
	{ "secondary_holding_pen", SPIN, NULL }, { "cpu_stop_init", ANY, NULL }, { "smp_init", ANY, NULL },
	{ "__cpu_up", ANY, NULL }, { "smp_spin_table_cpu_boot", SPIN, NULL },
	{ "__invoke_psci_fn_smc", SMC, "__cpu_up" }, { "__invoke_psci_fn_hvc", HVC, "__cpu_up" },
	{ "firmware_psci_cpu_on", PSCI, NULL }, { "pen_opens", PSCI, NULL }, { "secondary_entry", PSCI, NULL },
	{ "secondary_startup", SPIN, NULL }, { "secondary_start_kernel", ANY, NULL },
	{ "smpboot_unpark_threads", ANY, NULL }, { "smp_cpus_done", ANY, NULL },
};

enum { COUNT = sizeof(stations) / sizeof(stations[0]) };

/* With one CPU nobody is brought up. */
static bool is_about_others(const struct milestone *milestone)
{
	return milestone->row >= ROW_CPU_UP;
}

/* What is known of STATION, or NULL when this board does not come by. */
static const struct reached_state *state_of(const struct session *session, const struct station *station)
{
	const struct loaded *loaded = session_loaded(session);
	const struct reached_state *state = reached_find(session_reached(session), station->name);

	if (!state->symbol || !(station->methods >> loaded->method & 1) ||
	    (loaded->cpu_count == 1 && is_about_others(state->milestone)))
		return NULL;
	return state;
}

/* When STATION was passed; false when it was not, or not yet where it counts. */
static bool is_passed(const struct session *session, const struct station *station, uint64_t *t)
{
	const struct reached_state *state = reached_find(session_reached(session), station->name);
	const struct reached_state *after =
		station->after ? reached_find(session_reached(session), station->after) : NULL;

	*t = after ? state->last_t : state->first_t;
	return state->times && (!after || (after->times && *t >= after->first_t));
}

const struct milestone *stations_next(const struct session *session)
{
	uint64_t t, latest = 0;
	size_t next = 0;

	for (size_t i = 0; i < COUNT; i++) {
		if (state_of(session, &stations[i]) && is_passed(session, &stations[i], &t) && t >= latest) {
			latest = t;
			next = i + 1;
		}
	}
	for (; next < COUNT; next++) {
		const struct reached_state *state = state_of(session, &stations[next]);

		if (state && !is_passed(session, &stations[next], &t))
			return state->milestone;
	}
	return NULL;
}

bool stations_before(const struct session *session, struct passed_station *last)
{
	uint64_t now = machine_time(session_machine(session)), t;

	*last = (struct passed_station){ .milestone = NULL };
	for (size_t i = 0; i < COUNT; i++) {
		const struct reached_state *state = state_of(session, &stations[i]);

		if (state && is_passed(session, &stations[i], &t) && t < now && (!last->milestone || t >= last->t))
			*last = (struct passed_station){ state->milestone, t, state->first_cpu };
	}
	return last->milestone;
}

bool stations_is_end(const struct session *session)
{
	const struct session_stop *stop = session_stop(session);

	return stop->why == STOPPED_IDLE || stop->why >= STOPPED_POWER_OFF ||
	       (stop->why == STOPPED_CONDITION && !strcmp(stop->text, "idle"));
}
