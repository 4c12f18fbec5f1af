#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2154 # rig.sh assigns them
# selftest.sh [--boot] [PERSONALITY...]: TAP. Every personality against its script
# in checks/ (bare-metal payload: registers, XMM, vectors), the grammar's errors,
# exit statuses and counters; with --boot a stock kernel in each as well.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/rig.sh"

ok() { printf 'ok - %s\n' "$1"; }
not_ok() { printf 'not ok - %s\n' "$1"; }

# Runs a condition; what it prints follows a failure.
check()		# TEXT COMMAND...
{
	local text=$1 said
	shift
	if said=$("$@" 2>&1); then
		ok "$text"
	else
		not_ok "$text"
		[ -z "$said" ] || printf '#   %s\n' "${said//$'\n'/$'\n#   '}"
	fi
}

# ---- grammar ----

refused()	# EXPECTED LINE...
{
	local expected=$1 file said
	file=$(mktemp)
	shift
	printf '%s\n' "$@" >"$file"
	said=$("$build/vmm" -n -p "$file" 2>&1) && { rm "$file"; echo "accepted"; return 1; }
	rm "$file"
	[[ $said == *"$expected"* ]] || { echo "$said"; return 1; }
}

grammar()
{
	check "grammar: unknown keyword, with its line" \
		refused ':2: frobnicate: expected a keyword' '# x' 'frobnicate'
	check "grammar: CPUID with three registers" \
		refused 'expected EAX EBX ECX EDX' 'cpuid 1 0 = 1 2 3'
	check "grammar: CPUID without =" refused 'expected =' 'cpuid 1 0 1 2 3 4'
	check "grammar: something behind the end" \
		refused 'expected the end of the line' 'cpuid 1 0 = 1 2 3 4 5'
	check "grammar: register beyond 32 bits" \
		refused 'below 2^32' 'cpuid 1 0 = 0x100000000 0 0 0'
	check "grammar: unknown fault" refused 'expected status, rax' 'fault 8 explode'
	check "grammar: fault without its number" \
		refused 'expected a number after the action' 'fault 8 delay'
	check "grammar: unknown ABI" refused 'expected kvm, hyperv' 'hypercalls vmm lguest'
	check "grammar: vmm without an ABI" refused 'expected kvm, or vmm' 'hypercalls vmm'
	check "grammar: signature of 13 bytes" \
		refused 'at most 12 bytes' 'signature 0x40000000 0 "1234567890123"'
	check "grammar: MSR without a rule" refused 'expected = VALUE' 'msr 0x40000000'
	check "grammar: missing dump" refused 'expected a readable dump' 'cpuid-from nowhere'
	check "grammar: dump without leaves" \
		refused 'expected a dump' 'cpuid-from /dev/null'
	check "grammar: line without an end in sight" \
		refused ':1: expected a shorter line' "$(printf '# %0600d' 0)"
	check "grammar: missing include" \
		refused 'expected a personality without errors' 'include nowhere.conf'
}

documented()	# PERSONALITY
{
	head -n 1 "$here/personalities/$1.conf" | grep -q '^# ..........' ||
		{ echo "no comment on its first line"; return 1; }
	"$build/vmm" -n -p "$here/personalities/$1.conf"
}

# ---- one job's log ----

count_of()	# JOB "KIND KEY"
{
	sed -n "s/^VMM count $2 //p" "$out/$1.log"
}

counted()	# JOB "KIND KEY" NUMBER
{
	local got
	got=$(count_of "$1" "$2")
	[ "${got:-0}" = "$3" ] || { echo "$2: got ${got:-0}, expected $3"; return 1; }
}

ended()		# JOB STATUS
{
	local status
	read -r status _ <"$out/$1.status"
	[ "$status" = "$2" ] || { echo "status $status, expected $2"; tail -n 3 "$out/$1.log"; return 1; }
}

lasted()	# JOB SECONDS
{
	local seconds
	read -r _ seconds <"$out/$1.status"
	awk -v got="$seconds" -v want="$2" 'BEGIN { exit !(got >= want) }' ||
		{ echo "$seconds s"; return 1; }
}

payload_result()	# PERSONALITY
{
	grep -E '^(not )?ok |^1\.\.' "$out/payload-$1.log" |
		awk -v name="$1" -f "$top/tests/vm/tap.awk"
	grep '^# ' "$out/payload-$1.log" || true
	check "$1: payload ended with status 0" ended "payload-$1" 0
}

booted()	# JOB CPUS
{
	grep -q "^guest: up, $2 CPU" "$out/$1.log" ||
		{ tail -n 5 "$out/$1.log"; return 1; }
}

kernel_quiet()	# JOB
{
	! grep -aE '\] (BUG|WARNING|.*Oops|.*general protection|.*invalid opcode)|Call Trace' \
		"$out/$1.log"
}

boot_result()	# PERSONALITY
{
	local cpus series
	if [ ! -e "$jobs/boot-$1" ]; then
		ok "$1: boots # SKIP on Intel only: check.sh kvm-intel"
		return
	fi
	cpus=$(field "$1" cpus 1)
	series=$(field "$1" kernel 6.12)
	check "$1: kernel $series boots" booted "boot-$1" "$cpus"
	check "$1: kernel $series powers off" ended "boot-$1" 0
	check "$1: kernel log is clean" kernel_quiet "boot-$1"
}

