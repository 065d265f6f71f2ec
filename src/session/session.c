/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/session.c: making a session, and passing on what happens in its machine.
 */
#include "session/session.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "device/board.h"
#include "service/disasm.h"
#include "service/milestones.h"
#include "session/breakpoints.h"
#include "session/condition.h"
#include "session/console.h"
#include "session/contract.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/history.h"
#include "session/marks.h"
#include "session/names.h"
#include "session/panic.h"
#include "session/psci_watch.h"
#include "session/reached.h"
#include "session/recording.h"
#include "session/session_private.h"
#include "session/tables.h"

/* ---- what happens in the machine ---- */

/* Something may have come about that the run waits for: end it after the present instruction. */
static void wish_stop(struct session *session, int cpu)
{
	/* What follows from the event, like the wake-ups after a sev, does not change whose it was. */
	if (!session->is_condition_seen)
		session->seen_by = cpu;
	session->is_condition_seen = true;
	machine_stop_here(session->loaded->machine);
}

void session_see(struct session *session, const struct event *event)
{
	eventring_add(session->events, event);
	for (size_t i = 0; i < SESSION_SINKS && !session->is_muted; i++)
		if (session->sinks[i].fn)
			session->sinks[i].fn(session->sinks[i].ctx, event);
	if (session->waiting && condition_list_see_event(session->waiting, event))
		wish_stop(session, event->cpu);
	psci_watch_see(session, event);
	contract_see_event(session->contract, event);
}

static void observe(void *ctx, const struct event *event)
{
	session_see(ctx, event);
}

static void see_mark(void *ctx, struct cpu *cpu, gva_t pc, gpa_t pa)
{
	struct session *session = ctx;

	loaded_follow_kernel(session->loaded, pc, pa);
	if (panic_see(session, cpu, pa)) {
		session->has_given_up = true;
		machine_stop_here(session->loaded->machine);
	}
	reached_see(session->reached, cpu, pa);
	contract_see(session->contract, cpu, pa);
}

static void see_store(void *ctx, struct cpu *cpu, gva_t pc, gpa_t addr, unsigned size, uint64_t old, uint64_t value)
{
	struct session *session = ctx;

	struct history_store store = {
		.t = machine_time(session->loaded->machine), .cpu = cpu ? (int)cpu_index(cpu) : EVENT_NO_CPU,
		.by_device = !cpu, .pc = pc, .addr = addr, .size = size, .old = old, .value = value,
	};

	tables_see_store(session->tables, cpu, pc, addr, size);
	if (session->history)
		history_see_store(session->history, &store);
}

static void see_output(void *ctx, const uint8_t *bytes, size_t len)
{
	struct session *session = ctx;

	for (size_t i = 0; i < len; i++) {
		if (session->is_muted)
			console_put_again(session->console, (char)bytes[i]);
		else
			console_put(session->console, (char)bytes[i]);
		if (session->waiting && condition_list_see_console(session->waiting, session->console))
			wish_stop(session, EVENT_NO_CPU);
		if (bytes[i] == '\n' && panic_is_over(session)) {
			session->has_given_up = true;
			machine_request_stop(session->loaded->machine);
		}
	}
}

/* ---- making it ---- */

/* A copy of *TEXT that lives as long as SESSION, in its place. */
static void keep(struct session *session, const char **text)
{
	if (!*text)
		return;
	vec_add(&session->strings, xstrdup(*text));
	*text = session->strings.item[session->strings.len - 1];
}

static void keep_config(struct session *session, const struct session_config *config)
{
	struct loader_config *boot = &session->config.boot;

	session->config = *config;
	keep(session, &session->config.sched);
	keep(session, &session->config.sched_text);
	keep(session, &boot->guest_dir);
	keep(session, &boot->source_dir);
	keep(session, &boot->board);
	keep(session, &boot->dtb);
	keep(session, &boot->firmware);
	keep(session, &boot->kernel);
	keep(session, &boot->initrd);
	keep(session, &boot->append);
	for (size_t i = 0; i < boot->blob_count; i++)
		keep(session, &boot->blobs[i].file);
	for (size_t i = 0; i < boot->drive_count; i++)
		keep(session, &boot->drives[i].file);
	for (size_t i = 0; i < boot->symbol_count; i++)
		keep(session, &boot->symbols[i]);
}

