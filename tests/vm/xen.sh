#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# xen.sh: prints a directory that holds Debian's newest Xen unpacked: the hypervisor
# as xen.elf, the toolstack, its device model. Kept by version in the cache, never
# installed: the packages would change how this machine boots.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
. "$here/apt.sh"

store=$cache/xen
libraries=(call1 devicemodel1 evtchn1 foreignmemory1 gnttab1 hypfs1 store4
	toolcore1 toollog1)

pick()
{
	apt-cache "${apt_opts[@]}" search --names-only \
		'^xen-hypervisor-[0-9]+[.][0-9]+-amd64$' | cut -d' ' -f1 | sort -V | tail -n 1
}

fetch()		# HYPERVISOR_PACKAGE VERSION
{
	local series=${1#xen-hypervisor-} tmp deb
	series=${series%-amd64}
	tmp=$(mktemp -d "$store/.tmp.XXXXXX")
	# shellcheck disable=SC2064 # the directory of now
	trap "rm -rf '$tmp'" EXIT
	say "fetching Xen $2"
	(cd "$tmp" && download "$1=$2" "xen-utils-$series=$2" "libxenmisc$series=$2" \
		"${libraries[@]/#/libxen}" libyajl2 qemu-system-xen) ||
		die "could not download Xen $2"
	for deb in "$tmp"/*.deb; do
		dpkg -x "$deb" "$tmp/root"
		rm "$deb"
	done
	gunzip -c "$tmp/root/boot/xen-$series-amd64.gz" >"$tmp/root/xen.elf"
	ln -s "usr/lib/xen-$series" "$tmp/root/private"
	chmod 755 "$tmp/root"
	publish "$tmp/root" "$store/$2"
}

mkdir -p "$store"
cached=$(find "$store" -mindepth 1 -maxdepth 1 ! -name '.*' | sort -V | tail -n 1)
if [ -n "$cached" ]; then
	echo "$cached"
	exit 0
fi

command -v apt-get >/dev/null || die "Xen comes from Debian packages: apt-get not found"
package=$(pick)
if [ -z "$package" ]; then
	use_private_apt Xen
	package=$(pick)
fi
[ -n "$package" ] || die "apt offers no xen-hypervisor-*-amd64"
version=$(version_of "$package")
fetch "$package" "$version"
echo "$store/$version"
