# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034
# Sourced by the guest tests: TAP with the plan at the end, facts about the machine.

. /etc/vmtest		# vm_name vm_platform vm_kernel vm_instruction
tap_count=0
tap_failed=0
sysfs=/sys/devices/virtual/misc/hvprobe

diag() { printf '%s\n' "$*" | sed 's/^/# /'; }

pass()
{
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $*"
}

fail()
{
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	echo "not ok $tap_count - $*"
}

skip()		# DESCRIPTION REASON
{
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

check()		# DESCRIPTION COMMAND...
{
	what=$1
	shift
	if output=$("$@" 2>&1); then
		pass "$what"
	else
		fail "$what"
		diag "$* -> $output"
	fi
}

is()		# DESCRIPTION GOT WANTED
{
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1"
		diag "got:    $2"
		diag "wanted: $3"
	fi
}

like()		# DESCRIPTION GOT EXTENDED_REGEX
{
	if [ -n "$3" ] && printf '%s\n' "$2" | grep -qE -e "$3"; then
		pass "$1"
	else
		fail "$1"
		diag "got:    $2"
		diag "wanted: /$3/"
	fi
}

same()		# DESCRIPTION FILE FILE
{
	if difference=$(diff "$2" "$3"); then
		pass "$1"
	else
		fail "$1"
		diag "$(printf '%s\n' "$difference" | head -n 30)"
	fi
}

done_testing()
{
	echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ]
	exit
}

attr() { cat "$sysfs/$1"; }

# Every call that the module made or left, as "instruction number outcome;" with
# the outcome a result, vector-N or skipped-REASON.
attempts()
{
	for attempt in "$sysfs"/attempt[0-9]*; do
		[ -e "$attempt" ] || continue
		vector=$(cat "$attempt/vector")
		result=$(cat "$attempt/result")
		skipped=$(cat "$attempt/skipped")
		[ "$vector" = none ] || result=vector-$vector
		[ "$skipped" = none ] || result=skipped-$skipped
		printf '%s %s %s;' "$(cat "$attempt/instruction")" \
			"$(cat "$attempt/number")" "$result"
	done
}

loaded() { grep -q '^hvprobe ' /proc/modules; }

load()		# PARAMETER=VALUE...
{
	! loaded || rmmod hvprobe
	insmod /hvprobe.ko "$@"
}

# Results of a program that prints TAP, each as one of the script's; what it said
# stays in /tmp/relayed.
relay()		# PREFIX COMMAND...
{
	prefix=$1
	shift
	"$@" >/tmp/relayed
	relayed=$?
	while read -r line; do
		case $line in
		'ok '*) pass "$prefix: ${line#ok * - }" ;;
		'not ok '*) fail "$prefix: ${line#not ok * - }" ;;
		'#'* | 'Bail'*) echo "$line" ;;
		esac
	done </tmp/relayed
	is "$prefix: exit status" $relayed 0
}

# What the module logged since the last call, without the kernel's own remarks
# about a module that nobody signed. Level first.
module_log()
{
	dmesg -r -c | sed -n 's/^<\([0-9]*\)>\[[^]]*\] \(.*hvprobe.*\)/\1 \2/p' |
		grep -v taint
}

# For docs/verified.md, with the module loaded.
tell_verified()
{
	hvprobe verify --json 2>/dev/null | jq -r '.checks[] |
		select(.state | IN("verified", "unadvertised", "broken")) |
		"# said \(.state) \(.capability)/\(.check)"'
	echo "# said kernel $(uname -r)"
	echo "# said verdict $(attr verdict)"
	echo "# said proof $(attr proof)"
}

as_nobody() { su -s /bin/sh nobody -c "$*"; }
