# SPDX-License-Identifier: GPL-2.0-or-later
#
# For benchmarks that are run in pairs with QEMU: measures CPU seconds, which other work on the host disturbs least.

command -v qemu-system-aarch64 >/dev/null || exit 0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# until_line TEXT COMMAND...: run it, and stop it when it has printed TEXT: an idle kernel never ends.
until_line()
{
	text=$1
	shift
	rm -f "$scratch/console"
	mkfifo "$scratch/console"
	timeout 300 "$@" >"$scratch/console" 2>/dev/null </dev/null &
	sed "/$text/q" <"$scratch/console" >/dev/null
	kill "$!" 2>/dev/null
	wait "$!" 2>/dev/null
	return 0
}

# measure NAME ARGUMENT...: call the function of that name, and add to the file of that name the CPU milliseconds that its
# children took, which are in the second line that times prints: 0m0.12s 0m0.03s.
measure()
{
	("$@" && times >"$scratch/times") || exit
	awk 'NR == 2 {
		split($0, part, /[ms ]+/)
		print 1000 * (60 * (part[1] + part[3]) + part[2] + part[4])
	}' "$scratch/times" >>"$scratch/$1"
}

median()
{
	sort -n "$scratch/$1" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

# compare NAME WANT PAIRS ARGUMENT...: a line of the benchmark, for the functions `ours` and `theirs`.
compare()
{
	name=$1 want=$2 pairs=$3
	shift 3
	rm -f "$scratch/ours" "$scratch/theirs"
	while [ "$pairs" -gt 0 ]; do
		measure theirs "$@"
		measure ours "$@"
		pairs=$((pairs - 1))
	done
	awk -v name="$name" -v want="$want" -v ours="$(median ours)" -v reference="$(median theirs)" 'BEGIN {
		printf "bench %s %.2f want %s (ours %d ms, reference %d ms)\n", name, ours / reference, want, ours, reference
	}'
}
