/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/code.h: the guest's code as text: instructions with names, and the source around them.
 */
#ifndef SESSION_CODE_H
#define SESSION_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "service/disasm.h"
#include "session/session.h"

/* One instruction as it stands at a run-time address. */
struct code_line {
	gva_t addr;
	gpa_t pa;
	uint32_t word;
	struct disasm_insn insn;
	uint64_t here;			/* bit n: CPU n is about to run it */
	const char *file;		/* source, or NULL */
	unsigned line;
};

/* The instruction at ADDR, as the CPU in focus sees memory.  False when nothing can be read there. */
bool code_at(struct session *session, gva_t addr, struct code_line *out);

/* CPUs whose next instruction is at the physical address PA (bit n: CPU n). */
uint64_t code_cpus_at(const struct session *session, gpa_t pa);

/* Append "  0x40 <spin+0x8>:  wfe", the marks of CPUs and breakpoints first. */
void code_format(struct session *session, const struct code_line *line, struct strbuf *out);

#endif /* SESSION_CODE_H */
