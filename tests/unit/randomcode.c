/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/randomcode.c: small random guest programs.
 *
 * A program is some loops one after the other, for ever.  X0 is the shared data, X11 another address of it, X12 the
 * device, X17 nothing's; X13, X14 bases of exclusives; X1 to X8 data, X9 the loop counter, X10 counts exceptions.
 */
#include "randomcode.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "guest.h"
#include "unit.h"

enum {
	DEVICE = 0x9000000, ALIAS = 0x10000000,
	FUNCTION = GUEST_RAM + 0x20000,	/* called, and patched by programs for one CPU */
	MAX_WORDS = 900, LOOPS = 12,
	TICKS = 9,			/* of the device: about 150 instructions */
	HCR_FMO = 1 << 3, HCR_IMO = 1 << 4,
};

#define HCR_RW	(1ull << 31)

struct randomcode {
	struct machine *machine;
	uint64_t state;			/* of the device */
	unsigned ticks;
};

struct text {
	uint32_t word[MAX_WORDS];
	size_t len;
	uint64_t random;
	bool has_lse, may_patch;
};

uint64_t randomcode_draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

unsigned randomcode_cpus(uint64_t seed)
{
	return 1 + seed % 4;
}

/* ---- the device: each TICKS it sends an event to somebody, and now and then an interrupt, which a store ends ---- */

static uint64_t poll(void *dev, uint64_t tick)
{
	struct randomcode *code = dev;
	unsigned count = machine_cpu_count(code->machine), cpu = randomcode_draw(&code->state) % count;

	machine_stream_event(code->machine, cpu);
	if (++code->ticks % 3 == 0)
		machine_set_line(code->machine, cpu, randomcode_draw(&code->state) % LINE_COUNT, true);
	return tick + TICKS;
}

static void end_interrupts(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	struct randomcode *code = dev;

	(void)offset, (void)size, (void)value;
	machine_set_line(code->machine, cpu, LINE_IRQ, false);
	machine_set_line(code->machine, cpu, LINE_FIQ, false);
}

static uint64_t read_time(void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	struct randomcode *code = dev;

	(void)cpu, (void)offset, (void)size;
	return machine_time(code->machine);
}

static void save(const void *dev, struct strbuf *out)
{
	const struct randomcode *code = dev;

	strbuf_add(out, (const char *)&code->state, sizeof(code->state));
	strbuf_add(out, (const char *)&code->ticks, sizeof(code->ticks));
}

static bool load(void *dev, struct device_blob *in)
{
	struct randomcode *code = dev;

	return device_blob_take(in, &code->state, sizeof(code->state)) &&
	       device_blob_take(in, &code->ticks, sizeof(code->ticks));
}

static const struct device_ops device_ops = {
	.name = "random", .read = read_time, .write = end_interrupts, .save = save, .load = load, .poll = poll,
};

/* ---- instructions ---- */

static unsigned draw(struct text *text, unsigned limit)
{
	return randomcode_draw(&text->random) % limit;
}

static unsigned any_reg(struct text *text)
{
	return 1 + draw(text, 8);
}

static void put(struct text *text, uint32_t word)
{
	if (text->len < MAX_WORDS)
		text->word[text->len++] = word;
}

static uint32_t any_base(struct text *text)
{
	return draw(text, 4) ? 0 : 11;
}

static void put_arithmetic(struct text *text)
{
	unsigned d = any_reg(text), n = any_reg(text), m = any_reg(text);
	const uint32_t words[] = {
		I_ADD(d, n, m), I_EOR(d, n, m), I_ADDI(d, n, draw(text, 100)), I_SUBI(d, n, draw(text, 100)), I_MOV(d, m),
		I_MOVZ(d, draw(text, 1000)), I_NOP, I_CMP(n, m), I_DSB, I_ISB,
	};

	put(text, words[draw(text, sizeof(words) / sizeof(words[0]))]);
}

static void put_load(struct text *text)
{
	unsigned t = any_reg(text), n = any_base(text), offset = draw(text, 32) * 8;
	const uint32_t words[] = {
		I_LDR(t, n, offset), I_LDRW(t, n, offset), I_LDRB(t, n, offset + 3), I_LDP(t, t == 8 ? 1 : t + 1, n, offset),
		I_LDR(t, 12, 0), I_LDR(t, n, offset), I_LDRW(t, n, offset), I_LDR(t, 17, 0),
	};

	put(text, words[draw(text, sizeof(words) / sizeof(words[0]))]);
}

