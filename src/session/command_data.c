/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/command_data.c: commands that show and change registers, memory and code.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "service/lines.h"
#include "session/code.h"
#include "session/command_sets.h"
#include "session/expr.h"
#include "session/names.h"

enum { X_COUNT_MAX = 65536, LIST_AROUND = 5, DISASSEMBLE_MAX = 4096 };

/* ---- print, set ---- */

static void format_char(unsigned char c, struct strbuf *out)
{
	strbuf_printf(out, isprint(c) ? "'%c'" : "'\\x%02x'", c);
}

/* VALUE in the FORMAT of gdb's letters; false when there is no such letter. */
static bool format_value(char format, unsigned size, uint64_t value, struct strbuf *out)
{
	uint64_t low = size >= 8 ? value : value & ((1ull << size * 8) - 1);
	int64_t low_signed = (int64_t)(value << (64 - size * 8)) >> (64 - size * 8);

	switch (format) {
	case 'x': strbuf_printf(out, "0x%0*" PRIx64, (int)size * 2, low); return true;
	case 'd': strbuf_printf(out, "%" PRId64, low_signed); return true;
	case 'u': strbuf_printf(out, "%" PRIu64, low); return true;
	case 'o': strbuf_printf(out, "0%" PRIo64, low); return true;
	case 'c': format_char((unsigned char)low, out); return true;
	case 't':
		for (int bit = (int)size * 8 - 1; bit >= 0; bit--)
			strbuf_putc(out, low >> bit & 1 ? '1' : '0');
		return true;
	default: return false;
	}
}

static bool do_print(struct command_call *call)
{
	struct session *session = call->session;
	struct expr *e = *call->args ? expr_parse(session, call->args, call->err) : NULL;
	uint64_t value;
	bool ok;

	if (!*call->args)
		return error_set(call->err,
				 "print: what? an expression, like cpu1.x0 or branch_table[1] (help expressions)");
	ok = e && expr_eval(e, session, &value, call->err);
	if (ok && *call->format) {
		ok = !call->format[1] && format_value(*call->format, 8, value, call->out);
		if (!ok)
			error_set(call->err, "print/%s: the format is one of x d u o t c", call->format);
	} else if (ok) {
		expr_format(e, session, value, call->out);
	}
	if (ok)
		strbuf_putc(call->out, '\n');
	expr_free(e);
	return ok;
}

/* The '=' between LVALUE and EXPR. */
static bool do_set(struct command_call *call)
{
	struct session *session = call->session;
	const char *rest = "";
	struct expr *to;
	uint64_t value;
	bool ok = false;

	if (command_is_setting(call->args))
		return command_set_setting(call);
	to = *call->args ? expr_parse_prefix(session, call->args, &rest, call->err) : NULL;
	if (!*call->args)
		error_set(call->err, "set LVALUE=EXPR, like set cpu1.x0=1 or set branch_table[1]=secondary_entry");
	else if (to && *rest != '=')
		error_set(call->err, "set: expected '=' at '%.20s'", rest);
	else if (to)
		ok = expr_value(session, rest + 1, &value, call->err) && expr_assign(to, session, value, call->err);
	expr_free(to);
	return ok;
}

/* ---- x ---- */

/* gdb's COUNT, format letter and size letter, in any order. */
struct x_format { uint64_t count; char letter; unsigned size; };

static unsigned size_of_letter(char c)
{
	switch (c) {
	case 'b': return 1;
	case 'h': return 2;
	case 'w': return 4;
	case 'g': return 8;
	default: return 0;
	}
}

static bool parse_x_format(struct command_call *call, struct x_format *f)
{
	char *at;

	*f = (struct x_format){ strtoull(call->format, &at, 10), 'x', 8 };
	if (at == call->format)
		f->count = 1;
	for (; *at; at++) {
		if (size_of_letter(*at))
			f->size = size_of_letter(*at);
		else if (strchr("xduotcis", *at))
			f->letter = *at;
		else
			return error_set(call->err,
					 "x/%s: '%c' is none of the formats x d u o t c i s and the sizes b h w g",
					 call->format, *at);
	}
	if (!f->count || f->count > X_COUNT_MAX)
		return error_set(call->err, "x/%s: the count goes from 1 to %d", call->format, X_COUNT_MAX);
	return true;
}

static bool peek(struct command_call *call, uint64_t addr, void *to, unsigned size)
{
	struct session *session = call->session;
	gpa_t pa;

	if (names_physical(session_loaded(session), session_focus(session), addr, &pa) &&
	    machine_peek(session_machine(session), pa, to, size))
		return true;
	return error_set(call->err, "nothing is mapped at 0x%" PRIx64, addr);
}

static void put_address(struct command_call *call, uint64_t addr)
{
	strbuf_printf(call->out, "0x%" PRIx64, addr);
	names_format_after(session_loaded(call->session), addr, call->out);
	strbuf_puts(call->out, ":");
}

