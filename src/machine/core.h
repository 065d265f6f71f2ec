/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/core.h: the inside of the machine library: its structs, and what the engine calls back.
 *
 * Private to the machine library.  A CPU runs in bursts.  In a burst the engine announces each block (FAST) or
 * instruction (EXACT, a block of one) before it is executed; only what was announced and followed by another
 * announcement, or by an exit, has been executed.  So the count of instructions is exact at every announcement and exit.
 */
#ifndef MACHINE_CORE_H
#define MACHINE_CORE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "machine/bus.h"
#include "machine/engine.h"
#include "machine/event.h"
#include "machine/insn.h"
#include "machine/machine.h"
#include "machine/mmu.h"
#include "machine/monitor.h"

/* What a block contains that the machine must look after. */
enum block_flag {
	BLOCK_AFTER = 1,	/* SEV, SEVL, WFE or ERET: dealt with after the block; or an access of it was aborted */
	BLOCK_EXCLUSIVE = 2,	/* any exclusive or CLREX */
	BLOCK_OPENS = 4,	/* leaves a reservation of the core open */
	BLOCK_STXR = 8,		/* has a store-exclusive whose load-exclusive is in an earlier block */
	BLOCK_STORES = 16,	/* has an ordinary store */
	BLOCK_EXACT = 32,	/* mixes exclusives and stores so that only the exact profile is right */
	BLOCK_MARK = 64,	/* has a mark */
	BLOCK_STTR = 128,	/* has a store with EL0's rights */
	BLOCK_NOWHERE = 256,	/* cannot be fetched: nothing is there, or the address is odd */
	BLOCK_PAIR = 1024,	/* has a store-exclusive whose load-exclusive is in it, too */
	BLOCK_ENDS = 512,	/* its last instruction ends a basic block */
};

/* The reservation of the core as far as the blocks told that were announced. */
struct core_reservation {
	bool is_open;		/* there is one */
	bool is_untold;		/* the core may hold one that the monitor has not been told of */
	bool differs;		/* the core's and the monitor's entry differ: only the exact profile is right */
	uint8_t size;		/* bytes */
	uint8_t base;		/* register that held its address */
	uint32_t written;	/* general registers that may have been written since */
};

/* What was found out about a block; a cache indexed by its address. */
struct block {
	gva_t addr;
	uint32_t generation;	/* of the CPU's translations, when this was true */
	uint32_t count;		/* instructions */
	const uint8_t *code;	/* code bytes (bus.h) of its first instruction */
	uint16_t flags;
	uint8_t open_size;	/* bytes of the reservation that it leaves open, 0: none */
	bool open_stored;	/* an ordinary store came after the load-exclusive that left it */
	uint8_t open_base;	/* base register of the load-exclusive that left it */
	uint8_t stxr_size;	/* bytes of its first store-exclusive, when BLOCK_STXR */
	uint8_t stxr_base;	/* and its base register */
	uint32_t stxr_written;	/* general registers that may be written before that */
	uint32_t written;	/* general registers that may be written after its last load-exclusive, or at all */
	uint32_t version;	/* of its page, when this was true */
	const struct code_page *page;
};

/* One entry of the software TLB for fetches. */
struct fetch_tlb {
	gva_t va;		/* of the page */
	uint32_t generation;
	const struct code_page *page;
	gpa_t pa;
};

/* Addresses that are mapped by a block of more than PAGE_SIZE, as far as the caches of this generation know. */
struct large_span {
	gva_t first, last;	/* their first and last page */
};

/* One entry of the software TLB for stores. */
struct store_tlb {
	uint64_t tag;		/* page address | generation | EL0; see store.c */
	uint8_t *host;		/* page of memory that may be written without further ado, or NULL */
	gpa_t pa;
};

/* The last store to memory, to be taken back when the core refuses it after all. */
struct store_undo {
	gva_t va;
	uint8_t *host;		/* NULL: nothing was written */
	uint64_t old;
	unsigned size;
	bool is_across;		/* cpu->undo_high has the part in the next page */
};

enum {
	CODE_LINE = 64,			/* bytes that IC IVAU is about: CTR_EL0.IminLine of every model */
	BLOCK_CACHE_SIZE = 8192,
	FETCH_TLB_SIZE = 256,
	STORE_TLB_SIZE = 1024,
	LARGE_SPANS = 16,
};

