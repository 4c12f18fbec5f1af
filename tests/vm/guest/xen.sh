# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154
# Xen's hypercalls against what the kernel learned by its own, and what kind of
# domain this is; where Xen has viridian, its Hyper-V calls.
. /lib/tap.sh
. /etc/expect

sys=/sys/hypervisor
version=$sys/version
properties=$sys/properties
call()		# NAME EXPRESSION
{
	hvprobe call xen "$1" --json | jq -r ".call.$2"
}

loaded || load
is "version" "$(call version version)" "$(cat $version/major).$(cat $version/minor)"
is "extraversion" "$(call extraversion text)" "$(cat $version/extra)"
is "compiler" "$(call compile-info text)" "$(cat $sys/compilation/compiler)"
is "capabilities" "$(call capabilities text | sed 's/ *$//')" \
	"$(sed 's/ *$//' $properties/capabilities)"
is "changeset" "$(call changeset text)" "$(cat $properties/changeset)"
is "features" "$(printf '%08x' "$(call get-features feature_bits)")" \
	"$(cat $properties/features)"
is "page size" "$(call pagesize result)" "$(printf '0x%08x' "0x$(cat $properties/pagesize)")"
if [ "$domain_wanted" = dom0 ]; then
	is "build id" "$(call build-id build_id)" \
		"$(od -An -v -tx1 $properties/buildid | tr -d ' \n')"
else
	is "build id is refused" "$(call build-id result)" 0xffffffffffffffff
fi

domain() { jq -c '[.verdict.xen.domain, .verdict.xen.pv]'; }
is "domain" "$(hvprobe --json | domain)" "[\"$domain_wanted\",$pv_wanted]"
is "the same without the driver" "$(hvprobe --json --no-driver | domain)" \
	"[\"$domain_wanted\",$pv_wanted]"
check "anybody is told" as_nobody \
	"hvprobe --json --no-driver | grep -q '\"domain\": *\"$domain_wanted\"'"

# Behind the prefix or not: the evidence says so.
forced() { jq -c '[.facts[] | select(.kind == "cpuid" and .how == "forced")] | length > 0'; }
is "forced CPUID, by the tool" "$(hvprobe dump --no-driver | forced)" "$pv_wanted"
is "plain CPUID is kept" "$(hvprobe dump --no-driver | jq -r '.facts[] |
	select(.kind == "cpuid" and .how == null and .leaf == "0x40000000") | .ebx' |
	head -n 1)" "$plain_wanted"

# No page is placed, and the kernel's stays where it is: the bare instruction does.
msrs() { hvprobe dump | jq -c '[.facts[] | select(.kind == "msr") | [.index, .value, .vector]]'; }
before=$(msrs)
for width in 64 32; do
	relay "calls $width" "calls$width"
done
load unsafe_calls=1
for width in 64 32; do
	relay "unsafe $width" "calls$width" unsafe
done
is "by the bare instruction" "$(byinsn64 xen)" "$bare_wanted"
check "Hyper-V calls" sh -c "$hyperv_check"
load
is "MSRs are as they were" "$(msrs)" "$before"
diag "$before"
tell_verified
check "unload" rmmod hvprobe
done_testing
