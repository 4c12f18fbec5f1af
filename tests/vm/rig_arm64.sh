# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # run.sh and lib.sh assign them
# Sourced by run.sh: arm64 machines, emulated by QEMU. Platforms arm64-kvm and
# arm64-vmm-PERSONALITY are guests of real KVM, each in an outer guest whose CPU has EL2.

. "$here/images_arm64.sh"

efi=/usr/share/qemu-efi-aarch64/QEMU_EFI.fd

arm64_make() { make -C "$top" -s -j2 ARCH=arm64 "$@"; }

arm64_module()	# SERIES
{
	arm64_make KDIR="$("$here/kernel.sh" "$1" arm64)/build" module
}

prepare_arm64()
{
	local sysroot
	sysroot=$("$here/arm64_root.sh" sysroot)
	prepare "arm64 tool" arm64_make SYSROOT="$sysroot" static
	prepare "arm64 test programs" arm64_programs_build
	prepare "arm64 image" arm64_base_image
}

prepare_arm64_nested()
{
	prepare_arm64
	prepare "arm64 test VMM" arm64_make vmm
	prepare "arm64 outer image" arm64_qemu_image
}

arm64_machine_of()	# PLATFORM
{
	case $1 in
	arm64-virt) echo '-M virt -cpu cortex-a72' ;;
	arm64-smc) echo '-M virt,virtualization=on -cpu cortex-a72' ;;
	arm64-smc-vhe) echo '-M virt,virtualization=on -cpu neoverse-n1' ;;
	arm64-secure) echo '-M virt,secure=on -cpu cortex-a72' ;;
	arm64-acpi) echo "-M virt -cpu cortex-a72 -bios $efi" ;;
	arm64-xen | outer) echo '-M virt,virtualization=on,gic-version=3 -cpu neoverse-n1' ;;
	*) die "no platform is called $1" ;;
	esac
}

arm64_boot()	# LOG PLATFORM QEMU_ARGUMENT...
{
	local log=$1 machine
	machine=$(arm64_machine_of "$2")
	shift 2
	# shellcheck disable=SC2086 # a list of arguments
	watched "$log" qemu-system-aarch64 $machine -serial stdio \
		-display none -monitor none -nic none -no-reboot "$@" \
		</dev/null >"$log" 2>&1
}

run_arm64()	# NAME PLATFORM SERIES CPUS MEMORY GROUP TESTS
{
	local name=$1 platform=$2 series=$3 cpus=$4 memory=$5 tests=$7
	local kernel image=$vmdir/images/$1.cpio log=$vmdir/$1.log status=0 start=$SECONDS
	kernel=$(echo "$("$here/kernel.sh" "$series" arm64)"/boot/vmlinuz-*)
	hypervisor "$platform" >"$vmdir/$name.hypervisor"
	arm64_overlay "$name" "$platform" "$series" "$tests" "$image.overlay"
	cat "$(arm64_base_image)" "$image.overlay" >"$image"
	rm "$image.overlay"
	local load=(-kernel "$kernel" -initrd "$image"
		-append "console=ttyAMA0 $quiet")
	if [ "$platform" = arm64-xen ]; then
		load=(-kernel "$("$here/arm64_root.sh" xen)/boot/xen-4.17-arm64"
			-append "dom0_mem=640M console=dtuart dtuart=/pl011@9000000 noreboot"
			-device "guest-loader,addr=0x49000000,kernel=$kernel,bootargs=console=hvc0 $quiet"
			-device "guest-loader,addr=0x4e000000,initrd=$image")
	fi
	once_more "$name" "$platform" "$log" arm64_boot "$log" "$platform" -m "$memory" -smp "$cpus" \
		"${load[@]}" || status=$?
	rm "$image"
	guest_result "$name" "$log" $status $((SECONDS - start)) "$platform"
}

arm64_job_command()	# PLATFORM MEMORY CPUS
{
	case $1 in
	arm64-kvm)
		echo "qemu-system-aarch64 -M virt,gic-version=host -accel kvm -cpu host" \
			"-m $2 -smp $3 -kernel /vmlinuz -initrd /tmp/initrd" \
			"-append 'console=ttyAMA0 $quiet' -display none" \
			"-serial stdio -monitor none -nic none -no-reboot"
		;;
	*)
		echo "vmm -p /personalities/${1#arm64-vmm-}.conf -m $2" \
			"-a 'console=ttyS0 $quiet' -i /tmp/initrd /vmlinuz"
		;;
	esac
}

# The outer guest has the same kernel.
run_arm64_nested()	# NAME PLATFORM SERIES CPUS MEMORY GROUP TESTS
{
	local name=$1 platform=$2 series=$3 cpus=$4 memory=$5 tests=$7
	local kernel root image=$vmdir/images/$1.cpio outer_log=$vmdir/$1.outer.log
	local status=0 start=$SECONDS relay=$vmdir/$1.relay.log
	kernel=$(echo "$("$here/kernel.sh" "$series" arm64)"/boot/vmlinuz-*)
	hypervisor arm64-kvm "$series" >"$vmdir/$name.hypervisor"
	root=$(mktemp -d "$vmdir/images/job.XXXXXX")
	mkdir "$root/bin"
	cp "$kernel" "$root/vmlinuz"
	ln "$(arm64_base_image)" "$root/base.cpio"
	cp "$here/nest-init-arm64" "$root/init"
	arm64_overlay "$name" "$platform" "$series" "$tests" "$root/overlay.cpio"
	printf 'job_command="%s"\n' "$(arm64_job_command "$platform" "$memory" "$cpus")" \
		>"$root/job"
	$arm64_strip -o "$root/bin/vmm" "$build/arm64/vmm"
	cp -r "$top/tests/vmm/arm64/personalities" "$root/"
	{
		cat "$(arm64_base_image)"
		[ "$platform" != arm64-kvm ] || cat "$(arm64_qemu_image)"
		pack "$root"
	} >"$image"
	rm -rf "$root"
	once_more "$name" "$platform" "$outer_log" arm64_boot "$outer_log" outer -m 2048 -smp 1 \
		-kernel "$kernel" -initrd "$image" -append "console=ttyAMA0 $quiet" || status=$?
	rm "$image"

	awk '{ sub(/\r+$/, "") }
		$1 == "@@" { inside = $2 == "begin"; print; next }
		inside' "$outer_log" >"$relay"
	inner_result "$name" "$relay" $status $start "$platform"
	awk '$1 == "@@" { outside = $2 == "end"; next } outside' "$outer_log" >"$outer_log.own"
	kernel_log_result "$name: outer guest" "$outer_log.own" ""
}
