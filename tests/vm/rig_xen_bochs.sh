# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
# Sourced by run.sh behind rig_xen.sh and bochs.sh: guests of a PV dom0, with Xen on
# the VT-x that Bochs emulates. Bochs has no IOMMU, so no PVH dom0 starts there.

run_xen_bochs()	# lines of the table, one argument each
{
	local log=$vmdir/xen-bochs.log relay=$vmdir/xen-bochs-relay.log
	local iso=$vmdir/images/xen-bochs.iso kernel cd total status=0 start=$SECONDS
	xen=$("$here/xen.sh")
	xen_private=$(readlink "$xen/private")
	kernel=$("$here/kernel.sh" 6.12)
	# Minutes, on a slow machine many, until the first guest starts.
	total=$(printf '%s\n' "$@" | awk '{ sum += $6 } END { print sum + 1800 }')
	cd=$(mktemp -d "$vmdir/images/xen-bochs.XXXXXX")
	xen_pv_image "$cd/initrd" "$@"
	cp "$kernel"/boot/vmlinuz-* "$cd/vmlinuz"
	cp "$xen/xen.elf" "$cd/xen"
	cat >"$cd/isolinux.cfg" <<-EOF
	default xen
	label xen
	 kernel mboot.c32
	 append /xen ${xen_options#xen } dom0_mem=768M --- /vmlinuz $xen_cmdline nokaslr mitigations=off rdinit=/xen-init --- /initrd
	EOF
	bochs_cd "$cd" "$iso"
	rm -rf "$cd"
	: >"$relay"
	bochs_run "$total" 1280 "$iso" "$log" "$relay" || status=$?
	rm "$iso"
	xen_pv_results "$log" "$relay" $status $((SECONDS - start)) "$@"
}
