#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Rules that the whole tree keeps: licence lines, headers that stand alone,
# <asm/...> and <linux/...> that come from the system. Prints TAP.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
CC=${CC:-gcc}
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

sources() { # tracked and new files, without what git ignores
	git ls-files -co --exclude-standard -- "$@" | while read -r f; do
		[ ! -f "$f" ] || echo "$f"
	done
}

echo "TAP version 13"

missing=$(sources '*.c' '*.h' '*.S' '*.def' '*.sh' '*.awk' Makefile Kbuild |
	while read -r f; do
		head -3 "$f" | grep -q 'SPDX-License-Identifier: GPL-2.0-only' || echo "$f"
	done)
ok "$([ -z "$missing" ]; echo $?)" "every source file names its licence" "$missing"

wrong=$(sources 'include/uapi/*.h' | while read -r f; do
	head -1 "$f" | grep -q 'GPL-2.0-only WITH Linux-syscall-note' || echo "$f"
done)
ok "$([ -z "$wrong" ]; echo $?)" "the uAPI header carries the syscall note" "$wrong"

alone=$(sources 'core/*.h' 'probe-tool/*.h' 'include/uapi/linux/*.h' |
	while read -r f; do
		echo "#include \"$PWD/$f\"" |
			$CC -std=gnu11 -Wall -Wextra -Werror -Iinclude/uapi -fsyntax-only -x c - 2>&1 |
			head -3
	done)
ok "$([ -z "$alone" ]; echo $?)" "every header compiles alone" "$alone"

# A top-level asm/ must never stand in for the system's <asm/...>.
shadow=$(printf '#include <asm/types.h>\n#include <linux/types.h>\n#include <asm/unistd.h>\n' |
	$CC -Iinclude/uapi -E -x c - | grep '^# .*"' | grep -F "$PWD/" | grep -v include/uapi/linux/hvprobe.h)
ok "$([ -z "$shadow" ]; echo $?)" "the system's <asm/> and <linux/> are not shadowed" "$shadow"

named=$(sources 'asm/**' | grep -v -e '/hvp_' -e README)
ok "$([ -z "$named" ]; echo $?)" "files below asm/ begin with hvp_" "$named"

kernel=$(sources 'core/*.[ch]' | xargs grep -l '__KERNEL__' | grep -v '^core/compat.h$')
ok "$([ -z "$kernel" ]; echo $?)" "only core/compat.h knows which build it is in" "$kernel"

# What the module does not link, nothing that it links may include.
left_out=$(sed -n 's/^CORE_OF_TOOL := //p' Kbuild)
linked=$(sources 'core/*.[ch]' 'guest-driver/*.[ch]' |
	grep -vxE "core/(${left_out// /|})\.[ch]")
found=$(for f in $left_out; do
	[ -f "core/$f.c" ] || echo "core/$f.c is not there"
	# shellcheck disable=SC2086
	grep -HnE "include \".*\<${f%_rows}\.h\"" $linked
done)
ok "$([ "$left_out" ] && [ -z "$found" ]; echo $?)" "the module needs nothing of the tool's" "$found"

objects=$(git ls-files '*.o' '*.ko' '*.d' '*.mod.c')
ok "$([ -z "$objects" ]; echo $?)" "no build products are tracked" "$objects"

# A table that a blank line splits ends there for every renderer.
headless=$(sources '*.md' | while read -r f; do
	awk '/^\|/ { if (++rows == 2 && !/^[-:| ]+$/) print FILENAME ": " FNR - 1 }
		!/^\|/ { if (rows == 1) print FILENAME ": " FNR - 1; rows = 0 }' "$f"
done)
ok "$([ -z "$headless" ]; echo $?)" "tables of the documents have a head" "$headless"

formats=$(sed -n '/^`decode` recognises/,/^$/p' README.md | tr '\n' ' ')
formats=${formats#*:} formats=${formats%, and*directories*}
unsaid=$(grep -oE '[[:alnum:]][[:alnum:].-]*' <<<"$formats" | while read -r word; do
	sed -n '/^\.BR decode/,/^\.RS/p' docs/hvprobe.1 | grep -qwF -- "$word" || echo "$word"
done)
ok "$([ "$formats" ] && [ -z "$unsaid" ]; echo $?)" "hvprobe(1) names the formats of README.md" "$unsaid"

shell=$(sources '*.sh' '.ci/run')
if command -v shellcheck >/dev/null; then
	# shellcheck disable=SC2086
	found=$(shellcheck -S warning $shell 2>&1)
	ok $? "shellcheck finds nothing" "$found"
else
	count=$((count + 1))
	echo "ok $count - shellcheck finds nothing # SKIP shellcheck is not installed"
fi

echo "1..$count"
exit $((failed > 0))
