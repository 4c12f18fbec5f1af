# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The last test on a debug kernel: its checkers were there, none gave up, nothing
# leaked. What they had to say in between is in the kernel log, which is judged.
. /lib/tap.sh

kmemleak=/sys/kernel/debug/kmemleak
mount -t debugfs debugfs /sys/kernel/debug 2>/dev/null

for option in KASAN UBSAN PROVE_LOCKING DEBUG_ATOMIC_SLEEP DEBUG_KMEMLEAK; do
	check "this kernel has $option" \
		sh -c "zcat /proc/config.gz | grep -qx CONFIG_$option=y"
done

# What these find is said by the tests that are made of them; here they only leave
# something to find. A locked kernel would not let us look.
load hyperv_setup=1 unsafe_calls=1
for width in 64 32; do
	"calls$width" unsafe >/dev/null
	"stress$width" >/dev/null
done
rmmod hvprobe

# Lockdep turns itself off with its first report, or when it runs out of memory.
is "lockdep is still on" "$(awk '/debug_locks:/ { print $2 }' /proc/lockdep_stats)" 1

# An object counts when two scans in a row miss it; young ones are left out.
sleep 6
# It turns itself off for want of memory, and then there is nothing to scan.
check "kmemleak scans" sh -c "echo scan >$kmemleak"
sleep 1
check "kmemleak scans again" sh -c "echo scan >$kmemleak"
leaks=$(cat $kmemleak)
# Whatever the kernel's own start has lost is not ours.
is "nothing of ours leaked" "$(printf '%s\n' "$leaks" | grep -e hvp -e '\[hvprobe\]')" ""
diag "$(printf '%s\n' "$leaks" | grep -c '^unreferenced') objects in all"
done_testing
