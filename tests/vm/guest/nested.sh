# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# nested and confidential with the driver, without it, and of a dump.
. /lib/tap.sh

loaded || load
# What a recording cannot know is why something is unknown.
bare() { jq -S 'del(.source) | walk(if type == "object" then del(.reason, .hint) else . end)'; }
for command in nested confidential; do
	hvprobe $command --json >/tmp/$command.json 2>/tmp/err
	like "$command: exit status" $? '^[013]$'
	is "$command: nothing on stderr" "$(cat /tmp/err)" ""
	hvprobe dump | hvprobe $command --json - | bare >/tmp/recorded
	bare </tmp/$command.json >/tmp/live
	same "$command: a dump tells the same" /tmp/recorded /tmp/live
done

answer() { jq -r ".answers[] | select(.name == \"$1\") | .answer"; }
is "with the driver nothing waits for it" \
	"$(jq '[.. | objects | select(.reason == "needs driver")] | length' /tmp/nested.json)" 0
for extension in vmx svm; do
	if [ "$(answer $extension </tmp/nested.json)" != yes ]; then
		is "$extension: not visible, not usable" \
			"$(answer $extension.usable </tmp/nested.json)" no
		continue
	fi
	is "$extension: unknown without the driver" \
		"$(hvprobe --no-driver nested --json | answer $extension.usable)" unknown
	is "$extension: usable by its lock register" \
		"$(answer $extension.usable </tmp/nested.json)" yes
done
is "the kernel takes its memory for plain" "$(jq -r '.technologies[0].says[] |
	select(.witness == "kernel") | .answer' /tmp/confidential.json)" no
is "and so do all" "$(jq -r .encrypted.answer /tmp/confidential.json)" no
is "nobody disagrees" "$(jq '[.findings[] | select(.kind == "disagreement")] | length' \
	/tmp/confidential.json)" 0
done_testing
