#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# An unmodified Debian kernel boots on every kind of board, into an init that uses all CPUs (tools/linux-init).
#	tests/linux/boot-linux.sh [CPUS...]	(1 2 4 8)
# Prints TAP.  Run by make check from the build tree; skipped until tools/get-linux has fetched a kernel.
. "${srcdir:-.}/tests/linux/linux.sh"
needs initrd.gz dtc
begin
counts=${*:-1 2 4 8}

# Spin-table kernels have nobody to ask for power-off: there the last line must do.
ending()
{
	case $1 in
	spin-table) echo "uart:$last_line" ;;
	*) echo off ;;
	esac
}

# boot_board NAME BOARD GIC FIRMWARE CPUS
boot_board()
{
	boot "$1" "$2-v$3" -f "$4" -c "$5" -i "$linux/initrd.gz" --until "$(ending "$2")"
}

last_cpu()
{
	[ "$1" -eq 1 ] && echo 0 || echo "0-$(($1 - 1))"
}

# What the init must have said on BOARD with CPUS.
check_console()
{
	says run "CPUs online: $(last_cpu "$2")" done || return 1
	for cpu in $(seq 0 $(($2 - 1))); do
		says run "child on CPU $cpu" || return 1
	done
	[ "$1" = spin-table ] || [ "$2" -le 2 ] || says run 'CPU 2 is online again'
}

reaches_the_end()
{
	boot_board run "$@" && check_console "$1" "$4" && return
	explain run
	return 1
}

repeats()
{
	boot_board again "$@" && is_run_again && return
	explain again
	return 1
}

boot_all()
{
	for gic in 2 3; do
		make_tree "$1" $gic || { report 1 "$1 with GICv$gic: its tree does not compile"; continue; }
		for cpus in $counts; do
			what="$1, firmware $2, GICv$gic, $cpus CPUs"
			reaches_the_end "$1" $gic "$2" "$cpus"
			report $? "$what: to the end"
			[ "$cpus" -eq 4 ] || continue
			repeats "$1" $gic "$2" "$cpus"
			report $? "$what: again the same"
		done
	done
}

# On each of the trees of check-boards, through the firmware.
boot_boards()
{
	for gic in gic-400 gicv3-two-rows gicv3-stride; do
		cp "$srcdir/tests/boards/$gic.dtsi" "$scratch/gic.dtsi"
		cp "$srcdir/tests/boards/soc.dts" "$scratch/soc-v$gic.dts"
		compile "soc-v$gic" && reaches_the_end soc "$gic" builtin 4
		report $? "a board as real ones are, $gic: to the end"
	done
}

# The CPU model with all that the library has, but for what its ID registers leave out.
boot_max()
{
	make_tree psci-smc 2 && boot run psci-smc-v2 --cpu max -c 2 -i "$linux/initrd.gz" --until off &&
		check_console psci-smc 2
	report $? '--cpu max: to the end'
}

boot_all psci-smc builtin
boot_all psci-smc none
boot_all psci-hvc none
boot_all spin-table builtin
boot_boards
boot_max
end
