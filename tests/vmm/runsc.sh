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
		sed -n 's/^ *Hits: //p' $events/"$event"/hist 2>/dev/null
	done | awk '{ n += $1 } END { print n + 0 }'
}

if [ -d /sys/module/kvm ]; then
	mkdir /sys/kernel/tracing/instances/runsc
	echo 'hist:keys=exit_reason' >$events/kvm_exit/trigger
	echo 'hist:keys=nr' >$events/kvm_hypercall/trigger
	echo 'hist:keys=code' >$events/kvm_hv_hypercall/trigger
	echo 'hist:keys=nr' >$events/kvm_xen_hypercall/trigger
fi
# It makes what it is given non-blocking, which the console shall not be.
unshare -m sh -c "mount --move . / && exec chroot . runsc --ignore-cgroups \
	--network=none --platform=$1 do sh /tests/sandbox.sh" </dev/null 2>&1 | cat
echo "# said exits/ever $(count kvm_exit)"
echo "# said calls/ever $(count kvm_hypercall kvm_hv_hypercall kvm_xen_hypercall)"
[ ! -d $events ] || rmdir /sys/kernel/tracing/instances/runsc
