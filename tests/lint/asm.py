# SPDX-License-Identifier: GPL-2.0-only
"""Disassembles built modules: an instruction that can trap has its entry in the
exception table, and a trampoline is called from where it may be. Prints TAP."""
import re
import subprocess
import sys

# CPUID and RDTSC raise nothing in ring 0 that a module could catch: what #VE or
# #VC there is, the kernel answers. They are the documented exceptions.
TRAPPING = re.compile(
    r"(vmcall|vmmcall|vmgexit|tdcall|seamcall|rdmsr|wrmsr|rdpmc|xsetbv|hlt|"
    r"monitor|mwait|invd|wbinvd|lgdt|lidt|ltr|clts|in|out|ins[bwl]|outs[bwl])$")
TRAMPOLINE = re.compile(r"hvp_(hv_)?(vmcall|vmmcall|page|kernel)(_xmm)?$|"
                        r"hvp_(port|xen_page_call)$")
# They pick one, and are called as it would be.
PICKER = re.compile(r"hvp_(abi_issue|hv_function)$")

# What each clears before it returns, as the tables in asm/x86 promise.
CLEARED = {
    "hvp_": ["ecx", "edx", "esi", "edi", "r8d", "r9d", "r10d", "r11d"],
    "hvp_hv_": ["ecx", "r8d"],
    "xmm": ["ecx", "r8d"] + [f"xmm{i}" for i in range(6)],
}

# Who checks, and then calls. A compiler may put a static function into its only
# caller, so those are named as well.
CALLERS = {
    "hvp_": {"hvp_abi_issue"},
    "hvp_abi_issue": {"execute_insn", "hvp_attempt_make", "hvp_call_abi_issue"},
    "hvp_hv_": {"hvp_call_hv_issue", "run_single", "hvp_hv_call",
                "hvp_hv_function"},
    "xmm": {"issue_xmm"},
}

count = failed = 0


def ok(passed, what, details=()):
    global count, failed
    count += 1
    failed += not passed
    print(f"{'' if passed else 'not '}ok {count} - {what}")
    if not passed:
        for line in details:
            print(f"#   {line}")


def objdump(*arguments):
    return subprocess.run(("objdump",) + arguments, capture_output=True,
                          text=True, check=True).stdout.splitlines()


def labels(module):
    """Address of each symbol as (section, offset)."""
    found = {}
    for line in objdump("-t", module):
        match = re.match(r"([0-9a-f]+) .{7} (\S+)\t[0-9a-f]+ (?:\.hidden )?(\S+)$",
                         line)
        if match:
            found[match[3]] = (match[2], int(match[1], 16))
    return found


def fixups(module):
    """What the exception table names; an entry is three words of 32 bits."""
    found, where = set(), labels(module)
    for line in objdump("-r", "-j", "__ex_table", module):
        match = re.match(r"([0-9a-f]+) R_X86_64_PC32\s+([^+-]+)([+-]0x[0-9a-f]+)?$",
                         line)
        if match and int(match[1], 16) % 12 == 0:
            section, offset = where.get(match[2], (match[2], 0))
            found.add((section, offset + int(match[3] or "0", 16)))
    return found


def base_name(function):
    return re.split(r"\.(?:isra|part|constprop|cold)", function)[0]


def kind_of(trampoline):
    return ("xmm" if trampoline.endswith("_xmm") else
            "hvp_hv_" if trampoline.startswith("hvp_hv_") else "hvp_")


def not_cleared(module):
    """Registers with a leftover at the first return of a trampoline, and how
    many returns were looked at."""
    left, returns, function, clear = [], 0, "", set()
    for line in objdump("-dr", "--no-show-raw-insn", module):
        if match := re.match(r"[0-9a-f]+ <(.*)>:$", line):
            # An inner label begins no function.
            if not (function and re.fullmatch(function + "_(insn|call|back)",
                                              match[1])):
                function, clear = match[1], set()
        elif not TRAMPOLINE.match(function):
            continue
        elif match := re.match(r" *[0-9a-f]+:\txor(?:ps)? +%(\w+),%(\w+)$", line):
            if match[1] == match[2]:
                clear.add(match[1])
        elif re.search(r"\tret|R_X86_64_\w+\t__x86_return_thunk", line):
            returns += 1
            left += [f"{function}: {register}"
                     for register in CLEARED[kind_of(function)]
                     if register not in clear]
            function = ""
    return left, returns


