#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Installs the Debian packages that building and testing need, if any is missing.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

packages=(
	# build: tool and module (pahole: module BTF)
	gcc make libc6-dev libjson-c-dev zlib1g-dev kmod xz-utils libelf1 pahole
	# fast tests and lint
	gcc-12-multilib clang libclang-rt-14-dev python3 python3-jsonschema
	sparse shellcheck mandoc rsync
	# kernels: a debug build of one, roots to build for others
	flex bison bc libelf-dev mmdebstrap
	# arm64: cross compilers (headers of 6.12 ask for gcc-12 by name; gcc-multilib
	# conflicts with them), machines
	gcc-aarch64-linux-gnu gcc-12-aarch64-linux-gnu libc6-dev-arm64-cross
	qemu-system-arm qemu-efi-aarch64
	# virtual machines
	qemu-system-x86 busybox-static cpio
	# VT-x: an emulator, and a CD for it to boot from
	bochs bochs-term bochsbios vgabios isolinux syslinux-common xorriso
	# gVisor
	runsc
	# in guests: peers to compare answers with, jq to read ours
	cpuid virt-what systemd util-linux dmidecode jq
)

missing()
{
	local have
	# shellcheck disable=SC2016 # dpkg-query expands these itself
	have=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' \
		"${packages[@]}" 2>/dev/null | sed -n 's/^installed //p') || true
	printf '%s\n' "${packages[@]}" | grep -vxF -f <(printf '%s\n' "$have") || true
}

command -v dpkg-query >/dev/null ||
	die "this is not a Debian system; install the counterparts of: ${packages[*]}"

mapfile -t todo < <(missing)
[ "${#todo[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
	die "missing packages; run as root: apt-get install ${todo[*]}"
fi

say "installing: ${todo[*]}"
mkdir -p "$build"
log=$build/setup.log
export DEBIAN_FRONTEND=noninteractive
apt=(apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
{ "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends \
	"${todo[@]}"; } >"$log" 2>&1 || { tail -n 20 "$log" >&2; die "apt-get failed, see $log"; }

mapfile -t todo < <(missing)
[ "${#todo[@]}" -eq 0 ] || die "still missing after apt-get install: ${todo[*]}"
