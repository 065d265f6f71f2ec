/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/arrival.c: the instruction that an exception was taken of.
 *
 * It was not executed, so going back shows the one before it; this names it.
 */
#include "session/arrival.h"

#include "machine/event.h"
#include "machine/machine.h"
#include "session/code.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/names.h"
#include "session/session.h"

enum { EC_SVC64 = 0x15, EC_SMC64 = 0x17 };

/* "str x0, [x1] at park+0x4", as the CPU in focus sees memory. */
static void put_instruction(struct session *session, gva_t addr, struct strbuf *out)
{
	struct code_line line;

	if (!code_at(session, addr, &line)) {
		strbuf_puts(out, "what cannot be read");
	} else if (!line.word) {
		strbuf_puts(out, "a word of 0, where nothing may have been put,");
	} else {
		strbuf_puts(out, line.insn.mnemonic);
		if (line.insn.operands[0])
			strbuf_printf(out, " %s", line.insn.operands);
	}
	strbuf_puts(out, " at ");
	names_format(session_loaded(session), addr, out);
}

/* Its return address is that of the instruction; but calls return behind themselves, interrupts are of none, and another
 * level may see other memory there. */
static bool is_of_instruction(const struct event *exception)
{
	unsigned ec = exception->u.exception.ec;

	return exception->u.exception.from == exception->u.exception.to && ec < EVENT_EC_IRQ &&
	       (ec < EC_SVC64 || ec > EC_SMC64);
}

void arrival_describe(struct session *session, struct strbuf *out)
{
	unsigned n = session_focus(session);
	const struct cpu *cpu = machine_cpu_const(session_machine(session), n);
	const struct event *last = eventring_last(session_events(session), n);
	gva_t pc = cpu_get_reg(cpu, CPU_PC);

	if (cpu_state(cpu) == CPU_FAULTED) {
		strbuf_puts(out, "it stands before ");
		put_instruction(session, pc, out);
		strbuf_putc(out, '\n');
	} else if (last && last->kind == EVENT_EXCEPTION && last->u.exception.vector == pc) {
		strbuf_puts(out, "it came here by an exception");
		if (is_of_instruction(last)) {
			strbuf_puts(out, " of ");
			put_instruction(session, last->u.exception.elr, out);
		}
		strbuf_puts(out, ": ");
		eventlog_details(session_loaded(session), last, out);
		strbuf_putc(out, '\n');
	}
}
