# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # run.sh and lib.sh assign them
# Sourced by run.sh: platform "bochs", KVM on the VT-x that Bochs emulates. A line's
# tests are guests of tests/vmm/guests.expect, or "all" of group bochs, in one boot.

prepare_bochs()
{
	# What the last run said would stay if this one does not come to its guests.
	rm -rf "$vmdir/vmm-bochs"
	prepare "tool" make -C "$top" -s -j2 static
	prepare "test VMM" make -C "$top" -s -j2 vmm
}

run_bochs()	# NAME PLATFORM SERIES CPUS MEMORY GROUP TESTS
{
	local name=$1 memory=$5 tests=$7 log=$vmdir/$1.log status=0 start=$SECONDS
	[ "$tests" != all ] || tests=
	# shellcheck disable=SC2086 # one argument each
	"$top/tests/vmm/guests.sh" --bochs "$memory" ${tests//,/ } >"$log" || status=$?
	awk -v name="$name" -v status=$status -f "$here/tap.awk" "$log"
	say "$name: $((SECONDS - start)) s"
}
