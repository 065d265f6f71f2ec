/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/engine.c: executing instructions with libunicorn 2.0.1, and every cure that it needs.
 *
 * How a core is set up: memory is mapped read-only, so that the library discards each store after handing it to us;
 * devices and "holes" (all the rest of the 64-bit space) are mapped as devices without a write callback, since the
 * library checks virtual addresses against its map of physical ones; one private page holds a trampoline by which the
 * exception level is changed.  Counting and stopping is done by our hook alone, never by the library's count.
 */
#include "machine/engine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <unicorn/unicorn.h>

#include "base/alloc.h"
#include "machine/core.h"
#include "machine/sysreg.h"

/* The trampoline's page: physical, inside 40 bits, where boards have nothing. */
#define TRAMPOLINE	0xfffffff000ull
#define LAST_PAGE	0xfffffffffffff000ull
#define LANDING		(TRAMPOLINE + 0x10)	/* where its ERET returns to */

/* `until`, which is without effect: exits are enabled and there are none.  (Otherwise the library looks the address up
 * after each run, as a fetch, which can overwrite the exception that ended it.) */
#define NEVER		0

enum {
	INSN_ERET_WORD = 0xd69f03e0,
	INSN_SELF_BRANCH = 0x14000000,
	INSN_SVC_BEEF = 0xd4000001 | 0xbeef << 5,
	INSN_LDXR_X3_X0 = 0xc85f7c03,
	SYNDROME_SVC_BEEF = 0x5600beef,
	VECTOR_IRQ_LOWER = 0x480,
	NO_EXCEPTION = -1,
	PSTATE_SPSEL = 1,
	PSTATE_DAIF = 0x3c0,
	PSTATE_EL1H = 0x5, PSTATE_EL3H = 0xd,
	SCR_NS_BIT = 1,
	SCTLR_M_BIT = 1,
	TLBIS_KEPT = 16,	/* more than these are done as one of everything */
};

#define HCR_IMO_VI	(1ull << 4 | 1ull << 7)
#define HCR_TGE_BIT	(1ull << 27)

/* Numbers that the library gives exceptions in UC_HOOK_INTR. */
enum { UC_EXCEPTION_PREFETCH_ABORT = 3, UC_EXCEPTION_DATA_ABORT = 4 };

/* What the library keeps of an exception, at engine_layout.exception of its context. */
struct saved_exception {
	uint32_t syndrome;
	uint32_t fsr;
	uint64_t vaddress;
	uint32_t target_el;
};

/* A stretch of addresses without memory, in one instance: devices, and holes. */
struct window {
	struct engine *engine;
	gpa_t base;
};

/* Lines of a page (bit n: the nth CODE_LINE bytes) whose instructions changed. */
struct drop {
	gpa_t page;
	uint64_t lines;
};

/* A TLBI instruction that another CPU broadcast. */
struct tlbi {
	uint32_t reg;
	uint64_t value;
};

/* One instance of the library. */
struct instance {
	uc_engine *uc;
	VEC(struct tlbi) tlbis;		/* still to be done */
	VEC(struct drop) drops;		/* translated code that is out of date */
	VEC(struct window *) windows;
};

struct engine {
	struct cpu *cpu;
	const struct bus *bus;
	enum cpu_model model;
	const struct engine_layout *layout;
	struct instance instance[ENGINE_PROFILES];
	enum engine_profile active;
	uc_context *context;		/* scratch */
	struct engine_state *pristine;	/* as after power-on, at EL3 */
	uint32_t *trampoline;		/* one page */
	bool in_trampoline;
	uint8_t asked[SYSREG_NUMBERS / 8], missing[SYSREG_NUMBERS / 8];	/* bit n: of the register of number n */
	uint8_t *hidden_at;		/* where a word is hidden from the library, or NULL */
	uint32_t hidden;
	int exception;			/* number of the last one, or NO_EXCEPTION */
	const char *failure;
};

struct engine_state {
	uc_context *context;
};

/* ---- the library's calls, that cannot fail when we call them right ---- */

static uc_engine *uc_of(const struct engine *engine)
{
	return engine->instance[engine->active].uc;
}

static void must(uc_err result)
{
	assert(result == UC_ERR_OK);
	(void)result;
}

static uint64_t get_uc(const struct engine *engine, int reg)
{
	uint64_t value = 0;

	must(uc_reg_read(uc_of(engine), reg, &value));
	return value;
}

static void set_uc(struct engine *engine, int reg, uint64_t value)
{
	must(uc_reg_write(uc_of(engine), reg, &value));
}

static uc_arm64_cp_reg cp_of(uint32_t reg)
{
	return (uc_arm64_cp_reg){
		.op0 = reg >> 14 & 3, .op1 = reg >> 11 & 7, .crn = reg >> 7 & 15, .crm = reg >> 3 & 15, .op2 = reg & 7,
	};
}

