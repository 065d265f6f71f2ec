# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the tests on a Debian kernel share; to be sourced.  $linux is the folder with the kernel that tools/get-linux
# fetched: the cache, or the one that LINUX_DIR names.
set -u
srcdir=${srcdir:-.}
. "$srcdir/tests/qemu.sh"
linux=${LINUX_DIR:-${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/smptutor}
append='console=ttyAMA0 earlycon=pl011,0x9000000'
memory=512M
last_line='smptutor init: done'

skip()
{
	echo "1..0 # SKIP $1"
	exit 0
}

# needs FILE [TOOL...]: skip the whole test without FILE of the cache, or without a TOOL; with sanitizers, too.
needs()
{
	[ -f "$linux/$1" ] || skip "no $1 in $linux: run tools/get-linux"
	[ "${SANITIZERS:-no}" = no ] || skip 'a kernel boot with sanitizers takes too long'
	shift
	for tool; do
		command -v "$tool" >/dev/null || skip "$tool is not installed"
	done
}

# A folder for the files of the test, and no results yet.
begin()
{
	number=0
	failed=0
	scratch=$(mktemp -d) || exit 99
	trap 'rm -rf "$scratch"' EXIT
}

# report STATUS WORDS [FILE]: a line of TAP, with the lines of FILE below it.
report()
{
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		failed=1
	fi
	[ $# -lt 3 ] || sed 's/^/# /' "$3"
}

end()
{
	echo "1..$number"
	exit $failed
}

# ---- trees ----

# compile NAME: NAME.dts to NAME.dtb.
compile()
{
	dtc -q -i "$srcdir/dts" -i "$srcdir/tests/linux" -I dts -O dtb -o "$scratch/$1.dtb" "$scratch/$1.dts"
}

# make_tree BOARD N: BOARD-vN.dtb, a bundled board with a GIC of version N.
make_tree()
{
	sed "s,gicv2.dtsi,gicv$2.dtsi," "$srcdir/dts/$1.dts" >"$scratch/$1-v$2.dts" && compile "$1-v$2"
}

# ---- runs ----

# boot NAME TREE OPTION...: run the kernel on TREE.dtb, and write NAME.uart, NAME.hash and NAME.err.
boot()
{
	name=$1 tree=$2
	shift 2
	./smptutor run -d "$scratch/$tree.dtb" -m "$memory" -k "$linux/vmlinuz" -a "$append" -n 4000000000 \
		--events none --log /dev/null --hash "$@" \
		--uart "$scratch/$name.uart" >"$scratch/$name.hash" 2>"$scratch/$name.err"
}

# boot_qemu TREE OPTION...: the same on QEMU; what it prints is qemu.uart.
boot_qemu()
{
	tree=$1
	shift
	# shellcheck disable=SC2086 # options are words
	mkdir -p "$scratch/export" &&
		./smptutor export "$scratch/export" -d "$scratch/$tree.dtb" -m "$memory" -k "$linux/vmlinuz" \
		-a "$append" "$@" 2>"$scratch/qemu.err" &&
		timeout "$qemu_limit" "$scratch/export/run-qemu.sh" $qemu_options \
		>"$scratch/qemu.uart" 2>"$scratch/qemu.err" </dev/null
}

# explain NAME: why the run did not end as it should.
explain()
{
	sed 's/^/# /' "$scratch/$1.err"
	tail -n 5 "$scratch/$1.uart" 2>/dev/null | tr -d '\r' | sed 's/^/# /'
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

# Twice the same: one hash, one console.
is_run_again()
{
	cmp -s "$scratch/run.hash" "$scratch/again.hash" && cmp -s "$scratch/run.uart" "$scratch/again.uart"
}

# Each line of dmesg-allowed that is no comment is a basic regular expression; the lines that match it are left out.
# Times go, too, and so does the order: threads of different CPUs print as they run.
comparable()
{
	sed -e '/^#/d' -e '/^$/d' -e 's,/,\\/,g' -e 's,.*,/&/d,' "$srcdir/tests/linux/dmesg-allowed" >"$scratch/allowed.sed"
	tr -d '\r' <"$1" | sed -e 's/^\[ *[0-9.]*\] //' -e 's/ in [0-9]*ms$/ in ms/' | sed -f "$scratch/allowed.sed" | sort
}

# Did the run print what QEMU's did?
is_qemus_console()
{
	comparable "$scratch/run.uart" >"$scratch/ours"
	comparable "$scratch/qemu.uart" >"$scratch/theirs"
	grep -qx "$last_line" "$scratch/theirs" && cmp -s "$scratch/ours" "$scratch/theirs" && return
	diff -u "$scratch/theirs" "$scratch/ours" | sed 's/^/# /'
	return 1
}
