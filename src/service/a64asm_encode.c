/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/a64asm_encode.c: instructions into words (Arm ARM C4.1, C6.2).
 *
 * One row a mnemonic: the word with all fields zero, and the function that fills them in from the operands.  Mnemonics
 * that are built from parts (ldxr + b, cas + al + h) are taken apart before they are looked up.
 */
#include <string.h>

#include "service/a64asm_line.h"
#include "service/sysreg.h"

struct row;
typedef bool encode_fn(struct a64asm_line *line, const struct row *row, uint32_t *word);

struct row {
	const char *name;
	uint32_t word;
	encode_fn *encode;
};

static bool fail(struct a64asm_line *line, unsigned operand, const char *what)
{
	line->wrong_at = operand < line->count ? line->operand[operand].at : line->at;
	return error_set(&line->wrong, "%s: %s", line->mnemonic, what);
}

/* ---- fields ---- */

static bool has_count(struct a64asm_line *line, unsigned count)
{
	return line->count == count ||
	       fail(line, count, line->count < count ? "an operand is missing" : "too many operands");
}

static bool is_general(const struct operand *operand)
{
	return operand->kind == OPERAND_X || operand->kind == OPERAND_W;
}

/* General register number N into the field at bit SHIFT. */
static bool put_reg(struct a64asm_line *line, unsigned n, unsigned shift, uint32_t *word)
{
	if (n >= line->count || !is_general(&line->operand[n]))
		return fail(line, n, "wanted a register here");
	*word |= (uint32_t)line->operand[n].reg << shift;
	return true;
}

/* Number N, UNIT times 0 to 2^BITS - 1, into the field at SHIFT. */
static bool put_number(struct a64asm_line *line, unsigned n, unsigned bits, unsigned shift, uint32_t *word)
{
	const struct operand *operand = &line->operand[n];

	if (n >= line->count || operand->kind != OPERAND_NUMBER)
		return fail(line, n, "wanted a number here");
	if (operand->number < 0 || operand->number >> bits)
		return fail(line, n, "this number does not fit");
	*word |= (uint32_t)operand->number << shift;
	return true;
}

/* The sf bit of what has X and W forms. */
static uint32_t size_bit(const struct a64asm_line *line)
{
	return line->operand[0].kind == OPERAND_X ? 1u << 31 : 0;
}

static bool same_width(struct a64asm_line *line)
{
	if (!is_general(&line->operand[0]))
		return fail(line, 0, "wanted a register here");
	for (unsigned i = 1; i < line->count; i++)
		if (is_general(&line->operand[i]) && line->operand[i].kind != line->operand[0].kind)
			return fail(line, i, "W and X registers do not mix here");
	return true;
}

/* ---- no operands, or one number ---- */

static bool encode_plain(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	return has_count(line, 0);
}

static bool encode_call(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	return has_count(line, 1) && put_number(line, 0, 16, 5, word);
}

static bool encode_word(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	return has_count(line, 1) && put_number(line, 0, 32, 0, word);
}

/* ---- moves and arithmetic ---- */

static bool encode_move_number(struct a64asm_line *line, uint32_t *word)
{
	enum { MOVZ = 0x52800000, MOVN = 0x12800000 };
	int64_t value = line->operand[1].number;
	bool is_negative = value < 0 && value >= -0x10000;
	uint64_t bits = is_negative ? ~(uint64_t)value : (uint64_t)value;
	unsigned limit = line->operand[0].kind == OPERAND_X ? 4 : 2;

	for (unsigned part = 0; part < limit; part++) {
		if (bits & ~(0xffffull << 16 * part))
			continue;
		*word = (is_negative ? MOVN : MOVZ) | size_bit(line) | part << 21 | (uint32_t)(bits >> 16 * part) << 5;
		return put_reg(line, 0, 0, word);
	}
	return fail(line, 1, "this number does not fit into one mov");
}

static bool encode_move(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	enum { ADD_IMMEDIATE = 0x11000000 };
	bool uses_sp = line->count == 2 && (line->operand[0].is_sp || line->operand[1].is_sp);

	if (!has_count(line, 2) || !same_width(line))
		return false;
	if (line->operand[1].kind == OPERAND_NUMBER)
		return encode_move_number(line, word);
	*word = (uses_sp ? ADD_IMMEDIATE : row->word) | size_bit(line);
	return put_reg(line, 0, 0, word) && put_reg(line, 1, uses_sp ? 5 : 16, word);
}

