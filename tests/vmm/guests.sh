#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2154 # rig.sh assigns them
# guests.sh [--all | --bochs MIB] [GUEST...]: TAP. The module and the tool
# in a stock kernel in machines of the test VMM, against what guests.expect says of
# each; on Bochs those of group bochs, else those without a group.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

rig=
if [ "${1-}" = --bochs ]; then
	rig=bochs rig_mib=$2
	shift 2
fi
. "$here/rig.sh"
. "$top/tests/vm/judge.sh"

said=$out/said			# GUEST: everything that one said, "KEY VALUE"
expect=$here/guests.expect

# Lines "KEY VALUE" of a guest, "like" followed; its own come last.
expected()	# GUEST
{
	awk -v guest="$1" '
	/^#/ || !NF { next }
	/^\[/ { name = substr($1, 2, index($1, "]") - 2); known[name]; next }
	{
		key = $1
		sub(/^[^ \t]+[ \t]+/, "")
		lines[name, ++count[name]] = key " " $0
		if (key == "like")
			like[name] = $0
	}
	function tell(name,    i) {
		if (name in like)
			tell(like[name])
		for (i = 1; i <= count[name]; i++)
			print lines[name, i]
	}
	END {
		if (!(guest in known))
			exit 1
		tell(guest)
	}' "$expect" | awk '$1 != "like" {
		if (!($1 in value))
			order[++n] = $1
		value[$1] = $0
	}
	END { for (i = 1; i <= n; i++) print value[order[i]] }'
}

setting()	# GUEST KEY DEFAULT
{
	expected "$1" | awk -v key="$2" -v value="$3" '$1 == key {
		sub(/^[^ ]+ /, "")
		value = $0
	} END { print value }'
}

chosen()	# [--all | GUEST...]
{
	local name
	if [ $# -gt 0 ] && [ "$1" != --all ]; then
		printf '%s\n' "$@"
		return
	fi
	sed -n 's/^\[\([^]]*\)\].*/\1/p' "$expect" | while read -r name; do
		case $rig,$(own "$name" group),$# in
		bochs,bochs,* | ,,* | ,all,1) echo "$name" ;;
		esac
	done
}

# A setting that "like" does not hand down.
own()		# GUEST KEY
{
	awk -v guest="[$1]" -v key="$2" '/^\[/ { inside = $1 == guest }
		inside && $1 == key { print $2 }' "$expect"
}

# ---- running ----

series_of() { setting "$1" kernel "$(sed -n 's/^# kernel: //p' "$(personality "$1")" \
	2>/dev/null | grep . || echo 6.12)"; }

personality()	# GUEST
{
	local name
	name=$(own "$1" personality)
	echo "$here/personalities/${name:-$1}.conf"
}

pack_initrd()	# SERIES
{
	local root kernel
	kernel=$("$top/tests/vm/kernel.sh" "$1")
	root=$(mktemp -d "$out/guest.XXXXXX")
	add_busybox "$root"
	mkdir -p "$root"/{lib,etc,tests}
	cp "$top/tests/vm/guest-init" "$root/init"
	cp "$top/tests/vm/guest/tap.sh" "$top/tests/vm/guest/kmsg.awk" "$root/lib/"
	cp "$here/say.sh" "$root/lib/"
	cp "$here/guest.sh" "$root/tests/01-vmm.sh"
	strip -o "$root/bin/hvprobe" "$build/hvprobe.static"
	guest_programs_build
	cp "$vmdir/guest/"{calls64,byinsn64} "$root/bin/"
	strip --strip-debug -o "$root/hvprobe.ko" \
		"${HVPROBE_MODULES:-$build/module}/$(cat "$kernel/release")/hvprobe.ko"
	printf 'vm_name=vmm\nvm_platform=vmm\nvm_kernel=%s\nvm_instruction=any\n' "$1" \
		>"$root/etc/vmtest"
	pack "$root" >"$stage/guest-$1.cpio"
	rm -rf "$root"
}

# A module that was built elsewhere can be given (HVPROBE_MODULES/RELEASE/hvprobe.ko).
built()		# TEXT SERIES
{
	local kernel
	[ -z "${HVPROBE_MODULES-}" ] || return 0
	kernel=$("$top/tests/vm/kernel.sh" "$2")
	if make -C "$top" -s -j2 static >"$vmdir/build-tool.log" 2>&1 &&
		make -C "$top" -s -j2 module KDIR="$kernel/build" \
			>"$vmdir/build-$2.log" 2>&1; then
		return 0
	fi
	emit "not ok" "build: $1"
	tail -n 5 "$vmdir/build-tool.log" "$vmdir/build-$2.log" | sed 's/^/#   /'
	return 1
}