static uint32_t number_of(const uc_arm64_cp_reg *cp)
{
	return SYSREG(cp->op0, cp->op1, cp->crn, cp->crm, cp->op2);
}

/* Registers whose state this library keeps elsewhere or not at all: asked for by number, it ends the process.  Found by asking
 * for every number with op0 of 2 and 3, on every model. */
static bool is_fatal_to_ask(uint32_t reg)
{
	static const uint32_t fatal[] = {
		SYSREG(2, 0, 0, 2, 0), SYSREG(2, 0, 1, 0, 4), SYSREG(2, 0, 1, 3, 4), SYSREG(2, 4, 0, 7, 0),	/* debug, OSLAR */
		SYSREG(3, 0, 4, 2, 2), SYSREG(3, 3, 4, 2, 0), SYSREG(3, 3, 9, 12, 4),	/* CurrentEL, NZCV, PMSWINC_EL0 */
	};

	for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
		if (fatal[i] == reg)
			return true;
	return false;
}

bool engine_get_sys(const struct engine *engine, uint32_t reg, uint64_t *value)
{
	uc_arm64_cp_reg cp = cp_of(reg);

	if (is_fatal_to_ask(reg) || uc_reg_read(uc_of(engine), UC_ARM64_REG_CP_REG, &cp) != UC_ERR_OK)
		return false;
	*value = cp.val;
	return true;
}

bool engine_set_sys(struct engine *engine, uint32_t reg, uint64_t value)
{
	uc_arm64_cp_reg cp = cp_of(reg);

	cp.val = value;
	return !is_fatal_to_ask(reg) && uc_reg_write(uc_of(engine), UC_ARM64_REG_CP_REG, &cp) == UC_ERR_OK;
}

uint64_t engine_sysreg(const struct engine *engine, uint32_t reg)
{
	uint64_t value = 0;

	engine_get_sys(engine, reg, &value);
	return value;
}

/* ---- hooks ---- */

/* Give back the word that the library must not translate. */
static void show_fatal(struct engine *engine)
{
	if (engine->hidden_at)
		memcpy(engine->hidden_at, &engine->hidden, sizeof(engine->hidden));
	engine->hidden_at = NULL;
}

static void hook_block(uc_engine *uc, uint64_t addr, uint32_t size, void *user)
{
	struct engine *engine = user;

	(void)uc;
	show_fatal(engine);
	if (engine->in_trampoline) {
		if (addr != TRAMPOLINE)
			uc_emu_stop(uc_of(engine));
		return;
	}
	cpu_on_block(engine->cpu, addr, size >> 2);
}

static void hook_interrupt(uc_engine *uc, uint32_t number, void *user)
{
	struct engine *engine = user;

	/* A callback that neither stops nor moves the PC would fault again for ever. */
	engine->exception = number;
	uc_emu_stop(uc);
}

static bool hook_store(uc_engine *uc, uc_mem_type type, uint64_t va, int size, int64_t value, void *user)
{
	struct engine *engine = user;

	(void)uc, (void)type;
	cpu_on_store(engine->cpu, va, size, value);
	return true;
}

/*
 * The library checks a virtual address of a fetch against the physical map: our own tables decide, not that.  On the model
 * with FEAT_FP16 all memory is mapped so that each word that is translated comes here first: those that the library ends
 * the process over are UDF while it looks.
 */
static bool hook_fetch_protected(uc_engine *uc, uc_mem_type type, uint64_t va, int size, int64_t value, void *user)
{
	struct engine *engine = user;
	const uint32_t udf = 0;
	uint8_t *host;

	(void)uc, (void)type, (void)size, (void)value;
	show_fatal(engine);
	host = engine->model == CPU_MAX_MODEL && !engine->in_trampoline ? cpu_fetched_word(engine->cpu, va) : NULL;
	if (!host)
		return true;
	memcpy(&engine->hidden, host, sizeof(engine->hidden));
	if (insn_is_fatal(engine->hidden)) {
		engine->hidden_at = host;
		memcpy(host, &udf, sizeof(udf));
	}
	return true;
}

/* A load from the page that only trampolines may see: what it finds there is undone, for nothing answers. */
static bool hook_load_protected(uc_engine *uc, uc_mem_type type, uint64_t va, int size, int64_t value, void *user)
{
	struct engine *engine = user;

	gpa_t pa;

	(void)uc, (void)type, (void)value;
	/* The library looks at the virtual address alone: that may be mapped to memory. */
	if (!engine->in_trampoline &&
	    mmu_translate(engine->bus, cpu_regime(engine->cpu), va, MMU_READ, engine->cpu->el == 0, &pa) == MMU_OK &&
	    pa - TRAMPOLINE < PAGE_SIZE)
		cpu_on_load(engine->cpu, NULL, pa, (unsigned)size);
	return true;
}