def read_code(module):
    """Instructions that can trap, and (trampoline, caller) pairs."""
    risky, calls = [], set()
    section = function = ""
    shown = None
    for line in objdump("-dr", "--no-show-raw-insn", module):
        if match := re.match(r"Disassembly of section (.*):$", line):
            section = match[1]
        elif match := re.match(r"[0-9a-f]+ <(.*)>:$", line):
            function = match[1]
        elif match := re.match(r" *([0-9a-f]+):\t(\S+)(.*)$", line):
            address, name, rest = match.groups()
            if TRAPPING.match(name):
                risky.append((section, int(address, 16), function, name))
            calls.add(shown)
            target = re.search(r"<([^+>]+)>", rest)
            shown = (target[1], base_name(function)) if target else None
        elif match := re.match(r"\s+[0-9a-f]+: R_X86_64_\w+\s+([^+-]+)", line):
            # What is shown then is only what follows the instruction.
            shown = None
            calls.add((match[1], base_name(function)))
    calls.add(shown)
    return risky, {pair for pair in calls - {None}
                   if (TRAMPOLINE.match(pair[0]) or PICKER.match(pair[0])) and
                   pair[0] != pair[1]}


def may_call(trampoline, caller):
    kind = trampoline if trampoline in CALLERS else kind_of(trampoline)
    return caller in CALLERS[kind]


def pointers(module):
    """Addresses of trampolines in data: nobody may call through one."""
    found, section = [], ""
    for line in objdump("-r", module):
        if match := re.match(r"RELOCATION RECORDS FOR \[(.*)\]:", line):
            section = match[1]
        # Where functions begin, for ftrace and the like, is no pointer.
        elif re.match(r"\.(debug|text|init|exit|orc|BTF|altinstr)|__mcount|"
                      r"\.ibt_endbr|\.call_sites|\.return_sites|__ex_table",
                      section):
            continue
        elif match := re.match(r"[0-9a-f]+ R_X86_64_\w+\s+([^+-]+)", line):
            if TRAMPOLINE.match(match[1]) or PICKER.match(match[1]):
                found.append(f"{match[1]} in {section}")
    return found


def check(module):
    kernel = module.split("/")[-2]
    fixed = fixups(module)
    risky, calls = read_code(module)
    bare = [f"{name} at {section}+{address:#x} in {function}"
            for section, address, function, name in risky
            if (section, address) not in fixed]
    own = [entry for entry in risky if entry[3] in ("vmcall", "vmmcall")]
    stray = [f"{caller} calls {target}" for target, caller in sorted(calls)
             if not may_call(target, caller)]
    ok(not bare, f"{kernel}: what can trap has a fixup", bare)
    ok(len(own) >= 6, f"{kernel}: {len(own)} call instructions, {len(risky)} "
       "that can trap were looked at")
    ok(not stray, f"{kernel}: trampolines are called from where it is checked",
       stray)
    ok(len(calls) >= 8, f"{kernel}: {len(calls)} callers were looked at")
    left, returns = not_cleared(module)
    ok(not left, f"{kernel}: trampolines clear what may be a leftover", left)
    ok(returns >= 10, f"{kernel}: {returns} returns were looked at")
    found = pointers(module)
    ok(not found, f"{kernel}: no pointer to a trampoline", found)


for path in sys.argv[1:]:
    check(path)
if not sys.argv[1:]:
    ok(True, "all # SKIP no module was built")
print(f"1..{count}")
sys.exit(failed != 0)
