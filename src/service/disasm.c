/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/disasm.c: A64 instructions as text, the one door to Capstone.
 *
 * What an instruction does to the PC is decoded here from its bits (Arm ARM C4.1.4, branches) and not asked of
 * Capstone: it is a dozen encodings, and the answer must not depend on a library's version.
 */
#include "service/disasm.h"

#include <capstone/capstone.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { ZERO_REGISTER = 31 };

struct disasm {
	csh handle;
	cs_insn *insn;
	disasm_name_fn *name;
	void *ctx;
};

/* A kind of branch or address instruction by its fixed bits. */
struct encoding {
	uint32_t mask, value;
	enum { FORM_IMM26, FORM_IMM19, FORM_IMM14, FORM_REGISTER, FORM_ADR, FORM_ADRP } form;
	bool is_call, is_conditional;
};

static const struct encoding encodings[] = {
	{ 0xfc000000, 0x14000000, FORM_IMM26, false, false },	/* b */
	{ 0xfc000000, 0x94000000, FORM_IMM26, true, false },	/* bl */
	{ 0xff000010, 0x54000000, FORM_IMM19, false, true },	/* b.cond */
	{ 0x7e000000, 0x34000000, FORM_IMM19, false, true },	/* cbz, cbnz */
	{ 0x7e000000, 0x36000000, FORM_IMM14, false, true },	/* tbz, tbnz */
	{ 0xfffffc1f, 0xd61f0000, FORM_REGISTER, false, false },	/* br */
	{ 0xfffffc1f, 0xd63f0000, FORM_REGISTER, true, false },	/* blr */
	{ 0xfffffc1f, 0xd65f0000, FORM_REGISTER, false, false },	/* ret */
	{ 0xffffffff, 0xd69f03e0, FORM_REGISTER, false, false },	/* eret */
	{ 0x9f000000, 0x10000000, FORM_ADR, false, false },	/* adr */
	{ 0x9f000000, 0x90000000, FORM_ADRP, false, false },	/* adrp */
};

struct disasm *disasm_new(struct error *err)
{
	struct disasm *disasm = xzalloc(sizeof(*disasm));
	cs_err bad = cs_open(CS_ARCH_ARM64, CS_MODE_LITTLE_ENDIAN, &disasm->handle);

	if (bad != CS_ERR_OK) {
		free(disasm);
		return error_null(err, "capstone does not start: %s", cs_strerror(bad));
	}
	disasm->insn = cs_malloc(disasm->handle);
	return disasm;
}

void disasm_free(struct disasm *disasm)
{
	if (!disasm)
		return;
	cs_free(disasm->insn, 1);
	cs_close(&disasm->handle);
	free(disasm);
}

void disasm_set_names(struct disasm *disasm, disasm_name_fn *name, void *ctx)
{
	disasm->name = name;
	disasm->ctx = ctx;
}

static const struct encoding *find_encoding(uint32_t word)
{
	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++)
		if ((word & encodings[i].mask) == encodings[i].value)
			return &encodings[i];
	return NULL;
}

/* The BITS bits of WORD from bit LOW on, as a signed number. */
static int64_t signed_field(uint32_t word, unsigned int low, unsigned int bits)
{
	uint64_t value = (uint64_t)word >> low << (64 - bits);

	return (int64_t)value >> (64 - bits);
}

/* Where the branch or address instruction WORD of form FORM points, at ADDR. */
static gva_t target_of(const struct encoding *e, uint32_t word, gva_t addr)
{
	int64_t page;

	switch (e->form) {
	case FORM_IMM26:
		return addr + signed_field(word, 0, 26) * 4;
	case FORM_IMM19:
		return addr + signed_field(word, 5, 19) * 4;
	case FORM_IMM14:
		return addr + signed_field(word, 5, 14) * 4;
	case FORM_REGISTER:
		return 0;
	default:
		page = signed_field(word, 5, 19) * 4 + (word >> 29 & 3);
		return e->form == FORM_ADR ? addr + page : (addr & ~UINT64_C(0xfff)) + page * 4096;
	}
}

/* Put a name for TARGET in the place of the number at the end of the operands, where Capstone writes it. */
static void name_target(struct disasm *disasm, gva_t target, struct disasm_insn *out)
{
	char name[DISASM_OPERANDS_SIZE], text[DISASM_OPERANDS_SIZE];
	char *hash = strrchr(out->operands, '#');

	if (!hash || !disasm->name || !disasm->name(disasm->ctx, target, name, sizeof(name)))
		return;
	*hash = '\0';
	/* A name that is too long is cut, as any text on a screen. */
	if (snprintf(text, sizeof(text), "%s%s", out->operands, name) > 0)
		memcpy(out->operands, text, sizeof(text));
}

