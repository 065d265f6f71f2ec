/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/litmus.c: running litmus tests.
 *
 * One machine serves all schedules of a test: it is put back to the snapshot of its start each time.
 */
#include "front/litmus.h"

#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "device/psci.h"
#include "front/litmus_file.h"
#include "machine/machine.h"
#include "machine/sysreg.h"
#include "service/file.h"

#define RAM		0x40000000ull
#define CODE		(RAM + 0x10000)		/* PAGE_SIZE a CPU */
#define DATA		(RAM + 0x40000)
#define VECTORS		(RAM + 0x50000)

enum {
	RAM_SIZE = 0x80000, GRANULE = 64, FILE_MAX = 1 << 16,
	BUDGET = 20000,			/* instructions in which a run must end */
	VECTOR_SAME = 0x200, VECTOR_LOWER = 0x400, VECTOR_WORDS = 0x20,
	INSN_WFI = 0xd503207f, INSN_BACK = 0x17ffffff, INSN_ERET = 0xd69f03e0,
};

/* A test being run. */
struct run {
	const struct litmus *litmus;
	struct machine *machine;
	struct psci *psci;
	struct snapshot *start;
	unsigned seen[LITMUS_STATES];
	unsigned runs;
	struct strbuf wrong;
};

/* ---- the machine ---- */

static gpa_t code_of(unsigned cpu)
{
	return CODE + (gpa_t)cpu * PAGE_SIZE;
}

static gpa_t address_of(const struct litmus_location *location)
{
	return DATA + location->granule * GRANULE + location->offset;
}

/* What is turned on starts without the registers of the others. */
static void nothing_to_reset(void *ctx, unsigned cpu)
{
	(void)ctx, (void)cpu;
}

static bool add_psci(struct run *run, struct error *err)
{
	struct psci_config config = {
		.conduit = run->litmus->conduit, .entry_el = run->litmus->el, .memory = { { RAM, RAM_SIZE } },
		.memory_count = 1, .reset_cpu = nothing_to_reset,
	};

	if (config.conduit == PSCI_CONDUIT_NONE)
		return true;
	run->psci = psci_new(run->machine, &config);
	return machine_add_device(run->machine, 0, 0, &psci_device_ops, run->psci, err);
}

static bool make_machine(struct run *run, struct error *err)
{
	const struct litmus *litmus = run->litmus;
	struct machine_config config = {
		.cpu_count = litmus->cpu_count, .model = litmus->needs_lse ? CPU_MAX_MODEL : CPU_CORTEX_A72,
	};

	for (unsigned i = 0; i < config.cpu_count; i++)
		config.mpidr[i] = i;
	run->machine = machine_new(&config, err);
	if (!run->machine || !machine_add_memory(run->machine, RAM, RAM_SIZE, MEMORY_RAM, err) || !add_psci(run, err))
		return false;
	for (unsigned i = 0; i < config.cpu_count; i++)
		if (!machine_power_up_cpu(run->machine, i, err))
			return false;
	return true;
}

/* The column, and then sleep for ever, which ends the test. */
static void load_code(struct run *run, unsigned cpu)
{
	static const uint32_t end[] = { INSN_WFI, INSN_BACK };
	const struct a64asm_code *code = &run->litmus->code[cpu];

	machine_poke(run->machine, code_of(cpu), code->item, code->len * sizeof(*code->item));
	machine_poke(run->machine, code_of(cpu) + code->len * sizeof(*code->item), end, sizeof(end));
}

static void load_vectors(struct run *run)
{
	static const uint32_t back[] = { INSN_ERET };
	const struct a64asm_code *handler = &run->litmus->handler;

	for (gpa_t vector = VECTORS + VECTOR_SAME; vector <= VECTORS + VECTOR_LOWER;
	     vector += VECTOR_LOWER - VECTOR_SAME) {
		if (handler->len)
			machine_poke(run->machine, vector, handler->item, handler->len * sizeof(*handler->item));
		else
			machine_poke(run->machine, vector, back, sizeof(back));
	}
}

static void load_data(struct run *run)
{
	for (unsigned i = 0; i < run->litmus->location_count; i++) {
		const struct litmus_location *location = &run->litmus->location[i];
		uint64_t value = location->entry_of < 0 ? location->value : code_of((unsigned)location->entry_of);

		machine_poke(run->machine, address_of(location), &value, sizeof(value));
	}
}

static void start_cpu(struct run *run, unsigned index)
{
	static const uint32_t vbar[] = { VBAR_EL1, VBAR_EL2, VBAR_EL3 };
	struct cpu *cpu = machine_cpu(run->machine, index);

	machine_start_cpu(run->machine, index, code_of(index), run->litmus->el, 0, false);
	for (int i = 0; i < 3; i++)
		cpu_set_sysreg(cpu, vbar[i], VECTORS);
	for (unsigned i = 0; i < run->litmus->location_count; i++)
		cpu_set_reg(cpu, (int)(LITMUS_FIRST_REG + i), address_of(&run->litmus->location[i]));
}

static bool begin(struct run *run, struct error *err)
{
	if (!make_machine(run, err))
		return false;
	for (unsigned i = 0; i < run->litmus->cpu_count; i++)
		load_code(run, i);
	load_vectors(run);
	load_data(run);
	for (unsigned i = 0; i < run->litmus->cpu_count; i++)
		if (!run->litmus->is_off[i])
			start_cpu(run, i);
	run->start = machine_save(run->machine);
	return true;
}