enum cpu_wish {
	WISH_STOP_MARK = 1,	/* a MARK_STOP comes next */
	WISH_EXACT = 2,		/* the coming block must run in the exact profile */
	WISH_SLEEP = 4,		/* WFE or WFI put the CPU to sleep */
	WISH_TRAP = 8,		/* an exception found here: the fields trap_ have it */
	WISH_ABORT = 16,	/* an external abort of a load or store: the fields abort_ have it */
	WISH_WATCH = 32,	/* a watched store was done */
	WISH_END = 64,		/* the slice or the limit was reached */
	WISH_REQUEST = 128,	/* a power request */
	WISH_AGAIN = 256,	/* an interrupt line changed: come out and go in again, so that the core sees it */
};

/* What makes the announcement of a block take the slow way. */
enum cpu_attention {
	ATTENTION_OPEN = 1,	/* a reservation is open */
	ATTENTION_VIRQ = 2,	/* an interrupt is asserted: the core may enter its handler by itself */
	ATTENTION_BOUNDARY = 4,	/* a line or the power changed: act at the next end of a basic block */
	ATTENTION_WISH = 8,	/* stop after the present instruction */
	ATTENTION_INJECT = 16,	/* the next store-exclusive must fail */
	ATTENTION_HIGH = 32,	/* an interrupt that the core does not take by itself is asserted */
	ATTENTION_CODE = 64,	/* translated code is out of date: drop it before the next block */
};

enum { SPIN_PLACES = 8, SPIN_PLACE_SIZE = 64 };

/* What the livelock watchdog knows of a CPU. */
struct spin {
	uint64_t changes;	/* the machine's, when it last looked */
	uint64_t since;		/* instructions the CPU had run then */
	gva_t place[SPIN_PLACES];	/* where its slices ended since, in steps of SPIN_PLACE_SIZE */
	unsigned places;
};

/* The last exception that a handler took at its own level. */
struct storm {
	gva_t pc;
	uint64_t when;		/* instructions of the CPU by then */
	unsigned count;		/* how often in a row, at the same place */
};

struct cpu {
	struct machine *machine;
	struct engine *engine;		/* NULL until the CPU is first started */
	unsigned index;
	uint64_t mpidr;
	enum cpu_state state;
	bool event_register;
	bool line[LINE_COUNT];
	uint64_t ctr;			/* CTR_EL0 as the guest reads it, 0: not asked for yet */
	uint64_t hcr;			/* HCR_EL2 as the guest wrote it */
	uint8_t vbar_set;		/* bit n: VBAR_ELn was written since reset */
	uint64_t instructions;		/* run since power-on */
	uint64_t instruction_limit;	/* of the present machine_run(), in the same count */
	uint64_t asleep_since;		/* machine time */
	uint64_t frozen_until;		/* machine time */
	bool inject_stxr_fail, inject_drop_sev;
	bool skip_mark;			/* the mark at PC was honoured: go on past it */
	bool boundary;			/* a basic block ended just before PC */
	bool irq_noted;			/* the entry of an interrupt that returns to irq_return was reported */
	gva_t irq_return;
	unsigned losses;		/* store-exclusives in a row that failed since the reservation was lost */
	struct spin spin;
	unsigned attention;		/* enum cpu_attention bits */
	struct storm storm;
	struct core_reservation core;

	/* The present burst. */
	uint64_t ran;			/* instructions finished in earlier bursts and blocks of this run */
	uint64_t soft_end, hard_end;	/* in the same count: end at a block's end from here, end here exactly */
	uint64_t check_at;		/* the lesser of the two: look closer when a block passes it */
	uint64_t exact_until;		/* in the same count: run exactly until then */
	gva_t block_addr;
	uint32_t block_count;		/* instructions of the block that was announced, 0: none */
	uint16_t block_flags;
	const uint8_t *block_code;
	struct core_reservation before_block;	/* what `core` was when the block was announced */
	unsigned access_index;		/* index in the block of the last access that was located */
	bool access_done;		/* all of that access was seen: the next one is of a later instruction */
	bool is_exact;			/* the present profile */
	int el;				/* exception level, kept up to date */
	unsigned wish;			/* enum cpu_wish bits: why engine_stop() was called */
	uint32_t trap_syndrome;
	unsigned trap_el;
	gva_t trap_far;
	gva_t store_va;			/* address of the present store */
	gva_t repeat_va;		/* bytes of an unaligned store that the library hands over once more: from here, */
	unsigned repeats;		/* so many */
	gva_t abort_va;
	bool abort_is_write;
	struct engine_state *abort_state;	/* the registers at the access */
	struct stop watch_stop;
	struct store_undo undo, undo_high;

