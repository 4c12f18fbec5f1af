# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154
# What calls cost, kind by kind: each that this platform answers was measured.
. /lib/tap.sh
. /etc/expect

load
hvprobe bench --json >/tmp/bench.json 2>/tmp/bench.err
is "exit status" $? 0
is "nothing on stderr" "$(cat /tmp/bench.err)" ""
for kind in $bench_wanted; do
	check "$kind has a median" jq -e --arg kind "$kind" \
		'.kinds[] | select(.kind == $kind) | .ticks.p50 > 0' /tmp/bench.json
done
hvprobe bench | sed 's/^/# /'
check "rmmod" rmmod hvprobe
done_testing
