/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/insn.c: recognising instructions by mask and value.
 */
#include "machine/insn.h"

#include <stddef.h>

#include "machine/presence.h"

struct pattern {
	uint32_t mask, value;
	enum insn_class class;
};

/* The first match wins. */
static const struct pattern system_patterns[] = {
	{ 0xffffffff, 0xd503205f, INSN_WFE },
	{ 0xffffffff, 0xd503207f, INSN_WFI },
	{ 0xffffffff, 0xd503209f, INSN_SEV },
	{ 0xffffffff, 0xd50320bf, INSN_SEVL },
	{ 0xfffff0ff, 0xd503305f, INSN_CLREX },
	{ 0xfffff3ff, 0xd69f03e0, INSN_ERET },		/* and ERETAA, ERETAB */
	{ 0xffffffe0, 0xd50b7420, INSN_STORE },		/* DC ZVA */
};

static const struct pattern memory_patterns[] = {
	{ 0x3fe00000, 0x08000000, INSN_STXR },
	{ 0x3fe00000, 0x08400000, INSN_LDXR },
	{ 0xbfe00000, 0x88200000, INSN_STXR },		/* STXP, STLXP */
	{ 0xbfe00000, 0x88600000, INSN_LDXR },		/* LDXP, LDAXP */
	{ 0x3fe00c00, 0x38000800, INSN_STTR },
};

/* Unconditional and conditional branches, compare and test branches, register branches and returns, exceptions. */
static const struct pattern block_ends[] = {
	{ 0x7c000000, 0x14000000, 0 },
	{ 0x7c000000, 0x34000000, 0 },
	{ 0xfe000000, 0x54000000, 0 },
	{ 0xfe000000, 0xd6000000, 0 },
	{ 0xff000000, 0xd4000000, 0 },
	{ 0xffffffdf, 0xd503205f, 0 },			/* WFE, WFI */
};

static unsigned bits(uint32_t word, unsigned high, unsigned low)
{
	return word >> low & ((2u << (high - low)) - 1);
}

static int64_t sbits(uint32_t word, unsigned high, unsigned low)
{
	unsigned width = high - low + 1;

	return (int64_t)((uint64_t)bits(word, high, low) << (64 - width)) >> (64 - width);
}

static const struct pattern *match(const struct pattern *table, size_t count, uint32_t word)
{
	for (size_t i = 0; i < count; i++)
		if ((word & table[i].mask) == table[i].value)
			return &table[i];
	return NULL;
}

#define MATCH(table, word)	match(table, sizeof(table) / sizeof(table[0]), word)

/* Every word of a page of code is asked about: what is most frequent is answered first. */
enum insn_class insn_classify(uint32_t word)
{
	bool is_memory = (word & 0x0a000000) == 0x08000000;
	const struct pattern *found;
	struct insn_access access;

	if (!is_memory && word >> 24 != 0xd5 && word >> 24 != 0xd6)
		return INSN_PLAIN;
	found = is_memory ? MATCH(memory_patterns, word) : MATCH(system_patterns, word);
	if (found)
		return found->class;
	if (!is_memory)
		return presence_concerns(word) ? INSN_PRESENCE : INSN_PLAIN;
	return insn_decode_access(word, &access) && access.is_store ? INSN_STORE : INSN_PLAIN;
}

bool insn_is_block_end(uint32_t word)
{
	/* All of these are in the group of branches, exceptions and system instructions. */
	return (word & 0x1c000000) == 0x14000000 && MATCH(block_ends, word);
}

/* Three registers of the same kind: opcode, bit 23 and U number the operations.  Two registers: likewise, with a longer
 * opcode.  Bit n: operation n exists (Arm ARM C4.1.96). */
