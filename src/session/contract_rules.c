/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/contract_rules.c: what booting.rst asks of whoever calls the kernel.
 */
#include "session/contract_rules.h"

#include <inttypes.h>

#include "service/board_desc.h"
#include "service/dtb.h"
#include "service/loader.h"

#define TWO_MIB		UINT64_C(0x200000)
#define SCTLR_M		UINT64_C(1)
#define SCTLR_C		UINT64_C(4)
#define SCR_NS		UINT64_C(1)
#define CNTHCTL_EL1PCTEN	UINT64_C(1)

/* PSTATE.DAIF, from the highest bit down. */
static const struct { uint64_t bit; const char *name; } masks[] = {
	{ 0x200, "debug (D)" }, { 0x100, "SError (A)" }, { 0x80, "IRQ (I)" }, { 0x40, "FIQ (F)" },
};

/* ---- registers ---- */

static bool is_tree_in_ram(const struct contract_case *c, struct strbuf *found)
{
	uint64_t x0 = c->entry->x[0];

	if (x0 % 8)
		strbuf_printf(found, "x0 is 0x%" PRIx64 ", no multiple of 8", x0);
	else if (!board_ranges_cover(&c->loaded->desc->memory, x0, 8))
		strbuf_printf(found, "x0 is 0x%" PRIx64 ", not in RAM", x0);
	return !found->len;
}

static bool is_tree_sound(const struct contract_case *c, struct strbuf *found)
{
	if (c->entry->tree_size)
		return true;
	strbuf_puts(found, c->entry->tree_problem);
	return false;
}

static bool are_zero(const struct contract_case *c, struct strbuf *found)
{
	for (int i = 1; i < 4; i++)
		if (c->entry->x[i])
			strbuf_printf(found, "%sx%d is 0x%" PRIx64, found->len ? ", " : "", i, c->entry->x[i]);
	return !found->len;
}

static bool is_context(const struct contract_case *c, struct strbuf *found)
{
	if (c->entry->x[0] == c->entry->context)
		return true;
	strbuf_printf(found, "x0 is 0x%" PRIx64 ", not 0x%" PRIx64, c->entry->x[0], c->entry->context);
	return false;
}

/* ---- state of the CPU ---- */

static bool is_alone(const struct contract_case *c, struct strbuf *found)
{
	if (!c->entry->is_second)
		return true;
	strbuf_puts(found, "another CPU is in the kernel already");
	return false;
}

static bool is_masked(const struct contract_case *c, struct strbuf *found)
{
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++)
		if (!(c->entry->pstate & masks[i].bit))
			strbuf_printf(found, "%s%s", found->len ? ", " : "not masked: ", masks[i].name);
	return !found->len;
}

static bool is_level(const struct contract_case *c, struct strbuf *found)
{
	if (c->entry->el == 1 || c->entry->el == 2)
		return true;
	strbuf_printf(found, "it is EL%d", c->entry->el);
	return false;
}

static bool is_nonsecure(const struct contract_case *c, struct strbuf *found)
{
	if (c->entry->scr & SCR_NS)
		return true;
	strbuf_printf(found, "SCR_EL3 is 0x%" PRIx64 ", its NS (bit 0) is clear", c->entry->scr);
	return false;
}

static bool is_same_level(const struct contract_case *c, struct strbuf *found)
{
	if (!c->boot->is_seen || c->boot->el == c->entry->el)
		return true;
	strbuf_printf(found, "it is EL%d, and the boot CPU came in EL%d", c->entry->el, c->boot->el);
	return false;
}

static bool is_mmu_off(const struct contract_case *c, struct strbuf *found)
{
	if (!(c->entry->sctlr & SCTLR_M))
		return true;
	strbuf_printf(found, "SCTLR_EL%d is 0x%" PRIx64 ", its M (bit 0) is set", c->entry->el, c->entry->sctlr);
	return false;
}

static bool is_cache_off(const struct contract_case *c, struct strbuf *found)
{
	if (!(c->entry->sctlr & SCTLR_C))
		return true;
	strbuf_printf(found, "SCTLR_EL%d is 0x%" PRIx64 ", its C (bit 2) is set", c->entry->el, c->entry->sctlr);
	return false;
}

/* ---- timers ---- */

static bool is_frequency_set(const struct contract_case *c, struct strbuf *found)
{
	bool is_like_boot = !c->boot->is_seen || c->boot->cntfrq == c->entry->cntfrq;

	if (!c->entry->cntfrq)
		strbuf_puts(found, "CNTFRQ_EL0 is 0");
	else if (!is_like_boot)
		strbuf_printf(found, "CNTFRQ_EL0 is %" PRIu64 ", and the boot CPU's %" PRIu64, c->entry->cntfrq,
			      c->boot->cntfrq);
	return !found->len;
}

static bool is_offset_consistent(const struct contract_case *c, struct strbuf *found)
{
	if (!c->boot->is_seen || c->boot->cntvoff == c->entry->cntvoff)
		return true;
	strbuf_printf(found, "CNTVOFF_EL2 is 0x%" PRIx64 ", and the boot CPU's 0x%" PRIx64, c->entry->cntvoff,
		      c->boot->cntvoff);
	return false;
}

