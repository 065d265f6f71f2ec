/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/sysreg.c: the table of system registers.
 */
#include "service/sysreg.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "machine/device.h"
#include "machine/event.h"
#include "service/sysreg_fields.h"

static const struct sysreg registers[] = {
	{ "midr_el1", SYSREG(3, 0, 0, 0, 0), "which implementation", midr_fields },
	{ "mpidr_el1", SYSREG(3, 0, 0, 0, 5), "who this CPU is", mpidr_fields },
	{ "revidr_el1", SYSREG(3, 0, 0, 0, 6), "revision", NULL },
	{ "id_aa64pfr0_el1", SYSREG(3, 0, 0, 4, 0), "processor features", pfr0_fields },
	{ "id_aa64pfr1_el1", SYSREG(3, 0, 0, 4, 1), "processor features 1", NULL },
	{ "id_aa64dfr0_el1", SYSREG(3, 0, 0, 5, 0), "debug features", NULL },
	{ "id_aa64isar0_el1", SYSREG(3, 0, 0, 6, 0), "instruction set", NULL },
	{ "id_aa64isar1_el1", SYSREG(3, 0, 0, 6, 1), "instruction set 1", NULL },
	{ "id_aa64mmfr0_el1", SYSREG(3, 0, 0, 7, 0), "memory model", NULL },
	{ "id_aa64mmfr1_el1", SYSREG(3, 0, 0, 7, 1), "memory model 1", NULL },
	{ "id_aa64mmfr2_el1", SYSREG(3, 0, 0, 7, 2), "memory model 2", NULL },
	{ "ctr_el0", SYSREG(3, 3, 0, 0, 1), "cache type", ctr_fields },
	{ "dczid_el0", SYSREG(3, 3, 0, 0, 7), "block size of DC ZVA", NULL },
	{ "clidr_el1", SYSREG(3, 1, 0, 0, 1), "cache levels", NULL },
	{ "ccsidr_el1", SYSREG(3, 1, 0, 0, 0), "size of the selected cache", NULL },
	{ "csselr_el1", SYSREG(3, 2, 0, 0, 0), "which cache CCSIDR shows", NULL },
	{ "currentel", SYSREG(3, 0, 4, 2, 2), "the present exception level", currentel_fields },
	{ "daif", SYSREG(3, 3, 4, 2, 1), "interrupt masks", daif_fields },
	{ "nzcv", SYSREG(3, 3, 4, 2, 0), "condition flags", nzcv_fields },
	{ "spsel", SYSREG(3, 0, 4, 2, 0), "which stack pointer", NULL },
	{ "pan", SYSREG(3, 0, 4, 2, 3), "privileged access never", NULL },
	{ "fpcr", SYSREG(3, 3, 4, 4, 0), "floating-point control", NULL },
	{ "fpsr", SYSREG(3, 3, 4, 4, 1), "floating-point status", NULL },
	{ "sctlr_el1", SYSREG(3, 0, 1, 0, 0), "system control, EL1 and EL0", sctlr1_fields },
	{ "actlr_el1", SYSREG(3, 0, 1, 0, 1), "auxiliary control", NULL },
	{ "cpacr_el1", SYSREG(3, 0, 1, 0, 2), "traps of FP and SIMD", cpacr_fields },
	{ "ttbr0_el1", SYSREG(3, 0, 2, 0, 0), "translation table, low addresses", ttbr_fields },
	{ "ttbr1_el1", SYSREG(3, 0, 2, 0, 1), "translation table, high addresses", ttbr_fields },
	{ "tcr_el1", SYSREG(3, 0, 2, 0, 2), "how tables are walked", tcr_fields },
	{ "spsr_el1", SYSREG(3, 0, 4, 0, 0), "PSTATE to return to from EL1", spsr_fields },
	{ "elr_el1", SYSREG(3, 0, 4, 0, 1), "address to return to from EL1", NULL },
	{ "sp_el0", SYSREG(3, 0, 4, 1, 0), "stack pointer of EL0 (in Linux: the current task)", NULL },
	{ "afsr0_el1", SYSREG(3, 0, 5, 1, 0), "auxiliary fault status", NULL },
	{ "afsr1_el1", SYSREG(3, 0, 5, 1, 1), "auxiliary fault status", NULL },
	{ "esr_el1", SYSREG(3, 0, 5, 2, 0), "why an exception came to EL1", esr_fields },
	{ "far_el1", SYSREG(3, 0, 6, 0, 0), "the address that faulted", NULL },
	{ "par_el1", SYSREG(3, 0, 7, 4, 0), "result of AT", NULL },
	{ "mair_el1", SYSREG(3, 0, 10, 2, 0), "memory attributes", NULL },
	{ "amair_el1", SYSREG(3, 0, 10, 3, 0), "auxiliary memory attributes", NULL },
	{ "vbar_el1", SYSREG(3, 0, 12, 0, 0), "exception vectors of EL1", NULL },
	{ "isr_el1", SYSREG(3, 0, 12, 1, 0), "pending interrupts", NULL },
	{ "contextidr_el1", SYSREG(3, 0, 13, 0, 1), "process number for debuggers", NULL },
	{ "tpidr_el1", SYSREG(3, 0, 13, 0, 4), "thread number of EL1 (in Linux: the per-CPU offset)", NULL },
	{ "tpidr_el0", SYSREG(3, 3, 13, 0, 2), "thread number of EL0", NULL },
	{ "tpidrro_el0", SYSREG(3, 3, 13, 0, 3), "thread number, read-only", NULL },
	{ "cntkctl_el1", SYSREG(3, 0, 14, 1, 0), "timer: what EL0 may do, event stream", cntkctl_fields },
	{ "cntfrq_el0", SYSREG(3, 3, 14, 0, 0), "frequency of the counter", NULL },
	{ "cntpct_el0", SYSREG(3, 3, 14, 0, 1), "physical counter", NULL },
	{ "cntvct_el0", SYSREG(3, 3, 14, 0, 2), "virtual counter", NULL },
	{ "cntp_tval_el0", SYSREG(3, 3, 14, 2, 0), "physical timer: ticks to go", NULL },
	{ "cntp_ctl_el0", SYSREG(3, 3, 14, 2, 1), "physical timer: control", cntctl_fields },
	{ "cntp_cval_el0", SYSREG(3, 3, 14, 2, 2), "physical timer: when", NULL },
	{ "cntv_tval_el0", SYSREG(3, 3, 14, 3, 0), "virtual timer: ticks to go", NULL },
	{ "cntv_ctl_el0", SYSREG(3, 3, 14, 3, 1), "virtual timer: control", cntctl_fields },
	{ "cntv_cval_el0", SYSREG(3, 3, 14, 3, 2), "virtual timer: when", NULL },
	{ "cntps_ctl_el1", SYSREG(3, 7, 14, 2, 1), "secure timer: control", cntctl_fields },
	{ "cntps_cval_el1", SYSREG(3, 7, 14, 2, 2), "secure timer: when", NULL },
	{ "vpidr_el2", SYSREG(3, 4, 0, 0, 0), "what EL1 reads as MIDR", midr_fields },
	{ "vmpidr_el2", SYSREG(3, 4, 0, 0, 5), "what EL1 reads as MPIDR", mpidr_fields },
	{ "sctlr_el2", SYSREG(3, 4, 1, 0, 0), "system control, EL2", sctlr_fields },
	{ "actlr_el2", SYSREG(3, 4, 1, 0, 1), "auxiliary control", NULL },
	{ "hcr_el2", SYSREG(3, 4, 1, 1, 0), "what EL2 takes away from EL1", hcr_fields },
	{ "mdcr_el2", SYSREG(3, 4, 1, 1, 1), "debug traps to EL2", NULL },
	{ "cptr_el2", SYSREG(3, 4, 1, 1, 2), "traps of FP and SIMD to EL2", NULL },
	{ "hstr_el2", SYSREG(3, 4, 1, 1, 3), "traps of CP15", NULL },
	{ "ttbr0_el2", SYSREG(3, 4, 2, 0, 0), "translation table of EL2", ttbr_fields },
	{ "tcr_el2", SYSREG(3, 4, 2, 0, 2), "how tables are walked", tcr_fields },
	{ "vttbr_el2", SYSREG(3, 4, 2, 1, 0), "stage 2 table", ttbr_fields },
	{ "vtcr_el2", SYSREG(3, 4, 2, 1, 2), "stage 2 control", NULL },
	{ "spsr_el2", SYSREG(3, 4, 4, 0, 0), "PSTATE to return to from EL2", spsr_fields },
	{ "elr_el2", SYSREG(3, 4, 4, 0, 1), "address to return to from EL2", NULL },
	{ "sp_el1", SYSREG(3, 4, 4, 1, 0), "stack pointer of EL1", NULL },
	{ "esr_el2", SYSREG(3, 4, 5, 2, 0), "why an exception came to EL2", esr_fields },
	{ "far_el2", SYSREG(3, 4, 6, 0, 0), "the address that faulted", NULL },
	{ "hpfar_el2", SYSREG(3, 4, 6, 0, 4), "intermediate address that faulted", NULL },
	{ "mair_el2", SYSREG(3, 4, 10, 2, 0), "memory attributes", NULL },
	{ "vbar_el2", SYSREG(3, 4, 12, 0, 0), "exception vectors of EL2", NULL },
	{ "tpidr_el2", SYSREG(3, 4, 13, 0, 2), "thread number of EL2", NULL },
	{ "cntvoff_el2", SYSREG(3, 4, 14, 0, 3), "virtual counter behind the physical one", NULL },
	{ "cnthctl_el2", SYSREG(3, 4, 14, 1, 0), "timer: what EL1 may do, event stream", cnthctl_fields },
	{ "cnthp_ctl_el2", SYSREG(3, 4, 14, 2, 1), "EL2 timer: control", cntctl_fields },
	{ "cnthp_cval_el2", SYSREG(3, 4, 14, 2, 2), "EL2 timer: when", NULL },
	{ "sctlr_el3", SYSREG(3, 6, 1, 0, 0), "system control, EL3", sctlr_fields },
	{ "actlr_el3", SYSREG(3, 6, 1, 0, 1), "auxiliary control", NULL },
	{ "scr_el3", SYSREG(3, 6, 1, 1, 0), "what the world below EL3 is", scr_fields },
	{ "cptr_el3", SYSREG(3, 6, 1, 1, 2), "traps of FP and SIMD to EL3", NULL },
	{ "mdcr_el3", SYSREG(3, 6, 1, 3, 1), "debug traps to EL3", NULL },
	{ "ttbr0_el3", SYSREG(3, 6, 2, 0, 0), "translation table of EL3", ttbr_fields },
	{ "tcr_el3", SYSREG(3, 6, 2, 0, 2), "how tables are walked", tcr_fields },
	{ "spsr_el3", SYSREG(3, 6, 4, 0, 0), "PSTATE to return to from EL3", spsr_fields },
	{ "elr_el3", SYSREG(3, 6, 4, 0, 1), "address to return to from EL3", NULL },
	{ "sp_el2", SYSREG(3, 6, 4, 1, 0), "stack pointer of EL2", NULL },
	{ "esr_el3", SYSREG(3, 6, 5, 2, 0), "why an exception came to EL3", esr_fields },
	{ "far_el3", SYSREG(3, 6, 6, 0, 0), "the address that faulted", NULL },
	{ "mair_el3", SYSREG(3, 6, 10, 2, 0), "memory attributes", NULL },
	{ "vbar_el3", SYSREG(3, 6, 12, 0, 0), "exception vectors of EL3", NULL },
	{ "rvbar_el3", SYSREG(3, 6, 12, 0, 1), "where EL3 starts after reset", NULL },
	{ "rmr_el3", SYSREG(3, 6, 12, 0, 2), "reset management", NULL },
	{ "tpidr_el3", SYSREG(3, 6, 13, 0, 2), "thread number of EL3", NULL },
	{ "mdscr_el1", SYSREG(2, 0, 0, 2, 2), "debug control", NULL },
	{ "oslar_el1", SYSREG(2, 0, 1, 0, 4), "OS lock", NULL },
	{ "oslsr_el1", SYSREG(2, 0, 1, 1, 4), "OS lock status", NULL },
	{ "osdlr_el1", SYSREG(2, 0, 1, 3, 4), "OS double lock", NULL },
	{ "mdrar_el1", SYSREG(2, 0, 1, 0, 0), "debug ROM address", NULL },
	{ "pmcr_el0", SYSREG(3, 3, 9, 12, 0), "performance monitors", NULL },
	{ "pmuserenr_el0", SYSREG(3, 3, 9, 14, 0), "performance monitors for EL0", NULL },
	{ "icc_pmr_el1", SYSREG(3, 0, 4, 6, 0), "GIC: lowest priority let through", NULL },
	{ "icc_iar0_el1", SYSREG(3, 0, 12, 8, 0), "GIC: acknowledge group 0", NULL },
	{ "icc_eoir0_el1", SYSREG(3, 0, 12, 8, 1), "GIC: end of group 0", NULL },
	{ "icc_rpr_el1", SYSREG(3, 0, 12, 11, 3), "GIC: running priority", NULL },
	{ "icc_sgi1r_el1", SYSREG(3, 0, 12, 11, 5), "GIC: send an SGI", NULL },
	{ "icc_iar1_el1", SYSREG(3, 0, 12, 12, 0), "GIC: acknowledge group 1", NULL },
	{ "icc_eoir1_el1", SYSREG(3, 0, 12, 12, 1), "GIC: end of group 1", NULL },
	{ "icc_hppir1_el1", SYSREG(3, 0, 12, 12, 2), "GIC: highest pending", NULL },
	{ "icc_bpr1_el1", SYSREG(3, 0, 12, 12, 3), "GIC: binary point", NULL },
	{ "icc_ctlr_el1", SYSREG(3, 0, 12, 12, 4), "GIC: control", NULL },
	{ "icc_sre_el1", SYSREG(3, 0, 12, 12, 5), "GIC: system registers on", NULL },
	{ "icc_igrpen0_el1", SYSREG(3, 0, 12, 12, 6), "GIC: group 0 on", NULL },
	{ "icc_igrpen1_el1", SYSREG(3, 0, 12, 12, 7), "GIC: group 1 on", NULL },
	{ "icc_sre_el2", SYSREG(3, 4, 12, 9, 5), "GIC: system registers on, EL2", NULL },
	{ "ich_hcr_el2", SYSREG(3, 4, 12, 11, 0), "GIC: virtual interface", NULL },
	{ "icc_ctlr_el3", SYSREG(3, 6, 12, 12, 4), "GIC: control, EL3", NULL },
	{ "icc_sre_el3", SYSREG(3, 6, 12, 12, 5), "GIC: system registers on, EL3", NULL },
	{ "icc_igrpen1_el3", SYSREG(3, 6, 12, 12, 7), "GIC: group 1 on, EL3", NULL },
};

