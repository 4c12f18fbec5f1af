# SPDX-License-Identifier: GPL-2.0-only
# /dev/kmsg to the console: warnings and worse, and whatever the module says. A
# serial port of a nested guest is slow, so no more, and the module's chatter of a
# thousand loads only three times. The last line says that nothing was lost.

/^ / { next }	# dictionary of the line before

{
	semicolon = index($0, ";")
	level = substr($0, 1, index($0, ",") - 1) % 8
	text = substr($0, semicolon + 1)
}

text == "vmtest: end of tests" { print "# kmsg end"; exit }

level <= 4 || (text ~ /hvprobe/ && seen[text]++ < 3) {
	print "# kmsg " level " " text
	fflush()
}
