/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysreg.h: names for the bits of the AArch64 system registers that the guests
 * write, as the Arm ARM (D13) calls them, and for the registers that the
 * assembler knows only under -march options.  Values that a routine composes
 * for itself (a reset value, a drop to another level) are built from these
 * where they are used, so that the reason stands beside the choice.
 */
#ifndef ASM_SYSREG_H
#define ASM_SYSREG_H

/* The assembler takes no UL suffix; plain C expressions want one. */
#ifdef __ASSEMBLER__
#define SYSREG_FIELD(v, n)	((v) << (n))
#else
#define SYSREG_FIELD(v, n)	((unsigned long)(v) << (n))
#endif
#define SYSREG_BIT(n)		SYSREG_FIELD(1, n)

/* MPIDR_EL1: who am I.  Aff3 is bits 39:32, Aff2 to Aff0 bits 23:0. */
#define MPIDR_ID_BITS		0xff00ffffff	/* the affinity fields, nothing else */
#define MPIDR_MT		SYSREG_BIT(24)	/* Aff0 numbers threads, not cores */
#define MPIDR_U			SYSREG_BIT(30)	/* a uniprocessor system */
#define MPIDR_RES1		SYSREG_BIT(31)

/* CurrentEL: the level in bits 3:2. */
#define CURRENT_EL_SHIFT	2
#define CURRENT_EL_EL1		SYSREG_FIELD(1, 2)
#define CURRENT_EL_EL2		SYSREG_FIELD(2, 2)
#define CURRENT_EL_EL3		SYSREG_FIELD(3, 2)

/* SPSR_ELx and PSTATE. */
#define SPSR_M_EL0T		0x0
#define SPSR_M_EL1T		0x4
#define SPSR_M_EL1H		0x5
#define SPSR_M_EL2T		0x8
#define SPSR_M_EL2H		0x9
#define SPSR_M_EL3T		0xc
#define SPSR_M_EL3H		0xd
#define SPSR_M_MASK		0xf
#define SPSR_M_AARCH32		SYSREG_BIT(4)
#define SPSR_F			SYSREG_BIT(6)	/* FIQ masked */
#define SPSR_I			SYSREG_BIT(7)	/* IRQ masked */
#define SPSR_A			SYSREG_BIT(8)	/* SError masked */
#define SPSR_D			SYSREG_BIT(9)	/* debug exceptions masked */
#define SPSR_DAIF		(SPSR_D | SPSR_A | SPSR_I | SPSR_F)
#define SPSR_IL			SYSREG_BIT(20)
#define SPSR_SS			SYSREG_BIT(21)

/* The immediate of msr daifset / daifclr: one bit each for D, A, I, F. */
#define DAIF_F			1
#define DAIF_I			2
#define DAIF_A			4
#define DAIF_D			8
#define DAIF_ALL		15

/* SCTLR_ELx: the same bits at EL1, EL2 and EL3, as far as they exist there. */
#define SCTLR_ELx_M		SYSREG_BIT(0)	/* MMU on */
#define SCTLR_ELx_A		SYSREG_BIT(1)	/* alignment check */
#define SCTLR_ELx_C		SYSREG_BIT(2)	/* data cache on */
#define SCTLR_ELx_SA		SYSREG_BIT(3)	/* SP alignment check */
#define SCTLR_ELx_I		SYSREG_BIT(12)	/* instruction cache on */
#define SCTLR_ELx_WXN		SYSREG_BIT(19)	/* writable means never executable */
#define SCTLR_ELx_EE		SYSREG_BIT(25)	/* big-endian data and table walks */

