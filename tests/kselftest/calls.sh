#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The ioctl that issues hypercalls, by the rules of how the module was loaded.
cd "$(dirname "$0")" || exit 1
# shellcheck source=tests/kselftest/ktap.sh
. ./ktap.sh

need_module
rules=
if [ "$(cat /sys/module/hvprobe/parameters/unsafe_calls 2>/dev/null)" = Y ]; then
	rules=unsafe
	! grep -q '\[none\]' /sys/kernel/security/lockdown 2>/dev/null &&
		[ -e /sys/kernel/security/lockdown ] && rules=locked
fi
relay calls ./hvp_calls $rules
finish