static void end(struct run *run)
{
	if (run->machine)
		machine_snapshot_free(run->machine, run->start);
	machine_free(run->machine);
	psci_free(run->psci);
	strbuf_free(&run->wrong);
}

/* ---- one run ---- */

static uint64_t state_of(const struct cpu *cpu)
{
	switch (cpu_state(cpu)) {
	case CPU_WFI:
		return LITMUS_DONE;
	case CPU_WFE:
		return LITMUS_WFE;
	case CPU_OFF:
		return LITMUS_OFF;
	default:
		return LITMUS_OTHER;
	}
}

static uint64_t value_of(const struct run *run, const struct litmus_final *final)
{
	const struct cpu *cpu = machine_cpu_const(run->machine, final->cpu);
	uint64_t value = 0;

	switch (final->what) {
	case LITMUS_REGISTER:
		return cpu_get_reg(cpu, (int)final->index);
	case LITMUS_MEMORY:
		machine_peek(run->machine, address_of(&run->litmus->location[final->index]), &value, sizeof(value));
		return value;
	case LITMUS_STATE:
		return state_of(cpu);
	}
	return 0;
}

static bool count_state(struct run *run, const uint64_t *value)
{
	const struct litmus *litmus = run->litmus;

	for (unsigned i = 0; i < litmus->state_count; i++) {
		if (!memcmp(value, litmus->state[i].value, litmus->final_count * sizeof(*value))) {
			run->seen[i]++;
			return true;
		}
	}
	return false;
}

static void note_wrong(struct run *run, const char *schedule, const char *what, const char *detail)
{
	strbuf_printf(&run->wrong, "under %s: %s%s\n", schedule, what, detail);
}

/* Run under SCHEDULE.  False when that ended as it must not. */
static bool run_once(struct run *run, const char *schedule)
{
	uint64_t value[LITMUS_FINALS] = { 0 };
	struct error err = ERROR_NONE;
	struct strbuf text = STRBUF_INIT;
	struct stop stop;
	bool ok;

	machine_restore(run->machine, run->start);
	if (!sched_set(machine_sched(run->machine), schedule, &err)) {
		note_wrong(run, schedule, err.text, "");
		return false;
	}
	stop = machine_run(run->machine, BUDGET);
	run->runs++;
	if (stop.reason != STOP_DEADLOCK && stop.reason != STOP_IDLE) {
		note_wrong(run, schedule, stop.reason == STOP_LIMIT ? "it does not end" : "it stops early ",
			   stop.text ? stop.text : "");
		return false;
	}
	for (unsigned i = 0; i < run->litmus->final_count; i++)
		value[i] = value_of(run, &run->litmus->final[i]);
	ok = count_state(run, value);
	litmus_format(run->litmus, value, &text);
	if (!ok)
		note_wrong(run, schedule, "not allowed: ", strbuf_text(&text));
	strbuf_free(&text);
	return ok;
}

static bool run_all(struct run *run)
{
	char schedule[32];

	for (unsigned quantum = 1; quantum <= LITMUS_QUANTA; quantum++) {
		snprintf(schedule, sizeof(schedule), "rr:%u", quantum);
		if (!run_once(run, schedule))
			return false;
	}
	for (unsigned seed = 0; seed < LITMUS_SEEDS; seed++) {
		snprintf(schedule, sizeof(schedule), "random:%u", seed);
		if (!run_once(run, schedule))
			return false;
	}
	return true;
}

/* ---- the verdict ---- */

static bool all_reached(const struct run *run)
{
	for (unsigned i = 0; i < run->litmus->state_count; i++)
		if (!run->seen[i] && !run->litmus->state[i].is_weak)
			return false;
	return true;
}

static void tell(const struct run *run, struct strbuf *out)
{
	strbuf_printf(out, "%u runs\n", run->runs);
	for (unsigned i = 0; i < run->litmus->state_count; i++) {
		strbuf_printf(out, "%6u  ", run->seen[i]);
		litmus_format(run->litmus, run->litmus->state[i].value, out);
		if (run->litmus->state[i].is_weak)
			strbuf_puts(out, "  (weaker machines only)");
		else if (!run->seen[i])
			strbuf_puts(out, "  NEVER REACHED");
		strbuf_putc(out, '\n');
	}
	strbuf_puts(out, strbuf_text(&run->wrong));
}

static void check(const struct litmus *litmus, const char *name, struct report *report)
{
	struct run run = { .litmus = litmus };
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_NONE;
	bool ok = begin(&run, &err);

	if (!ok) {
		report_fail(report, name, "%s", err.text);
	} else {
		ok = run_all(&run) && all_reached(&run);
		tell(&run, &text);
		report_add(report, ok ? VERDICT_PASS : VERDICT_FAIL, name, strbuf_text(&text));
	}
	strbuf_free(&text);
	end(&run);
}

void litmus_check(const char *path, struct report *report)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	struct bytes bytes = { 0 };
	struct error err = ERROR_NONE;
	struct strbuf text = STRBUF_INIT;
	struct litmus litmus = { 0 };

	if (file_read(path, FILE_MAX, &bytes, &err)) {
		strbuf_add(&text, (const char *)bytes.data, bytes.size);
		if (litmus_parse(&litmus, path, strbuf_text(&text), &err))
			check(&litmus, name, report);
		bytes_free(&bytes);
	}
	if (error_is_set(&err))
		report_fail(report, name, "%s", err.text);
	litmus_free(&litmus);
	strbuf_free(&text);
}
