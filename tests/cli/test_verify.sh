#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# hvprobe verify: without a driver, beside one that tells the truth, beside liars.
. "$(dirname "$0")/tap.sh"

schema=$top/docs/schema/verify.schema.json
field() { jq -c "$1" "$tmp/out" 2>&1; }
validates()	# DESCRIPTION
{
	if ! python3 -c 'import jsonschema' 2>/dev/null; then
		skip "$1: schema" "the Python module jsonschema is not installed"
		return
	fi
	is "$1: schema" "$(python3 "$top/tests/cli/validate.py" "$schema" "$tmp/out" 2>&1)" ""
}

# Without a driver.
try verify --no-driver --all
is "no driver: nothing on stderr" "$err" ""
is "no driver: cannot tell" "$status" 3
is "no driver: at most 80 columns" "$(awk 'length > 80' "$tmp/out")" ""
try verify --no-driver -v --all
is "verbose: at most 80 columns" "$(awk 'length > 80' "$tmp/out")" ""
is "verbose: nothing on stderr" "$err" ""
try verify --no-driver -q
is "quiet: nothing is printed" "$out$err" ""

# The command line.
exits 2 verify no-such-name
is "unknown name: the hint names the fix" "$(printf '%s\n' "$err" | grep -c '^hint: .*--all')" 1
exits 2 verify cpu.hypervisor
exits 2 verify hyperv.xmm-output/no-such-check
exits 2 verify --tap --json
exits 2 verify --mask
exits 3 verify --no-driver hyperv.xmm-output/same-as-slow

# TAP.
try verify --no-driver --all --tap
is "TAP: version first" "$(head -n 1 "$tmp/out")" "TAP version 13"
is "TAP: the plan is kept" "$(sed -n 's/^1\.\.//p' "$tmp/out")" \
	"$(grep -cE '^(not )?ok ' "$tmp/out")"
is "TAP: numbered from 1" "$(awk '/^(not )?ok/ { sub("not ", ""); if ($2 != ++n) print }' "$tmp/out")" ""
is "TAP: unknown is skipped, not failed" "$(grep -c '^not ok' "$tmp/out")" 0
if python3 -c 'import yaml' 2>/dev/null; then
	is "TAP: the blocks are YAML" "$(sed -n '/^  ---/,/^  \.\.\./p' "$tmp/out" |
		sed 's/^  //' | python3 -c 'import sys, yaml
for block in yaml.safe_load_all(sys.stdin.read().replace("...\n", "")):
    assert block is None or set(block) == {"state", "advertised", "actual", "evidence"}' 2>&1)" ""
else
	skip "TAP: the blocks are YAML" "the Python module yaml is not installed"
fi

if ! command -v jq >/dev/null; then
	skip "contents" "jq is not installed"
	done_testing
fi
for arguments in '' --all kvm hyperv; do
	# shellcheck disable=SC2086
	try verify --no-driver --json $arguments
	validates "verify --json $arguments"
done
try verify --no-driver --json --all
is "every check is listed" "$(field '.checks | length')" \
	"$(grep -cE '^HVP_CHECK(_MSR)?\(' "$top/probe-tool/verify_checks.def")"
is "the summary adds up" "$(field '([.summary[]] | add) == (.checks | length)')" true
is "capabilities are those of the registry" "$(field '[.checks[].capability] | unique | .[]' |
	tr -d '"' | while read -r name; do "$hvprobe" caps "$name" >/dev/null 2>&1
		[ $? -ne 2 ] || echo "$name"; done)" ""
while IFS='|' read -r name filter; do
	jq "$filter" "$tmp/out" >"$tmp/refused-$name"
done <<'END'
unknown-key|. + {more: 1}
no-such-state|.checks[0].state = "advertised"
unknown-without-reason|.checks[0] |= (.state = "unknown" | del(.reason, .hint))
reason-without-unknown|.checks[0] |= (.state = "broken" | .reason = "not tried")
missing-evidence|del(.checks[0].evidence)
END
if python3 -c 'import jsonschema' 2>/dev/null; then
	is "what the schema has to refuse" "$(python3 "$top/tests/cli/validate.py" --refuse \
		"$schema" "$tmp"/refused-* 2>&1)" ""
else
	skip "what the schema has to refuse" "the Python module jsonschema is not installed"
fi

# Lists that follow from the registry.
for list in abi reason instruction; do
	is "schema: $list is that of the report" "$(jq -c ".definitions.$list" "$schema")" \
		"$(jq -c ".definitions.$list" "$top/docs/schema/report.schema.json")"
done

# Beside drivers.
need_fake
mkdir "$tmp/sysfs"
echo 0.1.0 >"$tmp/sysfs/version"
with()		# CALLS ARGUMENT...
{
	status=0
	LD_PRELOAD=$fake FAKE_DRIVER=${driver-used} FAKE_SYSFS=$tmp/sysfs FAKE_CALLS=$1 \
		"$hvprobe" "${@:2}" >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	err=$(cat "$tmp/err")
}
state() { field ".checks[] | select(.capability == \"$1\" and .check == \"$2\") | [.state, .reason]"; }

with '' --json
is "true driver: state" "$(field .driver.state)" '"used"'
if [ "$(field '[.interfaces[].abis[]] | index("kvm") != null')" = false ]; then
	skip "drivers" "no KVM here"
	done_testing
fi
with '' verify --json kvm
validates "true driver"
is "true driver: hypercalls" "$(state kvm.hypercalls numbers)" '["verified",null]'
is "true driver: the calls are told" \
	"$(field '.checks[0].calls | map([.number, .instruction, .result])')" \
	'[["0x00000001","vmmcall","0x00000000"],["0x00000002","vmmcall","0xfffffffffffffc18"]]'
with '' verify kvm.hypercalls
is "true driver: status" "$status" 0
with '' verify --tap kvm.hypercalls
is "true driver: TAP" "$(grep -c '^ok' "$tmp/out")" 2
with fault verify --json kvm
validates "driver whose calls fault"
is "faults: status" "$status" 1
is "faults: state" "$(state kvm.hypercalls numbers)" '["broken",null]'
is "faults: evidence" "$(field '.checks[0].evidence')" '"vmmcall raised #UD (vector 6)"'
with fault verify --tap kvm.hypercalls/numbers
is "faults: TAP" "$(grep -c '^not ok 1 - kvm.hypercalls numbers$' "$tmp/out")" 1
with 95 verify --json kvm
validates "driver without a way"
is "EOPNOTSUPP: status" "$status" 3
is "EOPNOTSUPP: state" "$(state kvm.hypercalls numbers)" '["unknown","not tried"]'
with 13 verify --json kvm
is "EACCES: reason" "$(state kvm.hypercalls numbers)" '["unknown","needs root"]'
with denied-later verify --json
is "EACCES later: what was tried" "$(state kvm.hypercalls numbers)" '["verified",null]'
is "EACCES later: and not" "$(state kvm.hypercalls clock-pairing)" '["unknown","needs root"]'
is "EACCES later: status" "$status" 3
with ioctl verify --json kvm
validates "driver that fails"
is "EIO: status" "$status" 3
with old verify --json kvm
is "a driver without calls: reason" "$(state kvm.hypercalls numbers)" \
	'["unknown","needs driver"]'
driver=denied with '' verify --json kvm
is "not permitted: reason" "$(state kvm.hypercalls numbers)" '["unknown","needs root"]'
done_testing
