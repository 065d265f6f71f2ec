/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/eventlog_text.c: events for people.
 */
#include <inttypes.h>
#include <string.h>

#include "device/psci_name.h"
#include "machine/syndrome.h"
#include "service/sysreg.h"
#include "session/eventlog.h"
#include "session/eventlog_words.h"
#include "session/names.h"

/* Columns at which the fields start. */
enum { COLUMN_CPU = 12, COLUMN_EL = 18, COLUMN_PLACE = 22, COLUMN_EVENT = 52, COLUMN_DETAILS = 66 };

const char *eventlog_power_word(enum power_state state)
{
	static const char *const words[] = {
		[POWER_OFF] = "off", [POWER_ON] = "on", [POWER_SUSPENDED] = "suspended",
		[POWER_SYSTEM_OFF] = "system-off", [POWER_SYSTEM_RESET] = "system-reset",
	};

	return words[state];
}

const char *eventlog_wake_word(enum wake_by by)
{
	static const char *const words[] = {
		[WAKE_SEV] = "sev", [WAKE_IRQ] = "irq", [WAKE_MONITOR] = "monitor", [WAKE_STREAM] = "stream",
		[WAKE_SPURIOUS] = "spurious", [WAKE_EVENT] = "event",
	};

	return words[by];
}

const char *eventlog_stxr_word(enum stxr_why why)
{
	static const char *const words[] = {
		[STXR_OK] = "ok", [STXR_NO_RESERVATION] = "no-reservation", [STXR_LOST] = "lost",
		[STXR_ADDRESS] = "address", [STXR_INJECTED] = "injected",
	};

	return words[why];
}

const char *eventlog_lost_word(enum lost_how how)
{
	static const char *const words[] = {
		[LOST_STORE] = "store", [LOST_STXR] = "stxr", [LOST_CLREX] = "clrex", [LOST_ERET] = "eret",
		[LOST_ZVA] = "zva", [LOST_REPLACED] = "replaced", [LOST_ATOMIC] = "atomic",
	};

	return words[how];
}

/* ---- details, one function a family of kinds ---- */

typedef void details_fn(const struct loaded *loaded, const struct event *e, struct strbuf *out);

/* NAME=VALUE, as a symbol where there is one. */
static void put_address(const struct loaded *loaded, const char *name, uint64_t value, struct strbuf *out)
{
	strbuf_printf(out, "%s=", name);
	names_format(loaded, value, out);
}

/* What was loaded or stored: small numbers are counts, not addresses at the start of a ROM. */
static void put_value(const struct loaded *loaded, uint64_t value, struct strbuf *out)
{
	enum { SMALL = 0x100 };

	if (value > UINT64_MAX - SMALL)
		strbuf_printf(out, "%" PRId64, (int64_t)value);
	else if (value < SMALL)
		strbuf_printf(out, "%" PRIu64, value);
	else
		names_format(loaded, value, out);
}

static void put_cpus(const char *before, uint64_t cpus, struct strbuf *out)
{
	strbuf_puts(out, before);
	for (unsigned n = 0, first = 1; n < CPU_MAX; n++) {
		if (cpus >> n & 1) {
			strbuf_printf(out, first ? "cpu%u" : ",cpu%u", n);
			first = 0;
		}
	}
}

static void power_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	(void)loaded;
	strbuf_puts(out, eventlog_power_word(e->u.power.state));
}

static void exception_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	const char *class = sysreg_exception_class(e->u.exception.ec);
	bool is_abort = (e->u.exception.ec & ~5u) == 0x20;
	char words[80];

	if (class)
		strbuf_puts(out, class);
	else
		strbuf_printf(out, "EC=0x%x", e->u.exception.ec);
	strbuf_printf(out, " EL%d->EL%d ", e->u.exception.from, e->u.exception.to);
	put_address(loaded, "vector", e->u.exception.vector, out);
	put_address(loaded, " elr", e->u.exception.elr, out);
	if (e->u.exception.ec < EVENT_EC_IRQ)
		strbuf_printf(out, " esr=0x%" PRIx64, e->u.exception.esr);
	if (is_abort)
		put_address(loaded, " far", e->u.exception.far, out);
	/* Of the others the page tables tell; this one only the board knows. */
	if (is_abort && syndrome_is_external((uint32_t)e->u.exception.esr)) {
		syndrome_describe((uint32_t)e->u.exception.esr, words, sizeof(words));
		strbuf_printf(out, " (%s)", words);
	}
}

