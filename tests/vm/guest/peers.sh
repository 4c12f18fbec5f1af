# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154
# What other programs say in the same guest. Where they differ from us by design
# the platform's expectations hold what they are known to say (docs/peers.md).
. /lib/tap.sh
. /etc/expect

# Registers leaf by leaf: cpuid reads a few bases only, so the leaves both have.
taskset 1 cpuid -1 -r | awk '/^ *0x4/ { $1 = $1; print }' | sort >/tmp/cpuid.rows
taskset 1 hvprobe --no-driver dump | jq -r '.facts[] | select(.kind == "cpuid" and .how == null) |
	[.leaf, .subleaf, .eax, .ebx, .ecx, .edx] | @tsv' |
	while read -r leaf subleaf eax ebx ecx edx; do
		printf '0x%08x 0x%02x: eax=0x%08x ebx=0x%08x ecx=0x%08x edx=0x%08x\n' \
			"$leaf" "$subleaf" "$eax" "$ebx" "$ecx" "$edx"
	done | grep '^0x4' | sort >/tmp/hvprobe.rows
common()	# FILE OTHER: lines of FILE whose leaf OTHER has, too
{
	awk 'NR == FNR { leaf[$1 $2]; next } ($1 $2) in leaf' "$2" "$1"
}
common /tmp/cpuid.rows /tmp/hvprobe.rows >/tmp/cpuid.common
common /tmp/hvprobe.rows /tmp/cpuid.rows >/tmp/hvprobe.common
check "cpuid -r and hvprobe dump have leaves in common" test -s /tmp/cpuid.common
same "registers equal those of cpuid -r" /tmp/cpuid.common /tmp/hvprobe.common

hvprobe --json >/tmp/report.json
is "verdict names" "$(jq -r .verdict.primary /tmp/report.json)" "$primary_wanted"

vendor=$(LC_ALL=C lscpu | sed -n 's/^Hypervisor vendor: *//p')
is "lscpu's hypervisor vendor" "$vendor" "$lscpu_wanted"
is "systemd-detect-virt --vm" "$(systemd-detect-virt --vm)" "$systemd_wanted"
is "virt-what" "$(virt-what 2>/tmp/virt-what.err | tr '\n' ' ' | sed 's/ $//')" \
	"$virt_what_wanted"
diag "virt-what said on stderr: $(cat /tmp/virt-what.err)"
done_testing
