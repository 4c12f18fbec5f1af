# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Sourced by run.sh: initial RAM file systems. The kernel unpacks several cpio
# archives in a row, so what never changes is packed once and a guest's own few
# files go into a small archive behind it.

guest_programs=(cpuid lscpu systemd-detect-virt virt-what virt-what-cpuid-helper
	dmidecode jq)
qemu_data=(bios-256k.bin linuxboot_dma.bin linuxboot.bin kvmvapic.bin pvh.bin)

pack()		# DIRECTORY > archive
{
	chmod 755 "$1"
	(cd "$1" && find . | LC_ALL=C sort | cpio -o -H newc --quiet --owner=0:0)
}

# Copies programs and the libraries that they name to the same place below ROOT.
add_programs()	# ROOT PROGRAM...
{
	local root=$1 program path file
	shift
	for program; do
		path=$(PATH=$PATH:/usr/sbin:/sbin:/usr/libexec command -v "$program") ||
			die "$program: not installed"
		mkdir -p "$root${path%/*}"
		cp -L "$path" "$root$path"
		# A script has none.
		{ ldd "$path" 2>/dev/null | grep -oE '/[^ ]+' || true; } | while read -r file; do
			[ -e "$root$file" ] && continue
			mkdir -p "$root${file%/*}"
			cp -L "$file" "$root$file"
		done
	done
}

add_busybox()	# ROOT
{
	mkdir -p "$1"/{bin,sbin,dev,proc,sys,tmp,run,etc,root}
	local busybox applet
	busybox=$(command -v busybox)
	cp -L "$busybox" "$1/bin/busybox"
	"$busybox" --list | while read -r applet; do
		[ "$applet" = busybox ] || ln -s busybox "$1/bin/$applet"
	done
	echo 'root:x:0:0:root:/root:/bin/sh' >"$1/etc/passwd"
	echo 'nobody:x:65534:65534:nobody:/:/bin/sh' >>"$1/etc/passwd"
	printf 'root:x:0:\nnogroup:x:65534:\n' >"$1/etc/group"
}

# Runs FUNCTION ROOT and packs the result as images/NAME.cpio, unless an archive
# made of the same packages and kernels is there.
cached_image()	# NAME KEY FUNCTION
{
	local image=$vmdir/images/$1.cpio key root
	key=$(printf '%s\n' "$2"; cksum <"$top/tests/vm/images.sh"
		dpkg-query -W busybox-static qemu-system-x86 util-linux systemd \
			virt-what cpuid jq libc6)
	if [ ! -e "$image" ] || [ "$(cat "$image.key" 2>/dev/null)" != "$key" ]; then
		say "packing $1.cpio"
		mkdir -p "$vmdir/images"
		root=$(mktemp -d "$vmdir/images/$1.XXXXXX")
		"$3" "$root"
		pack "$root" >"$image.tmp"
		rm -rf "$root"
		mv "$image.tmp" "$image"
		echo "$key" >"$image.key"
	fi
	echo "$image"
}

fill_base()
{
	add_busybox "$1"
	add_programs "$1" "${guest_programs[@]}"
}

base_image() { cached_image base "" fill_base; }

fill_outer()
{
	local kernel release module file n=0
	kernel=$("$top/tests/vm/kernel.sh" 6.12)
	release=$(cat "$kernel/release")
	add_busybox "$1"
	add_programs "$1" qemu-system-x86_64
	mkdir -p "$1/usr/share/qemu" "$1/kvm" "$1/boot"
	for file in "${qemu_data[@]}"; do
		cp -L "$(find /usr/share/qemu/ /usr/share/seabios/ -name "$file" 2>/dev/null |
			head -n 1)" "$1/usr/share/qemu/"
	done
	modprobe -d "$kernel" -S "$release" --show-depends kvm-amd |
		sed -n 's/^insmod \([^ ]*\).*/\1/p' | while read -r module; do
			n=$((n + 1))
			file=$1/kvm/$(printf '%02d' $n).ko
			case $module in
			*.xz) xz -dc "$module" >"$file" ;;
			*) cp "$module" "$file" ;;
			esac
		done
	for kernel in $outer_kernels; do
		cp "$kernel"/boot/vmlinuz-* "$1/boot/"
	done
}

