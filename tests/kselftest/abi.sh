#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The ioctls that tell facts.
cd "$(dirname "$0")" || exit 1
# shellcheck source=tests/kselftest/ktap.sh
. ./ktap.sh

need_module
relay abi ./hvp_abi
finish
