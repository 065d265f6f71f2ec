/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/sysreg.h: numbers of the system registers and instructions that the machine itself uses (Arm ARM D17, C5).
 */
#ifndef MACHINE_SYSREG_H
#define MACHINE_SYSREG_H

#include "machine/device.h"

#define MIDR_EL1	SYSREG(3, 0, 0, 0, 0)
#define MPIDR_EL1	SYSREG(3, 0, 0, 0, 5)
#define ID_AA64PFR0_EL1	SYSREG(3, 0, 0, 4, 0)
#define ID_AA64ISAR0_EL1	SYSREG(3, 0, 0, 6, 0)
#define ID_AA64MMFR0_EL1	SYSREG(3, 0, 0, 7, 0)
#define ID_AA64MMFR1_EL1	SYSREG(3, 0, 0, 7, 1)
#define OSDLR_EL1	SYSREG(2, 0, 1, 3, 4)
#define ZCR_EL1		SYSREG(3, 0, 1, 2, 0)
#define ZCR_EL2		SYSREG(3, 4, 1, 2, 0)
#define ZCR_EL3		SYSREG(3, 6, 1, 2, 0)
#define RNDR		SYSREG(3, 3, 2, 4, 0)
#define RNDRRS		SYSREG(3, 3, 2, 4, 1)
#define ID_AA64DFR0_EL1	SYSREG(3, 0, 0, 5, 0)
#define CTR_EL0		SYSREG(3, 3, 0, 0, 1)
#define VPIDR_EL2	SYSREG(3, 4, 0, 0, 0)
#define VMPIDR_EL2	SYSREG(3, 4, 0, 0, 5)

#define SCTLR_EL1	SYSREG(3, 0, 1, 0, 0)
#define SCTLR_EL2	SYSREG(3, 4, 1, 0, 0)
#define SCTLR_EL3	SYSREG(3, 6, 1, 0, 0)
#define CPACR_EL1	SYSREG(3, 0, 1, 0, 2)
#define CPTR_EL2	SYSREG(3, 4, 1, 1, 2)
#define CPTR_EL3	SYSREG(3, 6, 1, 1, 2)
#define HCR_EL2		SYSREG(3, 4, 1, 1, 0)
#define SCR_EL3		SYSREG(3, 6, 1, 1, 0)

#define TTBR0_EL1	SYSREG(3, 0, 2, 0, 0)
#define TTBR1_EL1	SYSREG(3, 0, 2, 0, 1)
#define TCR_EL1		SYSREG(3, 0, 2, 0, 2)
#define TTBR0_EL2	SYSREG(3, 4, 2, 0, 0)
#define TCR_EL2		SYSREG(3, 4, 2, 0, 2)
#define TTBR0_EL3	SYSREG(3, 6, 2, 0, 0)
#define TCR_EL3		SYSREG(3, 6, 2, 0, 2)

#define SPSR_EL1	SYSREG(3, 0, 4, 0, 0)
#define SPSR_EL2	SYSREG(3, 4, 4, 0, 0)
#define SPSR_EL3	SYSREG(3, 6, 4, 0, 0)
#define ELR_EL1		SYSREG(3, 0, 4, 0, 1)
#define ELR_EL2		SYSREG(3, 4, 4, 0, 1)
#define ELR_EL3		SYSREG(3, 6, 4, 0, 1)
#define SP_EL0		SYSREG(3, 0, 4, 1, 0)
#define SP_EL1		SYSREG(3, 4, 4, 1, 0)
#define SP_EL2		SYSREG(3, 6, 4, 1, 0)

#define ESR_EL1		SYSREG(3, 0, 5, 2, 0)
#define ESR_EL2		SYSREG(3, 4, 5, 2, 0)
#define ESR_EL3		SYSREG(3, 6, 5, 2, 0)
#define FAR_EL1		SYSREG(3, 0, 6, 0, 0)
#define FAR_EL2		SYSREG(3, 4, 6, 0, 0)
#define FAR_EL3		SYSREG(3, 6, 6, 0, 0)
#define MAIR_EL1	SYSREG(3, 0, 10, 2, 0)
#define VBAR_EL1	SYSREG(3, 0, 12, 0, 0)
#define VBAR_EL2	SYSREG(3, 4, 12, 0, 0)
#define VBAR_EL3	SYSREG(3, 6, 12, 0, 0)
#define CONTEXTIDR_EL1	SYSREG(3, 0, 13, 0, 1)
#define TPIDR_EL0	SYSREG(3, 3, 13, 0, 2)
#define TPIDRRO_EL0	SYSREG(3, 3, 13, 0, 3)
#define TPIDR_EL1	SYSREG(3, 0, 13, 0, 4)
#define TPIDR_EL2	SYSREG(3, 4, 13, 0, 2)
#define TPIDR_EL3	SYSREG(3, 6, 13, 0, 2)
#define CNTKCTL_EL1	SYSREG(3, 0, 14, 1, 0)
#define CNTHCTL_EL2	SYSREG(3, 4, 14, 1, 0)
#define CNTFRQ_EL0	SYSREG(3, 3, 14, 0, 0)
#define ICC_SRE_EL1	SYSREG(3, 0, 12, 12, 5)

#define TLBI_VAAE1	SYSREG(1, 0, 8, 7, 3)
#define TLBI_VAE2	SYSREG(1, 4, 8, 7, 1)
#define TLBI_VAE3	SYSREG(1, 6, 8, 7, 1)
#define TLBI_ALLE1	SYSREG(1, 4, 8, 7, 4)
#define TLBI_ALLE2	SYSREG(1, 4, 8, 7, 0)
#define TLBI_ALLE3	SYSREG(1, 6, 8, 7, 0)
#define IC_IALLUIS	SYSREG(1, 0, 7, 1, 0)
#define IC_IALLU	SYSREG(1, 0, 7, 5, 0)
#define IC_IVAU		SYSREG(1, 3, 7, 5, 1)
#define DC_ZVA		SYSREG(1, 3, 7, 4, 1)

/* SYSREG() numbers are below this. */
#define SYSREG_NUMBERS	0x10000

/* Fields of a SYSREG() number. */
#define SYSREG_OP0(reg)	((reg) >> 14 & 3)
#define SYSREG_OP1(reg)	((reg) >> 11 & 7)
#define SYSREG_CRN(reg)	((reg) >> 7 & 15)
#define SYSREG_CRM(reg)	((reg) >> 3 & 15)
#define SYSREG_OP2(reg)	((reg) & 7)

#endif /* MACHINE_SYSREG_H */
