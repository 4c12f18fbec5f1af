#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# hvprobe call: the words, dry runs, results, and why a call was not made.
. "$(dirname "$0")/tap.sh"

schema=$top/docs/schema/call.schema.json
field() { jq -c "$1" "$tmp/out" 2>&1; }
has()		# DESCRIPTION PATTERN
{
	local ok=1
	! grep -qE -- "$2" "$tmp/out" || ok=0
	report $ok "$1"
	[ $ok -eq 0 ] || diag "$out"
}
validates()	# DESCRIPTION
{
	if ! python3 -c 'import jsonschema' 2>/dev/null; then
		skip "$1: schema" "the Python module jsonschema is not installed"
		return
	fi
	is "$1: schema" "$(python3 "$top/tests/cli/validate.py" "$schema" "$tmp/out" 2>&1)" ""
}

# Wrong words: each is told, with a hint, and nothing on standard output.
while read -r words; do
	# shellcheck disable=SC2086
	exits 2 call $words
	is "call $words: told with its fix" "$(printf '%s\n' "$err" | cut -d: -f1)" $'hvprobe\nhint'
	is "call $words: no output" "$out" ""
done <<'END'

hyperv
nothing 1
hyperv no-such-call
hyperv 0x50
hyperv 0x50 --reg no-such-register
hyperv 0x46 --reg 0x100
hyperv 0x9a
hyperv 0x9a x
hyperv 0x46 7
hyperv 0x46 --shape wide
hyperv 0x1234 --in 0
hyperv 0x1234 --in 0g
hyperv 0x1234 --reps 65536
hyperv 0x1234 --reps many
kvm no-such-call
kvm 1 x
kvm 1 1 2 3 4 5 6
kvm vapic-poll-irq 1
kvm 1 --shape fast
xen 17 --in 00
END

for name in invoke-hypervisor-debugger HvCallInvokeHypervisorDebugger; do
	exits 2 call hyperv $name
	is "$name is not made by name" "$(grep -c 'can hang, halt or change' <<<"$err")" 1
	exits 0 call hyperv $name --in 00 --dry-run
done

# Dry runs need nothing.
exits 0 call hyperv 0x50 --reg 0x100 --reg privileges-and-features-info --shape xmm --dry-run
has "dry run: control word" '^Control word 0x0000000200010050$'
has "dry run: reps" 'rep count +0x2$'
has "dry run: source bytes of XMM0" '^  XMM0  input bytes 16 to 23 = 0x0{16}0000020000000100$'
has "dry run: output is in XMM1" '^  XMM1  output bytes 0 to 15$'
has "dry run: harmless" 'allow-list +yes'
has "dry run: capability" '^  capability +hyperv\.access-vp-registers$'
has "dry run: source" '^  source +TLFS hypercalls$'
exits 0 --json call hyperv 0x50 --reg 0x100 --dry-run
has "dry run, JSON: capability" '"capability": *"hyperv\.access-vp-registers"'
has "dry run, JSON: source" '"specification": *"TLFS hypercalls"'
has "dry run, JSON: confirmed" '"confirmed": *true'
exits 0 call hyperv 0x9a 0 --dry-run
has "dry run: what not every source has" '^  source +.*, unconfirmed$'
exits 0 call xen 17 --dry-run
has "dry run: source of a number of Xen's" '^  source +Xen public/version\.h$'
exits 0 call hyperv 0x8001 --dry-run
has "slow: output by address" '^  R8 +address of the output'
exits 0 call hyperv HvCallGetPartitionId --dry-run
exits 0 call hyperv 0x51 --in-header 16 --in-element 32 --reps 1 --dry-run \
	--in "$(printf '00%.0s' {1..48})"
has "unsafe is said to be" 'allow-list +no'
exits 2 call hyperv 0x1234 --in 0102 --out-bytes 8 --shape fast --dry-run
has "what does not fit is told" 'refused +more parameters than RDX and R8 hold'
exits 0 call hyperv 0x0800beef --dry-run
has "bits above 15 reach the control word" '^Control word 0x000000000800beef$'
exits 0 call kvm sched-yield-self --dry-run
has "KVM: the driver fills in" 'RBX +APIC id of the calling CPU'
exits 0 call xen 17 7 --dry-run
has "a number with a row's arguments is that row" '^Xen call 0x11 pagesize$'
exits 0 call vmware 10 0xffffffff --dry-run
has "VMware: the command is in RCX" '^  RCX   0xa$'
exits 0 call smccc trng-rnd64 100 --dry-run
has "SMCCC: an argument is in X1" '^  X1 +0x64$'
has "SMCCC: entropy may be asked for" 'allow-list +yes'
exits 0 call smccc 0x84000008 --dry-run
has "SMCCC: what has an effect is never made" '^SMCCC call 0x84000008 psci-system-off$'
has "SMCCC: and that is said" 'allow-list +never made'
exits 2 call smccc no-such-function
exits 2 call smccc psci-version 1 2 3 4 5 6
for words in 'smccc psci-version' 'hyperv 0x50 --reg 0x100' 'hyperv 0x8001 --shape fast' 'kvm 1' 'hyperv 0x51 --in 00'; do
	# shellcheck disable=SC2086
	try call $words --dry-run --json
	validates "call $words --dry-run"
done

# Nobody to make it.
if [ ! -e /dev/hvprobe ] && [ ! -e /sys/devices/virtual/misc/hvprobe ]; then
	exits 3 call kvm 1
	is "no driver: told with its fix" "$(printf '%s\n' "$err" | grep -c '^hint: load hvprobe.ko')" 1
	exits 3 call hyperv 2 --json
	is "no driver: no answer in JSON" "$(field '.call | [.error, .status_name]')" \
		'["ENOENT",null]'
	validates "call without a driver"
