# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154
# What verify finds to work, call and bench in the same guest. The states that a
# platform is known to have are in its expectations.
. /lib/tap.sh
. /etc/expect

verify()	# TITLE STATUS STATES: "capability=state..." of at least one check each
{
	hvprobe verify --json >/tmp/verify.json 2>/tmp/verify.err
	status=$?
	is "$1: exit status" $status "$2"
	is "$1: nothing is broken" "$(jq .summary.broken /tmp/verify.json)" 0
	is "$1: nothing on stderr" "$(cat /tmp/verify.err)" ""
	jq -r '.checks[] | "\(.capability)=\(.state)"' /tmp/verify.json >/tmp/states
	for wanted in $3; do
		check "$1: $wanted" grep -qx "$wanted" /tmp/states
	done
	hvprobe verify --tap >/tmp/verify.tap
	is "$1: TAP has a line for each check" "$(grep -c '^\(not \)\{0,1\}ok ' /tmp/verify.tap)" \
		"$(jq '.checks | length' /tmp/verify.json)"
}

load
verify "as loaded" "$verify_status_wanted" "$verify_wanted"
load hyperv_setup=1
verify "hyperv_setup=1" "$verify_status_wanted" "$verify_setup_wanted"

for call in $calls_wanted; do
	name=$(echo "$call" | tr + ' ')
	# shellcheck disable=SC2086 # interface and call are two arguments
	check "call $name" hvprobe call $name
done
if [ -n "$calls_wanted" ]; then
	hvprobe bench --json >/tmp/bench.json 2>/tmp/bench.err
	is "bench: exit status" $? 0
	check "bench measured something" jq -e 'tostring | contains("p50")' /tmp/bench.json
	hvprobe bench | sed 's/^/# /'
fi
tell_verified
check "the module unloads" rmmod hvprobe
done_testing
