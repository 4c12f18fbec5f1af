# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
# Sourced by the scripts of this directory: TAP with the plan at the end.

set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
hvprobe=${HVPROBE:-$top/build/hvprobe}
count=0
failed=0
tmp=$(mktemp -d)
trap 'chmod -R u+rwx "$tmp"; rm -rf "$tmp"' EXIT
unset NO_COLOR
export LC_ALL=C TERM=xterm

[ -x "$hvprobe" ] || { echo "Bail out! $hvprobe is not built"; exit 1; }

report()	# OK DESCRIPTION
{
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		failed=$((failed + 1))
		echo "not ok $count - $2"
	fi
}

diag() { printf '%s\n' "$*" | head -n 20 | sed 's/^/# /'; }

skip()		# DESCRIPTION REASON
{
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

is()		# DESCRIPTION GOT WANTED
{
	local ok=1
	[ "$2" != "$3" ] || ok=0
	report $ok "$1"
	[ $ok -eq 0 ] || diag "got:    $2
wanted: $3"
}

# Runs the tool: its output is in $out and $err, its exit status in $status.
try()		# ARGUMENT...
{
	status=0
	"$hvprobe" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	out=$(tr -d '\0' <"$tmp/out")
	err=$(tr -d '\0' <"$tmp/err")
}

exits()		# STATUS ARGUMENT...
{
	local wanted=$1
	shift
	try "$@"
	is "exit status of hvprobe $*" "$status" "$wanted"
	[ "$status" = "$wanted" ] || diag "$err"
}

# Builds the fake driver as $fake. Where there can be none the script ends.
need_fake()
{
	local cc=${CC:-cc} status=0
	fake=$tmp/fake.so
	if ! command -v "${cc%% *}" >/dev/null || ! command -v jq >/dev/null; then
		skip "drivers" "no C compiler, or jq is not installed"
		done_testing
	fi
	$cc -shared -fPIC -I"$top/include/uapi" -o "$fake" \
		"$top/tests/cli/fake_driver.c" -ldl 2>"$tmp/err" || status=$?
	is "the fake driver builds" "$status" 0
	if [ $status -ne 0 ]; then
		diag "$(cat "$tmp/err")"
		done_testing
	fi
	exits 0 --version
	# A static tool and one with a sanitizer do not take it.
	if ! FAKE_SEEN=$tmp/seen LD_PRELOAD=$fake "$hvprobe" --version >/dev/null 2>&1 ||
		[ ! -e "$tmp/seen" ]; then
		skip "drivers" "this build of the tool takes no preloaded library"
		done_testing
	fi
}

done_testing()
{
	echo "1..$count"
	[ "$failed" -eq 0 ]
	exit
}
