/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/litmus_file.h: a litmus test as it is written: a few instructions a CPU, side by side, and how they may end.
 *
 *	# What the test shows.
 *	init: data=0 flag=0
 *	CPU0              | CPU1
 *	mov x1, #1        | ldr x1, [flag]
 *	str x1, [data]    | ldr x2, [data]
 *	str x1, [flag]    |
 *	final: 1:x1 1:x2
 *	allow: 0 0
 *	allow: 0 1
 *	allow: 1 1
 *
 * Before the columns: "model: max", "el: 1" to "3", "psci: smc" or "hvc".  A location is a doubleword in a granule of
 * its own, or at another's ("data+8"); its name stands for a register that holds its address.  "=&CPU2" is where CPU
 * 2's code starts.  A column "CPU2 off" starts only when somebody turns it on; one named "handler" is where
 * synchronous exceptions go (without it they return at once).  What is looked at in the end are registers, locations
 * and states ("1:state": done, wfe, off).  "weak:" is a state that the architecture allows and that this machine,
 * being sequentially consistent, need not reach.
 */
#ifndef FRONT_LITMUS_FILE_H
#define FRONT_LITMUS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "device/psci.h"
#include "service/a64asm.h"

enum {
	LITMUS_CPUS = 8, LITMUS_LOCATIONS = 9, LITMUS_FINALS = 8, LITMUS_STATES = 64, LITMUS_NAME = 24,
	LITMUS_FIRST_REG = 20,		/* X20 holds the address of the first location */
};

/* A location.  OFFSET bytes into the granule of number GRANULE. */
struct litmus_location {
	char name[LITMUS_NAME];
	unsigned granule, offset;
	uint64_t value;
	int entry_of;			/* the value is where this CPU's code starts; -1: no */
};

/* What is looked at in the end. */
enum litmus_what { LITMUS_REGISTER, LITMUS_MEMORY, LITMUS_STATE };
struct litmus_final {
	enum litmus_what what;
	unsigned cpu;
	unsigned index;			/* register or location */
	char text[LITMUS_NAME];		/* as it was written */
};

/* Values of "1:state", among numbers. */
enum { LITMUS_DONE, LITMUS_WFE, LITMUS_OFF, LITMUS_OTHER };

/* A final state. */
struct litmus_state {
	uint64_t value[LITMUS_FINALS];
	bool is_weak;
};

struct litmus {
	bool needs_lse;
	int el;
	enum psci_conduit conduit;
	unsigned cpu_count;
	bool is_off[LITMUS_CPUS];
	struct a64asm_code code[LITMUS_CPUS];
	struct a64asm_code handler;
	struct litmus_location location[LITMUS_LOCATIONS];
	unsigned location_count;
	struct litmus_final final[LITMUS_FINALS];
	unsigned final_count;
	struct litmus_state state[LITMUS_STATES];
	unsigned state_count;
};

/* Read TEXT, the contents of a test; NAME is for messages.  False with ERR, "NAME:LINE: ...".  Free with
 * litmus_free(). */
bool litmus_parse(struct litmus *litmus, const char *name, const char *text, struct error *err);

/* Free what LITMUS holds. */
void litmus_free(struct litmus *litmus);

/* Append STATE of LITMUS: "1:x1=0 data=1". */
void litmus_format(const struct litmus *litmus, const uint64_t *value, struct strbuf *out);

#endif /* FRONT_LITMUS_FILE_H */