add_job()	# GUEST
{
	local conf cpus params also series
	series=$(series_of "$1")
	also=$(setting "$1" also "")
	params=$(setting "$1" params "")
	case $(own "$1" where) in
	outer)
		rig_command "$1" sh outer.sh "guest-$series.cpio" "$params"
		return
		;;
	runsc)
		cp "$(command -v runsc)" "$stage/"
		rig_command "$1" sh runsc.sh "$(own "$1" platform)" "guest-$series.cpio"
		return
		;;
	esac
	conf=$(personality "$1")
	if [ "$(own "$1" where)" = payload ]; then
		rig_job "$1" -t 600 -m 16 -p "personalities/${conf##*/}" \
			-i "checks/$(own "$1" script).calls" payload
		return
	fi
	cpus=$(setting "$1" cpus 1)
	{
		echo "include ${conf##*/}"
		echo "append \"oops=panic ${rig:+$rig_slow} hvprobe_params=$params hvprobe_also=$also\""
	} >"$stage/personalities/guest-$1"
	rig_job "$1" -t "$(setting "$1" limit 600)" -m 192 -c "$cpus" \
		-p "personalities/guest-$1" -i "guest-$series.cpio" "boot/vmlinuz-$series"
}

# ---- what a guest said ----

document()	# GUEST NAME
{
	sed -n "s/^ *# data $2 //p" "$out/$1.log" | base64 -d 2>/dev/null |
		gunzip -c 2>/dev/null || true
}

marks='load report verify call unload'

gather()	# GUEST > "KEY VALUE" lines
{
	tr -d '\r' <"$out/$1.log" | sed -n 's/^ *# said //p'
	tr -d '\r' <"$out/$1.log" |
		sed -n 's/^ *# kmsg [0-9] hvprobe: \(.*moved?\)$/kmsg\/moved \1/p'
	tr -d '\r' <"$out/$1.log" |
		sed -n 's/^ *# kmsg [0-9] hvprobe: \(.* not restored.*\)$/kmsg\/window \1/p'
	document "$1" report | jq -r '"verdict \(.verdict.summary)",
		(.capabilities[] | "cap/\(.name) \(.state)"),
		(.fields[] | "field/\(.name) \(.value)")' || true
	document "$1" verify | jq -r '
		(.summary | to_entries[] | "summary/\(.key) \(.value)"),
		(.checks[] | "\(.capability)/\(.check)" as $key |
			"verify/\($key) \(.state)",
			"advertised/\($key) \(.advertised)",
			"reason/\($key) \(.reason // "")",
			"evidence/\($key) \(.evidence)"),
		"faults/verify \([.checks[].calls[] | select(.vector)] | length)"' || true
	document "$1" calls | jq -r '(.is.call // {}) as $c | "call/\(.call) " + (
		if $c.error then
			[$c.error, $c.reason // empty] | join(": ")
		elif $c.vector then
			"\($c.exception) by \($c.instruction)"
		elif $c.shape then
			"\($c.status_name // $c.status // "no answer") by " +
			"\($c.instruction) \($c.shape), issued \($c.issued), " +
			"reps \($c.reps_done)" +
			(if $c.output == "" then "" else ": " + $c.output end)
		else
			"\($c.result) by \($c.instruction)"
		end)' || true
	# A VMM's mark N tells of what happened before it.
	awk -v names="$marks" '
	BEGIN { split(names, step, " ") }
	/^VMM trace/ { trace = $3 == "yes" }
	$1 == "VMM" && ($2 == "mark" || $2 == "count") {
		name = $2 == "mark" ? step[$3 - 1] : "ever"
		at = $2 == "mark" ? 4 : 3
		if (name == "")
			next
		seen[name]
		if ($at ~ /-call$/)
			calls[name] += $(at + 2)
		else if ($at ~ /-call-in-kvm$/)
			in_kvm[name] += $(at + 2)
		else if ($at == "injected")
			injected[name] += $(at + 2)
		else if ($at == "wrmsr" && $(at + 1) ~ /^0x4/)
			written[name] += $(at + 2)
	}
	END {
		for (name in seen) {
			print "calls/" name, calls[name] + 0
			print "injected/" name, injected[name] + 0
			print "msr-writes/" name, written[name] + 0
			if (trace)
				print "calls-in-kvm/" name, in_kvm[name] + 0
		}
	}' "$out/$1.log"
}

