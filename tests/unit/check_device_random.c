/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random boards with random programs, most of which is nonsense to registers of devices and of the system: however such a
 * run is cut up, and after going back, it ends in the same state.  Other seeds: SEEDS=FROM-TO in the environment
 * (CK_FORK=no shows where one ends the process).
 */
#include "device/board.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "a64.h"
#include "randomcode.h"
#include "unit.h"

enum {
	/* Those of two boards in which a CPU that was off kept a reservation, and around. */
	FIRST = 640, SEEDS = 150, LENGTH = 6000, CHUNK = 17,
	RAM = 0x40000000, RAM_SIZE = 0x1000000, CODE = RAM + 0x10000, WORDS = 2000, DATA = RAM + 0x100000,
	VECTORS = RAM + 0x200000, NOTHING = 0x20000000, DISK_SIZE = 65536,
	REGS = 28,		/* that programs use; handlers have the others */
	OPEN_END = 16,		/* words of the longest piece of code */
};

#define TRAMPOLINE	0xfffffff000ull

static uint8_t disk[DISK_SIZE];
static const struct virtio_blk_image image = { .data = disk, .size = DISK_SIZE };

/* A board that runs a program of its seed. */
struct rig {
	uint64_t random;
	struct board_config config;
	struct board *board;
	uint32_t word[WORDS + OPEN_END];
	size_t len;
};

static unsigned draw(struct rig *rig, unsigned limit)
{
	return (unsigned)(randomcode_draw(&rig->random) % limit);
}

/* ---- the board ---- */

static void draw_config(struct rig *rig)
{
	static const int timer_intid[] = { 29, 30, 27, 26, 28 };
	struct board_config *c = &rig->config;
	int el = 1 + (int)draw(rig, 3);

	*c = (struct board_config){
		.cpu_count = 1 + draw(rig, 4), .model = (enum cpu_model)draw(rig, CPU_MAX_MODEL + 1), .lenient = !draw(rig, 4),
		.memory = { { BOARD_RAM, { RAM, RAM_SIZE } }, { BOARD_ROM, { 0, 0x10000 } } }, .memory_count = 2,
		.uart = { { 0x9000000, 33 } }, .uart_count = 1,
		.gic = {
			.version = 2 + draw(rig, 2), .intid_count = draw(rig, 2) ? 0 : 1020, .dist = { 0x8000000, 0x10000 },
			.cpu = { 0x8010000, 0x10000 }, .virt = { { 0x8030000, 0x10000 }, { 0x8040000, 0x10000 } },
			.redist = { { 0x80a0000, 0xf60000 } }, .redist_count = 1,
		},
		.has_power_gpio = draw(rig, 2), .power_gpio = 0x9030000,
		.virtio = { { { 0xa000000, 0x200 }, 48, &image }, { { 0xa000200, 0x200 }, 49, NULL } }, .virtio_count = 2,
		.has_firmware = el == 3, .entry_el = el == 3 ? 2 : el,
		.psci = el == 3 ? PSCI_CONDUIT_NONE : draw(rig, 2) ? PSCI_CONDUIT_SMC : PSCI_CONDUIT_HVC,
	};
	for (unsigned cpu = 0; cpu < c->cpu_count; cpu++)
		c->mpidr[cpu] = cpu;
	memcpy(c->timer_intid, timer_intid, sizeof(timer_intid));
}

/* ---- the program ---- */

static void put(struct rig *rig, uint32_t word)
{
	rig->word[rig->len++] = word;
}

static void put_constant(struct rig *rig, unsigned reg, uint64_t value)
{
	put(rig, I_MOVZ(reg, value));
	put(rig, I_MOVK_16(reg, value >> 16));
	if (value >> 32) {
		put(rig, I_MOVK_32(reg, value >> 32));
		put(rig, I_MOVK_32(reg, value >> 48) | 1u << 21);
	}
}

static uint64_t any_address(struct rig *rig)
{
	static const uint64_t devices[2][8] = {
		{ 0x8000000, 0x8010000, 0x9000000, 0x9030000, 0xa000000, 0xa000200, 0x8030000, 0x8040000 },
		{ 0x8000000, 0x80a0000, 0x80b0000, 0x80c0000, 0x9000000, 0x9030000, 0xa000000, 0x8006000 },
	};
	uint64_t device = devices[rig->config.gic.version - 2][draw(rig, 8)];

	switch (draw(rig, 8)) {
	case 0:
		return DATA + draw(rig, 0x4000);
	case 1:
		return DATA + draw(rig, 0x100) * 8;
	case 2:
		return NOTHING;
	case 3:
		return draw(rig, 20) ? VECTORS - 0x1000 : TRAMPOLINE + draw(rig, 0x1000);
	default:
		return device + (draw(rig, 3) ? draw(rig, 0x200) * 4 : draw(rig, 0x20000));
	}
}

