#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# module.sh SERIES: builds the module for that kernel of kernel.sh, in the kernel's
# own Debian root where it has one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

kernel=$("$here/kernel.sh" "${1:?usage: module.sh SERIES}")
unset MAKEFLAGS MFLAGS MAKELEVEL

if [ ! -d "$kernel/root" ]; then
	exec make -C "$top" -s -j2 module KDIR="$kernel/build"
fi

# objtool reads /proc. What is mounted goes away with the namespace.
# shellcheck disable=SC2016 # the inner shell's
exec unshare --mount --pid --fork sh -euc '
	mount -t proc proc "$1/proc"
	mount --bind "$2" "$1/mnt"
	exec chroot "$1" make -C /mnt -s -j2 module KDIR="/usr/src/linux-headers-$3"
' sh "$kernel/root" "$top" "$(cat "$kernel/release")"
