#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# CPUID executions of each mode by the tool's own count. In a guest each one traps.
set -euo pipefail
cd "$(dirname "$0")/../.."

echo "CPUID executions of a report, as --stats tells:"
for mode in "" "--no-driver" "--deep" "--all-cpus"; do
	# shellcheck disable=SC2086 # a list of arguments
	count=$(build/hvprobe.static report $mode --json --stats 2>/dev/null |
		sed -n 's/.*"cpuid_executions": *\([0-9]*\).*/\1/p') || true
	printf '%-28s %12s\n' "hvprobe report $mode" "${count:-not told}"
done
