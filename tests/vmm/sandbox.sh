# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154
# In a sandbox of gVisor: the report and what is said where nothing can be called.
. /lib/tap.sh
. /lib/say.sh

said "linux $(uname -rv)"
said "log $(dmesg | sed -n '1s/^\[[^]]*\] //p')"
document report hvprobe --json
check "explain" hvprobe explain
check "dump" sh -c 'hvprobe dump >/tmp/dump'
said "decoded $(hvprobe decode /tmp/dump | head -n 1)"
said "encrypted $(hvprobe confidential | sed -n 's/^Encrypted memory: //p')"
document verify hvprobe verify --json
: >/tmp/calls.json
call query hyperv query-capabilities
call poll kvm vapic-poll-irq
call xen xen version
call vmware vmware getversion
send calls /tmp/calls.json
done_testing
