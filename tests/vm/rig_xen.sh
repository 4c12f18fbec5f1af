# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Sourced by run.sh: guests of Debian's Xen, which runs on the SVM that QEMU emulates.
# A PVH dom0 is a boot of its own and has no toolstack. Of all others a PV dom0 is
# the host, and is tested itself if its line is among those given.

# Without these flags TCG and Xen part ways: RDTSCP is reported as another exit,
# the kernel's IRET in ring 3 meets SMAP, MWAIT is offered and faults, and CPUID
# 0xd is not updated after XSETBV, which HVM guests warn of.
xen_cpu='EPYC,+svm,+npt,-sse4a,-smap,-rdtscp,-monitor,-xsave'
# The first word is taken for the image's name. Lazy FPU switching loses registers.
xen_options='xen cpuidle=0 spec-ctrl=eager-fpu console=com1 com1=115200,8n1'
xen_cmdline='console=hvc0 quiet panic=-1 oops=panic'

xen_tools=(xl xenstored xenconsoled xen-init-dom0)
xen_qemu_data=(bios-256k.bin linuxboot_dma.bin linuxboot.bin kvmvapic.bin)

# Programs of the unpacked packages find their libraries where those would be.
add_xen_programs()	# ROOT PROGRAM...
{
	local root=$1 program file
	shift
	for program; do
		mkdir -p "$root/${program%/*}"
		cp "$xen/$program" "$root/$program"
		LD_LIBRARY_PATH=$xen/usr/lib/x86_64-linux-gnu ldd "$xen/$program" |
			grep -oE '/[^ ]+' | while read -r file; do
				mkdir -p "$root$(dirname "${file#"$xen"}")"
				cp -Lu "$file" "$root${file#"$xen"}"
			done
	done
	# The threads library loads it by name when a thread ends.
	file=$(gcc -print-file-name=libgcc_s.so.1)
	cp -Lu "$file" "$root/usr/lib/x86_64-linux-gnu/"
}

fill_xen_tools()	# ROOT
{
	local private=usr/lib/${xen_private##*/} file
	add_xen_programs "$1" "${xen_tools[@]/#/$private/bin/}" \
		usr/libexec/xen-qemu-system-i386
	mkdir -p "$1/$private/boot" "$1/usr/share/qemu/keymaps" "$1/etc/xen"
	: >"$1/etc/xen/xl.conf"
	# The toolstack looks for the BIOS there.
	ln -s qemu "$1/usr/share/seabios"
	ln -s "/$private" "$1/xen"
	cp "$xen/$private/boot/hvmloader" "$1/$private/boot/"
	cp /usr/share/qemu/keymaps/* "$1/usr/share/qemu/keymaps/"
	for file in "${xen_qemu_data[@]}"; do
		cp -L "$(find /usr/share/qemu/ /usr/share/seabios/ -name "$file" 2>/dev/null |
			head -n 1)" "$1/usr/share/qemu/"
	done
	gcc -O2 -s -static -Wall -Wextra -Werror -o "$1/$private/bin/set-hvm-param" \
		"$here/xen_param.c"
	cp "$here/xen-init" "$1/xen-init"
}

# Toolstack and device model; the rest of a dom0 is the base image.
xen_tools_image()
{
	cached_image xen-tools "$xen $(cat "$here"/{rig_xen.sh,xen-init,xen_param.c} |
		cksum)" fill_xen_tools
}

# The modules that a toolstack needs.
add_xen_modules()	# ROOT KERNEL_DIRECTORY
{
	local name module n=0
	mkdir -p "$1/modules"
	# xenfs needs the first of them.
	for name in xen-privcmd xen-evtchn xen-gntdev xen-gntalloc xenfs; do
		n=$((n + 1))
		module=$(modprobe -d "$2" -S "$(cat "$2/release")" --show-depends $name |
			sed -n 's/^insmod \([^ ]*\).*/\1/p' | tail -n 1)
		case $module in
		*.xz) xz -dc "$module" ;;
		*) cat "$module" ;;
		esac >"$1/modules/$n-$name.ko"
	done
}

