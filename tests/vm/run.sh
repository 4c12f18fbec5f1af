#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh [--raw] [NAME|GROUP...]: boots the guests of vmtests.cfg, LANES at a time,
# and prints their results as one TAP stream. --raw leaves numbers and tally to the
# caller.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
. "$here/images.sh"
. "$here/judge.sh"
. "$here/rig_direct.sh"
. "$here/rig_nested.sh"

# Emulation on a busy machine is slow, which is no lockup.
# shellcheck disable=SC2034 # for the rigs
cmdline='console=ttyS0 quiet panic=-1 oops=panic watchdog_thresh=60 rcupdate.rcu_cpu_stall_timeout=300'
results=$vmdir/results

# Names of the guests that the arguments choose.
chosen()
{
	[ $# -gt 0 ] || set -- default
	local want
	for want; do
		awk -v want="$want" '!/^#/ && NF && ($1 == want || $6 == want) {
			print; found = 1
		} END { exit !found }' "$here/vmtests.cfg" ||
			die "no guest and no group is called $want (see tests/vm/vmtests.cfg)"
	done
}

module_of()	# KERNEL_DIRECTORY
{
	echo "$build/module/$(cat "$1/release")/hvprobe.ko"
}

build_common()
{
	make -C "$top" -s -j2 static >"$vmdir/build-tool.log" 2>&1 || {
		emit "not ok" "build: tool for the guests (build/vm/build-tool.log)"
		return 1
	}
	guest_programs_build >"$vmdir/build-guest.log" 2>&1 || {
		emit "not ok" "build: programs for the guests (build/vm/build-guest.log)"
		return 1
	}
}

# Prints the series that have a kernel and a module.
build_series()	# SERIES...
{
	local series
	for series; do
		if "$here/module.sh" "$series" >"$vmdir/build-$series.log" 2>&1; then
			echo "$series"
		else
			say "no module for $series, see build/vm/build-$series.log"
		fi
	done
}

# A /dev/kvm can be there and fail, so it has to boot something first.
kvm_usable()
{
	local kernel answer=$vmdir/kvm-usable log=$vmdir/kvm-probe.log boot
	boot=$(cat /proc/sys/kernel/random/boot_id)
	if [ "$(cut -d' ' -f1 "$answer" 2>/dev/null)" != "$boot" ]; then
		echo "$boot no" >"$answer"
		if [ -w /dev/kvm ]; then
			kernel=$("$here/kernel.sh" 6.12)
			quiet_turns=75 boot_guest "$log" "$log" "$kernel" "$(probe_image)" \
				-accel kvm -cpu host -m 256 || true
			! grep -q '^alive' "$log" || echo "$boot yes" >"$answer"
		fi
	fi
	grep -q ' yes$' "$answer"
}

# What the kernel may say on a platform.
allowed_on()	# PLATFORM
{
	sed -n "s/^allow_kmsg='\\(.*\\)'$/\\1/p" "$here/expect/$1"
}

run_line()	# NAME PLATFORM SERIES...
{
	case $2 in
	tcg) run_direct "$@" ;;
	*)
		if kvm_usable; then
			run_direct "$@"
		else
			run_nested "$@"
		fi
		;;
	esac
}

# Results of the guests that have ended since the last look.
show_ended()
{
	local file
	for file in "$results"/*.ended; do
		[ -e "$file" ] || continue
		cat "${file%.ended}"
		rm "$file" "${file%.ended}"
	done
}

run_lines()	# LINE...
{
	local line name n=0
	rm -rf "$results"
	mkdir -p "$results"
	for line; do
		while [ "$(jobs -rp | wc -l)" -ge "$lanes" ]; do
			wait -n || true
			show_ended
		done
		n=$((n + 1))
		name=${line%%[[:space:]]*}
		(
			# shellcheck disable=SC2086 # columns
			run_line $line >"$results/$n" ||
				emit "not ok" "$name: the rig ended with status $?" >>"$results/$n"
			: >"$results/$n.ended"
		) &
	done
	while [ -n "$(jobs -rp)" ]; do
		wait -n || true
		show_ended
	done
	show_ended
}

main()
{
	local lines line series ready jobs=() start=$SECONDS
	lines=$(chosen "$@") || exit 1
	build_common || return 0
	# shellcheck disable=SC2046 # one argument each
	ready=$(build_series $(awk '{ print $3 }' <<<"$lines" | sort -u))
	if grep -qvE '^[^ ]+ +tcg ' <<<"$lines"; then
		if kvm_usable; then
			say "KVM guests: on this machine's own KVM"
		else
			say "KVM guests: no usable /dev/kvm here, nested in QEMU's emulated SVM"
			nested_outer >"$vmdir/images/outer.name" ||
				{ emit "not ok" "the outer guest's image"; return 0; }
		fi
	fi
	base_image >"$vmdir/images/base.name" || { emit "not ok" "the guests' image"; return 0; }
	while read -r line; do
		series=$(awk '{ print $3 }' <<<"$line")
		if grep -qxF "$series" <<<"$ready"; then
			jobs+=("$line")
		else
			emit "not ok" "${line%% *}: no module for $series, see build/vm/build-$series.log"
		fi
	done <<<"$lines"
	run_lines "${jobs[@]}"
	say "guests: $((SECONDS - start)) s, $lanes at a time"
}

mkdir -p "$vmdir/images"
trap 'trap - TERM; kill 0; exit 130' INT TERM
if [ "${1-}" = --raw ]; then
	shift
	main "$@"
else
	main "$@" | awk -f "$here/summary.awk"
fi
