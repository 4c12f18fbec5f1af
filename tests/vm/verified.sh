#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# verified.sh: prints docs/verified.md, which tells what was seen to work on which
# hypervisor, from what the guests in build/vm said when they last ran.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

said()		# LOG KEY: what a guest said, each once
{
	tr -d '\r' <"$1" | sed -n "s/^ *# said $2 //p" | sort -u
}

# Guests that said what they are, in the order of the table.
guests()
{
	local log
	for log in "$vmdir"/*.hypervisor; do
		log=${log%.hypervisor}.log
		[ ! -e "$log" ] || [ -z "$(said "$log" kernel)" ] || basename "$log" .log
	done
}

# Guests of the test VMM, in vmm or vmm-bochs.
models()	# FOLDER
{
	local file
	for file in "$vmdir/$1"/said/*; do
		[[ $file == *.trouble || $file == *.failed || ! -s $file ]] || basename "$file"
	done
}

model_said()	# FOLDER GUEST KEY
{
	sed -n "s|^$3 ||p" "$vmdir/$1/said/$2" | tail -n 1
}

platforms()
{
	local name
	echo '| guest | hypervisor | kernel | verdict | calls |'
	echo '|---|---|---|---|---|'
	for name; do
		printf '| %s | %s | %s | %s | %s |\n' "$name" \
			"$(cat "$vmdir/$name.hypervisor")" \
			"$(said "$vmdir/$name.log" kernel)" \
			"$(said "$vmdir/$name.log" verdict)" \
			"$(said "$vmdir/$name.log" proof)"
	done
}

# One line for each check, with the guests that gave each state.
checks()
{
	local name state
	echo '| capability/check | verified | unadvertised | broken |'
	echo '|---|---|---|---|'
	for name; do
		for state in verified unadvertised broken; do
			said "$vmdir/$name.log" "$state" | sed "s/^/$state $name /"
		done
	done | awk '{
			known[$3]
			guests[$3, $1] = guests[$3, $1] " " $2
		}
		END {
			for (check in known)
				printf "| `%s` |%s |%s |%s |\n", check,
					guests[check, "verified"],
					guests[check, "unadvertised"],
					guests[check, "broken"]
		}' | sort
}

model_rows()	# FOLDER
{
	local name
	echo '| machine | verdict | module | calls | encrypted |'
	echo '|---|---|---|---|---|'
	for name in $(models "$1"); do
		[ -n "$(model_said "$1" "$name" verdict)" ] || continue
		printf '| %s | %s | %s | %s | %s |\n' "$name" \
			"$(model_said "$1" "$name" verdict)" \
			"$(model_said "$1" "$name" module/proof)" \
			"$(model_said "$1" "$name" calls/ever)" \
			"$(model_said "$1" "$name" encrypted)"
	done
}

main()
{
	local -a real
	mapfile -t real < <(guests)
	[ ${#real[@]} -gt 0 ] || die "no guest has run: make check first"
	cat <<-'END'
	<!-- SPDX-License-Identifier: GPL-2.0-only -->
	<!-- Written by `make verified` from test results: do not edit. -->

	# Verified

	What the module and the tool were seen to do, where. Guests are those of
	`tests/vm/vmtests.cfg` whose tests all passed; what stands in no table here
	was not run. `arm64-vmm-*` are models, too.

	## Hypervisors

	END
	platforms "${real[@]}"
	echo $'\n## Checks of `hvprobe verify`\n'
	checks "${real[@]}"
	if [ -e "$vmdir/vmm-bochs/hypervisor" ]; then
		printf '\n## Intel\n\nGuests of the test VMM, and sandboxes of gVisor (runsc), over %s.\n\n' \
			"$(cat "$vmdir/vmm-bochs/hypervisor")"
		model_rows vmm-bochs
	fi
	[ -e "$vmdir/vmm/hypervisor" ] || return 0
	cat <<-END

	## Models

	Machines of the test VMM (\`tests/vmm\`) over $(cat "$vmdir/vmm/hypervisor"):
	what they show and answer is written by us, after specifications. They show what
	hvprobe does, not what the product does. Calls are those that came to the VMM
	in the guest's whole life, its kernel's included.

	END
	model_rows vmm
}

main
