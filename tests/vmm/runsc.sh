#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# runsc.sh PLATFORM ARCHIVE: in the outer guest, the tool in a sandbox of gVisor. That
# pivots its root, which the initial one cannot, and makes user namespaces, which no
# process in a chroot may: it gets a mount namespace with a root of its own.

root=/tmp/sandbox
events=/sys/kernel/tracing/instances/runsc/events/kvm
mkdir -p $root
mount -t tmpfs sandbox $root
cd $root && cpio -i <"/stage/$2" || exit
cp /stage/runsc bin/
cp /stage/sandbox.sh tests/
for at in dev proc sys; do
	mount --bind /$at $root/$at
done

count()		# EVENT...: how often they happened
{
	for event; do
		[ ! -d $events ] || sed -n 's/^ *Hits: //p' $events/"$event"/hist
	done | awk '{ n += $1 } END { print n + 0 }'
}

trace()		# EVENT KEY
{
	echo "hist:keys=$2" >$events/"$1"/trigger || exit
}

if [ -d /sys/module/kvm ]; then
	mkdir /sys/kernel/tracing/instances/runsc || exit
	trace kvm_exit exit_reason
	trace kvm_hypercall nr
	trace kvm_hv_hypercall code
	trace kvm_xen_hypercall nr
fi
# It makes what it is given non-blocking, which the console shall not be.
unshare -m sh -c "mount --move . / && exec chroot . runsc --ignore-cgroups \
	--network=none --platform=$1 do sh /tests/sandbox.sh" </dev/null 2>&1 | cat
echo "# said exits/ever $(count kvm_exit)"
echo "# said calls/ever $(count kvm_hypercall kvm_hv_hypercall kvm_xen_hypercall)"
[ ! -d $events ] || rmdir /sys/kernel/tracing/instances/runsc
