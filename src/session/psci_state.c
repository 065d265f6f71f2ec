/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/psci_state.c: power states, asked or read.
 */
#include "session/psci_state.h"

#include "device/board.h"
#include "session/groups.h"
#include "session/names.h"
#include "session/tables.h"

/* What AFFINITY_INFO answers for a CPU that is on its way (PSCI 1.1, 5.7.3); the bundled firmware keeps it like
 * that. */
enum { AFFINITY_ON_PENDING = 2 };

static enum psci_state emulated(const struct psci *psci, unsigned cpu)
{
	if (psci_is_suspended(psci, cpu))
		return PSCI_STATE_SUSPENDED;
	switch (psci_power(psci, cpu)) {
	case PSCI_POWER_ON:
		return PSCI_STATE_ON;
	case PSCI_POWER_ON_PENDING:
		return PSCI_STATE_ON_PENDING;
	default:
		return PSCI_STATE_OFF;
	}
}

/* The firmware has opened SLOT for CPU: has the CPU gone?  The bundled firmware notes that; else it shows by the
 * level. */
static bool is_on_the_way(const struct session *session, const struct table_slot *slot, unsigned cpu)
{
	const struct cpu *c = machine_cpu_const(session_machine(session), cpu);
	struct name power;
	uint64_t state;

	if (names_find(session_loaded(session), "firmware:power_table", &power, NULL) &&
	    machine_peek(session_machine(session), power.pa + slot->slot * 8ull, &state, sizeof(state)))
		return state == AFFINITY_ON_PENDING;
	return cpu_el(c) == 3 && cpu_state(c) == CPU_WFE;
}

enum psci_state psci_state_of(const struct session *session, unsigned cpu)
{
	const struct psci *psci = board_psci(session_board(session));
	const struct table_slot *slot = psci ? NULL : tables_find_cpu(session_tables(session), TABLE_BRANCH, cpu);
	uint64_t value = slot ? tables_value(session_tables(session), slot) : 0;

	if (psci)
		return emulated(psci, cpu);
	if (!value)
		return PSCI_STATE_UNKNOWN;
	if (value == TABLE_INVALID)
		return PSCI_STATE_OFF;
	return value == TABLE_CLAIMED || is_on_the_way(session, slot, cpu) ? PSCI_STATE_ON_PENDING : PSCI_STATE_ON;
}

const char *psci_state_word(enum psci_state state)
{
	static const char *const words[] = {
		[PSCI_STATE_UNKNOWN] = "not known", [PSCI_STATE_OFF] = "off", [PSCI_STATE_ON_PENDING] = "on-pending",
		[PSCI_STATE_ON] = "on", [PSCI_STATE_SUSPENDED] = "on, suspended",
	};

	return words[state];
}

void psci_state_put_all(const struct session *session, struct strbuf *out)
{
	static const char *const words[] = {
		[PSCI_STATE_UNKNOWN] = "not known yet", [PSCI_STATE_OFF] = "OFF",
		[PSCI_STATE_ON_PENDING] = "ON_PENDING", [PSCI_STATE_ON] = "ON", [PSCI_STATE_SUSPENDED] = "suspended",
	};
	uint64_t cpus[PSCI_STATE_COUNT] = { 0 };
	const char *between = "";

	for (unsigned n = 0; n < machine_cpu_count(session_machine(session)); n++)
		cpus[psci_state_of(session, n)] |= UINT64_C(1) << n;
	for (int state = PSCI_STATE_COUNT - 1; state >= 0; state--) {
		if (!cpus[state])
			continue;
		strbuf_printf(out, "%s%s: ", between, words[state]);
		groups_put_cpus(cpus[state], out);
		between = "   ";
	}
}