static bool encode_movk(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word | size_bit(line);
	return has_count(line, 2) && put_reg(line, 0, 0, word) && put_number(line, 1, 16, 5, word);
}

/* The row has the register form.  Adding and subtracting also take a number; and, orr and eor do not here. */
static bool encode_arithmetic(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	enum { REGISTER_FORM = 0x0a000000, IMMEDIATE_FORM = 0x10000000, IS_ARITHMETIC = 0x01000000 };

	if (!has_count(line, 3) || !same_width(line))
		return false;
	*word = row->word | size_bit(line);
	if (line->operand[2].kind == OPERAND_NUMBER && row->word & IS_ARITHMETIC)
		*word = (*word & ~(uint32_t)REGISTER_FORM) | IMMEDIATE_FORM;
	if (!put_reg(line, 0, 0, word) || !put_reg(line, 1, 5, word))
		return false;
	if (line->operand[2].kind == OPERAND_NUMBER && row->word & IS_ARITHMETIC)
		return put_number(line, 2, 12, 10, word);
	return put_reg(line, 2, 16, word);
}

static bool encode_compare(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	enum { ZERO = 31 };

	if (!has_count(line, 2))
		return false;
	line->operand[2] = line->operand[1];
	line->operand[1] = line->operand[0];
	line->operand[0].reg = ZERO;
	line->count = 3;
	return encode_arithmetic(line, row, word);
}

/* ---- branches ---- */

static bool put_label(struct a64asm_line *line, unsigned n, unsigned bits, unsigned shift, uint32_t *word)
{
	const struct operand *operand = &line->operand[n];
	int64_t limit = 1ll << (bits - 1);

	if (n >= line->count || operand->kind != OPERAND_LABEL)
		return fail(line, n, "there is no such label");
	if (operand->number < -limit || operand->number >= limit)
		return fail(line, n, "this label is too far away");
	*word |= ((uint32_t)operand->number & ((1u << bits) - 1)) << shift;
	return true;
}

static bool encode_branch(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	return has_count(line, 1) && put_label(line, 0, 26, 0, word);
}

static bool encode_conditional(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	return has_count(line, 1) && put_label(line, 0, 19, 5, word);
}

static bool encode_compare_branch(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word | size_bit(line);
	return has_count(line, 2) && put_reg(line, 0, 0, word) && put_label(line, 1, 19, 5, word);
}

static bool encode_test_branch(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	if (!has_count(line, 3) || !put_reg(line, 0, 0, word) || !put_label(line, 2, 14, 5, word))
		return false;
	if (line->operand[1].kind != OPERAND_NUMBER || line->operand[1].number < 0 || line->operand[1].number > 63)
		return fail(line, 1, "wanted a bit number");
	*word |= ((uint32_t)line->operand[1].number & 31) << 19 | (uint32_t)(line->operand[1].number >> 5) << 31;
	return true;
}

static bool encode_register_branch(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	enum { LINK = 30, RET = 0xd65f0000 };

	*word = row->word;
	if (line->count == 0 && row->word == RET) {
		*word |= LINK << 5;
		return true;
	}
	return has_count(line, 1) && put_reg(line, 0, 5, word);
}

static bool encode_address(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	return has_count(line, 2) && put_reg(line, 0, 0, word) && put_label(line, 1, 19, 5, word);
}

/* ---- loads and stores ---- */

/* The base of memory operand N; plain when it may have no offset. */
static bool put_base(struct a64asm_line *line, unsigned n, bool is_plain, uint32_t *word)
{
	const struct operand *operand = &line->operand[n];

	if (n >= line->count || operand->kind != OPERAND_MEMORY)
		return fail(line, n, "wanted an address in brackets");
	if (is_plain && (operand->mode != MODE_OFFSET || operand->number))
		return fail(line, n, "this instruction takes no offset");
	*word |= (uint32_t)operand->reg << 5;
	return true;
}

