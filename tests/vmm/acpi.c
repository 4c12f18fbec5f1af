// SPDX-License-Identifier: GPL-2.0-only
/* The least ACPI that lets Linux find its CPUs, power off and reset. */
#include "vmm.h"
#include "ports.h"

#define RSDP	0xe0000U
#define XSDT	0xe0100U
#define FADT	0xe0200U
#define MADT	0xe0400U
#define DSDT	0xe0600U
#define FACS	0xe0800U

#define HEADER	36

struct table {
	u8 *at;
	u32 used;
};

static void put(struct table *table, const void *data, u32 bytes)
{
	memcpy(table->at + table->used, data, bytes);
	table->used += bytes;
}

static void set(struct table *table, u32 offset, u64 value, u32 bytes)
{
	memcpy(table->at + offset, &value, bytes);
}

static struct table begin(struct vmm *vmm, u64 gpa, const char *signature,
			  u8 revision, u32 bytes)
{
	struct table table = { vm_ram(vmm, gpa, 256 * 2), bytes };

	memset(table.at, 0, bytes);
	memcpy(table.at, signature, 4);
	table.at[8] = revision;
	memcpy(table.at + 10, "HVPROBHVPRVMM ", 14);
	set(&table, 24, 1, 4);
	memcpy(table.at + 28, "HVPR", 4);
	set(&table, 32, 1, 4);
	return table;
}

static u8 sum(const u8 *data, u32 bytes)
{
	u8 total = 0;

	while (bytes--)
		total += *data++;
	return (u8)-total;
}

static void end(struct table *table)
{
	set(table, 4, table->used, 4);
	table->at[9] = sum(table->at, table->used);
}

static void write_fadt(struct vmm *vmm)
{
	struct table fadt = begin(vmm, FADT, "FACP", 5, 268);

	set(&fadt, 36, FACS, 4);
	set(&fadt, 40, DSDT, 4);
	set(&fadt, 46, 9, 2);			/* SCI */
	set(&fadt, 56, PORT_PM_EVENT, 4);
	set(&fadt, 64, PORT_PM_CONTROL, 4);
	set(&fadt, 88, 4, 1);
	set(&fadt, 89, 2, 1);
	set(&fadt, 96, 0xffff, 2);		/* no C2, no C3 */
	set(&fadt, 98, 0xffff, 2);
	/* IAPC_BOOT_ARCH: no CMOS clock; bit 1 clear: no 8042. Without VGA as well
	 * Linux takes a Xen guest for PVH, which needs far more of Xen. */
	set(&fadt, 109, (vmm->personality.abis & ABI_XEN ? 0 : 1 << 2) | 1 << 5, 2);
	/* WBINVD, C1, no power and sleep button, reset register. */
	set(&fadt, 112, 1 << 0 | 1 << 2 | 1 << 4 | 1 << 5 | 1 << 10, 4);
	set(&fadt, 116, 1 | 8 << 8 | 1 << 24, 4);	/* I/O, 8 bits, byte access */
	set(&fadt, 120, PORT_RESET, 8);
	set(&fadt, 128, RESET_VALUE, 1);
	set(&fadt, 140, DSDT, 8);
	end(&fadt);
}

static void write_madt(struct vmm *vmm)
{
	static const u8 io_apic[] = { 1, 12, 0, 0, 0, 0, 0xc0, 0xfe, 0, 0, 0, 0 };
	static const u8 nmi[] = { 4, 6, 0xff, 0, 0, 1 };
	struct table madt = begin(vmm, MADT, "APIC", 3, HEADER + 8);
	u8 cpu, lapic[8] = { 0, 8, 0, 0, 1 };

	set(&madt, HEADER, 0xfee00000, 4);
	set(&madt, HEADER + 4, 1, 4);		/* PICs are there too */
	for (cpu = 0; cpu < vmm->cpus; cpu++) {
		lapic[2] = lapic[3] = cpu;
		put(&madt, lapic, sizeof(lapic));
	}
	put(&madt, io_apic, sizeof(io_apic));
	put(&madt, nmi, sizeof(nmi));
	end(&madt);
}

u64 acpi_write(struct vmm *vmm)
{
	/* Name (_S5, Package () { 5, 5, 0, 0 }) */
	static const u8 s5[] = { 0x08, '_', 'S', '5', '_', 0x12, 0x08, 0x04,
				 0x0a, 0x05, 0x0a, 0x05, 0x00, 0x00 };
	struct table table;
	u8 *rsdp = vm_ram(vmm, RSDP, 64), *facs = vm_ram(vmm, FACS, 64);

	table = begin(vmm, DSDT, "DSDT", 2, HEADER);
	put(&table, s5, sizeof(s5));
	end(&table);
	write_fadt(vmm);
	write_madt(vmm);
	memset(facs, 0, 64);
	memcpy(facs, "FACS", 4);
	facs[4] = 64;

	table = begin(vmm, XSDT, "XSDT", 1, HEADER);
	put(&table, &(u64){ FADT }, 8);
	put(&table, &(u64){ MADT }, 8);
	end(&table);

	memset(rsdp, 0, 64);
	memcpy(rsdp, "RSD PTR ", 8);
	memcpy(rsdp + 9, "HVPROB", 6);
	rsdp[15] = 2;
	rsdp[20] = 36;
	memcpy(rsdp + 24, &(u64){ XSDT }, 8);
	rsdp[8] = sum(rsdp, 20);
	rsdp[32] = sum(rsdp, 36);
	return RSDP;
}
