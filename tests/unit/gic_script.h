/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/gic_script.h: register accesses and what they must show, as data, for both GICs.
 */
#ifndef UNIT_GIC_SCRIPT_H
#define UNIT_GIC_SCRIPT_H

#include "device/gic.h"
#include "fake_machine.h"

enum step_op {
	END,
	EL,		/* CPU goes to exception level VALUE */
	SCR,		/* SCR_EL3 of CPU is VALUE */
	D_W, D_R,	/* 32-bit store to, load from (must give VALUE) the distributor at REG */
	D_W1, D_R1,	/* the same, 8 bits */
	D_W8, D_R8,	/* the same, 64 bits */
	C_W, C_R,	/* the second register block: GICv2's CPU interface, GICv3's redistributors */
	C_R1, C_R8,
	MSR, MRS,	/* system register REG */
	MRS_UNDEF,	/* MRS of REG is not answered */
	PEEK_MRS,	/* MRS without side effects */
	INPUT,		/* wire REG of CPU is driven to VALUE */
	IRQ, FIQ,	/* the line to CPU must be VALUE */
};

/* One step; a list ends with END. */
struct step {
	enum step_op op;
	unsigned cpu;
	uint32_t reg;
	uint64_t value;
};

/* What the steps are done to. */
struct script_target {
	struct machine *machine;
	const struct device_ops *dist, *second;
	void *dist_dev, *second_dev;
	const struct sysreg_ops *sysregs;
	const struct gic_ops *gic;
	void *gic_object;
};

/* Do STEPS; NAME is for messages. */
void script_run(const struct script_target *target, const char *name, const struct step *steps);

#endif /* UNIT_GIC_SCRIPT_H */
