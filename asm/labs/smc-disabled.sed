# SPDX-License-Identifier: GPL-2.0-or-later
#
# SCR_EL3.SMD is set: SMC is undefined below EL3.
#image: psci
#file: asm/firmware/reset.S
s/SCR_EL3_HCE | SCR_EL3_RW)$/SCR_EL3_HCE | SCR_EL3_RW | SCR_EL3_SMD)/
