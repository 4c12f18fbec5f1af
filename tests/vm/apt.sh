# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Sourced by kernel.sh and others: packages of Debian suites and architectures that
# this machine need not have in its sources, from the mirror that it has.

apt_opts=()

# REPO_URI of a suite of this machine's sources, nothing if it has none.
repo_of()	# SUITE
{
	# shellcheck disable=SC2016 # apt-get expands these itself
	apt-get indextargets --no-release-info \
		--format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
		awk -v r="$1" '$2 == r { print $1; exit }'
}

this_release()
{
	(. /etc/os-release && echo "${VERSION_CODENAME:-}")
}

# The machine's own apt may know only some suites, or have no lists at all and no
# root to fetch them: same mirror and keys, a list directory of our own. There, too,
# another architecture is known, without dpkg's knowledge.
use_private_apt()	# WANTED [ARCH]
{
	local release uri line opts="" suite arch private=$cache/apt${2:+-$2}
	release=$(this_release)
	[ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ] ||
		opts='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] '

	mkdir -p "$private/lists/partial" "$private/archives/partial"
	uri=$(repo_of "$release")
	[ -n "$uri" ] || die "apt has no source for $release: cannot derive a mirror for $1"
	for suite in "$release" "$release-backports" bookworm bookworm-backports; do
		printf 'deb %s%s %s main\n' "$opts" "$uri" "$suite"
	done | sort -u >"$private/sources.list"
	line=$(repo_of "$release-security")
	[ -z "$line" ] || printf 'deb %s%s %s-security main\n' "$opts" "$line" "$release" \
		>>"$private/sources.list"

	apt_opts=(-o Dir::Etc::sourcelist="$private/sources.list"
		-o Dir::Etc::sourceparts=- -o Dir::State::lists="$private/lists"
		-o Dir::Cache::archives="$private/archives"
		-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
	for arch in $(dpkg --print-architecture) ${2-}; do
		apt_opts+=(-o "APT::Architectures::=$arch")
	done
	# A suite that the mirror lacks is no error as long as the package turns up.
	apt-get "${apt_opts[@]}" -o APT::Sandbox::User=root update >&2 || true
}

version_of()	# PACKAGE
{
	apt-cache "${apt_opts[@]}" show --no-all-versions "$1" 2>/dev/null |
		sed -n 's/^Version: //p' | head -n 1
}

# Into the working directory.
download()	# PACKAGE[=VERSION]...
{
	apt-get "${apt_opts[@]}" -q -o APT::Sandbox::User=root \
		-o Acquire::Retries=3 download "$@" >&2
}
