#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The real program on a real (tmux) terminal: start, step, other views, resize, C-c, quit, a crash; whatever ends it, the
# terminal is as it was before.  What screens look like is tested without a terminal, in tests/screens.
#
# Prints TAP.  Run by make check from the top of the build tree.
set -u
. "${srcdir:-.}/tests/tmux.sh"

# has_rendition REGEX: the screen has text in a rendition (SGR) whose sequence ends so.
has_rendition()
{
	mux capture-pane -p -e | grep -q "$(printf '\033')\\[[0-9;]*$1"
}

mux new-session -d -x 80 -y 24 'exec sh' || exit 99
mux set-option -g remain-on-exit on

type_line './smptutor tui -b spin-table -f none; echo left-with-"$?"'
shows 'nobody will poll' 'what is odd about the machine is said at once, all of it'
mux send-keys q q
shows 'left-with-0' 'and put away by q'
type_line './smptutor tui -b psci-smc -c 2; echo ended-with-"$?"'
shows 'next event' 'it starts, and says how to go on'
mux send-keys s
shows 't=1 ' 'a step'
mux send-keys Tab v
shows 'monitors' 'another view in the next pane'
mux resize-window -x 120 -y 40
shows 'milestones' 'more room, more panes'
mux resize-window -x 70 -y 20
shows 'needs 80x24' 'too small'
mux resize-window -x 80 -y 24
shows 'monitors' 'and back'
mux send-keys ':' && mux send-keys -l 'set mem32[cpu0.pc]=0x14000000; set mem32[cpu1.pc]=0x14000000' && mux send-keys Enter c
shows 'RUNNING' 'a long run shows that it runs'
mux send-keys i
shows 'end typing' 'while it runs the guest can be typed to'
mux send-keys -l 'xy'
shows '2 unread' 'and gets it'
mux send-keys 'C-]'
shows 'i type to the guest' 'C-] ends that, and the run goes on'
mux send-keys C-c
shows 'interrupted' 'C-c stops it'
mux send-keys '?'
shows 'Running' 'help'
mux send-keys q q
shows 'ended-with-0' 'it ends with 0'
is_restored 'the terminal is as it was'

type_line "clear; sh -c 'echo \$\$ >$dir/pid; exec ./smptutor tui -b psci-smc'; echo crashed-with-\"\$?\""
shows 'next event' 'once more'
kill -SEGV "$(cat "$dir/pid")"
shows 'crashed-with-139' 'a crash'
is_restored 'a crash leaves the terminal as it was'

type_line 'clear; NO_COLOR=1 ./smptutor tui -b psci-smc; echo plain-"ended"'
shows 'next event' 'without colours'
mux send-keys s s
shows 't=2 ' 'two steps'
becomes 'what changed is underlined' has_rendition '4[;m]'
has_rendition '3[0-7]m'
say $((! $?)) 'no colour is used'
mux send-keys q
shows 'plain-ended' 'it ends'

# What a terminal sends for the mouse (X10 encoding: button, column and row, each + 32): press, move, move, release.
type_line 'clear; TERM=screen ./smptutor tui -b psci-smc -c 2; echo dragged-with-"$?"'
shows 'next event' 'for the mouse'
command_line 'until milestone:spin'
shows 'spin  milestone:spin' 'at the pen'
mux send-keys -l "$(printf '\033[M%s' ' ?5' '@?4' '@?3' '#?3')"
shows 'in the past of main' 'dragging along the timeline goes back, also when nobody looked meanwhile'
command_line 'goto 129'
shows 't=129  rr' 'there again'
for move in ' ?5' '@?4' '@?3' '#?3'; do
	mux send-keys -l "$(printf '\033')[M$move"
done
shows 'in the past of main' 'and so does dragging slowly'
printf 'goto 5\nstep 2\nqq' | mux load-buffer -
mux paste-buffer -p
shows 't=7 ' 'lines that are pasted are commands'
shows ':qq' 'and what is behind the last waits at the prompt'
mux send-keys Escape q
shows 'dragged-with-0' 'and it ends'
[ "$(mux display-message -p '#{mouse_any_flag}')" = 0 ]
say $? 'the mouse is the terminal'"'"'s again'

type_line 'clear; ./smptutor run -c 1 --events none -n 999999999999 -u idle -e "set mem32[pc]=0x14000000"; echo stopped-with-"$?"'
shows 'million instructions, C-c stops' 'a long run without a log says that it runs'
mux send-keys C-c
shows 'stopped-with-4' 'C-c stops it, too'
mux capture-pane -p | grep -q 'C-c stops'
say $((! $?)) 'and nothing of that is left'

type_line 'clear; ./smptutor lesson run 18; echo left-lesson-with-"$?"'
shows '1/4' 'a lesson'
for step in 2 3 4; do
	command_line 'lesson skip'
	shows "$step/4" 'its next step'
done
command_line 'continue'
shows 'Goal reached' 'whose goal is reached'
command_line 'answer EL1'
shows ':open next lesson' 'how to go on behind the last step is said'
command_line 'open'
shows '19 There and back again' 'and the next lesson begins'
mux send-keys q
shows 'left-lesson-with-0' 'it ends'

type_line 'clear; TERM=dumb ./smptutor tui; echo ended-with-"$?"'
shows 'ended-with-2' 'a dumb terminal is refused with 2'
shows 'cannot move its cursor' 'and told why'

echo "1..$count"
exit $failed
