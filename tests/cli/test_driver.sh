#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The tool beside a driver that works, refuses, disagrees or speaks otherwise.
. "$(dirname "$0")/tap.sh"

need_fake
mkdir "$tmp/sysfs"
echo 0.1.0 >"$tmp/sysfs/version"
echo vmmcall >"$tmp/sysfs/instruction"
echo passed >"$tmp/sysfs/proof"

with()		# MODE ARGUMENT...
{
	local sysfs=$tmp/sysfs
	[ "$1" != absent ] || sysfs=$tmp/none
	status=0
	LD_PRELOAD=$fake FAKE_DRIVER=$1 FAKE_SYSFS=$sysfs FAKE_CPU=${cpu-0} \
		"$hvprobe" "${@:2}" >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	err=$(cat "$tmp/err")
}
field() { jq -c "$1" "$tmp/out" 2>&1; }
quiet() { is "$1: nothing on stderr" "$err" ""; }

with used --json
quiet "driver used"
is "driver used: state" "$(field .driver.state)" '"used"'
is "driver used: status" "$status" 0
is "driver used: what it says" "$(field '.driver | [.version, .instruction, .proof]')" \
	'["0.1.0","vmmcall","passed"]'
is "driver used: the fault of vmcall" \
	"$(field '.calls[0] | [.instruction, .vector, .exception, .result]')" \
	'["vmcall",6,"#UD",null]'
is "driver used: the answers of vmmcall" "$(field '[.calls[1:][] | .result]')" \
	'["0x00000000","0xfffffffffffffc18"]'
python3 "$top/tests/cli/validate.py" "$top/docs/schema/report.schema.json" "$tmp/out" \
	>"$tmp/invalid" 2>&1
if grep -q "No module named" "$tmp/invalid"; then
	skip "driver used: schema" "the Python module jsonschema is not installed"
else
	is "driver used: schema" "$(cat "$tmp/invalid")" ""
fi
if [ "$(field '[.interfaces[].abis[]] | index("kvm") != null')" = true ]; then
	is "driver used: calls are verified" \
		"$(field '.capabilities[] | select(.name == "kvm.hypercalls") | [.state, .source]')" \
		'["verified","driver"]'
fi
with used
is "driver used: text names vector and number" \
	"$(grep -cE '^  vmcall: .*#UD \(vector 6\)$|^  vmmcall: .*returned -1000$' "$tmp/out")" 2
with used --json --no-driver
is "--no-driver leaves it out" "$(field '[.driver, .calls]')" '[null,[]]'
with used dump
cp "$tmp/out" "$tmp/dump"
"$hvprobe" -J decode "$tmp/dump" >"$tmp/out"
is "calls survive dump and decode" "$(field '.calls | length')" 3

for mode in denied no-node; do
	with $mode --json
	quiet "driver $mode"
	is "driver $mode: state" "$(field .driver.state)" '"unreadable"'
	is "driver $mode: sysfs still tells" "$(field .driver.instruction)" '"vmmcall"'
	is "driver $mode: status" "$status" 0
done
with absent --json
quiet "driver absent"
is "driver absent: state" "$(field .driver)" '{"state":"absent"}'

for mode in other-abi old overrun huge; do
	with $mode --json
	is "driver $mode: state" "$(field .driver.state)" '"other-abi"'
	is "driver $mode: told with its fix" "$(printf '%s\n' "$err" | cut -d: -f1)" \
		$'hvprobe\nhint'
	is "driver $mode: the report comes even so" "$status" 0
done
with broken --json
is "driver broken: state" "$(field .driver.state)" '"failed"'
is "driver broken: told why" "$(printf '%s\n' "$err" | grep -c 'Input/output error')" 1

# The CPU that the tool read is where the two can disagree.
if command -v taskset >/dev/null; then
	cpu=$(taskset -cp $$ | sed 's/.*: //; s/[,-].*//')
	taskset -cp "$cpu" $$ >/dev/null
	with disagree --json
	is "disagreement: both are there" \
		"$(field '.disagreements[0] | [.leaf, .first.source, .second.source, .second.eax]')" \
		'["0x40000000","user","driver","0x40000abc"]'
	is "disagreement: the tool's own stays" \
		"$(field '[.interfaces[].raw_max_leaf] | index("0x40000abc")')" null
	with disagree
	is "disagreement: text tells it" \
		"$(grep -c '^The driver read something else' "$tmp/out")" 1
fi
done_testing
