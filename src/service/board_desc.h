/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/board_desc.h: what a device tree says of the machine, read once.
 *
 * The tree is the machine: memory, CPUs, PSCI, interrupt controller, timer and UART are all taken from here.  Nothing
 * in a sound blob is an error at this level: whatever is missing or wrong becomes a problem, with what Linux would
 * say, so that a learner can look at a broken tree.  A board without memory, CPU or boot CPU is not bootable.
 */
#ifndef SERVICE_BOARD_DESC_H
#define SERVICE_BOARD_DESC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/types.h"
#include "service/dtb.h"

enum {
	BOARD_CPU_MAX = 64,		/* CPUs a board can have: NR_CPUS of the lab kernel */
	BOARD_GICR_MAX = 4,		/* redistributor regions that are kept */
	BOARD_NO_INTID = -1,		/* a device without an interrupt, or not one of the GIC */
	BOARD_NO_LOGICAL = -1,		/* a CPU that Linux would not number */
};

/* The affinity fields of an MPIDR_EL1, Linux's MPIDR_HWID_BITMASK. */
#define BOARD_MPIDR_MASK	UINT64_C(0xff00ffffff)

/* Where QEMU's virt board has the secure PL061 whose line 0 powers the board off. */
#define BOARD_POWER_GPIO_BASE	UINT64_C(0x090b0000)

/* Guest physical memory from BASE, SIZE bytes. */
struct board_range {
	gpa_t base;
	uint64_t size;
};

/* A vector of ranges, for the macros of base/vec.h. */
struct board_ranges {
	struct board_range *item;
	size_t len, size;
};

/* One cpu node.  Strings are owned by the board. */
struct board_cpu {
	char *path;			/* full path of the node */
	bool has_reg;			/* its "reg" can be read, whatever it says: mpidr is set */
	bool has_mpidr;			/* and it is usable and unique: this CPU exists */
	bool is_disabled;		/* status is "disabled", which Linux does not mind */
	bool has_release_addr;
	uint64_t mpidr;			/* "reg": the affinity fields when has_mpidr */
	int logical;			/* Linux's number, or BOARD_NO_LOGICAL */
	char *enable_method;		/* NULL when there is none */
	gpa_t release_addr;		/* cpu-release-addr of a spin-table CPU */
	char *problem;			/* why it is refused, in Linux's words; NULL when it is not */
};

/* One device with registers. */
struct board_device {
	char *path;
	char *compatible;		/* the first string of its "compatible" */
	struct board_range reg;
	int intid;			/* GIC interrupt, or BOARD_NO_INTID */
};

enum board_conduit {
	BOARD_CONDUIT_NONE,
	BOARD_CONDUIT_SMC,
	BOARD_CONDUIT_HVC,
};

/* The psci node. */
struct board_psci {
	bool present;
	enum board_conduit conduit;
	const char *version;		/* "0.1", "0.2" or "1.0" by its compatible; static, NULL when not present */
	uint32_t cpu_suspend, cpu_off, cpu_on, migrate;	/* function ids of version 0.1; 0 where none is given */
};

/* The interrupt controller; version 0 when there is none. */
struct board_gic {
	int version;			/* 2 or 3 */
	char *path;
	char *compatible;
	struct board_range gicd;
	struct board_range gicc;	/* version 2 */
	struct board_range gich, gicv;	/* version 2 with virtualization extensions; size 0 without */
	struct board_range gicr[BOARD_GICR_MAX];	/* version 3 */
	size_t gicr_count;
	uint64_t gicr_stride;		/* bytes from one CPU's frames to the next one's */
};

/* Index of a timer interrupt. */
enum board_timer_irq {
	BOARD_TIMER_SECURE,
	BOARD_TIMER_PHYS,
	BOARD_TIMER_VIRT,
	BOARD_TIMER_HYP,
	BOARD_TIMER_COUNT,
};

/* The generic timer. */
struct board_timer {
	bool present;
	int intid[BOARD_TIMER_COUNT];	/* BOARD_NO_INTID where none is given */
	uint32_t frequency;		/* "clock-frequency" in Hz, 0 when the tree leaves it to CNTFRQ_EL0 */
};

/* Something about the tree that a person should know. */
struct board_problem {
	bool is_fatal;			/* no kernel can boot */
	char *text;			/* what, where, and what Linux says or does about it */
};

/* The board.  Every pointer in it is owned by it. */
struct board_desc {
	char *name;			/* file the tree came from */
	char *model;			/* "model" of the root node; NULL when there is none */
	struct board_ranges memory;	/* RAM, in the order of the tree, not overlapping */
	struct board_ranges reserved;	/* /memreserve/ and /reserved-memory, which Linux keeps off */
	struct board_ranges secure_memory;	/* RAM for the secure world alone (secure-status) */
	struct { struct board_cpu *item; size_t len, size; } cpus;	/* in the order of the tree */
	bool has_boot_cpu;
	uint64_t boot_mpidr;		/* meaningful when has_boot_cpu */
	struct board_psci psci;
	struct board_gic gic;
	struct board_timer timer;
	struct { struct board_device *item; size_t len, size; } uarts;	/* PL011s, the console first */
	struct { struct board_device *item; size_t len, size; } virtio;	/* virtio-mmio transports */
	struct { struct board_device *item; size_t len, size; } flash;	/* boot ROM or flash */
	struct board_device power_gpio;	/* PL061 that a gpio-poweroff node names; path NULL when none does */
	char *stdout_path;		/* full path of the console's node; NULL when /chosen names none */
	struct { char **item; size_t len, size; } ignored;	/* paths of nodes that nothing here implements */
	struct { struct board_problem *item; size_t len, size; } problems;
};

/* Describe the board of DTB.  The boot CPU is BOOT_MPIDR when that is not NULL; else the header's boot_cpuid_phys
 * when it is not 0; else the first cpu node.  Never fails; free with board_desc_free(). */
struct board_desc *board_desc_new(const struct dtb *dtb, const uint64_t *boot_mpidr);

/* Free BOARD (may be NULL). */
void board_desc_free(struct board_desc *board);

/* Could a kernel boot on BOARD: has it memory, a CPU and a boot CPU? */
bool board_desc_is_bootable(const struct board_desc *board);

/* The CPU that Linux numbers LOGICAL, or NULL. */
const struct board_cpu *board_desc_logical_cpu(const struct board_desc *board, int logical);

/* Are the SIZE bytes from BASE all inside one of RANGES? */
bool board_ranges_cover(const struct board_ranges *ranges, gpa_t base, uint64_t size);

/* Add a problem to BOARD. */
void board_desc_add_problem(struct board_desc *board, bool is_fatal, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif /* SERVICE_BOARD_DESC_H */
