# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # run.sh and lib.sh assign them
# Sourced by run.sh: guests of Debian's Xen, which runs on the SVM that QEMU emulates.
# A dom0 is a boot of its own, a PVH one without a toolstack. A domU has a PV dom0 to
# itself.

# Without these flags TCG and Xen part ways: RDTSCP is reported as another exit,
# the kernel's IRET in ring 3 meets SMAP, MWAIT is offered and faults, and CPUID
# 0xd is not updated after XSETBV, which HVM guests warn of.
xen_cpu='EPYC,+svm,+npt,-sse4a,-smap,-rdtscp,-monitor,-xsave'
# The first word is taken for the image's name. Lazy FPU switching loses registers.
xen_options='xen cpuidle=0 spec-ctrl=eager-fpu console=com1 com1=115200,8n1'

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
	xen=$("$here/xen.sh")
	xen_private=$(readlink "$xen/private")
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

prepare_xen()
{
	prepare_direct
	prepare "Xen" "$here/xen.sh"
	prepare "lean image" lean_image
	prepare "Xen tools" xen_tools_image
}

# A dom0 gets half of the memory; the rest is for Xen and the other guest.
xen_boot()	# LOG RELAY DOM0_MEMORY KERNEL_DIRECTORY INITRD INIT OPTIONS QEMU_ARGUMENT...
{
	local log=$1 relay=$2 memory=$3 kernel=$4 name=${5##*/} init=$6 options=$7
	local dir=$vmdir/images status=0
	shift 7
	# The list of modules has commas and blanks between its parts.
	ln -sf "$kernel"/boot/vmlinuz-* "$dir/$name.vmlinuz"
	: >"$log"
	: >"$relay"
	(cd "$dir" && watched "$relay" qemu-system-x86_64 \
		-accel tcg -cpu "$xen_cpu" -m $((2 * memory)) -smp 1 \
		-serial "file:$log" -display none -monitor none -vga none -nic none \
		-no-reboot "$@" -kernel "$xen/xen.elf" \
		-append "$xen_options dom0_mem=${memory}M $options" \
		-initrd "$name.vmlinuz console=hvc0 $quiet rdinit=$init,$name" \
		</dev/null >"$log.qemu" 2>&1) || status=$?
	rm "$dir/$name.vmlinuz"
	cat "$log.qemu" >>"$log"
	rm "$log.qemu"
	return $status
}

# Xen refuses a PVH dom0 without an IOMMU.
xen_dom0()	# a line of the table
{
	local name=$1 platform=$2 series=$3 memory=$5 tests=$7
	local image=$vmdir/images/$1.cpio log=$vmdir/$1.log kernel status=0 start=$SECONDS
	local options='' init=/xen-init machine=()
	kernel=$("$here/kernel.sh" "$series")
	if [ "$platform" = xen-pvh-dom0 ]; then
		options=dom0=pvh init=/init
		machine=(-M q35 -device "amd-iommu,intremap=on")
		cp "$(base_image)" "$image"
	else
		xen_pv_image "$kernel" "$image"
	fi
	guest_overlay "$name" "$platform" "$series" vmmcall "$(module_of "$kernel")" \
		"$tests" "$image.overlay"
	cat "$image.overlay" >>"$image"
	rm "$image.overlay"
	once_more "$name" "$platform" "$log" xen_boot "$log" "$log" "$memory" "$kernel" "$image" $init \
		"$options" "${machine[@]}" || status=$?
	rm "$image"
	guest_result "$name" "$log" $status $((SECONDS - start)) "$platform"
}

# Type, and what else the toolstack is to be told.
xen_config()	# PLATFORM
{
	case $1 in
	xen-pvh*) echo 'type="pvh"' ;;
	xen-pv) echo 'type="pv"' ;;
	xen-hvm*)
		printf '%s\n' 'type="hvm"' 'vga="none"' vnc=0 sdl=0 nographic=1 usb=0
		[ "$1" != xen-hvm-viridian ] || echo 'viridian=["all"]'
		;;
	esac
}

