/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/event.h: what happened in the guest, as data.
 *
 * The machine and its devices make one `struct event` for each thing that a person or a test may want to know, and hand
 * it to the one registered observer.  An event is complete in itself: it needs no look at the machine to be printed,
 * apart from symbol names.  Nothing here formats text.
 */
#ifndef MACHINE_EVENT_H
#define MACHINE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/types.h"

/* The kinds, in the order and by the names of the documentation's table ("help events"). */
enum event_kind {
	EVENT_RESET, EVENT_POWER,
	EVENT_EXCEPTION, EVENT_ERET,
	EVENT_PSCI_CALL, EVENT_PSCI_RETURN,
	EVENT_WFE_SLEEP, EVENT_WFE_PASS, EVENT_WFE_WAKE,
	EVENT_SEV, EVENT_SEVL, EVENT_WFI_SLEEP, EVENT_WFI_WAKE,
	EVENT_LDXR, EVENT_STXR, EVENT_CLREX, EVENT_MONITOR_LOST,
	EVENT_TABLE, EVENT_MMU,
	EVENT_IRQ, EVENT_SGI, EVENT_EOI,
	EVENT_MILESTONE, EVENT_UART,
	EVENT_FAULT, EVENT_DEADLOCK, EVENT_STOP,
	EVENT_KIND_COUNT,
};

/* Why a sleeping CPU woke. */
enum wake_by { WAKE_SEV, WAKE_IRQ, WAKE_MONITOR, WAKE_STREAM, WAKE_SPURIOUS, WAKE_EVENT };

/* Why a store-exclusive failed. */
enum stxr_why { STXR_OK, STXR_NO_RESERVATION, STXR_LOST, STXR_ADDRESS, STXR_INJECTED };

/* How a reservation was lost. */
enum lost_how { LOST_STORE, LOST_STXR, LOST_CLREX, LOST_ERET, LOST_ZVA, LOST_REPLACED, LOST_ATOMIC };

/* Which end the power state of a CPU, or of the whole board, moved to. */
enum power_state { POWER_OFF, POWER_ON, POWER_SUSPENDED, POWER_SYSTEM_OFF, POWER_SYSTEM_RESET };

enum { EVENT_NO_CPU = -1 };	/* the `cpu` of an event that belongs to none */

/* One event.  Strings are borrowed for the length of the observer's call. */
struct event {
	uint64_t t;			/* instructions run over all CPUs before the one at pc */
	int cpu;			/* logical number in tree order, or EVENT_NO_CPU */
	int el;				/* exception level the CPU was at, 0 to 3 */
	gva_t pc;			/* instruction the event belongs to */
	enum event_kind kind;
	union {
		struct { enum power_state state; } power;		/* RESET, POWER */
		struct {
			unsigned ec;		/* ESR.EC; EVENT_EC_IRQ and its kin for asynchronous ones */
			int from, to;		/* exception levels */
			uint64_t esr, elr, far;
			gva_t vector;		/* where the handler starts */
		} exception;
		struct { int from, to; gva_t target; bool illegal; } eret;
		struct { uint32_t fn; uint64_t args[3]; } psci_call;
		struct { uint32_t fn; int64_t value; uint32_t lost; } psci_return;	/* lost: bit n: xn was not kept */
		struct { enum wake_by by; int from; } wake;		/* WFE_WAKE, WFI_WAKE, WFE_PASS; from: CPU or -1 */
		struct { uint64_t woke; } sev;				/* bit n: CPU n was asleep and woke */
		struct { gpa_t addr; unsigned size; uint64_t value; bool ok; enum stxr_why why; } exclusive; /* LDXR, STXR */
		struct { gpa_t addr; int by; enum lost_how how; } lost;	/* MONITOR_LOST; by: CPU, -1: device */
		struct { const char *table; unsigned slot; int target; gpa_t addr; uint64_t old, value; } table;
		struct { bool on; } mmu;
		struct { unsigned intid; uint64_t targets; } irq;	/* IRQ (acknowledged), SGI, EOI */
		struct { const char *name; unsigned order; } milestone;
		struct { const char *text; } uart;			/* one line without its newline */
		struct { const char *reason; const char *detail; } text; /* FAULT, DEADLOCK, STOP */
	} u;
};

/* Pseudo exception classes past the six bits of ESR.EC, for what has no syndrome. */
enum { EVENT_EC_IRQ = 0x100, EVENT_EC_FIQ, EVENT_EC_SERROR };

/* The observer's function: EVENT is borrowed for the call.  It must not run or change the machine. */
typedef void event_fn(void *observer, const struct event *event);

#endif /* MACHINE_EVENT_H */
