/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The exclusive monitors (Arm ARM B2.9): everything that clears a reservation, and what does not, in both profiles.
 */
#include "machine/machine.h"

#include "guest.h"
#include "unit.h"

enum {
	MAX_WORDS = 16,
	OLD = 0x1111, NEW = 0x2222,	/* in memory before; what the store-exclusive would write */
	RESULT = 2,			/* W2: the status of the store-exclusive */
	BUDGET = 20000,
};

static struct {
	int lost, by;
	enum wake_by woke;
} seen;

static void observe(void *ctx, const struct event *event)
{
	(void)ctx;
	if (event->kind == EVENT_MONITOR_LOST && event->cpu == 0) {
		seen.lost++;
		seen.by = event->u.lost.by;
	}
	if (event->kind == EVENT_WFE_WAKE && event->cpu == 0)
		seen.woke = event->u.wake.by;
}

/* ---- what another CPU does while CPU 0 holds a reservation of GUEST_DATA and sleeps ---- */

struct remote {
	const char *name;
	uint32_t code[MAX_WORDS];	/* X0 = GUEST_DATA, X1 = OLD, X2 = X3 = 0 */
	bool clears;
	bool needs_lse;
	int pair;			/* CPU 0 uses LDXP and STXP */
};

static const struct remote remotes[] = {
	{ "STR", { I_STR(3, 0, 0) }, true, false, 0 },
	{ "STR of the same value", { I_STR(1, 0, 0) }, true, false, 0 },
	{ "STR into the granule", { I_STR(3, 0, 56) }, true, false, 0 },
	{ "STR past the granule", { I_STR(3, 0, 64) }, false, false, 0 },
	{ "STR before the granule", { I_STUR(3, 0, -8) }, false, false, 0 },
	{ "STUR across the granule's start", { I_STUR(3, 0, -4) }, true, false, 0 },
	{ "STRB", { I_STRB(3, 0, 63) }, true, false, 0 },
	{ "STRH", { I_STRH(3, 0, 2) }, true, false, 0 },
	{ "STR W", { I_STRW(3, 0, 4) }, true, false, 0 },
	{ "STR by register offset", { I_MOVZ(4, 8), I_STR_REG(3, 0, 4) }, true, false, 0 },
	{ "STR with post-index", { I_STR_POST(3, 0, 8) }, true, false, 0 },
	{ "STLR", { I_STLR(3, 0) }, true, false, 0 },
	{ "STP", { I_STP(2, 3, 0, 0) }, true, false, 0 },
	{ "STP that ends in the granule", { I_STP(2, 3, 0, -8) }, true, false, 0 },
	{ "STP before the granule", { I_STP(2, 3, 0, -16) }, false, false, 0 },
	{ "STR Q", { I_STRQ(0, 0, 0) }, true, false, 0 },
	{ "STP Q", { I_STPQ(0, 1, 0, 32) }, true, false, 0 },
	{ "ST1", { I_ST1(0, 0) }, true, false, 0 },
	{ "STXR", { I_LDXR(4, 0), I_STXR(5, 3, 0) }, true, false, 0 },
	{ "STXR of the same value", { I_LDXR(4, 0), I_STXR(5, 4, 0) }, true, false, 0 },
	{ "STXR into the granule", { I_ADDI(6, 0, 8), I_LDXR(4, 6), I_STXR(5, 3, 6) }, true, false, 0 },
	{ "STXR that fails", { I_CLREX, I_STXR(5, 3, 0) }, false, false, 0 },
	{ "STXP", { I_LDXP(4, 5, 0), I_STXP(6, 2, 3, 0) }, true, false, 0 },
	{ "LDXR", { I_LDXR(4, 0) }, false, false, 0 },
	{ "LDR", { I_LDR(4, 0, 0) }, false, false, 0 },
	{ "CLREX", { I_LDXR(4, 0), I_CLREX }, false, false, 0 },
	{ "DC ZVA", { I_SYS(DC_ZVA, 0) }, true, false, 0 },
	{ "DC ZVA beside it", { I_ADDI(4, 0, 64), I_SYS(DC_ZVA, 4) }, false, false, 0 },
	{ "DC CVAC", { I_SYS(SYSREG(1, 3, 7, 10, 1), 0) }, false, false, 0 },
	{ "DC CIVAC", { I_SYS(SYSREG(1, 3, 7, 14, 1), 0) }, false, false, 0 },
	{ "IC IVAU", { I_SYS(IC_IVAU, 0) }, false, false, 0 },
	{ "LDADD", { I_LDADD(3, 4, 0) }, true, true, 0 },
	{ "LDADD of 0", { I_LDADD(31, 4, 0) }, true, true, 0 },
	{ "SWP", { I_SWP(3, 4, 0) }, true, true, 0 },
	{ "CAS", { I_CAS(1, 3, 0) }, true, true, 0 },
	{ "CASP", { I_MOV(4, 1), I_MOVZ(5, 0), I_CASP(4, 2, 0) }, true, true, 0 },
	{ "STR, against LDXP", { I_STR(3, 0, 8) }, true, false, 1 },
	{ "DC ZVA, against LDXP", { I_SYS(DC_ZVA, 0) }, true, false, 1 },
	{ "LDR, against LDXP", { I_LDR(3, 0, 8) }, false, false, 1 },
};

