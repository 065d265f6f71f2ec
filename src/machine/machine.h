/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/machine.h: several AArch64 CPUs sharing one memory, run one after the other by a schedule.
 *
 * Time is the count of instructions run over all CPUs.  The same machine given the same memory, devices, schedule and
 * input does the same thing, to the bit.  Nothing here knows a board, a file format or Linux.  The memory model is
 * sequentially consistent: instructions of different CPUs interleave, they never overlap.
 */
#ifndef MACHINE_MACHINE_H
#define MACHINE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "machine/cpu.h"
#include "machine/device.h"
#include "machine/event.h"
#include "machine/sched.h"
#include "machine/types.h"

struct machine;

enum {
	MACHINE_CNTFRQ = 62500000,	/* Hz of the generic timer's counter */
	MACHINE_TICK_SHIFT = 4,		/* 16 instructions a tick: a nominal 10^9 instructions a second over all CPUs */
};

/* What a machine is made with. */
struct machine_config {
	unsigned cpu_count;		/* 1 to CPU_MAX */
	uint64_t mpidr[CPU_MAX];	/* affinity fields; bit 31 is added when read */
	enum cpu_model model;
};

/* An empty machine: CPUs that are off, and no memory.  NULL with ERR when the host cannot hold it. */
struct machine *machine_new(const struct machine_config *config, struct error *err);

/* Free MACHINE and what it owns (memory, CPUs; not the devices' state).  NULL is allowed. */
void machine_free(struct machine *machine);

/* ---- the board ---- */

enum memory_kind { MEMORY_RAM, MEMORY_ROM };	/* a store to ROM by the guest is an external abort */

/* Memory of SIZE bytes at BASE, both multiples of PAGE_SIZE, zeroed.  False with ERR when it overlaps something or the
 * host refuses. */
bool machine_add_memory(struct machine *machine, gpa_t base, uint64_t size, enum memory_kind kind, struct error *err);

/* A device at BASE (multiple of PAGE_SIZE; SIZE 0 for one without registers).  DEV stays the caller's and must outlive
 * MACHINE.  False with ERR when it overlaps something. */
bool machine_add_device(struct machine *machine, gpa_t base, uint64_t size, const struct device_ops *ops, void *dev,
			struct error *err);

/* Let DEV answer system registers, asked before the ones added earlier. */
void machine_add_sysregs(struct machine *machine, const struct sysreg_ops *ops, void *dev);

/* Read zero and ignore stores where nothing is mapped, instead of an external abort (--lenient). */
void machine_set_lenient(struct machine *machine, bool lenient);

/* A handler of SMC (EC 0x17) and HVC (EC 0x16) in place of the guest's exception levels: for a machine without
 * firmware.  It returns true when it dealt with the call; false lets the architecture take it. */
typedef bool call_fn(void *ctx, struct cpu *cpu, unsigned ec);

/* Register HANDLER (NULL: none). */
void machine_set_call_handler(struct machine *machine, call_fn *handler, void *ctx);

/* ---- what devices do ---- */

/* WAKE ends a WFI or a suspension, and interrupts nothing: what a power controller makes of GICv3's wake request. */
enum cpu_line { LINE_IRQ, LINE_FIQ, LINE_WAKE, LINE_COUNT };

/* Drive an input of CPU.  Level-sensitive. */
void machine_set_line(struct machine *machine, unsigned cpu, enum cpu_line line, bool level);

/* Hand EVENT to the observer, with t, cpu, el and pc filled in for CPU (or EVENT_NO_CPU). */
void machine_emit(struct machine *machine, int cpu, struct event *event);

/* The event stream of CPU's timer ticked: set its event register (WAKE_STREAM). */
void machine_stream_event(struct machine *machine, unsigned cpu);

/* Ask for poll() of all devices at the start of the next slice: a deadline moved. */
void machine_request_poll(struct machine *machine);

