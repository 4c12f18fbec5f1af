// SPDX-License-Identifier: GPL-2.0-only
/* The boot protocol of an arm64 Image: kernel, initramfs, device tree in RAM. */
#include <endian.h>
#include <stdio.h>
#include "fdt.h"
#include "vmm.h"

#define ALIGNMENT	(2ULL << 20)
#define DTB_BYTES	0x10000U
#define IMAGE_MAGIC	0x644d5241U	/* "ARM\x64" */
#define PHANDLE_GIC	1U
#define SPI		0U
#define PPI		1U
#define LEVEL_HIGH	4U

/* Fields of struct arm64_image_header that matter here. */
struct image_header {
	u32 code[2];
	u64 text_offset, image_size, flags, reserved[3];
	u32 magic, pe_header;
};

static u64 round_up(u64 value)
{
	return (value + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

static u64 load(struct vmm *vmm, const char *path, u64 offset)
{
	FILE *file = fopen(path, "rb");
	u64 room = vmm->ram_bytes - DTB_BYTES;
	u64 bytes;

	if (!file)
		fail(VMM_USAGE, "%s: %m", path);
	if (offset >= room)
		fail(VMM_USAGE, "%s: no room for it", path);
	bytes = fread(vmm->ram + offset, 1, room - offset, file);
	if (ferror(file) || getc(file) != EOF)
		fail(VMM_USAGE, "%s: not read, or too large", path);
	fclose(file);
	return bytes;
}

static void describe_cpu(struct fdt *fdt, bool smc)
{
	static const char psci[] = "arm,psci-1.0\0arm,psci-0.2";
	static const u32 one = 1, zero;

	fdt_node(fdt, "cpus");
	fdt_cells(fdt, "#address-cells", &one, 1);
	fdt_cells(fdt, "#size-cells", &zero, 1);
	fdt_node(fdt, "cpu@0");
	fdt_text(fdt, "device_type", "cpu");
	fdt_text(fdt, "compatible", "arm,armv8");
	fdt_text(fdt, "enable-method", "psci");
	fdt_cells(fdt, "reg", &zero, 1);
	fdt_node_end(fdt);
	fdt_node_end(fdt);

	fdt_node(fdt, "psci");
	fdt_bytes(fdt, "compatible", psci, sizeof(psci));
	fdt_text(fdt, "method", smc ? "smc" : "hvc");
	fdt_node_end(fdt);
}

static void describe_devices(struct fdt *fdt)
{
	static const u64 gic[] = {
		GIC_DIST, GIC_DIST_BYTES, GIC_REDIST, GIC_REDIST_BYTES,
	};
	static const u32 timer[] = {
		PPI, 13, LEVEL_HIGH, PPI, 14, LEVEL_HIGH, PPI, 11, LEVEL_HIGH,
		PPI, 10, LEVEL_HIGH,
	};
	static const u64 serial[] = { SERIAL_BASE, SERIAL_BYTES };
	static const u32 serial_irq[] = { SPI, SERIAL_SPI, LEVEL_HIGH };
	static const u32 three = 3, phandle = PHANDLE_GIC, clock = 1843200;

	fdt_node(fdt, "interrupt-controller@8000000");
	fdt_text(fdt, "compatible", "arm,gic-v3");
	fdt_cells(fdt, "#interrupt-cells", &three, 1);
	fdt_bytes(fdt, "interrupt-controller", "", 0);
	fdt_wide(fdt, "reg", gic, HVP_ARRAY_SIZE(gic));
	fdt_cells(fdt, "phandle", &phandle, 1);
	fdt_node_end(fdt);

	fdt_node(fdt, "timer");
	fdt_text(fdt, "compatible", "arm,armv8-timer");
	fdt_cells(fdt, "interrupts", timer, HVP_ARRAY_SIZE(timer));
	fdt_bytes(fdt, "always-on", "", 0);
	fdt_node_end(fdt);

	fdt_node(fdt, "serial@9000000");
	fdt_text(fdt, "compatible", "ns16550a");
	fdt_wide(fdt, "reg", serial, HVP_ARRAY_SIZE(serial));
	fdt_cells(fdt, "clock-frequency", &clock, 1);
	fdt_cells(fdt, "interrupts", serial_irq, HVP_ARRAY_SIZE(serial_irq));
	fdt_node_end(fdt);
}

static bool describe(struct vmm *vmm, u64 at, u64 initrd, u64 initrd_end,
		     const char *cmdline)
{
	const u64 memory[] = { RAM_BASE, vmm->ram_bytes };
	static const u32 two = 2, gic = PHANDLE_GIC;
	struct fdt fdt;

	fdt_begin(&fdt, vmm->ram + at, DTB_BYTES);
	fdt_node(&fdt, "");
	fdt_text(&fdt, "compatible", "linux,dummy-virt");
	fdt_text(&fdt, "model", "linux,dummy-virt");
	fdt_cells(&fdt, "#address-cells", &two, 1);
	fdt_cells(&fdt, "#size-cells", &two, 1);
	fdt_cells(&fdt, "interrupt-parent", &gic, 1);

	fdt_node(&fdt, "chosen");
	fdt_text(&fdt, "bootargs", cmdline);
	fdt_text(&fdt, "stdout-path", "/serial@9000000");
	if (initrd_end > initrd) {
		fdt_wide(&fdt, "linux,initrd-start", &initrd, 1);
		fdt_wide(&fdt, "linux,initrd-end", &initrd_end, 1);
	}
	fdt_node_end(&fdt);

	fdt_node(&fdt, "memory@40000000");
	fdt_text(&fdt, "device_type", "memory");
	fdt_wide(&fdt, "reg", memory, HVP_ARRAY_SIZE(memory));
	fdt_node_end(&fdt);

	describe_cpu(&fdt, vmm->personality.smc);
	describe_devices(&fdt);
	fdt_node_end(&fdt);
	return fdt_end(&fdt);
}

void boot_load(struct vmm *vmm, const char *image, const char *initrd,
	       const char *cmdline)
{
	struct image_header header;
	u64 entry, at, bytes = 0, dtb = vmm->ram_bytes - DTB_BYTES;

	load(vmm, image, 0);
	memcpy(&header, vmm->ram, sizeof(header));
	if (le32toh(header.magic) != IMAGE_MAGIC)
		fail(VMM_USAGE, "%s: not an arm64 Image", image);
	entry = le64toh(header.text_offset);
	if (entry)
		load(vmm, image, entry);
	at = round_up(entry + le64toh(header.image_size));
	if (initrd)
		bytes = load(vmm, initrd, at);
	if (!describe(vmm, dtb, RAM_BASE + at, RAM_BASE + at + bytes, cmdline))
		fail(VMM_USAGE, "the device tree does not fit");
	vcpu_set_x(vmm, 0, RAM_BASE + dtb);
	vcpu_set_pc(vmm, RAM_BASE + entry);
}
