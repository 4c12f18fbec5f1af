# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Not a test: shows what a guest says about itself. Lines of ours get a bar.
. /lib/tap.sh

show()
{
	echo "| \$ $*"
	"$@" 2>&1 | sed 's/^/| /'
	echo "|"
}

dmesg -c >/dev/null
check "the module loads" insmod /hvprobe.ko
module_log | sed 's/^[0-9]* /| dmesg: /'
show hvprobe
show hvprobe explain
for file in verdict instruction proof; do
	show cat "$sysfs/$file"
done
check "the report comes out" sh -c 'hvprobe >/dev/null'
check "the module unloads" rmmod hvprobe
done_testing
