/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicirq.c: bitmaps, and the registers that read and write them (Arm IHI 0048B 4.3, IHI 0069 12.9).
 */
#include "device/gicirq.h"

#include <assert.h>
#include <string.h>

#include "device/gicprio.h"

enum {
	REG_IGROUPR = 0x080,
	REG_IPRIORITYR = 0x400, REG_IPRIORITYR_END = 0x800,
	REG_ICFGR = 0xc00, REG_ICFGR_END = 0xd00,
	REG_IGRPMODR = 0xd00, REG_IGRPMODR_END = 0xd80,
	BANK_SIZE = 0x80,
	SGI_BITS = 0xffff,
};

enum bank_kind { BANK_PLAIN, BANK_SET, BANK_CLEAR };

/* The register banks of one bit an interrupt, by offset / BANK_SIZE. */
static const struct bank {
	bool is_there;
	enum gic_bitmap bits;
	enum bank_kind kind;
} banks[] = {
	[0x080 / BANK_SIZE] = { true, GIC_BITS_GROUP, BANK_PLAIN },
	[0x100 / BANK_SIZE] = { true, GIC_BITS_ENABLED, BANK_SET },
	[0x180 / BANK_SIZE] = { true, GIC_BITS_ENABLED, BANK_CLEAR },
	[0x200 / BANK_SIZE] = { true, GIC_BITS_LATCHED, BANK_SET },
	[0x280 / BANK_SIZE] = { true, GIC_BITS_LATCHED, BANK_CLEAR },
	[0x300 / BANK_SIZE] = { true, GIC_BITS_ACTIVE, BANK_SET },
	[0x380 / BANK_SIZE] = { true, GIC_BITS_ACTIVE, BANK_CLEAR },
	[0xd00 / BANK_SIZE] = { true, GIC_BITS_MODIFIER, BANK_PLAIN },
};

void gicirq_reset(struct gicirq *irqs)
{
	uint32_t words = irqs->words, fixed = irqs->has_fixed_sgis;

	memset(irqs, 0, sizeof(*irqs));
	irqs->words = words;
	irqs->has_fixed_sgis = fixed;
	for (unsigned cpu = 0; cpu < CPU_MAX; cpu++) {
		irqs->banked[GIC_BITS_EDGE][cpu] = SGI_BITS;
		irqs->banked[GIC_BITS_ENABLED][cpu] = fixed ? SGI_BITS : 0;
	}
}

uint32_t *gicirq_word(struct gicirq *irqs, enum gic_bitmap bits, unsigned cpu, unsigned n)
{
	return n == 0 ? &irqs->banked[bits][cpu] : &irqs->shared[bits][n];
}

uint32_t gicirq_get_word(const struct gicirq *irqs, enum gic_bitmap bits, unsigned cpu, unsigned n)
{
	return n == 0 ? irqs->banked[bits][cpu] : irqs->shared[bits][n];
}

bool gicirq_get(const struct gicirq *irqs, enum gic_bitmap bits, unsigned cpu, unsigned intid)
{
	return gicirq_get_word(irqs, bits, cpu, intid / 32) >> (intid % 32) & 1;
}

void gicirq_put(struct gicirq *irqs, enum gic_bitmap bits, unsigned cpu, unsigned intid, bool value)
{
	uint32_t *word = gicirq_word(irqs, bits, cpu, intid / 32);
	uint32_t bit = UINT32_C(1) << (intid % 32);

	*word = value ? *word | bit : *word & ~bit;
}

enum gic_group gicirq_group(const struct gicirq *irqs, unsigned cpu, unsigned intid)
{
	if (gicirq_get(irqs, GIC_BITS_GROUP, cpu, intid))
		return GIC_GROUP1;
	return gicirq_get(irqs, GIC_BITS_MODIFIER, cpu, intid) ? GIC_GROUP1_SECURE : GIC_GROUP0;
}

uint8_t gicirq_priority(const struct gicirq *irqs, unsigned cpu, unsigned intid)
{
	return intid < GIC_PRIVATE_COUNT ? irqs->private_priority[cpu][intid] : irqs->priority[intid];
}

static void set_priority(struct gicirq *irqs, unsigned cpu, unsigned intid, uint8_t priority)
{
	uint8_t *slot = intid < GIC_PRIVATE_COUNT ? &irqs->private_priority[cpu][intid] : &irqs->priority[intid];

	*slot = priority & GICPRIO_MASK;
}