/* Can a device read and write the LEN bytes at ADDR: are they in one piece of RAM? */
bool machine_is_ram(const struct machine *machine, gpa_t addr, uint64_t len);

/* A device reads LEN bytes of RAM at ADDR into TO; false, with TO untouched, when they are not in RAM. */
bool machine_dma_read(const struct machine *machine, gpa_t addr, void *to, size_t len);

/* A device writes LEN bytes to RAM at ADDR, with all that belongs to a store: it opens the monitors of the CPUs,
 * watches see it (without a CPU), and code there is as it was until the guest maintains its instruction caches.  False,
 * with nothing written, when they are not in RAM.  Only from poll(): no CPU is in the middle of a block then. */
bool machine_dma_write(struct machine *machine, gpa_t addr, const void *from, size_t len);

/* What a device stores that is too large for its save(): SIZE bytes, zeroes at first, which no CPU can address.
 * Snapshots and the hash hold it as they hold RAM.  *ID names it in the calls below; at most STORAGE_MAX of them, added
 * when the board is built, of at most STORAGE_SIZE_MAX bytes each.  False with ERR when the host refuses. */
enum { STORAGE_MAX = 64 };
#define STORAGE_SIZE_MAX	(UINT64_C(1) << 44)
bool machine_add_storage(struct machine *machine, uint64_t size, unsigned *id, struct error *err);

/* The LEN bytes at OFFSET of the storage ID, which must hold them. */
void machine_storage_read(const struct machine *machine, unsigned id, uint64_t offset, void *to, size_t len);
/* Change them. */
void machine_storage_write(struct machine *machine, unsigned id, uint64_t offset, const void *from, size_t len);

/* Turn the whole board off, or reset it, at the end of the present instruction. */
void machine_request_power(struct machine *machine, enum power_state state);

/* ---- CPUs ---- */

/* CPU number INDEX, 0 to machine_cpu_count() - 1. */
struct cpu *machine_cpu(struct machine *machine, unsigned index);
/* The same for a reader. */
const struct cpu *machine_cpu_const(const struct machine *machine, unsigned index);

/* CPUs in the machine. */
unsigned machine_cpu_count(const struct machine *machine);

/* Number of the CPU whose affinity fields are MPIDR, or -1. */
int machine_find_mpidr(const struct machine *machine, uint64_t mpidr);

/* Give CPU its core, which costs the host some memory; before the first machine_start_cpu(), when the board is complete.
 * False with ERR when the host cannot. */
bool machine_power_up_cpu(struct machine *machine, unsigned cpu, struct error *err);

/* Reset CPU and let it start at PC in exception level EL (1 to 3), MMU and caches off, DAIF masked, all registers zero
 * but X0 = ARG; below EL3 the higher levels are set up as firmware would have done it.  Emits EVENT_RESET or, when
 * BY_CALL, EVENT_POWER on. */
void machine_start_cpu(struct machine *machine, unsigned cpu, gva_t pc, int el, uint64_t arg, bool by_call);

/* Turn CPU off (PSCI CPU_OFF in the emulator). */
void machine_stop_cpu(struct machine *machine, unsigned cpu);

/* Let CPU sleep as by WFI until an interrupt wakes it (PSCI CPU_SUSPEND in the emulator). */
void machine_sleep_cpu(struct machine *machine, unsigned cpu);

/* ---- memory, without side effects on the guest ---- */

/* Copy LEN bytes at the physical address ADDR to TO, through peek for devices; false when any byte is mapped nowhere
 * (TO is then zero there). */
bool machine_peek(const struct machine *machine, gpa_t addr, void *to, size_t len);

/* Write LEN bytes as a debugger or a loader does: into ROM too, no event, no monitor, but translated code is dropped.
 * False when any byte is not memory (nothing is written). */
bool machine_poke(struct machine *machine, gpa_t addr, const void *from, size_t len);

/* Is [ADDR, ADDR + LEN) inside one piece of memory? */
bool machine_is_memory(const struct machine *machine, gpa_t addr, uint64_t len);

