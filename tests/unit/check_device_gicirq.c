/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The registers that both GICs share, one by one: widths, views, what is fixed, and where the last interrupt is.
 */
#include "device/gicirq.h"

#include <stddef.h>
#include <string.h>

#include "unit.h"

enum {
	IGROUPR = 0x080, ISENABLER = 0x100, ICENABLER = 0x180, ISPENDR = 0x200, ICPENDR = 0x280, ISACTIVER = 0x300,
	ICACTIVER = 0x380, IPRIORITYR = 0x400, ICFGR = 0xc00, IGRPMODR = 0xd00,
	SPI = 40,		/* an SPI: bit 8 of word 1 */
	SPI_BIT = 1 << 8,
};

/* All words, seen by CPU 0. */
static const struct gicirq_view secure = { 0, false, 0, GIC_WORD_COUNT };
static const struct gicirq_view nonsecure = { 0, true, 0, GIC_WORD_COUNT };

static struct gicirq irqs_of(unsigned words, bool has_fixed_sgis)
{
	struct gicirq irqs = { .words = words, .has_fixed_sgis = has_fixed_sgis };

	gicirq_reset(&irqs);
	return irqs;
}

static uint32_t read_reg(const void *block, const struct gicirq_view *view, unsigned offset)
{
	return gicirq_read(block, view, offset);
}

static void write_reg(void *block, const struct gicirq_view *view, unsigned offset, uint32_t value, uint32_t lanes)
{
	gicirq_write(block, view, offset, value, lanes);
}

static uint64_t load(const struct gicirq *irqs, const struct gicirq_view *view, unsigned offset, unsigned size)
{
	struct gicirq_access a = { *view, offset, size };

	return gicirq_load(irqs, &a, read_reg);
}

static void store(struct gicirq *irqs, const struct gicirq_view *view, unsigned offset, unsigned size, uint64_t value)
{
	struct gicirq_access a = { *view, offset, size };

	gicirq_store(irqs, &a, value, write_reg);
}

/* Unaligned accesses are parts of the words that they touch, and touch nothing past the last interrupt. */
START_TEST(priorities_unaligned)
{
	struct gicirq irqs = irqs_of(GIC_WORD_COUNT, false), before;

	store(&irqs, &secure, IPRIORITYR + SPI, 8, UINT64_C(0x1010101010101010));
	store(&irqs, &secure, IPRIORITYR + SPI + 1, 4, 0x50403020);
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + SPI, 8), UINT64_C(0x1010105040302010));
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + SPI + 3, 8), UINT64_C(0x1010105040));
	before = irqs;
	memset(before.priority + 1019, 0x80, GIC_INTID_COUNT + 4 - 1019);
	store(&irqs, &secure, IPRIORITYR + 1019, 8, UINT64_C(0x8080808080808080));
	ck_assert(!memcmp(irqs.priority, before.priority, sizeof(irqs.priority)));
	ck_assert(!memcmp((char *)&irqs + offsetof(struct gicirq, priority) + sizeof(irqs.priority),
			  (char *)&before + offsetof(struct gicirq, priority) + sizeof(irqs.priority),
			  sizeof(irqs) - offsetof(struct gicirq, priority) - sizeof(irqs.priority)));
}
END_TEST

/* A byte changes one interrupt, eight bytes are two registers; the bits below the implemented five stay zero. */
START_TEST(priorities_by_width)
{
	struct gicirq irqs = irqs_of(3, false);

	store(&irqs, &secure, IPRIORITYR + SPI, 4, 0x4080a0f7);
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + SPI, 4), 0x4080a0f0);
	store(&irqs, &secure, IPRIORITYR + SPI + 2, 1, 0x10);
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + SPI, 4), 0x4010a0f0);
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + SPI + 2, 1), 0x10);
	store(&irqs, &secure, IPRIORITYR + SPI + 2, 2, 0x2030);
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + SPI, 4), 0x2030a0f0);
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + SPI + 2, 2), 0x2030);
	store(&irqs, &secure, IPRIORITYR + SPI, 8, UINT64_C(0x0818283848586878));
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + SPI + 4, 4), 0x08182838);
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + SPI, 8), UINT64_C(0x0818283848586878));
	ck_assert_uint_eq(gicirq_priority(&irqs, 0, SPI + 7), 0x08);
}
END_TEST

