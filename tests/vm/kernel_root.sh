#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel_root.sh oldest|newest: prints a directory with the oldest or newest kernel
# that the module is built for: image, and a Debian root in which its headers and its
# compiler are at home (root/). Called by kernel.sh. Kept by version in the cache.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
. "$here/apt.sh"

which=${1:?usage: kernel_root.sh oldest|newest}
store=$cache/roots

case $which in
oldest) suite=bullseye from=bullseye ;;
newest) suite=trixie from=trixie-backports ;;
*) die "no kernel is called $which" ;;
esac

cached()
{
	find "$store" -mindepth 1 -maxdepth 1 -name "$which-*" | sort -V | tail -n 1
}

# Debian has renamed the package of the image that nobody signed.
# shellcheck disable=SC2016 # $1 is the hook's
fetch_image='
	release=$(ls "$1/lib/modules" | sort -V | tail -n 1)
	mkdir "$1/image"
	cd "$1/image"
	for name in "linux-binary-unsigned-$release" "linux-image-$release-unsigned"; do
		chroot "$1" sh -c "cd /image && apt-get -q -o APT::Sandbox::User=root download $name" &&
			exit 0
	done
	echo "no image of $release" >&2
	exit 1
'

make_root()
{
	local tmp log uri release start=$SECONDS deb suites
	[ "$(id -u)" -eq 0 ] || die "a root for the $which kernel needs to be made by root"
	uri=$(repo_of "$(this_release)")
	[ -n "$uri" ] || die "apt has no source for this release: cannot derive a mirror for $suite"
	suites=("deb $uri $suite main")
	[ "$from" = "$suite" ] || suites+=("deb $uri $from main")

	tmp=$(mktemp -d "$store/.tmp.XXXXXX")
	# shellcheck disable=SC2064 # the directory of now
	trap "rm -rf --one-file-system '$tmp'" EXIT
	mkdir -p "$vmdir"
	mkdir "$tmp/out"
	log=$vmdir/root-$which.log
	say "making a $from root for the $which kernel, once (build/vm/root-$which.log)"
	mmdebstrap --variant=apt --aptopt='Acquire::Retries "3"' \
		--include="make,gcc,linux-headers-amd64/$from" \
		--customize-hook="$fetch_image" "$suite" "$tmp/out/root" \
		"${suites[@]}" >"$log" 2>&1 </dev/null ||
		{ tail -n 15 "$log" >&2; die "mmdebstrap failed for $from, see $log"; }

	release=$(find "$tmp/out/root/lib/modules/" -mindepth 1 -maxdepth 1 -printf '%f\n' |
		sort -V | tail -n 1)
	for deb in "$tmp"/out/root/image/*.deb; do
		dpkg -x "$deb" "$tmp/image"
	done
	mkdir "$tmp/out/boot"
	find "$tmp/image" -name 'vmlinuz*' -type f -exec cp {} "$tmp/out/boot/vmlinuz-$release" \;
	[ -e "$tmp/out/boot/vmlinuz-$release" ] || die "no kernel image of $release, see $log"
	rm -rf "$tmp/image" "$tmp/out/root/image"
	echo "$release" >"$tmp/out/release"
	publish "$tmp/out" "$store/$which-$release"
	say "$which kernel $release: $((SECONDS - start)) s"
}

mkdir -p "$store"
if [ -z "$(cached)" ]; then
	exec 9>"$store/.$which.lock"
	flock 9
	if [ -z "$(cached)" ]; then
		make_root
	fi
fi
cached