# ---- judging ----

settings='personality|where|platform|script|kernel|group|cpus|params|also|limit|allow'

judge()		# GUEST
{
	local guest=$1 key want got status seconds
	gather "$guest" >"$said/$guest" 2>"$said/$guest.trouble"
	grep -avE '^ *# (said|data) ' "$out/$guest.log" |
		awk -v name="$guest" -f "$top/tests/vm/tap.awk"
	# A payload is no kernel, and gVisor's log is fiction.
	[[ $(own "$guest" where) =~ ^(payload|runsc)$ ]] || kernel_log_result "$guest" \
		"$out/$guest.log" "$(setting "$guest" allow "")"
	read -r status seconds <"$out/$guest.status" || status=none
	if [ "$status" = 0 ]; then
		emit ok "$guest: powers off"
		say "$guest: $seconds s"
	else
		emit "not ok" "$guest: powers off"
		printf '#   VMM status %s, see %s\n' "$status" "${out#"$top"/}/$guest.log"
	fi
	while read -r key want; do
		[[ ! $key =~ ^($settings)$ && $want != '.*' ]] || continue
		if [[ $key == calls-in-kvm/* ]] &&
			! grep -q '^VMM trace yes' "$out/$guest.log"; then
			emit ok "$guest: $key # SKIP no tracefs with histograms"
			continue
		fi
		got=$(sed -n "s|^${key//./\\.} ||p" "$said/$guest" | tail -n 1)
		if matches "$got" "$want"; then
			emit ok "$guest: $key"
		else
			emit "not ok" "$guest: $key"
			printf '#   got:    %s\n#   wanted: %s\n' "${got:-(nothing)}" "$want"
			case $key in
			verify/*)
				sed -n "s|^evidence/${key#verify/} |#   said:   |p" \
					"$said/$guest"
				;;
			esac
		fi
	done < <(expected "$guest")
}

# Wanted is a regular expression of the whole, "<= N", or "-" for nothing at all, which
# no regular expression is met by.
matches()	# GOT WANTED
{
	case $2 in
	'<= '*) [[ $1 =~ ^[0-9]+$ ]] && [ "$1" -le "${2#<= }" ] ;;
	-) [ -z "$1" ] ;;
	*) [[ -n $1 && $1 =~ ^($2)$ ]] ;;
	esac
}

main()
{
	local name series start=$SECONDS
	local -a names all_series
	mapfile -t names < <(chosen "$@")
	for name in "${names[@]}"; do
		expected "$name" >/dev/null || die "guests.expect has no [$name]"
		[ -e "$(personality "$name")" ] || [[ $(own "$name" where) =~ ^(outer|runsc)$ ]] ||
			die "no personality for [$name]"
	done
	mapfile -t all_series < <(for name in "${names[@]}"; do series_of "$name"; done |
		sort -u)
	rig_reset "${all_series[@]}"
	mkdir -p "$said"
	for series in "${all_series[@]}"; do
		built "tool and module for $series" "$series" || return 0
		pack_initrd "$series"
	done
	cp "$here/outer.sh" "$here/runsc.sh" "$here/sandbox.sh" "$stage/"
	for name in "${names[@]}"; do
		add_job "$name"
	done
	rig_run "${rig_mib-}"
	for name in "${names[@]}"; do
		judge "$name" >"$out/$name.results"
		cat "$out/$name.results"
		# What failed is not in docs/verified.md.
		! grep -q '^not ok' "$out/$name.results" ||
			mv "$said/$name" "$said/$name.failed"
	done
	for name in "$out"/outer{,[0-9]*}.log; do
		[ ! -e "$name" ] || kernel_log_result "${name##*/}" "$name" \
			"${rig:+$bochs_complaint}"
	done
	say "test VMM guests: $((SECONDS - start)) s"
}

[ -e "$build/vmm" ] || die "build/vmm is missing: make vmm"
main "$@" | awk '/^(not )?ok - / { sub(/ok -/, "ok " ++n " -") } /^not/ { bad = 1 }
	{ print; fflush() } END { print "1.." n + 0; exit bad || !n }'
