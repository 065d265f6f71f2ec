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

/* Columns whose width depends on what is in them. */
struct widths { int mpidr, at; };

static void put_at(const struct session *session, const struct cpu *cpu, struct strbuf *out)
{
	if (cpu_state(cpu) != CPU_OFF)
		names_format(session_loaded(session), cpu_get_reg(cpu, CPU_PC), out);
}

static struct widths find_widths(const struct session *session)
{
	enum { MPIDR_LEAST = 6, AT_LEAST = 12 };
	struct widths widths = { MPIDR_LEAST, AT_LEAST };

	for (unsigned n = 0; n < machine_cpu_count(session_machine(session)); n++) {
		const struct cpu *cpu = machine_cpu_const(session_machine(session), n);
		struct strbuf text = STRBUF_INIT;

		put_at(session, cpu, &text);
		if ((int)text.len > widths.at)
			widths.at = (int)text.len;
		while (widths.mpidr < 16 && cpu_mpidr(cpu) >> 4 * widths.mpidr)
			widths.mpidr++;
		strbuf_free(&text);
	}
	return widths;
}

/* The last event goes on a line of its own where it does not fit a terminal's. */
static void put_cpu(const struct session *session, unsigned n, const struct widths *widths, struct strbuf *out)
{
	enum { LINE_WIDTH = 80, BESIDE_AT = 6 };
	const struct cpu *cpu = machine_cpu_const(session_machine(session), n);
	struct strbuf last = STRBUF_INIT;
	size_t start = out->len, at;

	strbuf_printf(out, "%c%3u %0*" PRIx64 " EL%d %-3s %-7s ", n == session_focus(session) ? '>' : ' ', n,
		      widths->mpidr, cpu_mpidr(cpu), cpu_el(cpu), cpu_is_mmu_on(cpu) ? "on" : "off",
		      info_state_word(cpu_state(cpu)));
	at = out->len - start;
	put_at(session, cpu, out);
	strbuf_pad(out, start + at + (size_t)widths->at);
	strbuf_printf(out, " %c%c", cpu_event_register(cpu) ? 'E' : '-', cpu_reservation(cpu).valid ? 'X' : '-');
	put_last_event(session, n, &last);
	while (last.len && last.text[last.len - 1] == ' ')
		last.text[--last.len] = '\0';
	if (at + (size_t)widths->at + 1 + BESIDE_AT + last.len > LINE_WIDTH)
		strbuf_printf(out, "\n%*s%s", (int)at + 2, "", strbuf_text(&last));
	else if (last.len)
		strbuf_printf(out, "    %s", strbuf_text(&last));
	strbuf_putc(out, '\n');
	strbuf_free(&last);
}

void info_cpus(const struct session *session, struct strbuf *out)
{
	const struct widths widths = find_widths(session);

	strbuf_printf(out, " CPU %-*s EL  MMU state   %-*s ev/ex last event\n", widths.mpidr, "MPIDR", widths.at, "at");
	for (unsigned n = 0; n < machine_cpu_count(session_machine(session)); n++)
		put_cpu(session, n, &widths, out);
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
