#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Text for people: 80 columns, colour where it belongs, what collecting costs.
. "$(dirname "$0")/tap.sh"

wide() { awk '{ gsub(/[^ -~]+/, "x") } length > 80 { print length ": " $0 }' "$tmp/out"; }
escapes() { grep -c $'\033' "$tmp/out"; }

for arguments in report '-v report' '-v --deep --all-cpus --stats report' caps 'caps --all' \
	'-v caps' explain '-v explain' nested '-v nested' confidential '-v confidential' \
	--help 'help caps' 'help decode'; do
	# shellcheck disable=SC2086
	try $arguments
	is "hvprobe $arguments fits 80 columns" "$(wide)" ""
	is "hvprobe $arguments says nothing on stderr" "$err" ""
	is "hvprobe $arguments has no colour in a file" "$(escapes)" 0
	is "hvprobe $arguments leaves no spaces at the end of a line" \
		"$(grep -nE ' +$' "$tmp/out")" ""
done

try --color=always
is "--color=always colours" "$([ "$(escapes)" -gt 0 ] && echo yes)" yes
sed $'s/\033\\[[0-9;]*m//g' "$tmp/out" >"$tmp/plain"
try --color=never
is "colours change nothing else" "$(diff "$tmp/plain" "$tmp/out")" ""
on_terminal()	# ENVIRONMENT... : number of lines with escapes
{
	env "$@" script -qec "$hvprobe" /dev/null </dev/null | grep -c $'\033'
}
if command -v script >/dev/null; then
	is "colour on a terminal" "$([ "$(on_terminal A=b)" -gt 0 ] && echo yes)" yes
	is "none with NO_COLOR" "$(on_terminal NO_COLOR=1)" 0
	is "colour with an empty NO_COLOR" "$([ "$(on_terminal NO_COLOR=)" -gt 0 ] && echo yes)" yes
	is "none on a dumb terminal" "$(on_terminal TERM=dumb)" 0
else
	skip "terminal" "script(1) is not installed"
fi

# Each CPUID traps in a guest: the default mode is held to a dozen on plain KVM.
try --stats --no-driver --json
if command -v jq >/dev/null; then
	cost=$(jq .stats.cpuid_executions "$tmp/out")
	diag "$cost CPUID executions, $(jq -r .verdict.summary "$tmp/out")"
	if [ "$(jq -r '.interfaces | map(.product) | join(",")' "$tmp/out")" = kvm ]; then
		is "at most 12 CPUID executions on KVM" "$([ "$cost" -le 12 ] && echo yes)" yes
	else
		skip "at most 12 CPUID executions on KVM" "this is no plain KVM guest"
	fi
	"$hvprobe" --no-driver dump >"$tmp/dump"
	is "each leaf is executed once" "$cost" \
		"$(jq '[.facts[] | select(.kind == "cpuid")] | length' "$tmp/dump")"
fi
try --stats
is "--stats ends the report" "$(tail -n 1 "$tmp/out" |
	grep -cE '^Cost: [0-9]+ CPUID executions? on 1 CPU$')" 1

# The process pins itself and must undo that, and survives CPUID faulting.
cat >"$tmp/off.c" <<'END'
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <unistd.h>
__attribute__((constructor)) static void off(void)
{
	syscall(SYS_arch_prctl, 0x1012, 0);
}
END
if [ "$(uname -m)" != x86_64 ] || ! grep -qw cpuid_fault /proc/cpuinfo; then
	skip "CPUID faulting" "this CPU cannot"
elif ! ${CC:-cc} -shared -fPIC -o "$tmp/off.so" "$tmp/off.c" 2>/dev/null; then
	skip "CPUID faulting" "no C compiler"
else
	status=0
	LD_PRELOAD=$tmp/off.so "$hvprobe" >"$tmp/out" 2>"$tmp/err" || status=$?
	is "CPUID faulting: an answer, not a signal" \
		"$([ $status -eq 0 ] || [ $status -eq 3 ] && echo yes)" yes
	is "CPUID faulting: told with its fix" \
		"$(sed -E 's/^(hvprobe: the CPUID instruction faults|hint).*/\1/' "$tmp/err")" \
		$'hvprobe: the CPUID instruction faults\nhint'
fi

# An arm64 machine whose conduit is that of its calls; who named it may be recorded.
conduit()	# [KEY TEXT]
{
	cat >"$tmp/arm64.json" <<-END
	{"schema":"hvprobe-facts","version":1,"facts":[
	{"kind":"smccc","source":"driver","cpu":0,"function":"0x84000000","conduit":5,
	"args":[],"registers":1,"data":"0100010000000000"},
	{"kind":"text","source":"driver","key":"${1-machine.arch}","text":"${2-aarch64}"}]}
	END
	"$hvprobe" decode "$tmp/arm64.json" | sed -n 's/.*, \(conduit .*\)$/\1/p'
}
is "a conduit that nothing names" "$(conduit)" "conduit HVC"
is "one that the device tree names" "$(conduit dt.psci.method hvc)" \
	"conduit HVC by device tree"
is "one that ACPI names" "$(conduit acpi.fadt.arm-boot-flags 0x3)" "conduit HVC by ACPI"

# Every recorded machine there is.
if [ -z "${HVPROBE_CORPUS:-}" ]; then
	skip "recorded machines fit 80 columns" "no HVPROBE_CORPUS"
	done_testing
fi
seen=0
trouble=''
while IFS= read -r file; do
	for flags in -q '' -v; do
		status=0
		# shellcheck disable=SC2086
		timeout 20 "$hvprobe" $flags decode "$file" >"$tmp/out" 2>/dev/null || status=$?
		case $status in
		0 | 3 | 4) ;;
		*) trouble+="$file: status $status"$'\n' ;;
		esac
		[ -z "$(wide)" ] || trouble+="$file: $(wide | head -n 1)"$'\n'
	done
	seen=$((seen + 1))
done < <(find "$HVPROBE_CORPUS" -type f ! -name '*.md' | sort)
is "$seen recorded files: a status of the contract, 80 columns" "$trouble" ""
done_testing
