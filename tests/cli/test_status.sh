#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Exit statuses, usage errors, and what goes to which stream.
. "$(dirname "$0")/tap.sh"

# A KVM guest and a bare machine, whatever this one is.
cat >"$tmp/kvm" <<'END'
CPU 0:
   0x00000000 0x00: eax=0x0000000d ebx=0x756e6547 ecx=0x6c65746e edx=0x49656e69
   0x00000001 0x00: eax=0x000306c3 ebx=0x00010800 ecx=0x80202001 edx=0x078bfbff
   0x0000000d 0x00: eax=0x00000007 ebx=0x00000340 ecx=0x00000340 edx=0x00000000
   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d
   0x40000001 0x00: eax=0x01000009 ebx=0x00000000 ecx=0x00000000 edx=0x00000000
   0x40000100 0x00: eax=0x00000007 ebx=0x00000340 ecx=0x00000340 edx=0x00000000
END
sed -e '/0x4000/d' -e 's/ecx=0x80202001/ecx=0x00202001/' "$tmp/kvm" >"$tmp/bare"
sed 's/^   0x4.*/   0x40000000 0x00: eax=0x00000000 ebx=0x00000000 ecx=0x00000000 edx=0x00000000/' \
	"$tmp/bare" >>"$tmp/bare"
grep -e CPU -e 0x0000000d "$tmp/kvm" >"$tmp/poor"

exits 0 decode "$tmp/kvm"
is "nothing on stderr" "$err" ""
is "verdict first" "${out%%$'\n'*}" "KVM guest"
exits 0 decode "$tmp/bare"
is "bare metal is an answer" "${out%%$'\n'*}" "bare metal"
exits 3 decode "$tmp/poor"
is "no verdict is told, not hidden" "${out%%$'\n'*}" "cannot tell"
exits 0 -q decode "$tmp/kvm"
is "quiet prints nothing" "$out$err" ""
exits 3 --quiet decode "$tmp/poor"

for command in report caps explain dump nested confidential; do
	exits 0 $command --help
	is "$command --help names the command" "${out%%$'\n'*}" \
		"$(printf '%s' "$out" | grep -m1 "^Usage: hvprobe $command")"
	is "$command --help says nothing on stderr" "$err" ""
done
exits 0 --help
exits 0 help
exits 0 help caps
exits 0 --help caps
exits 0 --version
is "version" "$out" "hvprobe $(cat "$top/VERSION")"

usage()		# ARGUMENT...
{
	exits 2 "$@"
	is "hvprobe $*: stdout stays empty" "$out" ""
	is "hvprobe $*: one line and a hint" \
		"$(printf '%s\n' "$err" | sed -E 's/^(hvprobe|hint): .+/\1/')" \
		$'hvprobe\nhint'
}
usage nonsense
usage help nonsense
usage --nonsense
usage -x
usage -qx
usage --color=sometimes
usage --color
usage --json=yes
usage report extra
usage explain extra
usage caps no.such-capability
usage caps --mask --all
usage caps --set kvm.interface
usage report --mask
usage --facts
usage dump --format=xml
usage dump --json --format=cpuid
usage dump extra
usage decode
usage decode a b
usage decode --machine=2 "$tmp/kvm"
usage decode --machine=0 "$tmp/kvm"
usage decode --machine=-1 "$tmp/kvm"
usage nested a b
usage nested --machine=1
usage confidential --facts
usage confidential --machine=2 "$tmp/kvm"
usage decode --machine=x "$tmp/kvm"
usage ''

# Options before and after the command mean the same.
try --json decode "$tmp/kvm"
before=$out
try decode "$tmp/kvm" --json
is "options before or after the command" "$out" "$before"
try decode -J -- "$tmp/kvm"
is "-- ends the options" "$out" "$before"
try decode --color never -J "$tmp/kvm"
is "a value as the next word" "$out" "$before"
status=0
out=$("$hvprobe" decode -J - <"$tmp/kvm" | sed "s|\"file\":\"-\"|\"file\":\"$tmp/kvm\"|")
is "- reads standard input" "$out" "$before"

for command in $("$hvprobe" help | sed -nE 's/^  ([a-z]+) .*/\1/p'); do
	"$hvprobe" help "$command" | grep -q 'xits 0 when' || continue
	# Those of caps are the general words there.
	[ "$command" != caps ] || continue
	is "hvprobe(1) tells 0, 1 and 3 of $command" "$(sed -n '/^.SH EXIT/,/^.SH ENV/p' \
		"$top/docs/hvprobe.1" | grep -cE "^\.BR (.* )?$command :")" 3
done

# Writing that fails is an error, whatever was to be said.
for arguments in '' --json 'caps --mask' 'caps --all' explain dump \
	'dump --format=cpuid' nested '-J confidential' "decode $tmp/kvm" --help --version; do
	status=0
	# shellcheck disable=SC2086
	"$hvprobe" $arguments >/dev/full 2>"$tmp/err" || status=$?
	is "hvprobe $arguments >/dev/full" "$status" 4
	is "hvprobe $arguments >/dev/full says why" \
		"$(grep -c 'No space left on device' "$tmp/err")" 1
done
status=0
"$hvprobe" >&- 2>"$tmp/err" || status=$?
is "standard output closed" "$status" 4
for arguments in "-q decode $tmp/kvm" "-q decode $tmp/poor" "-q caps xen.interface"; do
	status=0 closed=0
	# shellcheck disable=SC2086
	"$hvprobe" $arguments >/dev/null 2>&1 || status=$?
	# shellcheck disable=SC2086
	"$hvprobe" $arguments <&- >&- 2>&- || closed=$?
	is "hvprobe $arguments with all closed" "$closed" "$status"
done
status=0
"$hvprobe" decode - <&- >"$tmp/out" 2>"$tmp/err" || status=$?
is "standard input closed" "$status" 4
is "standard input closed says why" "$(grep -c 'Bad file descriptor' "$tmp/err")" 1
status=$({ "$hvprobe" --json 2>"$tmp/err"; echo $? >"$tmp/status"; } | true
	while [ ! -s "$tmp/status" ]; do sleep 0.1; done; cat "$tmp/status")
case $status in
0) skip "a pipe that is closed" "all of it fitted into the pipe" ;;
*) is "a pipe that is closed" "$status" 4 ;;
esac
done_testing
