/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/board_cpus.c: the cpu nodes, as Linux reads and numbers them.
 *
 * Follows smp_init_cpus() of Linux 6.1 arch/arm64/kernel/smp.c: the boot CPU is logical 0 wherever it stands; every
 * other node takes the next number, a bad one too, and only then is the number given up again.  Linux 6.1 skips a
 * node without a usable "reg" in silence; the words for those are of the older kernels that still said something.
 */
#include "service/board_cpus.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/vec.h"

/* Linux's way through the nodes. */
struct numbering {
	struct board_desc *board;
	uint64_t taken[BOARD_CPU_MAX];	/* cpu_logical_map */
	bool is_taken[BOARD_CPU_MAX];
	unsigned int next;		/* cpu_count: the number that the next node gets */
	bool has_boot;			/* bootcpu_valid */
};

static void refuse(struct board_cpu *cpu, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void refuse(struct board_cpu *cpu, const char *fmt, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list args;

	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	free(cpu->problem);
	cpu->problem = strbuf_steal(&text);
	cpu->logical = BOARD_NO_LOGICAL;
}

static bool is_cpu_node(const struct dtb *dtb, int node)
{
	const char *type = dtb_prop_string(dtb, node, "device_type");
	const char *status = dtb_prop_string(dtb, node, "status");

	if (status && (strcmp(status, "fail") == 0 || strncmp(status, "fail-", 5) == 0))
		return false;
	return dtb_node_is_named(dtb, node, "cpu") || (type && strcmp(type, "cpu") == 0);
}

int board_cpus_next_node(const struct dtb *dtb, int node)
{
	int cpus;

	if (node == DTB_NONE) {
		cpus = dtb_find_path(dtb, "/cpus");
		node = cpus == DTB_NONE ? DTB_NONE : dtb_first_child(dtb, cpus);
	} else {
		node = dtb_next_sibling(dtb, node);
	}
	while (node != DTB_NONE && !is_cpu_node(dtb, node))
		node = dtb_next_sibling(dtb, node);
	return node;
}

bool board_cpus_reg(const struct dtb *dtb, int node, uint64_t *out)
{
	uint32_t cells = 1;	/* OF_ROOT_NODE_ADDR_CELLS_DEFAULT: what Linux assumes when neither node says */
	size_t len;
	const uint8_t *reg = dtb_prop(dtb, node, "reg", &len);
	int cpus = dtb_find_path(dtb, "/cpus");

	if (!dtb_prop_u32(dtb, cpus, "#address-cells", &cells))
		dtb_prop_u32(dtb, DTB_ROOT, "#address-cells", &cells);
	if (!reg || cells == 0 || cells > len / 4)
		return false;
	*out = dtb_read_cells(reg, cells);
	return true;
}

static char *copy_or_null(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

static void read_node(const struct dtb *dtb, int node, struct board_desc *board)
{
	struct board_cpu *cpu = vec_push(&board->cpus);
	struct strbuf path = STRBUF_INIT;
	const char *status = dtb_prop_string(dtb, node, "status");
	const uint8_t *release;
	size_t len;

	strbuf_printf(&path, "/cpus/%s", dtb_node_name(dtb, node));
	cpu->path = strbuf_steal(&path);
	cpu->logical = BOARD_NO_LOGICAL;
	cpu->enable_method = copy_or_null(dtb_prop_string(dtb, node, "enable-method"));
	cpu->is_disabled = status && strcmp(status, "okay") != 0 && strcmp(status, "ok") != 0;
	release = dtb_prop(dtb, node, "cpu-release-addr", &len);
	cpu->has_release_addr = release && len >= 8;	/* of_property_read_u64() */
	if (cpu->has_release_addr)
		cpu->release_addr = dtb_read_cells(release, 2);
	cpu->has_reg = board_cpus_reg(dtb, node, &cpu->mpidr);
	if (!cpu->has_reg)
		refuse(cpu, "%s: missing reg property", cpu->path);
	else if (cpu->mpidr & ~BOARD_MPIDR_MASK)
		refuse(cpu, "%s: invalid reg property", cpu->path);
	else
		cpu->has_mpidr = true;
}

/* Choose the boot CPU: see board_desc_new(). */
static void choose_boot_cpu(const struct dtb *dtb, const uint64_t *boot_mpidr, struct board_desc *board)
{
	const struct board_cpu *first = board->cpus.item;
	uint64_t wanted = dtb_boot_cpuid(dtb);

	if (boot_mpidr)
		wanted = *boot_mpidr;
	else if (!wanted && board->cpus.len && first->has_mpidr)
		wanted = first->mpidr;
	else if (!wanted)
		return;
	board->boot_mpidr = wanted;
	for (size_t i = 0; i < board->cpus.len; i++)
		board->has_boot_cpu |= board->cpus.item[i].has_mpidr && board->cpus.item[i].mpidr == wanted;
}

static bool is_duplicate(const struct numbering *n, uint64_t mpidr)
{
	for (unsigned int i = 1; i < n->next && i < BOARD_CPU_MAX; i++)
		if (n->is_taken[i] && n->taken[i] == mpidr)
			return true;
	return false;
}

/* Number one node; one pass of the loop of of_parse_and_init_cpus(). */
static void number_cpu(struct numbering *n, struct board_cpu *cpu)
{
	bool is_boot = n->board->has_boot_cpu && cpu->mpidr == n->board->boot_mpidr;

	if (cpu->has_mpidr && is_boot && !n->has_boot) {
		n->has_boot = true;
		cpu->logical = 0;
		return;
	}
	if (cpu->has_mpidr && is_boot) {
		refuse(cpu, "%s: duplicate boot cpu reg property in DT", cpu->path);
		cpu->has_mpidr = false;
	} else if (cpu->has_mpidr && is_duplicate(n, cpu->mpidr)) {
		refuse(cpu, "%s: duplicate cpu reg properties in the DT", cpu->path);
		cpu->has_mpidr = false;
	} else if (cpu->has_mpidr && n->next < BOARD_CPU_MAX) {
		cpu->logical = n->next;
		n->taken[n->next] = cpu->mpidr;
		n->is_taken[n->next] = true;
	}
	n->next++;
}

static void clip(struct numbering *n)
{
	struct board_desc *board = n->board;

	if (n->next <= BOARD_CPU_MAX)
		return;
	for (size_t i = 0; i < board->cpus.len; i++) {
		struct board_cpu *cpu = &board->cpus.item[i];

		if (!cpu->problem && cpu->logical == BOARD_NO_LOGICAL) {
			refuse(cpu, "Number of cores (%u) exceeds configured maximum of %d - clipping", n->next,
			       BOARD_CPU_MAX);
			cpu->has_mpidr = false;
		}
	}
	board_desc_add_problem(
		board, false,
		"%s: more than %d CPUs; Linux: \"Number of cores (%u) exceeds configured maximum of %d - clipping\"",
		board->name, BOARD_CPU_MAX, n->next, BOARD_CPU_MAX);
}

/* Version 0.1 has no function ids but those that the tree gives. */
static bool has_cpu_on(const struct board_psci *psci)
{
	return psci->conduit != BOARD_CONDUIT_NONE && (psci->cpu_on || strcmp(psci->version, "0.1") != 0);
}

/* What init_cpu_ops() and cpu_init() make of a secondary that has a number. */
static void check_enable_method(const struct board_desc *board, struct board_cpu *cpu)
{
	const char *method = cpu->enable_method;

	if (!method) {
		refuse(cpu, "%s: missing enable-method property", cpu->path);
	} else if (strcmp(method, "psci") != 0 && strcmp(method, "spin-table") != 0) {
		refuse(cpu, "Unsupported enable-method: %s", method);
	} else if (strcmp(method, "spin-table") == 0 && !cpu->has_release_addr) {
		refuse(cpu, "CPU %d: missing or invalid cpu-release-addr property", cpu->logical);
	} else if (strcmp(method, "psci") == 0 && !has_cpu_on(&board->psci)) {
		/* cpu_prepare() fails, which leaves the CPU its number: possible, but never present. */
		struct strbuf text = STRBUF_INIT;

		strbuf_printf(&text, "psci: no cpu_on method, not booting CPU%d", cpu->logical);
		cpu->problem = strbuf_steal(&text);
	}
}

static void check_secondaries(struct board_desc *board)
{
	for (size_t i = 0; i < board->cpus.len; i++) {
		struct board_cpu *cpu = &board->cpus.item[i];

		if (cpu->logical <= 0)
			continue;
		if (board->has_boot_cpu)
			check_enable_method(board, cpu);
		else
			refuse(cpu, "missing boot CPU MPIDR, not enabling secondaries");
	}
}

static bool is_silent(const char *problem)
{
	return strstr(problem, "missing reg property") || strstr(problem, "invalid reg property");
}

/* Turn what is known of each CPU into problems of the board. */
static void list_problems(struct board_desc *board)
{
	for (size_t i = 0; i < board->cpus.len; i++) {
		const struct board_cpu *cpu = &board->cpus.item[i];

		if (cpu->problem && is_silent(cpu->problem))
			board_desc_add_problem(board, false,
					       "%s (Linux before 6 says so; 6.1 skips this CPU in silence)",
					       cpu->problem);
		else if (cpu->problem && board->has_boot_cpu && !strstr(cpu->problem, "clipping"))
			board_desc_add_problem(board, false, "%s: Linux refuses this CPU: \"%s\"", cpu->path,
					       cpu->problem);
		if (cpu->is_disabled)
			board_desc_add_problem(
				board, false,
				"%s: status is \"disabled\"; Linux says nothing and tries this CPU all the same",
				cpu->path);
	}
}

static void judge(struct board_desc *board)
{
	size_t usable = 0;

	for (size_t i = 0; i < board->cpus.len; i++)
		usable += board->cpus.item[i].has_mpidr;
	if (board->cpus.len == 0)
		board_desc_add_problem(board, true, "%s: no cpu node below /cpus; "
				       "Linux: \"missing boot CPU MPIDR, not enabling secondaries\"", board->name);
	else if (usable == 0)
		board_desc_add_problem(board, true, "%s: no cpu node has a usable \"reg\"", board->name);
	else if (!board->has_boot_cpu && !board->boot_mpidr && !board->cpus.item[0].has_mpidr)
		board_desc_add_problem(board, true,
				       "%s: the boot CPU is missing: the first cpu node has no usable \"reg\"; "
				       "Linux: \"missing boot CPU MPIDR, not enabling secondaries\"",
				       board->name);
	else if (!board->has_boot_cpu)
		board_desc_add_problem(board, true, "%s: the boot CPU is missing: no cpu node has reg 0x%" PRIx64 "; "
				       "Linux: \"missing boot CPU MPIDR, not enabling secondaries\"", board->name,
				       board->boot_mpidr);
}

void board_cpus_read(const struct dtb *dtb, const uint64_t *boot_mpidr, struct board_desc *board)
{
	struct numbering n = { .board = board, .next = 1 };

	for (int node = board_cpus_next_node(dtb, DTB_NONE); node != DTB_NONE; node = board_cpus_next_node(dtb, node))
		read_node(dtb, node, board);
	choose_boot_cpu(dtb, boot_mpidr, board);
	for (size_t i = 0; i < board->cpus.len; i++)
		number_cpu(&n, &board->cpus.item[i]);
	clip(&n);
	check_secondaries(board);
	list_problems(board);
	judge(board);
}