	/* Caches, valid for one generation of translations. */
	uint32_t generation;
	uint32_t regime_generation;
	struct mmu_regime regime;
	struct block blocks[BLOCK_CACHE_SIZE];
	struct fetch_tlb fetch_tlb[FETCH_TLB_SIZE];
	struct store_tlb store_tlb[STORE_TLB_SIZE];
	struct large_span large[LARGE_SPANS];	/* the last one takes in all that have no place of their own */
	unsigned large_count;
};

struct watch {
	int id;
	gpa_t addr;
	uint64_t len;
	enum watch_kind kind;
};

struct mark {
	gpa_t addr;
	unsigned kinds;
};

struct attached_sysregs {
	const struct sysreg_ops *ops;
	void *dev;
};

struct attached_device {
	const struct device_ops *ops;
	void *dev;
};

struct machine {
	struct machine_config config;
	struct engine_layout layout;
	struct bus bus;
	struct cpu *cpu[CPU_MAX];
	struct sched *sched;
	struct monitor monitor;
	bool is_lenient;
	bool wants_exact;		/* machine_set_exact() */
	bool has_gic_sysregs;

	uint64_t t;			/* instructions finished before the present burst */
	uint64_t idle_ticks;		/* counter ticks leapt over while every CPU slept */
	uint64_t next_poll;		/* tick at which devices want to be polled */
	struct cpu *running;		/* the CPU whose burst this is, or NULL */

	call_fn *call_handler;
	void *call_ctx;
	mark_fn *mark_handler;
	void *mark_ctx;
	watch_fn *watch_handler;
	void *watch_ctx;
	event_fn *observer;
	void *observer_ctx;
	uint64_t event_mask;
	bool needs_exact;		/* watches that stop, or events that only the exact profile sees */

	VEC(struct attached_device) devices;
	VEC(struct attached_sysregs) sysregs;
	VEC(struct watch) watches;
	VEC(struct mark) marks;
	int next_watch_id;
	unsigned storage_count;
	bool has_dma_stop;		/* a device stored to what is watched: the next run stops first */
	struct stop dma_stop;

	volatile sig_atomic_t stop_requested;	/* written by signal handlers */
	bool power_requested;
	int power_cpu;			/* by an instruction of this CPU; EVENT_NO_CPU: from outside */
	enum power_state power;
	char text[4096];		/* of the last stop */

	uint64_t livelock;		/* watchdog, 0: off */
	uint64_t changes;		/* counted while it is on: what could end somebody's spinning */
	VEC(gpa_t) dirty;		/* pages written since the last snapshot */
	uint64_t saved_bytes;		/* that all snapshots take together */
};

/* Kinds that only the exact profile sees. */
#define EXACT_EVENTS	(1ull << EVENT_LDXR | 1ull << EVENT_STXR | 1ull << EVENT_CLREX)

/* ---- machine/slices.c ---- */

/* The slice of CPU, which is in the fast profile, is over.  When nobody else can run and nothing is due, begin its next one
 * without leaving the engine; false when it must be left. */
bool machine_begin_next_slice(struct machine *machine, struct cpu *cpu);

/* ---- machine/run.c ---- */

/* The engine is about to execute COUNT instructions at ADDR. */
void cpu_on_block(struct cpu *cpu, gva_t addr, unsigned count);

/* Run CPU until one of its ends (soft_end, hard_end) or a stop; *STOP is filled and true returned when the whole run
 * must stop. */
bool cpu_run(struct cpu *cpu, struct stop *stop);

/* The present instruction: its address and its time, as far as can be told inside a block. */
gva_t cpu_present_pc(const struct cpu *cpu);
/* Machine time of the present instruction of CPU. */
uint64_t cpu_present_time(const struct cpu *cpu);

/* From a callback: come out of the engine for WISH. */
void cpu_wish_now(struct cpu *cpu, enum cpu_wish wish);

/* EVENT of CPU belongs to the instruction at PC, run at T. */
void cpu_emit_at(struct cpu *cpu, struct event *event, uint64_t t, gva_t pc);

