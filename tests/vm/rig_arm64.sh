# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154
# Sourced by run.sh: arm64 machines, emulated by QEMU. Platforms arm64-kvm and
# arm64-vmm-PERSONALITY are guests of real KVM in an outer guest whose CPU has EL2.

. "$here/images_arm64.sh"

arm64_cmdline='quiet panic=-1 oops=panic'
efi=/usr/share/qemu-efi-aarch64/QEMU_EFI.fd

arm64_make()	# WHAT MAKE_ARGUMENT...
{
	local log=$vmdir/build-arm64-$1.log
	make -C "$top" -s -j2 ARCH=arm64 "${@:2}" >"$log" 2>&1 && return
	emit "not ok" "build: arm64 $1 (${log#"$top"/})"
	return 1
}

arm64_build()	# SERIES...
{
	local series
	arm64_make tool SYSROOT="$("$here/arm64_root.sh" sysroot)" static || return
	arm64_make vmm vmm || return
	for series; do
		arm64_make "$series" KDIR="$("$here/kernel.sh" "$series" arm64)/build" \
			module || return
	done
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

arm64_boot()	# LOG TIMEOUT PLATFORM QEMU_ARGUMENT...
{
	local log=$1 limit=$2 machine
	machine=$(arm64_machine_of "$3")
	shift 3
	# shellcheck disable=SC2086 # a list of arguments
	timeout --foreground -k 5 "$limit" qemu-system-aarch64 $machine -serial stdio \
		-display none -monitor none -nic none -no-reboot "$@" \
		</dev/null >"$log" 2>&1
}

run_arm64_direct()	# one line of the table
{
	local name=$1 platform=$2 series=$3 cpus=$4 memory=$5 limit=$6 tests=$8
	local kernel initrd=$vmdir/images/$name.cpio status=0 start=$SECONDS
	kernel=$(echo "$("$here/kernel.sh" "$series" arm64)"/boot/vmlinuz-*)
	arm64_overlay "$name" "$platform" "$series" "$tests" "$initrd.overlay"
	cat "$(arm64_base_image)" "$initrd.overlay" >"$initrd"
	rm "$initrd.overlay"
	local load=(-kernel "$kernel" -initrd "$initrd"
		-append "console=ttyAMA0 $arm64_cmdline")
	if [ "$platform" = arm64-xen ]; then
		load=(-kernel "$("$here/arm64_root.sh" xen)/boot/xen-4.17-arm64"
			-append "dom0_mem=640M console=dtuart dtuart=/pl011@9000000 noreboot"
			-device "guest-loader,addr=0x49000000,kernel=$kernel,bootargs=console=hvc0 $arm64_cmdline"
			-device "guest-loader,addr=0x4e000000,initrd=$initrd")
	fi
	arm64_boot "$vmdir/$name.log" "$limit" "$platform" -m "$memory" -smp "$cpus" \
		"${load[@]}" || status=$?
	rm "$initrd"
	guest_result "$name" "$vmdir/$name.log" $status $((SECONDS - start)) \
		"$platform" "$limit"
}

arm64_job_command()	# PLATFORM MEMORY CPUS
{
	case $1 in
	arm64-kvm)
		echo "qemu-system-aarch64 -M virt,gic-version=host -accel kvm -cpu host" \
			"-m $2 -smp $3 -kernel /boot/Image -initrd /tmp/initrd" \
			"-append 'console=ttyAMA0 $arm64_cmdline' -display none" \
			"-serial stdio -monitor none -nic none -no-reboot"
		;;
	*)
		echo "vmm -p /personalities/${1#arm64-vmm-}.conf -m $2" \
			"-a 'console=ttyS0 $arm64_cmdline' -i /tmp/initrd /boot/Image"
		;;
	esac
}

# All guests of KVM with the same kernel, in one outer guest with that kernel, too.
run_arm64_nested()	# SERIES LINE...
{
	local series=$1 kernel line root job log total=60 n=0 status=0 start=$SECONDS
	local name platform cpus memory limit _ tests code seconds
	shift
	log=$vmdir/arm64-outer-$series.log
	kernel=$(echo "$("$here/kernel.sh" "$series" arm64)"/boot/vmlinuz-*)
	root=$(mktemp -d "$vmdir/images/jobs.XXXXXX")
	mkdir -p "$root"/{boot,bin,jobs}
	cp "$kernel" "$root/boot/Image"
	ln "$(arm64_base_image)" "$root/base.cpio"
	cp "$here/nest-init-arm64" "$root/init"
	for line; do
		read -r name platform _ cpus memory limit _ tests <<<"$line"
		n=$((n + 1))
		total=$((total + limit))
		job=$root/jobs/$(printf '%02d' $n)
		mkdir "$job"
		arm64_overlay "$name" "$platform" "$series" "$tests" "$job/overlay.cpio"
		printf 'job_name=%s\njob_timeout=%s\njob_command="%s"\n' "$name" "$limit" \
			"$(arm64_job_command "$platform" "$memory" "$cpus")" >"$job/conf"
	done
	if [[ $* == *arm64-vmm-* ]]; then
		$arm64_strip -o "$root/bin/vmm" "$build/arm64/vmm"
		cp -r "$top/tests/vmm/arm64/personalities" "$root/"
	fi
	{
		cat "$(arm64_base_image)"
		[[ $* != *arm64-kvm* ]] || cat "$(arm64_qemu_image)"
		pack "$root"
	} >"$vmdir/images/arm64-outer.cpio"
	rm -rf "$root"
	arm64_boot "$log" "$total" outer -m 2048 -smp 1 -kernel "$kernel" \
		-initrd "$vmdir/images/arm64-outer.cpio" \
		-append "console=ttyAMA0 $arm64_cmdline" || status=$?
	rm "$vmdir/images/arm64-outer.cpio"

	for line; do
		read -r name platform _ _ _ limit _ _ <<<"$line"
		split_relay "$name" "$log" >"$vmdir/$name.log"
		read -r code seconds < <(tr -d '\r' <"$log" |
			sed -n "s/^@@ end $name //p") || { code=124 seconds=0; }
		guest_result "$name" "$vmdir/$name.log" "$code" "$seconds" "$platform" "$limit"
	done
	awk '$1 == "@@" { outside = $2 == "end"; next } outside' "$log" >"$log.own"
	kernel_log_result "arm64 outer guest, $series" "$log.own" ""
	[ $status -eq 0 ] || emit "not ok" \
		"arm64 outer guest, $series: ended with status $status, see ${log#"$top"/}"
	say "arm64 nested guests, $series: $((SECONDS - start)) s"
}

run_arm64()	# lines of the table, one argument each
{
	local line platform series kernels lines start=$SECONDS
	local -A nested=()
	kernels=$(printf '%s\n' "$@" | awk '{ print $3 }' | sort -u)
	# shellcheck disable=SC2086 # one argument each
	arm64_build $kernels || return 0
	for line; do
		read -r _ platform series _ <<<"$line"
		case $platform in
		arm64-kvm | arm64-vmm-*) nested[$series]+=$line$'\n' ;;
		*)
			# shellcheck disable=SC2086 # columns
			run_arm64_direct $line
			;;
		esac
	done
	for series in "${!nested[@]}"; do
		mapfile -t lines <<<"${nested[$series]%$'\n'}"
		run_arm64_nested "$series" "${lines[@]}"
	done
	say "arm64 guests: $((SECONDS - start)) s"
}
