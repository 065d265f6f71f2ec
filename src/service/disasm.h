/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/disasm.h: A64 instructions as text, the one door to Capstone.
 *
 * Besides the text it tells what views need to know of an instruction before it runs: whether and where it branches,
 * and whether its condition holds.
 */
#ifndef SERVICE_DISASM_H
#define SERVICE_DISASM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "machine/types.h"

enum {
	DISASM_MNEMONIC_SIZE = 32,
	DISASM_OPERANDS_SIZE = 192,
};

struct disasm;

/* Write a name for the address ADDR ("spin+0x28") to BUF, SIZE bytes; false when it has none. */
typedef bool disasm_name_fn(void *ctx, gva_t addr, char *buf, size_t size);

/* One instruction. */
struct disasm_insn {
	char mnemonic[DISASM_MNEMONIC_SIZE];	/* ".inst" for a word that is none */
	char operands[DISASM_OPERANDS_SIZE];	/* with names instead of numbers for branch targets and ADR/ADRP */
	bool is_branch;				/* may change the PC: B, BL, BR, RET, ERET, CBZ, TBZ, ... */
	bool is_call;				/* sets x30: BL, BLR */
	bool is_conditional;			/* may fall through: B.cond, CBZ, CBNZ, TBZ, TBNZ */
	bool has_target;			/* the target is in the instruction */
	gva_t target;
};

/* A disassembler.  NULL, with ERR set, when Capstone was built without AArch64.  Free with disasm_free(). */
struct disasm *disasm_new(struct error *err);

/* Free DISASM (may be NULL). */
void disasm_free(struct disasm *disasm);

/* Give addresses names through NAME(CTX, ...); NULL for numbers. */
void disasm_set_names(struct disasm *disasm, disasm_name_fn *name, void *ctx);

/* Disassemble the instruction WORD at ADDR. */
void disasm_decode(struct disasm *disasm, gva_t addr, uint32_t word, struct disasm_insn *out);

/* Would the conditional branch WORD be taken?  NZCV are the flags in bits 3:0 (N is bit 3), REG the value of the
 * register that it tests (disasm_branch_register()), ignored where it tests none.  True for any other instruction. */
bool disasm_is_taken(uint32_t word, unsigned int nzcv, uint64_t reg);

/* The register (0 to 31, 31 being zero) that CBZ, CBNZ, TBZ or TBNZ tests, or -1 when WORD is none of them. */
int disasm_branch_register(uint32_t word);

/* What the hint WORD (bti, paciasp, nop ...) means; NULL when it is none of those.  A CPU that does not know one
 * takes it for a nop. */
const char *disasm_hint_meaning(uint32_t word);

#endif /* SERVICE_DISASM_H */
