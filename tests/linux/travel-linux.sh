#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Back and forth at random moments of a Debian kernel's boot on 4 CPUs (tests/linux/travel.c): the machine, its events and
# its console are what they are when it is never stopped.
#	tests/linux/travel-linux.sh [SEED]
# Prints TAP.  Run by make check from the build tree; skipped until tools/get-linux has fetched a kernel.
. "${srcdir:-.}/tests/linux/linux.sh"
needs initrd.gz
exec tests/linux/travel "$linux/vmlinuz" "$linux/initrd.gz" "$@"
