# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # run.sh, lib.sh and rig_xen.sh assign them
# Sourced by run.sh behind rig_xen.sh: a guest of a PV dom0, with Xen on the VT-x that
# Bochs emulates. Bochs has no IOMMU, so no PVH dom0 starts there.

. "$here/bochs.sh"

prepare_xen_bochs() { prepare_xen; }

run_xen_bochs()	# NAME PLATFORM SERIES CPUS MEMORY GROUP TESTS
{
	local name=$1 platform=$2 iso=$vmdir/images/$1.iso
	local log=$vmdir/$1.outer.log relay=$vmdir/$1.relay.log
	local kernel cd status=0 start=$SECONDS
	xen=$("$here/xen.sh")
	hypervisor xen-bochs "${xen##*/}" >"$vmdir/$name.hypervisor"
	kernel=$("$here/kernel.sh" 6.12)
	cd=$(mktemp -d "$vmdir/images/xen-bochs.XXXXXX")
	xen_pv_image "$kernel" "$cd/initrd"
	xen_job "$cd/initrd" "$@"
	cp "$kernel"/boot/vmlinuz-* "$cd/vmlinuz"
	cp "$xen/xen.elf" "$cd/xen"
	cat >"$cd/isolinux.cfg" <<-EOF
	default xen
	label xen
	 kernel mboot.c32
	 append /xen ${xen_options#xen } dom0_mem=768M --- /vmlinuz console=hvc0 $quiet nokaslr mitigations=off rdinit=/xen-init --- /initrd
	EOF
	bochs_cd "$cd" "$iso"
	rm -rf "$cd"
	: >"$relay"
	# The guest's console comes in one piece, minutes after the start.
	quiet_turns=9000 bochs_run 1280 "$iso" "$log" "$relay" || status=$?
	rm "$iso"
	inner_result "$name" "$relay" $status $start "$platform"
	kernel_log_result "$name: outer guest" "$log" "$bochs_complaint"
}
