/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/sysreg_fields.h: the field tables of sysreg.c (Arm ARM D13), apart because they are long.
 *
 * Included by sysreg.c alone.  Highest bits first.  Fields that mean little for bringing up CPUs are left out.
 */
#ifndef SERVICE_SYSREG_FIELDS_H
#define SERVICE_SYSREG_FIELDS_H

#include "service/sysreg.h"

#define FLAG(name, bit, brief)		{ name, bit, bit, brief, NULL }
/* A flag that says as much when it is clear as when it is set: always shown, NAME=0 or NAME=1. */
#define SWITCH(name, bit, brief)	{ name, bit, bit, brief, off_on }
#define FIELD(name, high, low, brief)	{ name, high, low, brief, NULL }
#define ENUM(name, high, low, values)	{ name, high, low, NULL, values }
#define END_OF_FIELDS			{ NULL, 0, 0, NULL, NULL }

static const char *const off_on[] = { "0", "1", NULL };

static const char *const mode_names[] = {
	"EL0t", "", "", "", "EL1t", "EL1h", "", "", "EL2t", "EL2h", "", "", "EL3t", "EL3h", "", "", NULL
};

static const char *const granule_names[] = { "4K", "64K", "16K", NULL };
static const char *const granule1_names[] = { "", "16K", "4K", "64K", NULL };
static const char *const share_names[] = { "none", "", "outer", "inner", NULL };
static const char *const pa_names[] = { "32", "36", "40", "42", "44", "48", "52", NULL };
static const char *const fpen_names[] = { "trap", "trap-el0", "trap", "allow", NULL };

static const struct sysreg_field mpidr_fields[] = {
	FIELD("Aff3", 39, 32, NULL), FLAG("U", 30, "uniprocessor"), FLAG("MT", 24, "Aff0 numbers threads"),
	FIELD("Aff2", 23, 16, NULL), FIELD("Aff1", 15, 8, NULL), FIELD("Aff0", 7, 0, NULL), END_OF_FIELDS
};

static const struct sysreg_field midr_fields[] = {
	FIELD("Implementer", 31, 24, NULL), FIELD("Variant", 23, 20, NULL), FIELD("PartNum", 15, 4, NULL),
	FIELD("Revision", 3, 0, NULL), END_OF_FIELDS
};

static const struct sysreg_field pfr0_fields[] = {
	FIELD("GIC", 27, 24, NULL), FIELD("EL3", 15, 12, NULL), FIELD("EL2", 11, 8, NULL), FIELD("EL1", 7, 4, NULL),
	FIELD("EL0", 3, 0, NULL), END_OF_FIELDS
};

static const struct sysreg_field ctr_fields[] = {
	FIELD("CWG", 27, 24, NULL), FIELD("ERG", 23, 20, "log2 of words"), FIELD("DminLine", 19, 16, NULL),
	FIELD("IminLine", 3, 0, NULL), END_OF_FIELDS
};

static const struct sysreg_field currentel_fields[] = { FIELD("EL", 3, 2, NULL), END_OF_FIELDS };

static const struct sysreg_field daif_fields[] = {
	FLAG("D", 9, "debug masked"), FLAG("A", 8, "SError masked"), FLAG("I", 7, "IRQ masked"),
		FLAG("F", 6, "FIQ masked"),
	END_OF_FIELDS
};

static const struct sysreg_field nzcv_fields[] = {
	FLAG("N", 31, "negative"), FLAG("Z", 30, "zero"), FLAG("C", 29, "carry"), FLAG("V", 28, "overflow"),
		END_OF_FIELDS
};

static const struct sysreg_field spsr_fields[] = {
	FLAG("N", 31, "negative"), FLAG("Z", 30, "zero"), FLAG("C", 29, "carry"), FLAG("V", 28, "overflow"),
	FLAG("SS", 21, "single step"), FLAG("IL", 20, "illegal state"), FLAG("D", 9, "debug masked"),
	FLAG("A", 8, "SError masked"), FLAG("I", 7, "IRQ masked"), FLAG("F", 6, "FIQ masked"),
	ENUM("M", 3, 0, mode_names), END_OF_FIELDS
};

static const struct sysreg_field sctlr1_fields[] = {
	FLAG("UCI", 26, "EL0 may maintain caches"), FLAG("EE", 25, "big-endian"), FLAG("E0E", 24, "EL0 big-endian"),
	FLAG("WXN", 19, "writable is never executable"), FLAG("nTWE", 18, "WFE at EL0 does not trap"),
	FLAG("nTWI", 16, "WFI at EL0 does not trap"), FLAG("UCT", 15, "EL0 may read CTR"),
		FLAG("DZE", 14, "EL0 may DC ZVA"),
	SWITCH("I", 12, "instruction cache on"), FLAG("SA0", 4, "EL0 stack alignment checked"),
	FLAG("SA", 3, "stack alignment checked"), SWITCH("C", 2, "data cache on"), FLAG("A", 1, "alignment checked"),
	SWITCH("M", 0, "MMU on"), END_OF_FIELDS
};

