# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Where no interface selects an instruction none is tried; a trial forced by a
# parameter ends in #UD (vector 6) for both, and the guest survives it.
. /lib/tap.sh

load
is "nothing was attempted by itself" "$(attr attempts) $(attempts)" "0 "
like "no instruction was chosen" "$(attr instruction)" '^none'

dmesg -c >/dev/null
check "insmod force_trial=1" load force_trial=1
diag "$(attempts)"
is "both were attempted" "$(attr attempts)" 2
for instruction in vmcall vmmcall; do
	like "$instruction raised #UD" "$(attempts)" \
		"(^|;)$instruction [^;]* vector-6;"
done
log=$(module_log)
like "the kernel log says so" "$log" 'VMCALL raised #UD, VMMCALL raised #UD'
like "and is not alarmed" "$log" '^[56] hvprobe:'
like "still no instruction is chosen" "$(attr instruction)" '^none'
load
is "a normal load is back to none" "$(attr attempts)" 0
done_testing