enum { REGISTER_COUNT = sizeof(registers) / sizeof(registers[0]) };

size_t sysreg_count(void)
{
	return REGISTER_COUNT;
}

const struct sysreg *sysreg_at(size_t index)
{
	return &registers[index];
}

const struct sysreg *sysreg_find(const char *name)
{
	for (size_t i = 0; i < REGISTER_COUNT; i++)
		if (!strcasecmp(registers[i].name, name))
			return &registers[i];
	return NULL;
}

const struct sysreg *sysreg_find_number(uint32_t number)
{
	for (size_t i = 0; i < REGISTER_COUNT; i++)
		if (registers[i].number == number)
			return &registers[i];
	return NULL;
}

/* The generic name of Arm ARM C5.1.1: S<op0>_<op1>_<Cn>_<Cm>_<op2>. */
static bool parse_encoding(const char *name, uint32_t *number)
{
	unsigned op0, op1, crn, crm, op2;
	int end = 0;

	if (sscanf(name, "%*1[sS]%1u_%1u_%*1[cC]%2u_%*1[cC]%2u_%1u%n", &op0, &op1, &crn, &crm, &op2, &end) < 5)
		return false;
	if (name[end] || op0 < 2 || op0 > 3 || op1 > 7 || crn > 15 || crm > 15 || op2 > 7)
		return false;
	*number = SYSREG(op0, op1, crn, crm, op2);
	return true;
}

