# SPDX-License-Identifier: GPL-2.0-or-later
#
# What tests on a real (tmux) terminal share; to be sourced.  Prints TAP; skips the test where tmux is not installed.
set -u
count=0
failed=0

if ! command -v tmux >/dev/null 2>&1; then
	echo '1..0 # SKIP tmux is not installed'
	exit 0
fi
dir=$(mktemp -d) || exit 99
# tmux has its socket, the program its progress, in a folder that goes away.
TMUX_TMPDIR=$dir XDG_STATE_HOME=$dir/state XDG_CONFIG_HOME=$dir/config LC_ALL=C.UTF-8
export TMUX_TMPDIR XDG_STATE_HOME XDG_CONFIG_HOME LC_ALL
unset TMUX NO_COLOR
# ncurses keeps the description of its terminal to the end: that is no leak of ours.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS

mux()
{
	tmux -L smoke -f /dev/null "$@"
}
trap 'mux kill-server 2>/dev/null; rm -rf "$dir"' EXIT

# say OK WORDS: one line of TAP; what the screen shows when it failed.
say()
{
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		mux capture-pane -p | sed 's/^/# /'
		failed=1
	fi
}

# becomes WORDS COMMAND...: COMMAND succeeds sooner or later.  A program's output comes to the screen piece by piece, so one
# look is not enough.  The limit is for a program that hangs: on a busy host, a Debian kernel takes its time.
becomes()
{
	words=$1
	limit=$(($(date +%s) + 120))
	shift
	until "$@"; do
		if [ "$(date +%s)" -ge "$limit" ]; then
			say 1 "$words"
			return
		fi
		sleep 0.05
	done
	say 0 "$words"
}

has()
{
	mux capture-pane -p | grep -qF -e "$1"
}

# shows TEXT WORDS: the screen comes to show TEXT.
shows()
{
	becomes "$2" has "$1"
}

# command_line LINE: at the prompt of the screen.
command_line()
{
	mux send-keys ':'
	mux send-keys -l "$1"
	mux send-keys Enter
}

# type_line TEXT: a line to the shell in the terminal.
type_line()
{
	mux send-keys -l "$1"
	mux send-keys Enter
}

# The terminal takes lines and echoes them again.
is_restored()
{
	type_line 'stty -a | grep -q " icanon .* echo " && echo terminal-is-"sane"'
	shows terminal-is-sane "$1"
}
