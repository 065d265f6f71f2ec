/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/a64asm_line.h: an instruction taken apart into mnemonic and operands, between the two halves of the
 * assembler: a64asm.c reads text into this, a64asm_encode.c makes a word of it.
 */
#ifndef SERVICE_A64ASM_LINE_H
#define SERVICE_A64ASM_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum { A64ASM_MAX_OPERANDS = 6, A64ASM_MNEMONIC_SIZE = 16, A64ASM_NAME_SIZE = 32 };

enum operand_kind { OPERAND_X, OPERAND_W, OPERAND_Q, OPERAND_NUMBER, OPERAND_MEMORY, OPERAND_LABEL, OPERAND_NAME };

enum memory_mode { MODE_OFFSET, MODE_PRE, MODE_POST, MODE_REGISTER };

/* One operand. */
struct operand {
	enum operand_kind kind;
	const char *at;			/* where it stands */
	unsigned reg;			/* register, or base of a memory operand; 31 is the zero register or SP */
	bool is_sp;			/* that 31 was written sp */
	unsigned index;			/* MODE_REGISTER */
	enum memory_mode mode;
	int64_t number;			/* value, or offset of a memory operand; label: words from this instruction */
	char name[A64ASM_NAME_SIZE]; /* a word that is neither register nor label: "sy", "daifset", "mpidr_el1", "ne" */
};

/* One instruction. */
struct a64asm_line {
	const char *at;
	char mnemonic[A64ASM_MNEMONIC_SIZE];	/* in lower case */
	unsigned count;
	struct operand operand[A64ASM_MAX_OPERANDS];
	/* When it cannot be encoded: what is wrong, and where. */
	const char *wrong_at;
	struct error wrong;
};

/* Does an operand of MNEMONIC name a label? */
bool a64asm_takes_label(const char *mnemonic);

/* Encode LINE into *WORD; false with LINE->wrong set. */
bool a64asm_encode(struct a64asm_line *line, uint32_t *word);

#endif /* SERVICE_A64ASM_LINE_H */