/* ---- machine/livelock.c ---- */

/* Something happened that could end somebody's spinning. */
void livelock_changed(struct machine *machine);

/* A slice of CPU ended.  True, with *STOP filled, when every CPU that runs spins. */
bool livelock_check(struct machine *machine, struct cpu *cpu, struct stop *stop);

/* ---- machine/run.c, observing ---- */

/* Does the observer want KIND? */
bool machine_wants(const struct machine *machine, enum event_kind kind);

/* Read CPU's exception level from the core. */
void cpu_refresh_el(struct cpu *cpu);

/* ---- machine/block.c ---- */

/* What is known of the block of COUNT instructions at ADDR, found out if need be. */
const struct block *block_look_up(struct cpu *cpu, gva_t addr, unsigned count);

/* Where it would be kept. */
static inline const struct block *block_peek(const struct cpu *cpu, gva_t addr)
{
	return &cpu->blocks[addr >> 2 & (BLOCK_CACHE_SIZE - 1)];
}

/* Is BLOCK that of COUNT instructions at ADDR, and of this generation? */
static inline bool block_is(const struct cpu *cpu, const struct block *block, gva_t addr, unsigned count)
{
	return block->addr == addr && block->generation == cpu->generation && block->count == count;
}

/* The same for the first COUNT instructions only, kept nowhere. */
struct block block_cut(struct cpu *cpu, gva_t addr, unsigned count);

/* Look again at the instructions in the page of PA, if it has been run: they changed, or a mark in it did. */
void code_page_changed(struct machine *machine, gpa_t pa);

/* The LEN bytes at PA, inside one page, may differ from the translated instructions: drop those on all CPUs (ONLY: NULL)
 * or one. */
void code_drop(struct machine *machine, gpa_t pa, unsigned len, struct cpu *only);

/* The same for the page of PA. */
void code_page_drop(struct machine *machine, gpa_t pa, struct cpu *only);

/* The same for every page that has been run (IC IALLU). */
void code_drop_all(struct machine *machine, struct cpu *only);

/* Move cpu->access_index to the load or store of the announced block that touches SIZE bytes at PA.  Call it once for an
 * access.  Returns its virtual address. */
gva_t block_locate_access(struct cpu *cpu, gpa_t pa, unsigned size, bool is_store);

/* The word that the core fetches from VA, or NULL; while it translates, its level may be newer than the CPU's. */
uint8_t *cpu_fetched_word(struct cpu *cpu, gva_t va);

/* Where VA is fetched from at present, into PA; false when the tables do not say. */
bool block_fetch_address(struct cpu *cpu, gva_t va, gpa_t *pa);

/* ---- machine/watches.c ---- */

/* Is any of the LEN bytes at PA in the range of WATCH? */
bool watch_covers(const struct watch *watch, gpa_t pa, uint64_t len);

/* ---- machine/dma.c ---- */

/* Did a device store to what is watched?  Then *STOP says so, once. */
bool dma_take_stop(struct machine *machine, struct stop *stop);

/* ---- machine/store.c ---- */

/* The guest stores SIZE low bytes of VALUE at VA; a fault is left for the core to raise. */
void cpu_on_store(struct cpu *cpu, gva_t va, unsigned size, uint64_t value);

/* The core raised a data abort with SYNDROME for a store at VA: if that was done already, take it back. */
void store_refused(struct cpu *cpu, uint32_t syndrome, gva_t va);

/* DC ZVA at VA; false when the core must raise the fault. */
bool cpu_on_zero(struct cpu *cpu, gva_t va);

/* Store to physical memory or a device for CPU, with all that belongs to a store (monitors, watches, marks of pages). */
void store_physical(struct cpu *cpu, gpa_t pa, unsigned size, uint64_t value);

/* The page of PA in memory REGION is about to be changed: keep account of it for snapshots and the hash. */
void store_touch_page(struct machine *machine, const struct region *region, gpa_t pa);

/* Where a store at VA by CPU goes, into PA; false when the tables forbid it. */
bool store_address(struct cpu *cpu, gva_t va, bool is_el0, gpa_t *pa);

/* A load from a device region or from nothing at PA. */
uint64_t cpu_on_load(struct cpu *cpu, const struct region *region, gpa_t pa, unsigned size);

