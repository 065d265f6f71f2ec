/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/psci_watch.c: PSCI calls into firmware that runs in the guest.
 */
#include "session/psci_watch.h"

#include "machine/machine.h"
#include "session/session_private.h"

enum { EC_HVC64 = 0x16, EC_SMC64 = 0x17 };

/* The standard secure service range and SMCCC_VERSION (SMCCC 1.2, 6.1 and 7.1). */
static bool is_psci(uint64_t x0)
{
	uint32_t fn = (uint32_t)x0;

	return fn == 0x80000000 || (fn & 0xbfffffe0) == 0x84000000;
}

static void see_call(struct session *session, const struct event *exception)
{
	const struct cpu *cpu = machine_cpu_const(session_machine(session), (unsigned)exception->cpu);
	struct session_call *call = &session->calls[exception->cpu];
	struct event event = *exception;

	if (!is_psci(cpu_get_reg(cpu, 0)))
		return;
	event.kind = EVENT_PSCI_CALL;
	event.u.psci_call.fn = (uint32_t)cpu_get_reg(cpu, 0);
	for (int i = 0; i < 3; i++)
		event.u.psci_call.args[i] = cpu_get_reg(cpu, i + 1);
	*call = (struct session_call){ true, event.u.psci_call.fn, exception->u.exception.elr, { 0 } };
	for (int n = CALL_KEPT_FIRST; n <= CALL_KEPT_LAST; n++)
		call->kept[n - CALL_KEPT_FIRST] = cpu_get_reg(cpu, n);
	session_see(session, &event);
}

/* Bit n: xn is not what it was at CALL, and should be. */
static uint32_t lost_registers(const struct session_call *call, const struct cpu *cpu)
{
	uint32_t lost = 0;

	for (int n = CALL_KEPT_FIRST; n <= CALL_KEPT_LAST; n++)
		if (cpu_get_reg(cpu, n) != call->kept[n - CALL_KEPT_FIRST])
			lost |= UINT32_C(1) << n;
	return lost;
}

/* A CPU that was turned off comes back somewhere else: that is no return of its CPU_OFF. */
static void see_return(struct session *session, const struct event *eret)
{
	const struct cpu *cpu = machine_cpu_const(session_machine(session), (unsigned)eret->cpu);
	struct session_call *call = &session->calls[eret->cpu];
	struct event event = *eret;
	uint64_t x0 = cpu_get_reg(cpu, 0);

	call->pending = false;
	if (eret->u.eret.target != call->back)
		return;
	event.kind = EVENT_PSCI_RETURN;
	event.u.psci_return.fn = call->fn;
	event.u.psci_return.lost = lost_registers(call, cpu);
	/* An SMC32 call answers in w0. */
	event.u.psci_return.value = call->fn >> 30 & 1 ? (int64_t)x0 : (int32_t)x0;
	session_see(session, &event);
}

void psci_watch_see(struct session *session, const struct event *event)
{
	if (event->cpu < 0)
		return;
	if (event->kind == EVENT_EXCEPTION && event->u.exception.to >= 2 &&
	    (event->u.exception.ec == EC_SMC64 || event->u.exception.ec == EC_HVC64))
		see_call(session, event);
	else if (event->kind == EVENT_ERET && session->calls[event->cpu].pending)
		see_return(session, event);
}