static const struct sysreg_field sctlr_fields[] = {
	FLAG("EE", 25, "big-endian"), FLAG("WXN", 19, "writable is never executable"),
		SWITCH("I", 12, "instruction cache on"),
	FLAG("SA", 3, "stack alignment checked"), SWITCH("C", 2, "data cache on"), FLAG("A", 1, "alignment checked"),
	SWITCH("M", 0, "MMU on"), END_OF_FIELDS
};

static const struct sysreg_field scr_fields[] = {
	FLAG("API", 17, NULL), FLAG("APK", 16, NULL), FLAG("TWE", 13, "WFE below traps to EL3"),
	FLAG("TWI", 12, "WFI below traps to EL3"), FLAG("ST", 11, "secure EL1 has the secure timer"),
	SWITCH("RW", 10, "the next lower level is AArch64"), FLAG("SIF", 9, NULL), SWITCH("HCE", 8, "HVC is allowed"),
	FLAG("SMD", 7, "SMC is UNDEFINED"), FLAG("EA", 3, "SError goes to EL3"), FLAG("FIQ", 2, "FIQ goes to EL3"),
	FLAG("IRQ", 1, "IRQ goes to EL3"), SWITCH("NS", 0, "the levels below are non-secure"), END_OF_FIELDS
};

static const struct sysreg_field hcr_fields[] = {
	FLAG("E2H", 34, "EL2 hosts an operating system"), SWITCH("RW", 31, "EL1 is AArch64"),
	FLAG("HCD", 29, "HVC is UNDEFINED"), FLAG("TGE", 27, "EL0's exceptions go to EL2"),
		FLAG("TSC", 19, "SMC traps to EL2"),
	FLAG("TWE", 14, "WFE traps to EL2"), FLAG("TWI", 13, "WFI traps to EL2"), FLAG("AMO", 5, "SError goes to EL2"),
	FLAG("IMO", 4, "IRQ goes to EL2"), FLAG("FMO", 3, "FIQ goes to EL2"), FLAG("VM", 0, "stage 2 on"), END_OF_FIELDS
};

static const struct sysreg_field esr_fields[] = {
	FIELD("EC", 31, 26, NULL), FLAG("IL", 25, NULL), FIELD("ISS", 24, 0, NULL), END_OF_FIELDS
};

static const struct sysreg_field tcr_fields[] = {
	ENUM("IPS", 34, 32, pa_names), ENUM("TG1", 31, 30, granule1_names), ENUM("SH1", 29, 28, share_names),
	FIELD("T1SZ", 21, 16, NULL), ENUM("TG0", 15, 14, granule_names), ENUM("SH0", 13, 12, share_names),
	FIELD("T0SZ", 5, 0, NULL), END_OF_FIELDS
};

static const struct sysreg_field ttbr_fields[] = {
	FIELD("ASID", 63, 48, NULL), FIELD("BADDR", 47, 1, NULL), FLAG("CnP", 0, NULL), END_OF_FIELDS
};

static const struct sysreg_field cpacr_fields[] = { ENUM("FPEN", 21, 20, fpen_names), END_OF_FIELDS };

static const struct sysreg_field cntctl_fields[] = {
	FLAG("ISTATUS", 2, "due"), FLAG("IMASK", 1, "no interrupt"), FLAG("ENABLE", 0, "on"), END_OF_FIELDS
};

static const struct sysreg_field cntkctl_fields[] = {
	FIELD("EVNTI", 7, 4, NULL), FLAG("EVNTDIR", 3, NULL), FLAG("EVNTEN", 2, "event stream on"),
	FLAG("EL0VCTEN", 1, "EL0 may read the virtual counter"), FLAG("EL0PCTEN", 0, "EL0 may read the counter"),
		END_OF_FIELDS
};

static const struct sysreg_field cnthctl_fields[] = {
	FIELD("EVNTI", 7, 4, NULL), FLAG("EVNTDIR", 3, NULL), FLAG("EVNTEN", 2, "event stream on"),
	FLAG("EL1PCEN", 1, "EL1 may use the timer"), FLAG("EL1PCTEN", 0, "EL1 may read the counter"), END_OF_FIELDS
};

#endif /* SERVICE_SYSREG_FIELDS_H */
