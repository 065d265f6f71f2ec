# SPDX-License-Identifier: GPL-2.0-or-later
#
# What tests with QEMU as a referee share; to be sourced.

# QEMU's time comes from the instructions it runs, and one thread runs them: its console does not depend on how busy the
# host is.
qemu_options='-accel tcg,thread=single -icount shift=3,sleep=off'
qemu_limit=300	# seconds of the host, for a QEMU that hangs