/* At EL2 the kernel sets the bit itself. */
static bool is_counter_open(const struct contract_case *c, struct strbuf *found)
{
	if (c->entry->el != 1 || c->entry->cnthctl & CNTHCTL_EL1PCTEN)
		return true;
	strbuf_printf(found, "CNTHCTL_EL2 is 0x%" PRIx64, c->entry->cnthctl);
	return false;
}

/* ---- the image ---- */

static bool is_image_aligned(const struct contract_case *c, struct strbuf *found)
{
	const struct contract_entry *e = c->entry;

	if (!e->has_header || (e->at - e->text_offset) % TWO_MIB == 0)
		return true;
	strbuf_printf(found, "it is at 0x%" PRIx64 ", and its text_offset is 0x%" PRIx64, e->at, e->text_offset);
	return false;
}

static bool is_image_free(const struct contract_case *c, struct strbuf *found)
{
	const struct contract_entry *e = c->entry;

	if (!e->has_header || !e->image_size)
		return true;
	if (!board_ranges_cover(&c->loaded->desc->memory, e->at, e->image_size))
		strbuf_printf(found, "0x%" PRIx64 " bytes from 0x%" PRIx64 " are not all RAM", e->image_size, e->at);
	else if (e->tree_size && e->x[0] < e->at + e->image_size && e->at < e->x[0] + e->tree_size)
		strbuf_printf(found, "the device tree at 0x%" PRIx64 " lies in them", e->x[0]);
	return !found->len;
}

#define CALL_ALONE	"4. Call the kernel image, \"The primary CPU must jump directly to the first instruction\""
#define CALL_PRIMARY	"4. Call the kernel image, \"Primary CPU general-purpose register settings\""
#define CALL_SECONDARY	"4. Call the kernel image, \"Secondary CPU general-purpose register settings\""
#define CALL_MODE	"4. Call the kernel image, \"CPU mode\""
#define CALL_CACHES	"4. Call the kernel image, \"Caches, MMUs\""
#define CALL_TIMERS	"4. Call the kernel image, \"Architected timers\""
#define CALL_SAME	"4. Call the kernel image, \"All CPUs must enter the kernel in the same exception level\""
#define CALL_IMAGE	"4. Call the kernel image, \"text_offset bytes from a 2MB aligned base\""

static const struct contract_rule rules[] = {
	{ RULE_PRIMARY, "only the boot CPU may enter here", CALL_ALONE, is_alone },
	{ RULE_PRIMARY, "x0 must be a multiple of 8 in RAM", CALL_PRIMARY, is_tree_in_ram },
	{ RULE_PRIMARY, "a device tree of at most 2 MiB must lie at x0", "2. Setup the device tree", is_tree_sound },
	{ RULE_PRIMARY, "x1, x2 and x3 must be 0", CALL_PRIMARY, are_zero },
	{ RULE_SECONDARY, "x0 must be 0, or what CPU_ON was given as context id", CALL_SECONDARY, is_context },
	{ RULE_SECONDARY, "x1, x2 and x3 must be 0", CALL_SECONDARY, are_zero },
	{ RULE_ALL, "debug, SError, IRQ and FIQ must be masked in PSTATE.DAIF", CALL_MODE, is_masked },
	{ RULE_ALL, "the exception level must be EL2 or EL1", CALL_MODE, is_level },
	{ RULE_ALL, "the CPU must be in non-secure state", CALL_MODE, is_nonsecure },
	{ RULE_SECONDARY, "the exception level must be the boot CPU's", CALL_SAME, is_same_level },
	{ RULE_ALL, "the MMU must be off", CALL_CACHES, is_mmu_off },
	{ RULE_ALL, "the data cache must be off", CALL_CACHES, is_cache_off },
	{ RULE_ALL, "CNTFRQ must hold the timer's frequency, the same on all CPUs", CALL_TIMERS, is_frequency_set },
	{ RULE_SECONDARY, "CNTVOFF must be the same on all CPUs", CALL_TIMERS, is_offset_consistent },
	{ RULE_ALL, "entered at EL1, CNTHCTL_EL2.EL1PCTEN (bit 0) must be set", CALL_TIMERS, is_counter_open },
	{ RULE_PRIMARY, "the Image must lie text_offset bytes from a 2 MiB boundary", CALL_IMAGE, is_image_aligned },
	{ RULE_PRIMARY, "image_size bytes from the Image's start must be free RAM", CALL_IMAGE, is_image_free },
};

size_t contract_rules_count(void)
{
	return sizeof(rules) / sizeof(rules[0]);
}

const struct contract_rule *contract_rules_at(size_t index)
{
	return &rules[index];
}

bool contract_rules_apply(const struct contract_rule *rule, const struct contract_case *c)
{
	return rule->who == RULE_ALL || c->entry->is_primary == (rule->who == RULE_PRIMARY);
}
