/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/a64asm.c: assembler text into lines and labels.
 *
 * Two passes over the lines: the first counts instructions and notes labels, the second encodes.
 */
#include "service/a64asm.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "service/a64asm_line.h"

struct label {
	char name[A64ASM_NAME_SIZE];
	size_t index;			/* of the instruction that it stands before */
};

struct assembler {
	const struct a64asm_alias *aliases;
	struct a64asm_code *code;
	size_t first;			/* words that CODE had before */
	VEC(struct label) labels;
	unsigned line;
	const char *start;		/* of the line */
	struct error *err;
};

static bool fail(const struct assembler *as, const char *at, const char *what)
{
	return error_set(as->err, "%u:%u: %s", as->line, (unsigned)(at - as->start) + 1, what);
}

static size_t here(const struct assembler *as)
{
	return as->code->len - as->first;
}

/* ---- words of text ---- */

static const char *skip_space(const char *at)
{
	return at + strspn(at, " \t\r");
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* Length of the name at AT. */
static size_t name_length(const char *at)
{
	size_t len = 0;

	while (is_name_char(at[len]))
		len++;
	return len;
}

/* Copy the name at AT, in lower case when LOWER; false when it is empty or too long for SIZE. */
static bool copy_name(const char *at, char *to, size_t size, bool lower)
{
	size_t len = name_length(at);

	if (len == 0 || len >= size)
		return false;
	for (size_t i = 0; i < len; i++)
		to[i] = lower ? (char)tolower((unsigned char)at[i]) : at[i];
	to[len] = '\0';
	return true;
}

/* ---- operands ---- */

static bool parse_numbered(const char *name, char prefix, unsigned limit, unsigned *reg)
{
	char *end;
	unsigned long value;

	if (name[0] != prefix || !isdigit((unsigned char)name[1]))
		return false;
	value = strtoul(name + 1, &end, 10);
	*reg = (unsigned)value;
	return *end == '\0' && value < limit;
}

/* A register's name, or an alias. */
static bool parse_register(const struct assembler *as, const char *name, struct operand *operand)
{
	operand->kind = OPERAND_X;
	for (const struct a64asm_alias *alias = as->aliases; alias && alias->name; alias++) {
		if (!strcmp(name, alias->name)) {
			operand->reg = alias->reg;
			return true;
		}
	}
	operand->reg = 31;
	operand->is_sp = !strcmp(name, "sp");
	if (operand->is_sp || !strcmp(name, "xzr") || parse_numbered(name, 'x', 31, &operand->reg))
		return true;
	operand->kind = OPERAND_W;
	if (!strcmp(name, "wzr") || parse_numbered(name, 'w', 31, &operand->reg))
		return true;
	operand->kind = OPERAND_Q;
	return parse_numbered(name, 'q', 32, &operand->reg);
}

static bool parse_number(const struct assembler *as, const char **at, int64_t *value)
{
	const char *from = *at + (**at == '#');
	char *end;

	if (!isdigit((unsigned char)*from) && !(*from == '-' && isdigit((unsigned char)from[1])))
		return fail(as, *at, "wanted a number");
	*value = *from == '-' ? strtoll(from, &end, 0) : (int64_t)strtoull(from, &end, 0);
	if (is_name_char(*end))
		return fail(as, end, "this is no part of a number");
	*at = end;
	return true;
}

/* After "[base": offset or index, and the closing bracket. */
static bool parse_inside(const struct assembler *as, const char **at, struct operand *operand)
{
	struct operand index = { 0 };
	char name[A64ASM_NAME_SIZE];

	*at = skip_space(*at);
	if (**at == ',') {
		*at = skip_space(*at + 1);
		if (copy_name(*at, name, sizeof(name), false) && !isdigit((unsigned char)*name)) {
			if (!parse_register(as, name, &index) || index.kind != OPERAND_X)
				return fail(as, *at, "wanted an offset or an X register");
			operand->mode = MODE_REGISTER;
			operand->index = index.reg;
			*at += name_length(*at);
		} else if (!parse_number(as, at, &operand->number)) {
			return false;
		}
	}
	*at = skip_space(*at);
	if (**at != ']')
		return fail(as, *at, "wanted ']'");
	++*at;
	return true;
}

static bool parse_memory(const struct assembler *as, const char **at, struct operand *operand)
{
	char name[A64ASM_NAME_SIZE];

	*at = skip_space(*at + 1);
	if (!copy_name(*at, name, sizeof(name), false) || !parse_register(as, name, operand) ||
	    operand->kind != OPERAND_X)
		return fail(as, *at, "wanted an X register, sp or a location as the base");
	*at += name_length(*at);
	operand->kind = OPERAND_MEMORY;
	operand->mode = MODE_OFFSET;
	if (!parse_inside(as, at, operand))
		return false;
	if (**at == '!') {
		if (operand->mode == MODE_REGISTER)
			return fail(as, *at, "an index register cannot be written back");
		operand->mode = MODE_PRE;
		++*at;
		return true;
	}
	/* "[base], #number" is post-index. */
	if (operand->mode == MODE_OFFSET && operand->number == 0 && *skip_space(*at) == ',') {
		operand->mode = MODE_POST;
		*at = skip_space(skip_space(*at) + 1);
		return parse_number(as, at, &operand->number);
	}
	return true;
}

/* Words from the present instruction to the label NAME; digits look back or forward. */
static bool find_label(const struct assembler *as, const char *name, int64_t *words)
{
	size_t len = strlen(name), present = here(as);
	bool is_digit = len == 2 && isdigit((unsigned char)name[0]), back = is_digit && name[1] == 'b';
	const struct label *found = NULL;

	for (size_t i = 0; i < as->labels.len; i++) {
		const struct label *label = &as->labels.item[i];
		bool same = is_digit ? label->name[0] == name[0] && !label->name[1] : !strcmp(label->name, name);

		if (!same || (is_digit && back != (label->index <= present)))
			continue;
		found = label;
		/* The last one behind, the first one ahead. */
		if (!back)
			break;
	}
	if (found)
		*words = (int64_t)found->index - (int64_t)present;
	return found;
}

static bool parse_name(const struct assembler *as, const struct a64asm_line *line, const char **at,
		       struct operand *operand)
{
	if (!copy_name(*at, operand->name, sizeof(operand->name), false))
		return fail(as, *at, "wanted an operand");
	operand->kind = OPERAND_NAME;
	if (a64asm_takes_label(line->mnemonic) && find_label(as, operand->name, &operand->number))
		operand->kind = OPERAND_LABEL;
	else if (!parse_register(as, operand->name, operand))
		operand->kind = OPERAND_NAME;
	*at += name_length(*at);
	return true;
}

static bool parse_operand(const struct assembler *as, const struct a64asm_line *line, const char **at,
			  struct operand *operand)
{
	const char *from = *at;
	bool is_label = isdigit((unsigned char)from[0]) && (from[1] == 'b' || from[1] == 'f') &&
			!is_name_char(from[2]) && a64asm_takes_label(line->mnemonic);

	*operand = (struct operand){ .at = from };
	if (*from == '[')
		return parse_memory(as, at, operand);
	if (*from == '#' || *from == '-' || (isdigit((unsigned char)*from) && !is_label)) {
		operand->kind = OPERAND_NUMBER;
		return parse_number(as, at, &operand->number);
	}
	return parse_name(as, line, at, operand);
}

static bool parse_operands(const struct assembler *as, struct a64asm_line *line, const char *at)
{
	at = skip_space(at);
	while (*at) {
		if (line->count == A64ASM_MAX_OPERANDS)
			return fail(as, at, "too many operands");
		if (!parse_operand(as, line, &at, &line->operand[line->count++]))
			return false;
		at = skip_space(at);
		if (*at && *at != ',')
			return fail(as, at, "wanted a comma or the end of the line");
		if (*at == ',' && !*(at = skip_space(at + 1)))
			return fail(as, at, "wanted an operand after the comma");
	}
	return true;
}

/* ---- lines ---- */

static bool note_label(struct assembler *as, const char *at)
{
	struct label label = { .index = here(as) };

	if (!copy_name(at, label.name, sizeof(label.name), false))
		return fail(as, at, "this label is too long");
	if (isdigit((unsigned char)label.name[0]) && label.name[1])
		return fail(as, at, "a label is a name or one digit");
	for (size_t i = 0; i < as->labels.len; i++)
		if (!strcmp(as->labels.item[i].name, label.name) && !isdigit((unsigned char)label.name[0]))
			return fail(as, at, "this label is already defined");
	vec_add(&as->labels, label);
	return true;
}

static bool emit(struct assembler *as, uint32_t word)
{
	if (here(as) >= A64ASM_MAX_WORDS)
		return fail(as, as->start, "too many instructions");
	vec_add(as->code, word);
	return true;
}

static bool assemble_instruction(struct assembler *as, const char *at)
{
	struct a64asm_line line = { .at = at };
	uint32_t word;

	if (!copy_name(at, line.mnemonic, sizeof(line.mnemonic), true))
		return fail(as, at, "wanted an instruction");
	if (!parse_operands(as, &line, at + name_length(at)))
		return false;
	if (!a64asm_encode(&line, &word))
		return fail(as, line.wrong_at, line.wrong.text);
	return emit(as, word);
}

/* One line; in the first pass only labels are noted. */
static bool take_line(struct assembler *as, bool is_first)
{
	const char *at = skip_space(as->start);
	size_t len = name_length(at);

	while (len && at[len] == ':') {
		if (is_first && !note_label(as, at))
			return false;
		at = skip_space(at + len + 1);
		len = name_length(at);
	}
	if (!*at || *at == '#')
		return true;
	return is_first ? emit(as, 0) : assemble_instruction(as, at);
}

static void cut_comment(char *line)
{
	char *comment = strstr(line, "//");

	if (comment)
		*comment = '\0';
}

static bool pass(struct assembler *as, const char *text, bool is_first)
{
	char *copy = xstrdup(text), *rest = copy, *line;
	bool ok = true;

	as->line = 0;
	as->code->len = as->first;
	while (ok && (line = strsep(&rest, "\n"))) {
		cut_comment(line);
		as->line++;
		as->start = line;
		ok = take_line(as, is_first);
	}
	free(copy);
	return ok;
}

bool a64asm_assemble(const char *text, const struct a64asm_alias *aliases, struct a64asm_code *code, struct error *err)
{
	struct assembler as = { .aliases = aliases, .code = code, .first = code->len, .err = err };
	bool ok = pass(&as, text, true) && pass(&as, text, false);

	vec_free(&as.labels);
	if (!ok)
		code->len = as.first;
	return ok;
}
