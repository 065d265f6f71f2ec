/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/condition.c: what a run can wait for.
 */
#include "session/condition.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/suggest.h"
#include "service/milestones.h"
#include "session/console.h"
#include "session/eventlog.h"
#include "session/expr.h"
#include "session/idle.h"
#include "session/marks.h"
#include "session/names.h"
#include "session/reached.h"

/* ---- reading ---- */

static bool complain_milestone(const char *name, struct error *err)
{
	struct suggest other = suggest_start(name);
	char meant[SUGGEST_TEXT_MAX];

	if (!*name)
		return error_set(err, "milestone: wants a name, like milestone:smp_init ('help milestones' lists "
				 "them)");
	for (size_t i = 0; i < milestones_count(); i++)
		suggest_offer(&other, milestones_at(i)->name);
	return error_set(err, "no milestone '%s'%s", name, suggest_text(&other, " (see 'help milestones')", meant));
}

static bool parse_milestone(struct condition *c, const struct session *session, const char *rest, struct error *err)
{
	int index = milestones_find(rest);

	if (index < 0)
		return complain_milestone(rest, err);
	if (!reached_at(session_reached(session), (size_t)index)->symbol)
		return error_set(err, "milestone '%s' is in none of the images that are loaded", rest);
	c->kind = CONDITION_MILESTONE;
	c->name = xstrdup(milestones_at((size_t)index)->name);
	return true;
}

static bool has_online_mask(const struct session *session)
{
	gpa_t pa;

	return session_online_location(session, &pa);
}

static bool parse_online(struct condition *c, const struct session *session, const char *rest, struct error *err)
{
	unsigned count = machine_cpu_count(session_machine(session));
	char *end;

	c->kind = CONDITION_ONLINE;
	c->number = strtoull(rest, &end, 0);
	if (!*rest)
		return error_set(err, "online: wants a number of CPUs, like online:%u", count);
	if (*end || !c->number || c->number > count)
		return error_set(err, "online:N takes a number from 1 to %u, the CPUs of this board, not '%s'", count,
				 rest);
	return has_online_mask(session) || session_complain_symbols(session, "online:N", err);
}

static bool parse_event(struct condition *c, const struct session *session, const char *rest, struct error *err)
{
	int kind = eventlog_find_kind(rest);

	(void)session;
	if (!*rest)
		return error_set(err, "event: wants a name, like event:sev ('help events' lists them)");
	if (kind < 0)
		return eventlog_complain(rest, " (see 'help events')", err);
	c->kind = CONDITION_EVENT;
	c->event = (enum event_kind)kind;
	return true;
}

static bool parse_uart(struct condition *c, const struct session *session, const char *rest, struct error *err)
{
	(void)session;
	if (!*rest)
		return error_set(err, "uart: wants the text to wait for");
	c->kind = CONDITION_UART;
	c->name = xstrdup(rest);
	return true;
}

static const struct {
	const char *prefix;
	bool (*parse)(struct condition *c, const struct session *session, const char *rest, struct error *err);
} prefixes[] = {
	{ "milestone:", parse_milestone }, { "online:", parse_online }, { "event:", parse_event },
	  { "uart:", parse_uart },
};

/* "cpuN:SYMBOL": false without an error when TEXT does not start like that. */
static bool parse_at(struct condition *c, const struct session *session, const char *text, struct error *err)
{
	unsigned n, count = machine_cpu_count(session_machine(session));
	int end = 0;

	if (sscanf(text, "cpu%3u:%n", &n, &end) < 1 || !end)
		return false;
	if (n >= count)
		return error_set(err, "no CPU %u; there are CPUs 0 to %u", n, count - 1);
	if (!expr_value(session, text + end, &c->va, err))
		return false;
	if (!names_physical(session_loaded(session), n, c->va, &c->pa))
		return error_set(err, "nothing is mapped at '%s'", text + end);
	c->kind = CONDITION_AT;
	c->cpu = (int)n;
	return true;
}

