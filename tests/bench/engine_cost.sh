#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Instructions from the first of hvp_call_hv_issue() to its return, without the
# hypercall and the exit: single-stepped in guests of real KVM with Hyper-V
# enlightenments, the same on every machine. In the same guests what one ioctl of 64
# calls takes, as a multiple of its 64 instructions. Reported beside the targets.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/bench

declare -A target=([fast]=60 [slow]=60 [xmm]=250)

# "GUEST WORD..." of the lines "# WHAT WORD..." of each guest.
told()		# WHAT
{
	awk '!/^#/ && $6 == "bench" { print $1 }' tests/vm/vmtests.cfg | while read -r guest; do
		[ ! -e "build/vm/$guest.log" ] || tr -d '\r' <"build/vm/$guest.log" |
			sed -n "s/^ *# $1 /$guest /p"
	done
}

tests/vm/setup.sh
LANES=1 tests/vm/run.sh bench >build/bench/engine.log 2>&1 || {
	echo "engine cost: not counted, see build/bench/engine.log"
	grep '^not ok' build/bench/engine.log | head -n 5
}

echo "instructions around one hypercall (hvp_call_hv_issue), hypercall excluded:"
printf '%-24s %-6s %9s %9s %7s\n' guest shape shortest longest target
told engine | while read -r guest shape shortest longest runs _; do
	[ "$runs" -gt 0 ] || shortest=- longest=-
	printf '%-24s %-6s %9s %9s %7s\n' "$guest" "$shape" "$shortest" "$longest" \
		"${target[$shape]}"
done

printf '\none ioctl of many calls, as a multiple of its instructions and exits alone:\n'
printf '%-24s %-14s %5s %11s %8s %7s\n' guest kind calls 'one, ns' multiple target
told batch | while read -r guest kind calls ns percent; do
	printf '%-24s %-14s %5s %11s %8s %7s\n' "$guest" "$kind" "$calls" "$ns" \
		"$((percent / 100)).$(printf '%02d' $((percent % 100)))" '< 2.00'
done
