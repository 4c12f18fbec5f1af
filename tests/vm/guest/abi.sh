# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The ioctls, by callers of both widths: each result is one of this script's.
. /lib/tap.sh

relay()		# WIDTH
{
	while read -r line; do
		case $line in
		'ok '*) pass "$1: ${line#ok * - }" ;;
		'not ok '*) fail "$1: ${line#not ok * - }" ;;
		'#'* | 'Bail'*) echo "$line" ;;
		esac
	done
}

loaded || load
for width in 64 32; do
	"abi$width" >/tmp/abi$width
	is "$width: exit status" $? 0
	relay "$width" </tmp/abi$width
done
same "32 and 64 bits see the same" /tmp/abi64 /tmp/abi32
done_testing