static bool parse_rest(struct condition *c, const struct session *session, const char *text, struct error *err)
{
	struct error own = ERROR_NONE;

	if (parse_at(c, session, text, &own))
		return true;
	if (error_is_set(&own))
		return error_set(err, "%s", own.text);
	c->kind = CONDITION_EXPR;
	c->expr = expr_parse(session, text, err);
	return c->expr;
}

/* A word that no expression knows may be a misspelt one of ours: say so in ERR.  Always false. */
static bool suggest_word(const char *text, struct error *err)
{
	static const char *const words[] = { "idle", "off", "milestone", "online", "event", "uart" };
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz");
	char *word = xstrndup(text, text[len] && text[len] != ':' ? 0 : len), meant[SUGGEST_TEXT_MAX];
	struct suggest other = suggest_start(word);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		suggest_offer(&other, words[i]);
	if (other.best && err)
		error_set(err, "'%s' is no condition%s", text, suggest_text(&other, "", meant));
	free(word);
	return false;
}

static bool parse(struct condition *c, const struct session *session, const char *text, struct error *err)
{
	if (!strcmp(text, "idle") || !strcmp(text, "off")) {
		c->kind = *text == 'i' ? CONDITION_IDLE : CONDITION_OFF;
		return c->kind == CONDITION_OFF || idle_is_known(session) || session_complain_symbols(session, "idle", err);
	}
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t len = strlen(prefixes[i].prefix);

		if (!strncmp(text, prefixes[i].prefix, len))
			return prefixes[i].parse(c, session, text + len, err);
		/* As an expression the bare word would be true at once, or never. */
		if (!strncmp(text, prefixes[i].prefix, len - 1) && !text[len - 1])
			return prefixes[i].parse(c, session, "", err);
	}
	return parse_rest(c, session, text, err) || suggest_word(text, err);
}

static void release(struct condition *c)
{
	free(c->text);
	free(c->name);
	expr_free(c->expr);
}

bool condition_parse(struct condition_list *list, const struct session *session, const char *text, struct error *err)
{
	struct condition c = { .cpu = EVENT_NO_CPU };

	while (isspace((unsigned char)*text))
		text++;
	if (!*text)
		return error_set(err, "until what? milestone:NAME, cpuN:SYMBOL, online:N, event:NAME, uart:TEXT, "
				 "idle, off or an expression");
	c.text = xstrdup(text);
	if (!parse(&c, session, text, err)) {
		release(&c);
		return false;
	}
	vec_add(&list->items, c);
	return true;
}

void condition_list_free(struct condition_list *list)
{
	for (size_t i = 0; i < list->items.len; i++)
		release(&list->items.item[i]);
	vec_free(&list->items);
}

/* ---- before and after a run ---- */

static void watch_range(void *ctx, gpa_t addr, unsigned size)
{
	struct condition_list *list = ctx;

	vec_add(&list->watches, machine_add_watch(list->machine, addr, size, WATCH_STOP));
}

static void start_one(struct condition_list *list, struct condition *c, struct session *session)
{
	gpa_t online;

	c->hit = false;
	c->from = console_written(session_console(session));
	if (c->kind == CONDITION_AT)
		marks_add(session_marks(session), c->pa);
	else if (c->kind == CONDITION_ONLINE && session_online_location(session, &online))
		watch_range(list, online, sizeof(uint64_t));
	else if (c->kind == CONDITION_EVENT)
		session_want_events(session, 1ull << c->event);
	else if (c->kind == CONDITION_EXPR)
		session_want_events(session, expr_events(c->expr));
	if (c->kind == CONDITION_EXPR && !(expr_depends(c->expr) & EXPR_DEPENDS_INSTRUCTION))
		expr_each_range(c->expr, session, watch_range, list);
}

void condition_list_start(struct condition_list *list, struct session *session)
{
	list->machine = session_machine(session);
	for (size_t i = 0; i < list->items.len; i++)
		start_one(list, &list->items.item[i], session);
}

void condition_list_end(struct condition_list *list, struct session *session)
{
	for (size_t i = 0; i < list->watches.len; i++)
		machine_clear_watch(list->machine, list->watches.item[i]);
	vec_free(&list->watches);
	for (size_t i = 0; i < list->items.len; i++)
		if (list->items.item[i].kind == CONDITION_AT)
			marks_remove(session_marks(session), list->items.item[i].pa);
}

