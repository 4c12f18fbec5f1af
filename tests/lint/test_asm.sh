#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every module that was built, see asm.py.
cd "$(dirname "$0")/../.." || exit 1
set -- build/module/*/hvprobe.ko
[ -e "$1" ] || set --
exec python3 tests/lint/asm.py "$@"
