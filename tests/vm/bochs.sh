# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Sourced: a PC with Intel's VT-x, which Bochs emulates. It boots from a CD, has
# two serial ports that write to files, and ends by powering off.

# Linux 6.12 warns of the topology of its processor.
# shellcheck disable=SC2034 # for those who judge its kernels
bochs_complaint='Call Trace:|topology_common.c:[0-9]+ parse_legacy'

# A CD that starts isolinux; DIRECTORY has isolinux.cfg and what that names.
bochs_cd()	# DIRECTORY ISO
{
	cp /usr/lib/ISOLINUX/isolinux.bin \
		/usr/lib/syslinux/modules/bios/{ldlinux,libcom32,mboot}.c32 "$1/"
	xorriso -as mkisofs -quiet -o "$2" -b isolinux.bin -c boot.cat \
		-no-emul-boot -boot-load-size 4 -boot-info-table "$1" 2>"$2.log"
}

# Time counts instructions (ips), as if it ran 200 million a second, whatever it does.
bochs_config()	# MIB ISO LOG RELAY
{
	cat <<-EOF
	config_interface: textconfig
	display_library: term
	cpu: model=corei7_haswell_4770, count=1, ips=200000000, reset_on_triple_fault=0, ignore_bad_msrs=1
	memory: guest=$1, host=$1
	romimage: file=/usr/share/bochs/BIOS-bochs-latest
	vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
	ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
	ata0-master: type=cdrom, path="$2", status=inserted
	boot: cdrom
	pci: enabled=1, chipset=i440fx
	clock: sync=none, time0=local
	com1: enabled=1, mode=file, dev="$3"
	com2: enabled=1, mode=file, dev="$4"
	log: "$3.bochs"
	panic: action=fatal
	error: action=report
	info: action=report
	debug: action=ignore
	speaker: enabled=0
	EOF
}

# Status 0: powered off. Debian's Bochs has its debugger, which is told to continue.
bochs_run()	# MIB ISO LOG RELAY
{
	local config=$3.rc said=$3.said screen='' machine status=0
	bochs_config "$@" >"$config"
	echo c >"$config.debugger"
	watched "$4" bochs -q -rc "$config.debugger" -f "$config" \
		</dev/null >"$said" 2>&1 &
	machine=$!
	# The screen is a pseudo terminal. Once it is full the machine waits for a reader.
	while [ -z "$screen" ] && kill -0 $machine 2>/dev/null; do
		sleep 0.2
		screen=$(sed -n 's|.*connected to screen "\(/dev/pts/[0-9]*\)".*|\1|p' "$said")
	done
	[ -z "$screen" ] || cat "$screen" >/dev/null 2>&1 &
	wait $machine || status=$?
	# It calls powering off a panic.
	! grep -aq 'ACPI control: soft power off' "$said" || status=0
	return $status
}