bool condition_list_needs_each_instruction(const struct condition_list *list)
{
	for (size_t i = 0; i < list->items.len; i++) {
		const struct condition *c = &list->items.item[i];

		if (c->kind == CONDITION_EXPR && (expr_depends(c->expr) & EXPR_DEPENDS_INSTRUCTION))
			return true;
	}
	return false;
}

bool condition_list_has_event(const struct condition_list *list)
{
	for (size_t i = 0; i < list->items.len; i++)
		if (list->items.item[i].kind == CONDITION_EVENT)
			return true;
	return false;
}

/* ---- during a run ---- */

static bool see_event(struct condition *c, const struct event *event)
{
	switch (c->kind) {
	case CONDITION_MILESTONE:
		c->hit |= event->kind == EVENT_MILESTONE && !strcmp(event->u.milestone.name, c->name);
		return c->hit;
	case CONDITION_EVENT:
		c->hit |= event->kind == c->event;
		return c->hit;
	case CONDITION_EXPR:
		/* Any event may have changed what it looks at. */
		return expr_depends(c->expr) & EXPR_DEPENDS_EVENT;
	default:
		return false;
	}
}

bool condition_list_see_event(struct condition_list *list, const struct event *event)
{
	bool any = false;

	for (size_t i = 0; i < list->items.len; i++)
		any |= see_event(&list->items.item[i], event);
	return any;
}

/* Does what was written since the run began end in the text that C waits for? */
static bool see_console(struct condition *c, const struct console *console)
{
	size_t len, want = strlen(c->name);
	const char *text = console_text(console, &len);

	if (console_written(console) - c->from >= want && len >= want && !memcmp(text + len - want, c->name, want))
		c->hit = true;
	return c->hit;
}

bool condition_list_see_console(struct condition_list *list, const struct console *console)
{
	bool any = false;

	for (size_t i = 0; i < list->items.len; i++)
		if (list->items.item[i].kind == CONDITION_UART)
			any |= see_console(&list->items.item[i], console);
	return any;
}

static bool is_at(const struct condition *c, const struct session *session)
{
	struct machine *machine = session_machine(session);
	const struct cpu *cpu = machine_cpu_const(machine, (unsigned)c->cpu);
	gpa_t pa;

	return cpu_state(cpu) == CPU_RUNNING &&
	       machine_translate(machine, (unsigned)c->cpu, cpu_get_reg(cpu, CPU_PC), &pa) && pa == c->pa;
}

static bool is_online(const struct condition *c, const struct session *session)
{
	uint64_t mask;

	return session_online_mask(session, &mask) && (uint64_t)__builtin_popcountll(mask) >= c->number;
}

static bool holds(const struct condition *c, const struct session *session)
{
	uint64_t value;

	switch (c->kind) {
	case CONDITION_MILESTONE: case CONDITION_EVENT: case CONDITION_UART:
		return c->hit;
	case CONDITION_AT:
		return is_at(c, session);
	case CONDITION_ONLINE:
		return is_online(c, session);
	case CONDITION_IDLE:
		return session_stop(session)->why == STOPPED_IDLE;
	case CONDITION_OFF:
		return session_stop(session)->why == STOPPED_POWER_OFF;
	case CONDITION_EXPR:
		/* What cannot be worked out yet (an address that nothing is mapped at) does not hold yet. */
		return expr_eval(c->expr, session, &value, NULL) && value;
	}
	return false;
}

int condition_list_check(const struct condition_list *list, const struct session *session)
{
	for (size_t i = 0; i < list->items.len; i++)
		if (holds(&list->items.item[i], session))
			return (int)i;
	return -1;
}

bool condition_list_take_hits(struct condition_list *list)
{
	bool any = false;

	for (size_t i = 0; i < list->items.len; i++) {
		any |= list->items.item[i].hit;
		list->items.item[i].hit = false;
	}
	return any;
}