#define SCTLR_EL1_M		SCTLR_ELx_M
#define SCTLR_EL1_A		SCTLR_ELx_A
#define SCTLR_EL1_C		SCTLR_ELx_C
#define SCTLR_EL1_SA		SCTLR_ELx_SA
#define SCTLR_EL1_SA0		SYSREG_BIT(4)	/* SP alignment check at EL0 */
#define SCTLR_EL1_CP15BEN	SYSREG_BIT(5)
#define SCTLR_EL1_ITD		SYSREG_BIT(7)
#define SCTLR_EL1_SED		SYSREG_BIT(8)
#define SCTLR_EL1_UMA		SYSREG_BIT(9)
#define SCTLR_EL1_I		SCTLR_ELx_I
#define SCTLR_EL1_DZE		SYSREG_BIT(14)	/* DC ZVA allowed at EL0 */
#define SCTLR_EL1_UCT		SYSREG_BIT(15)	/* CTR_EL0 readable at EL0 */
#define SCTLR_EL1_NTWI		SYSREG_BIT(16)	/* WFI at EL0 does not trap */
#define SCTLR_EL1_NTWE		SYSREG_BIT(18)	/* WFE at EL0 does not trap */
#define SCTLR_EL1_WXN		SCTLR_ELx_WXN
#define SCTLR_EL1_E0E		SYSREG_BIT(24)
#define SCTLR_EL1_EE		SCTLR_ELx_EE
#define SCTLR_EL1_UCI		SYSREG_BIT(26)	/* cache maintenance allowed at EL0 */

/* Bits that Armv8.0 fixes to 1: written as such, they mean nothing there. */
#define SCTLR_EL1_RES1		(SYSREG_BIT(11) | SYSREG_BIT(20) | SYSREG_BIT(22) | SYSREG_BIT(23) | \
				 SYSREG_BIT(28) | SYSREG_BIT(29))
#define SCTLR_EL2_RES1		(SYSREG_BIT(4) | SYSREG_BIT(5) | SYSREG_BIT(11) | SYSREG_BIT(16) | SYSREG_BIT(18) | \
				 SYSREG_BIT(22) | SYSREG_BIT(23) | SYSREG_BIT(28) | SYSREG_BIT(29))
#define SCTLR_EL3_RES1		SCTLR_EL2_RES1

#define SCTLR_EL2_M		SCTLR_ELx_M
#define SCTLR_EL2_A		SCTLR_ELx_A
#define SCTLR_EL2_C		SCTLR_ELx_C
#define SCTLR_EL2_SA		SCTLR_ELx_SA
#define SCTLR_EL2_I		SCTLR_ELx_I
#define SCTLR_EL2_EE		SCTLR_ELx_EE

#define SCTLR_EL3_M		SCTLR_ELx_M
#define SCTLR_EL3_A		SCTLR_ELx_A
#define SCTLR_EL3_C		SCTLR_ELx_C
#define SCTLR_EL3_SA		SCTLR_ELx_SA
#define SCTLR_EL3_I		SCTLR_ELx_I
#define SCTLR_EL3_EE		SCTLR_ELx_EE

/* SCR_EL3: what the world below EL3 is. */
#define SCR_EL3_NS		SYSREG_BIT(0)	/* EL0 to EL2 are non-secure */
#define SCR_EL3_IRQ		SYSREG_BIT(1)	/* IRQ goes to EL3 */
#define SCR_EL3_FIQ		SYSREG_BIT(2)	/* FIQ goes to EL3 */
#define SCR_EL3_EA		SYSREG_BIT(3)	/* external aborts and SError go to EL3 */
#define SCR_EL3_RES1		(SYSREG_BIT(4) | SYSREG_BIT(5))
#define SCR_EL3_SMD		SYSREG_BIT(7)	/* SMC is UNDEFINED */
#define SCR_EL3_HCE		SYSREG_BIT(8)	/* HVC is allowed */
#define SCR_EL3_SIF		SYSREG_BIT(9)
#define SCR_EL3_RW		SYSREG_BIT(10)	/* the next lower level is AArch64 */
#define SCR_EL3_ST		SYSREG_BIT(11)
#define SCR_EL3_TWI		SYSREG_BIT(12)	/* WFI below traps to EL3 */
#define SCR_EL3_TWE		SYSREG_BIT(13)	/* WFE below traps to EL3 */
#define SCR_EL3_APK		SYSREG_BIT(16)	/* pointer authentication keys do not trap */
#define SCR_EL3_API		SYSREG_BIT(17)	/* pointer authentication does not trap */

