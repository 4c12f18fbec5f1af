#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What Kbuild learns from a kernel's headers. Prints TAP.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
count=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# Flags of a kernel whose <asm/traps.h> is on standard input.
flags()		# CONFIG
{
	mkdir -p "$work/arch/arm64/include/asm"
	cat >"$work/arch/arm64/include/asm/traps.h"
	# shellcheck disable=SC2016 # make's
	printf 'include Kbuild\nflags: ; @echo $(ccflags-y)\n' |
		make -s -f - flags src=. srctree="$work" "$1"=y 2>&1
}

is()		# DESCRIPTION GOT WANTED
{
	count=$((count + 1))
	[ "$2" = "$3" ] || echo "# got: $2, wanted: $3"
	[ "$2" = "$3" ] || printf 'not '
	echo "ok $count - $1"
}

has_hooks() { flags "$1" | grep -c -e -DHVP_KERNEL_UNDEF_HOOK; }

echo "TAP version 13"
is "hooks that the header has" "$(has_hooks CONFIG_ARM64 <<'END'
struct undef_hook {
	struct list_head node;
};
void register_undef_hook(struct undef_hook *hook);
END
)" 1
is "hooks that are gone, whatever the version" "$(has_hooks CONFIG_ARM64 <<'END'
/* Until now, struct undef_hook was here. */
struct pt_regs;
END
)" 0
is "another architecture" "$(has_hooks CONFIG_X86_64 <<'END'
struct undef_hook {
};
END
)" 0
echo "1..$count"
