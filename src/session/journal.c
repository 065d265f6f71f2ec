/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/journal.c: what was done to a machine.
 */
#include "session/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "device/board.h"
#include "session/notice.h"
#include "session/session_private.h"
#include "session/tables.h"

/* Bytes of the entry's text. */
static size_t text_len(const struct entry *entry)
{
	if (!entry->text)
		return 0;
	return entry->kind == ENTRY_INPUT ? entry->number : strlen(entry->text) + 1;
}

static struct entry copy_of(const struct entry *entry)
{
	struct entry copy = *entry;

	copy.text = xmemdup(entry->text, text_len(entry));
	return copy;
}

void journal_add(struct journal *journal, const struct entry *entry)
{
	vec_add(&journal->entries, copy_of(entry));
}

void journal_truncate(struct journal *journal, size_t count)
{
	while (journal->entries.len > count)
		free(journal->entries.item[--journal->entries.len].text);
	if (count == 0)
		vec_free(&journal->entries);
}

void journal_copy(struct journal *to, const struct journal *from)
{
	journal_truncate(to, 0);
	for (size_t i = 0; i < from->entries.len; i++)
		journal_add(to, &from->entries.item[i]);
}

static bool is_same(const struct entry *a, const struct entry *b)
{
	return a->t == b->t && a->kind == b->kind && a->cpu == b->cpu &&
	       a->number == b->number && a->value == b->value && a->size == b->size && text_len(a) == text_len(b) &&
	       (!text_len(a) || !memcmp(a->text, b->text, text_len(a)));
}

size_t journal_common(const struct journal *a, const struct journal *b)
{
	size_t n = 0;

	while (n < a->entries.len && n < b->entries.len && is_same(&a->entries.item[n], &b->entries.item[n]))
		n++;
	return n;
}

static bool apply_memory(struct session *session, const struct entry *entry)
{
	uint8_t bytes[8];
	bool ok;

	for (unsigned i = 0; i < entry->size; i++)
		bytes[i] = (uint8_t)(entry->value >> i * 8);
	ok = machine_poke(session_machine(session), entry->number, bytes, entry->size);
	if (ok)
		tables_see_poke(session->tables, entry->number, entry->size);
	return ok;
}

static bool apply_input(struct session *session, const struct entry *entry)
{
	struct pl011 *uart = board_uart(session_board(session), 0);

	return uart && pl011_input(uart, (const uint8_t *)entry->text, entry->number) == entry->number;
}

static bool apply_line(struct session *session, const struct entry *entry)
{
	const struct gic *gic = board_gic(session_board(session));

	if (!gic->ops || entry->number >= gic->intid_count)
		return false;
	gic->ops->set_pending(gic->object, entry->cpu, (unsigned)entry->number);
	return true;
}

bool journal_apply(struct session *session, const struct entry *entry, uint64_t limit, struct stop *stop)
{
	struct machine *machine = session_machine(session);
	struct error ignored = ERROR_NONE;

	if (entry->kind == ENTRY_NOTICE) {
		notice_emit(session, (enum event_kind)entry->number);
		return true;
	}
	/* What is done between two instructions is done just before the second one. */
	machine_settle(machine);
	switch (entry->kind) {
	case ENTRY_STEP:
		*stop = machine_step_cpu(machine, entry->cpu, entry->number < limit ? entry->number : limit);
		return true;
	case ENTRY_REG:
		cpu_set_reg(machine_cpu(machine, entry->cpu), (int)entry->number, entry->value);
		return true;
	case ENTRY_SYSREG:
		return cpu_set_sysreg(machine_cpu(machine, entry->cpu), (uint32_t)entry->number, entry->value);
	case ENTRY_MEMORY:
		return apply_memory(session, entry);
	case ENTRY_SCHED:
		return sched_set(machine_sched(machine), entry->text, &ignored);
	case ENTRY_INJECT:
		machine_inject(machine, (enum injection)entry->number, entry->cpu, entry->value);
		return true;
	case ENTRY_INPUT:
		return apply_input(session, entry);
	case ENTRY_LINE:
		return apply_line(session, entry);
	case ENTRY_NOTICE:
		break;
	}
	return false;
}