/* Forget the software TLBs, the block cache and the copy of the regime's registers. */
void cpu_new_generation(struct cpu *cpu);

/* The same for the page of VA alone (TLBI by address). */
void cpu_forget_page(struct cpu *cpu, gva_t va);

/* The software TLBs take up a page at VA, which LEAF maps. */
void cpu_note_leaf(struct cpu *cpu, gva_t va, const struct mmu_leaf *leaf);

/* The registers of CPU's present translation regime. */
const struct mmu_regime *cpu_regime(struct cpu *cpu);

/* ---- machine/exclusive.c ---- */

/* Before a load- or store-exclusive or CLREX at PC in the exact profile: it may be done here, and the core goes on
 * after it. */
void exclusive_before(struct cpu *cpu, enum insn_class class, gva_t pc);

/* Is the address of the exclusive at PC, which is put into *VA, a multiple of its size? */
bool exclusive_is_aligned(struct cpu *cpu, gva_t pc, gva_t *va);

/* Before BLOCK in the fast profile.  False when it must run in the exact one. */
bool exclusive_before_block(struct cpu *cpu, const struct block *block);

/* Only the first DONE instructions of the announced block were executed (fast profile). */
void exclusive_cut_block(struct cpu *cpu, unsigned done);

/* An instruction other than an exclusive is executed, or a block of such: it may part the core from the monitor. */
void exclusive_pass(struct cpu *cpu, const struct block *block);

/* The monitor of CPU opens: an exception return, or its power goes. */
void exclusive_open(struct cpu *cpu);

/* Tell the monitor what the core reserved during the burst. */
void exclusive_sync(struct cpu *cpu);

/* Has CPU lost its reservations so often that, holding one now, it should keep its slice until that is used? */
bool exclusive_is_desperate(const struct cpu *cpu);

/* A device stored SIZE bytes at PA: open the monitors of all CPUs, wake who waits. */
void exclusive_stored_by_device(struct machine *machine, gpa_t pa, unsigned size);

/* CPU stored SIZE bytes at PA: open the others' monitors, wake who waits.  True when it located the access for that. */
bool exclusive_stored(struct cpu *cpu, gpa_t pa, unsigned size, enum lost_how how);

/* ---- machine/sleep.c ---- */

/* The event register of CPU is set by BY (from CPU number FROM or -1); it wakes when it sleeps in WFE.  True if it woke. */
bool sleep_set_event(struct cpu *cpu, enum wake_by by, int from);

/* SEV by CPU. */
void sleep_sev(struct cpu *cpu, gva_t pc);

/* CPU has just executed WFE (IS_WFI: WFI) at PC: sleep, fall through or trap.  Sets wishes. */
void sleep_wait(struct cpu *cpu, gva_t pc, bool is_wfi);

/* An interrupt line of CPU changed: wake it when that wakes. */
void sleep_line_changed(struct cpu *cpu);

/* Can CPU be given a slice now? */
bool sleep_can_run(const struct cpu *cpu);

/* ---- machine/sysreg.c ---- */

/* MRS, MSR and SYS by the guest; true when *VALUE is the answer, or when the write or the instruction was done here. */
bool cpu_on_mrs(struct cpu *cpu, uint32_t reg, uint64_t *value);
/* MSR. */
bool cpu_on_msr(struct cpu *cpu, uint32_t reg, uint64_t value);
/* SYS: cache, TLB and address translation instructions. */
bool cpu_on_sys(struct cpu *cpu, uint32_t reg, uint64_t value);

/* Put HCR_EL2 in the core: the guest's, with VI and IMO as the interrupt line has it. */
void sysreg_update_hcr(struct cpu *cpu);
/* What a guest on CPU sees in REG where the core holds VALUE, and what the core is given for VALUE. */
uint64_t sysreg_shown(const struct cpu *cpu, uint32_t reg, uint64_t value);
uint64_t sysreg_kept(uint32_t reg, uint64_t value);

/* Set the registers of the levels above EL as firmware and a hypervisor would leave them. */
void sysreg_prepare_lower(struct cpu *cpu, int el);

/* Let the devices have VALUE for REG, as an MSR at CPU's level; false when none takes it. */
bool sysreg_write_attached(struct cpu *cpu, uint32_t reg, uint64_t value);

/* ---- machine/exception.c ---- */