static bool set_schedule(const struct session *session, struct machine *machine, struct error *err)
{
	const struct session_config *config = &session->config;
	struct sched *sched = machine_sched(machine);

	machine_set_livelock(machine, config->livelock);
	sched_record(sched, config->record_sched);
	if (config->sched_text)
		return sched_set_list(sched, config->sched, config->sched_text, err);
	return !config->sched || sched_set(sched, config->sched, err);
}

static void drop_run(struct session *session)
{
	history_free(session->history);
	session->history = NULL;
	tables_free(session->tables);
	reached_free(session->reached);
	contract_free(session->contract);
	marks_free(session->marks);
	eventring_free(session->events);
	console_free(session->console);
	strbuf_free(&session->typed);
	loaded_free(session->loaded);
}

/* A CPU asleep in the idle loop's sleeping function has nothing to do: the deadlock of an idle kernel is no fault. */
static void mark_idle(struct session *session)
{
	for (size_t i = 0; milestones_idle_symbol(i); i++) {
		struct name name;

		if (!names_find(session->loaded, milestones_idle_symbol(i), &name, NULL))
			continue;
		for (gpa_t pa = name.pa; pa < name.pa + name.size; pa += 4)
			machine_set_mark(session->loaded->machine, pa, MARK_IDLE);
	}
}

static void find_online(struct session *session)
{
	struct name name;

	session->has_online = names_find(session->loaded, "__cpu_online_mask", &name, NULL);
	session->online = session->has_online ? name.pa : 0;
}

/* Take LOADED over as the session's machine, and let its CPUs leave reset. */
static void adopt(struct session *session, struct loaded *loaded)
{
	struct machine *machine = loaded->machine;

	session->loaded = loaded;
	session->events = eventring_new();
	session->console = console_new();
	session->marks = marks_new(machine);
	session->reached = reached_new(machine, loaded);
	session->contract = contract_new(machine, loaded);
	session->tables = tables_new(machine, loaded);
	memset(session->calls, 0, sizeof(session->calls));
	mark_idle(session);
	find_online(session);
	panic_find(session);
	machine_set_observer(machine, observe, session);
	machine_set_event_mask(machine, session->event_mask);
	machine_set_mark_handler(machine, see_mark, session);
	machine_set_watch_handler(machine, see_store, session);
	if (board_uart(loaded->board, 0))
		pl011_set_sink(board_uart(loaded->board, 0), see_output, session);
	if (session->focus >= loaded->cpu_count)
		session->focus = loaded->boot_cpu;
	breakpoints_arm(session->breakpoints, session);
	session_set_stop(session, STOPPED_START, (int)session->focus, NULL);
}

struct session *session_new(const struct session_config *config, struct error *err)
{
	struct loaded *loaded = loader_load(&config->boot, err);
	struct session *session;

	if (!loaded)
		return NULL;
	session = xzalloc(sizeof(*session));
	keep_config(session, config);
	session->event_mask = eventlog_default_mask();
	session->history_memory = HISTORY_DEFAULT_MEMORY;
	session->breakpoints = breakpoints_new();
	session->focus = loaded->boot_cpu;
	adopt(session, loaded);
	if (set_schedule(session, loaded->machine, err))
		return session;
	session_free(session);
	return NULL;
}

void session_start(struct session *session)
{
	loaded_start(session->loaded);
	if (session->config.keep_history)
		session->history = history_new(session, session->history_memory);
	session_set_stop(session, STOPPED_START, (int)session->focus, NULL);
}

bool session_reset(struct session *session, struct error *err)
{
	struct loaded *loaded = loader_load(&session->config.boot, err);

	if (!loaded)
		return false;
	if (!set_schedule(session, loaded->machine, err)) {
		loaded_free(loaded);
		return false;
	}
	drop_run(session);
	adopt(session, loaded);
	session_start(session);
	return true;
}

bool session_record(struct session *session, const char *program, struct error *err)
{
	session->recording = recording_new(session, program, err);
	return session->recording;
}

void session_write_recording(struct session *session, struct strbuf *out)
{
	if (session->recording)
		recording_finish(session->recording, session, out);
}

bool session_set_history_memory(struct session *session, uint64_t bytes, struct error *err)
{
	if (bytes < HISTORY_MIN_MEMORY)
		return error_set(err, "%" PRIu64 " bytes are too few for a history; the least is %uM", bytes,
				 (unsigned)HISTORY_MIN_MEMORY >> 20);
	session->history_memory = bytes;
	if (session->history)
		history_set_memory(session->history, bytes);
	return true;
}