/* A level-sensitive interrupt is pending while its wire is high, and besides for as long as software latched it. */
static uint32_t pending_word(const struct gicirq *irqs, unsigned cpu, unsigned n)
{
	return gicirq_get_word(irqs, GIC_BITS_LATCHED, cpu, n) |
	       (gicirq_get_word(irqs, GIC_BITS_LEVEL, cpu, n) & ~gicirq_get_word(irqs, GIC_BITS_EDGE, cpu, n));
}

void gicirq_set_input(struct gicirq *irqs, unsigned cpu, unsigned intid, bool level)
{
	bool was;

	assert(intid >= GIC_SGI_COUNT && intid < irqs->words * 32);
	was = gicirq_get(irqs, GIC_BITS_LEVEL, cpu, intid);
	gicirq_put(irqs, GIC_BITS_LEVEL, cpu, intid, level);
	if (level && !was && gicirq_get(irqs, GIC_BITS_EDGE, cpu, intid))
		gicirq_put(irqs, GIC_BITS_LATCHED, cpu, intid, true);
}

void gicirq_activate(struct gicirq *irqs, unsigned cpu, unsigned intid)
{
	gicirq_put(irqs, GIC_BITS_LATCHED, cpu, intid, false);
	gicirq_put(irqs, GIC_BITS_ACTIVE, cpu, intid, true);
}

/* Bits of word N that are in one of GROUPS. */
static uint32_t in_groups(const struct gicirq *irqs, unsigned cpu, unsigned n, unsigned groups)
{
	uint32_t group1 = gicirq_get_word(irqs, GIC_BITS_GROUP, cpu, n);
	uint32_t modifier = gicirq_get_word(irqs, GIC_BITS_MODIFIER, cpu, n);
	uint32_t bits = 0;

	if (groups & 1 << GIC_GROUP0)
		bits |= ~group1 & ~modifier;
	if (groups & 1 << GIC_GROUP1)
		bits |= group1;
	if (groups & 1 << GIC_GROUP1_SECURE)
		bits |= ~group1 & modifier;
	return bits;
}

static bool is_routed(const struct gicirq *irqs, unsigned cpu, unsigned intid)
{
	return intid < GIC_PRIVATE_COUNT || (irqs->route[intid] >> cpu & 1);
}

/* Improve BEST with the interrupts of word N that are in READY. */
static void best_of_word(const struct gicirq *irqs, unsigned cpu, unsigned n, uint32_t ready, struct gic_best *best)
{
	for (; ready; ready &= ready - 1) {
		unsigned intid = n * 32 + (unsigned)__builtin_ctz(ready);
		uint8_t priority = gicirq_priority(irqs, cpu, intid);

		if (!is_routed(irqs, cpu, intid) || (best->intid != GIC_NONE && priority >= best->priority))
			continue;
		best->intid = intid;
		best->priority = priority;
	}
}

struct gic_best gicirq_best(const struct gicirq *irqs, unsigned cpu, unsigned groups)
{
	struct gic_best best = { GIC_NONE, GIC_IDLE_PRIORITY, GIC_GROUP0 };

	if (groups == 0)
		return best;
	for (unsigned n = 0; n < irqs->words; n++) {
		uint32_t ready = pending_word(irqs, cpu, n) & gicirq_get_word(irqs, GIC_BITS_ENABLED, cpu, n) &
				 ~gicirq_get_word(irqs, GIC_BITS_ACTIVE, cpu, n);

		if (ready)
			best_of_word(irqs, cpu, n, ready & in_groups(irqs, cpu, n, groups), &best);
	}
	if (best.intid != GIC_NONE)
		best.group = gicirq_group(irqs, cpu, best.intid);
	return best;
}

void gicirq_peek(const struct gicirq *irqs, unsigned cpu, unsigned intid, struct gic_irq_state *out)
{
	assert(intid < irqs->words * 32);
	out->enabled = gicirq_get(irqs, GIC_BITS_ENABLED, cpu, intid);
	out->pending = pending_word(irqs, cpu, intid / 32) >> (intid % 32) & 1;
	out->active = gicirq_get(irqs, GIC_BITS_ACTIVE, cpu, intid);
	out->level = gicirq_get(irqs, GIC_BITS_LEVEL, cpu, intid);
	out->edge = gicirq_get(irqs, GIC_BITS_EDGE, cpu, intid);
	out->group = gicirq_group(irqs, cpu, intid);
	out->priority = gicirq_priority(irqs, cpu, intid);
	out->targets = intid < GIC_PRIVATE_COUNT ? UINT64_C(1) << cpu : irqs->route[intid];
}

