/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/insn.h: the few A64 instructions that the machine itself must recognise.
 *
 * Unicorn executes instructions; what it does not model (the event register, the monitors) or must not decide (where a
 * slice may end) is found by looking at the instruction word.  Encodings: Arm ARM C4.1.
 */
#ifndef MACHINE_INSN_H
#define MACHINE_INSN_H

#include <stdbool.h>
#include <stdint.h>

/* What an instruction means to the machine. */
enum insn_class {
	INSN_PLAIN,
	INSN_LDXR,		/* load-exclusive, single or pair */
	INSN_STXR,		/* store-exclusive, single or pair */
	INSN_CLREX,
	INSN_SEV, INSN_SEVL, INSN_WFE, INSN_WFI,
	INSN_ERET,
	INSN_STTR,		/* store with EL0's rights */
	INSN_STORE,		/* any other store */
	INSN_PRESENCE,		/* MRS or MSR of a register of which presence.h has something to say */
};

/* A load- or store-exclusive taken apart. */
struct insn_exclusive {
	unsigned rs;		/* status register of a store-exclusive */
	unsigned rt, rt2;	/* data; rt2 only of a pair */
	unsigned rn;		/* base address, 31 is SP */
	unsigned size;		/* bytes of the whole access, 1 to 16 */
	bool is_pair;
};

/* The class of the instruction WORD. */
enum insn_class insn_classify(uint32_t word);

/* Is WORD, of FEAT_FP16's encodings, one that is unallocated and that libunicorn ends the process over? */
bool insn_is_fatal(uint32_t word);

/* Does a basic block always end after WORD?  True for branches, exception generating instructions, ERET, WFE and WFI. */
bool insn_is_block_end(uint32_t word);

/* Take the load- or store-exclusive WORD apart. */
struct insn_exclusive insn_decode_exclusive(uint32_t word);

/* General registers that WORD may write, bit n for Xn (31: SP).  It may name more than are written, but no fewer. */
uint32_t insn_written_registers(uint32_t word);

/* A load or store whose address can be worked out from registers. */
struct insn_access {
	unsigned rn;		/* base, 31 is SP */
	int64_t offset;		/* bytes added to the base; 0 for post-index */
	bool has_index;		/* register offset: Xm extended and shifted is added */
	unsigned rm, extend, shift;
	unsigned size;		/* bytes in all, pairs and structures together */
	bool is_store;
	bool is_atomic;		/* a load, and then a store at the same address; is_store is true */
	unsigned rt;		/* first data register */
	bool is_simd;
};

/* Is WORD a load or a store?  Then *ACCESS says of what.  Literal loads (PC-relative) are not included. */
bool insn_decode_access(uint32_t word, struct insn_access *access);

/* Is WORD a literal load?  Then *ACCESS says of how much, at an offset from the address of WORD. */
bool insn_decode_literal(uint32_t word, struct insn_access *access);

#endif /* MACHINE_INSN_H */
