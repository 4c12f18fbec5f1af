#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2154
# What the module shows when it is loaded, and that it goes and comes back.
cd "$(dirname "$0")" || exit 1
# shellcheck source=tests/kselftest/ktap.sh
. ./ktap.sh

need_module
check "character device" test -c /dev/hvprobe
for file in abi_version capability_mask instruction proof verdict version; do
	check "sysfs: $file" test -r "$sysfs/$file"
done
check "nothing in sysfs is writable" sh -c "! find $sysfs/ -type f -perm -200 \
	! -path '*/power/*' ! -name uevent | grep ."
if [ -n "$ours" ]; then
	first=$(cat "$sysfs/verdict" "$sysfs/capability_mask")
	check "unload" unload
	check "device is gone" test ! -e /dev/hvprobe
	check "sysfs is gone" test ! -e "$sysfs"
	check "load again" load
	check "the same is found" test "$first" = \
		"$(cat "$sysfs/verdict" "$sysfs/capability_mask")"
fi
finish