bool sysreg_number(const char *name, uint32_t *number)
{
	const struct sysreg *reg = sysreg_find(name);

	if (!reg)
		return parse_encoding(name, number);
	*number = reg->number;
	return true;
}

static uint64_t field_value(const struct sysreg_field *field, uint64_t value)
{
	unsigned width = field->high - field->low + 1u;

	return value >> field->low & (width == 64 ? UINT64_MAX : (1ull << width) - 1);
}

/* Name of VALUE in the list NAMES, or NULL. */
static const char *value_name(const char *const *names, uint64_t value)
{
	for (uint64_t i = 0; names[i]; i++)
		if (i == value)
			return names[i][0] ? names[i] : NULL;
	return NULL;
}

static void describe_field(const struct sysreg_field *field, uint64_t value, struct strbuf *out)
{
	uint64_t v = field_value(field, value);
	const char *name = field->values ? value_name(field->values, v) : NULL;

	if (!field->values && field->high == field->low) {
		if (v)
			strbuf_printf(out, "%s ", field->name);
	} else if (name) {
		strbuf_printf(out, "%s=%s ", field->name, name);
	} else {
		strbuf_printf(out, v < 10 ? "%s=%llu " : "%s=0x%llx ", field->name, (unsigned long long)v);
	}
}

void sysreg_describe(const struct sysreg *reg, uint64_t value, struct strbuf *out)
{
	struct strbuf words = STRBUF_INIT;

	if (!reg->fields)
		return;
	for (const struct sysreg_field *field = reg->fields; field->name; field++)
		describe_field(field, value, &words);
	if (words.len)
		strbuf_add(out, words.text, words.len - 1);
	strbuf_free(&words);
}

