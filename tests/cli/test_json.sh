#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# JSON: valid by its schema, consistent in itself, the same live and recorded.
. "$(dirname "$0")/tap.sh"

schema=$top/docs/schema/report.schema.json
facts_schema=$top/docs/schema/facts.schema.json

validates()	# DESCRIPTION SCHEMA FILE...
{
	if ! python3 -c 'import jsonschema' 2>/dev/null; then
		skip "$1" "the Python module jsonschema is not installed"
		return
	fi
	is "$1" "$(python3 "$top/tests/cli/validate.py" "${@:2}" 2>&1)" ""
}

# Some leaves hold the number of the CPU: stay on one.
if command -v taskset >/dev/null; then
	cpus=$(taskset -cp $$)
	cpus=${cpus##*: }
	taskset -cp "${cpus%%[,-]*}" $$ >/dev/null
fi

number=0
for arguments in report caps 'caps --all' 'caps --set' 'caps cpu.hypervisor' explain nested confidential \
	'--deep --all-cpus --stats report' '--no-driver -v report'; do
	number=$((number + 1))
	# shellcheck disable=SC2086
	try --json $arguments
	is "nothing on stderr of hvprobe --json $arguments" "$err" ""
	cp "$tmp/out" "$tmp/live$number"
done
validates "output of --json" "$schema" "$tmp"/live*
try dump
cp "$tmp/out" "$tmp/dump"
is "nothing on stderr of hvprobe dump" "$err" ""
[ ! -f "$facts_schema" ] || validates "hvprobe dump" "$facts_schema" "$tmp/dump"

# Numbers of a newer version: of an interface, an instruction, a source, a reason.
cat >"$tmp/newer" <<'END'
{"schema":"hvprobe-facts","version":1,"facts":[
{"kind":"cpuid","source":77,"cpu":0,"leaf":1,"subleaf":0,"eax":0,"ebx":0,"ecx":"0x80000000","edx":0},
{"kind":"cpuid","source":77,"cpu":0,"leaf":"0x40000000","subleaf":0,"eax":"0x40000001","ebx":"0x4b4d564b","ecx":"0x564b4d56","edx":"0x4d"},
{"kind":"cpuid","source":77,"cpu":0,"leaf":"0x40000001","subleaf":0,"eax":"0x81000001","ebx":0,"ecx":0,"edx":0},
{"kind":"call","source":77,"abi":77,"insn":200,"number":1,"purpose":99,"result":2,"args":[1,2,3]},
{"kind":"call","source":77,"abi":"kvm","insn":"vmcall","number":1,"purpose":"proof","outcome":"skipped","reason":250,"args":[0,0,0]}]}
END
number=0
for arguments in decode '-v decode' nested confidential; do
	number=$((number + 1))
	# shellcheck disable=SC2086
	"$hvprobe" --json $arguments "$tmp/newer" >"$tmp/newer$number"
done
validates "numbers without a name" "$schema" "$tmp"/newer[1-9]
is "they are null" "$(tr -d ' \n' <"$tmp/newer1" |
	grep -c '"calls":\[{"interface":null,"instruction":null,')" 1

if ! command -v jq >/dev/null; then
	skip "contents" "jq is not installed"
	done_testing
fi

# A schema that lets everything pass proves nothing.
while IFS='|' read -r name filter; do
	jq "$filter" "$tmp/live1" >"$tmp/refused-$name"
done <<'END'
unknown-key|. + {more: 1}
missing-key|del(.verdict.summary)
other-version|.version = 2
other-schema|.schema = "else"
no-such-state|.capabilities[0].state = "no"
unknown-without-reason|.capabilities[0] |= (.state = "unknown" | del(.reason, .hint))
reason-without-unknown|.capabilities[0] |= (.state = "absent" | .reason = "not read")
upper-case-hex|.capability_mask = "0x000000000000000A"
END
validates "what the schema has to refuse" --refuse "$schema" "$tmp"/refused-*

# The mask, bit by bit, against the states.
mask_of_states()
{
	jq -r '.capabilities[] | select(.state | IN("advertised", "verified", "unadvertised")) |
		.number' "$1" | python3 -c 'import sys
print(hex(sum(1 << int(line) for line in sys.stdin)))'
}
normal() { python3 -c 'import sys; print(hex(int(sys.argv[1], 16)))' "$1"; }
mask=$("$hvprobe" caps --mask)
is "caps --mask is one hex word" "$(printf '%s\n' "$mask" | grep -cxE '0x([0-9a-f]{16})+')" 1
is "caps --mask is that of the report" "$mask" "$(jq -r .capability_mask "$tmp/live1")"
is "its bits are the available capabilities" "$(normal "$mask")" \
	"$(mask_of_states "$tmp/live1")"