/* Copy as much of FROM as SIZE bytes hold. */
static void copy_text(char *to, size_t size, const char *from)
{
	size_t len = strlen(from);

	if (len >= size)
		len = size - 1;
	memcpy(to, from, len);
	to[len] = '\0';
}

/* Hints (Arm ARM C6.2, HINT) that distribution kernels are full of and Capstone 4 has no names for. */
static const struct hint {
	unsigned number;		/* CRm:op2 */
	const char *mnemonic, *operands, *meaning;
} hints[] = {
	{ 0x00, "nop", "", "does nothing" },
	{ 0x07, "xpaclri", "", "takes the signature out of x30" },
	{ 0x10, "esb", "", "waits for SErrors that are on their way" },
	{ 0x14, "csdb", "", "no speculation over this with guessed data" },
	{ 0x19, "paciasp", "", "signs the return address in x30, against sp" },
	{ 0x1b, "pacibsp", "", "signs the return address in x30, against sp" },
	{ 0x1d, "autiasp", "", "checks the signature of the return address in x30" },
	{ 0x1f, "autibsp", "", "checks the signature of the return address in x30" },
	{ 0x20, "bti", "", "where no indirect branch may lead" },
	{ 0x22, "bti", "c", "where an indirect call may lead" },
	{ 0x24, "bti", "j", "where an indirect jump may lead" },
	{ 0x26, "bti", "jc", "where an indirect call or jump may lead" },
};

static const struct hint *find_hint(uint32_t word)
{
	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++)
		if ((word & 0xfffff01f) == 0xd503201f && (word >> 5 & 0x7f) == hints[i].number)
			return &hints[i];
	return NULL;
}

const char *disasm_hint_meaning(uint32_t word)
{
	const struct hint *hint = find_hint(word);

	return hint ? hint->meaning : NULL;
}

/* Copy the text of WORD to OUT, with numbers for targets. */
static void put_text(struct disasm *disasm, gva_t addr, uint32_t word, struct disasm_insn *out)
{
	const struct hint *hint = find_hint(word);
	const uint8_t bytes[4] = { word, word >> 8, word >> 16, word >> 24 };
	const uint8_t *code = bytes;
	size_t size = sizeof(bytes);
	uint64_t at = addr;

	if (hint) {
		copy_text(out->mnemonic, sizeof(out->mnemonic), hint->mnemonic);
		copy_text(out->operands, sizeof(out->operands), hint->operands);
	} else if (cs_disasm_iter(disasm->handle, &code, &size, &at, disasm->insn)) {
		copy_text(out->mnemonic, sizeof(out->mnemonic), disasm->insn->mnemonic);
		copy_text(out->operands, sizeof(out->operands), disasm->insn->op_str);
	} else {
		copy_text(out->mnemonic, sizeof(out->mnemonic), ".inst");
		snprintf(out->operands, sizeof(out->operands), "0x%08" PRIx32, word);
	}
}

void disasm_decode(struct disasm *disasm, gva_t addr, uint32_t word, struct disasm_insn *out)
{
	const struct encoding *e = find_encoding(word);

	*out = (struct disasm_insn){ .is_branch = e && e->form < FORM_ADR };
	put_text(disasm, addr, word, out);
	if (!e)
		return;
	out->is_call = e->is_call;
	out->is_conditional = e->is_conditional;
	out->has_target = out->is_branch && e->form != FORM_REGISTER;
	out->target = target_of(e, word, addr);
	if (e->form != FORM_REGISTER)
		name_target(disasm, out->target, out);
}

/* Arm ARM C1.2.4, condition codes: bits 3:1 choose the test, bit 0 inverts it, except for AL and NV. */
static bool condition_holds(unsigned int cond, unsigned int nzcv)
{
	bool n = nzcv & 8, z = nzcv & 4, c = nzcv & 2, v = nzcv & 1;
	const bool tests[8] = { z, c, n, v, c && !z, n == v, n == v && !z, true };
	bool holds = tests[cond >> 1];

	return (cond & 1) && cond != 15 ? !holds : holds;
}

static bool is_compare_branch(uint32_t word)
{
	return (word & 0x7e000000) == 0x34000000;
}

static bool is_test_branch(uint32_t word)
{
	return (word & 0x7e000000) == 0x36000000;
}

bool disasm_is_taken(uint32_t word, unsigned int nzcv, uint64_t reg)
{
	bool if_set = word >> 24 & 1;
	unsigned int bit = (word >> 31) << 5 | (word >> 19 & 31);

	if ((word & 0xff000010) == 0x54000000)
		return condition_holds(word & 15, nzcv);
	if (is_compare_branch(word))
		return ((word >> 31 ? reg : (uint32_t)reg) != 0) == if_set;
	if (is_test_branch(word))
		return (reg >> bit & 1) == if_set;
	return true;
}

int disasm_branch_register(uint32_t word)
{
	if (!is_compare_branch(word) && !is_test_branch(word))
		return -1;
	return word & ZERO_REGISTER;
}
