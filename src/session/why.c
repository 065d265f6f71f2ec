/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/why.c: why a CPU is not online.
 *
 * A CPU is somewhere on the road, and what it waits for there is a word in memory that another CPU should have written.
 * So the chain goes: where it is; what it waits for; what became of the call that should have come; and if none came,
 * what the kernel read in the tree, or where the boot CPU stands.
 */
#include "session/why.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "device/psci_name.h"
#include "service/board_desc.h"
#include "service/milestones.h"
#include "session/console.h"
#include "session/cpu_on.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/groups.h"
#include "session/info.h"
#include "session/names.h"
#include "session/reached.h"
#include "session/tables.h"
#include "session/waits.h"

/* A question being answered. */
struct asking {
	const struct session *session;
	const struct loaded *loaded;
	unsigned n;
	const struct cpu *cpu;
	const struct board_cpu *node;	/* its node in the tree */
	struct strbuf *out;
};

static const struct board_cpu *node_of(const struct loaded *loaded, uint64_t mpidr)
{
	for (size_t i = 0; i < loaded->desc->cpus.len; i++)
		if (loaded->desc->cpus.item[i].has_mpidr && loaded->desc->cpus.item[i].mpidr == mpidr)
			return &loaded->desc->cpus.item[i];
	return NULL;
}

static struct asking asking_about(const struct session *session, unsigned n, struct strbuf *out)
{
	struct asking a = { .session = session, .loaded = session_loaded(session), .n = n, .out = out };

	a.cpu = machine_cpu_const(session_machine(session), n);
	a.node = node_of(a.loaded, cpu_mpidr(a.cpu));
	return a;
}

/* The kernel numbers CPUs its own way: the boot CPU is 0, and the others follow in the order of the tree. */
static bool is_online(const struct asking *a)
{
	uint64_t mask;

	return a->node && a->node->logical >= 0 && session_online_mask(a->session, &mask) &&
		mask >> a->node->logical & 1;
}

static const char *symbol_of(const struct asking *a, gva_t pc)
{
	struct name name;
	uint64_t offset;

	return names_at(a->loaded, pc, &name, &offset) ? name.text : "";
}

/* ---- CPU_ON ---- */

/* "for MPIDR 0x1 by CPU0 at psci_cpu_on+0x64, t=213683". */
static void put_store(const struct asking *a, const struct cpu_on *on)
{
	strbuf_printf(a->out, "for MPIDR 0x%" PRIx64 " by CPU%d at ", on->call->u.psci_call.args[0], on->store->cpu);
	names_format(a->loaded, on->store->pc, a->out);
	strbuf_printf(a->out, ", t=%" PRIu64, on->store->t);
}

static const struct table_slot *slot_of(const struct asking *a)
{
	const struct tables *tables = session_tables(a->session);
	const struct table_slot *slot = tables_find_cpu(tables, TABLE_BRANCH, a->n);

	return slot || a->loaded->method != METHOD_SPIN_TABLE ? slot : tables_find_cpu(tables, TABLE_RELEASE, a->n);
}

/* The firmware opened somebody else's slot. */
static void tell_wrong_slot(const struct asking *a, const struct cpu_on *on)
{
	const struct table_slot *slot = slot_of(a);

	if (!slot || !on->store || on->store->u.table.target == (int)a->n)
		return;
	strbuf_printf(a->out, "because the entry was written to slot %u, ", on->store->u.table.slot);
	put_store(a, on);
	strbuf_printf(a->out, ", but CPU%u watches slot %u\n", a->n, slot->slot);
}

/* What Linux's psci_to_linux_errno() makes of a PSCI error. */
static int linux_errno(int64_t value)
{
	switch (value) {
	case PSCI_NOT_SUPPORTED: return -95;	/* EOPNOTSUPP */
	case PSCI_DENIED: return -1;		/* EPERM */
	default: return -22;			/* EINVAL */
	}
}