fi
exits 3 call kvm 1 --no-driver

need_fake
with()		# CALLS ARGUMENT...
{
	status=0
	LD_PRELOAD=$fake FAKE_DRIVER=${driver-used} FAKE_CALLS=$1 \
		"$hvprobe" "${@:2}" >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	out=$(cat "$tmp/out")
	err=$(cat "$tmp/err")
}
with '' call kvm 1
is "KVM: status" "$status$err" 0
has "KVM: result" '^  result +0x0000000000000000$'
with '' call kvm 2
is "KVM: -1000 is a no" "$status" 1
has "KVM: -1000 is explained" 'KVM has no such call'
with '' call hyperv query-capabilities
is "extended: status" "$status" 0
has "extended: bit by bit, set" 'bit 0 +set +boot-zeroed-memory'
has "extended: bit by bit, clear" 'bit 2 +- +epf-setup'
with '' call hyperv 0x50 --reg 0x100 --reg 0x200
has "registers: by fields of the leaf" 'hyperv.version.build +14393$'
has "registers: by capabilities of the leaf" 'hyperv.access-vp-run-time-reg'
is "result: at most 80 columns" "$(awk 'length > 80' "$tmp/out")" ""
with '' --json call hyperv 0x50 --reg 0x100 --reg 0x200 --shape xmm
validates "registers"
is "registers: JSON" "$(field '.call.registers[0] | [.name, .fields["hyperv.version.major"]]')" \
	'["hypervisor-version",10]'
with '' --json call hyperv 0x8001
validates "extended"
is "extended: JSON" "$(field '[.call.extended[] | select(.set) | .bit]')" '[0,1,8]'
with '' --json call xen extraversion
validates "Xen"
with '' call xen extraversion
has "Xen: text" '^  text \.4-fake$'
with '' call xen version
has "Xen: version" '^  Xen 4\.17$'
with '' call xen get-features
has "Xen: features by name, and one that has none" \
	'^  0x80000801 writable_page_tables dom0 0x80000000$'
with '' call xen build-id
has "Xen: as much of a build id as there is" '^  build id 0102fe$'
for name in version get-features build-id; do
	with '' --json call xen $name
	validates "Xen $name"
done
is "Xen: build id in JSON" "$(field .call.build_id)" '"0102fe"'
with '' call -q kvm 2
is "quiet: only the status" "$status$out$err" 1
with fault call kvm 1
is "fault: a no" "$status" 1
has "fault: exception" 'raised #UD \(vector 6\)'
with fault --json call kvm 1
validates "fault"
FAKE_STATUS=6 with '' call hyperv 0x46
is "refused: status" "$status" 1
has "refused: name and meaning" 'ACCESS_DENIED \(0x0006\): the partition lacks'
FAKE_STATUS=0x4242 with '' call hyperv 0x46
has "refused: a status without a name" 'not published \(0x4242\)'

# No Hyper-V answered: that is no yes, whatever the status word may hold.
while IFS='|' read -r how words; do
	with "$how" call hyperv 0x46
	is "$how: status" "$status" 1
	has "$how: said" "^  odd +$words"
	is "$how: no status is shown" "$(grep -c SUCCESS "$tmp/out")" 0
	with "$how" call -q hyperv 0x46
	is "$how: quiet: only the status" "$status$out$err" 1
	with "$how" --json call hyperv 0x46
	validates "$how"
	is "$how: JSON" "$(field '[.call.status, .call.reps_done]')" '[null,null]'
done <<'END'
untouched|RAX is as it was before the call
foreign|a negative errno, as KVM and Xen return
END
with late call hyperv 0x50 --reg 0x100
is "begun and late: status" "$status" 4
has "begun and late: what there is of a result" 'SUCCESS \(0x0000\)'
is "begun and late: and that it is late" \
	"$(printf '%s\n' "$err" | grep -cE '\(ETIME\)$')" 1
with late call -q kvm 1
is "begun and late: quiet" "$status$out" 4

# Each errno of the ABI is explained, with its fix.
while read -r number name wanted; do
	with "$number" call kvm 1
	is "$name: status" "$status" "$wanted"
	is "$name: named, with its fix" "$(printf '%s\n' "$err" |
		grep -cE "^hvprobe: .*\($name\)\$|^hint: .")" 2
	with "$number" --json call kvm 1
	is "$name: JSON" "$(field .call.error)" "\"$name\""
	validates "$name"
done <<'END'
1 EPERM 3
13 EACCES 3
129 EKEYREJECTED 3
6 ENXIO 3
95 EOPNOTSUPP 3
62 ETIME 4
4 EINTR 4
22 EINVAL 2
7 E2BIG 2
61 ENODATA 2
14 EFAULT 4
END
with 1 call hyperv 0x51 --in 00
is "the unsafe gate is explained" \
	"$(printf '%s\n' "$err" | grep -c 'unsafe_calls=1.*CAP_SYS_RAWIO.*locked down')" 1
with ioctl call kvm 1
is "the ioctl fails: status" "$status" 4
with old call kvm 1
is "a driver without calls: status" "$status" 3
driver=denied with '' call kvm 1
is "not permitted: status" "$status" 3
is "not permitted: the fix" "$(printf '%s\n' "$err" | grep -c '^hint: run as root')" 1
done_testing
