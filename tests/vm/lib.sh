# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
# Sourced by the scripts of this folder: where things live, how trouble is told.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$top/build
vmdir=$build/vm
cache=${HVPROBE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/hvprobe}

say() { printf '%s\n' "# $*" >&2; }

die()
{
	printf '%s\n' "${0##*/}: $*" >&2
	exit 1
}

qemu_version() { qemu-system-x86_64 --version | sed -n 's/.*version \([0-9.]*\).*/\1/p'; }

# What a guest runs on, in words for docs/verified.md.
# shellcheck disable=SC2016 # dpkg-query expands it itself
bochs_version() { dpkg-query -W -f '${source:Upstream-Version}' bochs; }

hypervisor()	# tcg | native | nested | bochs | xen[-bochs] VERSION | arm64-xen | arm64-kvm SERIES | arm64-...
{
	local outer
	case $1 in
	nested | bochs)
		outer=$(cat "$("$top/tests/vm/kernel.sh" 6.12)/release")
		;;
	esac
	case $1 in
	tcg) echo "QEMU $(qemu_version) TCG" ;;
	native) echo "KVM of Linux $(uname -r)" ;;
	nested) echo "KVM of Linux $outer on SVM that QEMU $(qemu_version) emulates" ;;
	bochs)
		echo "KVM of Linux $outer on VT-x that Bochs $(bochs_version) emulates"
		;;
	xen) echo "Xen ${2%+deb*} on SVM that QEMU $(qemu_version) emulates" ;;
	xen-bochs) echo "Xen ${2%+deb*} on VT-x that Bochs $(bochs_version) emulates" ;;
	arm64-kvm)
		echo "KVM of Linux $(cat "$("$top/tests/vm/kernel.sh" "$2" arm64)/release")" \
			"on EL2 that QEMU $(qemu_version) emulates"
		;;
	arm64-xen) echo "Xen 4.17 on EL2 that QEMU $(qemu_version) emulates" ;;
	arm64-*) echo "QEMU $(qemu_version) TCG" ;;
	esac
}

# Replaces $2 by the directory $1 in one step; the loser of a race cleans up.
publish()
{
	mv -T "$1" "$2" 2>/dev/null || { [ -d "$2" ] && rm -rf "$1"; }
}

# Parameters of an outer guest's kernel: a busy machine's clocks drift apart, and with
# the TSC given up for it an emulated KVM host is slower by far.
outer_quiet='console=ttyS0 quiet panic=-1 tsc=reliable nowatchdog rcupdate.rcu_cpu_stall_timeout=300'

# Guests at a time: an outer guest has 3 GiB.
lanes=${LANES:-$(awk -v cpus="$(nproc)" '/^MemAvailable:/ {
	fit = int($2 / (4 * 1024 * 1024))
	print fit < 1 ? 1 : fit < cpus ? fit : cpus
}' /proc/meminfo)}

# Runs a command, for as long as FILE grows: after so many turns of 0.2 s without a
# byte it is killed, and the status is 124. Turns, not seconds: a machine that was
# stopped for a while is no hung guest. One that never stops printing is ended after an
# hour of such turns.
quiet_turns=1500
all_turns=18000
watched()	# FILE COMMAND...
{
	local file=$1 size last='' turns=0 all=0 pid
	shift
	"$@" &
	pid=$!
	while kill -0 $pid 2>/dev/null; do
		sleep 0.2
		size=$(stat -c %s "$file" 2>/dev/null) || size=
		turns=$((turns + 1))
		[ "$size" = "$last" ] || turns=0
		last=$size
		if [ $turns -ge "$quiet_turns" ] || [ $((all += 1)) -ge "$all_turns" ]; then
			kill -KILL $pid
			wait $pid 2>/dev/null || true
			return 124
		fi
	done
	wait $pid
}
