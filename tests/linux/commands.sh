#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What commands say of a Debian kernel: symbols at high addresses, the online mask that has no name, watches and
# breakpoints behind the MMU, the past, and a process in user space.
#
# Prints TAP.  Run by make check from the build tree; skipped until tools/get-linux has fetched a kernel.
. "${srcdir:-.}/tests/linux/linux.sh"
needs initrd.gz
begin

# tells WORDS PATTERN: do the commands of standard input; a line of what they print matches PATTERN, and none fails.
tells()
{
	cat >"$scratch/script"
	if ./smptutor run -c 4 -m 512M -k "$linux/vmlinuz" -i "$linux/initrd.gz" -a 'earlycon console=ttyAMA0' \
		-n 2000000000 --events none -x "$scratch/script" >"$scratch/out" 2>&1 &&
		grep -q "$2" "$scratch/out"; then
		report 0 "$1"
	else
		report 1 "$1" "$scratch/out"
	fi
}

tells 'symbols have a high and a low address' '<start_kernel>:.*nop\|<start_kernel>:.*paciasp' <<'E'
until cpu0:start_kernel
expect cpu0.pc == start_kernel
expect pc >> 48 == 0xffff
expect pa(start_kernel) >> 48 == 0
expect mem32[start_kernel] == mem32[pa(start_kernel)]
expect online == 0
x/2i pc
E

tells 'a watch and who find the store behind a virtual address' 'CPU1 at .*became' <<'E'
until cpu1:secondary_start_kernel
watch mem64[cpu1.sp_el0]
continue
delete
who cpu1.sp_el0
E

tells 'conditions, breakpoints and the past' "'online == 2' came true last" <<'E'
break secondary_start_kernel cpu 2
continue
expect cpu2.sym == secondary_start_kernel && online == 2
delete
until online:3
expect online == 3
when online == 2
rcontinue online == 2
E

tells 'who waits for what' 'because CPU_ON was never called for MPIDR 0x3' <<'E'
until online:3
explain cpu 3
E

tells 'what was inlined is said to be' '^\. boot_secondary .*inlined' <<'E'
until online:2
info milestones
E

tells 'a process: its code, its level, its system calls' '^=> 0x' <<'E'
until uart:smptutor init: CPUs online
until cpu0.el == 0 || cpu1.el == 0 || cpu2.el == 0 || cpu3.el == 0
expect el == 0
expect mem32[pc] != 0
x/4i pc
until event:exception
expect event.exception > 0
E

end