/* Does the core lack REG?  Asking it takes long, so it is asked once. */
static bool is_missing(struct engine *engine, uint32_t reg)
{
	const uint8_t bit = 1 << reg % 8;
	uint64_t value;

	if (!(engine->asked[reg / 8] & bit)) {
		engine->asked[reg / 8] |= bit;
		if (!engine_get_sys(engine, reg, &value))
			engine->missing[reg / 8] |= bit;
	}
	return engine->missing[reg / 8] & bit;
}

/* For a register that the core lacks the library takes our answer but does not go on to the next instruction. */
static void step_over_missing(struct engine *engine, uint32_t reg)
{
	if (is_missing(engine, reg))
		engine_set(engine, CPU_PC, engine_get(engine, CPU_PC) + 4);
}

static uint32_t hook_mrs(uc_engine *uc, uc_arm64_reg reg, const uc_arm64_cp_reg *cp, void *user)
{
	struct engine *engine = user;
	uint64_t value;

	if (!cpu_on_mrs(engine->cpu, number_of(cp), &value))
		return 0;
	must(uc_reg_write(uc, reg, &value));
	step_over_missing(engine, number_of(cp));
	return 1;
}

static uint32_t hook_msr(uc_engine *uc, uc_arm64_reg reg, const uc_arm64_cp_reg *cp, void *user)
{
	struct engine *engine = user;

	(void)uc, (void)reg;
	if (!cpu_on_msr(engine->cpu, number_of(cp), cp->val))
		return 0;
	step_over_missing(engine, number_of(cp));
	return 1;
}

static uint32_t hook_sys(uc_engine *uc, uc_arm64_reg reg, const uc_arm64_cp_reg *cp, void *user)
{
	struct engine *engine = user;

	(void)uc, (void)reg;
	return cpu_on_sys(engine->cpu, number_of(cp), cp->val);
}

static uint64_t window_read(uc_engine *uc, uint64_t offset, unsigned size, void *user)
{
	struct window *window = user;
	gpa_t pa = window->base + offset;

	(void)uc;
	/* The look ahead of a trampoline at its target is no access of the guest's. */
	if (window->engine->in_trampoline)
		return 0;
	return cpu_on_load(window->engine->cpu, bus_find(window->engine->bus, pa), pa, size);
}

/* ---- opening an instance ---- */

static bool add_hooks(struct engine *engine, struct instance *instance, enum engine_profile profile)
{
	static const int insns[] = { UC_ARM64_INS_MRS, UC_ARM64_INS_MSR, UC_ARM64_INS_SYS, UC_ARM64_INS_SYSL };
	uc_engine *uc = instance->uc;
	void *callbacks[] = { hook_mrs, hook_msr, hook_sys, hook_sys };
	uc_hook hook;

	if (uc_hook_add(uc, &hook, UC_HOOK_INTR, hook_interrupt, engine, 1, 0) ||
	    uc_hook_add(uc, &hook, UC_HOOK_MEM_WRITE_PROT, hook_store, engine, 1, 0) ||
	    uc_hook_add(uc, &hook, UC_HOOK_MEM_READ_PROT, hook_load_protected, engine, 1, 0) ||
	    uc_hook_add(uc, &hook, UC_HOOK_MEM_FETCH_PROT, hook_fetch_protected, engine, 1, 0))
		return false;
	for (size_t i = 0; i < sizeof(insns) / sizeof(insns[0]); i++)
		if (uc_hook_add(uc, &hook, UC_HOOK_INSN, callbacks[i], engine, 1, 0, insns[i]))
			return false;
	return !uc_hook_add(uc, &hook, profile == ENGINE_EXACT ? UC_HOOK_CODE : UC_HOOK_BLOCK, hook_block, engine, 1, 0);
}

static bool map_window(struct engine *engine, struct instance *instance, gpa_t base, uint64_t size)
{
	struct window *window;

	if (size == 0)
		return true;
	window = xzalloc(sizeof(*window));
	*window = (struct window){ .engine = engine, .base = base };
	vec_add(&instance->windows, window);
	return uc_mmio_map(instance->uc, base, size, window_read, window, NULL, NULL) == UC_ERR_OK;
}

static bool map_memory(const struct engine *engine, struct instance *instance, const struct region *region)
{
	uint32_t protection = UC_PROT_READ | (engine->model == CPU_MAX_MODEL ? 0 : UC_PROT_EXEC);

	return !uc_mem_map_ptr(instance->uc, region->base, region->size, UC_PROT_ALL, region->host) &&
	       !uc_mem_protect(instance->uc, region->base, region->size, protection);
}

/* What is no memory in [FROM, TO), but for the trampoline's page. */
static bool map_between(struct engine *engine, struct instance *instance, gpa_t from, gpa_t to)
{
	if (from <= TRAMPOLINE && TRAMPOLINE < to)
		return map_window(engine, instance, from, TRAMPOLINE - from) &&
		       map_window(engine, instance, TRAMPOLINE + PAGE_SIZE, to - TRAMPOLINE - PAGE_SIZE);
	return map_window(engine, instance, from, to - from);
}

