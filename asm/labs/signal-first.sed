# SPDX-License-Identifier: GPL-2.0-or-later
#
# A new CPU says that it is up before it is in the online mask.
#image: kernel
#file: asm/kernel/smp.c
/^	set_cpu_online(cpu, true);$/d
s/^	complete(&cpu_running);$/&\
	set_cpu_online(cpu, true);/
