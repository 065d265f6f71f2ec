/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/words.c: events and CPUs in a few words.
 */
#include "base/width.h"
#include "ui/words.h"

#include <inttypes.h>
#include <string.h>

#include "service/sysreg.h"
#include "session/eventlog.h"
#include "session/eventlog_words.h"
#include "session/reached.h"

typedef void words_fn(const struct model *model, const struct event *e, struct strbuf *out);

static void details_only(const struct model *model, const struct event *e, struct strbuf *out)
{
	eventlog_details(session_loaded(model->session), e, out);
}

static void name_and_details(const struct model *model, const struct event *e, struct strbuf *out)
{
	strbuf_printf(out, "%s ", eventlog_kind_name(e->kind));
	details_only(model, e, out);
}

static void name_only(const struct model *model, const struct event *e, struct strbuf *out)
{
	(void)model;
	strbuf_puts(out, eventlog_kind_name(e->kind));
}

static void exception_words(const struct model *model, const struct event *e, struct strbuf *out)
{
	const char *class = sysreg_exception_class(e->u.exception.ec);

	(void)model;
	strbuf_printf(out, "%s ▸ EL%d", class ? class : "exception", e->u.exception.to);
}

static void eret_words(const struct model *model, const struct event *e, struct strbuf *out)
{
	strbuf_printf(out, "eret%s ▸ EL%d ", e->u.eret.illegal ? " ILLEGAL" : "", e->u.eret.to);
	model_place(model, e->u.eret.target, out);
}

static void sleep_words(const struct model *model, const struct event *e, struct strbuf *out)
{
	(void)model;
	strbuf_puts(out, e->kind == EVENT_WFE_SLEEP ? "wfe: asleep" : "wfi: asleep");
}

static void wake_words(const struct model *model, const struct event *e, struct strbuf *out)
{
	(void)model;
	strbuf_printf(out, "woken by %s", eventlog_wake_word(e->u.wake.by));
	if (e->u.wake.from >= 0)
		strbuf_printf(out, " of CPU%d", e->u.wake.from);
}

static void sev_words(const struct model *model, const struct event *e, struct strbuf *out)
{
	(void)model;
	strbuf_puts(out, e->u.sev.woke ? "sev" : "sev (all awake)");
}

static void table_words(const struct model *model, const struct event *e, struct strbuf *out)
{
	struct strbuf meaning = STRBUF_INIT;

	model_meaning(model, e->u.table.value, &meaning);
	if (!meaning.len)
		strbuf_printf(&meaning, e->u.table.value < 10 ? "%" PRIu64 : "0x%" PRIx64, e->u.table.value);
	strbuf_printf(out, "%s[%u] = %s", e->u.table.table, e->u.table.slot, meaning.text);
	strbuf_free(&meaning);
}

static void mmu_words(const struct model *model, const struct event *e, struct strbuf *out)
{
	(void)model;
	strbuf_puts(out, e->u.mmu.on ? "MMU on" : "MMU off");
}

const char *words_milestone(const struct session *session, const char *name)
{
	const struct reached_state *state = reached_find(session_reached(session), name);

	return state && state->symbol && state->milestone->image == MILESTONE_KERNEL ? state->symbol : name;
}

static void milestone_words(const struct model *model, const struct event *e, struct strbuf *out)
{
	strbuf_puts(out, words_milestone(model->session, e->u.milestone.name));
}

static words_fn *const words[EVENT_KIND_COUNT] = {
	[EVENT_RESET] = name_only,
	[EVENT_POWER] = name_and_details,
	[EVENT_EXCEPTION] = exception_words,
	[EVENT_ERET] = eret_words,
	[EVENT_PSCI_CALL] = details_only,
	[EVENT_PSCI_RETURN] = details_only,
	[EVENT_WFE_SLEEP] = sleep_words,
	[EVENT_WFE_PASS] = name_only,
	[EVENT_WFE_WAKE] = wake_words,
	[EVENT_SEV] = sev_words,
	[EVENT_SEVL] = name_only,
	[EVENT_WFI_SLEEP] = sleep_words,
	[EVENT_WFI_WAKE] = wake_words,
	[EVENT_LDXR] = name_and_details,
	[EVENT_STXR] = name_and_details,
	[EVENT_CLREX] = name_only,
	[EVENT_MONITOR_LOST] = name_and_details,
	[EVENT_TABLE] = table_words,
	[EVENT_MMU] = mmu_words,
	[EVENT_IRQ] = name_and_details,
	[EVENT_SGI] = name_and_details,
	[EVENT_EOI] = name_and_details,
	[EVENT_MILESTONE] = milestone_words,
	[EVENT_UART] = name_and_details,
	[EVENT_FAULT] = name_and_details,
	[EVENT_DEADLOCK] = name_and_details,
	[EVENT_STOP] = name_and_details,
};

void words_event(const struct model *model, const struct event *event, struct strbuf *out)
{
	words[event->kind](model, event, out);
}

enum style words_event_style(const struct event *event)
{
	switch (event->kind) {
	case EVENT_WFE_SLEEP: case EVENT_WFI_SLEEP:
		return STYLE_ASLEEP;
	case EVENT_WFE_WAKE: case EVENT_WFI_WAKE: case EVENT_SEV: case EVENT_TABLE:
		return STYLE_ARROW;
	case EVENT_EXCEPTION: case EVENT_ERET: case EVENT_PSCI_CALL: case EVENT_PSCI_RETURN:
		return STYLE_HEADING;
	case EVENT_MILESTONE:
		return STYLE_SYMBOL;
	case EVENT_FAULT: case EVENT_DEADLOCK:
		return STYLE_FAULT;
	case EVENT_UART:
		return STYLE_DIM;
	default:
		return STYLE_NORMAL;
	}
}

enum style words_state_style(const struct cpu *cpu)
{
	static const enum style styles[] = {
		[CPU_OFF] = STYLE_OFF,	  [CPU_RUNNING] = STYLE_RUNNING, [CPU_WFE] = STYLE_ASLEEP,
		[CPU_WFI] = STYLE_ASLEEP, [CPU_FAULTED] = STYLE_FAULT,
	};

	return styles[cpu_state(cpu)];
}

bool words_wrap(const char *text, int width, size_t *at, size_t *start, size_t *len)
{
	const char *from = text + *at;
	size_t newline = strcspn(from, "\n"), fit = width_fit(from, width > 0 ? width : 1), blank;

	if (!*from)
		return false;
	*start = *at;
	if (fit >= newline) {
		*len = newline;
		*at += newline + (from[newline] == '\n');
		return true;
	}
	for (blank = fit; blank && from[blank] != ' ';)
		blank--;
	*len = blank ? blank : fit ? fit : 1;
	*at += *len + (blank > 0);
	return true;
}
