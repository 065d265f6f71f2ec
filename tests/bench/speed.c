/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Benchmarks of the machine alone: its rate against a bare run of libunicorn on the same guest code, the rate of single
 * steps, and what a CPU costs in memory.
 *
 * The bare run has no hooks, no timeout and no count: it ends where the counted loop of the guest ends.  Each figure is a
 * ratio of the medians of paired runs, by the time of this process.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <unicorn/unicorn.h>

#include "machine/machine.h"

#define RAM	0x40000000ull
#define DATA	(RAM + 0x10000)

enum {
	RAM_SIZE = 1 << 20, REPEATS = 9, MAX_WORDS = 16,
	INSN_SUBS_X9 = 0xf1000529, INSN_B_NE = 0x54000001, INSN_WFI = 0xd503207f,
	STEPS = 400000, FEW_CPUS = 4, MANY_CPUS = 64,
};

/* A loop body; X0 holds an address, X9 counts rounds down. */
struct loop {
	const char *name;
	double want;
	uint64_t rounds;
	size_t count;
	uint32_t body[MAX_WORDS];
};

static const struct loop loops[] = {
	/* str x1,[x0]; ldr x3,[x0,#8]; add x1; add x2; mov x4; add x2; b +1: a store, a load, a branch, the rest arithmetic. */
	{ "machine/unicorn", 1.8, 8000000, 7,
	  { 0xf9000001, 0xf9400403, 0x91000421, 0x91000842, 0xaa0103e4, 0x8b040042, 0x14000001 } },
	/* ldxr x3,[x0]; add x3; stxr w4,x3,[x0] */
	{ "stxr/unicorn", 1.2, 8000000, 3, { 0xc85f7c03, 0x91000463, 0xc8047c03 } },
};

static void fatal(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(EXIT_FAILURE);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values)
{
	qsort(values, REPEATS, sizeof(*values), compare);
	return values[REPEATS / 2];
}

/* The body, the end of the loop, and a wfi behind it.  Returns the number of words before that. */
static size_t write_loop(const struct loop *loop, uint32_t *code)
{
	size_t len = loop->count;

	memcpy(code, loop->body, len * sizeof(*code));
	code[len++] = INSN_SUBS_X9;
	code[len] = INSN_B_NE | ((uint32_t)-(int32_t)len & 0x7ffff) << 5;
	code[len + 1] = INSN_WFI;
	return len + 1;
}

/* ---- libunicorn alone ---- */

static uc_engine *open_bare(const struct loop *loop, uint8_t *ram, uint64_t *end)
{
	uint64_t x0 = DATA, x9 = loop->rounds;
	uc_engine *uc;

	*end = RAM + write_loop(loop, (uint32_t *)ram) * 4;
	if (uc_open(UC_ARCH_ARM64, UC_MODE_ARM, &uc) || uc_ctl_set_cpu_model(uc, UC_CPU_ARM64_A72) ||
	    uc_mem_map_ptr(uc, RAM, RAM_SIZE, UC_PROT_ALL, ram) || uc_reg_write(uc, UC_ARM64_REG_X0, &x0) ||
	    uc_reg_write(uc, UC_ARM64_REG_X9, &x9))
		fatal("libunicorn cannot be opened");
	return uc;
}

static uint8_t *new_ram(void)
{
	uint8_t *ram = mmap(NULL, RAM_SIZE, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);

	if (ram == MAP_FAILED)
		fatal("no memory");
	return ram;
}

static double time_bare(const struct loop *loop)
{
	uint8_t *ram = new_ram();
	uint64_t end;
	uc_engine *uc = open_bare(loop, ram, &end);
	double begin = seconds(), took;

	if (uc_emu_start(uc, RAM, end, 0, 0))
		fatal("libunicorn fails");
	took = seconds() - begin;
	uc_close(uc);
	munmap(ram, RAM_SIZE);
	return took;
}

static double time_bare_steps(const struct loop *loop)
{
	uint8_t *ram = new_ram();
	uint64_t end, pc = RAM;
	uc_engine *uc = open_bare(loop, ram, &end);
	double begin = seconds(), took;

	for (unsigned i = 0; i < STEPS; i++)
		if (uc_emu_start(uc, pc, end, 0, 1) || uc_reg_read(uc, UC_ARM64_REG_PC, &pc))
			fatal("libunicorn fails");
	took = seconds() - begin;
	uc_close(uc);
	munmap(ram, RAM_SIZE);
	return took;
}

/* ---- the machine ---- */

static unsigned long events;

