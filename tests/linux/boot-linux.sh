#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# An unmodified Debian kernel boots on every kind of board, into an init that uses all CPUs (tools/linux-init), and
# prints what it prints on QEMU with the same tree.
#	tests/linux/boot-linux.sh [CPUS...]	(1 2 4 8)
# Prints TAP.  Run by make check from the build tree; skipped until tools/get-linux has fetched a kernel into the cache,
# or into the folder that LINUX_DIR names.
set -u

srcdir=${srcdir:-.}
dir=${LINUX_DIR:-${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/smptutor}
append='console=ttyAMA0 earlycon=pl011,0x9000000'
memory=512M
last_line='smptutor init: done'
limit=300	# seconds of the host, for a QEMU that hangs
number=0
failed=0

skip()
{
	echo "1..0 # SKIP $1"
	exit 0
}

[ -f "$dir/initrd.gz" ] || skip "no kernel in $dir: run tools/get-linux"
[ "${SANITIZERS:-no}" = no ] || skip 'a kernel boot with sanitizers takes too long'
command -v dtc >/dev/null || skip 'dtc is not installed'
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
counts=${*:-1 2 4 8}

report()
{
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		failed=1
	fi
}

# A bundled board's tree, with a GIC of the version $2.
make_tree()
{
	sed "s,gicv2.dtsi,gicv$2.dtsi," "$srcdir/dts/$1.dts" >"$scratch/$1.dts" &&
		dtc -q -i "$srcdir/dts" -i "$srcdir/tests/linux" -I dts -O dtb -o "$scratch/$1-v$2.dtb" "$scratch/$1.dts"
}

# Spin-table kernels have nobody to ask for power-off: there the last line must do.
ending()
{
	case $1 in
	spin-table) echo "uart:$last_line" ;;
	*) echo off ;;
	esac
}

# boot NAME BOARD GIC FIRMWARE CPUS: run it, and write NAME.uart, NAME.hash and NAME.err.
boot()
{
	./smptutor run -d "$scratch/$2-v$3.dtb" -f "$4" -c "$5" -m "$memory" -k "$dir/vmlinuz" -i "$dir/initrd.gz" \
		-a "$append" -n 4000000000 --until "$(ending "$2")" --events none --log /dev/null --hash \
		--uart "$scratch/$1.uart" >"$scratch/$1.hash" 2>"$scratch/$1.err"
}

last_cpu()
{
	[ "$1" -eq 1 ] && echo 0 || echo "0-$(($1 - 1))"
}

# What the init must have said: NAME BOARD CPUS.
check_console()
{
	tr -d '\r' <"$scratch/$1.uart" >"$scratch/console"
	grep -qx "$last_line" "$scratch/console" || return 1
	grep -qx "smptutor init: CPUs online: $(last_cpu "$3")" "$scratch/console" || return 1
	for cpu in $(seq 0 $(($3 - 1))); do
		grep -qx "smptutor init: child on CPU $cpu" "$scratch/console" || return 1
	done
	[ "$2" = spin-table ] || [ "$3" -le 2 ] || grep -qx 'smptutor init: CPU 2 is online again' "$scratch/console"
}

explain()
{
	sed 's/^/# /' "$scratch/$1.err"
	tail -n 5 "$scratch/$1.uart" 2>/dev/null | tr -d '\r' | sed 's/^/# /'
}

reaches_the_end()
{
	boot run "$@" && check_console run "$1" "$4" && return
	explain run
	return 1
}

