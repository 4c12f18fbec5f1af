# SPDX-License-Identifier: GPL-2.0-only
# Numbers the results that tap.awk prints, adds the plan, the reasons of what was
# skipped, the failures again, and the tally. Exit status 1 if anything failed.

BEGIN { print "TAP version 13" }

/^(not )?ok - / {
	match($0, / - /)
	verdict = substr($0, 1, RSTART - 1)
	text = substr($0, RSTART + 3)
	print verdict " " ++n " - " text
	fflush()
	if (verdict == "ok" && text ~ /# SKIP/ || text ~ /# TODO/) {
		reasons[++skipped] = text
	} else if (verdict == "ok") {
		passed++
	} else {
		failures[++failed] = text
	}
	next
}

{ print; fflush() }

END {
	print "1.." n + 0
	for (i = 1; i <= skipped; i++)
		print "# skipped: " reasons[i]
	for (i = 1; i <= failed; i++)
		print "# failed: " failures[i]
	if (!n) {
		failed = 1
		print "# failed: nothing was tested"
	}
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed > 0
}
