# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Calls through the device of an arm64 guest, with and without unsafe_calls.
. /lib/tap.sh

load
relay calls calls_arm64
load unsafe_calls=1
relay unsafe calls_arm64 unsafe
check "rmmod" rmmod hvprobe
done_testing