static void eret_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	if (e->u.eret.illegal)
		strbuf_puts(out, "ILLEGAL ");
	strbuf_printf(out, "EL%d->EL%d ", e->u.eret.from, e->u.eret.to);
	put_address(loaded, "to", e->u.eret.target, out);
}

/* The arguments of each function; those that are addresses in capitals. */
static const struct { const char *fn; const char *args[3]; } psci_args[] = {
	{ "CPU_ON", { "mpidr", "ENTRY", "ctx" } }, { "CPU_SUSPEND", { "state", "ENTRY", "ctx" } },
	{ "AFFINITY_INFO", { "mpidr", "level" } }, { "PSCI_FEATURES", { "fn" } }, { "FEATURES", { "fn" } },
	{ "MIGRATE", { "mpidr" } }, { "SYSTEM_RESET2", { "type", "cookie" } },
};

static void put_psci_arg(const struct loaded *loaded, const char *name, uint64_t value, struct strbuf *out)
{
	if (!strcmp(name, "ENTRY"))
		put_address(loaded, " entry", value, out);
	else
		strbuf_printf(out, value < 10 && *name != 'm' ? " %s=%" PRIu64 : " %s=0x%" PRIx64, name, value);
}

static void psci_call_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	const uint64_t *args = e->u.psci_call.args;
	const char *name = psci_fn_name(e->u.psci_call.fn);

	if (!name) {
		strbuf_printf(out, "0x%" PRIx32 " x1=0x%" PRIx64 " x2=0x%" PRIx64, e->u.psci_call.fn, args[0], args[1]);
		return;
	}
	strbuf_puts(out, name);
	for (size_t row = 0; row < sizeof(psci_args) / sizeof(psci_args[0]); row++)
		for (unsigned i = 0; !strcmp(psci_args[row].fn, name) && i < 3 && psci_args[row].args[i]; i++)
			put_psci_arg(loaded, psci_args[row].args[i], args[i], out);
}

/* "; x19, x21 are changed, which a call has to keep". */
static void put_lost(uint32_t lost, struct strbuf *out)
{
	unsigned count = 0;

	for (unsigned n = 0; n < 31; n++)
		if (lost >> n & 1)
			strbuf_printf(out, count++ ? ", x%u" : "; x%u", n);
	if (count)
		strbuf_printf(out, " %s changed, which a call has to keep", count > 1 ? "are" : "is");
}

static void psci_return_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	const char *name = psci_fn_name(e->u.psci_return.fn);
	const char *value = psci_value_name(e->u.psci_return.fn, e->u.psci_return.value);

	(void)loaded;
	if (name)
		strbuf_printf(out, "%s = ", name);
	else
		strbuf_printf(out, "0x%" PRIx32 " = ", e->u.psci_return.fn);
	if (value)
		strbuf_printf(out, "%s (%" PRId64 ")", value, e->u.psci_return.value);
	else
		strbuf_printf(out, "0x%" PRIx64, (uint64_t)e->u.psci_return.value);
	put_lost(e->u.psci_return.lost, out);
}

static void wake_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	(void)loaded;
	strbuf_printf(out, "by %s", eventlog_wake_word(e->u.wake.by));
	if (e->u.wake.by == WAKE_STREAM)
		strbuf_puts(out, " (the timer's event stream)");
	if (e->u.wake.from >= 0)
		strbuf_printf(out, " from cpu%d", e->u.wake.from);
}

static void sev_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	(void)loaded;
	if (e->u.sev.woke)
		put_cpus("woke ", e->u.sev.woke, out);
	else
		strbuf_puts(out, "woke nobody");
}

static void exclusive_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	names_format(loaded, e->u.exclusive.addr, out);
	strbuf_puts(out, " = ");
	put_value(loaded, e->u.exclusive.value, out);
	if (e->u.exclusive.size != 8)
		strbuf_printf(out, " (%u bytes)", e->u.exclusive.size);
	if (e->kind == EVENT_STXR && e->u.exclusive.ok)
		strbuf_puts(out, " stored");
	else if (e->kind == EVENT_STXR)
		strbuf_printf(out, " FAILED: %s", eventlog_stxr_word(e->u.exclusive.why));
}

static void lost_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	names_format(loaded, e->u.lost.addr, out);
	if (e->u.lost.by == EVENT_NO_CPU)
		strbuf_puts(out, " by a device");
	else
		strbuf_printf(out, " by cpu%d", e->u.lost.by);
	strbuf_printf(out, ": %s", eventlog_lost_word(e->u.lost.how));
}

