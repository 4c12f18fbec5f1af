# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Instructions that the engine executes around one hypercall, and what a batch costs
# (tests/bench/engine_cost.sh). Prints "# engine SHAPE SHORTEST LONGEST RUNS CALLS" and
# "# batch KIND CALLS INSTRUCTION_NS PERCENT".
. /lib/tap.sh

counter=/sys/module/count_insns/parameters
value() { cat "$counter/$1"; }

load hyperv_setup=1
address=$(awk '$3 == "hvp_call_hv_issue" { print $1; exit }' /proc/kallsyms)
check "the counter loads" insmod /count_insns.ko "address=0x$address"

measure()	# SHAPE HVPROBE_CALL_ARGUMENT...
{
	shape=$1
	shift
	echo 0 >"$counter/runs"
	for _ in 1 2 3 4 5; do
		hvprobe call hyperv "$@" --shape "$shape" >/tmp/call 2>&1 ||
			diag "$(cat /tmp/call)"
	done
	echo "# engine $shape $(value shortest) $(value longest) $(value runs) $(value calls)"
	check "$shape: was counted" test "$(value runs)" -ge 5
}

measure fast 8 --in=0100000000000000
measure slow 8 --in=0100000000000000
# Nobody's caches: address space, flags, and an empty set of processors.
measure xmm 2 --in=000000000000000000000000000000000000000000000000
rmmod count_insns

hvprobe bench --json >/tmp/bench.json
jq -r '.kinds[] | select(.batch_calls) |
	"# batch \(.kind) \(.batch_calls) \(.ns.p50) \(.batch_percent)"' /tmp/bench.json
check "batches were measured" jq -e '[.kinds[] | select(.batch_calls == 64)] | length > 0' \
	/tmp/bench.json
done_testing
