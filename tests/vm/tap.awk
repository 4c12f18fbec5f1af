# SPDX-License-Identifier: GPL-2.0-only
# Reads one TAP or KTAP stream, subtests included, out of a program's output or a
# console log. Prints one unnumbered result per leaf test, its name in front, and a
# failure for whatever makes the stream incomplete.
#   -v name=NAME  -v status=EXIT_STATUS (of the producer, 0 if not given)

function emit(verdict, text)
{
	print verdict " - " name ": " text
	printed++
	telling = verdict == "not ok" && text !~ /# TODO/
	if (telling)
		failed++
}

# Ends the subtest whose lines are at depth d, if there was one.
function close_depth(d)
{
	if (d in count) {
		if (!(d in plan))
			emit("not ok", path[d] "no plan, the test ended early")
		else if (plan[d] != count[d])
			emit("not ok", path[d] "planned " plan[d] " tests, saw " count[d])
		else if (!plan[d] && !(d in excused))
			emit("not ok", path[d] "planned no test")
	}
	delete count[d]
	delete plan[d]
	delete excused[d]
	delete announced[d]
}

function result(d, line,    verdict, text, before)
{
	verdict = line ~ /^not/ ? "not ok" : "ok"
	text = line
	sub(/^(not )?ok */, "", text)
	if (match(text, /^[0-9]+/)) {
		if (substr(text, 1, RLENGTH) + 0 != count[d] + 1)
			emit("not ok", path[d] "test " substr(text, 1, RLENGTH) \
				" out of order")
		text = substr(text, RLENGTH + 1)
	}
	sub(/^ *(- *)?/, "", text)
	count[d]++
	if ((d + 1) in announced && !((d + 1) in count))
		emit("not ok", path[d + 1] "no test output")
	if ((d + 1) in count) {
		# A parent line repeats what its subtests said, unless it says worse.
		before = failed_at[d + 1]
		close_depth(d + 1)
		if (verdict == "not ok" && failed == before)
			emit(verdict, path[d] text)
	} else {
		emit(verdict, path[d] text)
	}
	delete announced[d + 1]
	path[d + 1] = path[d]
	delete failed_at[d + 1]
}

{
	sub(/\r+$/, "")
	line = $0
	match(line, /^ */)
	d = int(RLENGTH / 4)
	line = substr(line, RLENGTH + 1)
	if (RLENGTH % 4)
		next
}

line ~ /^(not )?ok([ \t]|$)/ || line ~ /^1\.\.[0-9]+/ {
	if (!(d in failed_at))
		failed_at[d] = failed
}

line ~ /^# Subtest: / {
	path[d] = (d ? path[d - 1] : "") substr(line, 12) ": "
	announced[d]
	next
}

# What a failed test has to say for itself.
line ~ /^#/ && telling && line !~ /^# kmsg / { print "#   " substr(line, 3) }

line ~ /^1\.\.[0-9]+/ {
	n = line
	sub(/^1\.\./, "", n)
	plan[d] = n + 0
	if (!(d in count))
		count[d] = 0
	if (line ~ /^1\.\.0 *# *SKIP/) {
		sub(/^[^#]*# *SKIP[A-Z]* */, "", line)
		excused[d]
		emit("ok", path[d] "all # SKIP " line)
	}
	next
}

line ~ /^(not )?ok([ \t]|$)/ { result(d, line) }

line ~ /^Bail out!/ && d == 0 { emit("not ok", line) }

END {
	for (d = 9; d > 0; d--)
		close_depth(d)
	if (!(0 in count))
		emit("not ok", "no test output")
	else
		close_depth(0)
	if (status && !failed)
		emit("not ok", "exit status " status)
}