void session_free(struct session *session)
{
	if (!session)
		return;
	drop_run(session);
	recording_free(session->recording);
	breakpoints_free(session->breakpoints);
	disasm_free(session->disasm);
	for (size_t i = 0; i < session->strings.len; i++)
		free(session->strings.item[i]);
	vec_free(&session->strings);
	vec_free(&session->commands);
	vec_free(&session->topics);
	free(session->stop_text);
	free(session);
}

/* ---- asking ---- */

struct machine *session_machine(const struct session *session)
{
	return session->loaded->machine;
}

struct board *session_board(const struct session *session)
{
	return session->loaded->board;
}

struct symbols *session_symbols(const struct session *session)
{
	return session->loaded->symbols;
}

const struct loaded *session_loaded(const struct session *session)
{
	return session->loaded;
}

const struct session_config *session_config(const struct session *session)
{
	return &session->config;
}

struct breakpoints *session_breakpoints(const struct session *session)
{
	return session->breakpoints;
}

const struct eventring *session_events(const struct session *session)
{
	return session->events;
}

const struct tables *session_tables(const struct session *session)
{
	return session->tables;
}

const struct reached *session_reached(const struct session *session)
{
	return session->reached;
}

const struct contract *session_contract(const struct session *session)
{
	return session->contract;
}

struct history *session_history(const struct session *session)
{
	return session->history;
}

struct console *session_console(const struct session *session)
{
	return session->console;
}

struct marks *session_marks(const struct session *session)
{
	return session->marks;
}

unsigned session_focus(const struct session *session)
{
	return session->focus;
}

void session_set_focus(struct session *session, unsigned cpu)
{
	session->focus = cpu;
}

const struct session_stop *session_stop(const struct session *session)
{
	return &session->stop;
}

void session_set_stop(struct session *session, enum stopped why, int cpu, const char *text)
{
	struct machine *machine = session->loaded->machine;
	char *copy = xstrdup(text ? text : "");

	free(session->stop_text);
	session->stop_text = copy;
	session->stop = (struct session_stop){ .why = why, .cpu = cpu, .t = machine_time(machine), .text = copy };
	if (cpu != EVENT_NO_CPU)
		session->stop.pc = cpu_get_reg(machine_cpu_const(machine, (unsigned)cpu), CPU_PC);
}

bool session_online_location(const struct session *session, gpa_t *pa)
{
	*pa = session->online;
	return session->has_online;
}

bool session_online_mask(const struct session *session, uint64_t *mask)
{
	*mask = 0;
	return session->has_online && machine_peek(session->loaded->machine, session->online, mask, sizeof(*mask));
}

bool session_complain_symbols(const struct session *session, const char *what, struct error *err)
{
	const struct loaded *loaded = session->loaded;

	if (!loaded->kernel.present)
		return error_set(err, "%s needs a kernel, and there is none (-k)", what);
	return error_set(err, "%s needs the kernel's symbols, and %s has none that fit: give --symbols FILE "
			 "(System.map, vmlinux)", what, loaded->kernel.file);
}

/* ---- who listens ---- */

void session_add_sink(struct session *session, event_fn *fn, void *ctx)
{
	for (size_t i = 0; i < SESSION_SINKS; i++) {
		if (session->sinks[i].fn)
			continue;
		session->sinks[i].fn = fn;
		session->sinks[i].ctx = ctx;
		return;
	}
}

void session_remove_sink(struct session *session, event_fn *fn, void *ctx)
{
	for (size_t i = 0; i < SESSION_SINKS; i++)
		if (session->sinks[i].fn == fn && session->sinks[i].ctx == ctx)
			session->sinks[i].fn = NULL;
}

void session_want_events(struct session *session, uint64_t mask)
{
	session->event_mask |= mask;
	machine_set_event_mask(session->loaded->machine, session->event_mask);
}

void session_set_progress(struct session *session, session_progress_fn *fn, void *ctx)
{
	session->progress = fn;
	session->progress_ctx = ctx;
}

void session_interrupt(struct session *session)
{
	session->is_interrupted = 1;
	machine_request_stop(session->loaded->machine);
}
