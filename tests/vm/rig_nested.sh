# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # run.sh and lib.sh assign them
# Sourced by run.sh: guests under KVM where this machine has none: each in an outer
# guest of its own, whose CPU has SVM by emulation.

prepare_nested()
{
	prepare_direct
	prepare "outer image" nested_outer
}

run_nested()	# NAME PLATFORM SERIES CPUS MEMORY GROUP TESTS
{
	local name=$1 platform=$2 series=$3 cpus=$4 memory=$5 tests=$7
	local kernel outer root status=0 start=$SECONDS
	local image=$vmdir/images/$name.cpio
	local outer_log=$vmdir/$name.outer.log relay=$vmdir/$name.relay.log
	kernel=$("$here/kernel.sh" "$series")
	root=$(mktemp -d "$vmdir/images/jobs.XXXXXX")
	ln "$(base_image)" "$root/base.cpio"
	cp "$here/nest-init" "$root/init"
	echo "console=ttyS0 $quiet" >"$root/cmdline"
	# The outer image has these two.
	case $series in
	6.1 | 6.12) ;;
	*) mkdir -p "$root/boot" && cp "$kernel"/boot/vmlinuz-* "$root/boot/" ;;
	esac
	guest_overlay "$name" "$platform" "$series" vmmcall \
		"$(module_of "$kernel")" "$tests" "$root/overlay.cpio"
	printf 'job_kernel=%s\njob_args="%s"\n' "vmlinuz-$(cat "$kernel/release")" \
		"-cpu $(cpu_of "$platform") -m $memory -smp $cpus" >"$root/job"
	outer=$(nested_outer)
	{
		cat "$outer"
		pack "$root"
	} >"$image"
	rm -rf "$root"

	# With XSAVE inner guests boot into a WARNING about its sizes (CPUID 0xd is
	# not updated after XSETBV); with two CPUs the outer kernel died of a stray int3.
	: >"$relay"
	hypervisor nested >"$vmdir/$name.hypervisor"
	parameters=$outer_quiet once_more "$name" "$platform" "$relay" boot_guest "$outer_log" "$relay" \
		"$("$here/kernel.sh" 6.12)" "$image" -accel tcg \
		-cpu EPYC,+svm,+npt,-sse4a,-xsave -m 3072 -smp 1 \
		-serial "file:$relay" || status=$?
	rm "$image"

	inner_result "$name" "$relay" $status $start "$platform"
	kernel_log_result "$name: outer guest" "$outer_log" "$(allowed_on kvm)"
}

nested_outer()
{
	outer_image "$("$here/kernel.sh" 6.1)" "$("$here/kernel.sh" 6.12)"
}
