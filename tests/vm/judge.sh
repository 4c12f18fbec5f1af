# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Sourced: what a guest's console says about its kernel.

failure='BUG:|Oops|general protection|Call Trace|KASAN|UBSAN|kmemleak|Kernel panic'
failure+='|lockdep|INFO: possible|suspicious RCU|blocked for more than|hung task'
failure+='|rcu.*(stall|detected)|soft lockup|hard LOCKUP|unable to handle'

emit() { printf '%s - %s\n' "$1" "$2"; }

complaints()	# LOG ALLOWED_REGEX
{
	grep -aE "(\[ *[0-9]+\.[0-9]+\] |# kmsg [0-9] )(.*($failure)|WARNING: )|# kmsg [0-3] .*hvprobe" \
		"$1" | grep -avE "${2:-^\$}" | tr -d '\r' | sort -u | head -n 20
}

# A log that somebody cut short says nothing of what came behind.
kernel_log_result()	# NAME LOG ALLOWED_REGEX
{
	local bad
	bad=$(complaints "$2" "$3") || true
	grep -aq '# kmsg end' "$2" || bad+=${bad:+$'\n'}"no end of it in ${2#"$top"/}"
	if [ -z "$bad" ]; then
		emit "ok" "$1: kernel log is clean"
	else
		emit "not ok" "$1: kernel log is clean"
		printf '#   %s\n' "${bad//$'\n'/$'\n#   '}"
	fi
}