# The outer guest of nested runs: QEMU, KVM's modules, the inner kernels.
outer_image()	# KERNEL_DIRECTORY...
{
	outer_kernels=$*
	cached_image outer "$*" fill_outer
}

fill_probe()
{
	add_busybox "$1"
	printf '#!/bin/sh\nmount -t devtmpfs dev /dev\necho alive >/dev/console\npoweroff -f\n' >"$1/init"
	chmod +x "$1/init"
}

probe_image() { cached_image probe "" fill_probe; }

# Test programs of guests, for callers of both widths.
guest_programs_build()
{
	local source name width out
	mkdir -p "$vmdir/guest"
	for source in "$top"/tests/vm/guest/*.c; do
		name=$(basename "$source" .c)
		[[ $name != *_arm64 ]] || continue
		for width in 64 32; do
			out=$vmdir/guest/$name$width
			[ ! -e "$out" ] || [ -n "$(find "$source" "$top/include/uapi" \
				"$top"/tests/vm/guest/ -name '*.[ch]' -newer "$out")" ] ||
				continue
			gcc -m$width -O2 -s -static -pthread -Wall -Wextra -Werror \
				-I"$top/include/uapi" -idirafter \
				"/usr/include/$(gcc -print-multiarch)" -o "$out" "$source"
		done
	done
}

# The module that counts instructions, for benchmarks.
counter_module()	# SERIES FILE
{
	local kernel dir
	kernel=$("$top/tests/vm/kernel.sh" "$1")
	dir=$build/bench/engine/$(cat "$kernel/release")
	mkdir -p "$dir"
	cp -pu "$top"/tests/bench/engine/* "$dir/"
	make -s -C "$kernel/build" M="$dir" modules >"$dir/build.log" 2>&1 ||
		die "the instruction counter does not build, see $dir/build.log"
	strip --strip-debug -o "$2" "$dir/count_insns.ko"
}

# What one guest has of its own: module, tool, tests.
guest_overlay()	# NAME PLATFORM KERNEL INSTRUCTION MODULE TESTS ARCHIVE
{
	local root test n=0
	root=$(mktemp -d "$vmdir/images/overlay.XXXXXX")
	mkdir -p "$root"/{bin,lib,etc,tests}
	cp "$top/tests/vm/guest-init" "$root/init"
	cp "$top/tests/vm/guest/tap.sh" "$top/tests/vm/guest/kmsg.awk" "$root/lib/"
	strip -o "$root/bin/hvprobe" "$build/hvprobe.static"
	cp "$vmdir"/guest/* "$root/bin/"
	strip --strip-debug -o "$root/hvprobe.ko" "$5"
	mkdir "$root/kselftest"
	cp "$top"/tests/kselftest/*.sh "$root/kselftest/"
	ln -s /bin/abi64 "$root/kselftest/hvp_abi"
	ln -s /bin/calls64 "$root/kselftest/hvp_calls"
	[[ ,$6, != *,engine,* ]] || counter_module "$3" "$root/count_insns.ko"
	for test in ${6//,/ }; do
		n=$((n + 1))
		cp "$top/tests/vm/guest/$test.sh" "$root/tests/$(printf '%02d' $n)-$test.sh"
	done
	printf 'vm_name=%s\nvm_platform=%s\nvm_kernel=%s\nvm_instruction=%s\n' \
		"$1" "$2" "$3" "$4" >"$root/etc/vmtest"
	cp "$top/tests/vm/expect/$2" "$root/etc/expect"
	pack "$root" >"$7"
	rm -rf "$root"
}
