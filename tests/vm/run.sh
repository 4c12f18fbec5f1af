#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh [--raw] [NAME|GROUP...]: boots the guests of vmtests.cfg, prints their
# results as one TAP stream. --raw leaves numbers and tally to the caller.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
. "$here/images.sh"
. "$here/judge.sh"

cmdline='console=ttyS0 quiet panic=-1 oops=panic'

# Names of the guests that the arguments choose.
chosen()
{
	[ $# -gt 0 ] || set -- default
	local want
	for want; do
		awk -v want="$want" '!/^#/ && NF && ($1 == want || $7 == want) {
			print; found = 1
		} END { exit !found }' "$here/vmtests.cfg" ||
			die "no guest and no group is called $want (see tests/vm/vmtests.cfg)"
	done
}

module_of()	# KERNEL_DIRECTORY
{
	echo "$build/module/$(cat "$1/release")/hvprobe.ko"
}

build_all()	# SERIES...
{
	local series ok=0
	make -C "$top" -s -j2 static >"$vmdir/build-tool.log" 2>&1 || {
		ok=1
		emit "not ok" "build: tool for the guests (build/vm/build-tool.log)"
	}
	guest_programs_build >"$vmdir/build-guest.log" 2>&1 || {
		ok=1
		emit "not ok" "build: programs for the guests (build/vm/build-guest.log)"
	}
	for series; do
		"$here/module.sh" "$series" >"$vmdir/build-$series.log" 2>&1 || {
			ok=1
			emit "not ok" "build: module for $series (build/vm/build-$series.log)"
		}
	done
	return $ok
}

# A /dev/kvm can be there and fail, so it has to boot something first.
kvm_usable()
{
	local kernel answer=$vmdir/kvm-usable boot
	boot=$(cat /proc/sys/kernel/random/boot_id)
	if [ "$(cut -d' ' -f1 "$answer" 2>/dev/null)" != "$boot" ]; then
		echo "$boot no" >"$answer"
		if [ -w /dev/kvm ]; then
			kernel=$("$here/kernel.sh" 6.12)
			boot_guest "$vmdir/kvm-probe.log" 15 "$kernel" "$(probe_image)" \
				-accel kvm -cpu host -m 256 || true
			! grep -q '^alive' "$vmdir/kvm-probe.log" || echo "$boot yes" >"$answer"
		fi
	fi
	grep -q ' yes$' "$answer"
}

boot_guest()	# LOG TIMEOUT KERNEL_DIRECTORY INITRD QEMU_ARGUMENT...
{
	local log=$1 limit=$2 kernel=$3 initrd=$4
	shift 4
	timeout --foreground -k 5 "$limit" qemu-system-x86_64 -serial stdio "$@" \
		-kernel "$kernel"/boot/vmlinuz-* -initrd "$initrd" -append "$cmdline" \
		-display none -monitor none -vga none -nic none -no-reboot \
		</dev/null >"$log" 2>&1
}

cpu_of()	# PLATFORM
{
	case $1 in
	tcg) echo 'EPYC,+svm,-sse4a' ;;
	kvm) echo 'host' ;;
	kvm-hyperv) echo 'host,hv-passthrough' ;;
	hyperv)
		echo 'host,kvm=off,hv-relaxed,hv-vapic,hv-spinlocks=0x1fff,hv-vpindex,hv-runtime,hv-time,hv-reset,hv-frequencies,hv-synic,hv-stimer,hv-tlbflush,hv-ipi,hv-xmm-input'
		;;
	kvm-intel-name) echo 'host,vendor=GenuineIntel' ;;
	*) die "no platform is called $1" ;;
	esac
}

# What the kernel may say on a platform.
allowed_on()	# PLATFORM
{
	sed -n "s/^allow_kmsg='\\(.*\\)'$/\\1/p" "$here/expect/$1"
}

guest_result()	# NAME LOG STATUS SECONDS PLATFORM TIMEOUT
{
	awk -v name="$1" -f "$here/tap.awk" "$2"
	kernel_log_result "$1" "$2" "$(allowed_on "$5")"
	# What did not come to its end is not in docs/verified.md.
	[ "$3" -eq 0 ] || rm -f "$vmdir/$1.hypervisor"
	case $3 in
	0) say "$1: $4 s" ;;
	124 | 137 | 143) emit "not ok" "$1: timed out after $6 s, see ${2#"$top"/}" ;;
	*) emit "not ok" "$1: QEMU ended with status $3, see ${2#"$top"/}" ;;
	esac
}

