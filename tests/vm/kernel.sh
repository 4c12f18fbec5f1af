#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel.sh SERIES [ARCH]: prints a directory that holds Debian's newest kernel of
# that series (6.1, 6.12) unpacked: image, modules, headers to build with on this
# machine. ARCH is amd64 unless told. Kept by version in the cache.
# kernel.sh debug: Debian's linux-source-6.12 built with debug.config, kept by the
# hash of that file and by version. kernel.sh selftests: the rules and the runner of the
# same source's selftests. kernel.sh oldest|newest: see kernel_root.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
. "$here/apt.sh"

series=${1:?usage: kernel.sh SERIES [ARCH]}
arch=${2:-amd64}
store=$cache/kernels
[ "$arch" = amd64 ] || store+=-$arch

pick()
{
	apt-cache "${apt_opts[@]}" search --names-only \
		"^linux-image-${series//./[.]}[.][0-9]+([+][a-z0-9]+|-[0-9]+)?-$arch$" |
		cut -d' ' -f1 | sort -V | tail -n 1
}

fetch()
{
	local image=$1 release=${1#linux-image-} headers version tmp deb
	headers=linux-headers-$release
	version=$(version_of "$image:$arch")
	# linux-kbuild has programs, so it is this machine's whatever the kernel's.
	mapfile -t deps < <(apt-cache "${apt_opts[@]}" depends "$headers:$arch" |
		grep -oE 'linux-(headers|kbuild)-[^:> ]+' | grep -vxF "$headers" | sort -u)
	[ "${#deps[@]}" -ge 2 ] || die "no headers for $release in apt"

	tmp=$(mktemp -d "$store/.tmp.XXXXXX")
	# shellcheck disable=SC2064 # the directory of now
	trap "rm -rf '$tmp'" EXIT
	say "fetching kernel $release ($version)"
	(cd "$tmp" && download \
		"$image:$arch=$version" "$headers:$arch=$version" "${deps[@]}") ||
		die "could not download kernel $release"
	for deb in "$tmp"/*.deb; do
		dpkg -x "$deb" "$tmp/root"
		rm "$deb"
	done
	sed -i "s#/usr/src/#$store/$release/usr/src/#" \
		"$tmp/root/usr/src/$headers/Makefile"
	ln -s "usr/src/$headers" "$tmp/root/build"
	depmod -b "$tmp/root" "$release"
	echo "$release" >"$tmp/root/release"
	chmod 755 "$tmp/root"
	publish "$tmp/root" "$store/$release"
}

# ---- from Debian's source ----

package=linux-source-6.12

source_version()
{
	version=$(version_of "$package")
	if [ -z "$version" ]; then
		use_private_apt "$package"
		version=$(version_of "$package")
	fi
	[ -n "$version" ] || die "apt offers no $package"
}

unpack_source()	# DIRECTORY [FILE...]: all of it, or these
{
	local into=$1
	shift
	(cd "$into" && download "$package=$version") || die "could not download $package"
	dpkg-deb --fsys-tarfile "$into"/*.deb |
		tar -xO --wildcards "./usr/src/$package.tar.xz" |
		tar -xJ -C "$into" "${@/#/$package/}"
	rm "$into"/*.deb
}

selftest_rules()
{
	local version tmp kept self=tools/testing/selftests
	kept=$(find "$store" -mindepth 1 -maxdepth 1 -name 'selftests-*' | sort -V | tail -n 1)
	if [ -z "$kept" ]; then
		source_version
		say "fetching the selftest rules of $package $version"
		tmp=$(mktemp -d "$store/.tmp.XXXXXX")
		# shellcheck disable=SC2064 # the directory of now
		trap "rm -rf '$tmp'" EXIT
		unpack_source "$tmp" scripts/subarch.include $self/Makefile $self/lib.mk \
			$self/run_kselftest.sh $self/kselftest
		kept=$store/selftests-$version
		publish "$tmp/$package" "$kept"
	fi
	echo "$kept"
}

# Debug kernels that are here, newest last. No look at apt: only a change of the
# configuration or of the compiler asks for another one.
debug_cached()	# HASH
{
	find "$store" -mindepth 1 -maxdepth 1 -name "debug-$1-*" | sort -V | tail -n 1
}

# .config of the tree in the working directory.
debug_configure()	# HASH
{
	local missing
	make -s tinyconfig || return
	# It turns off KASAN without a word, and the others stand against debug.config.
	sed -i -E '/CONFIG_(SLUB_TINY|64BIT|CC_OPTIMIZE_FOR_SIZE|PRINTK)\b/d' .config
	cat "$here/debug.config" - >>.config <<<"CONFIG_LOCALVERSION=\"-debug-${1:0:8}\""
	make -s olddefconfig || return
	missing=$(grep '^CONFIG' "$here/debug.config" | grep -vxF -f .config) || true
	[ -z "$missing" ] || die "debug.config: not in the final .config: ${missing//$'\n'/ }"
}

debug_build()	# HASH
{
	local hash=$1 version tmp tree release log start=$SECONDS
	source_version
	tmp=$(mktemp -d "$store/.tmp.XXXXXX")
	# shellcheck disable=SC2064 # the directory of now
	trap "rm -rf '$tmp'" EXIT
	mkdir -p "$vmdir"
	log=$vmdir/kernel-debug.log
	say "building a debug kernel of $package $version, once: minutes (build/vm/kernel-debug.log)"
	unpack_source "$tmp"
	tree=$tmp/$package
	# shellcheck disable=SC2016 # the tree's own variable
	(cd "$tree" && debug_configure "$hash" && make -s -j2 bzImage modules &&
		make -s run-command KBUILD_RUN_COMMAND='${srctree}/scripts/package/install-extmod-build '"$tmp/root/build"
	) >"$log" 2>&1 || { tail -n 15 "$log" >&2; die "the debug kernel does not build, see $log"; }

	release=$(cat "$tree/include/config/kernel.release")
	mkdir -p "$tmp/root/boot"
	cp "$tree/arch/x86/boot/bzImage" "$tmp/root/boot/vmlinuz-$release"
	cp "$tree/.config" "$tmp/root/boot/config-$release"
	cp "$tree/.config" "$tmp/root/build/"
	cp "$tree/System.map" "$tmp/root/boot/System.map-$release"
	echo "$release" >"$tmp/root/release"
	chmod 755 "$tmp/root"
	publish "$tmp/root" "$store/debug-$hash-$version"
	say "debug kernel $release: $((SECONDS - start)) s"
}

debug_kernel()
{
	local hash
	hash=$({ cat "$here/debug.config"; gcc --version; } | sha256sum | cut -c1-16)
	if [ -z "$(debug_cached "$hash")" ]; then
		# Not two of them at a time: the second waits and finds it.
		exec 9>"$store/.debug.lock"
		flock 9
		if [ -z "$(debug_cached "$hash")" ]; then
			debug_build "$hash"
		fi
	fi
	debug_cached "$hash"
}

mkdir -p "$store"
case $series in
debug) debug_kernel; exit 0 ;;
selftests) selftest_rules; exit 0 ;;
oldest | newest) exec "$here/kernel_root.sh" "$series" ;;
esac
cached=$(find "$store" -mindepth 1 -maxdepth 1 -name "$series.*" |
	sort -V | tail -n 1)
if [ -n "$cached" ]; then
	echo "$cached"
	exit 0
fi

command -v apt-get >/dev/null || die "kernels come from Debian packages: apt-get not found"
image=$(pick)
if [ -z "$image" ]; then
	use_private_apt "kernel $series" "$arch"
	image=$(pick)
fi
[ -n "$image" ] || die "apt offers no linux-image-$series.*-$arch"
fetch "$image"
echo "$store/${image#linux-image-}"
