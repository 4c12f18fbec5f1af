#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Writes one small input per format into a directory: where fuzzing starts."""
import gzip
import io
import pathlib
import sys
import tarfile

ROW = "   0x%08x 0x%02x: eax=0x%08x ebx=0x%08x ecx=0x%08x edx=0x%08x\n"
KVM = (0x40000001, 0x4B4D564B, 0x564B4D56, 0x0000004D)
HYPERV = (0x40000005, 0x7263694D, 0x666F736F, 0x76482074)
VENDOR = (1, 0x68747541, 0x444D4163, 0x69746E65)
LEAF1 = (0x00A20F12, 0x00200800, 0x80000001, 0x078BFBFD)
MACHINE = [(0, 0, VENDOR), (1, 0, LEAF1), (0x40000000, 0, KVM),
           (0x40000001, 0, (0x01007EFB, 0, 0, 0))]


def cpuid_r(rows=MACHINE, head="CPU:\n"):
    return head + "".join(ROW % (l, s, *r) for l, s, r in rows)


def aida(head):
    text = head
    for leaf, _, regs in MACHINE:
        text += "CPUID %08X: %08X-%08X-%08X-%08X \r\n" % (leaf, *regs)
    return text + "CPUID 0000000B: 00000001-00000002-00000100-00000000 [SL 01]\r\n"


def quoted_printable(text):
    return "".join(line.replace("=", "=3D")[:70] + "=\n" +
                   line.replace("=", "=3D")[70:] + "\n"
                   for line in text.splitlines())


def words(shape):
    return "".join(shape % (l, *r) for l, _, r in MACHINE)


