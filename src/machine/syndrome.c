/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/syndrome.c: the tables behind the words.
 */
#include "machine/syndrome.h"

#include <stdio.h>

enum {
	EC_SHIFT = 26,
	STATUS = 0x3f,			/* IFSC and DFSC */
	WNR = 1 << 6,			/* a store, of a data abort */
	EC_INSTR_ABORT = 0x20, EC_DATA_ABORT = 0x24,	/* and the next ones, from the same level */
	STATUS_EXTERNAL = 0x10, STATUS_ALIGNMENT = 0x21,
};

static const struct { unsigned class; const char *words; } classes[] = {
	{ 0x00, "an undefined instruction" },
	{ 0x01, "a trapped wfe or wfi" },
	{ 0x07, "a trapped use of the SIMD and floating-point registers" },
	{ 0x0e, "an illegal state, as after an illegal eret" },
	{ 0x15, "svc" },
	{ 0x16, "hvc" },
	{ 0x17, "smc" },
	{ 0x18, "a trapped access to a system register" },
	{ 0x22, "a pc that is no multiple of 4" },
	{ 0x26, "an sp that is no multiple of 16" },
	{ 0x2f, "an SError" },
	{ 0x30, "a hardware breakpoint" }, { 0x31, "a hardware breakpoint" },
	{ 0x32, "a single step" }, { 0x33, "a single step" },
	{ 0x34, "a hardware watchpoint" }, { 0x35, "a hardware watchpoint" },
	{ 0x3c, "brk" },
};

static const char *class_words(unsigned class)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (classes[i].class == class)
			return classes[i].words;
	return "an exception";
}

/* Why an access failed: fault status codes, of which the last two bits are a level of the page table. */
static const char *status_words(unsigned status)
{
	static const char *const faults[] = {
		"an address too large", "not mapped", "the access flag is clear", "not permitted",
	};

	if (status < sizeof(faults) / sizeof(faults[0]) * 4)
		return faults[status >> 2];
	if (status == STATUS_EXTERNAL)
		return "nothing is at that address";
	return status == STATUS_ALIGNMENT ? "not aligned" : "it failed";
}

bool syndrome_is_external(uint32_t syndrome)
{
	return (syndrome & STATUS) == STATUS_EXTERNAL;
}

/* Read-only memory is there, and yet a store fails as if it were not. */
static bool is_refused_store(uint32_t syndrome)
{
	return syndrome & WNR && syndrome_is_external(syndrome);
}

void syndrome_describe(uint32_t syndrome, char *out, size_t size)
{
	unsigned class = syndrome >> EC_SHIFT;

	if ((class & ~1u) == EC_INSTR_ABORT)
		snprintf(out, size, "an instruction fetch: %s", status_words(syndrome & STATUS));
	else if ((class & ~1u) == EC_DATA_ABORT)
		snprintf(out, size, "a %s: %s", syndrome & WNR ? "store" : "load",
			 is_refused_store(syndrome) ? "nothing at that address takes it" :
						      status_words(syndrome & STATUS));
	else
		snprintf(out, size, "%s", class_words(class));
}