/* In few pieces: for each store the library searches them twice. */
static bool map_all(struct engine *engine, struct instance *instance)
{
	const struct bus *bus = engine->bus;
	gpa_t end = 0;

	/* Neither to be written nor read: a guest that names this address has its stores and loads come to us. */
	if (uc_mem_map_ptr(instance->uc, TRAMPOLINE, PAGE_SIZE, UC_PROT_ALL, engine->trampoline) ||
	    uc_mem_protect(instance->uc, TRAMPOLINE, PAGE_SIZE, UC_PROT_EXEC))
		return false;
	for (size_t i = 0; i < bus->regions.len; i++) {
		const struct region *region = bus->regions.item[i];

		if (region->kind == REGION_DEVICE || region->kind == REGION_STORAGE)
			continue;
		if (!map_between(engine, instance, end, region->base) || !map_memory(engine, instance, region))
			return false;
		end = region->base + region->size;
	}
	/* The last page must be mapped alone: a region that ends with the address space is refused but for that one. */
	return map_between(engine, instance, end, LAST_PAGE) && map_window(engine, instance, LAST_PAGE, PAGE_SIZE);
}

static int uc_model(enum cpu_model model)
{
	static const int models[] = {
		[CPU_CORTEX_A53] = UC_CPU_ARM64_A53, [CPU_CORTEX_A57] = UC_CPU_ARM64_A57,
		[CPU_CORTEX_A72] = UC_CPU_ARM64_A72, [CPU_MAX_MODEL] = UC_CPU_ARM64_MAX,
	};

	return models[model];
}

static bool open_instance(struct engine *engine, enum engine_profile profile)
{
	struct instance *instance = &engine->instance[profile];

	return uc_open(UC_ARCH_ARM64, UC_MODE_ARM, &instance->uc) == UC_ERR_OK &&
	       uc_ctl_set_cpu_model(instance->uc, uc_model(engine->model)) == UC_ERR_OK &&
	       uc_ctl_exits_enable(instance->uc) == UC_ERR_OK &&
	       map_all(engine, instance) && add_hooks(engine, instance, profile);
}

static void close_instance(struct instance *instance)
{
	if (instance->uc)
		uc_close(instance->uc);
	for (size_t i = 0; i < instance->windows.len; i++)
		free(instance->windows.item[i]);
	vec_free(&instance->windows);
	vec_free(&instance->tlbis);
	vec_free(&instance->drops);
}

static uint32_t *new_trampoline(void)
{
	uint32_t *page = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);

	if (page == MAP_FAILED)
		return NULL;
	page[0] = INSN_ERET_WORD;
	page[(LANDING - TRAMPOLINE) / 4] = INSN_SELF_BRANCH;
	page[VECTOR_IRQ_LOWER / 4] = INSN_SELF_BRANCH;
	return page;
}

struct engine *engine_new(struct cpu *cpu, const struct bus *bus, enum cpu_model model,
			  const struct engine_layout *layout, struct error *err)
{
	struct engine *engine = xzalloc(sizeof(*engine));

	*engine = (struct engine){ .cpu = cpu, .bus = bus, .model = model, .layout = layout };
	engine->exception = NO_EXCEPTION;
	engine->trampoline = new_trampoline();
	if (!engine->trampoline || !open_instance(engine, ENGINE_FAST) ||
	    uc_context_alloc(uc_of(engine), &engine->context) != UC_ERR_OK) {
		engine_free(engine);
		return error_null(err, "the host cannot hold another CPU (libunicorn gave no instance)");
	}
	engine_set_level(engine, PSTATE_DAIF | PSTATE_EL3H, 0);
	engine->pristine = engine_save(engine);
	return engine;
}

void engine_free(struct engine *engine)
{
	if (!engine)
		return;
	engine_state_free(engine->pristine);
	if (engine->context)
		uc_context_free(engine->context);
	for (int i = 0; i < ENGINE_PROFILES; i++)
		close_instance(&engine->instance[i]);
	if (engine->trampoline)
		munmap(engine->trampoline, PAGE_SIZE);
	free(engine);
}

void engine_reset(struct engine *engine)
{
	engine_restore(engine, engine->pristine);
}

/* ---- registers ---- */

static int uc_reg(int reg)
{
	if (reg < 29)
		return UC_ARM64_REG_X0 + reg;
	switch (reg) {
	case 29:
		return UC_ARM64_REG_X29;
	case 30:
		return UC_ARM64_REG_X30;
	case CPU_SP:
		return UC_ARM64_REG_SP;
	case CPU_PC:
		return UC_ARM64_REG_PC;
	}
	assert(reg == CPU_PSTATE);
	return UC_ARM64_REG_PSTATE;
}

