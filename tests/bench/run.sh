#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh [NAME...]: every benchmark of this folder, or the named ones. They report
# and never judge: wall-clock times are a matter of the machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
mkdir -p build/bench

[ $# -gt 0 ] || set -- start executions decode engine_cost
for name; do
	"$here/$name.sh"
	echo
done