/* Arm ARM D17.2.37, ESR_ELx.EC. */
static const struct { unsigned ec; const char *name; } exception_classes[] = {
	{ 0x00, "Undefined" }, { 0x01, "WFx" }, { 0x07, "FPTrap" }, { 0x0e, "IllegalState" }, { 0x15, "SVC64" },
	{ 0x16, "HVC64" }, { 0x17, "SMC64" }, { 0x18, "SysRegTrap" }, { 0x20, "InstrAbort" }, { 0x21, "InstrAbort" },
	{ 0x22, "PCAlignment" }, { 0x24, "DataAbort" }, { 0x25, "DataAbort" }, { 0x26, "SPAlignment" },
	{ 0x2c, "FPException" }, { 0x2f, "SError" }, { 0x30, "Breakpoint" }, { 0x31, "Breakpoint" },
	{ 0x32, "SoftwareStep" }, { 0x33, "SoftwareStep" }, { 0x34, "Watchpoint" }, { 0x35, "Watchpoint" },
	  { 0x3c, "Brk" },
	{ EVENT_EC_IRQ, "IRQ" }, { EVENT_EC_FIQ, "FIQ" }, { EVENT_EC_SERROR, "SError" },
};

const char *sysreg_exception_class(unsigned ec)
{
	for (size_t i = 0; i < sizeof(exception_classes) / sizeof(exception_classes[0]); i++)
		if (exception_classes[i].ec == ec)
			return exception_classes[i].name;
	return NULL;
}

const char *sysreg_mode_name(uint64_t pstate)
{
	const char *name = pstate & 0x10 ? "AArch32" : mode_names[pstate & 0xf];

	return *name ? name : "?";
}

void sysreg_describe_pstate(uint64_t pstate, struct strbuf *out)
{
	static const char daif[] = "DAIF", nzcv[] = "NZCV";

	strbuf_printf(out, "%s  ", sysreg_mode_name(pstate));
	for (int i = 0; i < 4; i++)
		strbuf_putc(out, pstate >> (9 - i) & 1 ? daif[i] : '-');
	strbuf_puts(out, " masked  ");
	for (int i = 0; i < 4; i++)
		strbuf_putc(out, pstate >> (31 - i) & 1 ? nzcv[i] : '-');
	if (pstate >> 20 & 1)
		strbuf_puts(out, "  IL");
}