fill_lean()
{
	add_busybox "$1"
	add_programs "$1" jq
}

lean_image() { cached_image lean "" fill_lean; }

# An HVM guest's BIOS reads its image through the device model, megabytes in half
# a minute: there no peers are at hand.
xen_base_image()	# PLATFORM
{
	case $1 in
	xen-hvm*) lean_image ;;
	*) base_image ;;
	esac
}

# What a PV dom0 boots from, and behind it the guest that it starts.
xen_pv_image()	# KERNEL_DIRECTORY ARCHIVE
{
	local root
	root=$(mktemp -d "$vmdir/images/xen.XXXXXX")
	add_xen_modules "$root" "$1"
	cat "$(base_image)" "$(xen_tools_image)" >"$2"
	pack "$root" >>"$2"
	rm -rf "$root"
}

xen_job()	# ARCHIVE, then a line of the table
{
	local name=$2 platform=$3 series=$4 cpus=$5 memory=$6 tests=$8
	local kernel root param='' console=hvc0
	kernel=$("$here/kernel.sh" "$series")
	root=$(mktemp -d "$vmdir/images/job.XXXXXX")
	mkdir "$root/job"
	cp "$kernel"/boot/vmlinuz-* "$root/job/vmlinuz"
	guest_overlay "$name" "$platform" "$series" vmmcall "$(module_of "$kernel")" \
		"$tests" "$1.overlay"
	cat "$(xen_base_image "$platform")" "$1.overlay" | gzip >"$root/job/initrd"
	rm "$1.overlay"
	# base, time_ref_count, apic_assist, crash_ctl: xl has no word for a PVH guest.
	[ "$platform" != xen-pvh-viridian ] || param='9 0x65'
	printf 'job_name=%s\njob_param="%s"\n' "$name" "$param" >"$root/job/conf"
	# A kernel that does not know Xen has no console of Xen's.
	[ "$platform" != xen-hvm-nopv ] || console='ttyS0 xen_nopv'
	{
		xen_config "$platform"
		printf '%s\n' "serial=\"file:/var/log/xen/console/guest-$name.log\""
		printf '%s\n' "name=\"$name\"" 'kernel="/job/vmlinuz"' \
			'ramdisk="/job/initrd"' "cmdline=\"console=$console $quiet\"" \
			"memory=$memory" "vcpus=$cpus" 'tsc_mode="native"' \
			'on_poweroff="destroy"' 'on_reboot="destroy"' 'on_crash="destroy"'
	} >"$root/job/xl.cfg"
	pack "$root" >>"$1"
	rm -rf "$root"
}

# A PV dom0 that has one guest beside it.
xen_domu()	# a line of the table
{
	local name=$1 platform=$2 image=$vmdir/images/$1.cpio
	local outer_log=$vmdir/$1.outer.log relay=$vmdir/$1.relay.log
	local kernel status=0 start=$SECONDS
	kernel=$("$here/kernel.sh" 6.12)
	xen_pv_image "$kernel" "$image"
	xen_job "$image" "$@"
	# Its console comes in one piece, when it has ended.
	quiet_turns=4500 once_more "$name" "$platform" "$relay" xen_boot "$outer_log" "$relay" 1024 "$kernel" "$image" \
		/xen-init "" -serial "file:$relay" || status=$?
	rm "$image"
	inner_result "$name" "$relay" $status $start "$platform"
	kernel_log_result "$name: outer guest" "$outer_log" "$(allowed_on xen-pv-dom0)"
}

run_xen()	# NAME PLATFORM SERIES CPUS MEMORY GROUP TESTS
{
	xen=$("$here/xen.sh")
	hypervisor xen "${xen##*/}" >"$vmdir/$1.hypervisor"
	case $2 in
	xen-*-dom0) xen_dom0 "$@" ;;
	*) xen_domu "$@" ;;
	esac
}