uint64_t engine_get(const struct engine *engine, int reg)
{
	return get_uc(engine, uc_reg(reg));
}

void engine_set(struct engine *engine, int reg, uint64_t value)
{
	set_uc(engine, uc_reg(reg), value);
}

void engine_get_simd(const struct engine *engine, unsigned n, uint64_t half[2])
{
	must(uc_reg_read(uc_of(engine), UC_ARM64_REG_V0 + n, half));
}

uint64_t engine_get_stack(const struct engine *engine, int el)
{
	uint64_t pstate = get_uc(engine, UC_ARM64_REG_PSTATE);

	if (el == (pstate & PSTATE_SPSEL ? (int)(pstate >> 2 & 3) : 0))
		return get_uc(engine, UC_ARM64_REG_SP);
	return get_uc(engine, UC_ARM64_REG_SP_EL0 + el);
}

/* ---- the exception level ---- */

static uint32_t banked(int el, uint32_t el1, uint32_t el2, uint32_t el3)
{
	return el == 1 ? el1 : el == 2 ? el2 : el3;
}

static uint32_t sctlr_of(int el)
{
	return banked(el, SCTLR_EL1, SCTLR_EL2, SCTLR_EL3);
}

static uint32_t spsr_of(int el)
{
	return banked(el, SPSR_EL1, SPSR_EL2, SPSR_EL3);
}

static void run_trampoline(struct engine *engine)
{
	int exception = engine->exception;

	engine->in_trampoline = true;
	must(uc_emu_start(uc_of(engine), TRAMPOLINE, NEVER, 0, 0));
	engine->in_trampoline = false;
	/* Fetching at the target may have faulted already: it will fault again when the CPU runs there. */
	engine->exception = exception;
}

/*
 * From EL0 no ERET can be executed.  Let the core take a virtual IRQ by itself, to a vector in the trampoline's page, and
 * undo what that changed: it is then at EL1 with its flags rebuilt.
 */
static void leave_el0(struct engine *engine)
{
	uint64_t hcr = engine_sysreg(engine, HCR_EL2), sctlr = engine_sysreg(engine, SCTLR_EL1), spsr = engine_sysreg(engine, SPSR_EL1);
	uint64_t scr = engine_sysreg(engine, SCR_EL3);
	uint64_t vbar = get_uc(engine, UC_ARM64_REG_VBAR_EL1), elr = get_uc(engine, UC_ARM64_REG_ELR_EL1);

	set_uc(engine, UC_ARM64_REG_PSTATE, get_uc(engine, UC_ARM64_REG_PSTATE) & ~(uint64_t)PSTATE_DAIF);
	engine_set_sys(engine, SCTLR_EL1, sctlr & ~(uint64_t)SCTLR_M_BIT);
	set_uc(engine, UC_ARM64_REG_VBAR_EL1, TRAMPOLINE);
	engine_set_sys(engine, SCR_EL3, scr | SCR_NS_BIT);
	engine_set_sys(engine, HCR_EL2, (hcr | HCR_IMO_VI) & ~HCR_TGE_BIT);
	run_trampoline(engine);
	engine_set_sys(engine, HCR_EL2, hcr);
	engine_set_sys(engine, SCR_EL3, scr);
	set_uc(engine, UC_ARM64_REG_VBAR_EL1, vbar);
	engine_set_sys(engine, SCTLR_EL1, sctlr);
	engine_set_sys(engine, SPSR_EL1, spsr);
	set_uc(engine, UC_ARM64_REG_ELR_EL1, elr);
}

/* The live stack pointer goes to its bank, and the one of PSTATE comes from its bank. */
static void switch_stack(struct engine *engine, uint64_t old, uint64_t pstate)
{
	int from = old & PSTATE_SPSEL ? old >> 2 & 3 : 0, to = pstate & PSTATE_SPSEL ? pstate >> 2 & 3 : 0;

	set_uc(engine, UC_ARM64_REG_SP_EL0 + from, get_uc(engine, UC_ARM64_REG_SP));
	set_uc(engine, UC_ARM64_REG_SP, get_uc(engine, UC_ARM64_REG_SP_EL0 + to));
}

/* Forget in all regimes what the page of ADDR, a virtual address, maps to. */
static void forget_page(struct engine *engine, uint64_t addr)
{
	engine_set_sys(engine, TLBI_VAAE1, addr >> PAGE_SHIFT);
	engine_set_sys(engine, TLBI_VAE2, addr >> PAGE_SHIFT);
	engine_set_sys(engine, TLBI_VAE3, addr >> PAGE_SHIFT);
}

/*
 * Writing PSTATE does not rebuild what the library derives from it; an ERET does.  So pretend to be at the new level and
 * return from it to itself, inside a page that is reachable since the MMUs of both levels are off meanwhile.  (Returning
 * to the guest's own address would translate code there, which may change before it is run.)
 */
