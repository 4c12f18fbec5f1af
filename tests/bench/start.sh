#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Start-to-exit time of hvprobe beside the programs that people use for the same
# question, interleaved in one run. RUNS=n changes the number of runs.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${RUNS:-40}
PATH=$PATH:/usr/sbin:/sbin

mkdir -p build/bench
${CC:-gcc} -O2 -Wall -Wextra -o build/bench/spawn_time tests/bench/spawn_time.c

candidates=(
	"build/hvprobe"
	"build/hvprobe.static"
	"build/hvprobe.static --json"
	"systemd-detect-virt"
	"lscpu"
	"virt-what"
	"cpuid -1 -r"
	"cpuid -1 -l 0x40000000"
)
commands=() arguments=()
for command in "${candidates[@]}"; do
	read -ra words <<<"$command"
	if ! command -v "${words[0]}" >/dev/null; then
		echo "# ${words[0]} is not here: left out"
		continue
	fi
	commands+=("$command")
	[ ${#arguments[@]} -eq 0 ] || arguments+=(--)
	arguments+=("${words[@]}")
done

echo "Start to exit, $runs runs each, interleaved. Ratio to build/hvprobe.static:"
echo "above 1 is slower than we are."
printf '%-28s %12s %12s %8s\n' command 'median us' 'minimum us' ratio
build/bench/spawn_time "$runs" "${arguments[@]}" |
	paste -d' ' - <(printf '%s\n' "${commands[@]}") | awk '
	{ median[NR] = $1; least[NR] = $2; $1 = $2 = ""; sub(/^ */, ""); name[NR] = $0 }
	$0 == "build/hvprobe.static" { own = median[NR] }
	END {
		for (i = 1; i <= NR; i++)
			printf "%-28s %12d %12d %8.2f\n", name[i], median[i],
				least[i], median[i] / own
	}'
