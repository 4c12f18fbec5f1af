#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every arm64 module that was built: HVC and SMC stand in trampolines only, and one
# function calls those. Prints TAP.
cd "$(dirname "$0")/../.." || exit 1
count=0 failed=0

ok() { # ok STATUS DESCRIPTION [DETAILS]
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		failed=$((failed + 1))
		echo "not ok $count - $2"
		[ -z "${3:-}" ] || sed 's/^/# /' <<<"$3"
	fi
}

# "insn NAME FUNCTION" and "call TRAMPOLINE FUNCTION" of a module.
look() { # look MODULE
	$objdump -dr --no-show-raw-insn "$1" | awk '
		/^[0-9a-f]+ <.*>:$/ { function_name = substr($2, 2, length($2) - 3) }
		$2 == "hvc" || $2 == "smc" { print "insn", $2, function_name }
		/R_AARCH64_(CALL|JUMP)26/ && $3 ~ /^hvp_smccc_(hvc|hvc1|smc|xen)$/ {
			print "call", $3, function_name }'
}

objdump=objdump
command -v aarch64-linux-gnu-objdump >/dev/null && objdump=aarch64-linux-gnu-objdump
for module in build/arm64/module/*/hvprobe.ko; do
	[ -e "$module" ] || continue
	if ! $objdump -f "$module" 2>/dev/null | grep -q 'architecture: aarch64'; then
		count=$((count + 1))
		echo "ok $count - $module # SKIP no disassembler for arm64"
		continue
	fi
	kernel=$(basename "$(dirname "$module")")
	seen=$(look "$module")
	stray=$(grep '^insn' <<<"$seen" | grep -v ' hvp_smccc_[a-z0-9]*_insn$')
	ok "$([ -z "$stray" ]; echo $?)" "$kernel: HVC and SMC stand in trampolines" "$stray"
	ok "$([ "$(grep -c '^insn' <<<"$seen")" -eq 4 ]; echo $?)" \
		"$kernel: four of them were looked at" "$seen"
	stray=$(grep '^call' <<<"$seen" | grep -v ' hvp_smccc_make$')
	ok "$([ -z "$stray" ]; echo $?)" "$kernel: they are called from where it is checked" \
		"$stray"
	ok "$([ "$(grep -c '^call' <<<"$seen")" -ge 4 ]; echo $?)" \
		"$kernel: their callers were looked at" "$seen"
done
if [ "$count" -eq 0 ]; then
	count=1
	echo "ok 1 - arm64 # SKIP no arm64 module was built"
fi
echo "1..$count"
exit $((failed > 0))
