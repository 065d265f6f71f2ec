/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/code.c: the guest's code as text.
 */
#include "session/code.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "service/lines.h"
#include "session/breakpoints.h"
#include "session/names.h"
#include "session/session_private.h"

enum { COLUMN_INSN = 40, COLUMN_OPERANDS = 48 };

static bool name_of(void *ctx, gva_t addr, char *buf, size_t size)
{
	const struct session *session = ctx;
	struct strbuf text = STRBUF_INIT;
	struct name name;
	uint64_t offset;
	bool found = names_at(session->loaded, addr, &name, &offset);

	if (found) {
		names_format(session->loaded, addr, &text);
		snprintf(buf, size, "%s", strbuf_text(&text));
	}
	strbuf_free(&text);
	return found;
}

/* The session's disassembler, made when it is first needed; NULL when the host has none. */
static struct disasm *disassembler(struct session *session)
{
	if (!session->disasm) {
		session->disasm = disasm_new(NULL);
		if (session->disasm)
			disasm_set_names(session->disasm, name_of, session);
	}
	return session->disasm;
}

uint64_t code_cpus_at(const struct session *session, gpa_t pa)
{
	struct machine *machine = session_machine(session);
	uint64_t cpus = 0;
	gpa_t at;

	for (unsigned n = 0; n < machine_cpu_count(machine); n++) {
		const struct cpu *cpu = machine_cpu_const(machine, n);

		if (cpu_state(cpu) != CPU_OFF && machine_translate(machine, n, cpu_get_reg(cpu, CPU_PC), &at) &&
		    at == pa)
			cpus |= 1ull << n;
	}
	return cpus;
}

bool code_at(struct session *session, gva_t addr, struct code_line *out)
{
	struct lines_place place;

	memset(out, 0, sizeof(*out));
	out->addr = addr;
	if (!names_physical(session->loaded, session->focus, addr, &out->pa) ||
	    !machine_peek(session->loaded->machine, out->pa, &out->word, sizeof(out->word)))
		return false;
	if (disassembler(session))
		disasm_decode(session->disasm, addr, out->word, &out->insn);
	else
		snprintf(out->insn.mnemonic, sizeof(out->insn.mnemonic), ".inst 0x%08" PRIx32, out->word);
	out->here = code_cpus_at(session, out->pa);
	if (loaded_find_line(session->loaded, addr, &place)) {
		out->file = place.file;
		out->line = place.line;
	}
	return true;
}

/* The CPU in focus as "=>", another one by its number, a breakpoint as "*". */
static void format_marks(const struct session *session, const struct code_line *line, struct strbuf *out)
{
	if (line->here >> session->focus & 1)
		strbuf_puts(out, "=>");
	else if (line->here)
		strbuf_printf(out, "%2d", __builtin_ctzll(line->here));
	else
		strbuf_puts(out, "  ");
	strbuf_putc(out, breakpoints_on(session->breakpoints, line->pa) ? '*' : ' ');
}

void code_format(struct session *session, const struct code_line *line, struct strbuf *out)
{
	size_t start = out->len;

	format_marks(session, line, out);
	strbuf_printf(out, "0x%" PRIx64, line->addr);
	names_format_after(session->loaded, line->addr, out);
	strbuf_putc(out, ':');
	strbuf_pad(out, start + COLUMN_INSN);
	strbuf_printf(out, " %s", line->insn.mnemonic);
	if (line->insn.operands[0]) {
		strbuf_pad(out, start + COLUMN_OPERANDS);
		strbuf_printf(out, " %s", line->insn.operands);
	}
}
