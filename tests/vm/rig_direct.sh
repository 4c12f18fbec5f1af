# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # run.sh and lib.sh assign them
# Sourced by run.sh: guests that QEMU of this machine runs, by emulation or by KVM.

prepare_direct()
{
	prepare "tool" make -C "$top" -s -j2 static
	prepare "programs for guests" guest_programs_build
	prepare "image" base_image
}

# Until it powers off or falls silent. RELAY is the file that grows, for a guest that
# has more to say than its first console.
boot_guest()	# LOG RELAY KERNEL_DIRECTORY INITRD QEMU_ARGUMENT...
{
	local log=$1 relay=$2 kernel=$3 initrd=$4
	shift 4
	watched "$relay" qemu-system-x86_64 -serial stdio "$@" \
		-kernel "$kernel"/boot/vmlinuz-* -initrd "$initrd" \
		-append "${parameters-console=ttyS0 $quiet}" \
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

guest_result()	# NAME LOG STATUS SECONDS PLATFORM
{
	awk -v name="$1" -f "$here/tap.awk" "$2"
	kernel_log_result "$1" "$2" "$(allowed_on "$5")"
	case $3 in
	0) say "$1: $4 s" ;;
	124) emit "not ok" "$1: fell silent or never ended, see ${2#"$top"/}" ;;
	*) emit "not ok" "$1: QEMU ended with status $3, see ${2#"$top"/}" ;;
	esac
}

run_direct()	# NAME PLATFORM SERIES CPUS MEMORY GROUP TESTS
{
	local name=$1 platform=$2 series=$3 cpus=$4 memory=$5 tests=$7
	local kernel instruction=vmmcall accel=kvm status=0 start=$SECONDS
	local image=$vmdir/images/$name.cpio log=$vmdir/$name.log
	kernel=$("$here/kernel.sh" "$series")
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
		"$(module_of "$kernel")" "$tests" "$image.overlay"
	cat "$(base_image)" "$image.overlay" >"$image"
	rm "$image.overlay"
	once_more "$name" "$platform" "$log" boot_guest "$log" "$log" "$kernel" "$image" -accel $accel \
		-cpu "$(cpu_of "$platform")" -m "$memory" -smp "$cpus" || status=$?
	rm "$image"
	guest_result "$name" "$log" $status $((SECONDS - start)) "$platform"
}
