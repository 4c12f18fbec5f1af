#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Fuzz the importers for SECONDS (60 if not given); findings stay in build/fuzz.
# FUZZ_SEED fixes the course, so that a short run in make check can be repeated.
set -eu

seconds=${1:-60}
cd "$(dirname "$0")/../.."
out=build/fuzz
mkdir -p "$out/corpus" "$out/findings"

zlib=
if printf '#include <zlib.h>\nint main(void){return !zlibVersion();}\n' |
	clang -x c -o /dev/null - -lz 2>/dev/null; then
	zlib='-lz'
fi
sources="tests/fuzz/fuzz_import.c core/*.c probe-tool/store.c probe-tool/dump.c
	probe-tool/facts_*.c probe-tool/import_*.c"
if [ ! -x "$out/fuzz_import" ] || [ -n "$(find tests/fuzz/fuzz_import.c \
	core probe-tool include -name '*.[chd]*' \
	-newer "$out/fuzz_import" -print -quit)" ]; then
	# shellcheck disable=SC2086 # lists of files and options
	clang -std=gnu11 -O1 -g -Iinclude/uapi \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		-fno-omit-frame-pointer -o "$out/fuzz_import" $sources \
		-ljson-c $zlib
fi
python3 tests/fuzz/seeds.py "$out/seeds"
exec "$out/fuzz_import" -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -timeout=10 \
	-rss_limit_mb=2048 -max_len=65536 -dict=tests/fuzz/words.dict \
	-artifact_prefix="$out/findings/" -print_final_stats=1 \
	"$out/corpus" "$out/seeds"
