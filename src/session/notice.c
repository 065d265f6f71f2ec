/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/notice.c: deadlocks, and guests that gave up.
 */
#include "session/notice.h"

#include "session/panic.h"
#include "session/session_private.h"
#include "session/waits.h"

bool notice_is_kind(enum event_kind kind)
{
	return kind == EVENT_DEADLOCK || kind == EVENT_FAULT;
}

bool notice_text(const struct session *session, enum event_kind kind, int *cpu, struct strbuf *out)
{
	*cpu = EVENT_NO_CPU;
	if (kind == EVENT_FAULT)
		return panic_text(session, cpu, out);
	waits_describe_all(session, out);
	return true;
}

void notice_emit(struct session *session, enum event_kind kind)
{
	struct event event = { .kind = kind, .t = machine_time(session_machine(session)) };
	struct strbuf text = STRBUF_INIT;

	if (notice_text(session, kind, &event.cpu, &text)) {
		if (event.cpu != EVENT_NO_CPU) {
			const struct cpu *cpu = machine_cpu_const(session_machine(session), (unsigned)event.cpu);

			event.pc = cpu_get_reg(cpu, CPU_PC);
			event.el = cpu_el(cpu);
		}
		event.u.text.reason = kind == EVENT_FAULT ? "the guest gave up" : "nothing can wake any CPU";
		event.u.text.detail = strbuf_text(&text);
		session_see(session, &event);
	}
	strbuf_free(&text);
}
