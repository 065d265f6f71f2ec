#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The screen on a Debian kernel, on a real (tmux) terminal: stations, steps, the past, typing to the guest, a lesson.
#
# Prints TAP; skipped without tmux, and until tools/get-linux has fetched a kernel.
. "${srcdir:-.}/tests/linux/linux.sh"
needs initrd.gz
LINUX_DIR=$linux
export LINUX_DIR
. "${srcdir:-.}/tests/tmux.sh"

mux new-session -d -x 80 -y 24 'exec sh' || exit 99
mux set-option -g remain-on-exit on
type_line './smptutor tui -k linux -i linux -c 4 -m 512M -a "earlycon console=ttyAMA0"; echo ended-with-"$?"'
shows 'next event' 'it starts'
command_line 'until milestone:start_cpu0'
shows 'start_cpu0  milestone:start_cpu0' 'out of the firmware'
mux send-keys m
shows 'CPU0 is at primary_entry: kernel entry' 'the station is called as in this kernel'
mux send-keys m m
shows 'CPU0 is at start_kernel' 'the first C function'
mux send-keys n
shows 'start_kernel+0x4' 'a step over'
command_line 'until cpu1:secondary_start_kernel'
shows 'CPU1 · secondary_start_kernel' 'a secondary'
mux resize-window -x 200 -y 60
shows 'milestones · ' 'more room, more panes'
shows '-AIF masked' 'the registers of that CPU'
mux send-keys S
shows '(in the past)' 'a step back'
mux send-keys c C-c
shows 'interrupted' 'C-c stops it'
command_line 'until uart:smptutor init: CPUs online'
shows '  uart:smptutor init' 'user space'
command_line 'view console'
mux send-keys i
shows 'C-] back' 'typing to the guest'
mux send-keys -l 'echoed'
mux send-keys C-]
command_line 'until uart:child on CPU 1'
shows 'echoed' 'it comes back from its terminal driver'
mux send-keys q
shows 'ended-with-0' 'it ends with 0'

type_line 'clear; ./smptutor lesson run 21; echo lesson-ended-with-"$?"'
shows 'The same door' 'a lesson on it'
command_line 'until milestone:stext'
shows 'Goal reached' 'its goal'
mux send-keys q
shows 'lesson-ended-with-0' 'and out'

echo "1..$count"
exit $failed