# A dom0 gets half of the memory; the rest is for Xen and the other guests.
xen_boot()	# LOG TIMEOUT DOM0_MEMORY KERNEL_DIRECTORY INITRD INIT OPTIONS QEMU_ARGUMENT...
{
	local log=$1 limit=$2 memory=$3 kernel=$4 initrd=$5 init=$6 options=$7
	local dir=$vmdir/images status=0
	shift 7
	# The list of modules has commas and blanks between its parts.
	ln -sf "$kernel"/boot/vmlinuz-* "$dir/xen-vmlinuz"
	(cd "$dir" && exec timeout --foreground -k 5 "$limit" qemu-system-x86_64 \
		-accel tcg -cpu "$xen_cpu" -m $((2 * memory)) -smp 1 \
		-serial "file:$log" -display none -monitor none -vga none -nic none \
		-no-reboot "$@" -kernel "$xen/xen.elf" \
		-append "$xen_options dom0_mem=${memory}M $options" \
		-initrd "xen-vmlinuz $xen_cmdline rdinit=$init,${initrd##*/}" \
		</dev/null >"$log.qemu" 2>&1) || status=$?
	rm "$dir/xen-vmlinuz"
	cat "$log.qemu" >>"$log"
	rm "$log.qemu"
	return $status
}

xen_pvh_dom0()	# one line of the table
{
	local name=$1 platform=$2 series=$3 memory=$5 limit=$6 tests=$8
	local kernel image=$vmdir/images/$1.cpio status=0 start=$SECONDS
	kernel=$("$here/kernel.sh" "$series")
	guest_overlay "$name" "$platform" "$series" vmmcall "$(module_of "$kernel")" \
		"$tests" "$image.overlay"
	cat "$(base_image)" "$image.overlay" >"$image"
	# Xen refuses a PVH dom0 without an IOMMU.
	xen_boot "$vmdir/$name.log" "$limit" "$memory" "$kernel" "$image" /init \
		dom0=pvh -M q35 -device amd-iommu,intremap=on || status=$?
	rm "$image" "$image.overlay"
	guest_result "$name" "$vmdir/$name.log" $status $((SECONDS - start)) "$platform" "$limit"
}

# Type, and what else the toolstack is to be told.
xen_config()	# PLATFORM
{
	case $1 in
	xen-pvh*) echo 'type="pvh"' ;;
	xen-pv) echo 'type="pv"' ;;
	xen-hvm*)
		printf '%s\n' 'type="hvm"' 'vga="none"' vnc=0 sdl=0 nographic=1 usb=0
		[ "$1" = xen-hvm ] || echo 'viridian=["all"]'
		;;
	esac
}

fill_lean()
{
	add_busybox "$1"
	add_programs "$1" jq
}

# An HVM guest's BIOS reads its image through the device model, megabytes in half
# a minute: there no peers are at hand.
xen_base_image()	# PLATFORM
{
	case $1 in
	xen-hvm*) cached_image lean "" fill_lean ;;
	*) base_image ;;
	esac
}

xen_job()	# DIRECTORY, then a line of the table
{
	local job=$1 name=$2 platform=$3 series=$4 cpus=$5 memory=$6 limit=$7 tests=$9
	local kernel param=
	kernel=$("$here/kernel.sh" "$series")
	mkdir -p "$job"
	guest_overlay "$name" "$platform" "$series" vmmcall "$(module_of "$kernel")" \
		"$tests" "$job/overlay"
	cat "$(xen_base_image "$platform")" "$job/overlay" | gzip >"$job/initrd"
	rm "$job/overlay"
	# base, time_ref_count, apic_assist, crash_ctl: xl has no word for a PVH guest.
	[ "$platform" != xen-pvh-viridian ] || param='9 0x65'
	printf 'job_name=%s\njob_timeout=%s\njob_param="%s"\n' \
		"$name" "$limit" "$param" >"$job/conf"
	{
		xen_config "$platform"
		printf '%s\n' "name=\"$name\"" "kernel=\"/boot/vmlinuz-$series\"" \
			"ramdisk=\"/jobs/${job##*/}/initrd\"" "cmdline=\"$xen_cmdline\"" \
			"memory=$memory" "vcpus=$cpus" 'tsc_mode="native"' \
			'on_poweroff="destroy"' 'on_reboot="destroy"' 'on_crash="destroy"'
	} >"$job/xl.cfg"
}

