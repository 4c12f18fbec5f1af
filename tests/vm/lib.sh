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

# Replaces $2 by the directory $1 in one step; the loser of a race cleans up.
publish()
{
	mv -T "$1" "$2" 2>/dev/null || { [ -d "$2" ] && rm -rf "$1"; }
}