bool insn_is_fatal(uint32_t word)
{
	static const uint32_t same = 0x75fdc7df, misc[2][4] = {
		{ 0x3f000000, 0x2f00f000, 0x3f000000, 0xae00b000 }, { 0x3f000000, 0xaf007000, 0x3f000000, 0x2e00b000 },	/* vectors, scalars */
	};
	unsigned high = bits(word, 29, 29) << 1 | bits(word, 23, 23), is_scalar = bits(word, 28, 28);

	/* With bit 28 alone it is floating point on scalars. */
	if (is_scalar && !bits(word, 30, 30))
		return false;
	if ((word & 0x9f60c400) == 0x0e400400)
		return !(same >> (high << 3 | bits(word, 13, 11)) & 1);
	return (word & 0x8f7e0c00) == 0x0e780800 && !(misc[is_scalar][high] >> bits(word, 16, 12) & 1);
}

/* Does this load or store add to its base register? */
static bool has_writeback(uint32_t word)
{
	bool is_structure = (word & 0xbe000000) == 0x0c000000, is_pair = bits(word, 29, 27) == 5;

	if (bits(word, 29, 27) == 7)
		return !bits(word, 24, 24) && !bits(word, 21, 21) && bits(word, 10, 10);
	return (is_structure || is_pair) && bits(word, 23, 23);
}

static bool has_second_register(uint32_t word)
{
	return bits(word, 29, 27) == 5 || (bits(word, 29, 26) == 2 && bits(word, 21, 21));
}

uint32_t insn_written_registers(uint32_t word)
{
	enum { LINK = 30 };
	uint32_t written = 1u << bits(word, 4, 0);

	/* Branches and exceptions have other things in the place of a register. */
	if (insn_is_block_end(word))
		return 1u << LINK;
	if ((word & 0x0a000000) != 0x08000000)
		return written;
	if (has_second_register(word))
		written |= 1u << bits(word, 14, 10);
	return has_writeback(word) ? written | 1u << bits(word, 9, 5) : written;
}

struct insn_exclusive insn_decode_exclusive(uint32_t word)
{
	bool is_pair = bits(word, 21, 21);
	unsigned size = 1u << bits(word, 31, 30);

	return (struct insn_exclusive){
		.rs = bits(word, 20, 16), .rt = bits(word, 4, 0), .rt2 = bits(word, 14, 10), .rn = bits(word, 9, 5),
		.size = is_pair ? 2 * size : size, .is_pair = is_pair,
	};
}

/* Exclusives, ordered accesses and compare-and-swap: no offset. */
static bool decode_ordered(uint32_t word, struct insn_access *access)
{
	bool is_pair = !bits(word, 23, 23) && bits(word, 21, 21);
	/* CASP is where the pairs of exclusives would have a size of 8 and 16 bits. */
	bool is_cas = bits(word, 21, 21) && (bits(word, 23, 23) || !bits(word, 31, 31));
	unsigned size = is_cas && is_pair ? 4u << bits(word, 30, 30) : 1u << bits(word, 31, 30);

	*access = (struct insn_access){
		.rn = bits(word, 9, 5), .rt = bits(word, 4, 0), .size = size << is_pair,
		.is_store = is_cas || !bits(word, 22, 22), .is_atomic = is_cas,
	};
	return true;
}

/* LDP, STP and their SIMD forms; LDNP, STNP. */
static bool decode_pair(uint32_t word, struct insn_access *access)
{
	bool is_simd = bits(word, 26, 26);
	unsigned scale = 2 + (is_simd ? bits(word, 31, 30) : bits(word, 31, 31));
	bool is_post_index = bits(word, 24, 23) == 1;

	*access = (struct insn_access){
		.rn = bits(word, 9, 5), .rt = bits(word, 4, 0), .size = 2u << scale, .is_simd = is_simd,
		.offset = is_post_index ? 0 : sbits(word, 21, 15) * (1 << scale), .is_store = !bits(word, 22, 22),
	};
	return true;
}

/* LD1 to LD4 and ST1 to ST4, whole registers or one lane: the size is an upper bound, which is what a match needs. */
static bool decode_structure(uint32_t word, struct insn_access *access)
{
	*access = (struct insn_access){
		.rn = bits(word, 9, 5), .rt = bits(word, 4, 0), .size = 64, .is_simd = true,
		.is_store = !bits(word, 22, 22),
	};
	return true;
}

