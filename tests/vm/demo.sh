#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What hvprobe says here, then what it says in a guest under real KVM with the
# module loaded.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
cd "$top"
unset MAKEFLAGS MFLAGS MAKELEVEL

title() { printf '\n== %s\n\n' "$1"; }

mkdir -p "$vmdir"
title "Building"
make -s -j2 tool static
echo "build/hvprobe and build/hvprobe.static"

title "This machine: hvprobe"
here_status=0
build/hvprobe || here_status=$?

title "A guest under KVM, hvprobe.ko loaded (boots in under a minute)"
guest_status=0
"$here/run.sh" demo >"$vmdir/demo.tap" 2>"$vmdir/demo.err" || guest_status=$?
grep '^# KVM guests' "$vmdir/demo.err" || true
tr -d '\r' <"$vmdir/demo.log" | sed -n 's/^    | \{0,1\}//p'

title "Summary"
case $here_status in
0) echo "this machine: reported" ;;
3) echo "this machine: reported, but what it is cannot be told from here" ;;
*) echo "this machine: hvprobe failed with status $here_status" ;;
esac
if [ $guest_status -eq 0 ]; then
	echo "guest:        booted, module loaded, reported, unloaded, kernel log clean"
else
	echo "guest:        failed, console in build/vm/demo.log"
	grep -E '^# (failed|not ok)' "$vmdir/demo.tap" || cat "$vmdir/demo.err"
fi
[ "$here_status" -eq 0 ] || [ "$here_status" -eq 3 ] || exit 1
exit $guest_status
