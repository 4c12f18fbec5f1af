# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Sourced by run.sh: platform "bochs", KVM on the VT-x that Bochs emulates. A line's
# tests are guests of tests/vmm/guests.expect, or "all" of group bochs, in one boot.

run_bochs()	# lines of the table, one argument each
{
	local line name memory limit tests log status start
	if ! make -C "$top" -s -j2 vmm >"$vmdir/build-vmm.log" 2>&1; then
		emit "not ok" "build: test VMM (build/vm/build-vmm.log)"
		return
	fi
	for line; do
		read -r name _ _ _ memory limit _ tests <<<"$line"
		log=$vmdir/$name.log
		status=0
		start=$SECONDS
		[ "$tests" != all ] || tests=
		# shellcheck disable=SC2086 # one argument each
		"$top/tests/vmm/guests.sh" --bochs "$memory" "$limit" ${tests//,/ } \
			>"$log" || status=$?
		awk -v name="$name" -v status=$status -f "$here/tap.awk" "$log"
		say "$name: $((SECONDS - start)) s"
	done
}
