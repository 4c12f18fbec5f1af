# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034
# Sourced: KTAP, and the module. HVPROBE_KO names it, else it is modprobe's.

pass_status=0 fail_status=1 skip_status=4
sysfs=/sys/devices/virtual/misc/hvprobe
ktap_count=0
ktap_bad=0
ktap_lines=
ours=

skip_all()	# REASON
{
	echo "TAP version 13"
	echo "1..0 # SKIP $*"
	exit $skip_status
}

result()	# STATUS DESCRIPTION
{
	verdict=ok
	ktap_count=$((ktap_count + 1))
	if [ "$1" -ne 0 ]; then
		verdict="not ok"
		ktap_bad=$((ktap_bad + 1))
	fi
	shift
	ktap_lines="$ktap_lines$verdict $ktap_count $*
"
}

check()		# DESCRIPTION COMMAND...
{
	what=$1
	shift
	"$@" >/dev/null 2>&1
	result $? "$what"
}

# The plan has to come first, so nothing is printed before this.
finish()
{
	[ -z "$ours" ] || unload
	echo "TAP version 13"
	echo "1..$ktap_count"
	printf '%s' "$ktap_lines"
	echo "# Totals: pass:$((ktap_count - ktap_bad)) fail:$ktap_bad xfail:0 xpass:0 skip:0 error:0"
	[ $ktap_bad -eq 0 ] || exit $fail_status
	exit $pass_status
}

loaded() { grep -q '^hvprobe ' /proc/modules 2>/dev/null; }

load()
{
	if [ -n "${HVPROBE_KO-}" ]; then
		insmod "$HVPROBE_KO"
	else
		modprobe hvprobe
	fi
}

unload() { rmmod hvprobe; }

# The module loaded by us, or found loaded and then left so.
need_module()
{
	[ "$(id -u)" = 0 ] || skip_all "needs root"
	[ "$(uname -m)" = x86_64 ] || skip_all "not an x86_64 kernel"
	loaded && return
	if [ -z "${HVPROBE_KO-}" ] && ! modinfo hvprobe >/dev/null 2>&1; then
		skip_all "no module: give HVPROBE_KO or install hvprobe.ko"
	fi
	load >/dev/null 2>&1 || {
		result 1 "module loads"
		finish
	}
	ours=yes
}

# A program that prints test lines and its plan in the end.
relay()		# NAME PROGRAM...
{
	name=$1
	shift
	output=$("$@" 2>&1)
	status=$?
	while read -r line; do
		case $line in
		'ok '*) result 0 "$name: ${line#ok * - }" ;;
		'not ok '*) result 1 "$name: ${line#not ok * - }" ;;
		'#'* | 'Bail'*) ktap_lines="$ktap_lines# ${line#\# }
" ;;
		esac
	done <<EOF
$output
EOF
	result $status "$name: exit status $status"
}