/* HCR_EL2: what a hypervisor takes from EL1. */
#define HCR_EL2_VM		SYSREG_BIT(0)	/* stage 2 translation on */
#define HCR_EL2_SWIO		SYSREG_BIT(1)
#define HCR_EL2_FMO		SYSREG_BIT(3)	/* FIQ to EL2 */
#define HCR_EL2_IMO		SYSREG_BIT(4)	/* IRQ to EL2 */
#define HCR_EL2_AMO		SYSREG_BIT(5)	/* SError to EL2 */
#define HCR_EL2_VF		SYSREG_BIT(6)	/* a virtual FIQ is pending */
#define HCR_EL2_VI		SYSREG_BIT(7)	/* a virtual IRQ is pending */
#define HCR_EL2_VSE		SYSREG_BIT(8)
#define HCR_EL2_TWI		SYSREG_BIT(13)	/* WFI traps to EL2 */
#define HCR_EL2_TWE		SYSREG_BIT(14)	/* WFE traps to EL2 */
#define HCR_EL2_TSC		SYSREG_BIT(19)	/* SMC traps to EL2 */
#define HCR_EL2_TVM		SYSREG_BIT(26)
#define HCR_EL2_TGE		SYSREG_BIT(27)	/* EL0's exceptions go to EL2 */
#define HCR_EL2_HCD		SYSREG_BIT(29)	/* HVC is UNDEFINED */
#define HCR_EL2_RW		SYSREG_BIT(31)	/* EL1 is AArch64 */

/* Trap controls of floating point, debug and the timers. */
#define CPACR_EL1_FPEN		SYSREG_FIELD(3, 20)	/* EL0 and EL1 may use SIMD and floating point */
#define CPTR_EL2_TFP		SYSREG_BIT(10)	/* floating point traps to EL2 */
#define CPTR_EL2_RES1		0x33ff		/* HCR_EL2.E2H = 0 */
#define CPTR_EL3_EZ		SYSREG_BIT(8)	/* SVE does not trap to EL3 */
#define CPTR_EL3_TFP		SYSREG_BIT(10)
#define MDCR_EL2_HPMN_MASK	0x1f
#define MDSCR_EL1_TDCC		SYSREG_BIT(12)
#define CNTHCTL_EL2_EL1PCTEN	SYSREG_BIT(0)	/* EL1 may read the physical counter */
#define CNTHCTL_EL2_EL1PCEN	SYSREG_BIT(1)	/* EL1 may use the physical timer */
#define CNTKCTL_EL1_EL0PCTEN	SYSREG_BIT(0)
#define CNTKCTL_EL1_EL0VCTEN	SYSREG_BIT(1)
#define CNTKCTL_EL1_EVNTEN	SYSREG_BIT(2)	/* the event stream is on */

/* TCR_EL1: the shape of the two translation tables. */
#define TCR_EL1_T0SZ(bits)	SYSREG_FIELD(64 - (bits), 0)
#define TCR_EL1_T1SZ(bits)	SYSREG_FIELD(64 - (bits), 16)
#define TCR_EL1_EPD0		SYSREG_BIT(7)
#define TCR_EL1_EPD1		SYSREG_BIT(23)
#define TCR_EL1_IRGN0_WBWA	SYSREG_FIELD(1, 8)
#define TCR_EL1_ORGN0_WBWA	SYSREG_FIELD(1, 10)
#define TCR_EL1_SH0_INNER	SYSREG_FIELD(3, 12)
#define TCR_EL1_TG0_4K		SYSREG_FIELD(0, 14)
#define TCR_EL1_A1		SYSREG_BIT(22)
#define TCR_EL1_IRGN1_WBWA	SYSREG_FIELD(1, 24)
#define TCR_EL1_ORGN1_WBWA	SYSREG_FIELD(1, 26)
#define TCR_EL1_SH1_INNER	SYSREG_FIELD(3, 28)
#define TCR_EL1_TG1_4K		SYSREG_FIELD(2, 30)
#define TCR_EL1_IPS_SHIFT	32
#define TCR_EL1_AS		SYSREG_BIT(36)	/* 16-bit ASIDs */

