/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/sysreg.h: AArch64 system registers by Arm's names, and what their fields mean.
 *
 * A table (Arm ARM D13): the machine knows registers by number only.  It lists what an operating system and its
 * firmware use; a register that is not here can still be named by its encoding, S3_0_C1_C0_0.
 */
#ifndef SERVICE_SYSREG_H
#define SERVICE_SYSREG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/* One register. */
struct sysreg {
	const char *name;	/* in lower case: "sctlr_el1" */
	uint32_t number;	/* SYSREG() of machine/device.h */
	const char *brief;	/* what it is, a few words */
	const struct sysreg_field *fields;	/* NULL: no fields worth naming; else ended by a NULL name */
};

/* A field of one. */
struct sysreg_field {
	const char *name;
	unsigned char high, low;	/* bit numbers, inclusive */
	const char *brief;		/* what it says when it is set, or NULL */
	const char *const *values;	/* names of its values, NULL-ended with gaps as "", or NULL */
};

/* How many registers there are, and the one at INDEX. */
size_t sysreg_count(void);
/* Register INDEX. */
const struct sysreg *sysreg_at(size_t index);

/* The register NAME, in either case; NULL when the table has none. */
const struct sysreg *sysreg_find(const char *name);
/* The register NUMBER, or NULL. */
const struct sysreg *sysreg_find_number(uint32_t number);

/* The number that NAME stands for, S<op0>_<op1>_C<n>_C<m>_<op2> included; false when it is none. */
bool sysreg_number(const char *name, uint32_t *number);

/* Append "M=0 C=0 I=1 ..." for the fields of REG in VALUE: flags that are set by name, enumerated fields with the name
 * of their value, and those few that matter when clear as NAME=0. */
void sysreg_describe(const struct sysreg *reg, uint64_t value, struct strbuf *out);

/* The class of ESR.EC (or one of event.h's pseudo classes): "SMC64", "DataAbort"; "EC 0x.." is not made up: NULL. */
const char *sysreg_exception_class(unsigned ec);

/* Name of a PSTATE.M value: "EL2h"; "?" for one that is no AArch64 mode. */
const char *sysreg_mode_name(uint64_t pstate);

/* Append PSTATE in words: "EL3h DAIF masked nzcv -Z--". */
void sysreg_describe_pstate(uint64_t pstate, struct strbuf *out);

#endif /* SERVICE_SYSREG_H */
