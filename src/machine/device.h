/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/device.h: how a device plugs into the machine.
 *
 * A device is a state struct of its own and one of these tables.  The machine calls it by address or by system
 * register and knows no device by name.  Calls come at exact machine time, in program order, one at a time.  What a
 * device does to a CPU it does through machine_set_line() and machine_emit() (machine/machine.h).
 */
#ifndef MACHINE_DEVICE_H
#define MACHINE_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "machine/types.h"

#define DEVICE_NO_DEADLINE UINT64_MAX

/* Bytes of a saved state being read back. */
struct device_blob {
	const uint8_t *data;
	size_t len, pos;
};

/* A memory-mapped device, or one without registers that keeps time (size 0).  Every entry but name may be NULL. */
struct device_ops {
	const char *name;		/* "pl011": for messages */
	/* Back to the state after power-on. */
	void (*reset)(void *dev);
	/* A load of SIZE bytes (1, 2, 4 or 8) at OFFSET from the base, by CPU. */
	uint64_t (*read)(void *dev, unsigned cpu, uint64_t offset, unsigned size);
	/* A store of the SIZE low bytes of VALUE. */
	void (*write)(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value);
	/* What read would return, without any side effect: for the views. */
	uint64_t (*peek)(const void *dev, unsigned cpu, uint64_t offset, unsigned size);
	/* Append the whole state to OUT / take it back from IN (which holds just what save wrote; false when it does not). */
	void (*save)(const void *dev, struct strbuf *out);
	bool (*load)(void *dev, struct device_blob *in);
	/* Bring the device up to TICK (counter ticks), set its lines, and return the next tick at which it wants to be
	 * called, or DEVICE_NO_DEADLINE.  Called at the start of each slice at or after that tick. */
	uint64_t (*poll)(void *dev, uint64_t tick);
};

/* A system register number: op0, op1, CRn, CRm, op2 packed as in the MSR/MRS encoding (15 bits with op0's two). */
#define SYSREG(op0, op1, crn, crm, op2)	((uint32_t)((op0) << 14 | (op1) << 11 | (crn) << 7 | (crm) << 3 | (op2)))

/* A device that answers system registers (the generic timer, GICv3's CPU interface).  Each returns false for a register
 * that is not its own. */
struct sysreg_ops {
	/* MRS by CPU at exception level EL. */
	bool (*read)(void *dev, unsigned cpu, uint32_t reg, uint64_t *value);
	/* MSR. */
	bool (*write)(void *dev, unsigned cpu, uint32_t reg, uint64_t value);
	/* MRS without side effects, for the views. */
	bool (*peek)(const void *dev, unsigned cpu, uint32_t reg, uint64_t *value);
};

/* Take SIZE bytes from IN into TO; false, with TO untouched, when that many are not left. */
bool device_blob_take(struct device_blob *in, void *to, size_t size);

#endif /* MACHINE_DEVICE_H */
