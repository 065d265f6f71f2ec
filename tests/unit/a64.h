/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/a64.h: the few A64 instructions that the machine's tests run, as constants (Arm ARM C6).
 *
 * Guest code of a test is an array of these, so that no cross compiler is needed.  Arguments are register numbers (31 is
 * XZR or SP, as the instruction has it), byte offsets of accesses, and word offsets of branches.  Nothing is checked.
 */
#ifndef UNIT_A64_H
#define UNIT_A64_H

#include "machine/sysreg.h"

enum { X_SP = 31, X_ZR = 31, COND_EQ = 0, COND_NE = 1, COND_HS = 2, COND_LO = 3 };

/* ---- system ---- */
#define I_UDF		0x00000000u
#define I_NOP		0xd503201fu
#define I_WFE		0xd503205fu
#define I_WFI		0xd503207fu
#define I_SEV		0xd503209fu
#define I_SEVL		0xd50320bfu
#define I_CLREX		0xd5033f5fu
#define I_DSB		0xd5033f9fu
#define I_ISB		0xd5033fdfu
#define I_ERET		0xd69f03e0u
#define I_SVC(n)	(0xd4000001u | (uint32_t)(n) << 5)
#define I_HVC(n)	(0xd4000002u | (uint32_t)(n) << 5)
#define I_SMC(n)	(0xd4000003u | (uint32_t)(n) << 5)
#define I_BRK(n)	(0xd4200000u | (uint32_t)(n) << 5)
#define I_MSR(reg, t)	(0xd5000000u | (reg) << 5 | (t))
#define I_MRS(t, reg)	(0xd5200000u | (reg) << 5 | (t))
#define I_SYS(reg, t)	(0xd5000000u | (reg) << 5 | (t))
#define I_DAIFSET(n)	(0xd50340dfu | (uint32_t)(n) << 8)
#define I_DAIFCLR(n)	(0xd50340ffu | (uint32_t)(n) << 8)
#define I_SPSEL(n)	(0xd50040bfu | (uint32_t)(n) << 8)

/* ---- moves and arithmetic ---- */
#define I_MOVZ(d, imm)		(0xd2800000u | (uint32_t)((imm) & 0xffff) << 5 | (d))
#define I_MOVZ_16(d, imm)	(0xd2a00000u | (uint32_t)((imm) & 0xffff) << 5 | (d))
#define I_MOVZ_48(d, imm)	(0xd2e00000u | (uint32_t)((imm) & 0xffff) << 5 | (d))
#define I_MOVK(d, imm)		(0xf2800000u | (uint32_t)((imm) & 0xffff) << 5 | (d))
#define I_MOVK_16(d, imm)	(0xf2a00000u | (uint32_t)((imm) & 0xffff) << 5 | (d))
#define I_MOVK_32(d, imm)	(0xf2c00000u | (uint32_t)((imm) & 0xffff) << 5 | (d))
#define I_MOVN(d, imm)		(0x92800000u | (uint32_t)((imm) & 0xffff) << 5 | (d))
#define I_MOV(d, m)		(0xaa0003e0u | (uint32_t)(m) << 16 | (d))
#define I_ADD(d, n, m)		(0x8b000000u | (uint32_t)(m) << 16 | (n) << 5 | (d))
#define I_EOR(d, n, m)		(0xca000000u | (uint32_t)(m) << 16 | (n) << 5 | (d))
#define I_ADDI(d, n, imm)	(0x91000000u | (uint32_t)(imm) << 10 | (n) << 5 | (d))
#define I_SUBI(d, n, imm)	(0xd1000000u | (uint32_t)(imm) << 10 | (n) << 5 | (d))
#define I_SUBSI(d, n, imm)	(0xf1000000u | (uint32_t)(imm) << 10 | (n) << 5 | (d))
#define I_CMP(n, m)		(0xeb00001fu | (uint32_t)(m) << 16 | (n) << 5)
#define I_ADR(d, bytes)		(0x10000000u | ((uint32_t)(bytes) >> 2 & 0x7ffff) << 5 | ((uint32_t)(bytes) & 3) << 29 | (d))

/* ---- branches ---- */
#define I_B(words)		(0x14000000u | ((uint32_t)(words) & 0x3ffffff))
#define I_BL(words)		(0x94000000u | ((uint32_t)(words) & 0x3ffffff))
#define I_BCOND(cond, words)	(0x54000000u | ((uint32_t)(words) & 0x7ffff) << 5 | (cond))
#define I_CBZ(t, words)		(0xb4000000u | ((uint32_t)(words) & 0x7ffff) << 5 | (t))
#define I_CBNZ(t, words)	(0xb5000000u | ((uint32_t)(words) & 0x7ffff) << 5 | (t))
#define I_BR(n)			(0xd61f0000u | (n) << 5)
#define I_BLR(n)		(0xd63f0000u | (n) << 5)
#define I_RET			0xd65f03c0u
#define I_STAY			I_B(0)

