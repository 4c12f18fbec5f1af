#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# outer.sh ARCHIVE PARAMETER...: in the outer guest, the test of an inner one, for
# which the machine is what the emulator shows.

root=/tmp/inner
archive=/stage/$1
shift
mkdir -p $root
cd $root && cpio -i <"$archive" || exit
for at in dev proc sys; do
	mount --bind /$at $root/$at
done
hvprobe_params=$* chroot $root sh /tests/01-vmm.sh
status=$?
dmesg -r | sed -n 's/^<\([0-4]\)>\[[^]]*\]/# kmsg \1/p'
echo "# kmsg end"
exit $status
