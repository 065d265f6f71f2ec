/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/command_complete.c: what could be typed next.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "service/milestones.h"
#include "service/symbols.h"
#include "service/sysreg.h"
#include "session/command.h"
#include "session/eventlog.h"

enum { SYMBOLS_MAX = 200 };

static void offer(struct completions *c, const char *prefix, const char *word)
{
	if (!strncmp(word, prefix, strlen(prefix)))
		vec_add(&c->words, xstrdup(word));
}

static void offer_list(struct completions *c, const char *prefix, const char *list)
{
	while (list && *list) {
		size_t len = strcspn(list, " ");
		char *word = xstrndup(list, len);

		offer(c, prefix, word);
		free(word);
		list += len + strspn(list + len, " ");
	}
}

static void offer_commands(const struct session *session, struct completions *c, const char *prefix)
{
	const struct command_set *set;

	for (size_t i = 0; (set = command_set_at(session, i)); i++)
		for (size_t n = 0; n < set->count; n++)
			offer(c, prefix, set->items[n].name);
}

static void offer_symbols(const struct session *session, struct completions *c, const char *prefix)
{
	struct symbols *symbols = session_symbols(session);
	const struct symbol *symbol;

	for (size_t i = 0; i < SYMBOLS_MAX && (symbol = symbols_complete(symbols, prefix, i)); i++)
		offer(c, prefix, symbol->name);
}

/* What follows "cpuN.". */
static void offer_registers(struct completions *c, const char *prefix)
{
	static const char properties[] = "state sym monitor event el mmu daif nzcv mpidr instructions sp pc";
	const char *dot = strchr(prefix, '.');
	char word[80];

	if (!dot)
		return;
	for (size_t i = 0; i < sysreg_count(); i++) {
		snprintf(word, sizeof(word), "%.*s.%s", (int)(dot - prefix), prefix, sysreg_at(i)->name);
		offer(c, prefix, word);
	}
	for (const char *at = properties; *at; at += strspn(at, " ")) {
		size_t len = strcspn(at, " ");

		snprintf(word, sizeof(word), "%.*s.%.*s", (int)(dot - prefix), prefix, (int)len, at);
		offer(c, prefix, word);
		at += len;
	}
}

/* Names behind "milestone." or "milestone:", "event." or "event:". */
static void offer_named(struct completions *c, const char *prefix, char separator)
{
	char word[80];

	for (size_t i = 0; i < milestones_count(); i++) {
		snprintf(word, sizeof(word), "milestone%c%s", separator, milestones_at(i)->name);
		offer(c, prefix, word);
	}
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
		snprintf(word, sizeof(word), "event%c%s", separator, eventlog_kind_name(kind));
		offer(c, prefix, word);
	}
}

/* The numbers of all CPUs, between BEFORE and AFTER. */
static void offer_cpus(const struct session *session, struct completions *c, const char *prefix, const char *before,
		       const char *after)
{
	char word[32];

	for (unsigned n = 0; n < machine_cpu_count(session_machine(session)); n++) {
		snprintf(word, sizeof(word), "%s%u%s", before, n, after);
		offer(c, prefix, word);
	}
}

static void offer_expression(const struct session *session, struct completions *c, const char *prefix)
{
	offer_symbols(session, c, prefix);
	offer_cpus(session, c, prefix, "cpu", ".");
	if (!strncmp(prefix, "cpu", 3))
		offer_registers(c, prefix);
	if (strchr(prefix, '.'))
		offer_named(c, prefix, '.');
	offer_list(c, prefix, "milestone. event. online mem8[ mem16[ mem32[ mem64[ running wfe wfi off");
}

static void offer_for(const struct session *session, const struct command *command, struct completions *c,
		      const char *prefix)
{
	switch (command->complete) {
	case COMPLETE_SYMBOL:
		offer_symbols(session, c, prefix);
		break;
	case COMPLETE_CONDITION:
		offer_list(c, prefix, "milestone: online: event: uart: idle off");
		if (strchr(prefix, ':'))
			offer_named(c, prefix, ':');
		offer_expression(session, c, prefix);
		break;
	case COMPLETE_EXPR:
		offer_expression(session, c, prefix);
		break;
	case COMPLETE_COMMAND:
		offer_commands(session, c, prefix);
		break;
	case COMPLETE_WORD:
		offer_list(c, prefix, command->words);
		break;
	case COMPLETE_CPU:
		offer_cpus(session, c, prefix, "", "");
		break;
	case COMPLETE_NONE: case COMPLETE_FILE:
		break;
	}
}

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || strchr("_.:-", c);
}

/* Where the word that ends at LEN begins. */
static size_t word_start(const char *line, size_t len)
{
	while (len && is_word_char(line[len - 1]))
		len--;
	return len;
}

void command_complete(const struct session *session, const char *line, size_t len, struct completions *c)
{
	size_t first = strspn(line, " \t"), name = first + strcspn(line + first, " \t/");
	char *prefix, *word;
	const struct command *command;

	memset(c, 0, sizeof(*c));
	if (name >= len) {
		c->start = first < len ? first : len;
		prefix = xstrndup(line + c->start, len - c->start);
		offer_commands(session, c, prefix);
		free(prefix);
		return;
	}
	word = xstrndup(line + first, name - first);
	command = command_find(session, word, NULL);
	free(word);
	c->start = word_start(line, len);
	prefix = xstrndup(line + c->start, len - c->start);
	if (command)
		offer_for(session, command, c, prefix);
	free(prefix);
}

void command_completions_free(struct completions *c)
{
	for (size_t i = 0; i < c->words.len; i++)
		free(c->words.item[i]);
	vec_free(&c->words);
}