static bool x_values(struct command_call *call, const struct x_format *f, uint64_t addr)
{
	unsigned per_line = f->size >= 8 ? 2 : f->size == 4 ? 4 : 8;

	for (uint64_t i = 0; i < f->count; i++, addr += f->size) {
		uint64_t value = 0;

		if (!peek(call, addr, &value, f->size))
			return false;
		if (i % per_line == 0) {
			strbuf_puts(call->out, i ? "\n" : "");
			put_address(call, addr);
		}
		strbuf_putc(call->out, '\t');
		format_value(f->letter, f->size, value, call->out);
	}
	strbuf_putc(call->out, '\n');
	return true;
}

static bool x_string(struct command_call *call, uint64_t addr)
{
	enum { STRING_MAX = 200 };
	char c = 1;

	put_address(call, addr);
	strbuf_puts(call->out, "\t\"");
	for (unsigned i = 0; i < STRING_MAX && c; i++) {
		if (!peek(call, addr + i, &c, 1))
			return false;
		if (c)
			strbuf_printf(call->out, isprint((unsigned char)c) ? "%c" : "\\x%02x", (unsigned char)c);
	}
	strbuf_puts(call->out, "\"\n");
	return true;
}

static bool x_instructions(struct command_call *call, uint64_t addr, uint64_t count)
{
	struct code_line line;

	for (uint64_t i = 0; i < count; i++, addr += 4) {
		if (!code_at(call->session, addr, &line))
			return error_set(call->err, "nothing is mapped at 0x%" PRIx64, addr);
		code_format(call->session, &line, call->out);
		strbuf_putc(call->out, '\n');
	}
	return true;
}

static bool do_x(struct command_call *call)
{
	struct x_format f;
	uint64_t addr;

	if (!parse_x_format(call, &f))
		return false;
	if (!*call->args)
		return error_set(call->err, "x/FMT EXPR: from which address? like x/8xg &branch_table");
	if (!expr_value(call->session, call->args, &addr, call->err))
		return false;
	if (f.letter == 'i')
		return x_instructions(call, addr, f.count);
	return f.letter == 's' ? x_string(call, addr) : x_values(call, &f, addr);
}

/* ---- code ---- */

/* The address in the arguments, the PC of the CPU in focus when there are none. */
static bool code_address(struct command_call *call, uint64_t *addr)
{
	struct session *session = call->session;

	if (*call->args)
		return expr_value(session, call->args, addr, call->err);
	*addr = cpu_get_reg(machine_cpu_const(session_machine(session), session_focus(session)), CPU_PC);
	return true;
}

static bool do_disassemble(struct command_call *call)
{
	struct name name;
	uint64_t addr, offset, count = 2 * LIST_AROUND;

	if (!code_address(call, &addr))
		return false;
	if (names_at(session_loaded(call->session), addr, &name, &offset)) {
		addr -= offset;
		count = name.size ? name.size / 4 : count;
	}
	return x_instructions(call, addr, count < DISASSEMBLE_MAX ? count : DISASSEMBLE_MAX);
}

static bool do_list(struct command_call *call)
{
	const struct loaded *loaded = session_loaded(call->session);
	struct lines_place place;
	const char *text;
	unsigned first;
	uint64_t addr;

	if (!code_address(call, &addr))
		return false;
	if (!loaded_find_line(loaded, addr, &place))
		return error_set(call->err,
				 "list: no source line is known for 0x%" PRIx64 " (disassemble shows the code)", addr);
	first = place.line > LIST_AROUND ? place.line - LIST_AROUND : 1;
	strbuf_printf(call->out, "%s:%u\n", place.file, place.line);
	for (unsigned n = first; n <= place.line + LIST_AROUND; n++) {
		text = loaded_line_text(loaded, addr, place.file, n);
		if (text)
			strbuf_printf(call->out, "%s%5u\t%s\n", n == place.line ? "=>" : "  ", n, text);
	}
	return true;
}

static const struct command items[] = {
	{ "print", "EXPR", "show the value of an expression",
	  "print/F EXPR shows it in the format F: x hexadecimal, d signed, u unsigned, o octal,\n"
	  "t binary, c character.",
	  COMPLETE_EXPR, NULL, do_print, "p" },
	{ "x", "EXPR", "show memory from an address on",
	  "x/NFS EXPR shows N items: F is x d u o t c, i for instructions, s for a string;\n"
	  "S is the size, b h w g for 1 2 4 8 bytes.",
	  COMPLETE_EXPR, NULL, do_x, "x" },
	{ "set", "LVALUE=EXPR", "change a register or memory",
	  "LVALUE is a register (cpu1.x0, w0, sp, pc, daif, nzcv, sctlr_el1, scr_el3.ns), a word of\n"
	  "data (branch_table[1], secondary_data) or mem8/16/32/64[ADDR].  The schedule and all else\n"
	  "stay as they are.\n"
	  "'set history.memory 64M' bounds what going back may take of the host's memory.",
	  COMPLETE_EXPR, NULL, do_set, NULL },
	{ "list", "[SYM]", "show the source around a place",
	  "Around the PC of the CPU in focus when no place is given.",
	  COMPLETE_SYMBOL, NULL, do_list, "l" },
	{ "disassemble", "[SYM]", "show a function's instructions",
	  "=> marks the PC of the CPU in focus, a number that of another one, * a breakpoint.",
	  COMPLETE_SYMBOL, NULL, do_disassemble, NULL },
};

const struct command_set commands_data = { "Looking and changing", items, sizeof(items) / sizeof(items[0]) };