/* Offset of a single access of SIZE bytes, in whichever form it fits. */
static bool put_offset(struct a64asm_line *line, unsigned n, unsigned size, uint32_t *word)
{
	enum { UNSIGNED = 1 << 24, PRE = 3 << 10, POST = 1 << 10, REGISTER = 1 << 21 | 3 << 13 | 2 << 10 };
	const struct operand *operand = &line->operand[n];
	int64_t offset = operand->number;

	if (operand->mode == MODE_REGISTER) {
		*word |= REGISTER | operand->index << 16;
		return true;
	}
	if (operand->mode == MODE_OFFSET && offset >= 0 && offset % size == 0 && offset / size < 4096) {
		*word |= UNSIGNED | (uint32_t)(offset / size) << 10;
		return true;
	}
	if (offset < -256 || offset > 255)
		return fail(line, n, "this offset does not fit");
	*word |= ((uint32_t)offset & 0x1ff) << 12;
	*word |= operand->mode == MODE_PRE ? PRE : operand->mode == MODE_POST ? POST : 0;
	return true;
}

/* LDR, STR and kin: the row's word has the size, but 0xb8000000 stands for both W and X. */
static bool encode_access(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	enum { EITHER = 0x80000000, X_SIZE = 0x40000000, SIMD = 0x3c800000, LOAD = 1 << 22 };
	unsigned size = 1u << (row->word >> 30);

	*word = row->word;
	if (!has_count(line, 2))
		return false;
	if (line->operand[0].kind == OPERAND_Q && (row->word & 0xc0000000) == EITHER) {
		*word = SIMD | (row->word & LOAD) | line->operand[0].reg;
		return put_base(line, 1, false, word) && put_offset(line, 1, 16, word);
	}
	if ((row->word & 0xc0000000) == EITHER && line->operand[0].kind == OPERAND_X) {
		*word |= X_SIZE;
		size = 8;
	} else if ((row->word & 0xc0000000) != EITHER && line->operand[0].kind != OPERAND_W) {
		return fail(line, 0, "wanted a W register");
	}
	return put_reg(line, 0, 0, word) && put_base(line, 1, false, word) && put_offset(line, 1, size, word);
}

static bool encode_pair(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	enum { OFFSET = 2 << 23, PRE = 3 << 23, POST = 1 << 23 };
	unsigned size = line->operand[0].kind == OPERAND_X ? 8 : 4;
	const struct operand *memory = &line->operand[2];

	*word = row->word | size_bit(line);
	if (!has_count(line, 3) || !put_reg(line, 0, 0, word) || !put_reg(line, 1, 10, word) ||
	    !put_base(line, 2, false, word))
		return false;
	if (line->operand[1].kind != line->operand[0].kind)
		return fail(line, 1, "W and X registers do not mix here");
	if (memory->mode == MODE_REGISTER || memory->number % size || memory->number / size < -64 ||
	    memory->number / size > 63)
		return fail(line, 2, "this offset does not fit");
	*word |= memory->mode == MODE_PRE ? PRE : memory->mode == MODE_POST ? POST : OFFSET;
	*word |= ((uint32_t)(memory->number / size) & 0x7f) << 15;
	return true;
}

/* Load- and store-exclusives, LDAR, STLR.  Sized ones have "b" or "h" at the end, else the data register says. */
static bool put_ordered_size(struct a64asm_line *line, const struct row *row, unsigned data, uint32_t *word)
{
	size_t len = strlen(row->name);
	char last = line->mnemonic[strlen(line->mnemonic) - 1];
	bool is_sized = strlen(line->mnemonic) > len;
	unsigned size = is_sized ? last == 'h' : line->operand[data].kind == OPERAND_X ? 3 : 2;

	if (data >= line->count || (is_sized && line->operand[data].kind != OPERAND_W))
		return fail(line, data, "wanted a W register");
	*word |= size << 30;
	return true;
}

static bool encode_load_ordered(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	return has_count(line, 2) && put_ordered_size(line, row, 0, word) && put_reg(line, 0, 0, word) &&
	       put_base(line, 1, true, word);
}

static bool encode_store_exclusive(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	if (!has_count(line, 3))
		return false;
	if (line->operand[0].kind != OPERAND_W)
		return fail(line, 0, "the status is a W register");
	return put_ordered_size(line, row, 1, word) && put_reg(line, 0, 16, word) && put_reg(line, 1, 0, word) &&
	       put_base(line, 2, true, word);
}

static bool encode_load_pair_exclusive(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word | (line->operand[0].kind == OPERAND_X ? 1u << 30 : 0);
	return has_count(line, 3) && put_reg(line, 0, 0, word) && put_reg(line, 1, 10, word) &&
	       put_base(line, 2, true, word);
}

