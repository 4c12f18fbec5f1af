# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The answer with the driver against the answer without it, value by value. The
# driver may turn an unknown into something; it may contradict nothing.
. /lib/tap.sh

loaded || load
check "report without the driver" sh -c 'hvprobe --no-driver --json >/tmp/without 2>/tmp/err'
is "nothing on stderr" "$(cat /tmp/err)" ""
check "report with the driver" sh -c 'hvprobe --json >/tmp/with 2>/tmp/err'
is "nothing on stderr" "$(cat /tmp/err)" ""
check "both are reports" jq -es \
	'length == 2 and all(.[]; (.capabilities | length > 100) and (.fields | length > 0))' \
	/tmp/without /tmp/with
check "anybody gets the report" as_nobody 'hvprobe --json >/dev/null'

bare() { jq -cS '[.interfaces[] | del(.source, .leaves)]' "$1"; }
is "same interfaces" "$(bare /tmp/with)" "$(bare /tmp/without)"
for key in kind summary primary presented; do
	is "same verdict.$key" "$(jq -cS .verdict.$key /tmp/with)" \
		"$(jq -cS .verdict.$key /tmp/without)"
done
is "no register read by both differs" "$(jq -cS .disagreements /tmp/with)" "[]"

# By name. Calls may settle what was unknown and try what was only said.
names() { jq -c "[.$1[].name]" "$2"; }
is "same capabilities listed" "$(names capabilities /tmp/with)" \
	"$(names capabilities /tmp/without)"
jq -rn --slurpfile with /tmp/with --slurpfile without /tmp/without '
	{"advertised": ["verified", "broken"], "absent": ["unadvertised"]} as $tried |
	($with[0].capabilities | map({(.name): .state}) | add) as $w |
	$without[0].capabilities[] |
	select(.state != "unknown" and .state != $w[.name] and
		($tried[.state] // [] | index($w[.name]) | not)) |
	"\(.name): \(.state) without, \($w[.name]) with"' >/tmp/contradictions
is "no capability contradicts" "$(cat /tmp/contradictions)" ""
is "same fields listed" "$(names fields /tmp/with)" "$(names fields /tmp/without)"
jq -rn --slurpfile with /tmp/with --slurpfile without /tmp/without '
	($with[0].fields | map({(.name): .value}) | add) as $w |
	$without[0].fields[] | select(.value != null and $w[.name] != .value) |
	"\(.name): \(.value) without, \($w[.name]) with"' >/tmp/contradictions
is "no field contradicts" "$(cat /tmp/contradictions)" ""
is "sysfs has the tool's capability mask" "$(attr capability_mask)" \
	"$(hvprobe caps --mask)"

answer() { jq -S '.interfaces, .capabilities, .fields, .verdict.summary'; }
hvprobe dump | hvprobe decode --json - | answer >/tmp/decoded
hvprobe --json | answer >/tmp/live
check "the decoded one is a report" jq -es '.[1] | length > 100' /tmp/decoded
same "a dump decodes to the same" /tmp/decoded /tmp/live
done_testing
