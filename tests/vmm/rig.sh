# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154
# Sourced: runs jobs of the test VMM, on this machine's own KVM where it can, else
# in outer guests under the SVM that QEMU emulates; under the VT-x that Bochs
# emulates when "rig" says bochs. A job is a name and a command, run in the stage:
#   vmm payload personalities/*.conf checks/*.calls boot/vmlinuz-SERIES guest.cpio

rig_here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$rig_here/../vm/lib.sh"
. "$rig_here/../vm/images.sh"
. "$rig_here/../vm/bochs.sh"

out=$vmdir/vmm${rig:+-$rig}	# NAME.log of every job
stage=$out/stage
jobs=$out/jobs

# Kernel parameters that spare a slow machine what no test looks at.
rig_slow='nokaslr mitigations=off cryptomgr.notests lsm= audit=0'
rig_slow+=' initcall_blacklist=jent_mod_init,load_system_certificate_list,init_kprobe_trace,trace_eval_init'

# Jobs of the last run are forgotten.
rig_reset()	# KERNEL_SERIES...
{
	local series kernel
	rm -rf "$out"
	mkdir -p "$stage/boot" "$jobs" "$vmdir/images"
	cp "$build/vmm" "$stage/vmm"
	cp "$build/vmm-payload" "$stage/payload"
	cp -r "$rig_here/personalities" "$rig_here/checks" "$stage/"
	for series; do
		kernel=$("$top/tests/vm/kernel.sh" "$series")
		cp "$kernel"/boot/vmlinuz-* "$stage/boot/vmlinuz-$series"
	done
}

rig_job()	# NAME ARGUMENT_OF_VMM...
{
	rig_command "$1" ./vmm "${@:2}"
}

rig_command()	# NAME COMMAND...
{
	printf '%s\n' "${*:2}" >"$jobs/$1"
}

# A /dev/kvm can be there and not do: hypercalls have to reach the VMM.
rig_native()
{
	(cd "$stage" && ./vmm -t 5 -m 16 -p personalities/kvm-model.conf \
		-i checks/kvm-model.calls payload) >"$out/native.log" 2>&1
}

rig_run_native()
{
	local job name status start
	for job in "$jobs"/*; do
		name=${job##*/}
		start=$EPOCHREALTIME
		status=0
		(cd "$stage" && sh "$job") >"$out/$name.log" 2>&1 </dev/null ||
			status=$?
		printf '%s %.2f\n' $status \
			"$(bc <<<"$EPOCHREALTIME - $start")" >"$out/$name.status"
	done
}

fill_vmm_outer()
{
	local kernel=$outer_kernel release module file n=0
	release=$(cat "$kernel/release")
	add_busybox "$1"
	mkdir -p "$1/kvm"
	modprobe -d "$kernel" -S "$release" --show-depends "$outer_module" |
		sed -n 's/^insmod \([^ ]*\).*/\1/p' | while read -r module; do
			n=$((n + 1))
			file=$1/kvm/$(printf '%02d' $n).ko
			case $module in
			*.xz) xz -dc "$module" >"$file" ;;
			*) cp "$module" "$file" ;;
			esac
		done
}

# Initial RAM file system of an outer guest: KVM, its jobs, the stage.
rig_image()	# kvm-amd|kvm-intel JOB... > archive
{
	local root
	root=$(mktemp -d "$out/outer.XXXXXX")
	cp "$rig_here/outer-init" "$root/init"
	mkdir "$root/jobs"
	cp "${@:2}" "$root/jobs/"
	cp -r "$stage" "$root/stage"
	cat "$(rig_kvm_image "$1")"
	pack "$root"
	rm -rf "$root"
}

rig_kvm_image()	# kvm-amd|kvm-intel
{
	outer_module=$1
	outer_kernel=$("$top/tests/vm/kernel.sh" 6.12)
	cached_image "vmm-outer-$1" "$outer_kernel" fill_vmm_outer
}

# Logs and statuses of jobs out of what an outer guest relayed.
rig_split()	# RELAY JOB...
{
	local job name relay=$1
	shift
	for job; do
		name=${job##*/}
		awk -v name="$name" '{ sub(/\r+$/, "") }
			$1 == "@@" && $3 == name { inside = $2 == "begin"; next }
			inside' "$relay" >"$out/$name.log"
		awk -v name="$name" '{ sub(/\r+$/, "") }
			$1 == "@@" && $2 == "end" && $3 == name { print $4, $5 }' \
			"$relay" >"$out/$name.status"
	done
}

rig_qemu()	# NUMBER JOB...
{
	local kernel status=0
	local image=$out/outer$1.cpio log=$out/outer$1.log relay=$out/relay$1.log
	shift
	kernel=$("$top/tests/vm/kernel.sh" 6.12)
	rig_image kvm-amd "$@" >"$image"
	: >"$relay"
	watched "$relay" qemu-system-x86_64 -accel tcg \
		-cpu EPYC,+svm,+npt,-sse4a,-xsave -m 3072 -smp 1 \
		-kernel "$kernel"/boot/vmlinuz-* -initrd "$image" \
		-append "$outer_quiet" -serial stdio \
		-serial "file:$relay" -display none -monitor none -vga none \
		-nic none -no-reboot </dev/null >"$log" 2>&1 || status=$?
	rm "$image"
	rig_split "$relay" "$@"
	[ $status -eq 0 ] || say "outer guest: QEMU ended with status $status, see ${log#"$top"/}"
}

# The jobs dealt out to as many outer guests as fit.
rig_run_nested()
{
	local job n=0 lane
	local -a dealt
	rig_kvm_image kvm-amd >"$out/outer.name"
	for job in "$jobs"/*; do
		dealt[n++ % lanes]+=" $job"
	done
	for lane in "${!dealt[@]}"; do
		# shellcheck disable=SC2086 # a list
		rig_qemu "$lane" ${dealt[lane]} &
	done
	wait
}

rig_run_bochs()	# MIB
{
	local kernel cd status=0 relay=$out/relay.log
	kernel=$("$top/tests/vm/kernel.sh" 6.12)
	cd=$(mktemp -d "$out/cd.XXXXXX")
	cp "$kernel"/boot/vmlinuz-* "$cd/vmlinuz"
	rig_image kvm-intel "$jobs"/* >"$cd/initrd"
	cat >"$cd/isolinux.cfg" <<-EOF
	default outer
	label outer
	 kernel /vmlinuz
	 append initrd=/initrd console=ttyS0,115200 quiet panic=-1 $rig_slow
	EOF
	bochs_cd "$cd" "$out/outer.iso"
	rm -rf "$cd"
	: >"$relay"
	bochs_run "$1" "$out/outer.iso" "$out/outer.log" "$relay" || status=$?
	rm "$out/outer.iso"
	rig_split "$relay" "$jobs"/*
	[ $status -eq 0 ] || say "outer guest: Bochs ended with status $status"
}

# Every job's NAME.log and NAME.status (exit status, seconds).
rig_run()	# [MIB, for Bochs]
{
	if [ "${rig-}" = bochs ]; then
		say "VMM: nested in the VT-x that Bochs emulates"
		hypervisor bochs >"$out/hypervisor"
		rig_run_bochs "$1"
	elif rig_native; then
		say "VMM: on this machine's own KVM"
		hypervisor native >"$out/hypervisor"
		rig_run_native
	else
		say "VMM: nested in QEMU's emulated SVM"
		hypervisor nested >"$out/hypervisor"
		rig_run_nested
	fi
}
