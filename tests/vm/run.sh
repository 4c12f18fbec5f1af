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
. "$here/rig_xen.sh"
. "$here/rig_xen_bochs.sh"

# Emulation on a busy machine is slow, which is no lockup.
# shellcheck disable=SC2034 # for the rigs
quiet='quiet panic=-1 oops=panic softlockup_panic=1 watchdog_thresh=60 rcupdate.rcu_cpu_stall_timeout=300'
. "$here/rig_direct.sh"
. "$here/rig_nested.sh"
. "$here/rig_bochs.sh"
. "$here/rig_arm64.sh"

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

# A step that many guests share; its output is in a log, its failure is told once.
prepare()	# WHAT COMMAND...
{
	local log=$vmdir/build-${1// /-}.log status
	[ ! -e "$log.failed" ] || return 1
	set +e
	(set -e; "${@:2}") >"$log" 2>&1
	status=$?
	set -e
	[ $status -ne 0 ] || return 0
	: >"$log.failed"
	emit "not ok" "build: $1 (${log#"$top"/})"
	return 1
}

# Runs a command under "set -e", which "||" would turn off in all that it calls.
attempt()	# KEY COMMAND...; broken[KEY] if it fails
{
	set +e
	(set -e; "${@:2}")
	# shellcheck disable=SC2181
	[ $? -eq 0 ] || broken[$1]=1
	set -e
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

# A rig starts the guests of some platforms: rig_NAME.sh with prepare_NAME, which makes
# what its guests share, and run_NAME, which takes the columns of a line.
rig_of()	# NAME PLATFORM...
{
	case $2 in
	tcg) echo direct ;;
	bochs) echo bochs ;;
	xen-*-intel) echo xen_bochs ;;
	xen-*) echo xen ;;
	arm64-kvm | arm64-vmm-*) echo arm64_nested ;;
	arm64-*) echo arm64 ;;
	*) if kvm_usable; then echo direct; else echo nested; fi ;;
	esac
}

# Boots a guest, and again if it fell silent, which is not kept secret. One that had
# failed by then is not given a second chance to pass.
once_more()	# NAME PLATFORM LOG COMMAND...
{
	local name=$1 platform=$2 log=$3 silent=$vmdir/$1.silent.log status=0
	shift 3
	"$@" || status=$?
	[ $status -eq 124 ] || return $status
	cat "$log" "$vmdir/$name.outer.log" >"$silent" 2>/dev/null || true
	if grep -aqE '^ *not ok' "$silent" ||
		[ -n "$(complaints "$silent" "$(allowed_on "$platform")")" ]; then
		return $status
	fi
	emit "ok" "$name: first boot # SKIP fell silent or never ended (build/vm/$name.silent.log), booted again"
	"$@"
}

# What an inner guest said, relayed with a line "@@ end STATUS SECONDS" behind it.
inner_result()	# NAME RELAY STATUS START PLATFORM; status and start of the outer one
{
	local code seconds
	awk '{ sub(/\r+$/, "") } !/^@@ /' "$2" >"$vmdir/$1.log"
	read -r code seconds < <(tr -d '\r' <"$2" | sed -n 's/^@@ end //p') ||
		{ code=$3 seconds=$((SECONDS - $4)); }
	guest_result "$1" "$vmdir/$1.log" "$code" "$seconds" "$5"
	[ "$3" -eq 0 ] ||
		emit "not ok" "$1: outer guest ended with status $3, see build/vm/$1.outer.log"
}

# Results of the guests that have ended since the last look, and behind them what
# became of the lane. Either may lack its last newline.
show_ended()	# [died]
{
	local file name
	for file in "$results"/*."${1-ended}"; do
		[ -e "$file" ] || continue
		awk 1 "${file%.*}" "$file" >"$results/shown"
		cat "$results/shown"
		# What failed is not in docs/verified.md.
		name=${file#"$results"/*-}
		! grep -q '^not ok' "$results/shown" || rm -f "$vmdir/${name%.*}.hypervisor"
		rm "$file" "${file%.*}"
	done
}

run_lines()	# LINE...
{
	local line name file status n=0
	rm -rf "$results"
	mkdir -p "$results"
	for line; do
		while [ "$(jobs -rp | wc -l)" -ge "$lanes" ]; do
			wait -n || true
			show_ended
		done
		n=$((n + 1))
		name=${line%%[[:space:]]*}
		file=$results/$n-$name
		: >"$file"
		emit "not ok" "$name: its lane died" >"$file.died"
		(
			set +e
			# "||" behind it would turn "set -e" off in the whole rig.
			# shellcheck disable=SC2046,SC2086 # columns
			(set -e; run_$(rig_of $line) $line) >"$file"
			status=$?
			: >"$file.verdict"
			[ $status -eq 0 ] || emit "not ok" \
				"$name: the rig ended with status $status" >"$file.verdict"
			mv "$file.verdict" "$file.died"
			mv "$file.died" "$file.ended"
		) &
	done
	while [ -n "$(jobs -rp)" ]; do
		wait -n || true
		show_ended
	done
	show_ended
	show_ended died
}

kernels_of()	# RIG
{
	case $1 in
	arm64*) echo arm64 ;;
	*) echo amd64 ;;
	esac
}

build_module()	# ARCH SERIES
{
	case $1 in
	arm64) arm64_module "$2" ;;
	*) "$here/module.sh" "$2" ;;
	esac
}

main()
{
	local lines line name rig kind want jobs=() start=$SECONDS
	local -A of_rig=() series=() broken=()
	lines=$(chosen "$@") || exit 1
	rm -f "$vmdir"/build-*.failed
	while read -r line; do
		# shellcheck disable=SC2086 # columns
		rig=$(rig_of $line)
		want=$(awk '{ print $3 }' <<<"$line")
		kind=$(kernels_of "$rig")
		of_rig[$rig]+=$line$'\n'
		series[$kind $want]=1
	done <<<"$lines"
	[ ! -v "of_rig[nested]" ] ||
		say "KVM guests: no usable /dev/kvm here, nested in QEMU's emulated SVM"
	for want in "${!series[@]}"; do
		# shellcheck disable=SC2086 # two
		attempt "$want" prepare "module for $want" build_module $want
	done
	for rig in "${!of_rig[@]}"; do
		attempt "$rig" "prepare_$rig"
	done
	while read -r line; do
		# shellcheck disable=SC2086 # columns
		rig=$(rig_of $line)
		want="$(kernels_of "$rig") $(awk '{ print $3 }' <<<"$line")"
		if [ -v "broken[$rig]" ] || [ -v "broken[$want]" ]; then
			name=${line%%[[:space:]]*}
			emit "not ok" "$name: not run, what it needs does not build"
			rm -f "$vmdir/$name.hypervisor"
		else
			jobs+=("$line")
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
