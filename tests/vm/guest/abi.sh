# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The ioctls, by callers of both widths: each result is one of this script's.
. /lib/tap.sh

loaded || load
for width in 64 32; do
	relay "$width" "abi$width"
	mv /tmp/relayed "/tmp/abi$width"
done
same "32 and 64 bits see the same" /tmp/abi64 /tmp/abi32
done_testing