enum { REMOTES = sizeof(remotes) / sizeof(remotes[0]) };

static void start_holder(struct machine *machine, bool is_pair)
{
	GUEST_START(machine, 0, 3, I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ(3, NEW), I_MOVZ(RESULT, 7),
		    is_pair ? I_LDXP(1, 4, 0) : I_LDXR(1, 0), I_WFE,
		    is_pair ? I_STXP(RESULT, 3, 3, 0) : I_STXR(RESULT, 3, 0), I_WFI, I_STAY);
}

/* CPU 1 lets CPU 0 fall asleep first, under any schedule. */
static void start_other(struct machine *machine, const struct remote *remote)
{
	static const uint32_t before[] = {
		I_MOVZ(9, 20), I_SUBSI(9, 9, 1), I_BCOND(COND_NE, -1),
		I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ(1, OLD), I_MOVZ(2, 0), I_MOVZ(3, 0),
	};
	static const uint32_t after[] = { I_SEV, I_WFI, I_STAY };
	uint32_t code[MAX_WORDS + 16];
	size_t len = 0;

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
		code[len++] = before[i];
	for (size_t i = 0; i < MAX_WORDS && remote->code[i]; i++)
		code[len++] = remote->code[i];
	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++)
		code[len++] = after[i];
	guest_start(machine, 1, 3, code, len);
}

START_TEST(other_cpu)
{
	const struct remote *remote = &remotes[_i / PROFILE_COUNT];
	struct machine *machine = guest_new(2, guest_profiles[_i % PROFILE_COUNT],
					    remote->needs_lse ? CPU_MAX_MODEL : CPU_CORTEX_A72);
	uint64_t before;

	guest_write(machine, GUEST_DATA, OLD);
	machine_set_observer(machine, observe, NULL);
	start_holder(machine, remote->pair);
	start_other(machine, remote);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	before = guest_read(machine, GUEST_DATA);
	ck_assert_msg(guest_reg(machine, 0, RESULT) == remote->clears, "%s: status %u", remote->name,
		      (unsigned)guest_reg(machine, 0, RESULT));
	ck_assert_msg(remote->clears == (before != NEW), "%s: memory 0x%x", remote->name, (unsigned)before);
	ck_assert_msg(seen.woke == (remote->clears ? WAKE_MONITOR : WAKE_SEV), "%s: woken by %d", remote->name,
		      seen.woke);
	ck_assert_int_eq(seen.lost, remote->clears);
	ck_assert(!cpu_reservation(machine_cpu(machine, 0)).valid);
	machine_free(machine);
}
END_TEST

/* ---- what the CPU itself does between the pair ---- */

struct local {
	const char *name;
	uint32_t code[MAX_WORDS];	/* from the load-exclusive to the store-exclusive; X0 = GUEST_DATA, X3 = NEW */
	unsigned status;
	uint64_t stored;		/* value of the doubleword at GUEST_DATA afterwards */
	uint64_t beside;		/* and of the one 8 bytes on */
};

