. /lib/tap.sh
diag "$(dmesg | grep -iE 'psci:|smccc|kvm|xen |SMC Calling|CPU features|All CPU|DMI:|machine model')"
pass "booted"
done_testing