# What one PV dom0 boots from: tests of its own, guests.
xen_pv_image()	# ARCHIVE LINE...
{
	local image=$1 root line n=0 kernel
	local name platform series cpus memory limit group tests
	shift
	root=$(mktemp -d "$vmdir/images/xen.XXXXXX")
	add_xen_modules "$root" "$("$here/kernel.sh" 6.12)"
	mkdir "$root/boot" "$root/jobs"
	: >"$image.overlay"
	for line; do
		read -r name platform series cpus memory limit group tests <<<"$line"
		if [ "$platform" = xen-pv-dom0 ]; then
			guest_overlay "$name" "$platform" "$series" vmmcall \
				"$(module_of "$("$here/kernel.sh" "$series")")" \
				"$tests" "$image.overlay"
			continue
		fi
		n=$((n + 1))
		kernel=$("$here/kernel.sh" "$series")
		cp "$kernel"/boot/vmlinuz-* "$root/boot/vmlinuz-$series"
		xen_job "$root/jobs/$(printf '%02d' $n)" "$name" "$platform" "$series" \
			"$cpus" "$memory" "$limit" "$group" "$tests"
	done
	{
		cat "$(base_image)" "$(xen_tools_image)" "$image.overlay"
		pack "$root"
	} >"$image"
	rm -rf "$root" "$image.overlay"
}

xen_pv_results()	# LOG RELAY STATUS SECONDS LINE...
{
	local log=$1 relay=$2 status=$3 total=$4 line code seconds dom0=
	local name platform limit _
	shift 4
	for line; do
		read -r name platform _ _ _ limit _ _ <<<"$line"
		if [ "$platform" = xen-pv-dom0 ]; then
			dom0=$name
			ln -f "$log" "$vmdir/$name.log"
			guest_result "$name" "$vmdir/$name.log" "$status" "$total" \
				"$platform" "$limit"
			continue
		fi
		split_relay "$name" "$relay" >"$vmdir/$name.log"
		read -r code seconds < <(tr -d '\r' <"$relay" |
			sed -n "s/^@@ end $name //p") || { code=124 seconds=0; }
		guest_result "$name" "$vmdir/$name.log" "$code" "$seconds" \
			"$platform" "$limit"
	done
	[ -n "$dom0" ] || [ "$status" -eq 0 ] ||
		emit "not ok" "PV dom0: ended with status $status, see ${log#"$top"/}"
}

# A PV dom0, and guests beside it one after the other.
xen_pv_dom0()	# NAME LINE...
{
	local image=$vmdir/images/$1.cpio log=$vmdir/$1.log relay=$vmdir/$1-relay.log
	local total status=0 start=$SECONDS
	shift
	total=$(printf '%s\n' "$@" | awk '{ sum += $6 } END { print sum + 120 }')
	xen_pv_image "$image" "$@"
	xen_boot "$log" "$total" 1024 "$("$here/kernel.sh" 6.12)" "$image" \
		/xen-init "" -serial "file:$relay" || status=$?
	rm "$image"
	xen_pv_results "$log" "$relay" $status $((SECONDS - start)) "$@"
}

run_xen()	# lines of the table, one argument each
{
	local line plain=() device_model=()
	xen=$("$here/xen.sh")
	xen_private=$(readlink "$xen/private")
	for line; do
		case $line in
		*\ xen-pvh-dom0\ *)
			# shellcheck disable=SC2086 # columns
			xen_pvh_dom0 $line
			;;
		*\ xen-hvm*) device_model+=("$line") ;;
		*) plain+=("$line") ;;
		esac
	done
	[ ${#plain[@]} -eq 0 ] || xen_pv_dom0 xen-pv-host "${plain[@]}"
	[ ${#device_model[@]} -eq 0 ] || xen_pv_dom0 xen-hvm-host "${device_model[@]}"
}
