# SPDX-License-Identifier: GPL-2.0-or-later
#
# CPU_ON is given the entry point's virtual address.
#image: kernel
#file: asm/kernel/cpu_psci.c
s/__pa(secondary_entry)/(unsigned long)secondary_entry/
