# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154
# What is known of this platform (tests/vm/expect/PLATFORM) against what we found.
. /lib/tap.sh
. /etc/expect

loaded || load
hvprobe --json >/tmp/report.json
is "interfaces" "$(jq -r '.interfaces[] | "\(.base)=\(.signature.text)"' /tmp/report.json |
	tr '\n' ';')" "$interfaces_wanted"
like "verdict" "$(jq -r .verdict.summary /tmp/report.json)" "$summary_wanted"
like "verdict of the module" "$(attr verdict)" "$summary_wanted"
like "instruction" "$(attr instruction)" "$instruction_wanted"
like "proof" "$(attr proof)" "$proof_wanted"
like "calls made" "$(attempts)" "$attempts_wanted"
like "report for people" "$(hvprobe)" "$summary_wanted"
check "explain" hvprobe explain
is "interfaces in sysfs" "$(for directory in "$sysfs"/interface[0-9]*; do
	printf '%s=%s;' "$(cat "$directory/base")" "$(cat "$directory/signature")"
	done)" "$interfaces_wanted"
done_testing