static void return_into(struct engine *engine, int from, uint64_t pstate)
{
	int to = pstate >> 2 & 3;
	uint32_t mmu_from = sctlr_of(from), mmu_to = sctlr_of(to);
	uint64_t sctlr_from = engine_sysreg(engine, mmu_from), sctlr_to = engine_sysreg(engine, mmu_to);
	uint64_t spsr = engine_sysreg(engine, spsr_of(to)), hcr = engine_sysreg(engine, HCR_EL2);
	uint64_t elr_from = get_uc(engine, UC_ARM64_REG_ELR_EL0 + from), elr_to = get_uc(engine, UC_ARM64_REG_ELR_EL0 + to);

	engine_set_sys(engine, mmu_from, sctlr_from & ~(uint64_t)SCTLR_M_BIT);
	engine_set_sys(engine, mmu_to, sctlr_to & ~(uint64_t)SCTLR_M_BIT);
	set_uc(engine, UC_ARM64_REG_PSTATE, pstate);
	set_uc(engine, UC_ARM64_REG_ELR_EL0 + from, LANDING);
	set_uc(engine, UC_ARM64_REG_ELR_EL0 + to, LANDING);
	engine_set_sys(engine, spsr_of(to), pstate);
	/* With TGE set a return to EL1 is illegal. */
	engine_set_sys(engine, HCR_EL2, hcr & ~HCR_TGE_BIT);
	run_trampoline(engine);
	engine_set_sys(engine, HCR_EL2, hcr);
	set_uc(engine, UC_ARM64_REG_ELR_EL0 + from, elr_from);
	set_uc(engine, UC_ARM64_REG_ELR_EL0 + to, elr_to);
	engine_set_sys(engine, spsr_of(to), spsr);
	engine_set_sys(engine, mmu_from, sctlr_from);
	engine_set_sys(engine, mmu_to, sctlr_to);
	forget_page(engine, TRAMPOLINE);
}

/* From EL1 to EL0.  ERET is undefined there, so this return is a real one, in which the core banks the stack pointers. */
static void return_to_el0(struct engine *engine, uint64_t pstate)
{
	uint64_t sctlr = engine_sysreg(engine, SCTLR_EL1), spsr = engine_sysreg(engine, SPSR_EL1);
	uint64_t elr = get_uc(engine, UC_ARM64_REG_ELR_EL1);

	engine_set_sys(engine, SCTLR_EL1, sctlr & ~(uint64_t)SCTLR_M_BIT);
	engine_set_sys(engine, SPSR_EL1, pstate);
	set_uc(engine, UC_ARM64_REG_ELR_EL1, LANDING);
	run_trampoline(engine);
	set_uc(engine, UC_ARM64_REG_ELR_EL1, elr);
	engine_set_sys(engine, SPSR_EL1, spsr);
	engine_set_sys(engine, SCTLR_EL1, sctlr);
	forget_page(engine, TRAMPOLINE);
}

static void change_level(struct engine *engine, uint64_t pstate)
{
	uint64_t old = get_uc(engine, UC_ARM64_REG_PSTATE);
	int from = old >> 2 & 3, to = pstate >> 2 & 3;

	if (to == 0) {
		return_to_el0(engine, pstate);
		return;
	}
	switch_stack(engine, old, pstate);
	if (from == to)
		set_uc(engine, UC_ARM64_REG_PSTATE, pstate);
	else
		return_into(engine, from, pstate);
}

static int present_level(const struct engine *engine)
{
	return get_uc(engine, UC_ARM64_REG_PSTATE) >> 2 & 3;
}

void engine_set_level(struct engine *engine, uint64_t pstate, uint64_t pc)
{
	int to = pstate >> 2 & 3;

	if (present_level(engine) == 0 && to == 0)
		set_uc(engine, UC_ARM64_REG_PSTATE, pstate);
	else if (present_level(engine) == 0)
		leave_el0(engine);
	else if (to == 0 && present_level(engine) > 1)
		change_level(engine, PSTATE_DAIF | PSTATE_EL1H);
	if (present_level(engine) || to)
		change_level(engine, pstate);
	set_uc(engine, UC_ARM64_REG_PC, pc);
}

void engine_refresh(struct engine *engine)
{
	uint64_t pstate = get_uc(engine, UC_ARM64_REG_PSTATE), pc = get_uc(engine, UC_ARM64_REG_PC);

	if (present_level(engine) == 0) {
		leave_el0(engine);
		return_to_el0(engine, pstate);
	} else {
		return_into(engine, present_level(engine), pstate);
	}
	set_uc(engine, UC_ARM64_REG_PC, pc);
}

/* ---- the TLB and translated code ---- */

