# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Calls through the device of an arm64 guest, with and without unsafe_calls.
. /lib/tap.sh

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

load
relay calls calls_arm64
load unsafe_calls=1
relay unsafe calls_arm64 unsafe
check "rmmod" rmmod hvprobe
done_testing
