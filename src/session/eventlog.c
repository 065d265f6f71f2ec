/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/eventlog.c: the kinds of events by name, and which of them are logged.
 */
#include "session/eventlog.h"

#include <stdio.h>
#include <string.h>

#include "base/suggest.h"

#define BIT(kind)	(1ull << (kind))

/* In the order of enum event_kind.  Floods are left out of a log unless asked for. */
static const struct {
	const char *name;
	bool is_flood;
	const char *brief;
} kinds[EVENT_KIND_COUNT] = {
	[EVENT_RESET] = { "reset", false, "a CPU left reset" },
	[EVENT_POWER] = { "power", false, "a CPU, or the whole board, was turned on, off or suspended" },
	[EVENT_EXCEPTION] = { "exception", false, "an exception was taken: class, levels, syndrome, vector" },
	[EVENT_ERET] = { "eret", false, "an exception return" },
	[EVENT_PSCI_CALL] = { "psci-call", false, "a PSCI function was called" },
	[EVENT_PSCI_RETURN] = { "psci-return", false, "and what it returned; registers that it lost" },
	[EVENT_WFE_SLEEP] = { "wfe-sleep", false, "WFE put a CPU to sleep" },
	[EVENT_WFE_PASS] = { "wfe-pass", true, "WFE found the event register set, cleared it and went on" },
	[EVENT_WFE_WAKE] = { "wfe-wake", false, "a CPU woke from WFE: what woke it" },
	[EVENT_SEV] = { "sev", false, "an event was sent to all CPUs: who woke" },
	[EVENT_SEVL] = { "sevl", true, "a CPU set its own event register" },
	[EVENT_WFI_SLEEP] = { "wfi-sleep", false, "WFI put a CPU to sleep" },
	[EVENT_WFI_WAKE] = { "wfi-wake", false, "a CPU woke from WFI: what woke it" },
	[EVENT_LDXR] = { "ldxr", true, "a load-exclusive marked an address" },
	[EVENT_STXR] = { "stxr", true, "a store-exclusive, and whether it stored" },
	[EVENT_CLREX] = { "clrex", true, "a CPU gave up its reservation" },
	[EVENT_MONITOR_LOST] = { "monitor-lost", true, "a reservation was lost: by whom, how" },
	[EVENT_TABLE] = { "table", false, "a slot of branch_table, or a cpu-release-addr, was written" },
	[EVENT_MMU] = { "mmu", false, "address translation was turned on or off" },
	[EVENT_IRQ] = { "irq", true, "an interrupt was acknowledged" },
	[EVENT_SGI] = { "sgi", true, "a CPU sent an interrupt to CPUs" },
	[EVENT_EOI] = { "eoi", true, "an interrupt was finished" },
	[EVENT_MILESTONE] = { "milestone", false, "a CPU passed a function of 'help milestones'" },
	[EVENT_UART] = { "uart", false, "the guest wrote a line to its console" },
	[EVENT_FAULT] = { "fault", false, "the guest did something that nothing handles" },
	[EVENT_DEADLOCK] = { "deadlock", false, "every CPU sleeps and nothing can wake one" },
	[EVENT_STOP] = { "stop", false, "why the run ended" },
};

const char *eventlog_kind_name(enum event_kind kind)
{
	return kinds[kind].name;
}

int eventlog_find_kind(const char *name)
{
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++)
		if (!strcmp(kinds[kind].name, name))
			return kind;
	return -1;
}

bool eventlog_complain(const char *name, const char *where, struct error *err)
{
	struct suggest other = suggest_start(name);
	char meant[SUGGEST_TEXT_MAX];

	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++)
		suggest_offer(&other, kinds[kind].name);
	return error_set(err, "no event '%s'%s", name, suggest_text(&other, where, meant));
}

const char *eventlog_kind_brief(enum event_kind kind)
{
	return kinds[kind].brief;
}

uint64_t eventlog_default_mask(void)
{
	uint64_t mask = 0;

	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++)
		if (!kinds[kind].is_flood)
			mask |= BIT(kind);
	return mask;
}

/* The mask that WORD stands for: a kind, "all", "none" or "default". */
static bool parse_word(const char *word, uint64_t *mask, struct error *err)
{
	int kind = eventlog_find_kind(word);

	if (kind >= 0)
		*mask = BIT(kind);
	else if (!strcmp(word, "all"))
		*mask = BIT(EVENT_KIND_COUNT) - 1;
	else if (!strcmp(word, "none"))
		*mask = 0;
	else if (!strcmp(word, "default"))
		*mask = eventlog_default_mask();
	else
		return eventlog_complain(word, " (all, none, default, or names of 'smptutor help events')", err);
	return true;
}

/* One item of a list: +NAME and -NAME change *MASK; a bare NAME replaces it the first time. */
static bool apply_item(const char *item, bool *is_replaced, uint64_t *mask, struct error *err)
{
	bool is_change = *item == '+' || *item == '-';
	uint64_t bits = 0;

	if (!parse_word(item + is_change, &bits, err))
		return false;
	if (*item == '-') {
		*mask &= ~bits;
		return true;
	}
	if (!is_change && !*is_replaced) {
		*is_replaced = true;
		*mask = 0;
	}
	*mask |= bits;
	return true;
}

bool eventlog_parse_mask(const char *list, uint64_t *mask, struct error *err)
{
	uint64_t result = *mask;
	bool is_replaced = false;
	char item[32];

	while (*list) {
		size_t len = strcspn(list, ", ");

		if (len >= sizeof(item))
			return error_set(err, "no event '%.40s'", list);
		memcpy(item, list, len);
		item[len] = '\0';
		if (len && !apply_item(item, &is_replaced, &result, err))
			return false;
		list += len + strspn(list + len, ", ");
	}
	*mask = result;
	return true;
}
