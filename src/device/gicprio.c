/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicprio.c: priorities (Arm IHI 0048B 3.3 and 3.5, IHI 0069 4.8).
 */
#include "device/gicprio.h"

uint8_t gicprio_to_nonsecure(uint8_t priority)
{
	return priority & 0x80 ? (uint8_t)(priority << 1) : 0;
}

uint8_t gicprio_from_nonsecure(uint8_t value)
{
	return (0x80 | value >> 1) & GICPRIO_MASK;
}

uint8_t gicprio_running_to_nonsecure(uint8_t running)
{
	return running == GIC_IDLE_PRIORITY ? running : gicprio_to_nonsecure(running);
}

uint8_t gicprio_group_part(uint8_t priority, unsigned bpr)
{
	return bpr >= 7 ? 0 : (uint8_t)(priority & 0xffu << (bpr + 1));
}

uint8_t gicprio_running(const struct gicprio *prio)
{
	uint32_t all = 0;

	for (unsigned group = 0; group < GIC_GROUP_COUNT; group++)
		all |= prio->active[group];
	return all ? (uint8_t)(__builtin_ctz(all) << GICPRIO_SHIFT) : GIC_IDLE_PRIORITY;
}

enum gic_group gicprio_running_group(const struct gicprio *prio)
{
	unsigned running = gicprio_running(prio);

	for (unsigned group = 0; group < GIC_GROUP_COUNT && running != GIC_IDLE_PRIORITY; group++)
		if (prio->active[group] >> (running >> GICPRIO_SHIFT) & 1)
			return (enum gic_group)group;
	return GIC_GROUP_COUNT;
}

void gicprio_raise(struct gicprio *prio, enum gic_group group, uint8_t part)
{
	prio->active[group] |= UINT32_C(1) << (part >> GICPRIO_SHIFT);
}

bool gicprio_drop(struct gicprio *prio, enum gic_group group)
{
	uint32_t *word = &prio->active[group];

	if (*word == 0)
		return false;
	*word &= *word - 1;
	return true;
}