static void tell_refusal(const struct asking *a, const struct cpu_on *on)
{
	int64_t value = on->back->u.psci_return.value;
	const char *name = psci_value_name(on->back->u.psci_return.fn, value);
	const struct table_slot *slot = slot_of(a);

	strbuf_printf(a->out, "because CPU_ON, called by CPU%d at t=%" PRIu64 ", returned %s (%" PRId64 ")\n",
		      on->call->cpu,
		      on->call->t, name ? name : "an error", value);
	if (value == PSCI_ALREADY_ON && slot && tables_value(session_tables(a->session), slot) == TABLE_INVALID)
		strbuf_printf(a->out, "although slot %u, which CPU%u watches, says that it is off: the firmware "
			      "looked at another one\n", slot->slot, a->n);
	if (a->node && a->node->logical > 0)
		strbuf_printf(a->out, "Linux says: CPU%d: failed to boot: %d\n", a->node->logical, linux_errno(value));
}

/* ---- nobody asked for it ---- */

/* The last milestone that the boot CPU passed. */
static const struct reached_state *last_milestone(const struct asking *a, unsigned cpu)
{
	const struct reached *reached = session_reached(a->session);
	const struct reached_state *last = NULL;
	uint64_t t, last_t = 0;

	for (size_t i = 0; i < reached_count(reached); i++) {
		if (reached_by(reached, i, cpu, &t) && (!last || t >= last_t)) {
			last = reached_at(reached, i);
			last_t = t;
		}
	}
	return last;
}

static bool was_passed(const struct asking *a, const char *milestone)
{
	const struct reached_state *state = reached_find(session_reached(a->session), milestone);

	return state && state->times;
}

static void tell_boot_cpu(const struct asking *a)
{
	const struct reached_state *last = last_milestone(a, a->loaded->boot_cpu);

	strbuf_printf(a->out, was_passed(a, "smp_init") ? "because smp_init has not asked for it: "
							: "because the boot CPU has not come to smp_init: ");
	info_cpu_sentence(a->session, a->loaded->boot_cpu, a->out);
	if (last)
		strbuf_printf(a->out, ", last passed %s", last->milestone->name);
	strbuf_putc(a->out, '\n');
}

/* With spin-table the kernel calls nobody: it writes to memory.  Does somebody read it there? */
static bool is_unwatched(const struct asking *a)
{
	const struct table_slot *slot = slot_of(a);

	return a->loaded->method == METHOD_SPIN_TABLE && a->node && a->node->has_release_addr &&
	       (!a->loaded->firmware.present || (slot && !strcmp(slot->table, TABLE_BRANCH)));
}

/* Nobody called: the kernel refused the node, or did not get so far. */
static void tell_uncalled(const struct asking *a)
{
	if (!a->node)
		strbuf_puts(a->out, "because the tree has no node for its MPIDR\n");
	else if (is_unwatched(a))
		strbuf_printf(a->out, "because the tree says spin-table, and %s polls its cpu-release-addr\n",
			      a->loaded->firmware.present ? "nothing in this firmware" : "without firmware nobody");
	else if (a->node->problem && was_passed(a, "smp_init_cpus"))
		strbuf_printf(a->out, "because smp_init_cpus refused its node: %s\n", a->node->problem);
	else if (!a->loaded->desc->has_boot_cpu && was_passed(a, "smp_init_cpus"))
		strbuf_puts(a->out, "because the tree does not list the boot CPU: missing boot CPU MPIDR, "
			    "not enabling secondaries\n");
	else
		tell_boot_cpu(a);
}

