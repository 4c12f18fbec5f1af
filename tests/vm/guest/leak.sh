# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# A thousand loads must cost nothing. A leak of one object a load shows as a
# thousand objects in some cache, far above what else moves in an idle guest.
. /lib/tap.sh

cycles=1000

cycle()
{
	i=0
	while [ $i -lt "$1" ]; do
		insmod /hvprobe.ko && rmmod hvprobe || return 1
		i=$((i + 1))
		# A console that says nothing is taken for a hung guest's.
		[ $((i % 100)) -ne 0 ] || echo "# $i" >/dev/console
	done
}

settle()
{
	sync
	echo 3 >/proc/sys/vm/drop_caches
	sleep 1
	for shrink in /sys/kernel/slab/*/shrink; do
		echo 1 >"$shrink"
	done 2>/dev/null
}

measure()	# PREFIX
{
	settle
	awk 'NR > 2 { print $1, $2 }' /proc/slabinfo >"$1.slab"
	# Lazily freed areas have no owner yet stay listed.
	grep -vc -e unpurged -e vm_map_ram /proc/vmallocinfo >"$1.vmalloc"
	awk '/^(Slab|SUnreclaim|Percpu):/ { print $1, $2 }' /proc/meminfo >"$1.mem"
}

! loaded || rmmod hvprobe
check "50 loads to warm up" cycle 50
measure /tmp/before
check "$cycles loads and unloads" cycle $cycles
measure /tmp/after

for file in /tmp/before /tmp/after; do
	check "$file: caches are listed" test -s $file.slab
	check "$file: areas are listed" test "$(cat $file.vmalloc)" -gt 0
	is "$file: kinds of memory are listed" "$(wc -l <$file.mem)" 3
done
is "no slab cache grew with the loads" "$(awk -v limit=$((cycles / 2)) '
	NR == FNR { before[$1] = $2; next }
	$2 - before[$1] > limit { print $1 ": " before[$1] " -> " $2 }
	' /tmp/before.slab /tmp/after.slab)" ""
grown=$(($(cat /tmp/after.vmalloc) - $(cat /tmp/before.vmalloc)))
check "vmalloc areas: $grown more" test $grown -lt 20
paste /tmp/before.mem /tmp/after.mem >/tmp/mem
while read -r name before _ after; do
	check "$name $before kB before, $after kB after" \
		test $((after - before)) -lt 512
done </tmp/mem
done_testing