/* Take the synchronous exception with SYNDROME (EC as for a lower level) to EL TARGET, preferred return address PC.
 * False, with the reason in *STOP, when nothing can handle it. */
bool exception_take(struct cpu *cpu, uint32_t syndrome, uint64_t far, unsigned target, gva_t pc, struct stop *stop);

/* Take an exception that ended a burst, or hand it to the call handler. */
bool exception_from_core(struct cpu *cpu, struct stop *stop);

/* Is an interrupt pending that goes to EL2 or EL3, or to secure EL1, which the core does not take by itself, and is it to be
 * taken now? */
bool exception_is_interrupt_due(const struct cpu *cpu);

/* Take it.  False, with the reason in *STOP, when nothing can handle it. */
bool exception_take_interrupt(struct cpu *cpu, struct stop *stop);

/* Is CPU in secure state below EL3 (SCR_EL3.NS is 0)?  Then there is no EL2. */
bool exception_is_secure(const struct cpu *cpu);

/* HCR_EL2 as far as it has an effect: 0 in secure state. */
uint64_t exception_hcr(const struct cpu *cpu);

/* The level that takes synchronous exceptions of CPU that no control routes elsewhere. */
unsigned exception_own_target(const struct cpu *cpu);

/* Is such an interrupt pending, masked or not? */
bool exception_has_own_interrupt(const struct cpu *cpu);

/* Would a physical interrupt that is pending be taken now? */
bool exception_interrupt_unmasked(const struct cpu *cpu);

/* Does EL2 hold a virtual interrupt ready for this CPU, which it would take now or, EVEN_MASKED, once it unmasks it? */
bool exception_has_virtual_interrupt(const struct cpu *cpu, bool even_masked);

/* ---- machine/sched.c ---- */

struct slice {
	unsigned cpu;
	uint64_t count;		/* instructions that are left of it */
	bool is_exact;		/* end after just so many, not at the end of a block */
	bool is_open;		/* it was begun and has not ended */
};

/* A scheduler for COUNT CPUs. */
struct sched *sched_new(unsigned count);
/* Free it. */
void sched_free(struct sched *sched);

/* Is a slice open that one of the CPUs of RUNNABLE can go on with? */
bool sched_is_open(const struct sched *sched, uint64_t runnable);

/* Does the present slice end at the end of a basic block, and another of that kind follow it? */
bool sched_is_round_robin(const struct sched *sched);

/* Has a list nothing more to run? */
bool sched_is_at_end(const struct sched *sched);

/* The open slice, or the next one among the CPUs of RUNNABLE (not 0); NULL when a list is at its end.  Borrowed. */
const struct slice *sched_next(struct sched *sched, uint64_t runnable);

/* DONE instructions of the slice were run; IS_OVER: it ends here. */
void sched_done(struct sched *sched, uint64_t done, bool is_over);

/* The CPU of the slice that just ended has a reservation that it must not lose again: give it one more instruction.
 * False when the slice was extended enough. */
bool sched_extend(struct sched *sched);

/* Something done to a CPU on purpose, when the machine's clocks stood so. */
struct injected {
	enum injection what;
	unsigned cpu;
	uint64_t n;		/* INJECT_FREEZE: instructions */
	uint64_t t, idle_ticks;
};

/* Keep account of an injection. */
void sched_note_injection(struct sched *sched, const struct injected *injected);
/* The injection that a list has next, borrowed; NULL when there is none. */
const struct injected *sched_next_injection(const struct sched *sched);
/* It was done. */
void sched_injection_done(struct sched *sched);

/* COUNT instructions of CPU were run outside the policy (machine_step_cpu()). */
void sched_note_step(struct sched *sched, unsigned cpu, uint64_t count);

/* The state of SCHED, for snapshots.  Free with sched_saved_free(). */
struct sched_saved *sched_save_state(const struct sched *sched);
/* Put SCHED back to SAVED, what it recorded included. */
void sched_restore_state(struct sched *sched, const struct sched_saved *saved);
/* Free SAVED. */
void sched_saved_free(struct sched_saved *saved);
/* Bytes that SAVED takes. */
size_t sched_saved_bytes(const struct sched_saved *saved);

/* ---- machine/snapshot.c ---- */

/* Free the contents that REGION shares with snapshots. */
void snapshot_forget_region(struct machine *machine, struct region *region);

#endif /* MACHINE_CORE_H */
