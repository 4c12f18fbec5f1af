#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Files that are no recordings: an error that says so, never a crash.
. "$(dirname "$0")/tap.sh"

refused()	# DESCRIPTION FILE
{
	status=0
	timeout 20 "$hvprobe" decode "$2" >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	is "$1: status" "$status" 4
	is "$1: nothing on stdout" "$(tr -d '\0' <"$tmp/out" | head -c 200)" ""
	is "$1: told once" "$(grep -cE "^hvprobe: (no facts recognised in|cannot read) '" \
		"$tmp/err")" 1
	is "$1: stderr is printable" "$(tr -d '\n -~' <"$tmp/err" | wc -c)" 0
}

survives()	# DESCRIPTION FILE
{
	status=0
	timeout 20 "$hvprobe" decode "$2" >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
	case $status in
	0 | 3 | 4) is "$1: a status of the contract" yes yes ;;
	*) is "$1: a status of the contract" "$status" "0, 3 or 4" ;;
	esac
}

refused "no such file" "$tmp/missing"
: >"$tmp/empty"
refused "empty file" "$tmp/empty"
refused "/dev/null" /dev/null
mkdir "$tmp/directory"
refused "empty directory" "$tmp/directory"
mkdir -p "$tmp/junk/proc/cpuinfo" "$tmp/junk/sys"
refused "directory where a file should be" "$tmp/junk"
ln -s loop "$tmp/loop"
refused "symbolic link to itself" "$tmp/loop"
head -c 1000000 "$hvprobe" >"$tmp/program"
survives "a program" "$tmp/program"
head -c 300000 /dev/urandom >"$tmp/random"
survives "random bytes" "$tmp/random"
head -c 1000000 /dev/zero >"$tmp/zeros"
refused "zeros" "$tmp/zeros"
head -c 1000000 /dev/zero | tr '\0' a >"$tmp/line"
refused "a line of 1 MB" "$tmp/line"
{ printf '   0x40000000 0x00: '; head -c 1000000 /dev/zero | tr '\0' 0; } >"$tmp/begun"
survives "a leaf that does not end" "$tmp/begun"
head -c 100000 /dev/zero | tr '\0' '[' >"$tmp/brackets"
survives "nested brackets" "$tmp/brackets"
head -c 100000 /dev/zero | sed 's/\x0/{"facts":/g' >"$tmp/braces"
survives "nested objects" "$tmp/braces"
truncate -s 257M "$tmp/long"
for endless in /dev/zero "$tmp/long"; do
	refused "more than a recording has" "$endless"
	is "why" "$(grep -c 'File too large' "$tmp/err")" 1
	is "how much that is" "$(grep -c '^hint: .* 256 MiB$' "$tmp/err")" 1
done
status=0
timeout 20 "$hvprobe" decode - </dev/zero >"$tmp/out" 2>"$tmp/err" || status=$?
is "standard input without an end" "$status" 4
printf '\xff\xfe{\0"\0' >"$tmp/utf16"
survives "UTF-16" "$tmp/utf16"
printf 'hello\n' >"$tmp/prose"
refused "prose" "$tmp/prose"
printf 'x' >"$tmp/"$'name\033[31m\xff'
refused "a name of escapes" "$tmp/"$'name\033[31m\xff'

# root reads anything, so somebody else has to try.
printf 'CPU:\n' >"$tmp/secret"
chmod 0 "$tmp/secret"
chmod 755 "$tmp"
if [ "$(id -u)" -ne 0 ]; then
	refused "an unreadable file" "$tmp/secret"
elif command -v setpriv >/dev/null; then
	cp "$hvprobe" "$tmp/tool"
	chmod 755 "$tmp/tool"
	status=0
	setpriv --reuid=65534 --regid=65534 --clear-groups "$tmp/tool" decode "$tmp/secret" \
		>"$tmp/out" 2>"$tmp/err" || status=$?
	is "an unreadable file: status" "$status" 4
	is "an unreadable file: why" "$(grep -c 'Permission denied' "$tmp/err")" 1
	setpriv --reuid=65534 --regid=65534 --clear-groups "$tmp/tool" --no-driver \
		>"$tmp/out" 2>"$tmp/err"
	is "anybody gets the report" "$?" 0
	is "without a word on stderr" "$(cat "$tmp/err")" ""
else
	skip "an unreadable file" "setpriv(1) is not installed"
fi

# A recording that was cut, wherever that happened.
"$hvprobe" dump >"$tmp/dump"
size=$(wc -c <"$tmp/dump")
for part in 1 2 3 5 8 13 21 34 55 89; do
	head -c $((size * part / 90)) "$tmp/dump" >"$tmp/cut"
	survives "own dump, $part/90 of it" "$tmp/cut"
done
"$hvprobe" dump --format=cpuid >"$tmp/cpuid"
size=$(wc -c <"$tmp/cpuid")
for part in 1 2 3 5 8 13 21 34 55 89; do
	head -c $((size * part / 90)) "$tmp/cpuid" >"$tmp/cut"
	survives "cpuid -r text, $part/90 of it" "$tmp/cut"
done
done_testing
