/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/contract.h: the boot protocol: did firmware bring each CPU to the kernel's door as Linux
 * Documentation/arch/arm64/booting.rst asks?
 *
 * The state of a CPU is noted before its first instruction of the kernel: at the kernel's entry, or where CPU_ON or a
 * release address sent it.  Each rule that is broken there makes one EVENT_FAULT with the reason CONTRACT_REASON; the
 * run goes on, as it does on hardware.  What becomes of the CPU later is not looked at.
 */
#ifndef SESSION_CONTRACT_H
#define SESSION_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "machine/machine.h"

struct loaded;

#define CONTRACT_REASON	"boot-protocol"

/* What is looked at, as it was when the CPU came in. */
struct contract_entry {
	bool is_seen;			/* it has entered the kernel */
	bool is_primary;		/* at the kernel's own entry */
	bool is_second;			/* ... where another CPU had been before it */
	uint64_t t;
	gpa_t at;
	int el;
	uint64_t x[4], context;		/* context: what x0 of a secondary should hold */
	uint64_t pstate, sctlr, scr, cntfrq, cntvoff, cnthctl;
	uint64_t tree_size;		/* primary: bytes of the tree at x0; 0: see tree_problem */
	char tree_problem[96];
	bool has_header;		/* primary: an Image header lies at the entry */
	uint64_t text_offset, image_size;
};

struct contract;

/* Watch the doors of what is LOADED into MACHINE. */
struct contract *contract_new(struct machine *machine, const struct loaded *loaded);
/* Free CONTRACT; NULL is allowed. */
void contract_free(struct contract *contract);

/* The machine is about to run the marked instruction at PA on CPU. */
void contract_see(struct contract *contract, const struct cpu *cpu, gpa_t pa);
/* EVENT happened: CPU_ON and stores to release addresses say where secondaries will come in, CPU_OFF sends one away. */
void contract_see_event(struct contract *contract, const struct event *event);

/* How CPU came in; NULL while it has not. */
const struct contract_entry *contract_entry(const struct contract *contract, unsigned cpu);

/* Append the whole verdict: each CPU, and each rule as "ok" or "broken" with what was found and where booting.rst says
 * so. */
void contract_report(const struct contract *contract, struct strbuf *out);

/* Append a line for each rule that was broken, with the CPUs that broke it and what was found with the first of them;
 * nothing when all were kept. */
void contract_describe_broken(const struct contract *contract, struct strbuf *out);

/* All that is known, for going back: its size in bytes, */
size_t contract_size(const struct contract *contract);
/* copied into STATE, */
void contract_get(const struct contract *contract, void *state);
/* and copied back. */
void contract_set(struct contract *contract, const void *state);

#endif /* SESSION_CONTRACT_H */