/* ---- registers ---- */

uint32_t gicirq_lanes(unsigned offset, unsigned size)
{
	return size >= 4 ? UINT32_MAX : ((UINT32_C(1) << size * 8) - 1) << (offset & 3) * 8;
}

/* How many of SIZE bytes at OFFSET are in its word: an access that is not aligned is of more words than one. */
static unsigned bytes_in_word(unsigned offset, unsigned size)
{
	unsigned left = 4 - (offset & 3);

	return size < left ? size : left;
}

uint64_t gicirq_load(const void *block, const struct gicirq_access *a, gicirq_read_fn *read)
{
	uint64_t value = 0;

	for (unsigned done = 0, bytes; done < a->size; done += bytes) {
		unsigned at = a->offset + done;

		bytes = bytes_in_word(at, a->size - done);
		value |= (uint64_t)((read(block, &a->view, at & ~3u) & gicirq_lanes(at, bytes)) >> (at & 3) * 8) << done * 8;
	}
	return value;
}

void gicirq_store(void *block, const struct gicirq_access *a, uint64_t value, gicirq_write_fn *write)
{
	for (unsigned done = 0, bytes; done < a->size; done += bytes) {
		unsigned at = a->offset + done;

		bytes = bytes_in_word(at, a->size - done);
		write(block, &a->view, at & ~3u, (uint32_t)(value >> done * 8) << (at & 3) * 8, gicirq_lanes(at, bytes));
	}
}

static bool covers(const struct gicirq *irqs, const struct gicirq_view *view, unsigned n)
{
	return n >= view->first && n < view->end && n < irqs->words;
}

/* The interrupts of word N that VIEW may see and change; 1020 to 1023 are no interrupts. */
static uint32_t visible(const struct gicirq *irqs, const struct gicirq_view *view, unsigned n)
{
	uint32_t exist = n == GIC_WORD_COUNT - 1 ? UINT32_MAX >> 4 : UINT32_MAX;

	return view->nonsecure ? gicirq_get_word(irqs, GIC_BITS_GROUP, view->cpu, n) & exist : exist;
}

static uint32_t read_priority(const struct gicirq *irqs, const struct gicirq_view *view, unsigned offset)
{
	unsigned first = offset - REG_IPRIORITYR;
	uint32_t value = 0;

	for (unsigned i = 0; i < 4; i++) {
		uint8_t priority = gicirq_priority(irqs, view->cpu, first + i);

		if (view->nonsecure && !gicirq_get(irqs, GIC_BITS_GROUP, view->cpu, first + i))
			continue;
		value |= (uint32_t)(view->nonsecure ? gicprio_to_nonsecure(priority) : priority) << i * 8;
	}
	return value;
}

static void write_priority(struct gicirq *irqs, const struct gicirq_view *view, unsigned offset, uint32_t value,
			   uint32_t lanes)
{
	unsigned first = offset - REG_IPRIORITYR;

	for (unsigned i = 0; i < 4; i++) {
		uint8_t byte = (uint8_t)(value >> i * 8);

		if (!(lanes >> i * 8 & 1))
			continue;
		if (view->nonsecure && !gicirq_get(irqs, GIC_BITS_GROUP, view->cpu, first + i))
			continue;
		if (view->nonsecure)
			byte = gicprio_from_nonsecure(byte);
		set_priority(irqs, view->cpu, first + i, byte);
	}
}

/* Two bits an interrupt, of which the upper one says edge-triggered: spread the 16 at SHIFT, or gather them. */
static uint32_t spread_config(uint32_t bits)
{
	uint32_t value = 0;

	for (unsigned i = 0; i < 16; i++)
		value |= (bits >> i & 1) << (2 * i + 1);
	return value;
}

static uint32_t gather_config(uint32_t value)
{
	uint32_t bits = 0;

	for (unsigned i = 0; i < 16; i++)
		bits |= (value >> (2 * i + 1) & 1) << i;
	return bits;
}