/* Is ADDR inside ROM? */
bool machine_is_rom(const struct machine *machine, gpa_t addr);

/* Where CPU's present translation regime maps VA for a read, into PA; false when it does not. */
bool machine_translate(const struct machine *machine, unsigned cpu, gva_t va, gpa_t *pa);

/* Value of a system register by its number, as MRS would see it at EL3, no side effects; false when there is none. */
bool machine_peek_sysreg(const struct machine *machine, unsigned cpu, uint32_t reg, uint64_t *value);

/* ---- time ---- */

/* Instructions run over all CPUs since reset. */
uint64_t machine_time(const struct machine *machine);

/* The system counter: ticks of MACHINE_CNTFRQ; runs with instructions, and leaps when every CPU sleeps. */
uint64_t machine_ticks(const struct machine *machine);

/* ---- running ---- */

enum stop_reason {
	STOP_LIMIT,		/* the limit of instructions was reached */
	STOP_MARK,		/* a CPU is about to run an instruction marked MARK_STOP */
	STOP_WATCH,		/* a watched store was done: the CPU stands after it; a device: no CPU */
	STOP_WISH,		/* machine_request_stop() was called, or the observer asked */
	STOP_POWER_OFF,		/* the board turned itself off: it runs no further */
	STOP_RESET,		/* the board asked for a reset; the owner rebuilds it */
	STOP_FAULT,		/* an exception that nothing handles: the text says which */
	STOP_DEADLOCK,		/* every CPU that is on sleeps and nothing can wake it */
	STOP_IDLE,		/* as deadlock, but every sleeper is at an idle mark */
	STOP_SCHEDULE_END,	/* a replayed schedule has no more entries */
	STOP_LIVELOCK,		/* the watchdog saw CPUs spin */
};

/* Why machine_run() came back. */
struct stop {
	enum stop_reason reason;
	int cpu;		/* the CPU it is about, or EVENT_NO_CPU */
	gva_t pc;
	gpa_t addr;		/* STOP_WATCH: physical address; STOP_FAULT: what was touched */
	unsigned size;		/* STOP_WATCH: bytes that were stored at addr */
	uint64_t old, value;	/* STOP_WATCH: those bytes before and after */
	const char *text;	/* STOP_FAULT, STOP_DEADLOCK, STOP_LIVELOCK: one or more lines; owned by the machine, until the next run */
};

/* Run by the schedule until LIMIT more instructions have been run over all CPUs (exactly), or something stops it. */
struct stop machine_run(struct machine *machine, uint64_t limit);

/* As machine_run(), but end also when CPU has run INSTRUCTIONS (cpu_instructions()) in its life: STOP_LIMIT with that CPU. */
struct stop machine_run_cpu_to(struct machine *machine, uint64_t limit, unsigned cpu, uint64_t instructions);

/* Run only CPU for COUNT instructions, whatever the schedule says (it sleeps on when it sleeps: then 0 are run and
 * reason is STOP_LIMIT).  The schedule goes on from where it was; the record of the schedule has it.  COUNT 0 only brings the
 * devices up to date. */
struct stop machine_step_cpu(struct machine *machine, unsigned cpu, uint64_t count);

/* Do what happens before the next instruction, whichever that will be: devices are brought up to date, time leaps when
 * every CPU sleeps, and the schedule picks a CPU.  Whoever changes the machine from outside does this first: then the change
 * comes at one definite point of time, no matter how the machine was brought there. */
void machine_settle(struct machine *machine);

/* Let machine_run() return STOP_WISH at the next end of a slice.  The one call that a signal handler may make. */
void machine_request_stop(struct machine *machine);

/* From an observer or a handler: the same, but after the present instruction or block; from the handler of a mark, before
 * the marked instruction. */
void machine_stop_here(struct machine *machine);

/* ---- what is watched ---- */