def tar():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as t:
        for name, data in (("m/proc/cpuinfo", b"vendor_id\t: AuthenticAMD\n"
                            b"flags\t\t: fpu vme hypervisor\n"),
                           ("m/proc/xen/capabilities", b""),
                           ("m/proc/bus/pci/devices", b"0010\t80eecafe\t1\n"),
                           ("m/dmidecode.txt", b"System Information\n"
                            b"\tManufacturer: QEMU\n"),
                           ("m/cpuid-signature.txt", b"KVMKVMKVM\n")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


SEEDS = {
    "cpuid-r": cpuid_r(),
    "cpuid-r-cpus": cpuid_r(head="CPU 0:\n") + cpuid_r(head="CPU 1:\n"),
    "cpuid-r-titles": "first one\n" + cpuid_r(head="") + "second one\n" +
                      cpuid_r([(0, 0, VENDOR), (0x40000000, 0, HYPERV)], ""),
    "cpuid-r-quoted": "".join("> > " + l + "\n" for l in cpuid_r().split("\n")),
    "cpuid-r-qp": quoted_printable(cpuid_r()),
    "cpuid-r-utf16": ("\ufeff" + cpuid_r()).encode("utf-16-le"),
    "cpuid-r-cut": cpuid_r()[:200],
    "aida": aida("------[ CPUID Registers / Logical CPU #0 ]------\r\n"),
    "aida-mask": aida("CPU#000 AffMask: 0x0000000000000001\n") +
                 aida("CPU#001 AffMask: 0x0000000000000002\n"),
    "libcpuid": "basic_cpuid[0]=%08x %08x %08x %08x\n" % VENDOR +
                "ext_cpuid[1]=000006d3 00000000 00000001 2191abfd\n"
                "intel_fn4[1]=00000122 01c0003f 0000003f 00000001\n",
    "tycho": "CPU 1:\n" +
             words("CPUID %08x:00 = %08x %08x %08x %08x | ....\n"),
    "rjcp": '<?xml version="1.0"?>\n<cpuid type="x86">\n<processor>\n' + words(
        '<register eax="%08X" ecx="00000000">%08X,%08X,%08X,%08X</register>\n'),
    "vbox": words("00:00:01.221479 Gst: %08x/0000  %08x %08x %08x %08x\n"
                  "00:00:01.221480 Hst:                "
                  "00000016 756e6547 6c65746e 49656e69\n"),
    "vmware": words("vmx guest vs. host CPUID guest level %08x,  0: "
                    "0x%08x 0x%08x 0x%08x 0x%08x\n") +
              "vmx guest vs. host CPUID *host level 00000001,  0: "
              "0x000806c1 0x00100800 0x7ffafbbf 0xbfebfbff\n",
    "kcpuid": words("0x%08x: EAX=0x%08x, EBX=0x%08x, ECX=0x%08x, EDX=0x%08x\n") +
              "0x00000004: subleafs:\n  1: EAX=0x1, EBX=0x2, ECX=0x3, EDX=0x4\n",
    "firecracker": '{"cpuid_modifiers":[{"leaf":"0x40000000","subleaf":"0x0",'
                   '"flags":0,"modifiers":[{"register":"eax","bitmap":"0b01"},'
                   '{"register":"ebx","bitmap":"0bx1"}]}],"msr_modifiers":'
                   '[{"addr":"0x10","bitmap":"0b1"}]}',
    "firecracker-arm": '{"guest_cpu_config":{"reg_modifiers":[{"addr":'
                       '"0x6030000000140000","bitmap":"0b1"}]}}',
    "plain": words("%08x 00000000: %08x %08x %08x %08x\n"),
    "julia": words("  ((0x%08x, 0x00000000) => "
                   "(0x%08x, 0x%08x, 0x%08x, 0x%08x)),\n"),
    "c-table": words("\t{ 0x%08x, 0x%08x, 0x%08x, 0x%08x, 0x%08x },\n"),
    "cpu-z": "Function\t\teax\t\tebx\t\tecx\t\tedx\n" +
             words("0x%08x\t\t0x%08x\t0x%08x\t0x%08x\t0x%08x\n"),
    "ohm": " CPU Thread: 0\n Function  EAX  EBX  ECX  EDX\n" +
           words(" %08X  %08X  %08X  %08X  %08X\n"),
    "xen": words("%08x:ffffffff -> %08x:%08x:%08x:%08x\n"),
    "bochs": words("[CPU0  ]i| CPUID[0x%08x]: %08x %08x %08x %08x\n"),
    "debugger": "cpuid leaf 0x40000000\nrax: 0000000040000001 rbx: "
                "000000004b4d564b rcx: 00000000564b4d56 rdx: 000000000000004d\n",
    "words": "Maximum hypervisor CPUID leaf: 0x40000000\n"
             "Hypervisor vendor string: 'bhyve bhyve '\n"
             '   hypervisor_id (0x40000000) = "KVMKVMKVM\\0\\0\\0"\n',
    "log": "[    0.000000] Linux version 6.6 (gcc 12)\n"
           "[    0.000000] Hypervisor detected: Microsoft Hyper-V\n"
           "[    0.000000] Hyper-V: privilege flags low 0xae7f, high 0x3b8030, "
           "ext 0x2, hints 0x9a4e24, misc 0xe0bed7b2\n"
           "[    0.000000] Hyper-V: Nested features: 0x3e0101\n"
           "[    0.085234] Hyper-V: Host Build 10.0.26100.7920-7-0\n"
           "[    0.085234] Hyper-V Host Build:20348-10.0-1-0.1138\n",
    "log-vmware": "vmware: TSC freq read from hypervisor : 2496.003 MHz\n"
                  "vmware: Host bus clock speed read from hypervisor : "
                  "66000000 Hz\nXen version 4.11.\n",
    "log-bsd": 'Hypervisor: Origin = "bhyve bhyve "\n'
               '  Origin="GenuineIntel"  Id=0x506e3\n'
               "  Features2=0xfeda7a17<SSE3>\npvbus0 at mainbus0: KVM\n",
    "log-arm": "smccc: KVM: hypervisor services detected "
               "(0x00000000 0x00000000 0x00000000 0x00000003)\n"
               "psci: PSCIv1.1 detected in firmware.\n"
               "psci: SMC Calling Convention v1.1\n"
               "CPU: All CPU(s) started at EL1\n",
    "dts": 'hypervisor {\n compatible = "xen,xen-4.16\\0xen,xen";\n};\n',
    "lscpu": "Vendor ID:  GenuineIntel\nFlags: fpu vme hypervisor\n"
             "Hypervisor vendor:   KVM\n",
    "tar": tar(),
    "tar-gz": gzip.compress(tar(), mtime=0),
    "text-gz": gzip.compress(cpuid_r().encode(), mtime=0),
    "facts": '{"schema":"hvprobe-facts","version":1,"facts":['
             '{"kind":"cpuid","source":"user","cpu":0,"leaf":"0x1",'
             '"subleaf":"0x0","eax":"0x1","known":"0x1"},'
             '{"kind":"msr","source":"driver","index":"0x10","value":"0x1"},'
             '{"kind":"call","source":"driver","abi":"kvm","insn":"vmcall",'
             '"purpose":"proof","number":"0x1","args":["0x1"],"result":"0x0",'
             '"data":"00ff"},{"kind":"smccc","source":"driver",'
             '"function":"0x80000000","conduit":5,"data":"01"},'
             '{"kind":"smccc","source":"driver","cpu":0,'
             '"function":"0x86000001","conduit":6,"purpose":"proof",'
             '"immediate":"0xea1","args":["0x1"],"registers":1,'
             '"data":"0000000000000000"},'
             '{"kind":"text","key":"dmi.sys-vendor","text":"a\\u0000b"}]}',
}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, seed in SEEDS.items():
        data = seed if isinstance(seed, bytes) else seed.encode()
        (folder / name).write_bytes(data)


main()