run_direct()	# one line of the table
{
	local name=$1 platform=$2 series=$3 cpus=$4 memory=$5 limit=$6 tests=$8
	local kernel instruction=vmmcall accel status=0 start=$SECONDS
	kernel=$("$here/kernel.sh" "$series")
	accel=kvm
	hypervisor native >"$vmdir/$name.hypervisor"
	if [ "$platform" = tcg ]; then
		accel=tcg
		hypervisor tcg >"$vmdir/$name.hypervisor"
	elif grep -qm1 GenuineIntel /proc/cpuinfo; then
		instruction=vmcall
		if [ "$platform" = kvm-intel-name ]; then
			emit "ok" "$name: all # SKIP the CPU of this machine is an Intel one"
			return
		fi
	fi
	guest_overlay "$name" "$platform" "$series" "$instruction" \
		"$(module_of "$kernel")" "$tests" "$vmdir/images/$name.overlay"
	cat "$(base_image)" "$vmdir/images/$name.overlay" >"$vmdir/images/$name.cpio"
	rm "$vmdir/images/$name.overlay"
	boot_guest "$vmdir/$name.log" "$limit" "$kernel" "$vmdir/images/$name.cpio" \
		-accel $accel -cpu "$(cpu_of "$platform")" -m "$memory" -smp "$cpus" || status=$?
	rm "$vmdir/images/$name.cpio"
	guest_result "$name" "$vmdir/$name.log" $status $((SECONDS - start)) "$platform" "$limit"
}

# All guests under KVM in one outer guest, whose CPU has SVM by emulation.
run_nested()	# lines of the table, one argument each
{
	local line kernel outer root job total=60 n=0 status=0 start=$SECONDS
	local name platform series cpus memory limit _ tests
	local outer_log=$vmdir/outer.log relay=$vmdir/relay.log
	root=$(mktemp -d "$vmdir/images/jobs.XXXXXX")
	ln "$(base_image)" "$root/base.cpio"
	cp "$here/nest-init" "$root/init"
	echo "$cmdline" >"$root/cmdline"
	for line; do
		read -r name platform series cpus memory limit _ tests <<<"$line"
		kernel=$("$here/kernel.sh" "$series")
		n=$((n + 1))
		total=$((total + limit))
		job=$root/jobs/$(printf '%02d' $n)
		mkdir -p "$job"
		# The outer image has these two.
		case $series in
		6.1 | 6.12) ;;
		*) mkdir -p "$root/boot" && cp "$kernel"/boot/vmlinuz-* "$root/boot/" ;;
		esac
		guest_overlay "$name" "$platform" "$series" vmmcall \
			"$(module_of "$kernel")" "$tests" "$job/overlay.cpio"
		printf 'job_name=%s\njob_timeout=%s\njob_kernel=%s\njob_args="%s"\n' \
			"$name" "$limit" "vmlinuz-$(cat "$kernel/release")" \
			"-cpu $(cpu_of "$platform") -m $memory -smp $cpus" >"$job/conf"
	done
	outer=$(outer_image "$("$here/kernel.sh" 6.1)" "$("$here/kernel.sh" 6.12)")
	{
		cat "$outer"
		pack "$root"
	} >"$vmdir/images/nested.cpio"
	rm -rf "$root"

	# With XSAVE inner guests boot into a WARNING about its sizes (CPUID 0xd is
	# not updated after XSETBV); with two CPUs the outer kernel died of a stray int3.
	boot_guest "$outer_log" "$total" "$("$here/kernel.sh" 6.12)" \
		"$vmdir/images/nested.cpio" -accel tcg \
		-cpu EPYC,+svm,+npt,-sse4a,-xsave -m 3072 -smp 1 \
		-serial "file:$relay" || status=$?
	rm "$vmdir/images/nested.cpio"

	for line; do
		read -r name platform _ _ _ limit _ _ <<<"$line"
		split_relay "$name" "$relay" >"$vmdir/$name.log"
		hypervisor nested >"$vmdir/$name.hypervisor"
		read -r code seconds < <(tr -d '\r' <"$relay" |
			sed -n "s/^@@ end $name //p") || { code=124 seconds=0; }
		guest_result "$name" "$vmdir/$name.log" "$code" "$seconds" "$platform" "$limit"
	done
	kernel_log_result "outer guest" "$outer_log" "$(allowed_on kvm)"
	[ $status -eq 0 ] ||
		emit "not ok" "outer guest: ended with status $status, see ${outer_log#"$top"/}"
	say "nested guests: $((SECONDS - start)) s"
}

split_relay()	# NAME RELAY_LOG
{
	awk -v name="$1" '{ sub(/\r+$/, "") }
		$1 == "@@" && $3 == name { inside = $2 == "begin"; next }
		inside' "$2"
}

needs_kvm()	# LINES of the table
{
	awk '$2 != "tcg" { found = 1 } END { exit !found }' <<<"$1"
}

main()
{
	local lines line nested=() kernels
	lines=$(chosen "$@") || exit 1
	kernels=$(awk '{ print $3 }' <<<"$lines" | sort -u)
	# shellcheck disable=SC2086 # one argument each
	build_all $kernels || return 0

	if needs_kvm "$lines"; then
		if kvm_usable; then
			say "KVM guests: on this machine's own KVM"
		else
			say "KVM guests: no usable /dev/kvm here, nested in QEMU's emulated SVM"
		fi
	fi
	while read -r line; do
		if needs_kvm "$line" && ! kvm_usable; then
			nested+=("$line")
		else
			# shellcheck disable=SC2086 # columns
			run_direct $line
		fi
	done <<<"$lines"
	[ ${#nested[@]} -eq 0 ] || run_nested "${nested[@]}"
}

mkdir -p "$vmdir/images"
if [ "${1-}" = --raw ]; then
	shift
	main "$@"
else
	main "$@" | awk -f "$here/summary.awk"
fi