/* A load or a store of any kind, at an address that was put into its base register just before. */
static void put_access(struct rig *rig)
{
	unsigned base = draw(rig, REGS), data = draw(rig, REGS);
	uint32_t any = (uint32_t)randomcode_draw(&rig->random), size = draw(rig, 4) << 30;

	put_constant(rig, base, any_address(rig));
	switch (draw(rig, 3)) {
	case 0:
		put(rig, size | 0x39000000 | draw(rig, 2) << 22 | base << 5 | data);	/* unsigned offset 0 */
		break;
	case 1:
		put(rig, size | 0x38000000 | draw(rig, 2) << 22 | draw(rig, 0x200) << 12 | base << 5 | data);
		break;
	default:
		put(rig, (any & 0xf4fffc00) | 0x08000000 | base << 5 | data);
	}
}

static void put_exclusive(struct rig *rig)
{
	unsigned base = draw(rig, REGS), data = draw(rig, REGS), size = draw(rig, 4);

	put(rig, draw(rig, 2) ? I_LDXR_SIZE(size, data, base) : I_STXR_SIZE(size, draw(rig, REGS), data, base));
}

/* Some register of the system, as a rule with one bit set, and not often a SCTLR with its MMU. */
static void put_system(struct rig *rig)
{
	static const uint32_t regs[] = {
		SCTLR_EL1, SCTLR_EL2, SCTLR_EL3, SCR_EL3, HCR_EL2, CPACR_EL1, CPTR_EL2, CPTR_EL3, TTBR0_EL1, TTBR1_EL1, TCR_EL1,
		TTBR0_EL2, TCR_EL2, SPSR_EL1, SPSR_EL2, SPSR_EL3, ELR_EL1, ELR_EL2, ELR_EL3, SP_EL0, SP_EL1, CNTKCTL_EL1, CNTHCTL_EL2,
		SYSREG(3, 3, 14, 3, 1), SYSREG(3, 3, 14, 3, 2), SYSREG(3, 3, 14, 2, 1), SYSREG(3, 4, 14, 0, 3), SYSREG(3, 0, 12, 12, 0),
		SYSREG(3, 0, 12, 12, 1), SYSREG(3, 0, 12, 11, 5), SYSREG(3, 0, 12, 12, 7), SYSREG(3, 0, 4, 6, 0), MPIDR_EL1, VMPIDR_EL2,
	};
	uint32_t reg = regs[draw(rig, sizeof(regs) / sizeof(regs[0]))];
	uint64_t value = UINT64_C(1) << draw(rig, 64);
	unsigned data = draw(rig, REGS);

	if ((reg == SCTLR_EL1 || reg == SCTLR_EL2 || reg == SCTLR_EL3) && draw(rig, 10))
		value &= ~UINT64_C(1);
	if (draw(rig, 2))
		put_constant(rig, data, value);
	put(rig, draw(rig, 3) ? I_MSR(reg, data) : I_MRS(data, reg));
}

static void put_call(struct rig *rig)
{
	static const uint32_t ids[] = {
		0x84000000, 0x84000001, 0xc4000001, 0x84000002, 0xc4000003, 0x84000003, 0xc4000004, 0x8400000a, 0x84000008, 0x84000009,
	};

	put_constant(rig, 0, ids[draw(rig, draw(rig, 10) ? 6 : sizeof(ids) / sizeof(ids[0]))]);
	put_constant(rig, 1, draw(rig, 5));
	put_constant(rig, 2, CODE + draw(rig, WORDS) * 4);
	put(rig, draw(rig, 2) ? I_HVC(0) : I_SMC(0));
}

static void put_event(struct rig *rig)
{
	static const uint32_t words[] = {
		I_WFE, I_WFI, I_SEV, I_SEVL, I_ERET, I_SVC(0), I_HVC(0), I_SMC(0), I_BRK(1), I_CLREX, I_DAIFCLR(15), I_DAIFSET(2),
		I_SPSEL(0), I_SPSEL(1), I_ISB, I_DSB,
	};

	put(rig, words[draw(rig, sizeof(words) / sizeof(words[0]))]);
}

/* Any word, of all encodings or of a group: system instructions, SIMD, arithmetic. */
static void put_word(struct rig *rig)
{
	static const uint32_t groups[][2] = {
		{ 0, UINT32_MAX }, { 0xd5000000, 0x003fffff }, { 0x0e000000, 0xf1ffffff }, { 0x8a000000, 0x117fffff },
	};
	const uint32_t *group = groups[draw(rig, sizeof(groups) / sizeof(groups[0]))];

	put(rig, group[0] | ((uint32_t)randomcode_draw(&rig->random) & group[1]));
}

static void put_branch(struct rig *rig)
{
	int words = (int)draw(rig, 64) - 20;

	put(rig, draw(rig, 2) ? I_B(words) : I_CBZ(draw(rig, REGS), words));
}

