#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a tree does to a Debian kernel: a seed makes it move itself, and without a timer or an interrupt controller it
# does not come far, which is told before and after.
#
# Prints TAP.  Run by make check from the build tree; skipped until tools/get-linux has fetched a kernel.
. "${srcdir:-.}/tests/linux/linux.sh"
needs vmlinuz dtc
begin

# derive NAME LINE: NAME.dtb, the tree of psci-smc with LINE behind it.
derive()
{
	{ dtc -q -I dtb -O dts "$scratch/psci-smc-v2.dtb"; echo "/ { $2 };"; } >"$scratch/$1.dts" && compile "$1"
}

# Two CPUs come online, and every milestone of the way has a name.
names_follow()
{
	./smptutor run -d "$scratch/seeded.dtb" -c 2 -m "$memory" -k "$linux/vmlinuz" -a "$append" --events milestone \
		--until 'uart:workingset: timestamp_bits' --log "$scratch/seeded.log" \
		--uart "$scratch/seeded.uart" 2>"$scratch/run.err" && grep -q 'KASLR enabled' "$scratch/seeded.uart" &&
		! grep -q ' EL. 0x' "$scratch/seeded.log" && grep -q ' EL1 secondary_start_kernel ' "$scratch/seeded.log"
}

# A bootloader would put the seed there.
check_kaslr()
{
	derive seeded 'chosen { kaslr-seed = <0x12345678 0x9abcdef0>; };' && names_follow
	report $? 'KASLR: the symbols follow the kernel'
}

# lacks NAME NODE CODE REGEX: without NODE the run ends with CODE, and says so before and after.
lacks()
{
	derive "$1" "/delete-node/ $2;"
	./smptutor run -d "$scratch/$1.dtb" -c 2 -m "$memory" -k "$linux/vmlinuz" -a "$append" --log /dev/null \
		-n 400000000 2>"$scratch/run.err"
	expr $? : "$3\$" >/dev/null && grep -q 'note: .* a Linux kernel will not come far' "$scratch/run.err" &&
		paste -sd ' ' "$scratch/run.err" | grep -q -e "$4" && return
	sed 's/^/# /' "$scratch/run.err"
	return 1
}

check_missing()
{
	lacks no-timer timer 3 'Kernel panic - not syncing: Unable to initialise .* (the tree has no generic timer'
	report $? 'without a timer: a panic, with its text'
	# Linux 5.10 panics, 6.1 does so before it can say a word, and 6.12 has a second CPU that polls for ever.
	lacks no-gic intc@8000000 '[34]' \
		'No interrupt controller found. (the tree has no\|(the tree has no interrupt controller.* CPU0.* in wfi\|the console has nothing of it) (the tree has no'
	report $? 'without an interrupt controller: how it ends, and why'
}

make_tree psci-smc 2 || exit 99
check_kaslr
check_missing
end