/* Bytes of a single-register access; opc of the SIMD forms holds the fifth size. */
static unsigned single_size(uint32_t word)
{
	if (bits(word, 26, 26) && bits(word, 23, 23))
		return 16;
	return 1u << bits(word, 31, 30);
}

/* Is this single-register form a store?  opc = 00, or 10 with SIMD's 128 bits. */
static bool is_single_store(uint32_t word)
{
	unsigned opc = bits(word, 23, 22);

	return opc == 0 || (opc == 2 && bits(word, 26, 26));
}

/* LSE atomics, all of which store but LDAPR; LDRAA and LDRAB, with where they load from when authentication is off. */
static bool decode_atomic(uint32_t word, struct insn_access *access)
{
	*access = (struct insn_access){ .rn = bits(word, 9, 5), .rt = bits(word, 4, 0), .size = 1u << bits(word, 31, 30) };
	if (bits(word, 10, 10))
		access->offset = (sbits(word, 22, 22) * 512 + (int64_t)bits(word, 20, 12)) * 8;
	else
		access->is_atomic = access->is_store = (word & 0x3ffffc00) != 0x38bfc000;
	return true;
}

/* LDR, STR and kin with unsigned, unscaled, indexed or register offset. */
static bool decode_single(uint32_t word, struct insn_access *access)
{
	unsigned size = single_size(word), form = bits(word, 11, 10);

	*access = (struct insn_access){
		.rn = bits(word, 9, 5), .rt = bits(word, 4, 0), .size = size, .is_simd = bits(word, 26, 26),
		.is_store = is_single_store(word),
	};
	if (bits(word, 24, 24)) {
		access->offset = (int64_t)bits(word, 21, 10) * size;
	} else if (!bits(word, 21, 21)) {
		access->offset = form == 1 ? 0 : sbits(word, 20, 12);
	} else {
		access->has_index = true;
		access->rm = bits(word, 20, 16);
		access->extend = bits(word, 15, 13);
		access->shift = bits(word, 12, 12) ? (unsigned)__builtin_ctz(size) : 0;
	}
	/* PRFM has the shape of a load of size 8 with opc 10. */
	return !(bits(word, 31, 30) == 3 && bits(word, 23, 22) == 2 && !bits(word, 26, 26));
}

/* LDAPUR, STLUR and kin. */
static bool decode_ordered_unscaled(uint32_t word, struct insn_access *access)
{
	*access = (struct insn_access){
		.rn = bits(word, 9, 5), .rt = bits(word, 4, 0), .size = 1u << bits(word, 31, 30),
		.offset = sbits(word, 20, 12), .is_store = !bits(word, 23, 22),
	};
	return true;
}

bool insn_decode_access(uint32_t word, struct insn_access *access)
{
	if ((word & 0x0a000000) != 0x08000000)
		return false;
	if ((word & 0x3f000000) == 0x08000000)
		return decode_ordered(word, access);
	if ((word & 0xbe000000) == 0x0c000000)
		return decode_structure(word, access);
	if ((word & 0x3f200c00) == 0x19000000)
		return decode_ordered_unscaled(word, access);
	if ((word & 0x3a000000) == 0x28000000)
		return decode_pair(word, access);
	if ((word & 0x3b200000) == 0x38200000 && bits(word, 11, 10) != 2)
		return decode_atomic(word, access);
	if ((word & 0x3a000000) == 0x38000000)
		return decode_single(word, access);
	return false;
}

bool insn_decode_literal(uint32_t word, struct insn_access *access)
{
	static const uint8_t sizes[2][4] = { { 4, 8, 4, 0 }, { 4, 8, 16, 0 } };
	bool is_simd = bits(word, 26, 26);

	*access = (struct insn_access){
		.rt = bits(word, 4, 0), .offset = sbits(word, 23, 5) * 4,
		.size = sizes[is_simd][bits(word, 31, 30)], .is_simd = is_simd,
	};
	/* PRFM has the size that is left. */
	return (word & 0x3b000000) == 0x18000000 && access->size;
}
