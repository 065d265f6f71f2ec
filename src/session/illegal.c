/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/illegal.c: what makes an exception return an illegal one.
 *
 * The machine finds out by doing it; this only says beforehand which bit is to blame.  The first rule that is broken
 * is told.
 */
#include "session/illegal.h"

#include "machine/machine.h"
#include "machine/sysreg.h"
#include "session/info.h"
#include "session/session.h"

#define SPSR_AARCH32	UINT64_C(0x10)
#define SPSR_RESERVED	UINT64_C(2)
#define SCR_NS		UINT64_C(1)
#define SCR_RW		(UINT64_C(1) << 10)
#define HCR_TGE		(UINT64_C(1) << 27)
#define HCR_RW		(UINT64_C(1) << 31)

/* A return that is looked at. */
struct going {
	unsigned from, to;
	uint64_t spsr, scr, hcr;
};

static bool is_to_aarch32(const struct going *go)
{
	return go->spsr & SPSR_AARCH32;
}

static bool is_no_mode(const struct going *go)
{
	return go->spsr & SPSR_RESERVED || (!go->to && go->spsr & 1);
}

static bool is_upward(const struct going *go)
{
	return go->to > go->from;
}

static bool is_secure_el2(const struct going *go)
{
	return go->to == 2 && !(go->scr & SCR_NS);
}

static bool is_narrow_below_el3(const struct going *go)
{
	return go->from == 3 && (go->to == 1 || go->to == 2) && !(go->scr & SCR_RW);
}

/* EL2 has a say only where there is one: in non-secure state. */
static bool is_narrow_el1(const struct going *go)
{
	return go->from > 1 && go->to == 1 && go->scr & SCR_NS && !(go->hcr & HCR_RW);
}

static bool is_el1_out_of_use(const struct going *go)
{
	return go->from > 1 && go->to == 1 && go->scr & SCR_NS && go->hcr & HCR_TGE;
}

static const struct {
	bool (*is_broken)(const struct going *go);
	const char *words;
} rules[] = {
	{ is_to_aarch32, "SPSR.M asks for AArch32" },
	{ is_no_mode, "SPSR.M names no mode" },
	{ is_upward, "SPSR.M names a higher level" },
	{ is_secure_el2, "SCR_EL3.NS is 0, and secure state has no EL2" },
	{ is_narrow_below_el3, "SCR_EL3.RW is 0, so what is below EL3 is AArch32" },
	{ is_narrow_el1, "HCR_EL2.RW is 0, so EL1 is AArch32" },
	{ is_el1_out_of_use, "HCR_EL2.TGE is 1, so EL1 is not in use" },
};

const char *illegal_return(const struct session *session, unsigned cpu, uint64_t spsr)
{
	const struct cpu *it = machine_cpu_const(session_machine(session), cpu);
	struct going go = { .from = (unsigned)cpu_el(it), .to = spsr >> 2 & 3, .spsr = spsr, .scr = SCR_NS | SCR_RW };

	info_sysreg(session, cpu, SCR_EL3, &go.scr);
	info_sysreg(session, cpu, HCR_EL2, &go.hcr);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].is_broken(&go))
			return rules[i].words;
	return NULL;
}