static uint32_t read_config(const struct gicirq *irqs, const struct gicirq_view *view, unsigned offset)
{
	unsigned reg = (offset - REG_ICFGR) / 4, n = reg / 2;
	uint32_t bits = gicirq_get_word(irqs, GIC_BITS_EDGE, view->cpu, n) & visible(irqs, view, n);

	return spread_config(bits >> reg % 2 * 16 & 0xffff);
}

static void write_config(struct gicirq *irqs, const struct gicirq_view *view, unsigned offset, uint32_t value,
			 uint32_t lanes)
{
	unsigned reg = (offset - REG_ICFGR) / 4, n = reg / 2, shift = reg % 2 * 16;
	uint32_t *word = gicirq_word(irqs, GIC_BITS_EDGE, view->cpu, n);
	uint32_t mask = (gather_config(lanes) << shift) & visible(irqs, view, n);

	if (n == 0)
		mask &= ~(uint32_t)SGI_BITS;	/* SGIs are edge-triggered for good. */
	*word = (*word & ~mask) | (gather_config(value) << shift & mask);
}

static uint32_t read_bank(const struct gicirq *irqs, const struct gicirq_view *view, const struct bank *bank,
			  unsigned n)
{
	if (bank->kind == BANK_PLAIN && view->nonsecure)
		return 0;
	if (bank->bits == GIC_BITS_LATCHED)
		return pending_word(irqs, view->cpu, n) & visible(irqs, view, n);
	return gicirq_get_word(irqs, bank->bits, view->cpu, n) & visible(irqs, view, n);
}

static void write_bank(struct gicirq *irqs, const struct gicirq_view *view, const struct bank *bank, unsigned n,
		       uint32_t bits)
{
	uint32_t *word = gicirq_word(irqs, bank->bits, view->cpu, n);

	if (n == 0 && irqs->has_fixed_sgis && (bank->bits == GIC_BITS_ENABLED || bank->bits == GIC_BITS_LATCHED))
		bits &= ~(uint32_t)SGI_BITS;
	bits &= visible(irqs, view, n);
	*word = bank->kind == BANK_SET ? *word | bits : *word & ~bits;
}

/* The bank of OFFSET and, in N, the bitmap word; NULL when there is no such register. */
static const struct bank *find_bank(unsigned offset, unsigned *n)
{
	unsigned i = offset / BANK_SIZE;

	*n = offset % BANK_SIZE / 4;
	return i < sizeof(banks) / sizeof(banks[0]) && banks[i].is_there ? &banks[i] : NULL;
}

uint32_t gicirq_read(const struct gicirq *irqs, const struct gicirq_view *view, unsigned offset)
{
	const struct bank *bank;
	unsigned n;

	if (offset >= REG_IPRIORITYR && offset < REG_IPRIORITYR_END)
		return covers(irqs, view, (offset - REG_IPRIORITYR) / 32) ? read_priority(irqs, view, offset) : 0;
	if (offset >= REG_ICFGR && offset < REG_ICFGR_END)
		return covers(irqs, view, (offset - REG_ICFGR) / 8) ? read_config(irqs, view, offset) : 0;
	bank = find_bank(offset, &n);
	return bank && covers(irqs, view, n) ? read_bank(irqs, view, bank, n) : 0;
}

void gicirq_write(struct gicirq *irqs, const struct gicirq_view *view, unsigned offset, uint32_t value, uint32_t lanes)
{
	const struct bank *bank;
	uint32_t *word;
	unsigned n;

	if (offset >= REG_IPRIORITYR && offset < REG_IPRIORITYR_END) {
		if (covers(irqs, view, (offset - REG_IPRIORITYR) / 32))
			write_priority(irqs, view, offset, value, lanes);
		return;
	}
	if (offset >= REG_ICFGR && offset < REG_ICFGR_END) {
		if (covers(irqs, view, (offset - REG_ICFGR) / 8))
			write_config(irqs, view, offset, value, lanes);
		return;
	}
	bank = find_bank(offset, &n);
	if (!bank || !covers(irqs, view, n))
		return;
	if (bank->kind != BANK_PLAIN) {
		write_bank(irqs, view, bank, n, value & lanes);
	} else if (!view->nonsecure) {
		word = gicirq_word(irqs, bank->bits, view->cpu, n);
		*word = (*word & ~lanes) | (value & lanes);
	}
}