/* Ones set, ones clear, and zeros do neither: whatever the width. */
START_TEST(enables_by_width)
{
	struct gicirq irqs = irqs_of(3, false);

	store(&irqs, &secure, ISENABLER + 4, 4, 0x00ff00ff);
	store(&irqs, &secure, ISENABLER + 4 + 1, 1, 0x81);
	ck_assert_uint_eq(load(&irqs, &secure, ISENABLER + 4, 4), 0x00ff81ff);
	ck_assert_uint_eq(load(&irqs, &secure, ICENABLER + 4, 4), 0x00ff81ff);
	store(&irqs, &secure, ICENABLER + 4 + 2, 2, 0x000f);
	ck_assert_uint_eq(load(&irqs, &secure, ISENABLER + 4, 4), 0x00f081ff);
	store(&irqs, &secure, ISENABLER + 4, 4, 0);
	ck_assert_uint_eq(load(&irqs, &secure, ISENABLER + 4, 4), 0x00f081ff);
	ck_assert(gicirq_get(&irqs, GIC_BITS_ENABLED, 0, SPI));
	ck_assert(!gicirq_get(&irqs, GIC_BITS_ENABLED, 0, SPI + 1));
}
END_TEST

START_TEST(pending_and_active)
{
	struct gicirq irqs = irqs_of(3, false);
	struct gic_irq_state state;

	store(&irqs, &secure, ISPENDR + 4, 4, SPI_BIT);
	store(&irqs, &secure, ISACTIVER + 4, 4, SPI_BIT);
	ck_assert_uint_eq(load(&irqs, &secure, ISACTIVER + 4, 4), SPI_BIT);
	gicirq_peek(&irqs, 0, SPI, &state);
	ck_assert(state.pending && state.active && !state.level && !state.edge && !state.enabled);
	gicirq_set_input(&irqs, 0, SPI, true);
	store(&irqs, &secure, ICPENDR + 4, 4, SPI_BIT);
	ck_assert_uint_eq(load(&irqs, &secure, ICPENDR + 4, 4), SPI_BIT);	/* the wire is still high */
	gicirq_set_input(&irqs, 0, SPI, false);
	ck_assert_uint_eq(load(&irqs, &secure, ISPENDR + 4, 4), 0);
	store(&irqs, &secure, ICACTIVER + 4 + 1, 1, 1);
	ck_assert_uint_eq(load(&irqs, &secure, ICACTIVER + 4, 4), 0);
}
END_TEST

/* Two bits an interrupt, of which only the upper one is there; SGIs are edges for good. */
START_TEST(configuration)
{
	struct gicirq irqs = irqs_of(3, false);

	store(&irqs, &secure, ICFGR, 4, 0);
	ck_assert_uint_eq(load(&irqs, &secure, ICFGR, 4), 0xaaaaaaaa);
	store(&irqs, &secure, ICFGR + 8, 4, UINT32_MAX);
	ck_assert_uint_eq(load(&irqs, &secure, ICFGR + 8, 4), 0xaaaaaaaa);
	store(&irqs, &secure, ICFGR + 8 + 2, 1, 0x08);		/* interrupts 40 to 43: 41 alone */
	ck_assert_uint_eq(load(&irqs, &secure, ICFGR + 8, 4), 0xaa08aaaa);
	ck_assert(!gicirq_get(&irqs, GIC_BITS_EDGE, 0, SPI));
	ck_assert(gicirq_get(&irqs, GIC_BITS_EDGE, 0, SPI + 1));
	ck_assert(gicirq_get(&irqs, GIC_BITS_EDGE, 0, SPI + 7));
}
END_TEST

/* An edge counts when it comes; one that was there before the interrupt became edge-triggered does not. */
START_TEST(an_edge_is_a_change)
{
	struct gicirq irqs = irqs_of(3, false);

	gicirq_set_input(&irqs, 0, SPI, true);
	store(&irqs, &secure, ICFGR + 8 + 2, 1, 0x02);
	ck_assert_uint_eq(load(&irqs, &secure, ISPENDR + 4, 4), 0);
	gicirq_set_input(&irqs, 0, SPI, true);
	ck_assert_uint_eq(load(&irqs, &secure, ISPENDR + 4, 4), 0);
	gicirq_set_input(&irqs, 0, SPI, false);
	gicirq_set_input(&irqs, 0, SPI, true);
	gicirq_set_input(&irqs, 0, SPI, false);
	ck_assert_uint_eq(load(&irqs, &secure, ISPENDR + 4, 4), SPI_BIT);
}
END_TEST

