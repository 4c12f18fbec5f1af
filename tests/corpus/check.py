#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Decodes every file of the corpus and compares with what is known of it.

check.py HVPROBE CORPUS prints TAP. The truth is truth.tsv beside this file, the
register lines of the corpus' README.md, and the words of the file itself: every
row of four words in it has to be a fact, and the other way round.
"""
import json
import pathlib
import re
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    jsonschema = None

HERE = pathlib.Path(__file__).resolve().parent
REGISTERS = ("eax", "ebx", "ecx", "edx")
STATES = ("absent", "advertised", "verified", "broken", "unadvertised",
          "unknown")
ROWS = ("cpuid-jl/", "instlatx64/", "libcpuid/", "lists/", "martins3/",
        "rjcp-cpuid/", "tp-qemu/", "virtualbox/", "vmware-log/",
        "firecracker/xen411", "issues/pytorch", "issues/qemu")
SCHEMA = HERE.parent.parent / "docs/schema/facts.schema.json"
WORD = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?![0-9a-f])")


def read_truth():
    truth = []
    for line in (HERE / "truth.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        names = ("path", "machine", "kind", "primary", "presented",
                 "interfaces", "bit", "cpus", "facts", "checks")
        truth.append(dict(zip(names, line.split("\t"))))
    return truth


def read_readme(corpus):
    """Registers that README.md lists, by path: (leaf, subleaf) -> words."""
    registers, path = {}, None
    form = re.compile(r"  - `([0-9A-F]+)/([0-9]+)=([0-9A-F,]{35})")
    for line in (corpus / "README.md").read_text().splitlines():
        if line.startswith("### "):
            path = line[4:].strip()
        match = form.match(line)
        if match:
            words = [int(w, 16) for w in match[3].split(",")]
            registers.setdefault(path, {})[
                int(match[1], 16), int(match[2])] = words
    return registers


def run(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True,
                          timeout=60, check=False)


class Machine:
    """Report and facts of one machine of one file."""

    def __init__(self, hvprobe, path, number):
        which = "--machine=" + number
        report = run(hvprobe, "decode", "--json", which, str(path))
        facts = run(hvprobe, "decode", "--facts", which, str(path))
        self.status = (report.returncode, facts.returncode)
        self.trouble = report.stderr.strip() or facts.stderr.strip()
        self.report = json.loads(report.stdout or "{}")
        facts = json.loads(facts.stdout or '{"facts":[]}')
        if jsonschema and not self.trouble:
            jsonschema.validate(facts, json.loads(SCHEMA.read_text()))
        self.facts = facts["facts"]
        self.cpuid = [f for f in self.facts if f["kind"] == "cpuid"]

    def rows(self, leaf, subleaf):
        return [f for f in self.cpuid if int(f["leaf"], 16) == leaf and
                int(f["subleaf"], 16) == subleaf]

    def named(self, part, name):
        for entry in self.report.get(part, []):
            if entry["name"] == name:
                return entry
        return None


def registers_of(row):
    return [int(row[r], 16) if r in row else None for r in REGISTERS]


def check_rows(machine, leaf, subleaf, words):
    rows = machine.rows(leaf, subleaf)
    if not rows:
        return "leaf %08X/%d is not there" % (leaf, subleaf)
    for row in rows:
        for have, want in zip(registers_of(row), words):
            if want is not None and have != want:
                return "leaf %08X/%d is %s" % (leaf, subleaf,
                                               registers_of(row))
    return None


def check_name(machine, name, value):
    if value in STATES:
        entry = machine.named("capabilities", name)
        have = entry and entry["state"]
    else:
        entry = machine.named("fields", name)
        have = entry and str(entry.get("value"))
    return None if have == value else "%s is %s, not %s" % (name, have, value)


def check_text(machine, key, value):
    value = value.replace("\\0", "\0")
    for fact in machine.facts:
        if fact["kind"] == "text" and fact["key"] == key and \
                fact.get("text", "") == value:
            return None
    return "no text %s = %r" % (key, value)


def check_absent(machine, name):
    if "/" in name:
        leaf, subleaf = name.split("/")
        rows = machine.rows(int(leaf, 16), int(subleaf))
        return "leaf %s is there" % name if rows else None
    entry = machine.named("fields", name)
    if not entry:
        return "no field is called %s" % name
    if entry.get("value") is not None and entry.get("state") != "unknown":
        return "%s is %s" % (name, entry["value"])
    return None


def check(machine, rule):
    if rule.startswith("!"):
        return check_absent(machine, rule[1:])
    name, value = rule.split("=", 1)
    if name.startswith("text:"):
        return check_text(machine, name[5:], value)
    if name.startswith("rejected:"):
        for entry in machine.report["rejected"]:
            if int(entry["base"], 16) == int(name[9:], 16):
                return None if entry["class"] == value else str(entry)
        return "base %s was not rejected" % name[9:]
    if name == "vendor":
        have = machine.report["cpu"]["vendor"]
        have = have["text"] if isinstance(have, dict) else have
        return None if have == value else "vendor is %r" % have
    if "/" in name:
        leaf, subleaf = name.split("/")
        words = [int(w, 16) if w else None for w in value.split(",")]
        return check_rows(machine, int(leaf, 16), int(subleaf), words)
    return check_name(machine, name, value)


def check_verdict(machine, truth):
    verdict = machine.report["verdict"]
    interfaces = ",".join(
        "/".join((i["base"][2:], i["product"], i["max_leaf"][2:]))
        for i in machine.report["interfaces"]) or "-"
    bit = {True: "1", False: "0", None: "-"}[
        machine.report["cpu"]["hypervisor_bit"]]
    cpus = {f.get("cpu") for f in machine.cpuid}
    for name, have in (("kind", verdict["kind"]),
                       ("primary", verdict["primary"] or "none"),
                       ("presented", verdict["presented"] or "none"),
                       ("interfaces", interfaces), ("bit", bit),
                       ("cpus", str(len(cpus))),
                       ("facts", str(len(machine.cpuid)))):
        if have != truth[name]:
            yield "%s is %s, not %s" % (name, have, truth[name])


def words_of(path):
    """Every row of four words in a file, whatever else is on the line."""
    text = path.read_text("utf-8", "replace").lower()
    if "=3d0x" in text:
        text = text.replace("=\n", "").replace("=3d", "=")
    rows = set()
    for line in re.sub(r"\[[^\]\n]*\]", "", text).splitlines():
        words = WORD.findall(line.split("|")[0].split("vmx ")[-1])
        if len(words) >= 4 and "msr" not in line:
            rows.add(tuple(int(w, 16) for w in words[-4:]))
    return rows


def problems_of(hvprobe, corpus, truths, readme):
    path = corpus / truths[0]["path"]
    have = set()
    for truth in truths:
        machine = Machine(hvprobe, path, truth["machine"])
        if machine.status != (0, 0) or machine.trouble:
            yield "status %s %s" % (machine.status, machine.trouble)
            return
        yield from check_verdict(machine, truth)
        for rule in filter(None, truth["checks"].split(";")):
            problem = check(machine, rule)
            if problem:
                yield problem
        if truth["machine"] == "1":
            for key, words in readme.get(truth["path"], {}).items():
                problem = check_rows(machine, *key, words)
                if problem:
                    yield problem
        have |= {tuple(registers_of(f)) for f in machine.cpuid}
    if truths[0]["path"].startswith(ROWS):
        for row in have ^ words_of(path):
            yield "row %s is only in %s" % (
                "-".join("%08X" % w if w is not None else "?" for w in row),
                "the facts" if row in have else "the file")


def main():
    hvprobe, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    readme, by_path = read_readme(corpus), {}
    for truth in read_truth():
        by_path.setdefault(truth["path"], []).append(truth)
    files = {str(f.relative_to(corpus)) for f in corpus.rglob("*")
             if f.is_file() and f.suffix != ".md"}
    agreed = number = 0
    for number, (path, truths) in enumerate(by_path.items(), 1):
        held = {f for f in files if f == path or f.startswith(path + "/")}
        files -= held
        problems = list(problems_of(hvprobe, corpus, truths, readme)) \
            if held else ["it is not in the corpus"]
        print("%sok %d - %s" % ("not " if problems else "", number, path))
        for problem in problems[:8]:
            print("# " + problem)
        agreed += 0 if problems else len(held)
        total = len(held) if number == 1 else total + len(held)
    number += 1
    print("%sok %d - README.md lists registers" % ("" if readme else "not ",
                                                   number))
    if not jsonschema:
        number += 1
        print("ok %d - facts by their schema # SKIP the Python module "
              "jsonschema is not installed" % number)
    for path in sorted(files):
        number += 1
        total += 1
        print("not ok %d - %s\n# nothing is known of it" % (number, path))
    print("1..%d" % number)
    print("# %d of %d corpus files agree" % (agreed, total))
    sys.exit(agreed != total or not readme)


main()
