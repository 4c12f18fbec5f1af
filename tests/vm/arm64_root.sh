#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# arm64_root.sh SET: prints a directory with Debian's arm64 packages of that set
# unpacked, never installed: sysroot (to link the tool with), guest (programs of
# guests), qemu (for KVM inside a guest), xen. Kept in the cache by what is in it;
# its file "packages" has the versions.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
. "$here/apt.sh"

set=${1:?usage: arm64_root.sh SET}
store=$cache/arm64

case $set in
sysroot) packages=(libjson-c-dev libjson-c5 zlib1g-dev zlib1g) ;;
guest) packages=(busybox-static jq libjq1 libonig5 libc6) ;;
# What QEMU's libraries name in turn; no package manager resolves it for us.
qemu) packages=(qemu-system-arm libaio1 libbpf1 libc6 libcapstone4 libfdt1
	libfuse3-3 libgcc-s1 libglib2.0-0 libgmp10 libgnutls30 libhogweed6
	libibverbs1 libjpeg62-turbo libnettle8 libnuma1 libpixman-1-0 libpmem1
	libpng16-16 librdmacm1 libsasl2-2 libseccomp2 libslirp0 libudev1 liburing2
	libvdeplug2 libzstd1 zlib1g libelf1 libpcre2-8-0 libidn2-0 libunistring2
	libp11-kit0 libtasn1-6 libffi8 libnl-3-200 libnl-route-3-200 libndctl6
	libdaxctl1 libkmod2 libuuid1 liblzma5 libssl3 libdb5.3 libselinux1 libmount1
	libblkid1) ;;
xen) packages=(xen-hypervisor-4.17-arm64) ;;
*) die "no set of packages is called $set" ;;
esac

fetch()		# DIRECTORY
{
	local tmp deb
	use_private_apt "$set" arm64
	tmp=$(mktemp -d "$store/.tmp.XXXXXX")
	# shellcheck disable=SC2064 # the directory of now
	trap "rm -rf '$tmp'" EXIT
	say "fetching arm64 packages: $set"
	mkdir "$tmp/debs" "$tmp/root"
	(cd "$tmp/debs" && download "${packages[@]/%/:arm64}") ||
		die "could not download the packages of $set"
	for deb in "$tmp"/debs/*.deb; do
		dpkg -x "$deb" "$tmp/root"
		dpkg-deb -W "$deb" >>"$tmp/root/packages"
	done
	chmod 755 "$tmp/root"
	publish "$tmp/root" "$1"
}

mkdir -p "$store"
root=$store/$set-$(printf '%s\n' "${packages[@]}" | sha256sum | cut -c1-12)
if [ ! -d "$root" ]; then
	# One at a time: they share apt's lists.
	exec 9>"$store/.lock"
	flock 9
	[ -d "$root" ] || fetch "$root"
fi
echo "$root"
