# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Completion of hvprobe(1) for bash.

_hvprobe()
{
	local word=${COMP_WORDS[COMP_CWORD]} command='' i
	local commands='report caps explain dump decode nested confidential verify call bench help'
	local options='--json --quiet --verbose --no-driver --deep --all-cpus
		--stats --color= --version --help -J -q -v -h'

	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		report | caps | explain | dump | decode | nested | confidential | verify | \
			call | bench | help)
			command=${COMP_WORDS[i]}
			break
			;;
		esac
	done
	case $command in
	caps) options+=' --mask --all --set' ;;
	dump) options+=' --format=' ;;
	decode) options+=' --facts --machine=' ;;
	nested | confidential) options+=' --machine=' ;;
	verify) options+=' --all --tap' ;;
	call)
		options+=' --dry-run --shape= --reg= --in= --out-bytes= --reps='
		options+=' --in-header= --in-element= --out-header= --out-element='
		options+=' --var-qwords='
		;;
	esac
	# bash splits at "=", so the value is a word of its own.
	if [[ $word == = || ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
		local option=${COMP_WORDS[COMP_CWORD - 2]}
		[[ $word != = ]] || option=${COMP_WORDS[COMP_CWORD - 1]}
		case $option in
		--color) options='auto always never' ;;
		--format) options='json cpuid' ;;
		--shape) options='auto slow fast xmm' ;;
		*) options='' ;;
		esac
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "${word#=}")
		return
	fi
	compopt +o nospace
	case $command:$word in
	*:-*)
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
		[[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace
		;;
	:* | help:*)
		mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word")
		;;
	caps:*)
		mapfile -t COMPREPLY < <(compgen -W "$(hvprobe caps --all 2>/dev/null |
			awk 'NR > 1 { print $2 }')" -- "$word")
		;;
	verify:*)
		mapfile -t COMPREPLY < <(compgen -W "hyperv kvm xen vmware timing smccc $(
			hvprobe verify --all 2>/dev/null |
				awk 'NR > 1 && /^[a-z]+[.]/ { print $1 }')" -- "$word")
		;;
	call:*)
		mapfile -t COMPREPLY < <(compgen -W 'hyperv kvm xen vmware smccc' -- "$word")
		;;
	decode:* | nested:* | confidential:*)
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		compopt -o filenames
		;;
	esac
}
complete -F _hvprobe hvprobe
