/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/eventlog_json.c: events for programs: one JSON object a line.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "device/psci_name.h"
#include "service/sysreg.h"
#include "session/eventlog.h"
#include "session/eventlog_words.h"
#include "session/names.h"

enum { FORMAT_VERSION = 1 };

static void put_string(struct json *json, const char *key, const char *value)
{
	json_key(json, key);
	json_string(json, value);
}

static void put_number(struct json *json, const char *key, int64_t value)
{
	json_key(json, key);
	json_i64(json, value);
}

static void put_hex(struct json *json, const char *key, uint64_t value)
{
	json_key(json, key);
	json_hex(json, value);
}

static void put_bool(struct json *json, const char *key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}

static void put_symbol(struct json *json, const char *key, const struct loaded *loaded, uint64_t addr)
{
	struct strbuf text = STRBUF_INIT;
	struct name name;
	uint64_t offset;

	if (names_at(loaded, addr, &name, &offset))
		names_format(loaded, addr, &text);
	put_string(json, key, text.text);
	strbuf_free(&text);
}

static void put_cpus(struct json *json, const char *key, uint64_t cpus)
{
	json_key(json, key);
	json_array_begin(json);
	for (unsigned n = 0; n < CPU_MAX; n++)
		if (cpus >> n & 1)
			json_u64(json, n);
	json_array_end(json);
}

typedef void fields_fn(const struct loaded *loaded, const struct event *e, struct json *json);

static void power_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_string(json, "state", eventlog_power_word(e->u.power.state));
}

static void exception_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_string(json, "class", sysreg_exception_class(e->u.exception.ec));
	put_number(json, "from", e->u.exception.from);
	put_number(json, "to", e->u.exception.to);
	put_hex(json, "esr", e->u.exception.esr);
	put_hex(json, "elr", e->u.exception.elr);
	put_hex(json, "far", e->u.exception.far);
	put_hex(json, "vector", e->u.exception.vector);
}

static void eret_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	put_number(json, "from", e->u.eret.from);
	put_number(json, "to", e->u.eret.to);
	put_hex(json, "target", e->u.eret.target);
	put_symbol(json, "target_sym", loaded, e->u.eret.target);
	if (e->u.eret.illegal)
		put_bool(json, "illegal", true);
}

/* "fn" by name where it has one. */
static void put_function(struct json *json, uint32_t fn)
{
	const char *name = psci_fn_name(fn);

	if (name)
		put_string(json, "fn", name);
	else
		put_hex(json, "fn", fn);
}

static void psci_call_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_function(json, e->u.psci_call.fn);
	json_key(json, "args");
	json_array_begin(json);
	for (int i = 0; i < 3; i++)
		json_hex(json, e->u.psci_call.args[i]);
	json_array_end(json);
}

/* Bit n is xn. */
static void put_registers(struct json *json, const char *key, uint32_t registers)
{
	char name[8];

	json_key(json, key);
	json_array_begin(json);
	for (unsigned n = 0; n < 31; n++) {
		snprintf(name, sizeof(name), "x%u", n);
		if (registers >> n & 1)
			json_string(json, name);
	}
	json_array_end(json);
}

static void psci_return_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_function(json, e->u.psci_return.fn);
	put_number(json, "value", e->u.psci_return.value);
	put_string(json, "name", psci_value_name(e->u.psci_return.fn, e->u.psci_return.value));
	if (e->u.psci_return.lost)
		put_registers(json, "lost", e->u.psci_return.lost);
}

static void wake_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_string(json, "by", eventlog_wake_word(e->u.wake.by));
	json_key(json, "from");
	if (e->u.wake.from >= 0)
		json_i64(json, e->u.wake.from);
	else
		json_null(json);
}

static void sev_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_cpus(json, "woke", e->u.sev.woke);
}

static void exclusive_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_hex(json, "addr", e->u.exclusive.addr);
	put_number(json, "size", e->u.exclusive.size);
	put_hex(json, "value", e->u.exclusive.value);
	if (e->kind != EVENT_STXR)
		return;
	put_bool(json, "ok", e->u.exclusive.ok);
	put_string(json, "why", e->u.exclusive.ok ? NULL : eventlog_stxr_word(e->u.exclusive.why));
}