# Twice the same: one hash, one console.
repeats()
{
	boot again "$@" && cmp -s "$scratch/run.hash" "$scratch/again.hash" &&
		cmp -s "$scratch/run.uart" "$scratch/again.uart" && return
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

# ---- boards as they are ----

# On each of the trees of check-boards, through the firmware.
boot_boards()
{
	for gic in gic-400 gicv3-two-rows gicv3-stride; do
		cp "$srcdir/tests/boards/$gic.dtsi" "$scratch/gic.dtsi"
		dtc -q -i "$scratch" -I dts -O dtb -o "$scratch/soc-v$gic.dtb" "$srcdir/tests/boards/soc.dts" &&
			reaches_the_end soc "$gic" builtin 4
		report $? "a board as real ones are, $gic: to the end"
	done
}

# The CPU model with all that the library has, but for what its ID registers leave out.
boot_max()
{
	./smptutor run --cpu max -c 2 -m "$memory" -k "$dir/vmlinuz" -i "$dir/initrd.gz" -a "$append" --until off \
		--log /dev/null --uart "$scratch/run.uart" 2>"$scratch/run.err" && check_console run psci-smc 2
	report $? '--cpu max: to the end'
}

# ---- a kernel that moves itself ----

# The tree $1 with a seed for KASLR; the bootloader would put it there.
make_seeded()
{
	dtc -q -I dtb -O dts "$scratch/$1.dtb" >"$scratch/seeded.dts" &&
		echo '/ { chosen { kaslr-seed = <0x12345678 0x9abcdef0>; }; };' >>"$scratch/seeded.dts" &&
		dtc -q -I dts -O dtb -o "$scratch/seeded.dtb" "$scratch/seeded.dts"
}

# Two CPUs come online, and every milestone of the way has a name.
names_follow()
{
	./smptutor run -d "$scratch/seeded.dtb" -c 2 -m "$memory" -k "$dir/vmlinuz" -a "$append" --events milestone \
		--until 'uart:KASLR enabled' --until 'uart:KASLR disabled' --log "$scratch/seeded.log" \
		--uart "$scratch/seeded.uart" 2>"$scratch/run.err" && grep -q 'KASLR enabled' "$scratch/seeded.uart" &&
		! grep -q ' EL. 0x' "$scratch/seeded.log" && grep -q ' EL1 secondary_start_kernel ' "$scratch/seeded.log"
}

check_kaslr()
{
	make_seeded psci-smc-v2 && names_follow
	report $? 'KASLR: the symbols follow the kernel'
}

# ---- trees without what Linux needs ----

# lacks NAME NODE CODE REGEX: without NODE the run ends with CODE, and says so before and after.
lacks()
{
	{ dtc -q -I dtb -O dts "$scratch/psci-smc-v2.dtb"; echo "/ { /delete-node/ $2; };"; } >"$scratch/$1.dts"
	dtc -q -I dts -O dtb -o "$scratch/$1.dtb" "$scratch/$1.dts"
	./smptutor run -d "$scratch/$1.dtb" -c 2 -m "$memory" -k "$dir/vmlinuz" -a "$append" --log /dev/null \
		-n 400000000 2>"$scratch/run.err"
	[ $? -eq "$3" ] && grep -q 'note: .* a Linux kernel will not come far' "$scratch/run.err" &&
		paste -sd ' ' "$scratch/run.err" | grep -q -e "$4" && return
	sed 's/^/# /' "$scratch/run.err"
	return 1
}

check_missing()
{
	lacks no-timer timer 3 'Kernel panic - not syncing: Unable to initialise .* (the tree has no generic timer'
	report $? 'without a timer: a panic, with its text'
	lacks no-gic intc@8000000 4 'deadlock: .* (the tree has no interrupt controller.* CPU0.* in wfi'
	report $? 'without an interrupt controller: who waits where'
}

# ---- disks ----

# The tree of psci-smc, with two slots for disks where QEMU has them.
make_disk_tree()
{
	{ cat "$srcdir/dts/psci-smc.dts" && cat <<END
/ {
	virtio_mmio@a000000 {
		compatible = "virtio,mmio";
		reg = <0x0 0x0a000000 0x0 0x200>;
		interrupts = <0 16 1>;
		dma-coherent;
	};
	virtio_mmio@a000200 {
		compatible = "virtio,mmio";
		reg = <0x0 0x0a000200 0x0 0x200>;
		interrupts = <0 17 1>;
		dma-coherent;
	};
};
END
	} | sed "s,gicv2.dtsi,gicv$1.dtsi," >"$scratch/disk.dts" &&
		dtc -q -i "$srcdir/dts" -i "$srcdir/tests/linux" -I dts -O dtb -o "$scratch/disk-v$1.dtb" "$scratch/disk.dts"
}

# The same on every day: no time and no random number but what is said here.
make_disks()
{
	mkdir -p "$scratch/root" && echo 'from the disk' >"$scratch/root/hello" &&
		head -c 2097152 /dev/zero >"$scratch/ext4.img" &&
		mke2fs -q -F -t ext4 -d "$scratch/root" "$scratch/ext4.img" &&
		head -c 100000 "$scratch/ext4.img" | cat - "$dir/vmlinuz" | head -c 1000448 >"$scratch/raw.img" &&
		cksum "$scratch/ext4.img" "$scratch/raw.img" >"$scratch/disks.sum"
}

# with_disks NAME GIC [OPTION]: run it, the second disk with OPTION.
with_disks()
{
	./smptutor run -d "$scratch/disk-v$2.dtb" -c 2 -m "$memory" -k "$dir/vmlinuz" -i "$dir/initrd-disk.gz" \
		-a "$append" -n 4000000000 --until off --events none --log /dev/null --hash \
		--drive "$scratch/ext4.img" --drive "$scratch/raw.img${3-}" \
		--uart "$scratch/$1.uart" >"$scratch/$1.hash" 2>"$scratch/$1.err"
}

# says NAME LINE...: the init's lines, which must be on its console.
says()
{
	tr -d '\r' <"$scratch/$1.uart" >"$scratch/console"
	shift
	for line; do
		grep -qx "smptutor init: $line" "$scratch/console" || return 1
	done
}

# disk_line N: "SIZE bytes, cksum SUM" of disk number N.
disk_line()
{
	sed -n "$1s/^\([0-9]*\) \([0-9]*\) .*/\2 bytes, cksum \1/p" "$scratch/disks.sum"
}

uses_disks()
{
	with_disks run "$@" && says run "/dev/vda: $(disk_line 1)" '/dev/vda: file hello: from the disk' \
		'/dev/vda: file written and read back' "/dev/vdb: $(disk_line 2)" "/dev/vdb: $read_back" done &&
		cksum "$scratch/ext4.img" "$scratch/raw.img" | cmp -s - "$scratch/disks.sum" && return
	explain run
	return 1
}

repeats_with_disks()
{
	with_disks again "$@" && cmp -s "$scratch/run.hash" "$scratch/again.hash" &&
		cmp -s "$scratch/run.uart" "$scratch/again.uart"
}

disks_on_qemu()
{
	mkdir -p "$scratch/export" &&
		./smptutor export "$scratch/export" -d "$scratch/disk-v$1.dtb" -c 2 -m "$memory" -k "$dir/vmlinuz" \
		-i "$dir/initrd-disk.gz" -a "$append" --drive "$scratch/ext4.img" \
		--drive "$scratch/raw.img,readonly" 2>"$scratch/qemu.err" &&
		timeout "$limit" "$scratch/export/run-qemu.sh" >"$scratch/qemu.uart" 2>"$scratch/qemu.err" </dev/null
}

# After a run with the second disk read only.
disks_are_as_on_qemu()
{
	disks_on_qemu "$1" || { explain qemu; return 1; }
	is_same_console
}

boot_with_disks()
{
	[ -f "$dir/initrd-disk.gz" ] || { echo '# no initrd-disk.gz: run tools/get-linux again'; return; }
	command -v mke2fs >/dev/null || { echo '# no mke2fs: no disk to boot with'; return; }
	make_disks
	report $? 'disks are made'
	for gic in 2 3; do
		make_disk_tree $gic
		report $? "disks, GICv$gic: the tree"
		read_back='written and read back'
		uses_disks $gic
		report $? "disks, GICv$gic: read, written, the files as they were"
		repeats_with_disks $gic
		report $? "disks, GICv$gic: again the same"
		read_back='cannot be written: error 1'
		uses_disks $gic ,readonly
		report $? "disks, GICv$gic: the second one read only"
		[ -f "$scratch/allowed.sed" ] || continue
		disks_are_as_on_qemu $gic
		report $? "disks, GICv$gic: the console is QEMU's"
	done
}

# ---- the referee ----

# Times go, what dmesg-allowed explains goes, and so does the order: threads of different CPUs print as they run.
comparable()
{
	tr -d '\r' <"$1" | sed -e 's/^\[ *[0-9.]*\] //' -e 's/ in [0-9]*ms$/ in ms/' | sed -f "$scratch/allowed.sed" | sort
}

# Each line of dmesg-allowed that is no comment is a basic regular expression; the lines that match it are left out.
make_allowed()
{
	sed -e '/^#/d' -e '/^$/d' -e 's,/,\\/,g' -e 's,.*,/&/d,' "$srcdir/tests/linux/dmesg-allowed" >"$scratch/allowed.sed"
}

on_qemu()
{
	mkdir -p "$scratch/export" &&
		./smptutor export "$scratch/export" -d "$scratch/$1-v$2.dtb" -c "$3" -m "$memory" \
		-k "$dir/vmlinuz" -i "$dir/initrd.gz" -a "$append" 2>"$scratch/qemu.err" &&
		timeout "$limit" "$scratch/export/run-qemu.sh" >"$scratch/qemu.uart" 2>"$scratch/qemu.err" </dev/null
}

prints_the_same()
{
	boot run "$1" "$2" builtin "$3" || { explain run; return 1; }
	on_qemu "$1" "$2" "$3" || { explain qemu; return 1; }
	is_same_console
}

is_same_console()
{
	comparable "$scratch/run.uart" >"$scratch/ours"
	comparable "$scratch/qemu.uart" >"$scratch/theirs"
	grep -qx "$last_line" "$scratch/theirs" && cmp -s "$scratch/ours" "$scratch/theirs" && return
	diff -u "$scratch/theirs" "$scratch/ours" | sed 's/^/# /'
	return 1
}

compare_all()
{
	command -v qemu-system-aarch64 >/dev/null || { echo '# no QEMU: nothing to compare with'; return; }
	make_allowed
	for gic in 2 3; do
		prints_the_same psci-smc $gic 4
		report $? "GICv$gic, 4 CPUs: the console is QEMU's"
	done
}

boot_all psci-smc builtin
boot_all psci-smc none
boot_all psci-hvc none
boot_all spin-table builtin
boot_boards
boot_max
make_tree psci-smc 2 && make_tree psci-smc 3 && check_kaslr && check_missing && compare_all
boot_with_disks
echo "1..$number"
exit $failed