is "its length follows from the number of capabilities" "${#mask}" \
	"$(jq '2 + 16 * ((.capabilities | length) + 63) / 64 | floor | . - (. - 2) % 16' "$tmp/live1")"
is "capabilities are numbered in order" "$(jq '[.capabilities[].number] ==
	[range(.capabilities | length)]' "$tmp/live1")" true
is "caps --set lists the bits of the mask" \
	"$("$hvprobe" caps --set | awk 'NR > 1 { print $1 }')" \
	"$(python3 -c 'import sys
n = int(sys.argv[1], 16)
print("\n".join(str(i) for i in range(n.bit_length()) if n >> i & 1))' "$mask")"
is "caps --all lists every one" "$("$hvprobe" caps --all | awk 'NR > 1' | wc -l)" \
	"$(jq '.capabilities | length' "$tmp/live1")"
check_names()	# STATUS JQ-CONDITION
{
	local name
	name=$(jq -r "[.capabilities[] | select($2) | .name][0] // empty" "$tmp/live1")
	if [ -n "$name" ]; then
		exits "$1" -q caps "$name"
	else
		skip "caps with a name, status $1" "this machine has none such"
	fi
}
check_names 0 '.state == "advertised"'
check_names 1 '.state == "absent"'
check_names 3 '.state == "unknown"'

# The same machine, live and recorded. A recording cannot know what else could
# have been read, and the driver's own state is not a fact.
same_shape='del(.source, .driver, .stats, .also_in_file) |
	walk(if type == "object" then del(.reason, .hint) else . end)'
jq -S "$same_shape" "$tmp/live1" >"$tmp/want"
"$hvprobe" --json decode "$tmp/dump" >"$tmp/decoded"
jq -S "$same_shape" "$tmp/decoded" >"$tmp/got"
is "decode of the own dump is the live report" "$(diff "$tmp/want" "$tmp/got")" ""
"$hvprobe" dump --format=cpuid >"$tmp/cpuid"
"$hvprobe" --json decode "$tmp/cpuid" >"$tmp/decoded-cpuid"
registers='[.interfaces[] | del(.source) | .leaves |= map(del(.source))]'
is "decode of dump --format=cpuid finds the same interfaces" \
	"$(jq -cS "$registers" "$tmp/decoded-cpuid")" "$(jq -cS "$registers" "$tmp/live1")"
"$hvprobe" decode --facts "$tmp/dump" >"$tmp/facts"
is "decode --facts gives the dump back" "$(cmp "$tmp/dump" "$tmp/facts" 2>&1)" ""
validates "decoded recordings" "$schema" "$tmp/decoded" "$tmp/decoded-cpuid"

# Whatever stands in the registers, JSON and text stay what they are.
for bytes in 00ff1b5b 22225c5c c328c328 80818283 eda080ed e280aee2 0a0d0900 7f7f7f7f; do
	word=0x${bytes:6:2}${bytes:4:2}${bytes:2:2}${bytes:0:2}
	printf '   0x%08x 0x00: eax=0x%08x ebx=0x%08x ecx=0x%08x edx=0x%08x\n' \
		0 0xd "$word" "$word" "$word" 1 0 0 0x80000000 0 \
		$((0x40000000)) 0x40000001 "$word" "$word" "$word" \
		$((0x40000001)) 0x31237648 0 0 0 >"$tmp/hostile-$bytes"
	sed -i 1i'CPU:' "$tmp/hostile-$bytes"
	"$hvprobe" --json decode "$tmp/hostile-$bytes" >"$tmp/hostile-$bytes.json" 2>"$tmp/err"
	is "signature of bytes $bytes: read" "$?" 0
	is "signature of bytes $bytes: hex" \
		"$(jq -r '.interfaces[0].signature.hex' "$tmp/hostile-$bytes.json")" "$bytes$bytes$bytes"
	is "signature of bytes $bytes: text is printable" \
		"$("$hvprobe" -v decode "$tmp/hostile-$bytes" | tr -d '\n -~' | wc -c)" 0
done
validates "signatures of any bytes: JSON" "$schema" "$tmp"/hostile-*.json

# Every recorded machine there is.
if [ -z "${HVPROBE_CORPUS:-}" ]; then
	skip "recorded machines: JSON" "no HVPROBE_CORPUS"
	done_testing
fi
number=0
while IFS= read -r file; do
	number=$((number + 1))
	"$hvprobe" -J decode "$file" >"$tmp/recorded-$number" 2>/dev/null
	[ -s "$tmp/recorded-$number" ] || rm "$tmp/recorded-$number"
done < <(find "$HVPROBE_CORPUS" -type f ! -name '*.md')
validates "recorded machines: JSON" "$schema" "$tmp"/recorded-*
done_testing
