/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/engine.h: one AArch64 core that executes instructions: the only door to libunicorn.
 *
 * Private to the machine library.  The engine executes; it decides nothing.  It calls back (machine/core.h) before each
 * block or instruction, for every store, for system registers and maintenance instructions, and for loads from devices;
 * exceptions come out of engine_run().  All that libunicorn 2.0.1 does differently from the architecture is cured in
 * engine.c and nowhere else.
 *
 * A core has two profiles, two instances of the library between which its state moves: FAST is called back once a block,
 * EXACT once an instruction.
 */
#ifndef MACHINE_ENGINE_H
#define MACHINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "machine/bus.h"
#include "machine/cpu.h"
#include "machine/types.h"

struct engine;

enum engine_profile { ENGINE_FAST, ENGINE_EXACT, ENGINE_PROFILES };

/* What libunicorn keeps only in its saved context: where, found by trial at start-up. */
struct engine_layout {
	size_t exception;	/* offset of the syndrome of the last exception */
	size_t exclusive;	/* offset of the address, then the value, of the core's own exclusive reservation */
};

/* How a run ended. */
enum engine_exit {
	ENGINE_STOPPED,		/* engine_stop() was called, or the core came out by itself (WFI) */
	ENGINE_EXCEPTION,	/* an exception that the machine must take: engine_exception() has it */
	ENGINE_FAILED,		/* the library gave an error: engine_failure() is its text */
};

/* A synchronous exception as the core saw it. */
struct engine_exception {
	uint32_t syndrome;	/* ESR, with the EC for a lower level even when it is the same one */
	uint64_t far;
	unsigned target_el;	/* where the core would take it; 0 when it does not say */
	bool has_far;
};

/* Find LAYOUT for this build of the library.  False with ERR when it is not as expected. */
bool engine_calibrate(struct engine_layout *layout, struct error *err);

/* A core for CPU, over BUS (complete by now), in the state after power-on at EL3.  NULL with ERR when the host cannot. */
struct engine *engine_new(struct cpu *cpu, const struct bus *bus, enum cpu_model model,
			  const struct engine_layout *layout, struct error *err);
/* Free ENGINE; NULL is allowed. */
void engine_free(struct engine *engine);

/* Back to the state after power-on, at EL3. */
void engine_reset(struct engine *engine);

/* Execute in PROFILE from the present PC until something ends it. */
enum engine_exit engine_run(struct engine *engine, enum engine_profile profile);

/* From a callback: end the run, before the block or instruction that the callback is for. */
void engine_stop(struct engine *engine);

/* The exception of the last run that ended with ENGINE_EXCEPTION. */
struct engine_exception engine_exception(struct engine *engine);
/* Text of the last ENGINE_FAILED. */
const char *engine_failure(const struct engine *engine);

/* Registers: enum cpu_reg.  PSTATE in SPSR's layout; writing it does not change the level: see engine_set_level(). */
uint64_t engine_get(const struct engine *engine, int reg);
/* Write one. */
void engine_set(struct engine *engine, int reg, uint64_t value);
/* SIMD register N as two halves. */
void engine_get_simd(const struct engine *engine, unsigned n, uint64_t half[2]);

/* The stack pointer of level EL, in use or not. */
uint64_t engine_get_stack(const struct engine *engine, int el);

/* A system register as the core stores it, by SYSREG() number; false when the core has none. */
bool engine_get_sys(const struct engine *engine, uint32_t reg, uint64_t *value);
/* The same for a register that every core has; 0 when this one has not. */
uint64_t engine_sysreg(const struct engine *engine, uint32_t reg);
/* Store one, without the TLB maintenance that an MSR may imply. */
bool engine_set_sys(struct engine *engine, uint32_t reg, uint64_t value);

/* Enter the level and state PSTATE (SPSR's layout) at PC, banking the stack pointers. */
void engine_set_level(struct engine *engine, uint64_t pstate, uint64_t pc);

/* System registers were stored that the core derives execution state from: derive it again. */
void engine_refresh(struct engine *engine);

/* Another CPU broadcast the TLBI with SYSREG() number REG (the local form) and operand VALUE: it is done before this core
 * runs next. */
void engine_tlbi(struct engine *engine, uint32_t reg, uint64_t value);
/* Forget every translation of addresses. */
void engine_flush_tlb(struct engine *engine);

/* Forget the translated code of LEN bytes at PA, inside one page; done when the core next runs. */
void engine_drop_code(struct engine *engine, gpa_t pa, unsigned len);

/* The core's own exclusive reservation: true with its virtual address when there is one. */
bool engine_exclusive(const struct engine *engine, gva_t *va);

/* All registers of a core, kept apart from it. */
struct engine_state;

/* The registers of ENGINE now.  Free with engine_state_free(). */
struct engine_state *engine_save(struct engine *engine);
/* All registers back from STATE, which stays; the TLB is flushed. */
void engine_restore(struct engine *engine, const struct engine_state *state);
/* Free STATE; NULL is allowed. */
void engine_state_free(struct engine_state *state);
/* Bytes that a state of ENGINE takes. */
size_t engine_state_size(const struct engine *engine);

#endif /* MACHINE_ENGINE_H */
