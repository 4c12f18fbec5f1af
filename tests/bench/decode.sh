#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Throughput of decoding a large `cpuid -r` dump: 200 MB of many CPUs. MB=n changes
# the size.
set -euo pipefail
cd "$(dirname "$0")/../.."
megabytes=${MB:-200}
dump=build/bench/cpuid-$megabytes.txt
mkdir -p build/bench

if [ ! -e "$dump" ]; then
	awk -v size=$((megabytes * 1000000)) '
	function row(leaf, subleaf, a, b, c, d) {
		return sprintf("   0x%08x 0x%02x: eax=0x%08x ebx=0x%08x ecx=0x%08x edx=0x%08x\n",
			leaf, subleaf, a, b, c, d)
	}
	BEGIN {
		rows = row(0, 0, 13, 0x68747541, 0x444d4163, 0x69746e65) \
			row(1, 0, 0x800f12, 0x800, 0xfff83203, 0x178bfbff)
		for (leaf = 2; leaf <= 13; leaf++)
			for (subleaf = 0; subleaf < 4; subleaf++)
				rows = rows row(leaf, subleaf, leaf * 4097, subleaf, 0, 1)
		rows = rows row(0x40000000, 0, 0x40000001, 0x4b4d564b, 0x564b4d56, 0x4d) \
			row(0x40000001, 0, 0x01007efb, 0, 0, 0)
		for (leaf = 0; leaf < 32; leaf++)
			rows = rows row(0x80000000 + leaf, 0, 0x8000001f, leaf, 0, 0)
		for (cpu = 0; done < size; cpu++) {
			block = "CPU " cpu ":\n" rows
			printf "%s", block
			done += length(block)
		}
	}' >"$dump.tmp"
	mv "$dump.tmp" "$dump"
fi

bytes=$(stat -c %s "$dump")
cat "$dump" >/dev/null
echo "Decoding $((bytes / 1000000)) MB of cpuid -r text, best of 3:"
best=
for _ in 1 2 3; do
	start=$(date +%s%N)
	status=0
	build/hvprobe decode -q "$dump" >/dev/null 2>build/bench/decode.err || status=$?
	elapsed=$((($(date +%s%N) - start) / 1000))
	if [ $status -ne 0 ]; then
		echo "hvprobe decode ended with status $status: $(head -n 1 build/bench/decode.err)"
		exit 0
	fi
	[ -n "$best" ] && [ "$best" -le $elapsed ] || best=$elapsed
done
awk -v bytes="$bytes" -v us="$best" 'BEGIN {
	printf "%-28s %12.1f MB/s (%.2f s)\n", "hvprobe decode -q", bytes / us, us / 1e6 }'
