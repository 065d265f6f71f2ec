#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A Debian kernel reads and writes disks (--drive), of which the files stay as they were, and sees them as on QEMU.
#
# Prints TAP.  Run by make check from the build tree; skipped until tools/get-linux has fetched a kernel.
. "${srcdir:-.}/tests/linux/linux.sh"
needs initrd-disk.gz dtc mke2fs
LINUX_DIR=$linux
export LINUX_DIR
begin

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
	} | sed "s,gicv2.dtsi,gicv$1.dtsi," >"$scratch/disk-v$1.dts" && compile "disk-v$1"
}

# The same on every day: no time and no random number but what is said here.
make_disks()
{
	mkdir -p "$scratch/root" && echo 'from the disk' >"$scratch/root/hello" &&
		head -c 2097152 /dev/zero >"$scratch/ext4.img" &&
		mke2fs -q -F -t ext4 -d "$scratch/root" "$scratch/ext4.img" &&
		head -c 100000 "$scratch/ext4.img" | cat - "$linux/vmlinuz" | head -c 1000448 >"$scratch/raw.img" &&
		cksum "$scratch/ext4.img" "$scratch/raw.img" >"$scratch/disks.sum"
}

# with_disks NAME GIC [OPTION]: run it, the second disk with OPTION.
with_disks()
{
	boot "$1" "disk-v$2" -c 2 -i linux-disk --until off \
		--drive "$scratch/ext4.img" --drive "$scratch/raw.img${3-}"
}

# disk_line N: "SIZE bytes, cksum SUM" of disk number N.
disk_line()
{
	sed -n "$1s/^\([0-9]*\) \([0-9]*\) .*/\2 bytes, cksum \1/p" "$scratch/disks.sum"
}

# uses_disks READ-BACK GIC [OPTION]: what the init says of writing to the second disk is READ-BACK.
uses_disks()
{
	read_back=$1
	shift
	with_disks run "$@" && says run "/dev/vda: $(disk_line 1)" '/dev/vda: file hello: from the disk' \
		'/dev/vda: file written and read back' "/dev/vdb: $(disk_line 2)" "/dev/vdb: $read_back" done &&
		cksum "$scratch/ext4.img" "$scratch/raw.img" | cmp -s - "$scratch/disks.sum" && return
	explain run
	return 1
}

# After a run with the second disk read only.
are_as_on_qemu()
{
	boot_qemu "disk-v$1" -c 2 -i "$linux/initrd-disk.gz" --drive "$scratch/ext4.img" \
		--drive "$scratch/raw.img,readonly" || { explain qemu; return 1; }
	is_qemus_console
}

make_disks
report $? 'disks are made'
for gic in 2 3; do
	make_disk_tree $gic
	report $? "disks, GICv$gic: the tree"
	uses_disks 'written and read back' $gic
	report $? "disks, GICv$gic: read, written, the files as they were"
	with_disks again $gic && is_run_again
	report $? "disks, GICv$gic: again the same"
	uses_disks 'cannot be written: error 1' $gic ,readonly
	report $? "disks, GICv$gic: the second one read only"
	command -v qemu-system-aarch64 >/dev/null || { echo '# no QEMU: nothing to compare with'; continue; }
	are_as_on_qemu $gic
	report $? "disks, GICv$gic: the console is QEMU's"
done
end
