#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The selftest target under the rules of a real kernel's selftests: copied into its
# tree, built, installed, in the list of tests, and run from there.
# shellcheck disable=SC2154 # tap.sh assigns them
. "$(dirname "$0")/../cli/tap.sh"

store=${HVPROBE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/hvprobe}/kernels
rules=$(find "$store" -maxdepth 1 -name 'selftests-*' 2>/dev/null | sort -V | tail -n 1)
if [ -z "$rules" ]; then
	skip "kernel's selftests" "no rules in the cache; tests/vm/kernel.sh selftests fetches them"
	done_testing
fi
if ! command -v rsync >/dev/null; then
	skip "kernel's selftests" "rsync is not installed, by which they install"
	done_testing
fi
unset MAKEFLAGS MFLAGS MAKELEVEL
tree=$tmp/linux
there=$tmp/installed
cp -r "$rules" "$tree"

runs()		# DESCRIPTION COMMAND...
{
	status=0
	"${@:2}" >"$tmp/out" 2>&1 </dev/null || status=$?
	is "$1" "$status $([ $status -eq 0 ] || tail -n 5 "$tmp/out")" "0 "
}

runs "copied into the tree" make -s -C "$top/tests/kselftest" copy KSRC="$tree"
self=(make -s -C "$tree/tools/testing/selftests" TARGETS=hvprobe)
runs "built by its rules" "${self[@]}"
is "no warning" "$(grep -i warning "$tmp/out")" ""
runs "installed" "${self[@]}" install KSFT_INSTALL_PATH="$there"
is "the list of tests" "$(sort "$there/kselftest-list.txt" | tr '\n' ' ')" \
	"hvprobe:abi.sh hvprobe:calls.sh hvprobe:load.sh "
for file in abi.sh calls.sh load.sh ktap.sh hvp_abi hvp_calls settings; do
	is "installed: $file" "$([ -e "$there/hvprobe/$file" ] && echo yes)" yes
done

# Without the module each of them skips itself; with it they pass.
cd "$there" && ./run_kselftest.sh -c hvprobe >"$tmp/out" 2>&1 </dev/null
is "run by the runner: each has a result" \
	"$(grep -cE '^(not )?ok [0-9]+ selftests: hvprobe: (abi|calls|load)\.sh' "$tmp/out")" 3
is "and none fails" "$(grep '^not ok' "$tmp/out")" ""
runs "cleaned" "${self[@]}" clean
is "nothing built is left" "$(find "$tree/tools/testing/selftests/hvprobe" -name 'hvp_*')" ""
done_testing
