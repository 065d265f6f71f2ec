# SPDX-License-Identifier: GPL-2.0-or-later
#
# The firmware takes Aff0 alone for a CPU's name.
#image: psci
#file: asm/include/sysreg.h
s/^\(#define MPIDR_ID_BITS	\).*/\10x00000000ff	\/* the core's number *\//