static void table_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	strbuf_printf(out, "%s[%u]", e->u.table.table, e->u.table.slot);
	if (e->u.table.target >= 0)
		strbuf_printf(out, " for cpu%d", e->u.table.target);
	strbuf_puts(out, ": ");
	put_value(loaded, e->u.table.old, out);
	strbuf_puts(out, " -> ");
	put_value(loaded, e->u.table.value, out);
}

static void mmu_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	(void)loaded;
	strbuf_puts(out, e->u.mmu.on ? "on" : "off");
}

static void irq_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	(void)loaded;
	strbuf_printf(out, "intid=%u", e->u.irq.intid);
	if (e->kind == EVENT_SGI)
		put_cpus(" to ", e->u.irq.targets, out);
}

static void milestone_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	(void)loaded;
	strbuf_puts(out, e->u.milestone.name);
}

static void uart_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	(void)loaded;
	for (const char *c = e->u.uart.text; *c; c++)
		if ((unsigned char)*c >= ' ' && *c != 0x7f)
			strbuf_putc(out, *c);
}

/* Several lines are told on one. */
static void text_details(const struct loaded *loaded, const struct event *e, struct strbuf *out)
{
	(void)loaded;
	strbuf_puts(out, e->u.text.reason ? e->u.text.reason : "");
	if (!e->u.text.detail || !*e->u.text.detail)
		return;
	strbuf_puts(out, e->u.text.reason ? ": " : "");
	for (const char *c = e->u.text.detail; *c; c++) {
		if (*c != '\n')
			strbuf_putc(out, *c);
		else if (c[1])
			strbuf_puts(out, "; ");
	}
}

static details_fn *const details[EVENT_KIND_COUNT] = {
	[EVENT_RESET] = power_details, [EVENT_POWER] = power_details, [EVENT_EXCEPTION] = exception_details,
	[EVENT_ERET] = eret_details, [EVENT_PSCI_CALL] = psci_call_details, [EVENT_PSCI_RETURN] = psci_return_details,
	[EVENT_WFE_WAKE] = wake_details, [EVENT_WFI_WAKE] = wake_details, [EVENT_SEV] = sev_details,
	[EVENT_LDXR] = exclusive_details, [EVENT_STXR] = exclusive_details, [EVENT_MONITOR_LOST] = lost_details,
	[EVENT_TABLE] = table_details, [EVENT_MMU] = mmu_details, [EVENT_IRQ] = irq_details, [EVENT_SGI] = irq_details,
	[EVENT_EOI] = irq_details, [EVENT_MILESTONE] = milestone_details, [EVENT_UART] = uart_details,
	[EVENT_FAULT] = text_details, [EVENT_DEADLOCK] = text_details, [EVENT_STOP] = text_details,
};

void eventlog_details(const struct loaded *loaded, const struct event *event, struct strbuf *out)
{
	if (details[event->kind])
		details[event->kind](loaded, event, out);
}

/* Go to COLUMN of the line that started at START, or one blank on when it is passed already. */
static void go_to(struct strbuf *out, size_t start, size_t column)
{
	if (out->len >= start + column)
		strbuf_putc(out, ' ');
	else
		strbuf_pad(out, start + column);
}

void eventlog_format_text_as(const struct loaded *loaded, const struct event *event, const char *text,
			     struct strbuf *out)
{
	size_t start = out->len;

	strbuf_printf(out, "%10" PRIu64, event->t);
	go_to(out, start, COLUMN_CPU);
	if (event->cpu >= 0) {
		strbuf_printf(out, "cpu%d", event->cpu);
		go_to(out, start, COLUMN_EL);
		strbuf_printf(out, "EL%d", event->el);
		go_to(out, start, COLUMN_PLACE);
		names_format(loaded, event->pc, out);
	} else {
		strbuf_puts(out, "-");
	}
	go_to(out, start, COLUMN_EVENT);
	strbuf_puts(out, eventlog_kind_name(event->kind));
	if (details[event->kind]) {
		go_to(out, start, COLUMN_DETAILS);
		strbuf_puts(out, text);
	}
	strbuf_putc(out, '\n');
}

void eventlog_format_text(const struct loaded *loaded, const struct event *event, struct strbuf *out)
{
	struct strbuf text = STRBUF_INIT;

	eventlog_details(loaded, event, &text);
	eventlog_format_text_as(loaded, event, strbuf_text(&text), out);
	strbuf_free(&text);
}