static void lost_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_hex(json, "addr", e->u.lost.addr);
	json_key(json, "by");
	if (e->u.lost.by >= 0)
		json_i64(json, e->u.lost.by);
	else
		json_null(json);
	put_string(json, "how", eventlog_lost_word(e->u.lost.how));
}

static void table_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	put_string(json, "table", e->u.table.table);
	put_number(json, "slot", e->u.table.slot);
	put_number(json, "for", e->u.table.target);
	put_hex(json, "addr", e->u.table.addr);
	put_hex(json, "old", e->u.table.old);
	put_hex(json, "new", e->u.table.value);
	put_symbol(json, "new_sym", loaded, e->u.table.value);
}

static void mmu_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_bool(json, "on", e->u.mmu.on);
}

static void irq_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_number(json, "intid", e->u.irq.intid);
	if (e->kind == EVENT_SGI)
		put_cpus(json, "to", e->u.irq.targets);
}

static void milestone_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_string(json, "name", e->u.milestone.name);
	put_number(json, "order", e->u.milestone.order);
}

static void uart_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_string(json, "text", e->u.uart.text);
}

static void text_fields(const struct loaded *loaded, const struct event *e, struct json *json)
{
	(void)loaded;
	put_string(json, "reason", e->u.text.reason);
	put_string(json, "detail", e->u.text.detail);
}

static fields_fn *const fields[EVENT_KIND_COUNT] = {
	[EVENT_RESET] = power_fields, [EVENT_POWER] = power_fields, [EVENT_EXCEPTION] = exception_fields,
	[EVENT_ERET] = eret_fields, [EVENT_PSCI_CALL] = psci_call_fields, [EVENT_PSCI_RETURN] = psci_return_fields,
	[EVENT_WFE_WAKE] = wake_fields, [EVENT_WFI_WAKE] = wake_fields, [EVENT_SEV] = sev_fields,
	[EVENT_LDXR] = exclusive_fields, [EVENT_STXR] = exclusive_fields, [EVENT_MONITOR_LOST] = lost_fields,
	[EVENT_TABLE] = table_fields, [EVENT_MMU] = mmu_fields, [EVENT_IRQ] = irq_fields, [EVENT_SGI] = irq_fields,
	[EVENT_EOI] = irq_fields, [EVENT_MILESTONE] = milestone_fields, [EVENT_UART] = uart_fields,
	[EVENT_FAULT] = text_fields, [EVENT_DEADLOCK] = text_fields, [EVENT_STOP] = text_fields,
};

/* What every event has.  Those of no CPU have null for where they happened. */
static void put_place(const struct loaded *loaded, const struct event *e, struct json *json)
{
	put_number(json, "t", (int64_t)e->t);
	json_key(json, "cpu");
	if (e->cpu < 0) {
		json_null(json);
		return;
	}
	json_i64(json, e->cpu);
	put_number(json, "el", e->el);
	put_hex(json, "pc", e->pc);
	put_symbol(json, "sym", loaded, e->pc);
}

void eventlog_format_json(const struct loaded *loaded, const struct event *event, struct strbuf *out)
{
	struct json json;

	json_init(&json, out);
	json_object_begin(&json);
	put_place(loaded, event, &json);
	put_string(&json, "ev", eventlog_kind_name(event->kind));
	if (fields[event->kind])
		fields[event->kind](loaded, event, &json);
	json_object_end(&json);
	strbuf_putc(out, '\n');
}

void eventlog_json_header(const char *version, struct strbuf *out)
{
	struct json json;

	json_init(&json, out);
	json_object_begin(&json);
	put_number(&json, "format", FORMAT_VERSION);
	put_string(&json, "program", "smptutor");
	put_string(&json, "version", version);
	put_string(&json, "time", "instructions");
	json_object_end(&json);
	strbuf_putc(out, '\n');
}
