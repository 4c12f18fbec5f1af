#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# matrix.sh [--raw]: builds the module for the oldest and the newest kernel, where no
# compiler may warn, and boots the guests of group "matrix". Prints TAP.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
. "$here/judge.sh"

build_on()	# WHICH
{
	local kernel log=$vmdir/build-$1.log warnings
	if ! kernel=$("$here/kernel.sh" "$1"); then
		emit "not ok" "module for the $1 kernel: no kernel"
		return
	fi
	# What was built before says nothing again.
	rm -rf "$build/module/$(cat "$kernel/release")"
	if ! "$here/module.sh" "$1" >"$log" 2>&1; then
		emit "not ok" "module builds for $(cat "$kernel/release")"
		grep -E 'error|warning' "$log" | head -n 15 | sed 's/^/#   /'
		return
	fi
	emit "ok" "module builds for $(cat "$kernel/release")"
	warnings=$(grep -i 'warning' "$log") || true
	if [ -z "$warnings" ]; then
		emit "ok" "without warnings for $(cat "$kernel/release")"
	else
		emit "not ok" "without warnings for $(cat "$kernel/release")"
		head -n 15 <<<"$warnings" | sed 's/^/#   /'
	fi
}

main()
{
	if [ "$(id -u)" -ne 0 ]; then
		emit "ok" "oldest and newest kernel # SKIP their roots can be made by root only"
		return
	fi
	build_on oldest
	build_on newest
	"$here/run.sh" --raw matrix ||
		emit "not ok" "guests of the matrix: run.sh ended with status $?"
}

mkdir -p "$vmdir"
if [ "${1-}" = --raw ]; then
	main
else
	main | awk -f "$here/summary.awk"
fi