static bool encode_store_pair_exclusive(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word | (line->operand[1].kind == OPERAND_X ? 1u << 30 : 0);
	if (!has_count(line, 4))
		return false;
	if (line->operand[0].kind != OPERAND_W)
		return fail(line, 0, "the status is a W register");
	return put_reg(line, 0, 16, word) && put_reg(line, 1, 0, word) && put_reg(line, 2, 10, word) &&
	       put_base(line, 3, true, word);
}

/* ---- LSE: acquire and release are letters after the name ---- */

/* After NAME in MNEMONIC: "", "a", "l", "al", each followed by "", "b" or "h". */
static bool parse_order(const char *rest, bool *acquire, bool *release, char *size)
{
	*acquire = *rest == 'a';
	rest += *acquire;
	*release = *rest == 'l';
	rest += *release;
	*size = *rest;
	return !*rest || ((*rest == 'b' || *rest == 'h') && !rest[1]);
}

static bool put_order(struct a64asm_line *line, const struct row *row, unsigned acquire_bit, unsigned release_bit,
		      uint32_t *word)
{
	bool acquire, release;
	char size;

	if (!parse_order(line->mnemonic + strlen(row->name), &acquire, &release, &size))
		return fail(line, line->count, "there is no such instruction");
	*word |= (uint32_t)acquire << acquire_bit | (uint32_t)release << release_bit;
	if (size == 'b')
		return true;
	*word |= size == 'h' ? 1u << 30 : line->operand[0].kind == OPERAND_X ? 3u << 30 : 2u << 30;
	return true;
}

/* CAS, whose acquire and release are at bits 22 and 15. */
static bool encode_cas(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	return has_count(line, 3) && put_order(line, row, 22, 15, word) && put_reg(line, 0, 16, word) &&
	       put_reg(line, 1, 0, word) && put_base(line, 2, true, word);
}

static bool encode_casp(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word | (line->operand[0].kind == OPERAND_X ? 1u << 30 : 0);
	if (!has_count(line, 5))
		return false;
	for (unsigned i = 0; i < 4; i++)
		if (!is_general(&line->operand[i]) || line->operand[i].reg != line->operand[i & 2].reg + (i & 1) ||
		    line->operand[i & 2].reg & 1)
			return fail(line, i, "wanted an even register and the next one");
	return put_reg(line, 0, 16, word) && put_reg(line, 2, 0, word) && put_base(line, 4, true, word);
}

/* LDADD and kin, SWP: acquire and release at bits 23 and 22. */
static bool encode_atomic(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	return has_count(line, 3) && put_order(line, row, 23, 22, word) && put_reg(line, 0, 16, word) &&
	       put_reg(line, 1, 0, word) && put_base(line, 2, true, word);
}

/* ---- system ---- */

struct named_bits {
	const char *name;
	uint32_t bits;
};

static const struct named_bits barrier_options[] = {
	{ "sy", 15 }, { "st", 14 }, { "ld", 13 }, { "ish", 11 }, { "ishst", 10 }, { "ishld", 9 }, { "nsh", 7 },
	{ "nshst", 6 },
	{ "nshld", 5 }, { "osh", 3 }, { "oshst", 2 }, { "oshld", 1 }, { NULL, 0 },
};

/* SYS instructions by operation and name; those that take no register have 31 there. */
static const struct named_bits maintenance[] = {
	{ "dc zva", 0xd50b7420 }, { "dc cvac", 0xd50b7a20 }, { "dc cvau", 0xd50b7b20 }, { "dc civac", 0xd50b7e20 },
	{ "dc ivac", 0xd5087620 }, { "ic ivau", 0xd50b7520 }, { "ic iallu", 0xd508751f }, { "ic ialluis", 0xd508711f },
	{ "tlbi vmalle1", 0xd508871f }, { "tlbi vmalle1is", 0xd508831f }, { "tlbi vae1is", 0xd5088320 },
	{ "tlbi alle1is", 0xd50c839f }, { "tlbi alle2", 0xd50c871f }, { "tlbi alle3", 0xd50e871f }, { NULL, 0 },
};

static bool find_bits(const struct named_bits *table, const char *name, uint32_t *bits)
{
	for (; table->name; table++) {
		if (!strcmp(table->name, name)) {
			*bits |= table->bits;
			return true;
		}
	}
	return false;
}

