# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Loading, what it leaves in the machine, unloading, loading again.
. /lib/tap.sh

dmesg -c >/dev/null
check "insmod" insmod /hvprobe.ko
log=$(module_log)
is "one line in the kernel log" "$(printf '%s\n' "$log" | grep -c .)" 1
like "the line is informative, not alarming" "$log" '^[56] hvprobe:'
diag "$log"

check "/dev/hvprobe is a character device" test -c /dev/hvprobe
is "/dev/hvprobe is root's alone" "$(stat -c '%a %u:%g' /dev/hvprobe)" "600 0:0"
for file in abi_version capability_mask instruction proof verdict version; do
	check "anybody reads $file" as_nobody "cat $sysfs/$file"
	is "$file holds one value" "$(wc -l <"$sysfs"/$file)" 1
done
[ "$(attr interfaces)" = 0 ] || check "anybody reads interface0" \
	as_nobody "cd $sysfs/interface0 && cat base signature max_leaf product"
is "nothing in sysfs is writable" \
	"$(find "$sysfs"/ -type f -perm +222 ! -path '*/power/*' ! -name uevent)" ""

# The same answer must come back after a reload.
snapshot()
{
	find "$sysfs"/ -type f ! -path '*/power/*' ! -name uevent ! -name dev |
		sort | while read -r file; do
			printf '%s: %s\n' "$file" "$(cat "$file")"
		done
}
snapshot >/tmp/first
check "a second insmod is refused" sh -c '! insmod /hvprobe.ko'
check "rmmod" rmmod hvprobe
check "/dev/hvprobe is gone" test ! -e /dev/hvprobe
check "sysfs is clean" test ! -e "$sysfs"
check "insmod again" insmod /hvprobe.ko
snapshot >/tmp/second
same "the second load finds the same" /tmp/first /tmp/second
done_testing
