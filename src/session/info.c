/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/info.c: words and lines about CPUs.
 */
#include "session/info.h"

#include <inttypes.h>

#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/names.h"

const char *info_state_word(enum cpu_state state)
{
	static const char *const words[] = {
		[CPU_OFF] = "off", [CPU_RUNNING] = "running", [CPU_WFE] = "wfe", [CPU_WFI] = "wfi",
			[CPU_FAULTED] = "faulted",
	};

	return words[state];
}

/* CurrentEL, DAIF, NZCV and SPSel: which bits of PSTATE each one is. */
static const struct { uint32_t number; uint64_t mask; } pstate_parts[] = {
	{ SYSREG(3, 0, 4, 2, 2), 0xc }, { SYSREG(3, 3, 4, 2, 1), 0x3c0 }, { SYSREG(3, 3, 4, 2, 0), 0xf0000000 },
	{ SYSREG(3, 0, 4, 2, 0), 0x1 },
};

bool info_sysreg(const struct session *session, unsigned cpu, uint32_t number, uint64_t *value)
{
	const struct cpu *c = machine_cpu_const(session_machine(session), cpu);

	for (size_t i = 0; i < sizeof(pstate_parts) / sizeof(pstate_parts[0]); i++) {
		if (pstate_parts[i].number == number) {
			*value = cpu_get_reg(c, CPU_PSTATE) & pstate_parts[i].mask;
			return true;
		}
	}
	return machine_peek_sysreg(session_machine(session), cpu, number, value);
}

static void put_last_event(const struct session *session, unsigned cpu, struct strbuf *out)
{
	const struct event *last = eventring_last(session_events(session), cpu);

	if (!last)
		return;
	strbuf_printf(out, "%s ", eventlog_kind_name(last->kind));
	eventlog_details(session_loaded(session), last, out);
}

static void put_cpu(const struct session *session, unsigned n, struct strbuf *out)
{
	enum { COLUMN_MONITOR = 64, COLUMN_LAST = 70 };
	const struct cpu *cpu = machine_cpu_const(session_machine(session), n);
	size_t start = out->len;

	strbuf_printf(out, "%c%3u  %06" PRIx64 "  EL%d  %-3s  %-8s", n == session_focus(session) ? '>' : ' ', n,
		      cpu_mpidr(cpu),
		      cpu_el(cpu), cpu_is_mmu_on(cpu) ? "on" : "off", info_state_word(cpu_state(cpu)));
	if (cpu_state(cpu) != CPU_OFF)
		names_format(session_loaded(session), cpu_get_reg(cpu, CPU_PC), out);
	strbuf_pad(out, start + COLUMN_MONITOR);
	strbuf_printf(out, " %c%c", cpu_event_register(cpu) ? 'E' : '-', cpu_reservation(cpu).valid ? 'X' : '-');
	strbuf_pad(out, start + COLUMN_LAST);
	put_last_event(session, n, out);
	while (out->len && out->text[out->len - 1] == ' ')
		out->text[--out->len] = '\0';
	strbuf_putc(out, '\n');
}

void info_cpus(const struct session *session, struct strbuf *out)
{
	strbuf_puts(out, " CPU   MPIDR  EL   MMU  state   at                                 ev/ex last event\n");
	for (unsigned n = 0; n < machine_cpu_count(session_machine(session)); n++)
		put_cpu(session, n, out);
}

void info_cpu_sentence(const struct session *session, unsigned n, struct strbuf *out)
{
	const struct cpu *cpu = machine_cpu_const(session_machine(session), n);
	enum cpu_state state = cpu_state(cpu);

	strbuf_printf(out, "CPU%u ", n);
	if (state == CPU_OFF) {
		strbuf_puts(out, "is off");
		return;
	}
	strbuf_puts(out, state == CPU_RUNNING ? "runs at " : state == CPU_FAULTED ? "faulted at " :
		    state == CPU_WFE ? "sleeps in wfe at " : "sleeps in wfi at ");
	names_format(session_loaded(session), cpu_get_reg(cpu, CPU_PC), out);
	strbuf_printf(out, " in EL%d", cpu_el(cpu));
	if (state == CPU_WFE || state == CPU_WFI)
		strbuf_printf(out, " since t=%" PRIu64, cpu_asleep_since(cpu));
}
