/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/fake_machine.h: a machine for the tests of single devices: it runs nothing and remembers what devices did to it.
 *
 * It defines the functions of machine/machine.h and machine/cpu.h that devices call, so a test links it instead of the
 * machine library.  Tests set and read the structs directly.
 */
#ifndef UNIT_FAKE_MACHINE_H
#define UNIT_FAKE_MACHINE_H

#include "machine/machine.h"

enum { FAKE_EVENT_MAX = 64, FAKE_TEXT_MAX = 2048 };

struct cpu {
	unsigned index;
	uint64_t mpidr;
	enum cpu_state state;
	int el;
	uint64_t reg[CPU_REG_COUNT];
	uint64_t scr_el3, hcr_el2;
	uint64_t instructions;
	bool line[LINE_COUNT];
	unsigned stream_events, sleeps;
	unsigned starts;		/* calls of machine_start_cpu(), and the last one's arguments */
	gva_t start_pc;
	int start_el;
	uint64_t start_arg;
};

/* An event, with the text that was borrowed copied. */
struct fake_event {
	struct event event;
	char text[FAKE_TEXT_MAX];
};

struct machine {
	unsigned count;
	struct cpu cpu[CPU_MAX];
	uint64_t ticks;
	unsigned poll_requests, power_requests;
	enum power_state power;
	call_fn *call_handler;
	void *call_ctx;
	struct fake_event events[FAKE_EVENT_MAX];
	unsigned event_count;
};

/* COUNT CPUs with MPIDRs 0, 1, 2, ..., all running at EL1 with SCR_EL3.NS and FIQ set.  Free with free(). */
struct machine *fake_machine_new(unsigned count);

/* The event number N, which must be there and of KIND. */
const struct fake_event *fake_event(const struct machine *machine, unsigned n, enum event_kind kind);

/* Forget the events. */
void fake_events_clear(struct machine *machine);

#endif /* UNIT_FAKE_MACHINE_H */