/* What became of the call that should have let it go. */
static void tell_call(const struct asking *a)
{
	struct cpu_on on = cpu_on_for(a->session, a->n);

	if (!on.call && a->loaded->method == METHOD_SPIN_TABLE) {
		tell_uncalled(a);
	} else if (!on.call) {
		strbuf_printf(a->out, "because CPU_ON was never called for MPIDR 0x%" PRIx64 "\n", cpu_mpidr(a->cpu));
		tell_uncalled(a);
	} else if (!on.back) {
		strbuf_printf(a->out, "because CPU%d is still in the CPU_ON that it called at t=%" PRIu64 ": ",
			      on.call->cpu,
			      on.call->t);
		info_cpu_sentence(a->session, (unsigned)on.call->cpu, a->out);
		strbuf_putc(a->out, '\n');
	} else if (on.back->u.psci_return.value) {
		tell_refusal(a, &on);
	} else {
		strbuf_printf(a->out, "although CPU_ON, called by CPU%d at t=%" PRIu64 ", returned SUCCESS\n",
			      on.call->cpu,
			      on.call->t);
		tell_wrong_slot(a, &on);
	}
}

/* ---- in a pen ---- */

/* The slot holds an address, and yet it sleeps: the sev is missing, or came too early. */
static void tell_lost_wakeup(const struct asking *a, const struct table_slot *slot, uint64_t value)
{
	struct event last_sev = { .t = 0 };
	const struct eventring *ring = session_events(a->session);

	strbuf_printf(a->out, "although %s[%u] is ", slot->table, slot->slot);
	names_format(a->loaded, value, a->out);
	tables_put_writer(a->loaded, slot, ", written ", a->out);
	strbuf_putc(a->out, '\n');
	if (cpu_state(a->cpu) != CPU_WFE)
		return;
	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++)
		if (eventring_at(ring, n)->kind == EVENT_SEV)
			last_sev = *eventring_at(ring, n);
	if (last_sev.t && last_sev.t <= slot->changed)
		strbuf_printf(a->out,
			      "because the last sev, at t=%" PRIu64 ", came before that store: the wake-up was lost\n",
			      last_sev.t);
	else
		strbuf_puts(a->out, last_sev.t ? "because no sev woke it since\n"
					       : "because nobody has executed a sev, and a store alone wakes nobody\n");
}

static void tell_pen(const struct asking *a)
{
	const struct table_slot *slot = slot_of(a);
	bool is_release = slot && !strcmp(slot->table, TABLE_RELEASE);
	uint64_t value;

	if (!slot) {
		tell_call(a);
		return;
	}
	value = tables_value(session_tables(a->session), slot);
	if (value && value != TABLE_INVALID) {
		tell_lost_wakeup(a, slot, value);
		return;
	}
	strbuf_printf(a->out, "because %s[%u] is still %s", slot->table, slot->slot, value ? "-1" : "0");
	tables_put_writer(a->loaded, slot, ", written ", a->out);
	strbuf_putc(a->out, '\n');
	if (is_release)
		tell_uncalled(a);
	else
		tell_call(a);
}

/* In the kernel's own pen it waits for its MPIDR to be called. */
static void tell_holding_pen(const struct asking *a)
{
	struct name release;
	uint64_t value = 0;

	if (!names_find(a->loaded, "kernel:secondary_holding_pen_release", &release, NULL) ||
	    !machine_peek(a->loaded->machine, release.pa, &value, sizeof(value)))
		return;
	strbuf_printf(a->out, "because secondary_holding_pen_release is 0x%" PRIx64 ", not its MPIDR 0x%" PRIx64 "\n",
		      value,
		      cpu_mpidr(a->cpu));
	tell_uncalled(a);
}

/* ---- anywhere else ---- */

static void tell_last_exception(const struct asking *a)
{
	const struct eventring *ring = session_events(a->session);
	const struct event *last = NULL;

	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++) {
		const struct event *event = eventring_at(ring, n);

		if (event->cpu == (int)a->n && (event->kind == EVENT_EXCEPTION || event->kind == EVENT_FAULT))
			last = event;
	}
	if (!last)
		return;
	strbuf_printf(a->out, "its last %s, at t=%" PRIu64 ": ", eventlog_kind_name(last->kind), last->t);
	eventlog_details(a->loaded, last, a->out);
	strbuf_putc(a->out, '\n');
	if (last->kind == EVENT_FAULT && session_history(a->session))
		strbuf_puts(a->out, "'back' goes before the last instruction that it ran\n");
}

