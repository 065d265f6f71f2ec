/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/mismatch.c: does the firmware hold CPUs the way that the tree says?
 *
 * Somebody else's firmware is known by its symbols: with branch_table it is like the bundled PSCI one, with pen_ready
 * and no branch_table like the bundled spin-table one.
 */
#include "service/mismatch.h"

#include <stddef.h>

#include "service/symbols.h"

static bool is_spin_table_firmware(const struct loaded *loaded)
{
	return loaded->firmware.present && !loaded->branch_table &&
	       symbols_find(loaded->symbols, "firmware:pen_ready");
}

const char *mismatch_warning(const struct loaded *loaded)
{
	bool is_spin_table = loaded->method == METHOD_SPIN_TABLE, has_firmware = loaded->firmware.present;

	if (loaded->method == METHOD_PSCI_HVC && has_firmware)
		return "the tree says hvc, which goes to EL2, but firmware in EL3 is called by smc: "
		       "CPU_ON may reach nobody (-f none answers hvc)";
	if (loaded->cpu_count < 2)
		return NULL;
	if (is_spin_table && !has_firmware)
		return "the tree says spin-table, but without firmware only the boot CPU runs: nobody will poll "
		       "cpu-release-addr (-f builtin does)";
	if (is_spin_table && loaded->branch_table)
		return "the tree says spin-table, but this firmware is for PSCI: it polls branch_table, and nobody "
		       "cpu-release-addr (-f builtin does)";
	if (loaded->method == METHOD_PSCI_SMC && is_spin_table_firmware(loaded))
		return "the tree says PSCI by smc, but this firmware is for spin-table: it answers no call "
		       "(-f builtin does)";
	return NULL;
}
