#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A short fuzzing run as one TAP test; FUZZ_SECONDS says how short (20).
set -u

cd "$(dirname "$0")/../.." || exit 1
seconds=${FUZZ_SECONDS:-20}

echo 1..1
if ! command -v clang >/dev/null; then
	echo 'ok 1 - fuzzing of importers # SKIP clang is not installed'
	exit 0
fi
mkdir -p build/fuzz
log=build/fuzz/log
if FUZZ_SEED=1 tests/fuzz/run.sh "$seconds" >"$log" 2>&1; then
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	if [ "${runs:-0}" -ge 1000 ]; then
		echo "ok 1 - $runs inputs in $seconds s, nothing found"
		exit 0
	fi
	echo "not ok 1 - only ${runs:-0} inputs in $seconds s"
	exit 1
fi
echo "not ok 1 - fuzzing of importers, see $log"
tail -n 25 "$log" | sed 's/^/# /'
exit 1
