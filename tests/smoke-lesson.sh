#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Somebody takes the first step of lesson 02 on a real (tmux) terminal, with nothing but what is on the screen: the hints
# that H gives, the command that the last one names, and the table that answers the question.
#
# Prints TAP.  Run by make check from the top of the build tree.
set -u
. "${srcdir:-.}/tests/tmux.sh"

# The command that the message line names, between backquotes.
named_command()
{
	mux capture-pane -p | sed -n 's/^ *`\(.*\)`.*/\1/p' | tail -n 1
}

# What the table on the screen says that slot 0 holds.
slot_0()
{
	mux capture-pane -p | sed -n 's/.*│ *0  *0 \([a-z_0-9]*\) .*/\1/p' | head -n 1
}

names_command()
{
	named_command | grep -q '^until'
}

has_slot_0()
{
	[ -n "$(slot_0)" ]
}

mux new-session -d -x 120 -y 40 'exec sh' || exit 99
type_line './smptutor lesson run 02; echo ended-with-"$?"'
shows 'goal: cpu0.sym == enter_el2' 'the goal is on the screen'
mux send-keys Space Space
shows '[ ] cpu0.sym == enter_el2' 'and not reached, where the step ends'
mux send-keys H
shows 'After the pen comes the' 'a first hint'
mux send-keys H
becomes 'a second hint, which names a command' names_command
# The prompt takes the place of the message.
command=$(named_command)
mux send-keys :
type_line "$command"
shows 'Goal reached' 'the command reaches the goal'
shows 'Now a question: a answers it' 'a question'
becomes 'its answer is in the table' has_slot_0
mux send-keys a
type_line "$(slot_0)"
shows 'Right. ' 'the answer is on the screen, and right'
mux send-keys ]
shows 'lesson · 2/4 · 02 The pen' 'on to the next step'
mux send-keys q
shows ended-with-0 'it ends'
is_restored 'and the terminal is as it was'

# The list and a lesson have a machine and a screen each.  A key that the terminal echoed would scroll the screen.
type_line 'clear; ./smptutor; echo left-with-"$?"'
shows 'lesson · choose one' 'the list of lessons'
mux send-keys Enter
shows 'One instruction' 'Enter opens the first'
mux send-keys Enter Enter s
shows 't=1 ' 'a step in it'
mux capture-pane -p | head -n 1 | grep -qF ' smptutor  psci-smc  2 CPUs  t=1 '
say $? 'the keys before it have not moved the screen'
mux send-keys q
shows left-with-0 'it ends'
is_restored 'the terminal is as it was before both'

# click LINE: the mouse on the line of the screen that has it (X10 encoding: button, column and row, each + 33).
click()
{
	row=$(mux capture-pane -p | grep -nF -e "$1" | head -n 1 | cut -d: -f1)
	for button in ' ' '#'; do
		mux send-keys -l "$(printf '\033[M%so%b' "$button" "$(printf '\\%03o' $((row + 32)))")"
	done
}

# Here the list is at the bottom, and within what that encoding can say.
mux resize-window -x 80 -y 24
type_line 'clear; TERM=screen ./smptutor; echo left-with-"$?"'
shows 'lesson · choose one' 'the list again'
shows 02-the-pen 'with the lesson'
click 02-the-pen
click 02-the-pen
shows '2/4 · 02 The pen' 'a click and another one open a lesson, where it was left'
mux send-keys q
shows left-with-0 'it ends'

echo "1..$count"
exit $failed
