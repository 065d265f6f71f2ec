/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/help.c: help from the tables.
 */
#include "session/help.h"

#include <string.h>

#include "service/milestones.h"
#include "session/eventlog.h"
#include "session/session_private.h"

/* ---- topics ---- */

static void print_events(struct strbuf *out)
{
	uint64_t usual = eventlog_default_mask();

	strbuf_puts(out, "Events, in a log a line each: T cpuN ELx symbol+off  event  details.\n"
		    "T counts the instructions of all CPUs.\n"
		    "Those marked + come in floods and are logged only when asked for (--events +ldxr).\n"
		    "A CPU that the timer's event stream wakes from wfe over and over, and that sleeps again, is told\n"
		    "of once and then counted; JSON has each time.\n\n");
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++)
		strbuf_printf(out, "%c %-13s %s\n", usual >> kind & 1 ? ' ' : '+', eventlog_kind_name(kind),
			      eventlog_kind_brief(kind));
}

static void print_milestones(struct strbuf *out)
{
	unsigned row = 0;

	strbuf_puts(out, "The road from reset to the last CPU idling, by rows of the overview.\n"
		    "'info milestones NAME' tells more.\n");
	for (row = 1; *milestones_row_title(row); row++) {
		strbuf_printf(out, "\n%2u  %s\n", row, milestones_row_title(row));
		for (size_t i = 0; i < milestones_count(); i++)
			if (milestones_at(i)->row == row)
				strbuf_printf(out, "    %-28s %s\n", milestones_at(i)->name, milestones_at(i)->title);
	}
}

static void print_commands(struct strbuf *out)
{
	help_print_commands(NULL, out);
}

static const char conditions_text[] =
	"What 'until' and --until wait for:\n\n"
	"  milestone:NAME  a CPU passes the function NAME of 'help milestones'\n"
	"  cpuN:SYMBOL     CPU N is about to run the instruction at SYMBOL\n"
	"  online:N        N CPUs are in the kernel's online mask\n"
	"  event:NAME      an event of 'help events' happens\n"
	"  uart:TEXT       the guest writes TEXT to its console\n"
	"  idle            every CPU that is on sleeps in its kernel's idle loop and nothing is pending\n"
	"  off             the machine powers itself off\n"
	"  EXPRESSION      it is not 0 (help expressions), like cpu1.state == wfe\n\n"
	"milestone, event and uart are about what happens from now on; the others may be true already.\n";

static const char expressions_text[] =
	"C's operators over 64-bit numbers and:\n\n"
	"  cpu1.x0 .w0 .sp .pc    registers of CPU 1; without 'cpu1.' those of the CPU in focus\n"
	"  cpu1.sctlr_el1         any system register by its Arm name, or by its encoding s3_0_c1_c0_0\n"
	"  cpu1.scr_el3.ns        a field of one\n"
	"  cpu1.el .daif .nzcv    exception level (EL2 is 2), interrupt masks, flags;  .mmu is 1 when the MMU is on\n"
	"  cpu1.state             running, wfe, wfi, off or faulted: cpu1.state == wfe\n"
	"  cpu1.sym               the symbol that the PC is in: cpu1.sym == spin\n"
	"  cpu1.monitor           address that the exclusive monitor is on, 0 when it is open\n"
	"  cpu1.event             the event register;  .mpidr and .instructions are numbers, too\n"
	"  NAME                   a symbol: the value of data of up to 8 bytes, else the address\n"
	"  &NAME                  the address of either\n"
	"  branch_table[1]        64-bit word 1 of a symbol;  firmware:NAME and kernel:NAME when both have one\n"
	"  release_addr[1]        the word at CPU 1's cpu-release-addr\n"
	"  mem8/16/32/64[ADDR]    memory, by the address that the CPU in focus would use;  *ADDR is mem64[ADDR]\n"
	"  pa(ADDR)               the physical address of ADDR\n"
	"  milestone.NAME         how often a milestone was passed;  event.NAME how many events there were\n"
	"  online, t              CPUs in the kernel's online mask; instructions run so far\n\n"
	"Numbers are unsigned.  A comparison with something written with a minus is signed and as wide\n"
	"as the other side: w0 == -1 and branch_table[1] == -1 mean what they say, as do x0 < 0 and x0 >= 0.\n";

static const char memory_text[] =
	"The machine is sequentially consistent: instructions of different CPUs interleave in one order\n"
	"that the schedule makes, and each store is seen by all CPUs at once.  Real CPUs are allowed more:\n"
	"they reorder, and hide stores in buffers and caches.  So a missing barrier (dsb, dmb) or a missing\n"
	"cache clean never shows here as a wrong value.\n\n"
	"What is exact: exclusive monitors (a store by another CPU clears a reservation, whatever value it\n"
	"writes; the granule is 64 bytes), the event register, wfe, sev and wfi, exceptions, interrupts,\n"
	"the MMU, and time, which is the count of instructions.  The same inputs give the same run, to the\n"
	"bit.\n";

static const char history_text[] =
	"The machine can go back, all CPUs, memory, monitors and devices together.  A history is snapshots\n"
	"on the way and a list of what was done by hand; the rest is run again, since the same inputs give\n"
	"the same run.  The screen and scripts keep one.\n\n"
	"  back [N], rnext, rfinish   back by instructions of the CPU in focus; back all N counts all CPUs\n"
	"  rcontinue [COND]           back to the last breakpoint or watch, or to when COND came true\n"
	"  goto T                     to any time from 0 to the end, forth as well\n"
	"  who SYM, when COND         who stored there last, when did this come true; nothing moves\n"
	"  snapshot NAME, restore     give this moment a name, and go there\n"
	"  info history               how far it goes, what it takes, which names there are\n"
	"  set history.memory 64M     what snapshots may take, 16M at least; the first and the last always stay.\n"
	"                             Less memory means fewer snapshots and longer ways back.\n\n"
	"Nothing is lost by going back: going on shows what was.  Doing something else there (set, inject,\n"
	"sched, input, a step that was not taken then) begins another future; the one that was keeps its\n"
	"name (main, future-1, ...).  The number of hits of a breakpoint is that of the stops before now.\n"
	"C-c ends a long way back, and the machine stays where it was.\n"
	"run --record FILE writes down what was done since the last reset; replay FILE does it again.\n";

