#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# hvprobe bench: bounded, consistent, and honest about what it could not measure.
. "$(dirname "$0")/tap.sh"

schema=$top/docs/schema/bench.schema.json
field() { jq -c "$1" "$tmp/out" 2>&1; }
validates()	# DESCRIPTION
{
	if ! python3 -c 'import jsonschema' 2>/dev/null; then
		skip "$1: schema" "the Python module jsonschema is not installed"
		return
	fi
	is "$1: schema" "$(python3 "$top/tests/cli/validate.py" "$schema" "$tmp/out" 2>&1)" ""
}

exits 2 bench no-such-kind
is "unknown kind: the hint lists them" "$(printf '%s\n' "$err" | grep -c '^hint: kinds are .*cpuid')" 1
exits 3 bench --no-driver vmware
exits 3 bench --no-driver hyperv-slow cpuid
try bench --no-driver clock
is "nothing on stderr" "$err" ""
is "at most 80 columns" "$(awk 'length > 80' "$tmp/out")" ""
try bench --no-driver -q clock
is "quiet: nothing is printed" "$out$err" ""

if ! command -v jq >/dev/null; then
	skip "contents" "jq is not installed"
	done_testing
fi
try --json bench --no-driver
validates "bench --json"
consistent()	# DESCRIPTION
{
	is "$1: the histogram counts every sample" "$(field '[.kinds[] | select(.samples) |
		([.histogram[].count] | add) == .samples] | all')" true
	is "$1: min <= p50 <= p99 <= max" "$(field '[.kinds[] | select(.samples) | .ticks |
		.min <= .p50 and .p50 <= .p99 and .p99 <= .max] | all')" true
	is "$1: buckets do not overlap" "$(field '[.kinds[] | select(.samples) | .histogram |
		. as $h | range(1; length) | $h[.].from > $h[. - 1].to] | all')" true
}
consistent "no driver"

need_fake
with()		# CALLS ARGUMENT...
{
	status=0
	LD_PRELOAD=$fake FAKE_DRIVER=used FAKE_CALLS=$1 \
		"$hvprobe" "${@:2}" >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
}
with '' --json
is "driver: state" "$(field .driver.state)" '"used"'
if [ "$(field '[.interfaces[].abis[]] | index("kvm") != null')" = false ]; then
	skip "drivers" "no KVM here"
	done_testing
fi
with '' --json bench kvm
validates "driver"
consistent "driver"
is "driver: status" "$status" 0
is "driver: the cycles it told are the samples" "$(field '.kinds[0].ticks | [.min, .max]')" \
	'[1000,1630]'
is "driver: what the ioctl adds is told" \
	"$(field '.kinds[0] | .batch_calls == 64 and has("engine_ticks") and has("ioctl_ticks") and
		.batch_percent >= 100')" true
for calls in 95 fault ioctl; do
	with $calls --json bench kvm
	validates "driver that answers $calls"
	is "$calls: not measured" "$status $(field '.kinds[0] | has("missing")')" '3 true'
done
done_testing