static void put_program(struct rig *rig)
{
	static void (*const kinds[])(struct rig *) = {
		put_access, put_access, put_access, put_exclusive, put_exclusive, put_system, put_system, put_call, put_event,
		put_word, put_word, put_word, put_branch,
	};

	while (rig->len < WORDS - 1)
		kinds[draw(rig, sizeof(kinds) / sizeof(kinds[0]))](rig);
	rig->len = WORDS - 1;
	put(rig, I_B(1 - WORDS));
	machine_poke(board_machine(rig->board), CODE, rig->word, sizeof(*rig->word) * WORDS);
}

/* Every handler goes on after where the exception came from, or somewhere in the program when that is outside it. */
static void put_handlers(struct rig *rig)
{
	static const uint32_t elr[] = { ELR_EL1, ELR_EL2, ELR_EL3 };

	for (unsigned n = 0; n < 3 * 16; n++) {
		uint32_t code[] = {
			I_MRS(28, elr[n / 16]), I_MOVZ_16(29, CODE >> 16), I_EOR(28, 28, 29), I_ADDI(28, 28, 4), I_MOVZ(30, WORDS * 4 - 1),
			I_CMP(28, 30), I_BCOND(COND_LO, 2), I_MOVZ(28, 64 * (n % 16)), I_ADD(28, 28, 29), I_MSR(elr[n / 16], 28), I_ERET,
		};

		machine_poke(board_machine(rig->board), VECTORS + n / 16 * 0x1000 + n % 16 * 0x80, code, sizeof(code));
	}
}

static void start_cpus(struct rig *rig)
{
	static const uint32_t vbar[] = { VBAR_EL1, VBAR_EL2, VBAR_EL3 };
	struct machine *machine = board_machine(rig->board);
	int el = rig->config.has_firmware ? 3 : rig->config.entry_el;

	for (unsigned i = 0; i < rig->config.cpu_count; i++) {
		struct cpu *cpu = machine_cpu(machine, i);

		machine_start_cpu(machine, i, CODE + i * 400, el, 0, false);
		for (unsigned n = 0; n < 3; n++)
			cpu_set_sysreg(cpu, vbar[n], VECTORS + n * 0x1000);
		for (int reg = 0; reg < REGS; reg++)
			cpu_set_reg(cpu, reg, any_address(rig));
	}
}

static void begin(struct rig *rig, uint64_t seed)
{
	struct error err = ERROR_NONE;
	char sched[32];

	*rig = (struct rig){ .random = seed };
	draw_config(rig);
	rig->board = board_new(&rig->config, &err);
	ck_assert_msg(rig->board, "%s", err.text);
	put_program(rig);
	put_handlers(rig);
	snprintf(sched, sizeof(sched), draw(rig, 4) ? "rr:%u" : "random:%u", draw(rig, 2) ? 1000 : 1 + draw(rig, 200));
	ck_assert(sched_set(machine_sched(board_machine(rig->board)), sched, &err));
	start_cpus(rig);
}

/* ---- what must be equal ---- */

struct end {
	enum stop_reason reason;
	uint64_t hash;
};

static struct end run(struct rig *rig, uint64_t until, uint64_t chunk)
{
	struct machine *machine = board_machine(rig->board);
	struct stop stop = { .reason = STOP_LIMIT };

	while (stop.reason == STOP_LIMIT && machine_time(machine) < until) {
		uint64_t left = until - machine_time(machine);

		stop = machine_run(machine, left < chunk ? left : chunk);
	}
	return (struct end){ stop.reason, machine_hash(machine) };
}

static unsigned first_seed(void)
{
	const char *seeds = getenv("SEEDS");

	return seeds ? (unsigned)strtoul(seeds, NULL, 0) : FIRST;
}

START_TEST(however_it_is_run)
{
	unsigned seed = first_seed() + (unsigned)_i;
	struct snapshot *snapshot;
	struct end whole, again;
	struct rig rig;
	uint64_t before;

	begin(&rig, seed);
	before = run(&rig, LENGTH / 4, LENGTH).hash;
	snapshot = machine_save(board_machine(rig.board));
	whole = run(&rig, LENGTH, LENGTH);
	for (unsigned i = 0; i < 2; i++) {
		machine_restore(board_machine(rig.board), snapshot);
		ck_assert_msg(machine_hash(board_machine(rig.board)) == before, "board %u: restored", seed);
		again = run(&rig, LENGTH, i ? CHUNK : LENGTH);
		ck_assert_msg(again.reason == whole.reason && again.hash == whole.hash, "board %u: run in %s", seed,
			      i ? "pieces" : "one piece again");
	}
	machine_snapshot_free(board_machine(rig.board), snapshot);
	board_free(rig.board);
}
END_TEST

static int seed_count(void)
{
	const char *seeds = getenv("SEEDS"), *to = seeds ? strchr(seeds, '-') : NULL;

	return to ? (int)strtoul(to + 1, NULL, 0) - (int)first_seed() : SEEDS;
}

Suite *unit_suite(void)
{
	Suite *suite = suite_create("device/random");
	TCase *tcase = tcase_create("random");

	tcase_add_loop_test(tcase, however_it_is_run, 0, seed_count());
	suite_add_tcase(suite, tcase);
	return suite;
}
