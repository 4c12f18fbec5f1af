#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# nested and confidential on recordings: statuses, the three columns, who says what.
. "$(dirname "$0")/tap.sh"

schema=$top/docs/schema/report.schema.json

# Made for this test: a KVM guest on Intel that is shown eVMCS, with MSRs of which
# one control (pin-based bit 6) is offered though eVMCS v1 has no field for it.
facts()		# FACT...
{
	local IFS=,
	printf '{"schema":"hvprobe-facts","version":1,"tool":{"name":"hvprobe","version":"0.1.0"},"facts":[%s]}\n' "$*"
}
cpuid()		# LEAF EAX EBX ECX EDX
{
	printf '{"kind":"cpuid","source":"user","cpu":0,"leaf":"0x%08x","subleaf":"0x0","eax":"0x%08x","ebx":"0x%08x","ecx":"0x%08x","edx":"0x%08x"}' "$@"
}
msr()		# INDEX VALUE
{
	printf '{"kind":"msr","source":"driver","cpu":0,"index":"0x%08x","value":"0x%016x"}' "$@"
}
msr_fault()	# INDEX
{
	printf '{"kind":"msr","source":"driver","cpu":0,"index":"0x%08x","outcome":"fault","vector":13}' "$@"
}
leaves=("$(cpuid 0 0x16 0x756e6547 0x6c65746e 0x49656e69)"
	"$(cpuid 1 0x806f8 0 0xfffa3223 0x1f8bfbff)"
	"$(cpuid 0x40000000 0x4000000a 0x7263694d 0x666f736f 0x76482074)"
	"$(cpuid 0x40000001 0x31237648 0 0 0)"
	"$(cpuid 0x40000002 0x3839 0x000a0000 0 0)"
	"$(cpuid 0x40000003 0xa72 0 0 0)"
	"$(cpuid 0x40000004 0x4020 0xfff 0 0)"
	"$(cpuid 0x4000000a 0xa0101 1 0 0)"
	"$(cpuid 0x40000100 0x40000101 0x4b4d564b 0x564b4d56 0x4d)"
	"$(cpuid 0x80000000 0x80000008 0 0 0)"
	"$(cpuid 0x80000001 0 0 0x121 0)")
facts "${leaves[@]}" "$(msr 0x3a 5)" "$(msr 0x480 0x00da040000000012)" \
	"$(msr 0x48d 0x0000007f00000016)" "$(msr_fault 0x492)" >"$tmp/evmcs"
facts "${leaves[@]}" "$(msr 0x3a 1)" >"$tmp/locked"
facts "${leaves[@]}" >"$tmp/bare"

exits 0 nested "$tmp/evmcs"
is "nothing on stderr" "$err" ""
exits 1 nested "$tmp/locked"
exits 3 nested "$tmp/bare"
is "without the MSRs the controls are unknown" \
	"$(grep -c '^VMX controls: unknown (not in dump)' "$tmp/out")" 1
exits 0 -q nested "$tmp/evmcs"
is "quiet prints nothing" "$out$err" ""

row()		# NAME: of the table's first group that has it
{
	"$hvprobe" nested "$tmp/evmcs" | awk -v name="$1" '$1 == name { print $2, $3, $4; exit }'
}
is "a control that eVMCS v1 lacks" "$(row preemption-timer)" "optional no no"
is "a control that it has" "$(row nmi-exiting)" "optional yes yes"
is "a control that is not offered" "$(row posted-interrupts)" "no no no"
is "an MSR that raised an exception" "$(row ipi-virtualization)" "- no no"
is "an MSR that was not recorded" "$(row invlpg-exiting)" "unknown yes unknown"

if command -v jq >/dev/null; then
	"$hvprobe" --json nested "$tmp/evmcs" >"$tmp/nested.json"
	said() { jq -r ".answers[] | select(.name == \"$1\") | .answer" "$tmp/nested.json"; }
	is "eVMCS is offered" "$(said evmcs)" yes
	is "the platform does not filter" "$(said evmcs.filtered)" no
	is "VMX is usable" "$(said vmx.usable)" yes
	is "allowed-0 and allowed-1" "$(jq -c '.vmx[] | select(.name == "pin-based") |
		.controls[] | select(.bit == 6) | [.allowed_0, .allowed_1]' "$tmp/nested.json")" \
		"[true,true]"
	is "every row of core/vmx.def" "$(jq '[.vmx[].controls[]] | length' "$tmp/nested.json")" \
		"$(grep -c '^HVP_VMX(' "$top/core/vmx.def")"
else
	skip "nested: JSON" "jq is not installed"
fi

# Hyper-V with a paravisor says SNP, the CPU does not show it.
facts "$(cpuid 0 0x10 0x68747541 0x444d4163 0x69746e65)" \
	"$(cpuid 1 0xa20f10 0 0x80002001 0x078bfbfd)" \
	"$(cpuid 0x40000000 0x4000000c 0x7263694d 0x666f736f 0x76482074)" \
	"$(cpuid 0x40000001 0x31237648 0 0 0)" \
	"$(cpuid 0x40000003 0x2e7f 0x400000 2 0)" \
	"$(cpuid 0x4000000c 1 0xba2 0 0)" \
	"$(cpuid 0x80000000 0x80000008 0 0 0)" >"$tmp/paravisor"
exits 0 confidential "$tmp/paravisor"
is "the disagreement is named" \
	"$(tr '\n' ' ' <"$tmp/out" | grep -c 'disagreement: .*\[hidden-by-paravisor\]')" 1
is "whom not to believe is told" \
	"$(tr -s '\n ' '  ' <"$tmp/out" | grep -c 'reported by an untrusted host')" 1
exits 1 confidential "$tmp/bare"
host_is_untrusted() { "$hvprobe" decode "$1" | tr -s '\n ' '  ' | grep -c 'reported by an untrusted host'; }
is "the report carries it, too" "$(host_is_untrusted "$tmp/paravisor")" 1
is "that of a plain guest does not" "$(host_is_untrusted "$tmp/bare")" 0

for name in evmcs locked bare paravisor; do
	"$hvprobe" -J nested "$tmp/$name" >"$tmp/json-nested-$name"
	"$hvprobe" -J confidential "$tmp/$name" >"$tmp/json-confidential-$name"
done
if python3 -c 'import jsonschema' 2>/dev/null; then
	is "JSON is valid by its schema" \
		"$(python3 "$top/tests/cli/validate.py" "$schema" "$tmp"/json-* 2>&1)" ""
else
	skip "JSON is valid by its schema" "the Python module jsonschema is not installed"
fi
done_testing
