/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as the memory of a guest that calls panic(): the text that is made of its format is one line of printable
 * characters, and no longer than a person reads.
 *
 * Memory begins at 0 with X0 to X7; X0 is where the format is, so the rest of them may point back into it.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "session/guest_text.h"
#include "session/names.h"

enum { REGISTERS = 8, TEXT_MAX = 1024 };

static const uint8_t *memory;
static size_t memory_size;

/* ---- the little of a machine that is asked ---- */

bool machine_translate(const struct machine *machine, unsigned cpu, gva_t va, gpa_t *pa)
{
	(void)machine, (void)cpu;
	*pa = va;
	return true;
}

bool machine_peek(const struct machine *machine, gpa_t addr, void *to, size_t len)
{
	(void)machine;
	if (len > memory_size || addr > memory_size - len)
		return false;
	memcpy(to, memory + addr, len);
	return true;
}

unsigned cpu_index(const struct cpu *cpu)
{
	(void)cpu;
	return 0;
}

uint64_t cpu_get_reg(const struct cpu *cpu, int reg)
{
	uint64_t value = 0;

	(void)cpu;
	if (reg == 0)
		return REGISTERS * sizeof(value);
	machine_peek(NULL, reg < REGISTERS ? (gpa_t)reg * sizeof(value) : 0, &value, sizeof(value));
	return value;
}

void names_format(const struct loaded *loaded, uint64_t addr, struct strbuf *out)
{
	(void)loaded;
	strbuf_puts(out, addr ? "a_symbol" : "0");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct loaded loaded = { .machine = NULL };
	struct strbuf out = STRBUF_INIT;

	memory = data;
	memory_size = size;
	guest_text_format(&loaded, NULL, &out);
	for (size_t i = 0; i < out.len; i++)
		if (!isprint((unsigned char)out.text[i]))
			abort();
	if (out.len > TEXT_MAX)
		abort();
	strbuf_free(&out);
	return 0;
}