static void put_store(struct text *text)
{
	unsigned t = any_reg(text), n = any_base(text), offset = draw(text, 32) * 8;
	const uint32_t words[] = {
		I_STR(t, n, offset), I_STRW(t, n, offset + 4), I_STRH(t, n, offset + 2), I_STRB(t, n, offset + 5),
		I_STP(t, any_reg(text), n, offset), I_STRQ(0, n, offset * 2), I_STUR(t, n, offset % 200 + 3),
		I_STLR(t, n), I_STR(t, n, PAGE_SIZE - 8), I_STRW(t, n, PAGE_SIZE), I_STR(t, 12, 0), I_STR(t, 17, 0),
		I_SYS(DC_ZVA, n), I_STUR(t, 15, -4),
	};

	put(text, words[draw(text, sizeof(words) / sizeof(words[0]))]);
}

static void put_atomic(struct text *text)
{
	unsigned s = any_reg(text), t = any_reg(text);
	const uint32_t words[] = { I_LDADD(s, t, 13), I_SWP(s, t, 13), I_CAS(s, t, 13) };

	if (text->has_lse)
		put(text, words[draw(text, sizeof(words) / sizeof(words[0]))]);
}

static void put_filler(struct text *text)
{
	switch (draw(text, 8)) {
	case 0:
		put_load(text);
		break;
	case 1:
		put_store(text);
		break;
	case 2:
		put(text, I_B(1));
		break;
	case 3:
		put(text, I_CBZ(any_reg(text), 1));
		break;
	default:
		put_arithmetic(text);
	}
}

/* A load-exclusive and what becomes of it: mostly a pair, with all sorts of things that part it. */
static void put_exclusive(struct text *text)
{
	unsigned size = draw(text, 4), t = any_reg(text), s = any_reg(text);
	unsigned base = draw(text, 6) ? 13 : 14;

	put(text, I_ADDI(13, 0, draw(text, 3) * 8));
	put(text, I_ADDI(14, draw(text, 2) ? 0 : 11, draw(text, 3) * 8));
	if (draw(text, 8))
		put(text, draw(text, 5) ? I_LDXR_SIZE(size, t, 13) : I_LDXP(t, t == 8 ? 1 : t + 1, 13));
	for (unsigned i = draw(text, 4); i > 0; i--)
		put_filler(text);
	if (!draw(text, 10))
		put(text, I_CLREX);
	if (!draw(text, 10))
		put(text, I_SVC(0));
	if (draw(text, 8))
		put(text, I_STXR_SIZE(draw(text, 6) ? size : draw(text, 4), s, s == t ? 9 : t, base));
}

static void put_event(struct text *text)
{
	static const uint32_t words[] = { I_SEV, I_SEVL, I_WFE, I_WFE, I_SEV, I_WFI, I_DAIFCLR(3), I_DAIFSET(3), I_SVC(0) };

	put(text, words[draw(text, sizeof(words) / sizeof(words[0]))]);
}

/* Skip some instructions, forward. */
static void put_skip(struct text *text)
{
	size_t at = text->len;
	unsigned reg = any_reg(text);

	put(text, 0);
	for (unsigned i = draw(text, 4); i > 0; i--)
		put_filler(text);
	if (at < MAX_WORDS)
		text->word[at] = draw(text, 2) ? I_CBNZ(reg, text->len - at) : I_BCOND(draw(text, 4), text->len - at);
}

/* Call the function, and now and then write another instruction into it first. */
static void put_call(struct text *text)
{
	put(text, I_MOVZ_16(18, FUNCTION >> 16));
	put(text, I_MOVK(18, FUNCTION & 0xffff));
	if (text->may_patch && draw(text, 2)) {
		put(text, I_MOVZ_16(16, 0x9100));
		put(text, I_MOVK(16, (I_ADDI(1, 1, 1) & 0xffff) + draw(text, 4) * 0x400));
		put(text, I_STRW(16, 18, 0));
		put(text, I_SYS(IC_IVAU, 18));
		put(text, I_ISB);
	}
	put(text, I_BLR(18));
}

static void put_any(struct text *text)
{
	static void (*const kinds[])(struct text *) = {
		put_arithmetic, put_arithmetic, put_arithmetic, put_load, put_load, put_store, put_store, put_store,
		put_exclusive, put_exclusive, put_exclusive, put_atomic, put_event, put_skip, put_skip, put_call,
	};

	kinds[draw(text, sizeof(kinds) / sizeof(kinds[0]))](text);
}

static void put_loop(struct text *text)
{
	size_t start;

	put(text, I_MOVZ(9, 1 + draw(text, 20)));
	start = text->len;
	for (unsigned i = 2 + draw(text, 10); i > 0; i--)
		put_any(text);
	put(text, I_SUBSI(9, 9, 1));
	put(text, I_BCOND(COND_NE, (int)start - (int)text->len));
}

