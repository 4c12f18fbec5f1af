#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Help, manual page, completions and schema name the same things as the program.
. "$(dirname "$0")/tap.sh"

man=$top/docs/hvprobe.1
completion=$top/packaging/completion
schema=$top/docs/schema/report.schema.json

lines() { printf '%s\n' "$@" | sort -u; }

# What the program says of itself.
commands=$("$hvprobe" --help |
	awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' | sort -u)
options_in_help()
{
	grep -oE -- '(^|[ ,])(--[a-z][a-z-]*|-[a-zA-Z],)' | tr -d ' ,' | sort -u
}
global=$("$hvprobe" --help | sed -n '/^Global options/,/^$/p' | options_in_help)
local_of() { "$hvprobe" help "$1" | sed -n '/^Options:/,/^$/p' | options_in_help; }
all=$({ echo "$global"; for command in $commands; do local_of "$command"; done; } |
	grep . | sort -u)

is "the usual commands are there" "$(lines bench call caps confidential decode dump explain help nested report verify)" "$commands"
for command in $commands; do
	exits 0 help "$command"
	is "help $command lists the global options" "$(printf '%s' "$out" |
		sed -n '/^Global options/,$p' | options_in_help)" "$global"
done

# Manual page: .TP headings, with roff's escapes taken away.
plain=$(sed -e '/BEGIN generated/,/END generated/d' -e 's/\\-/-/g' -e 's/\\f[A-Z]//g' "$man")
is "hvprobe(1) has the commands" "$(printf '%s\n' "$plain" |
	sed -n '/^\.SH COMMANDS/,/^\.SH OPTIONS/p' | awk '
		/^\.RS/ { inner++ } /^\.RE/ { inner-- }
		tp && !inner && /^\.BR? / { print $2 }
		{ tp = /^\.TP/ }' | sort -u)" "$commands"
is "hvprobe(1) has the options" "$(printf '%s\n' "$plain" |
	sed -n '/^\.SH COMMANDS/,/^\.SH EXIT/p' | awk 'tp || /^\.BR (caps|dump|decode|nested|confidential|verify|call)/ { print } { tp = /^\.TP/ }' |
	grep -oE -- '(^|[ "])(--[a-z][a-z-]*|-[a-zA-Z]\b)' | tr -d ' "' | sort -u)" "$all"
is "hvprobe(1) has the version" "$(sed -n 's/^\.TH.*"hvprobe \([^"]*\)".*/\1/p' "$man")" \
	"$(cat "$top/VERSION")"
if command -v mandoc >/dev/null; then
	is "hvprobe(1) is clean" "$(mandoc -T lint -W warning "$man" 2>&1)" ""
else
	skip "hvprobe(1) is clean" "mandoc is not installed"
fi

# Completions.
words() { grep -v '^#' "$1" | grep -oE -- "$2" | sort -u; }
bash=$completion/hvprobe.bash
is "bash completes the commands" \
	"$(sed -n "s/.*local commands='\(.*\)'/\1/p" "$bash" | tr ' ' '\n' | sort -u)" "$commands"
is "bash completes the options" "$(sed -n "/local options='/,/'$/p;/options+='/p" "$bash" |
	grep -oE -- "(^|[ '	])-{1,2}[a-zA-Z][a-z-]*" | tr -d " '	" | sort -u)" "$all"
zsh=$completion/_hvprobe
is "zsh completes the commands" \
	"$(sed -n '/^commands=(/,/^)/s/^\t.\([a-z]*\):.*/\1/p' "$zsh" | sort -u)" "$commands"
is "zsh completes the options" "$(sed -E 's/\([^)]*\)//g' "$zsh" |
	grep -oE -- "(['{,*])-{1,2}[a-zA-Z][a-z-]*" | tr -d "'{,*" | sort -u)" "$all"
fish=$completion/hvprobe.fish
is "fish completes the commands" \
	"$(sed -n 's/^complete .*-n $none -a \([a-z]*\) .*/\1/p' "$fish" | sort -u)" "$commands"
