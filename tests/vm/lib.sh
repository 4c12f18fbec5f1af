# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
# Sourced by the scripts of this folder: where things live, how trouble is told.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$top/build
vmdir=$build/vm
cache=${HVPROBE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/hvprobe}

say() { printf '%s\n' "# $*" >&2; }

die()
{
	printf '%s\n' "${0##*/}: $*" >&2
	exit 1
}

qemu_version() { qemu-system-x86_64 --version | sed -n 's/.*version \([0-9.]*\).*/\1/p'; }

# What a guest runs on, in words for docs/verified.md.
hypervisor()	# tcg | native | nested
{
	case $1 in
	tcg) echo "QEMU $(qemu_version) TCG" ;;
	native) echo "KVM of Linux $(uname -r)" ;;
	nested)
		echo "KVM of Linux $(cat "$("$top/tests/vm/kernel.sh" 6.12)/release")" \
			"on SVM that QEMU $(qemu_version) emulates"
		;;
	esac
}

# Replaces $2 by the directory $1 in one step; the loser of a race cleans up.
publish()
{
	mv -T "$1" "$2" 2>/dev/null || { [ -d "$2" ] && rm -rf "$1"; }
}