/* From the non-secure side the secure half is zero and stays; what is left has the lower half of the priorities. */
START_TEST(nonsecure_view)
{
	struct gicirq irqs = irqs_of(3, false);

	store(&irqs, &secure, IGROUPR + 4, 4, SPI_BIT);
	store(&irqs, &secure, IPRIORITYR + SPI, 4, 0x20202020);
	store(&irqs, &secure, ICFGR + 8 + 2, 1, 0x0a);
	ck_assert_uint_eq(load(&irqs, &nonsecure, IGROUPR + 4, 4), 0);
	store(&irqs, &nonsecure, IGROUPR + 4, 4, UINT32_MAX);
	store(&irqs, &nonsecure, IGRPMODR + 4, 4, UINT32_MAX);
	ck_assert_uint_eq(load(&irqs, &secure, IGROUPR + 4, 4), SPI_BIT);
	ck_assert_uint_eq(load(&irqs, &secure, IGRPMODR + 4, 4), 0);
	store(&irqs, &nonsecure, IPRIORITYR + SPI, 4, 0xa0a0a0a0);
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + SPI, 4), 0x202020d0);
	ck_assert_uint_eq(load(&irqs, &nonsecure, IPRIORITYR + SPI, 4), 0x000000a0);
	store(&irqs, &nonsecure, ISENABLER + 4, 4, UINT32_MAX);
	ck_assert_uint_eq(load(&irqs, &secure, ISENABLER + 4, 4), SPI_BIT);
	ck_assert_uint_eq(load(&irqs, &nonsecure, ICFGR + 8, 4), 0x00020000);
	store(&irqs, &nonsecure, ICFGR + 8, 4, 0);
	ck_assert_uint_eq(load(&irqs, &secure, ICFGR + 8, 4), 0x00080000);
}
END_TEST

START_TEST(groups)
{
	struct gicirq irqs = irqs_of(3, false);

	store(&irqs, &secure, IGROUPR + 4 + 1, 1, 1);
	ck_assert_int_eq(gicirq_group(&irqs, 0, SPI), GIC_GROUP1);
	store(&irqs, &secure, IGRPMODR + 4 + 1, 1, 3);
	ck_assert_int_eq(gicirq_group(&irqs, 0, SPI), GIC_GROUP1);	/* the modifier counts without the group bit */
	ck_assert_int_eq(gicirq_group(&irqs, 0, SPI + 1), GIC_GROUP1_SECURE);
	store(&irqs, &secure, IGROUPR + 4 + 1, 1, 0);
	ck_assert_int_eq(gicirq_group(&irqs, 0, SPI), GIC_GROUP1_SECURE);
	store(&irqs, &secure, IGRPMODR + 4, 4, 0);
	ck_assert_int_eq(gicirq_group(&irqs, 0, SPI), GIC_GROUP0);
}
END_TEST

/* Word 0 is each CPU's own, the others are everybody's. */
START_TEST(banked_words)
{
	struct gicirq irqs = irqs_of(3, false);
	struct gicirq_view other = secure;

	other.cpu = 1;
	store(&irqs, &secure, ISENABLER, 8, UINT64_C(0x100) << 32 | 1 << 27);
	ck_assert_uint_eq(load(&irqs, &other, ISENABLER, 8), UINT64_C(0x100) << 32);
	store(&irqs, &other, IPRIORITYR + 27, 1, 0x50);
	ck_assert_uint_eq(gicirq_priority(&irqs, 1, 27), 0x50);
	ck_assert_uint_eq(gicirq_priority(&irqs, 0, 27), 0);
}
END_TEST

/* GICv2's SGIs are always enabled, and only GICD_SGIR makes them pending. */
START_TEST(fixed_sgis)
{
	struct gicirq fixed = irqs_of(3, true), free_ones = irqs_of(3, false);

	ck_assert_uint_eq(load(&fixed, &secure, ISENABLER, 4), 0xffff);
	ck_assert_uint_eq(load(&free_ones, &secure, ISENABLER, 4), 0);
	store(&fixed, &secure, ICENABLER, 4, UINT32_MAX);
	store(&fixed, &secure, ISPENDR, 4, 1);
	store(&free_ones, &secure, ISPENDR, 4, 1);
	ck_assert_uint_eq(load(&fixed, &secure, ISENABLER, 4), 0xffff);
	ck_assert_uint_eq(load(&fixed, &secure, ISPENDR, 4), 0);
	ck_assert_uint_eq(load(&free_ones, &secure, ISPENDR, 4), 1);
}
END_TEST