field()		# PERSONALITY NAME DEFAULT; from a "# NAME: VALUE" line
{
	local value
	value=$(sed -n "s/^# $2: //p" "$here/personalities/$1.conf")
	echo "${value:-$3}"
}

# ---- what no script in checks/ can say ----

special_jobs()
{
	local c=$stage/checks p=$stage/personalities
	local payload='-m 16 -t 300'
	local any='any=rax any=rbx any=rcx any=rdx'

	echo 'native rax=1 => rax=0' >"$c/one-call"
	echo 'native rax=0 rdi=0 => rax=0' >"$c/call-0"
	echo 'native rax=1 => rax=7' >"$c/wrong"
	printf '%s\n' "cpuid rax=0x40000000 rcx=0 => $any" 'mark 1' \
		"cpuid rax=0x40000001 rcx=0 => $any" 'mark 2' >"$c/marks"
	printf '%s\n' 'wrmsr rcx=0x40000000 rax=1 rdx=0' \
		'native rcx=0x10008 rdx=1 r8=0 => rax=0' >"$c/endless"
	printf '%s\n' 'include tlfs-full.conf' 'fault 0x0008 redo -1' >"$p/endless.conf"
	rig_job special-forbidden "$payload" -p personalities/snp-hyperv.conf \
		-i checks/one-call payload
	rig_job special-jailhouse "$payload" -p personalities/jailhouse-root.conf \
		-i checks/call-0 payload
	rig_job special-marks "$payload" -i checks/marks payload
	rig_job special-wrong "$payload" -i checks/wrong payload
	rig_job special-endless -m 16 -t 2 -p personalities/endless.conf \
		-i checks/endless payload
}

special_results()
{
	check "forbidden hypercall ends the run with status 7" ended special-forbidden 7
	check "Jailhouse's call 0 ends the run with status 7" ended special-jailhouse 7
	check "a failing script ends with status 1" ended special-wrong 1
	check "a call that never ends is a timeout, status 6" ended special-endless 6
	check "continued: three continuations of one call" counted payload-tlfs-continued "continued 0" 3
	check "stuck: 0x0008 was executed again three times" counted payload-tlfs-stuck "continued 0" 3
	check "ud: injected #UD are counted" counted payload-tlfs-ud "injected 6" 3
	check "hypercalls are counted by number" counted payload-kvm-model "kvm-call 2" 1
	check "MSR exits are counted by index" counted payload-tlfs-full "rdmsr 0x40000080" 1
	check "snp: no hypercall of any kind" counted payload-snp-hyperv "other-call 0x1" 0
	check "slow: three answers of 200 ms" lasted payload-tlfs-slow 0.6
	if grep -q '^VMM trace yes' "$out/special-marks.log"; then
		check "a mark counts since the mark before" \
			grep -qx 'VMM mark 2 cpuid 40000001 1' "$out/special-marks.log"
		check "and nothing from before it" \
			sh -c "! grep -q '^VMM mark 2 cpuid 40000000 ' $out/special-marks.log"
	else
		ok "a mark counts since the mark before # SKIP no tracefs with histograms"
	fi
}

# ---- stock kernels ----

pack_guest()
{
	local root
	root=$(mktemp -d "$out/guest.XXXXXX")
	add_busybox "$root"
	cp "$here/guest-init" "$root/init"
	[ ! -x "$build/hvprobe.static" ] || strip -o "$root/bin/hvprobe" "$build/hvprobe.static"
	pack "$root" | gzip -1 >"$stage/guest.cpio"
	rm -rf "$root"
}

main()
{
	local name
	if [ $# -eq 0 ]; then
		mapfile -t names < <(cd "$here/personalities" && ls -- *.conf)
		names=("${names[@]%.conf}")
	else
		names=("$@")
	fi
	rig_reset 6.12 ${boot:+6.1}
	[ -z "$boot" ] || pack_guest
	for name in "${names[@]}"; do
		check "$name: documented, reads" documented "$name"
		[ ! -e "$here/checks/$name.calls" ] ||
			rig_job "payload-$name" -t 300 -m 16 -c "$(field "$name" cpus 1)" \
				-p "personalities/$name.conf" -i "checks/$name.calls" payload
		[ -z "$boot" ] || [ "$(field "$name" host any)" != any ] ||
			rig_job "boot-$name" -t 600 -m 256 -c "$(field "$name" cpus 1)" \
				-p "personalities/$name.conf" -i guest.cpio \
				"boot/vmlinuz-$(field "$name" kernel 6.12)"
	done
	if [ $# -eq 0 ]; then
		grammar
		special_jobs
	fi
	rig_run
	for name in "${names[@]}"; do
		[ ! -e "$jobs/payload-$name" ] || payload_result "$name"
		[ -z "$boot" ] || boot_result "$name"
	done
	[ $# -ne 0 ] || special_results
}

boot=
if [ "${1-}" = --boot ]; then
	boot=yes
	shift
fi
for program in "$build/vmm" "$build/vmm-payload"; do
	[ -e "$program" ] || die "${program#"$top"/} is missing: make vmm"
done
main "$@" | awk '/^(not )?ok - / { sub(/ok -/, "ok " ++n " -") } /^not/ { bad = 1 }
	{ print; fflush() } END { print "1.." n; exit bad }'
