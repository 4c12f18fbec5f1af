# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154
# In a guest of the test VMM: the module, the report, verify, and calls. What they
# say goes to the console for guests.sh to judge. hvprobe_params and hvprobe_also, what
# calls64 is to do at the end, are kernel parameters, which the kernel gives to its
# first process.
. /lib/tap.sh
. /lib/say.sh

# The VMM counts what happened since the mark before.
# shellcheck disable=SC2059 # the byte is written as an escape
mark() { printf "\\$1" | dd of=/dev/port bs=1 seek=244 count=1 2>/dev/null; }

module_says()	# PREFIX
{
	for name in verdict instruction proof; do
		said "$1$name $(attr $name)"
	done
	said "$1attempts $(attempts)"
}

said "clocksource $(cat /sys/devices/system/clocksource/clocksource0/current_clocksource)"
mark 001
# shellcheck disable=SC2086 # several parameters
load $hvprobe_params
status=$?
said "status/load $status"
is "insmod" $status 0
[ $status -eq 0 ] || done_testing
mark 002
module_says module/

document report hvprobe --json
hvprobe nested >/tmp/nested
said "nested $(sed -n 's/^Can be a hypervisor: //p' /tmp/nested)"
said "vmx-usable-under-evmcs $(awk '$4 == "yes" { n++ } END { print n + 0 }' /tmp/nested)"
said "vmx-controls $(awk '$2 ~ /^(optional|always)$/ { n++ } END { print n + 0 }' /tmp/nested)"
hvprobe confidential >/tmp/confidential
said "encrypted $(sed -n 's/^Encrypted memory: //p' /tmp/confidential)"
said "disagreements $(grep -o '\[[a-z-]*\]' /tmp/confidential | tr -d '[]\n')"
said "kernel-log $(hvprobe dump | sed -n '/kernel.log.memory-encryption/ { s/.*"text": *"//; s/".*//p }')"
mark 003

document verify hvprobe verify --json
module_says verified/
mark 004

: >/tmp/calls.json
call query hyperv query-capabilities
call query-slow hyperv query-capabilities --shape slow
call version-slow hyperv 0x50 --reg 0x100 --shape slow
call version-xmm hyperv 0x50 --reg 0x100 --shape xmm
call registers hyperv 0x50 --reg 0x200 --reg 0x201 --reg 0x202 --reg 0x203
call invalid hyperv 0xbeef
said "by-insn $(byinsn64 hyperv)"
call poll kvm vapic-poll-irq
call xen xen version
call vmware vmware getversion
send calls /tmp/calls.json
mark 005

# A second life: nothing of the first may be left, and the proof is made again.
check "rmmod" rmmod hvprobe
# shellcheck disable=SC2086
check "insmod again" load $hvprobe_params
module_says again/
check "rmmod again" rmmod hvprobe
mark 006
if [ -n "$hvprobe_also" ]; then
	# shellcheck disable=SC2086
	load $hvprobe_params
	relay "$hvprobe_also" calls64 "$hvprobe_also"
	rmmod hvprobe
fi
done_testing