/* ---- loads and stores ---- */
#define I_LDR(t, n, off)	(0xf9400000u | (uint32_t)((off) / 8) << 10 | (n) << 5 | (t))
#define I_STR(t, n, off)	(0xf9000000u | (uint32_t)((off) / 8) << 10 | (n) << 5 | (t))
#define I_STRW(t, n, off)	(0xb9000000u | (uint32_t)((off) / 4) << 10 | (n) << 5 | (t))
#define I_LDRW(t, n, off)	(0xb9400000u | (uint32_t)((off) / 4) << 10 | (n) << 5 | (t))
#define I_STRH(t, n, off)	(0x79000000u | (uint32_t)((off) / 2) << 10 | (n) << 5 | (t))
#define I_STRB(t, n, off)	(0x39000000u | (uint32_t)(off) << 10 | (n) << 5 | (t))
#define I_LDRB(t, n, off)	(0x39400000u | (uint32_t)(off) << 10 | (n) << 5 | (t))
#define I_LDUR(t, n, off)	(0xf8400000u | ((uint32_t)(off) & 0x1ff) << 12 | (n) << 5 | (t))
#define I_LDR_LITERAL(t, words)	(0x58000000u | ((uint32_t)(words) & 0x7ffff) << 5 | (t))
#define I_STUR(t, n, off)	(0xf8000000u | ((uint32_t)(off) & 0x1ff) << 12 | (n) << 5 | (t))
#define I_STRW_UN(t, n, off)	(0xb8000000u | ((uint32_t)(off) & 0x1ff) << 12 | (n) << 5 | (t))
#define I_STR_POST(t, n, off)	(0xf8000400u | ((uint32_t)(off) & 0x1ff) << 12 | (n) << 5 | (t))
#define I_LDR_POST(t, n, off)	(0xf8400400u | ((uint32_t)(off) & 0x1ff) << 12 | (n) << 5 | (t))
#define I_STR_REG(t, n, m)	(0xf8206800u | (uint32_t)(m) << 16 | (n) << 5 | (t))
#define I_STTR(t, n, off)	(0xf8000800u | ((uint32_t)(off) & 0x1ff) << 12 | (n) << 5 | (t))
#define I_STLR(t, n)		(0xc89ffc00u | (n) << 5 | (t))
#define I_STP(t, u, n, off)	(0xa9000000u | ((uint32_t)((off) / 8) & 0x7f) << 15 | (uint32_t)(u) << 10 | (n) << 5 | (t))
#define I_LDP(t, u, n, off)	(0xa9400000u | ((uint32_t)((off) / 8) & 0x7f) << 15 | (uint32_t)(u) << 10 | (n) << 5 | (t))
#define I_STRQ(t, n, off)	(0x3d800000u | (uint32_t)((off) / 16) << 10 | (n) << 5 | (t))
#define I_STPQ(t, u, n, off)	(0xad000000u | ((uint32_t)((off) / 16) & 0x7f) << 15 | (uint32_t)(u) << 10 | (n) << 5 | (t))
#define I_ST1(t, n)		(0x4c007000u | (n) << 5 | (t))

/* ---- exclusives; SIZE is log2 of the bytes ---- */
#define I_LDXR_SIZE(size, t, n)		(0x085f7c00u | (uint32_t)(size) << 30 | (n) << 5 | (t))
#define I_STXR_SIZE(size, s, t, n)	(0x08007c00u | (uint32_t)(size) << 30 | (uint32_t)(s) << 16 | (n) << 5 | (t))
#define I_LDXR(t, n)			I_LDXR_SIZE(3, t, n)
#define I_STXR(s, t, n)			I_STXR_SIZE(3, s, t, n)
#define I_LDAXR(t, n)			(0xc85ffc00u | (n) << 5 | (t))
#define I_STLXR(s, t, n)		(0xc800fc00u | (uint32_t)(s) << 16 | (n) << 5 | (t))
#define I_LDXP(t, u, n)			(0xc87f0000u | (uint32_t)(u) << 10 | (n) << 5 | (t))
#define I_STXP(s, t, u, n)		(0xc8200000u | (uint32_t)(s) << 16 | (uint32_t)(u) << 10 | (n) << 5 | (t))

/* ---- atomics and ordered accesses of --cpu max ---- */
#define I_LDADD(s, t, n)	(0xf8200000u | (uint32_t)(s) << 16 | (n) << 5 | (t))
#define I_SWP(s, t, n)		(0xf8208000u | (uint32_t)(s) << 16 | (n) << 5 | (t))
#define I_CAS(s, t, n)		(0xc8a07c00u | (uint32_t)(s) << 16 | (n) << 5 | (t))
#define I_CASP(s, t, n)		(0x48207c00u | (uint32_t)(s) << 16 | (n) << 5 | (t))
#define I_LDAPR(t, n)		(0xf8bfc000u | (n) << 5 | (t))
#define I_STLUR(t, n, off)	(0xd9000000u | ((uint32_t)(off) & 0x1ff) << 12 | (n) << 5 | (t))
#define I_LDAPUR(t, n, off)	(0xd9400000u | ((uint32_t)(off) & 0x1ff) << 12 | (n) << 5 | (t))

#endif /* UNIT_A64_H */