void engine_tlbi(struct engine *engine, uint32_t reg, uint64_t value)
{
	struct instance *instance = &engine->instance[engine->active];

	/* One more than can be kept stands for all; the other instance forgets everything when it is switched to. */
	if (instance->tlbis.len <= TLBIS_KEPT)
		vec_add(&instance->tlbis, ((struct tlbi){ .reg = reg, .value = value }));
}

void engine_flush_tlb(struct engine *engine)
{
	vec_clear(&engine->instance[engine->active].tlbis);
	engine_set_sys(engine, TLBI_ALLE1, 0);
	engine_set_sys(engine, TLBI_ALLE2, 0);
	engine_set_sys(engine, TLBI_ALLE3, 0);
}

static void do_tlbis(struct engine *engine)
{
	struct instance *instance = &engine->instance[engine->active];

	if (instance->tlbis.len > TLBIS_KEPT)
		engine_flush_tlb(engine);
	for (size_t i = 0; i < instance->tlbis.len; i++)
		engine_set_sys(engine, instance->tlbis.item[i].reg, instance->tlbis.item[i].value);
	vec_clear(&instance->tlbis);
}

void engine_drop_code(struct engine *engine, gpa_t pa, unsigned len)
{
	gpa_t page = pa & ~(gpa_t)(PAGE_SIZE - 1);
	uint64_t lines = 0;

	for (unsigned line = (pa - page) / CODE_LINE; line <= (pa - page + len - 1) / CODE_LINE; line++)
		lines |= 1ull << line;
	for (int i = 0; i < ENGINE_PROFILES; i++) {
		struct instance *instance = &engine->instance[i];
		struct drop *last = instance->drops.len ? &instance->drops.item[instance->drops.len - 1] : NULL;

		if (last && last->page == page)
			last->lines |= lines;
		else if (instance->uc)
			vec_add(&instance->drops, ((struct drop){ .page = page, .lines = lines }));
	}
}

static void drop_lines(struct engine *engine, const struct drop *drop)
{
	enum { LINES = PAGE_SIZE / CODE_LINE };
	uc_engine *uc = uc_of(engine);
	unsigned end;

	for (unsigned line = 0; line < LINES; line = end + 1) {
		for (end = line; end < LINES && drop->lines >> end & 1; end++)
			;
		if (end > line)
			uc_ctl_remove_cache(uc, drop->page + line * CODE_LINE, drop->page + end * CODE_LINE);
	}
}

/*
 * The library drops code by virtual address only, and its whole-code flush touches a gigabyte.  So switch the MMU of the
 * present level off (raw: no maintenance), name the pages by their physical addresses, and forget what the look-ups put
 * into the TLB.
 */
static void do_drops(struct engine *engine)
{
	struct instance *instance = &engine->instance[engine->active];
	int el = get_uc(engine, UC_ARM64_REG_PSTATE) >> 2 & 3;
	uint32_t reg = sctlr_of(el ? el : 1);
	uint64_t sctlr = engine_sysreg(engine, reg);

	engine_set_sys(engine, reg, sctlr & ~(uint64_t)SCTLR_M_BIT);
	for (size_t i = 0; i < instance->drops.len; i++) {
		const struct drop *drop = &instance->drops.item[i];

		forget_page(engine, drop->page);
		drop_lines(engine, drop);
		forget_page(engine, drop->page);
	}
	engine_set_sys(engine, reg, sctlr);
	vec_clear(&instance->drops);
}

/* ---- saving and profiles ---- */

struct engine_state *engine_save(struct engine *engine)
{
	struct engine_state *state = xzalloc(sizeof(*state));

	must(uc_context_alloc(uc_of(engine), &state->context));
	must(uc_context_save(uc_of(engine), state->context));
	return state;
}

void engine_restore(struct engine *engine, const struct engine_state *state)
{
	must(uc_context_restore(uc_of(engine), state->context));
	engine_flush_tlb(engine);
}

void engine_state_free(struct engine_state *state)
{
	if (!state)
		return;
	uc_context_free(state->context);
	free(state);
}

size_t engine_state_size(const struct engine *engine)
{
	return sizeof(struct engine_state) + uc_context_size(uc_of(engine));
}

/* Move the core's state into the instance of PROFILE. */
static bool switch_profile(struct engine *engine, enum engine_profile profile)
{
	if (!engine->instance[profile].uc && !open_instance(engine, profile))
		return false;
	must(uc_context_save(uc_of(engine), engine->context));
	engine->active = profile;
	must(uc_context_restore(uc_of(engine), engine->context));
	/* The derived flags are part of the context, but a pending virtual interrupt is not: writing HCR raises it anew. */
	engine_set_sys(engine, HCR_EL2, engine_sysreg(engine, HCR_EL2));
	engine_flush_tlb(engine);
	return true;
}

/* ---- running ---- */

void engine_stop(struct engine *engine)
{
	uc_emu_stop(uc_of(engine));
}

