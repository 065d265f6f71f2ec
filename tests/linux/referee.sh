#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A Debian kernel prints what it prints on QEMU with the same tree, but for what dmesg-allowed explains.
#
# Prints TAP.  Run by make check from the build tree; skipped without QEMU, and until tools/get-linux has fetched a
# kernel.
. "${srcdir:-.}/tests/linux/linux.sh"
needs initrd.gz dtc qemu-system-aarch64
begin

prints_the_same()
{
	boot run "$1" -c 4 -i "$linux/initrd.gz" --until off || { explain run; return 1; }
	boot_qemu "$1" -c 4 -i "$linux/initrd.gz" || { explain qemu; return 1; }
	is_qemus_console
}

for gic in 2 3; do
	make_tree psci-smc $gic && prints_the_same psci-smc-v$gic
	report $? "GICv$gic, 4 CPUs: the console is QEMU's"
done
end