enum mark_kind {
	MARK_STOP = 1,		/* stop before the instruction */
	MARK_NOTE = 2,		/* call the mark function before the instruction (milestones) */
	MARK_IDLE = 4,		/* a CPU asleep here is idle, not stuck (STOP_IDLE) */
};

/* Mark the instruction at the physical address ADDR; kinds add up.  Marks stay until cleared. */
void machine_set_mark(struct machine *machine, gpa_t addr, enum mark_kind kind);
/* Take KIND off ADDR. */
void machine_clear_mark(struct machine *machine, gpa_t addr, enum mark_kind kind);

/* Called before a MARK_NOTE instruction is run by CPU; t, EL and registers are exact there. */
typedef void mark_fn(void *ctx, struct cpu *cpu, gva_t pc, gpa_t pa);

/* Register the function (one). */
void machine_set_mark_handler(struct machine *machine, mark_fn *handler, void *ctx);

enum watch_kind {
	WATCH_STOP = 1,		/* stop after a store to the range */
	WATCH_NOTE = 2,		/* call the watch function after a store to the range (tables) */
};

/* Watch stores to physical [ADDR, ADDR + LEN).  Returns an id for machine_clear_watch(). */
int machine_add_watch(struct machine *machine, gpa_t addr, uint64_t len, enum watch_kind kind);
/* Remove the watch ID. */
void machine_clear_watch(struct machine *machine, int id);

/* Called after a store of SIZE bytes at ADDR by CPU at PC, or by a device (CPU is NULL); OLD and VALUE are the SIZE
 * bytes before and after. */
typedef void watch_fn(void *ctx, struct cpu *cpu, gva_t pc, gpa_t addr, unsigned size, uint64_t old, uint64_t value);

/* Register the function (one). */
void machine_set_watch_handler(struct machine *machine, watch_fn *handler, void *ctx);

/* The one observer of events; NULL: none. */
void machine_set_observer(struct machine *machine, event_fn *observer, void *ctx);

/* Run every instruction by itself, so that machine_stop_here() stops right after the one that the observer was told of
 * (on), or as fast as what is watched allows (off). */
void machine_set_exact(struct machine *machine, bool on);

/* Which kinds are wanted (bit n: kind n).  Kinds that cost time when seen (ldxr, stxr, clrex) are made only when asked for. */
void machine_set_event_mask(struct machine *machine, uint64_t mask);

/* ---- schedule and injection ---- */

/* The scheduler, for machine/sched.h's calls. */
struct sched *machine_sched(struct machine *machine);

enum injection { INJECT_STXR_FAIL, INJECT_SPURIOUS_WAKE, INJECT_DROP_SEV, INJECT_FREEZE };

/* Do something that the architecture allows, or a broken board does, to CPU (see the names): its next store-exclusive
 * fails; it wakes now for no reason; the next SEV is not seen by it; it does not run for the next N slices' instructions. */
void machine_inject(struct machine *machine, enum injection what, unsigned cpu, uint64_t n);

/* Report CPUs that spin over the same few instructions for N instructions with nothing changing (0: off). */
void machine_set_livelock(struct machine *machine, uint64_t n);

/* ---- state ---- */

/* One number for all CPUs' registers, monitors and event registers, and all memory. */
uint64_t machine_hash(const struct machine *machine);

/* A snapshot of everything.  Memory that has not changed since is shared.  Free with machine_snapshot_free() before the
 * machine. */
struct snapshot;
struct snapshot *machine_save(struct machine *machine);
/* Put MACHINE back to SNAPSHOT, which stays valid. */
void machine_restore(struct machine *machine, struct snapshot *snapshot);
/* Let go of SNAPSHOT. */
void machine_snapshot_free(struct machine *machine, struct snapshot *snapshot);
/* Machine time at which SNAPSHOT was made. */
uint64_t machine_snapshot_time(const struct snapshot *snapshot);
/* Bytes that all snapshots of MACHINE take together, what they share counted once. */
uint64_t machine_snapshots_bytes(const struct machine *machine);

#endif /* MACHINE_MACHINE_H */