static bool encode_barrier(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	uint32_t option = 0;

	if (!has_count(line, 1))
		return false;
	if (line->operand[0].kind != OPERAND_NAME || !find_bits(barrier_options, line->operand[0].name, &option))
		return fail(line, 0, "wanted sy, ish, ishst or another of the barrier options");
	*word = row->word | option << 8;
	return true;
}

static bool encode_maintenance(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	enum { NO_REGISTER = 31 };
	char name[A64ASM_MNEMONIC_SIZE + A64ASM_NAME_SIZE + 1];

	*word = row->word;
	if (line->count == 0 || line->operand[0].kind != OPERAND_NAME)
		return fail(line, 0, "wanted the name of an operation");
	strcpy(name, line->mnemonic);
	strcat(name, " ");
	strcat(name, line->operand[0].name);
	if (!find_bits(maintenance, name, word))
		return fail(line, 0, "this operation is not known");
	if ((*word & 31) == NO_REGISTER)
		return has_count(line, 1);
	return has_count(line, 2) && put_reg(line, 1, 0, word);
}

static bool put_sysreg(struct a64asm_line *line, unsigned n, uint32_t *word)
{
	uint32_t number;

	if (line->operand[n].kind != OPERAND_NAME || !sysreg_number(line->operand[n].name, &number))
		return fail(line, n, "wanted the name of a system register");
	*word |= number << 5;
	return true;
}

static bool encode_mrs(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	*word = row->word;
	return has_count(line, 2) && put_reg(line, 0, 0, word) && put_sysreg(line, 1, word);
}

static bool encode_msr(struct a64asm_line *line, const struct row *row, uint32_t *word)
{
	static const struct named_bits fields[] = {
		{ "daifset", 0xd50340df }, { "daifclr", 0xd50340ff }, { "spsel", 0xd50040bf }, { NULL, 0 },
	};

	*word = 0;
	if (!has_count(line, 2))
		return false;
	if (line->operand[1].kind == OPERAND_NUMBER && line->operand[0].kind == OPERAND_NAME &&
	    find_bits(fields, line->operand[0].name, word))
		return put_number(line, 1, 4, 8, word);
	*word = row->word;
	return put_sysreg(line, 0, word) && put_reg(line, 1, 0, word);
}

/* ---- the table ---- */

static const struct row exact_rows[] = {
	{ "nop", 0xd503201f, encode_plain }, { "yield", 0xd503203f, encode_plain }, { "wfe", 0xd503205f, encode_plain },
	{ "wfi", 0xd503207f, encode_plain }, { "sev", 0xd503209f, encode_plain }, { "sevl", 0xd50320bf, encode_plain },
	{ "isb", 0xd5033fdf, encode_plain }, { "clrex", 0xd5033f5f, encode_plain },
	{ "eret", 0xd69f03e0, encode_plain },
	{ "svc", 0xd4000001, encode_call }, { "hvc", 0xd4000002, encode_call }, { "smc", 0xd4000003, encode_call },
	{ "brk", 0xd4200000, encode_call }, { ".inst", 0, encode_word },
	{ "mov", 0x2a0003e0, encode_move }, { "movk", 0x72800000, encode_movk },
	{ "add", 0x0b000000, encode_arithmetic }, { "adds", 0x2b000000, encode_arithmetic },
	{ "sub", 0x4b000000, encode_arithmetic }, { "subs", 0x6b000000, encode_arithmetic },
	{ "and", 0x0a000000, encode_arithmetic }, { "orr", 0x2a000000, encode_arithmetic },
	{ "eor", 0x4a000000, encode_arithmetic }, { "cmp", 0x6b000000, encode_compare },
	{ "b", 0x14000000, encode_branch }, { "bl", 0x94000000, encode_branch },
	{ "b.eq", 0x54000000, encode_conditional }, { "b.ne", 0x54000001, encode_conditional },
	{ "b.hs", 0x54000002, encode_conditional }, { "b.lo", 0x54000003, encode_conditional },
	{ "b.mi", 0x54000004, encode_conditional }, { "b.pl", 0x54000005, encode_conditional },
	{ "b.hi", 0x54000008, encode_conditional }, { "b.ls", 0x54000009, encode_conditional },
	{ "b.ge", 0x5400000a, encode_conditional }, { "b.lt", 0x5400000b, encode_conditional },
	{ "b.gt", 0x5400000c, encode_conditional }, { "b.le", 0x5400000d, encode_conditional },
	{ "cbz", 0x34000000, encode_compare_branch }, { "cbnz", 0x35000000, encode_compare_branch },
	{ "tbz", 0x36000000, encode_test_branch }, { "tbnz", 0x37000000, encode_test_branch },
	{ "br", 0xd61f0000, encode_register_branch }, { "blr", 0xd63f0000, encode_register_branch },
	{ "ret", 0xd65f0000, encode_register_branch }, { "adr", 0x10000000, encode_address },
	{ "ldr", 0xb8400000, encode_access }, { "str", 0xb8000000, encode_access },
	{ "ldrb", 0x38400000, encode_access },
	{ "strb", 0x38000000, encode_access }, { "ldrh", 0x78400000, encode_access },
	{ "strh", 0x78000000, encode_access },
	{ "ldur", 0xb8400000, encode_access }, { "stur", 0xb8000000, encode_access },
	{ "ldp", 0x28400000, encode_pair }, { "stp", 0x28000000, encode_pair },
	{ "ldxp", 0x887f0000, encode_load_pair_exclusive }, { "ldaxp", 0x887f8000, encode_load_pair_exclusive },
	{ "stxp", 0x88200000, encode_store_pair_exclusive }, { "stlxp", 0x88208000, encode_store_pair_exclusive },
	{ "casp", 0x08207c00, encode_casp }, { "dsb", 0xd503309f, encode_barrier },
	{ "dmb", 0xd50330bf, encode_barrier },
	{ "dc", 0, encode_maintenance }, { "ic", 0, encode_maintenance }, { "tlbi", 0, encode_maintenance },
	{ "mrs", 0xd5200000, encode_mrs }, { "msr", 0xd5000000, encode_msr },
};

