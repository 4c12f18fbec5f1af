# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154
# An arm64 guest: what is known of the platform (tests/vm/expect/PLATFORM), what
# firmware's tables say and what the kernel logged at its boot, against what we found.
# Runs first: others clear the kernel's log.
. /lib/tap.sh
. /etc/expect

dmesg >/tmp/dmesg
kernel() { sed -n "s/.*\\] $1.*/\\1/p" /tmp/dmesg | head -n 1; }

# A report as lines, once: each jq takes its time in a nested guest.
flat()
{
	jq -r '"verdict \(.verdict.summary)", "disagreements \(.disagreements | length)",
		(.interfaces[] | "interface \(.base)=\(.product)"),
		(.capabilities[] | "state \(.name) \(.state) \(.reason // "")"),
		(.fields[] | select(.value != null) | "field \(.name) \(.value)")'
}

of() { sed -n "s/^$1 //p" "${2-/tmp/report}"; }
field() { of "field $1" | head -n 1; }
state() { of "state $1" "${2-/tmp/report}" | head -n 1 | sed 's/ $//'; }
version() { echo "$(field "$1.major").$(field "$1.minor")" | sed 's/^[.]$//'; }

# Registers 0 to 3 of a call's answer, the low 32 bits of each.
answer()	# FUNCTION
{
	hvprobe dump | jq -r --arg function "$1" '[.facts[] |
		select(.kind == "smccc" and .source == "driver" and
			.function == $function)][0].data // empty |
		[.[0:8], .[16:24], .[32:40], .[48:56]] |
		map("0x" + .[6:8] + .[4:6] + .[2:4] + .[0:2]) | join(" ")'
}

# Firmware's word, read without the kernel's help.
conduit()
{
	if [ -e /proc/device-tree/psci/method ]; then
		tr -d '\0' </proc/device-tree/psci/method
	else
		dd if=/sys/firmware/acpi/tables/FACP bs=1 skip=129 count=1 2>/dev/null |
			od -An -tu1 | awk '{ print $1 == 3 ? "hvc" : $1 == 1 ? "smc" : "none" }'
	fi
}

load
hvprobe --json | flat >/tmp/report
like "verdict" "$(of verdict)" "$summary_wanted"
like "verdict of the module" "$(attr verdict)" "$module_summary_wanted"
like "report for people" "$(hvprobe)" "$summary_wanted"
check "explain" hvprobe explain
is "interfaces" "$(of interface | tr '\n' ';')" "$interfaces_wanted"
is "interfaces in sysfs" "$(for directory in "$sysfs"/interface[0-9]*; do
	[ ! -e "$directory" ] ||
		printf '%s=%s;' "$(cat "$directory/base")" "$(cat "$directory/product")"
	done)" "$interfaces_wanted"
is "the conduit is firmware's" "$(attr instruction)" "$(conduit)"
like "proof" "$(attr proof)" "$proof_wanted"
is "no call went another way" "$(attempts | tr ';' '\n' | grep -v "^$(conduit) ")" ""

is "PSCI's version is the kernel's" "$(version smccc.psci.version)" \
	"${psci_wanted-$(kernel 'psci: PSCIv\([0-9.]*\) detected')}"
# 1.0 is what has no call to ask for the version.
is "SMCCC's version is the kernel's" "$(version smccc.version)" \
	"$(kernel 'psci: SMC Calling Convention v\([0-9.]*\)' | grep -v '^1[.]0$')"
is "KVM's services are the kernel's" "$(answer 0x86000000 |
	awk '{ print $4, $3, $2, $1 }')" "${services_wanted-$(kernel \
	'smccc: KVM: hypervisor services detected (\(.*\))')}"
is "Xen's version is the kernel's" "$(version xen.arm64.version)" \
	"$(kernel 'Xen \([0-9.]*\) support found')"
if grep -q 'using stolen time PV' /tmp/dmesg; then
	is "stolen time, which the kernel uses" "$(state smccc.pv-time.stolen)" advertised
fi
for wanted in $states_wanted; do
	is "${wanted%=*}" "$(state "${wanted%=*}")" "${wanted#*=}"
done

tell_verified
hvprobe verify --tap >/tmp/verify
diag "$(grep '^not ok' /tmp/verify)"
is "verify finds broken" "$(grep -c '^not ok' /tmp/verify)" "${broken_wanted-0}"
[ -n "$kernel_heard_otherwise" ] || is "sysfs has the tool's capability mask" \
	"$(attr capability_mask)" "$(hvprobe caps --mask)"
is "no fact contradicts another" "$(of disagreements)" 0
hvprobe dump | hvprobe decode --json - | flat >/tmp/decoded
same "a dump decodes to the same" /tmp/decoded /tmp/report

# The driver may settle what was unknown, and try what was only said.
hvprobe --no-driver --json | flat >/tmp/bare
like "verdict without the driver" "$(of verdict /tmp/bare)" "$bare_summary_wanted"
is "unknown without the driver" "$(state smccc.trng /tmp/bare)" \
	"${bare_trng_wanted-unknown needs driver}"
[ -n "$kernel_heard_otherwise" ] || is "nothing contradicts the bare tool" "$(awk '
	$1 != "state" && $1 != "field" { next }
	NR == FNR { bare[$1 $2] = $3; next }
	!(($1 $2) in bare) { if ($1 == "state") print $2 " is new"; next }
	{ was = bare[$1 $2]; is = $3 }
	was != is && was != "unknown" && was " " is !~ \
		/^(advertised (verified|broken)|absent unadvertised)$/ {
		print $2 ": " was " without, " is " with" }' /tmp/bare /tmp/report)" ""
# What has an effect or takes an address, however it is asked for.
load unsafe_calls=1
for never in sdei-event-register 0xc4000066 rsi-realm-config 0x84010008; do
	like "$never is never called" "$(hvprobe call smccc "$never" 2>&1)" 'not made: .*EPERM'
done
check "rmmod" rmmod hvprobe
done_testing