enum engine_exit engine_run(struct engine *engine, enum engine_profile profile)
{
	struct instance *instance = &engine->instance[profile];
	uc_err result;

	engine->failure = NULL;
	engine->exception = NO_EXCEPTION;
	if (profile != engine->active && !switch_profile(engine, profile)) {
		engine->failure = "the host cannot hold another instance of libunicorn";
		return ENGINE_FAILED;
	}
	if (instance->tlbis.len)
		do_tlbis(engine);
	if (instance->drops.len)
		do_drops(engine);
	result = uc_emu_start(instance->uc, get_uc(engine, UC_ARM64_REG_PC), NEVER, 0, 0);
	show_fatal(engine);
	if (engine->exception != NO_EXCEPTION)
		return ENGINE_EXCEPTION;
	if (result == UC_ERR_OK)
		return ENGINE_STOPPED;
	engine->failure = uc_strerror(result);
	return ENGINE_FAILED;
}

const char *engine_failure(const struct engine *engine)
{
	return engine->failure;
}

static const void *context_bytes(struct engine *engine, size_t offset)
{
	must(uc_context_save(uc_of(engine), engine->context));
	return (const uint8_t *)engine->context + offset;
}

struct engine_exception engine_exception(struct engine *engine)
{
	struct saved_exception saved;

	memcpy(&saved, context_bytes(engine, engine->layout->exception), sizeof(saved));
	return (struct engine_exception){
		.syndrome = saved.syndrome,
		.far = saved.vaddress,
		.target_el = saved.target_el,
		.has_far = engine->exception == UC_EXCEPTION_PREFETCH_ABORT ||
			   engine->exception == UC_EXCEPTION_DATA_ABORT,
	};
}

bool engine_exclusive(const struct engine *engine, gva_t *va)
{
	must(uc_context_save(uc_of(engine), engine->context));
	memcpy(va, (const uint8_t *)engine->context + engine->layout->exclusive, sizeof(*va));
	return *va != ~0ull;
}

/* ---- where the library keeps what it does not tell ---- */

/* Offset of the only place in CONTEXT that holds the SIZE bytes at WANT, searched in steps of STEP; 0 when not one. */
static size_t find_bytes(uc_engine *uc, const uc_context *context, const void *want, size_t size, size_t step)
{
	size_t end = uc_context_size(uc), found = 0;

	for (size_t i = step; i + size <= end; i += step) {
		if (memcmp((const uint8_t *)context + i, want, size))
			continue;
		if (found)
			return 0;
		found = i;
	}
	return found;
}

static void stop_at_interrupt(uc_engine *uc, uint32_t number, void *user)
{
	(void)number, (void)user;
	uc_emu_stop(uc);
}

/* Run `ldxr x3, [x0]` (not x1, beside x0) on a known word and `svc #0xbeef`, and look for what they leave. */
static bool try_layout(uc_engine *uc, uint32_t *page, struct engine_layout *layout)
{
	const uint32_t syndrome = SYNDROME_SVC_BEEF;
	const uint64_t exclusive[] = { TRAMPOLINE + 0x800, 0x5eed5eed0badcafe };
	uint64_t x0 = exclusive[0];
	uc_context *context;
	uc_hook hook;

	page[0] = INSN_LDXR_X3_X0;
	page[1] = INSN_SVC_BEEF;
	memcpy(&page[0x800 / 4], &exclusive[1], sizeof(exclusive[1]));
	if (uc_mem_map_ptr(uc, TRAMPOLINE, PAGE_SIZE, UC_PROT_ALL, page) ||
	    uc_hook_add(uc, &hook, UC_HOOK_INTR, stop_at_interrupt, NULL, 1, 0) ||
	    uc_reg_write(uc, UC_ARM64_REG_X0, &x0) || uc_emu_start(uc, TRAMPOLINE, NEVER, 0, 0) ||
	    uc_context_alloc(uc, &context))
		return false;
	uc_context_save(uc, context);
	layout->exception = find_bytes(uc, context, &syndrome, sizeof(syndrome), sizeof(uint32_t));
	layout->exclusive = find_bytes(uc, context, exclusive, sizeof(exclusive), sizeof(uint64_t));
	uc_context_free(context);
	return layout->exception && layout->exclusive;
}

bool engine_calibrate(struct engine_layout *layout, struct error *err)
{
	uint32_t *page = new_trampoline();
	uc_engine *uc = NULL;
	bool ok = page && uc_open(UC_ARCH_ARM64, UC_MODE_ARM, &uc) == UC_ERR_OK &&
		  uc_ctl_set_cpu_model(uc, UC_CPU_ARM64_A72) == UC_ERR_OK && try_layout(uc, page, layout);

	if (uc)
		uc_close(uc);
	if (page)
		munmap(page, PAGE_SIZE);
	return ok || error_set(err, "this libunicorn does not keep its exception state as 2.0.1 does; use 2.0.1");
}