/* ESR_ELx: why an exception was taken. */
#define ESR_EC_SHIFT		26
#define ESR_EC_BITS		6
#define ESR_IL			SYSREG_BIT(25)
#define ESR_EC_UNKNOWN		0x00
#define ESR_EC_WFX		0x01
#define ESR_EC_FP		0x07
#define ESR_EC_ILLEGAL_STATE	0x0e
#define ESR_EC_SVC64		0x15
#define ESR_EC_HVC64		0x16
#define ESR_EC_SMC64		0x17
#define ESR_EC_SYS64		0x18
#define ESR_EC_IABORT_LOWER	0x20
#define ESR_EC_IABORT_SAME	0x21
#define ESR_EC_PC_ALIGN		0x22
#define ESR_EC_DABORT_LOWER	0x24
#define ESR_EC_DABORT_SAME	0x25
#define ESR_EC_SP_ALIGN		0x26
#define ESR_EC_BRK64		0x3c

/* CLIDR_EL1, CCSIDR_EL1, CSSELR_EL1: the shape of the caches. */
#define CLIDR_LOUIS_SHIFT	21	/* levels up to the point where the inner shareable domain unifies */
#define CLIDR_LOC_SHIFT		24	/* levels up to the point of coherency */
#define CLIDR_FIELD_BITS	3	/* LoUIS, LoC and each Ctype<n> are three bits */
#define CLIDR_CTYPE_DATA	2	/* Ctype: 2 data only, 3 separate, 4 unified; below that, no data cache */
#define CSSELR_LEVEL_SHIFT	1	/* bit 0: 1 instruction, 0 data or unified */
#define CCSIDR_LINE_BITS	3	/* log2 of the line's bytes, minus 4 */
#define CCSIDR_WAYS_SHIFT	3
#define CCSIDR_WAYS_BITS	10	/* ways minus 1 */
#define CCSIDR_SETS_SHIFT	13
#define CCSIDR_SETS_BITS	15	/* sets minus 1 */

/* ID registers: the fields that decide what may be touched. */
#define ID_AA64PFR0_EL1_EL2_SHIFT	8
#define ID_AA64PFR0_EL1_EL3_SHIFT	12
#define ID_AA64PFR0_EL1_SVE_SHIFT	32
#define ID_AA64PFR0_EL1_GIC_SHIFT	24	/* not 0: the ICC_* registers exist */
#define ID_AA64MMFR0_EL1_PARANGE_BITS	4
#define ID_AA64ISAR1_EL1_APA_SHIFT	4	/* APA and API, eight bits: pointer authentication */

#define ZCR_EL3			S3_6_C1_C2_0	/* SVE vector length */
#define ZCR_EL3_LEN_MAX		0xf

/* GICv3's CPU interface, by encoding: older assemblers do not know the names. */
#define ICC_PMR_EL1		S3_0_C4_C6_0
#define ICC_IAR1_EL1		S3_0_C12_C12_0
#define ICC_EOIR1_EL1		S3_0_C12_C12_1
#define ICC_SGI1R_EL1		S3_0_C12_C11_5
#define ICC_CTLR_EL1		S3_0_C12_C12_4
#define ICC_SRE_EL1		S3_0_C12_C12_5
#define ICC_IGRPEN1_EL1		S3_0_C12_C12_7
#define ICC_SRE_EL2		S3_4_C12_C9_5
#define ICH_HCR_EL2		S3_4_C12_C11_0
#define ICC_CTLR_EL3		S3_6_C12_C12_4
#define ICC_SRE_EL3		S3_6_C12_C12_5
#define ICC_IGRPEN1_EL3		S3_6_C12_C12_7
#define ICC_SRE_SRE		SYSREG_BIT(0)	/* use the system registers, not memory */
#define ICC_SRE_DFB		SYSREG_BIT(1)
#define ICC_SRE_DIB		SYSREG_BIT(2)
#define ICC_SRE_ENABLE		SYSREG_BIT(3)	/* lower levels may set their own ICC_SRE */

#endif /* ASM_SYSREG_H */