/* It left the pen, and is on its way or astray. */
static void tell_way(const struct asking *a)
{
	const struct reached_state *last = last_milestone(a, a->n);
	struct cpu_on on = cpu_on_into(a->session, a->n);
	unsigned online = milestones_at((size_t)milestones_find("set_cpu_online"))->order;

	if (on.call && on.call->u.psci_call.args[0] != cpu_mpidr(a->cpu)) {
		strbuf_printf(a->out, "it left the pen because slot %u, which it watches, was written ",
			      on.store->u.table.slot);
		put_store(a, &on);
		strbuf_puts(a->out, ": it goes where another CPU was meant to go\n");
	}
	if (last)
		strbuf_printf(a->out, "the last that it passed is %s (%s)%s\n", last->milestone->name,
			      last->milestone->title,
			      last->milestone->order < online ? ", and set_cpu_online comes later" : "");
	tell_last_exception(a);
}

/* The last line of the console that is about this CPU. */
static void tell_console(const struct asking *a)
{
	const char *text = console_text(session_console(a->session), NULL), *found = NULL;
	char number[16];

	if (!a->node)
		return;
	snprintf(number, sizeof(number), "CPU%d:", a->node->logical);
	for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		size_t len = strcspn(line, "\n");

		if (memmem(line, len, a->node->path, strlen(a->node->path)) ||
		    (a->node->logical > 0 && memmem(line, len, number, strlen(number))))
			found = line;
	}
	if (found)
		strbuf_printf(a->out, "the guest says: %.*s\n", (int)strcspn(found, "\r\n"), found);
}

static bool is_in(const char *symbol, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(symbol, *list))
			return true;
	return false;
}

/* Does it poll a slot that sends CPUs to the kernel?  By the names of the bundled firmware, or by what its loop
 * reads. */
static bool is_in_pen(const struct asking *a, const char *symbol)
{
	static const char *const pens[] = { "spin", "wait_pen", NULL };
	struct wait wait;

	return is_in(symbol, pens) ||
	       (cpu_state(a->cpu) == CPU_WFE && waits_find(a->session, a->n, &wait) && wait.slot);
}

/* In a firmware alone nothing is ever online: what it does is all there is to tell. */
static void tell_firmware(const struct asking *a)
{
	enum cpu_state state = cpu_state(a->cpu);

	if (state == CPU_WFE || state == CPU_WFI) {
		waits_describe(a->session, a->n, a->out);
		strbuf_putc(a->out, '\n');
	}
	tell_last_exception(a);
}

static void tell(const struct asking *a)
{
	const char *symbol = symbol_of(a, cpu_get_reg(a->cpu, CPU_PC));

	if (cpu_state(a->cpu) == CPU_OFF)
		tell_call(a);
	else if (cpu_state(a->cpu) != CPU_FAULTED && is_in_pen(a, symbol))
		tell_pen(a);
	else if (!strcmp(symbol, "spin_dead"))
		strbuf_printf(a->out, "because the firmware's table of CPUs has no MPIDR 0x%" PRIx64 "\n",
			      cpu_mpidr(a->cpu));
	else if (!strcmp(symbol, "secondary_holding_pen"))
		tell_holding_pen(a);
	else if (!a->loaded->kernel.present)
		tell_firmware(a);
	else
		tell_way(a);
}

/* Has it never been in the kernel?  Then it is not online, whatever the kernel believes. */
static bool is_outside(const struct asking *a)
{
	const struct reached *reached = session_reached(a->session);
	uint64_t t;

	for (size_t i = 0; i < reached_count(reached); i++)
		if (reached_at(reached, i)->milestone->image == MILESTONE_KERNEL && reached_by(reached, i, a->n, &t))
			return false;
	return true;
}

