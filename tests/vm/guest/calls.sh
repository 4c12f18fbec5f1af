# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154
# Hypercalls through the device, by callers of both widths, with the module loaded
# in every way that makes a difference, and under trouble.
. /lib/tap.sh

each_width()	# PREFIX ARGUMENT...
{
	name=$1
	shift
	for width in 64 32; do
		relay "$name $width" "calls$width" "$@"
	done
}

# Where no call works there is nothing to put under stress.
stress()	# NAME PROGRAM
{
	[ "$vm_platform" = tcg ] || relay "$@"
}

load
each_width calls
stress stress stress64
stress "stress 32" stress32

stress64 hold &
holder=$!
sleep 1
check "rmmod while it is open is refused" sh -c '! rmmod hvprobe 2>/dev/null'
kill $holder
wait $holder
check "rmmod when it is closed" rmmod hvprobe

# On a machine that does not need it this changes nothing.
load hyperv_setup=1
each_width setup
stress "setup stress" stress64

# Where some calls need a window and others do not: the kernel traces which came when.
order()
{
	tracing=/sys/kernel/tracing
	if ! { mount -t tracefs tracefs $tracing &&
		echo hvp_call_abi_issue hvp_hv_window >$tracing/set_ftrace_filter &&
		echo function >$tracing/current_tracer; } 2>/dev/null; then
		skip "order in a batch" "this kernel does not trace functions"
		return
	fi
	relay order calls64 order
	is "order: as in the batch, neighbours in one window" \
		"$(sed -n 's/.*: \(hvp_[a-z_]*\) <-.*/\1/p' $tracing/trace | tr '\n' ' ')" \
		"hvp_hv_window hvp_call_abi_issue hvp_hv_window hvp_call_abi_issue "
	echo nop >$tracing/current_tracer
}
[ "$vm_platform" != kvm-hyperv ] || order

load hyperv_setup=1 unsafe_calls=1
each_width unsafe unsafe
if [ -w /sys/kernel/security/lockdown ] || { mount -t securityfs security \
	/sys/kernel/security && [ -w /sys/kernel/security/lockdown ]; }; then
	# The last thing in this guest: it cannot be undone.
	echo integrity >/sys/kernel/security/lockdown
	each_width locked locked
else
	skip "locked down" "this kernel has no lockdown"
fi
done_testing
