#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Back and forth at random moments of a Debian kernel's boot on 4 CPUs (tests/linux/travel.c): the machine, its events and
# its console are what they are when it is never stopped.
#	tests/linux/travel-linux.sh [SEED]
# Prints TAP.  Run by make check from the build tree; skipped until tools/get-linux has fetched a kernel into the cache,
# or into the folder that LINUX_DIR names.
set -u

dir=${LINUX_DIR:-${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/smptutor}

skip()
{
	echo "1..0 # SKIP $1"
	exit 0
}

[ -f "$dir/initrd.gz" ] || skip "no kernel in $dir: run tools/get-linux"
[ "${SANITIZERS:-no}" = no ] || skip 'a kernel boot with sanitizers takes too long'
exec tests/linux/travel "$dir/vmlinuz" "$dir/initrd.gz" "$@"