uint64_t why_missing(const struct session *session)
{
	size_t online = (size_t)milestones_find("set_cpu_online");
	uint64_t mask, t, missing = 0;
	unsigned count = session_online_mask(session, &mask) ? machine_cpu_count(session_machine(session)) : 0;

	for (unsigned n = 0; n < count; n++) {
		struct asking a = asking_about(session, n, NULL);
		bool was_online = reached_by(session_reached(session), online, n, &t);

		if (is_outside(&a) || (!is_online(&a) && !was_online))
			missing |= UINT64_C(1) << n;
	}
	return missing;
}

/* The chain without its first line, which says where the CPU is, and without what Linux would have said. */
static void tell_short(const struct session *session, unsigned n, struct strbuf *out)
{
	struct strbuf chain = STRBUF_INIT;
	char *rest, *line;

	why_not_online(session, n, &chain);
	strbuf_printf(out, "CPU%u never came online", n);
	rest = strchr(chain.text, '\n') + 1;
	for (const char *between = NULL; (line = strsep(&rest, "\n"));) {
		if (!*line || !strncmp(line, "Linux says", strlen("Linux says")))
			continue;
		if (!between)
			between = strncmp(line, "because", 7) && strncmp(line, "although", 8) ? ": " : " ";
		strbuf_printf(out, "%s%s", between, line);
		between = "; ";
	}
	strbuf_free(&chain);
}

void why_describe_missing(const struct session *session, struct strbuf *out)
{
	groups_describe(session, why_missing(session), tell_short, out);
}

/* ---- how it came ---- */

/* The first event of KIND of CPU N at or after T, or NULL. */
static const struct event *first_since(const struct asking *a, enum event_kind kind, uint64_t t)
{
	const struct eventring *ring = session_events(a->session);

	for (uint64_t n = eventring_find_time(ring, t); n < eventring_next(ring); n++)
		if (eventring_at(ring, n)->kind == kind && eventring_at(ring, n)->cpu == (int)a->n)
			return eventring_at(ring, n);
	return NULL;
}

/* Who let it out of the pen: the store, the sev, and what it read then. */
static void tell_release(const struct asking *a)
{
	struct cpu_on on = cpu_on_into(a->session, a->n);
	const struct event *wake = on.store ? first_since(a, EVENT_WFE_WAKE, on.store->t) : NULL;

	if (!on.store)
		return;
	strbuf_printf(a->out, "it was let out by CPU%d, whose CPU_ON stored ", on.store->cpu);
	names_format(a->loaded, on.store->u.table.value, a->out);
	strbuf_printf(a->out, " to %s[%u] at ", on.store->u.table.table, on.store->u.table.slot);
	names_format(a->loaded, on.store->pc, a->out);
	strbuf_printf(a->out, ", t=%" PRIu64 "\n", on.store->t);
	/* One that was awake just then sleeps again much later, in the kernel. */
	if (wake && wake->u.wake.by == WAKE_SEV && wake->el == on.store->el)
		strbuf_printf(a->out, "the sev of CPU%d woke it at t=%" PRIu64 ", and that is what it read then\n",
			      wake->u.wake.from, wake->t);
}

void why_not_online(const struct session *session, unsigned n, struct strbuf *out)
{
	struct asking a = asking_about(session, n, out);

	if (is_online(&a) && !is_outside(&a)) {
		strbuf_printf(out, "CPU%u is online\n", n);
		tell_release(&a);
		return;
	}
	info_cpu_sentence(session, n, out);
	strbuf_putc(out, '\n');
	if (is_online(&a))
		strbuf_printf(out, "the kernel counts it as online (its CPU%d), and yet it has never been in the "
			      "kernel\n", a.node->logical);
	tell(&a);
	tell_console(&a);
}