/* A register block may begin behind word 0; words that do not exist, and 1020 to 1023, are zero and stay so. */
START_TEST(what_is_not_there)
{
	struct gicirq irqs = irqs_of(GIC_WORD_COUNT, false), small = irqs_of(2, false), before = small;
	struct gicirq_view spis = secure;

	spis.first = 1;
	store(&irqs, &spis, ISENABLER, 4, UINT32_MAX);
	store(&irqs, &spis, IPRIORITYR + 16, 4, UINT32_MAX);
	store(&irqs, &spis, ICFGR + 4, 4, UINT32_MAX);
	ck_assert_uint_eq(load(&irqs, &secure, ISENABLER, 4), 0);
	ck_assert_uint_eq(load(&irqs, &secure, IPRIORITYR + 16, 4), 0);
	ck_assert_uint_eq(load(&irqs, &secure, ICFGR + 4, 4), 0);
	store(&irqs, &secure, ISENABLER + 31 * 4, 4, UINT32_MAX);
	ck_assert_uint_eq(load(&irqs, &secure, ISENABLER + 31 * 4, 4), 0x0fffffff);
	store(&small, &secure, ISENABLER + 8, 4, UINT32_MAX);
	store(&small, &secure, IPRIORITYR + 64, 4, UINT32_MAX);
	store(&small, &secure, ICFGR + 16, 4, UINT32_MAX);
	store(&small, &secure, 0xd80, 4, UINT32_MAX);		/* no bank */
	store(&small, &secure, 0x000, 4, UINT32_MAX);
	ck_assert(!memcmp(&small, &before, sizeof(small)));
	ck_assert_uint_eq(load(&small, &secure, 0xd80, 4), 0);
	ck_assert_uint_eq(load(&small, &secure, IPRIORITYR + 64, 4), 0);
}
END_TEST

/* Enabled, routed, not active, in a group that is asked for; the most urgent, then the lowest number. */
START_TEST(the_best)
{
	struct gicirq irqs = irqs_of(3, false);
	const unsigned group0 = 1 << GIC_GROUP0, group1 = 1 << GIC_GROUP1;

	store(&irqs, &secure, ISPENDR + 4, 4, SPI_BIT | SPI_BIT << 1 | SPI_BIT << 2);
	store(&irqs, &secure, ISENABLER + 4, 4, SPI_BIT | SPI_BIT << 1);
	store(&irqs, &secure, IPRIORITYR + SPI, 4, 0x0000a0a0);
	ck_assert_uint_eq(gicirq_best(&irqs, 0, group0).intid, GIC_NONE);	/* routed to nobody */
	irqs.route[SPI] = irqs.route[SPI + 1] = irqs.route[SPI + 2] = 1;
	ck_assert_uint_eq(gicirq_best(&irqs, 0, group0).intid, SPI);
	ck_assert_uint_eq(gicirq_best(&irqs, 1, group0).intid, GIC_NONE);
	ck_assert_uint_eq(gicirq_best(&irqs, 0, group1).intid, GIC_NONE);
	ck_assert_uint_eq(gicirq_best(&irqs, 0, 0).intid, GIC_NONE);
	store(&irqs, &secure, IPRIORITYR + SPI + 1, 1, 0x98);
	ck_assert_uint_eq(gicirq_best(&irqs, 0, group0).intid, SPI + 1);
	ck_assert_uint_eq(gicirq_best(&irqs, 0, group0).priority, 0x98);
	gicirq_activate(&irqs, 0, SPI + 1);
	ck_assert_uint_eq(gicirq_best(&irqs, 0, group0).intid, SPI);
	store(&irqs, &secure, IGROUPR + 4, 4, SPI_BIT);
	ck_assert_int_eq(gicirq_best(&irqs, 0, group0 | group1).group, GIC_GROUP1);
	store(&irqs, &secure, ICENABLER + 4, 4, SPI_BIT);
	ck_assert_uint_eq(gicirq_best(&irqs, 0, group0 | group1).intid, GIC_NONE);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("device/gicirq");
	TCase *tc = tcase_create("gicirq");

	tcase_add_test(tc, priorities_by_width);
	tcase_add_test(tc, priorities_unaligned);
	tcase_add_test(tc, enables_by_width);
	tcase_add_test(tc, pending_and_active);
	tcase_add_test(tc, configuration);
	tcase_add_test(tc, an_edge_is_a_change);
	tcase_add_test(tc, nonsecure_view);
	tcase_add_test(tc, groups);
	tcase_add_test(tc, banked_words);
	tcase_add_test(tc, fixed_sgis);
	tcase_add_test(tc, what_is_not_there);
	tcase_add_test(tc, the_best);
	suite_add_tcase(suite, tc);
	return suite;
}
