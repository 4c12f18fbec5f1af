# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154
# Sourced by rig_arm64.sh: initial RAM file systems of arm64 guests, out of Debian's
# packages for arm64. Nothing of them can run here, so what a program needs is listed.

arm64_strip=aarch64-linux-gnu-strip

# A root with the programs of every guest.
fill_arm64_base()
{
	local guest applet
	guest=$("$top/tests/vm/arm64_root.sh" guest)
	mkdir -p "$1"/{bin,sbin,usr/bin,lib,dev,proc,sys,tmp,run,etc,root}
	cp "$guest/bin/busybox" "$1/bin/"
	# The package's other build has the same applets.
	busybox --list | while read -r applet; do
		[ "$applet" = busybox ] || ln -s busybox "$1/bin/$applet"
	done
	cp "$guest/usr/bin/jq" "$1/bin/"
	cp -L "$guest"/usr/lib/aarch64-linux-gnu/lib{jq.so.1,onig.so.5} \
		"$guest"/lib/aarch64-linux-gnu/lib{c,m}.so.6 \
		"$guest/lib/ld-linux-aarch64.so.1" "$1/lib/"
	echo 'root:x:0:0:root:/root:/bin/sh' >"$1/etc/passwd"
	echo 'nobody:x:65534:65534:nobody:/:/bin/sh' >>"$1/etc/passwd"
	printf 'root:x:0:\nnogroup:x:65534:\n' >"$1/etc/group"
}

# As cached_image(), for a set of arm64_root.sh.
arm64_image()	# NAME SET FUNCTION
{
	cached_image "$1" "$("$top/tests/vm/arm64_root.sh" "$2") $(cksum \
		<"$top/tests/vm/images_arm64.sh")" "$3"
}

arm64_base_image() { arm64_image arm64-base guest fill_arm64_base; }

# On top of that, QEMU for a guest that is a KVM host.
fill_arm64_qemu()
{
	local qemu libs=usr/lib/aarch64-linux-gnu
	qemu=$("$top/tests/vm/arm64_root.sh" qemu)
	mkdir -p "$1/usr/bin" "$1/usr/share/qemu" "$1/$libs" "$1/lib"
	cp "$qemu/usr/bin/qemu-system-aarch64" "$1/usr/bin/"
	cp -P "$qemu"/lib/aarch64-linux-gnu/*.so* "$qemu/$libs"/*.so* "$1/$libs/"
	cp -L "$qemu/lib/ld-linux-aarch64.so.1" "$1/lib/"
}

arm64_qemu_image() { arm64_image arm64-qemu qemu fill_arm64_qemu; }

# Test programs of guests.
arm64_programs_build()
{
	local source out
	mkdir -p "$vmdir/guest-arm64"
	for source in "$top"/tests/vm/guest/*_arm64.c; do
		out=$vmdir/guest-arm64/$(basename "$source" .c)
		[ ! -e "$out" ] || [ -n "$(find "$source" "$top/include/uapi" \
			"$top/tests/vm/guest/" -name '*.[ch]' -newer "$out")" ] || continue
		aarch64-linux-gnu-gcc -O2 -s -static -Wall -Wextra -Werror \
			-I"$top/include/uapi" -o "$out" "$source"
	done
}

# What one guest has of its own: module, tool, tests.
arm64_overlay()	# NAME PLATFORM SERIES TESTS ARCHIVE
{
	local root test kernel n=0
	kernel=$("$top/tests/vm/kernel.sh" "$3" arm64)
	root=$(mktemp -d "$vmdir/images/overlay.XXXXXX")
	mkdir -p "$root"/{bin,lib,etc,tests}
	cp "$top/tests/vm/guest-init" "$root/init"
	cp "$top/tests/vm/guest/tap.sh" "$top/tests/vm/guest/kmsg.awk" "$root/lib/"
	$arm64_strip -o "$root/bin/hvprobe" "$build/arm64/hvprobe.static"
	cp "$vmdir"/guest-arm64/* "$root/bin/"
	$arm64_strip --strip-debug -o "$root/hvprobe.ko" \
		"$build/arm64/module/$(cat "$kernel/release")/hvprobe.ko"
	for test in ${4//,/ }; do
		n=$((n + 1))
		cp "$top/tests/vm/guest/$test.sh" "$root/tests/$(printf '%02d' $n)-$test.sh"
	done
	printf 'vm_name=%s\nvm_platform=%s\nvm_kernel=%s\nvm_instruction=any\n' \
		"$1" "$2" "$3" >"$root/etc/vmtest"
	cp "$top/tests/vm/expect/$2" "$root/etc/expect"
	pack "$root" >"$5"
	rm -rf "$root"
}
