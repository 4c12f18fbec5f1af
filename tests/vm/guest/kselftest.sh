# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# The selftests as a kernel's own runner would have them: KTAP and exit status.
. /lib/tap.sh

! loaded || rmmod hvprobe
export HVPROBE_KO=/hvprobe.ko
for name in load abi calls; do
	/kselftest/$name.sh >/tmp/ktap 2>&1
	is "$name: exit status" $? 0
	is "$name: version line" "$(head -n 1 /tmp/ktap)" "TAP version 13"
	is "$name: plan of all that follows" "$(sed -n '2s/^1\.\.//p' /tmp/ktap)" \
		"$(grep -cE '^(not )?ok ' /tmp/ktap)"
	grep '^not ok' /tmp/ktap | sed 's/^/# /'
	check "$name: the module is unloaded again" sh -c '! grep -q ^hvprobe /proc/modules'
done
check "calls: found loaded, left loaded" sh -c 'insmod /hvprobe.ko &&
	/kselftest/calls.sh >/tmp/ktap && rmmod hvprobe'

HVPROBE_KO=/etc/passwd /kselftest/abi.sh >/tmp/ktap 2>&1
is "a module that does not load: status 1" $? 1
like "and says so" "$(cat /tmp/ktap)" '^not ok 1 module loads'
as_nobody /kselftest/load.sh >/tmp/ktap 2>&1
is "not for nobody: status 4" $? 4
like "and says why" "$(cat /tmp/ktap)" '^1\.\.0 # SKIP needs root'
done_testing