static const struct help_topic topics[] = {
	{ "commands", "the command language", NULL, print_commands },
	{ "conditions", "what a run can wait for", conditions_text, NULL },
	{ "events", "what is logged", NULL, print_events },
	{ "expressions", "numbers, registers, symbols, memory", expressions_text, NULL },
	{ "history", "going back, other futures, what it takes", history_text, NULL },
	{ "memory-model", "what is exact and what is not", memory_text, NULL },
	{ "milestones", "the road from reset to idle", NULL, print_milestones },
};

const struct help_topics help_session_topics = { topics, sizeof(topics) / sizeof(topics[0]) };

void help_add_topics(struct session *session, struct help_topics added)
{
	vec_add(&session->topics, added);
}

/* List number INDEX of what SESSION (may be NULL) knows; false past the last. */
static bool topics_at(const struct session *session, size_t index, struct help_topics *out)
{
	if (index && (!session || index > session->topics.len))
		return false;
	*out = index ? session->topics.item[index - 1] : help_session_topics;
	return true;
}

/* ---- commands ---- */

static void print_row(const struct session *session, const struct command *command, struct strbuf *out)
{
	size_t start = out->len, shortest = command_shortest(session, command);

	strbuf_printf(out, "  %-5s", command->alias ? command->alias : "");
	/* The shortest form is what stands before the bracket. */
	if (shortest < strlen(command->name))
		strbuf_printf(out, "%.*s[%s] %s", (int)shortest, command->name, command->name + shortest,
			      command->args);
	else
		strbuf_printf(out, "%s %s", command->name, command->args);
	strbuf_pad(out, start + 46);
	strbuf_printf(out, " %s\n", command->brief);
}

void help_print_commands(const struct session *session, struct strbuf *out)
{
	const struct command_set *set;

	strbuf_puts(out,
		    "Commands, with an abbreviation before them; what stands in brackets in a name may be left out.\n");
	for (size_t i = 0; (set = command_set_at(session, i)); i++) {
		strbuf_printf(out, "\n%s\n", set->title);
		for (size_t n = 0; n < set->count; n++)
			print_row(session, &set->items[n], out);
	}
}

void help_print_command(const struct session *session, const struct command *command, struct strbuf *out)
{
	size_t shortest = command_shortest(session, command);

	strbuf_printf(out, "%s %s\n  %s.\n", command->name, command->args, command->brief);
	if (command->text)
		strbuf_printf(out, "%s\n", command->text);
	if (command->alias)
		strbuf_printf(out, "Shortest form: %s\n", command->alias);
	else if (shortest < strlen(command->name))
		strbuf_printf(out, "Shortest form: %.*s\n", (int)shortest, command->name);
}

static void print_topic(const struct help_topic *topic, struct strbuf *out)
{
	if (topic->print)
		topic->print(out);
	else
		strbuf_puts(out, topic->text);
}

static void print_overview(const struct session *session, struct strbuf *out)
{
	struct help_topics list;

	help_print_commands(session, out);
	strbuf_puts(out, "\nTopics for help\n");
	for (size_t i = 0; topics_at(session, i, &list); i++)
		for (size_t n = 0; n < list.count; n++)
			strbuf_printf(out, "  %-14s %s\n", list.items[n].name, list.items[n].brief);
}

void help_offer(const struct session *session, struct suggest *suggest)
{
	const struct command_set *set;
	struct help_topics list;

	for (size_t i = 0; topics_at(session, i, &list); i++)
		for (size_t n = 0; n < list.count; n++)
			suggest_offer(suggest, list.items[n].name);
	for (size_t i = 0; (set = command_set_at(session, i)); i++)
		for (size_t n = 0; n < set->count; n++)
			suggest_offer(suggest, set->items[n].name);
}

/* Is WORD the start of a command, and so of several? */
static bool is_start(const struct session *session, const char *word)
{
	const struct command_set *set;

	for (size_t i = 0; (set = command_set_at(session, i)); i++)
		for (size_t n = 0; n < set->count; n++)
			if (!strncmp(set->items[n].name, word, strlen(word)))
				return true;
	return false;
}

/* No topic and no command is called WORD; but it may be misspelt. */
static bool complain(const struct session *session, const char *word, struct error *err)
{
	struct suggest other = suggest_start(word);
	char meant[SUGGEST_TEXT_MAX];

	if (is_start(session, word))
		return command_find(session, word, err);
	help_offer(session, &other);
	return error_set(err, "no help on '%s'%s", word,
			 suggest_text(&other, " (help alone lists topics and commands)", meant));
}

bool help_print(const struct session *session, const char *word, struct strbuf *out, struct error *err)
{
	const struct command *command;
	struct help_topics list;

	if (!*word) {
		print_overview(session, out);
		return true;
	}
	for (size_t i = 0; topics_at(session, i, &list); i++) {
		for (size_t n = 0; n < list.count; n++) {
			if (!strcmp(list.items[n].name, word)) {
				print_topic(&list.items[n], out);
				return true;
			}
		}
	}
	command = command_find(session, word, NULL);
	if (command)
		help_print_command(session, command, out);
	return command || complain(session, word, err);
}
