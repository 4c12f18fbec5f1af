# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Sourced by what runs in guests: results that guests.sh judges, "# said KEY VALUE",
# and documents as "# data NAME" lines of base64, since each byte of a serial port is
# an exit.

said() { echo "# said $*"; }

send()		# NAME FILE
{
	gzip -9 <"$2" | base64 -w 160 | sed "s/^/# data $1 /"
}

# Runs a command that prints a document; that and its status are told.
document()	# NAME COMMAND...
{
	name=$1
	shift
	"$@" >/tmp/document 2>/tmp/error
	said "status/$name $?"
	sed "s/^/# $name: /" /tmp/error
	send "$name" /tmp/document
}

# The call as JSON behind those before it, in /tmp/calls.json.
call()		# NAME ARGUMENT...
{
	name=$1
	shift
	hvprobe call --json "$@" >/tmp/call 2>/tmp/error
	said "status/call/$name $?"
	[ -s /tmp/call ] || echo null >/tmp/call
	{ printf '{"call":"%s","is":' "$name"; cat /tmp/call; echo '}'; } >>/tmp/calls.json
	sed "/hint: /d; s|^|# $name: |" /tmp/error
}
