#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Decodes other people's recordings, if they are beside the project, and
# compares with what is known of each. HVPROBE and HVPROBE_CORPUS say which.
set -u

cd "$(dirname "$0")/../.." || exit 1
hvprobe=${HVPROBE:-build/hvprobe}
corpus=${HVPROBE_CORPUS:-../shared/corpus}

if [ ! -e "$corpus/README.md" ]; then
	echo 'ok 1 - corpus # SKIP no recordings in ../shared/corpus'
	echo 1..1
	exit 0
fi
if [ ! -x "$hvprobe" ]; then
	echo "not ok 1 - corpus: no $hvprobe, run make tool"
	echo 1..1
	exit 1
fi
exec python3 tests/corpus/check.py "$hvprobe" "$corpus"
