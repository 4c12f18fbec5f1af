#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# check.sh [--fast|--lint] [TEST]: builds, runs every test of that kind or the one
# called TEST, and prints one TAP stream with a tally.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
cd "$top"

# Flags of an outer make are not meant for ours.
unset MAKEFLAGS MFLAGS MAKELEVEL
logs=$build/test
flavours=(gcc clang m32)
export HVPROBE=$build/hvprobe HVPROBE_STATIC=$build/hvprobe.static
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
corpus=$(cd "$top/../shared/corpus" 2>/dev/null && pwd) || corpus=
export HVPROBE_CORPUS=$corpus

# Runs a program that prints TAP, for half an hour at most.
run()		# NAME COMMAND...
{
	local name=$1 log=$logs/${1//\//-}.log status=0
	shift
	timeout -k 5 1800 "$@" >"$log" 2>&1 </dev/null || status=$?
	awk -v name="$name" -v status=$status -f "$here/tap.awk" "$log"
	[ $status -eq 0 ] || echo "# see ${log#"$top"/}"
}

run_script()	# NAME SCRIPT
{
	if [ -x "$2" ]; then
		run "$1" "$2"
	else
		echo "not ok - $2 is not executable"
	fi
}

# Runs a command of which only the exit status counts.
step()		# NAME COMMAND...
{
	local log=$logs/${1//[^a-z0-9]/-}.log
	if "${@:2}" >"$log" 2>&1 </dev/null; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		tail -n 15 "$log" | sed 's/^/#   /'
	fi
}

lint()
{
	local script
	for script in tests/lint/*.sh; do
		run_script "lint/$(basename "$script" .sh)" "$script"
	done
}

unit()		# [NAME]
{
	local source name flavour
	for source in tests/unit/test_*.c; do
		name=$(basename "$source" .c)
		[ "${1-$name}" = "$name" ] || continue
		for flavour in "${flavours[@]}"; do
			[ ! -x "$build/unit/$flavour/$name" ] ||
				run "unit/$flavour/$name" "$build/unit/$flavour/$name"
		done
	done
}

scripts()	# [NAME]
{
	local script name found=
	for script in tests/*/test_*.sh; do
		name=$(basename "$script" .sh)
		[ "${1-$name}" = "$name" ] || continue
		[[ $script != tests/lint/* ]] || continue
		found=yes
		run_script "${script#tests/}" "$script"
	done
	[ -n "$found" ] || echo "not ok - no test is called ${1-test_*.sh}"
	if [ $# -eq 0 ] && [ -z "$corpus" ]; then
		echo "ok - corpus # SKIP no ../shared/corpus beside this tree"
	fi
}

# The test VMM's own checks, two of its machines with a stock kernel, then the
# module and the tool in many of them.
vmm()
{
	step "build: test VMM" make -k -j2 vmm
	run vmm/selftest tests/vmm/selftest.sh
	run vmm/boot tests/vmm/selftest.sh --boot kvm-plain hyperv-alone
	run vmm/guests tests/vmm/guests.sh
}

vm()		# [NAME]
{
	"$here/run.sh" --raw "$@" ||
		echo "not ok - virtual machines: run.sh ended with status $?"
}

# Oldest and newest kernel.
matrix()
{
	"$here/matrix.sh" --raw || echo "not ok - matrix.sh ended with status $?"
}

compile()
{
	step "build: tool" make -k -j2 tool static
	step "build: unit tests" make -k -j2 unit
	step "generated documents are up to date" make generated-check
}

fast()
{
	compile
	unit
	scripts
}

one()		# NAME
{
	case $1 in
	lint | vmm | matrix) "$1" ;;
	unit | scripts)
		compile
		"$1"
		;;
	test_*)
		if [ -e "tests/unit/$1.c" ]; then
			compile
			unit "$1"
		elif [ -e "tests/lint/$1.sh" ]; then
			run_script "lint/$1" "tests/lint/$1.sh"
		else
			compile
			scripts "$1"
		fi
		;;
	*) vm "$1" ;;
	esac
}

main()
{
	case "$kind${test:+ one}" in
	*one) one "$test" ;;
	--lint) lint ;;
	--fast) lint; fast ;;
	*)
		step "kernel's selftest rules" tests/vm/kernel.sh selftests
		fast; vmm; vm; matrix; lint
		;;
	esac
}

kind=
case "${1-}" in
--fast | --lint) kind=$1; shift ;;
esac
test=${1-}
mkdir -p "$logs"
(set +e; main) | awk -f "$here/summary.awk"
