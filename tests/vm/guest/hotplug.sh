# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# A storm of loads against CPUs that come and go: who waits to take one away or to
# bring it back stops whoever would then read the list of CPUs once more.
. /lib/tap.sh

! loaded || rmmod hvprobe
online=/sys/devices/system/cpu/cpu1/online
if [ -e $online ]; then
	echo 0 >/tmp/rounds
	(
		rounds=0
		while [ ! -e /tmp/loads-done ]; do
			echo 0 >$online
			echo 1 >$online
			rounds=$((rounds + 1))
			echo $rounds >/tmp/rounds.new
			mv /tmp/rounds.new /tmp/rounds
		done
	) &
else
	echo 4 >/tmp/rounds
fi
loads=0
bad=0
while [ $loads -lt 20 ] || [ "$(cat /tmp/rounds)" -lt 4 ]; do
	insmod /hvprobe.ko && rmmod hvprobe || bad=$((bad + 1))
	loads=$((loads + 1))
done
touch /tmp/loads-done
wait
is "loads and unloads while CPUs come and go" $bad 0
diag "$loads loads"
[ ! -e $online ] || diag "$(cat /tmp/rounds) times CPU 1 went and came back"
load
done_testing
