# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154
# An arm64 guest executes calls that may be undefined, forced by a parameter, where
# they cannot do worse: the module and the machine survive them, without an Oops.
. /lib/tap.sh
. /etc/expect

load
before=$(cat /proc/sys/kernel/tainted)
dmesg -c >/dev/null
check "insmod force_trial=1" load force_trial=1
like "what became of the calls" "$(attr proof)" "$trial_wanted"
diag "$(attempts)"
is "the kernel is as tainted as before" "$(cat /proc/sys/kernel/tainted)" "$before"
like "the kernel log is not alarmed" "$(module_log)" '^[456] hvprobe:'
load
like "a normal load proves what it did" "$(attr proof)" "$proof_wanted"
check "rmmod" rmmod hvprobe
done_testing