static const struct local locals[] = {
	{ "nothing", { I_LDXR(1, 0), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "acquire and release", { I_LDAXR(1, 0), I_STLXR(2, 3, 0) }, 0, NEW, 0 },
	{ "bytes", { I_LDXR_SIZE(0, 1, 0), I_STXR_SIZE(0, 2, 3, 0) }, 0, 0x1122, 0 },
	{ "halfwords", { I_LDXR_SIZE(1, 1, 0), I_STXR_SIZE(1, 2, 3, 0) }, 0, NEW, 0 },
	{ "words", { I_LDXR_SIZE(2, 1, 0), I_STXR_SIZE(2, 2, 3, 0) }, 0, NEW, 0 },
	{ "pair", { I_LDXP(1, 4, 0), I_STXP(2, 3, 3, 0) }, 0, NEW, NEW },
	{ "no load-exclusive", { I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "a branch", { I_LDXR(1, 0), I_B(1), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "CLREX", { I_LDXR(1, 0), I_CLREX, I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "CLREX and a branch", { I_LDXR(1, 0), I_B(1), I_CLREX, I_B(1), I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "own STR elsewhere", { I_LDXR(1, 0), I_STR(1, 0, 128), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "own STR beside", { I_LDXR(1, 0), I_STR(1, 0, 8), I_STXR(2, 3, 0) }, 0, NEW, OLD },
	{ "own STR of another value", { I_LDXR(1, 0), I_STR(4, 0, 0), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "own STR and a branch", { I_LDXR(1, 0), I_B(1), I_STR(4, 0, 0), I_B(1), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "own DC ZVA", { I_LDXR(1, 0), I_SYS(DC_ZVA, 0), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "other address in the granule", { I_LDXR(1, 0), I_ADDI(4, 0, 8), I_STXR(2, 3, 4) }, 1, OLD, 0 },
	{ "other address outside", { I_LDXR(1, 0), I_ADDI(4, 0, 128), I_STXR(2, 3, 4) }, 1, OLD, 0 },
	{ "other address, then the right one",
	  { I_LDXR(1, 0), I_ADDI(4, 0, 8), I_STXR(2, 3, 4), I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "base register moved", { I_LDXR(1, 0), I_ADDI(0, 0, 8), I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "base moved, in two blocks", { I_LDXR(1, 0), I_B(1), I_ADDI(0, 0, 8), I_B(1), I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "smaller size", { I_LDXR(1, 0), I_STXR_SIZE(2, 2, 3, 0) }, 1, OLD, 0 },
	{ "larger size", { I_LDXR_SIZE(2, 1, 0), I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "smaller size, in two blocks", { I_LDXR(1, 0), I_B(1), I_STXR_SIZE(2, 2, 3, 0) }, 1, OLD, 0 },
	{ "single after pair", { I_LDXP(1, 4, 0), I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "W pair after X", { I_LDXR(1, 0), I_STXP(2, 3, 3, 0) & ~(1u << 30) }, 0, NEW | (uint64_t)NEW << 32, 0 },
	{ "a second load-exclusive elsewhere", { I_LDXR(1, 0), I_ADDI(4, 0, 128), I_LDXR(1, 4), I_STXR(2, 3, 0) }, 1,
	  OLD, 0 },
	{ "a second load-exclusive of it", { I_ADDI(4, 0, 128), I_LDXR(1, 4), I_LDXR(1, 0), I_STXR(2, 3, 0) }, 0, NEW,
	  0 },
	{ "two store-exclusives", { I_LDXR(1, 0), I_STXR(4, 1, 0), I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "two store-exclusives, in two blocks", { I_LDXR(1, 0), I_STXR(4, 1, 0), I_B(1), I_STXR(2, 3, 0) }, 1, OLD,
	  0 },
	{ "loads and arithmetic", { I_LDXR(1, 0), I_LDR(4, 0, 64), I_ADD(4, 4, 4), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "SEV", { I_LDXR(1, 0), I_SEV, I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "WFE that passes", { I_SEVL, I_LDXR(1, 0), I_WFE, I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "cache maintenance", { I_LDXR(1, 0), I_SYS(SYSREG(1, 3, 7, 14, 1), 0), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	/* SVC to a handler that is the next instruction: entry alone does not clear, and the return does. */
	{ "exception entry", { I_LDXR(1, 0), I_ADR(5, 12), I_MSR(ELR_EL3, 5), I_SVC(1), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "ERET", { I_ADR(5, 24), I_MSR(ELR_EL3, 5), I_MOVZ(6, 0x3cd), I_MSR(SPSR_EL3, 6), I_LDXR(1, 0), I_ERET,
		    I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "a fault between", { I_LDXR(1, 0), I_UDF | 1, I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "a fault before both", { I_LDXR(1, 0), I_STXR(4, 1, 0), I_UDF | 1, I_STXR(2, 3, 0) }, 1, OLD, 0 },
	{ "a load-exclusive that faults", { I_LDXR(1, 0), I_ADDI(4, 0, 1), I_LDXR(1, 4), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "a base that is loaded", { I_STR(0, 0, 64), I_LDXR(1, 0), I_LDR(0, 0, 64), I_STXR(2, 3, 0) }, 0, NEW, 0 },
	{ "base with writeback", { I_ADDI(4, 0, 8), I_LDXR(1, 4), I_LDR_POST(5, 4, -8), I_STXR(2, 3, 4) }, 1, OLD, 0 },
};

enum { LOCALS = sizeof(locals) / sizeof(locals[0]) };

/* The vector of SVC and UDF goes on after the instruction without an exception return. */
static void write_skipping_vector(struct machine *machine)
{
	static const uint32_t code[] = {
		I_MRS(7, ELR_EL3), I_MRS(8, ESR_EL3), I_MOVZ_16(9, 0x5600), I_MOVK(9, 1), I_CMP(8, 9),
		I_BCOND(COND_EQ, 2), I_ADDI(7, 7, 4), I_BR(7),
	};

	machine_poke(machine, guest_vectors(3) + 0x200, code, sizeof(code));
}

START_TEST(own_doing)
{
	const struct local *local = &locals[_i / PROFILE_COUNT];
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);
	uint32_t code[MAX_WORDS + 8] = { I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ(3, NEW), I_MOVZ(2, 7), I_MOVZ(4, 0) };
	size_t len = 4;

	for (size_t i = 0; i < MAX_WORDS && local->code[i]; i++)
		code[len++] = local->code[i];
	code[len++] = I_WFI;
	code[len++] = I_STAY;
	guest_write(machine, GUEST_DATA, OLD);
	guest_start(machine, 0, 3, code, len);
	write_skipping_vector(machine);
	ck_assert_msg(machine_run(machine, BUDGET).reason == STOP_DEADLOCK, "%s", local->name);
	ck_assert_msg(guest_reg(machine, 0, RESULT) == local->status, "%s: status %u", local->name,
		      (unsigned)guest_reg(machine, 0, RESULT));
	ck_assert_msg(guest_read(machine, GUEST_DATA) == local->stored, "%s: stored 0x%lx", local->name,
		      (unsigned long)guest_read(machine, GUEST_DATA));
	ck_assert_msg(guest_read(machine, GUEST_DATA + 8) == local->beside, "%s: beside it", local->name);
	machine_free(machine);
}
END_TEST

/* ---- the reservation is on the physical address ---- */

enum { ALIAS = 0x10000000 };		/* a virtual page that maps to GUEST_DATA */

static struct machine *new_aliased(const char *sched, unsigned cpus)
{
	struct machine *machine = guest_new(cpus, sched, CPU_CORTEX_A72);

	guest_write(machine, GUEST_DATA, OLD);
	return machine;
}

static void start_aliased(struct machine *machine, unsigned cpu, const uint32_t *code, size_t count)
{
	guest_start(machine, cpu, 1, code, count);
	guest_map_identity(machine, cpu);
	guest_map_page(machine, ALIAS, GUEST_DATA, GUEST_PAGE_RW);
	guest_set_sysreg(machine, cpu, SCTLR_EL1, 1);
}

START_TEST(alias_of_the_same_cpu)
{
	static const uint32_t together[] = {
		I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ_16(4, ALIAS >> 16), I_MOVZ(3, NEW),
		I_LDXR(1, 0), I_STXR(2, 3, 4), I_WFI, I_STAY,
	};
	static const uint32_t apart[] = {
		I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ_16(4, ALIAS >> 16), I_MOVZ(3, NEW),
		I_LDXR(1, 0), I_B(1), I_STXR(2, 3, 4), I_WFI, I_STAY,
	};
	struct machine *machine = new_aliased(guest_profiles[_i % PROFILE_COUNT], 1);

	if (_i / PROFILE_COUNT)
		start_aliased(machine, 0, apart, sizeof(apart) / sizeof(apart[0]));
	else
		start_aliased(machine, 0, together, sizeof(together) / sizeof(together[0]));
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 0, RESULT), 0);
	ck_assert_uint_eq(guest_read(machine, GUEST_DATA), NEW);
	machine_free(machine);
}
END_TEST

START_TEST(alias_of_another_cpu)
{
	static const uint32_t holder[] = {
		I_MOVZ_16(0, ALIAS >> 16), I_MOVZ(3, NEW), I_LDXR(1, 0), I_WFE, I_STXR(2, 3, 0), I_WFI, I_STAY,
	};
	static const uint32_t other[] = {
		I_MOVZ(9, 20), I_SUBSI(9, 9, 1), I_BCOND(COND_NE, -1),
		I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ(1, OLD), I_STR(1, 0, 0), I_SEV, I_WFI, I_STAY,
	};
	struct machine *machine = new_aliased(guest_profiles[_i], 2);

	start_aliased(machine, 0, holder, sizeof(holder) / sizeof(holder[0]));
	start_aliased(machine, 1, other, sizeof(other) / sizeof(other[0]));
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 0, RESULT), 1);
	ck_assert_uint_eq(guest_read(machine, GUEST_DATA), OLD);
	machine_free(machine);
}
END_TEST

/* ---- injection, and who is told ---- */

START_TEST(injected_failure_happens_once)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 3, I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ(3, NEW), I_LDXR(1, 0), I_STXR(2, 3, 0),
		    I_LDXR(1, 0), I_STXR(4, 3, 0), I_WFI, I_STAY);
	machine_inject(machine, INJECT_STXR_FAIL, 0, 0);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), 1);
	ck_assert_uint_eq(guest_reg(machine, 0, 4), 0);
	ck_assert_uint_eq(guest_read(machine, GUEST_DATA), NEW);
	machine_free(machine);
}
END_TEST

START_TEST(ctr_reports_the_granule)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MRS(0, CTR_EL0), I_WFI);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 0) >> 20 & 15, 4);
	machine_free(machine);
}
END_TEST

/* A failing store-exclusive is in no write log: a watch does not see it. */
static unsigned writes;

static void count_write(void *ctx, struct cpu *cpu, gva_t pc, gpa_t addr, unsigned size, uint64_t old, uint64_t value)
{
	(void)ctx, (void)cpu, (void)pc, (void)addr, (void)size, (void)old, (void)value;
	writes++;
}

START_TEST(failing_store_is_not_written)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	writes = 0;
	machine_set_watch_handler(machine, count_write, NULL);
	machine_add_watch(machine, GUEST_DATA, 8, WATCH_NOTE);
	GUEST_START(machine, 0, 3, I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ(3, NEW), I_CLREX, I_STXR(2, 3, 0),
		    I_LDXR(1, 0), I_CLREX, I_STXR(2, 3, 0), I_LDXR(1, 0), I_B(1), I_STXR(2, 3, 0), I_WFI, I_STAY);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(writes, 1);
	machine_free(machine);
}
END_TEST

/* A register of a device is reserved as memory is: alike in both profiles, within a block and across two. */
static uint64_t written;

static void keep_written(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	(void)dev, (void)cpu, (void)offset, (void)size;
	written = value;
}

START_TEST(device_is_reserved)
{
	static const struct device_ops ops = { .name = "register", .write = keep_written };
	struct machine *machine = guest_new(1, guest_profiles[_i / 2], CPU_CORTEX_A72);
	struct error err = ERROR_NONE;

	written = 0;
	ck_assert(machine_add_device(machine, 0x9000000, PAGE_SIZE, &ops, machine, &err));
	GUEST_START(machine, 0, 1, I_MOVZ_16(0, 0x900), I_MOVZ(3, NEW), I_MOVN(2, 0), I_LDXR(1, 0),
		    _i % 2 ? I_B(1) : I_NOP, I_STXR(2, 3, 0), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), 0);
	ck_assert_uint_eq(written, NEW);
	machine_free(machine);
}
END_TEST

static bool power_off(void *ctx, struct cpu *cpu, unsigned class)
{
	(void)cpu, (void)class;
	machine_stop_cpu(ctx, 0);
	return true;
}

/* A CPU that turns itself off holds nothing, whenever the monitor was told of it. */
START_TEST(power_off_opens)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	machine_set_call_handler(machine, power_off, machine);
	GUEST_START(machine, 0, 1, I_MOVZ_16(0, GUEST_DATA >> 16), I_LDXR(1, 0), I_HVC(0), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_int_eq(cpu_state(machine_cpu(machine, 0)), CPU_OFF);
	ck_assert(!cpu_reservation(machine_cpu(machine, 0)).valid);
	machine_free(machine);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/monitor");
	TCase *tcase = tcase_create("monitor");

	tcase_add_loop_test(tcase, other_cpu, 0, REMOTES * PROFILE_COUNT);
	tcase_add_loop_test(tcase, own_doing, 0, LOCALS * PROFILE_COUNT);
	tcase_add_loop_test(tcase, alias_of_the_same_cpu, 0, 2 * PROFILE_COUNT);
	tcase_add_loop_test(tcase, alias_of_another_cpu, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, injected_failure_happens_once, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, ctr_reports_the_granule, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, device_is_reserved, 0, 2 * PROFILE_COUNT);
	tcase_add_loop_test(tcase, failing_store_is_not_written, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, power_off_opens, 0, PROFILE_COUNT);
	suite_add_tcase(suite, tcase);
	return suite;
}