static void observe(void *ctx, const struct event *event)
{
	(void)ctx, (void)event;
	events++;
}

static struct machine *open_machine(const struct loop *loop, unsigned cpus, const char *schedule)
{
	struct machine_config config = { .cpu_count = cpus, .model = CPU_CORTEX_A72 };
	struct error err = ERROR_NONE;
	uint32_t code[MAX_WORDS];
	struct machine *machine;

	for (unsigned i = 0; i < cpus; i++)
		config.mpidr[i] = i;
	machine = machine_new(&config, &err);
	if (!machine || !machine_add_memory(machine, RAM, RAM_SIZE, MEMORY_RAM, &err) ||
	    !sched_set(machine_sched(machine), schedule, &err))
		fatal(err.text);
	machine_poke(machine, RAM, code, (write_loop(loop, code) + 1) * sizeof(*code));
	machine_set_observer(machine, observe, NULL);
	for (unsigned i = 0; i < cpus; i++) {
		if (!machine_power_up_cpu(machine, i, &err))
			fatal(err.text);
		machine_start_cpu(machine, i, RAM, 1, DATA, false);
		cpu_set_reg(machine_cpu(machine, i), 9, loop->rounds);
	}
	return machine;
}

static double time_machine(const struct loop *loop)
{
	struct machine *machine = open_machine(loop, 1, "rr:1000");
	double begin = seconds(), took;

	if (machine_run(machine, UINT64_MAX).reason != STOP_DEADLOCK)
		fatal("the loop does not end");
	took = seconds() - begin;
	machine_free(machine);
	return took;
}

static double time_steps(const struct loop *loop)
{
	struct machine *machine = open_machine(loop, 1, "rr:1000");
	double begin = seconds(), took;

	for (unsigned i = 0; i < STEPS; i++)
		machine_step_cpu(machine, 0, 1);
	took = seconds() - begin;
	machine_free(machine);
	return took;
}

/* ---- figures ---- */

static void print_rate(const char *name, double want, double instructions, double ours, double reference)
{
	printf("bench %s %.2f want %.1f (ours %.1f M/s, reference %.1f M/s)\n", name, reference / ours, want,
	       instructions / ours / 1e6, instructions / reference / 1e6);
	fflush(stdout);
}

static void bench_loop(const struct loop *loop)
{
	double ours[REPEATS], reference[REPEATS];

	for (unsigned i = 0; i < REPEATS; i++) {
		reference[i] = time_bare(loop);
		ours[i] = time_machine(loop);
	}
	print_rate(loop->name, loop->want, (double)loop->rounds * (double)(loop->count + 2), median(ours), median(reference));
}

static void bench_steps(const struct loop *loop)
{
	double ours[REPEATS], reference[REPEATS];

	for (unsigned i = 0; i < REPEATS; i++) {
		reference[i] = time_bare_steps(loop);
		ours[i] = time_steps(loop);
	}
	print_rate("step-rate", 1.0, STEPS, median(ours), median(reference));
}

static long resident_kib(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long size, resident = 0;

	if (!file || fscanf(file, "%ld %ld", &size, &resident) != 2)
		fatal("/proc/self/statm cannot be read");
	fclose(file);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

/* In a process of its own, so that nothing is left of one before the other. */
static long kib_of(unsigned cpus)
{
	int ends[2];
	long kib = 0;

	if (pipe(ends))
		fatal("no pipe");
	if (fork() == 0) {
		struct machine *machine = open_machine(&loops[0], cpus, "rr:1000");

		machine_run(machine, 100000ull * cpus);
		machine_step_cpu(machine, 0, 10);
		kib = resident_kib();
		_exit(write(ends[1], &kib, sizeof(kib)) != sizeof(kib));
	}
	wait(NULL);
	if (read(ends[0], &kib, sizeof(kib)) != sizeof(kib))
		fatal("a machine could not be measured");
	close(ends[0]);
	close(ends[1]);
	return kib;
}

static void bench_memory(void)
{
	long few = kib_of(FEW_CPUS), many = kib_of(MANY_CPUS);

	printf("bench cpu-kib %ld want 5120 (ours %ld KiB with %d CPUs, reference %ld KiB with %d)\n",
	       (many - few) / (MANY_CPUS - FEW_CPUS), many, MANY_CPUS, few, FEW_CPUS);
}

int main(void)
{
	for (size_t i = 0; i < sizeof(loops) / sizeof(loops[0]); i++)
		bench_loop(&loops[i]);
	bench_steps(&loops[0]);
	bench_memory();
	return EXIT_SUCCESS;
}