is "fish completes the options" "$({ sed -nE 's/^complete .* -l ([a-z-]+).*/--\1/p' "$fish"
	sed -nE 's/^complete .* -s ([a-zA-Z]) .*/-\1/p' "$fish"; } | sort -u)" "$all"
for shell in bash zsh fish; do
	file=$bash
	[ $shell != zsh ] || file=$zsh
	[ $shell != fish ] || file=$fish
	if command -v $shell >/dev/null; then
		is "$shell can read its completion" "$($shell -n "$file" 2>&1)" ""
	else
		skip "$shell can read its completion" "$shell is not installed"
	fi
done

# bash for real: what it offers.
complete_with() # WORD...
{
	bash --norc -c 'shopt -s progcomp; . "$1"; shift; COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1)); compopt() { :; }; _hvprobe
		printf "%s\n" "${COMPREPLY[@]}"' - "$bash" "$@" 2>&1 | sort -u
}
is "bash: all commands" "$(complete_with hvprobe '')" "$commands"
is "bash: one command" "$(complete_with hvprobe de)" "decode"
is "bash: an option of a command" "$(complete_with hvprobe caps --ma)" "--mask"
is "bash: not that of another one" "$(complete_with hvprobe dump --ma)" ""
is "bash: a value" "$(complete_with hvprobe --color = al)" "always"
is "bash: all values" "$(complete_with hvprobe dump --format =)" "$(lines cpuid json)"

# Schema: lists that follow from the registry.
if command -v jq >/dev/null; then
	enum() { jq -r ".definitions.$1.enum[]" "$schema" | sort -u; }
	column() { sed -nE "$2" "$top/core/$1" | grep . | sort -u; }
	is "schema: products" "$(enum product)" \
		"$(column products.def 's/^HVP_PRODUCT\([A-Z0-9_]+, "([^"]*)".*/\1/p')"
	is "schema: ABIs" "$(enum abi)" \
		"$(column abis.def 's/^HVP_ABI\([0-9]+, [A-Z0-9_]+, "([^"]*)".*/\1/p')"
	is "schema: reasons" "$(enum reason)" \
		"$(column reasons.def 's/^HVP_REASON\([0-9]+, [A-Z0-9_]+, "([^"]*)".*/\1/p')"
	is "schema: rules" "$(enum rule)" \
		"$(column rules.def 's/^HVP_RULE\([A-Z0-9_]+, "([^"]*)".*/\1/p')"
	is "schema: text keys" "$(enum text_key)" \
		"$(column texts.def 's/^HVP_TEXT\([0-9]+, [A-Z0-9_]+, "([^"]*)".*/\1/p')"
	table() { sed -n "/$1\[\] = {/,/^};/s/.*= \"\([^\"]*\)\",/\1/p" "$top/core/registry.c" | sort -u; }
	is "schema: states" "$(enum state)" "$(table state_names)"
	is "schema: sources" "$(enum source)" "$(table source_names)"
	is "schema: instructions" "$(enum instruction)" "$(table insn_names)"
	is "schema: technologies" "$(jq -r '.definitions.technology.properties.name.enum[]' "$schema" | sort -u)" \
		"$(column cc_kinds.def 's/^HVP_CC_KIND\([A-Z0-9_]+, "([^"]*)".*/\1/p')"
	is "schema: witnesses" "$(jq -r '.definitions.testimony.properties.witness.enum[]' "$schema" | sort -u)" \
		"$(column cc_witnesses.def 's/^HVP_CC_WITNESS\([A-Z0-9_]+, "([^"]*)".*/\1/p')"
	is "schema: verdicts" "$(jq -r '.definitions.verdict.properties.kind.enum[]' "$schema" | sort -u)" \
		"$(sed -nE 's/^\t\t\[HVP_VERDICT_[A-Z_]+\] = "([^"]*)",/\1/p' "$top/core/verdict.c" | sort -u)"
else
	skip "schema" "jq is not installed"
fi
done_testing
