#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Instructions from the first of hvp_call_hv_issue() to its return, without the
# hypercall and the exit: single-stepped in guests of real KVM with Hyper-V
# enlightenments. The same on every machine; reported beside the targets.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/bench

declare -A target=([fast]=60 [slow]=60 [xmm]=250)

tests/vm/setup.sh
LANES=1 tests/vm/run.sh bench >build/bench/engine.log 2>&1 || {
	echo "engine cost: not counted, see build/bench/engine.log"
	grep '^not ok' build/bench/engine.log | head -n 5
}

echo "instructions around one hypercall (hvp_call_hv_issue), hypercall excluded:"
printf '%-24s %-6s %9s %9s %7s\n' guest shape shortest longest target
awk '!/^#/ && $7 == "bench" { print $1 }' tests/vm/vmtests.cfg | while read -r guest; do
	[ -e "build/vm/$guest.log" ] || continue
	tr -d '\r' <"build/vm/$guest.log" | sed -n 's/^ *# engine //p' |
		while read -r shape shortest longest runs _; do
			[ "$runs" -gt 0 ] || shortest=- longest=-
			printf '%-24s %-6s %9s %9s %7s\n' "$guest" "$shape" \
				"$shortest" "$longest" "${target[$shape]}"
		done
done