static void put_program(struct text *text, unsigned cpu)
{
	size_t start;

	put(text, I_MOVZ_16(0, GUEST_DATA >> 16));
	put(text, I_MOVZ_16(11, ALIAS >> 16));
	put(text, I_MOVZ_16(12, DEVICE >> 16));
	put(text, I_MOV(13, 0));
	put(text, I_MOV(14, 0));
	put(text, I_ADDI(15, 0, 1) | 1 << 22);	/* the next page */
	put(text, I_MOVZ_16(17, GUEST_HOLE >> 16));
	put(text, I_MOVZ(1, cpu));
	start = text->len;
	for (unsigned i = 0; i < LOOPS && text->len < MAX_WORDS - 150; i++)
		put_loop(text);
	put(text, I_B((int)start - (int)text->len));
}

/* ---- exceptions: calls return, what faults is skipped, interrupts are ended ---- */

static const uint32_t sync_handler[] = {
	I_ADDI(10, 10, 1), I_MRS(19, ESR_EL1), I_MOVZ_16(20, 0x5600), I_CMP(19, 20), I_BCOND(COND_EQ, 4),
	I_MRS(19, ELR_EL1), I_ADDI(19, 19, 4), I_MSR(ELR_EL1, 19), I_ERET,
};

static const uint32_t irq_handler[] = { I_ADDI(10, 10, 1), I_STR(10, 12, 0), I_ERET };

static void write_handlers(struct machine *machine)
{
	static const uint32_t function[] = { I_ADDI(1, 1, 1), I_RET };

	for (unsigned from = 0x200; from <= 0x400; from += 0x200) {
		machine_poke(machine, guest_vectors(1) + from, sync_handler, sizeof(sync_handler));
		machine_poke(machine, guest_vectors(1) + from + 0x80, irq_handler, sizeof(irq_handler));
		machine_poke(machine, guest_vectors(1) + from + 0x100, irq_handler, sizeof(irq_handler));
	}
	machine_poke(machine, guest_vectors(2) + 0x480, irq_handler, sizeof(irq_handler));
	machine_poke(machine, guest_vectors(2) + 0x500, irq_handler, sizeof(irq_handler));
	machine_poke(machine, FUNCTION, function, sizeof(function));
}

/* A quarter of the programs at EL0, a quarter at EL1 with the MMU on, the rest at EL1 without. */
static void start(struct machine *machine, unsigned cpu, uint64_t seed, const struct text *text)
{
	enum { MMU_ON = 1 };
	unsigned kind = seed / 4 % 4;

	guest_start(machine, cpu, kind == 0 ? 0 : 1, text->word, text->len);
	/* Half of the programs have their interrupts taken at EL2. */
	if (seed / 8 % 2)
		guest_set_sysreg(machine, cpu, HCR_EL2, HCR_RW | HCR_IMO | HCR_FMO);
	if (kind != 1)
		return;
	guest_map_identity(machine, cpu);
	guest_map_page(machine, ALIAS, GUEST_DATA, GUEST_PAGE_RW);
	guest_map_page(machine, ALIAS + PAGE_SIZE, GUEST_DATA + PAGE_SIZE, GUEST_PAGE_RW);
	guest_set_sysreg(machine, cpu, SCTLR_EL1, MMU_ON);
}

struct randomcode *randomcode_new(uint64_t seed, const char *sched)
{
	struct randomcode *code = xzalloc(sizeof(*code));
	unsigned cpus = randomcode_cpus(seed);
	enum cpu_model model = seed / 16 % 2 ? CPU_MAX_MODEL : CPU_CORTEX_A72;
	struct error err = ERROR_NONE;

	code->machine = guest_new(cpus, sched, model);
	code->state = seed;
	ck_assert(machine_add_device(code->machine, DEVICE, PAGE_SIZE, &device_ops, code, &err));
	write_handlers(code->machine);
	for (unsigned cpu = 0; cpu < cpus; cpu++) {
		struct text text = { .random = seed * 64 + cpu, .has_lse = model == CPU_MAX_MODEL, .may_patch = cpus == 1 };

		put_program(&text, cpu);
		start(code->machine, cpu, seed, &text);
	}
	machine_request_poll(code->machine);
	return code;
}

void randomcode_free(struct randomcode *code)
{
	machine_free(code->machine);
	free(code);
}

struct machine *randomcode_machine(struct randomcode *code)
{
	return code->machine;
}
