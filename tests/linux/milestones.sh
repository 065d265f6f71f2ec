#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# CPU by CPU, a Debian kernel passes the milestones in the same order as the lab kernel: from reset to the first
# drivers, with 4 CPUs.  One table shows when each CPU passed each milestone first, as its rank among the first
# passings of that CPU.  What has moved for a reason is in tests/linux/milestones-moved.
#
# Prints TAP; the table is in comments.  Run by make check from the build tree; skipped until tools/get-linux has
# fetched a kernel.
. "${srcdir:-.}/tests/linux/linux.sh"
needs vmlinuz
begin
cpus=4

# pass NAME UNTIL OPTION...: its milestones as "CPU name" lines, in order, and the ones that it cannot pass.
pass()
{
	name=$1 until=$2
	shift 2
	./smptutor run -c $cpus -n 1000000000 --events milestone --format json --log "$scratch/$name.json" \
		--until "$until" -e 'info milestones' "$@" >"$scratch/$name.info" 2>"$scratch/$name.err" || return
	sed -n 's/.*"cpu":\([0-9]*\),.*"ev":"milestone","name":"\([^"]*\)".*/\1 \2/p' "$scratch/$name.json" \
		>"$scratch/$name.passed"
	sed -n 's/^\. \([^ ]*\) .*inlined.*/\1/p' "$scratch/$name.info" >"$scratch/$name.inlined"
	[ -s "$scratch/$name.passed" ]
}

# Reads milestones-moved, what Debian's kernel cannot pass, and both orders; prints the table and what is wrong.
cat >"$scratch/compare.awk" <<'AWK'
function rank_of(kernel, cpu, name)
{
	return ((kernel, cpu, name) in rank) ? rank[kernel, cpu, name] : 0
}

function has_moved(cpu, name)
{
	return (("all", name) in moved) || ((cpu ? "others" : "0", name) in moved)
}

# What stands in Debian's column, or in the remark.
function missing(cpu, name)
{
	return (name in inlined) ? "inlined" : "-"
}

function wrong(text)
{
	print "wrong: " text
	bad = 1
}

function reason(cpu, name)
{
	return (("all", name) in moved) ? moved["all", name] : moved[cpu ? "others" : "0", name]
}

# A row of the table: a milestone of the lab kernel on CPU.
function row(cpu, name,    lab, debian, remark)
{
	lab = rank_of("lab", cpu, name)
	debian = rank_of("debian", cpu, name)
	remark = ""
	if (has_moved(cpu, name))
		remark = reason(cpu, name)
	else if (debian && debian < last)
		wrong("CPU" cpu " passes " name " before " last_name ", which the lab kernel passes before it")
	else if (!debian && !(name in inlined))
		wrong("CPU" cpu " does not pass " name ", and nothing says why")
	if (debian && !has_moved(cpu, name)) {
		last = debian
		last_name = name
	}
	printf "| %3d | %-30s | %3d | %7s | %s\n", cpu, name, lab, debian ? debian : missing(cpu, name), remark
}

FILENAME ~ /moved$/ {
	if (NF >= 3 && $1 !~ /^#/) {
		key = $1 SUBSEP $2
		sub(/^[^\t]*\t[^\t]*\t/, "")
		moved[key] = $0
	}
	next
}

FILENAME ~ /inlined$/ { inlined[$1] = 1; next }

{
	kernel = FILENAME ~ /lab/ ? "lab" : "debian"
	if (!((kernel, $1, $2) in rank)) {
		rank[kernel, $1, $2] = ++count[kernel, $1]
		name[kernel, $1, count[kernel, $1]] = $2
	}
}

END {
	print "| CPU | milestone                      | lab |  Debian |"
	for (cpu = 0; cpu < cpus; cpu++) {
		last = 0
		for (i = 1; i <= count["lab", cpu]; i++)
			row(cpu, name["lab", cpu, i])
		common += count["lab", cpu]
	}
	if (common < 20 * cpus)
		wrong("only " common " milestones: is that the lab kernel?")
	exit bad
}
AWK

pass lab idle
report $? "the lab kernel boots with $cpus CPUs" "$scratch/lab.err"
pass debian 'uart:devtmpfs: initialized' -m 512M -k "$linux/vmlinuz" -a "earlycon console=ttyAMA0"
report $? "a Debian kernel boots with $cpus CPUs" "$scratch/debian.err"
if [ $failed -eq 0 ]; then
	awk -v cpus=$cpus -f "$scratch/compare.awk" "$srcdir/tests/linux/milestones-moved" "$scratch/debian.inlined" \
		"$scratch/lab.passed" "$scratch/debian.passed" >"$scratch/table"
	report $? 'CPU by CPU, both pass the same milestones in the same order' "$scratch/table"
fi
end