/* Found also with "b" or "h" after them. */
static const struct row sized_rows[] = {
	{ "ldxr", 0x085f7c00, encode_load_ordered }, { "ldaxr", 0x085ffc00, encode_load_ordered },
	{ "ldar", 0x08dffc00, encode_load_ordered }, { "stlr", 0x089ffc00, encode_load_ordered },
	{ "stxr", 0x08007c00, encode_store_exclusive }, { "stlxr", 0x0800fc00, encode_store_exclusive },
};

/* Found also with an order and a size after them. */
static const struct row atomic_rows[] = {
	{ "cas", 0x08a07c00, encode_cas }, { "swp", 0x38208000, encode_atomic }, { "ldadd", 0x38200000, encode_atomic },
	{ "ldclr", 0x38201000, encode_atomic }, { "ldeor", 0x38202000, encode_atomic },
	{ "ldset", 0x38203000, encode_atomic },
};

#define COUNT(rows)	(sizeof(rows) / sizeof((rows)[0]))

static const struct row *find_row(const struct a64asm_line *line)
{
	bool acquire, release;
	size_t len;
	char size;

	for (size_t i = 0; i < COUNT(exact_rows); i++)
		if (!strcmp(line->mnemonic, exact_rows[i].name))
			return &exact_rows[i];
	for (size_t i = 0; i < COUNT(sized_rows); i++) {
		len = strlen(sized_rows[i].name);
		if (!strncmp(line->mnemonic, sized_rows[i].name, len) &&
		    (!line->mnemonic[len] || (strchr("bh", line->mnemonic[len]) && !line->mnemonic[len + 1])))
			return &sized_rows[i];
	}
	for (size_t i = 0; i < COUNT(atomic_rows); i++) {
		len = strlen(atomic_rows[i].name);
		if (!strncmp(line->mnemonic, atomic_rows[i].name, len) &&
		    parse_order(line->mnemonic + len, &acquire, &release, &size))
			return &atomic_rows[i];
	}
	return NULL;
}

bool a64asm_takes_label(const char *mnemonic)
{
	static const char *const names[] = { "b", "bl", "cbz", "cbnz", "tbz", "tbnz", "adr" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (!strcmp(mnemonic, names[i]))
			return true;
	return mnemonic[0] == 'b' && mnemonic[1] == '.';
}

bool a64asm_encode(struct a64asm_line *line, uint32_t *word)
{
	const struct row *row = find_row(line);

	if (!row) {
		line->wrong_at = line->at;
		return error_set(&line->wrong, "'%s' is no instruction that this assembler knows", line->mnemonic);
	}
	return row->encode(line, row, word);
}
