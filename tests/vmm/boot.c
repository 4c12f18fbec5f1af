// SPDX-License-Identifier: GPL-2.0-only
/*
 * Puts a bzImage (Documentation/arch/x86/boot.rst, 64-bit protocol) or a flat
 * payload into memory. Both start in long mode with the low memory mapped 1:1.
 */
#include <asm/bootparam.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "vmm.h"

#define PAGE_TABLES	0x70000U
#define BOOT_PARAMS	0x7000U
#define CMDLINE		0x20000U
#define CMDLINE_MAX	2048U
#define LOW_RAM_END	0x9fc00U
#define ACPI_BEGIN	0xe0000U
#define HIGH_RAM	0x100000U
#define PAYLOAD		0x100000U
#define PAYLOAD_SCRIPT	0x400000U
#define ENTRY_64	0x200U

u64 boot_entry, boot_rsi;

static u8 *read_file(const char *path, size_t *bytes)
{
	struct stat status;
	u8 *data = NULL;
	ssize_t got = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	*bytes = 0;
	if (fd < 0 || fstat(fd, &status) || !(data = malloc(status.st_size + 1)))
		fail(VMM_USAGE, "%s: %m", path);
	while ((off_t)*bytes < status.st_size) {
		got = read(fd, data + *bytes, status.st_size - *bytes);
		if (got <= 0)
			fail(VMM_USAGE, "%s: cannot be read", path);
		*bytes += got;
	}
	close(fd);
	data[*bytes] = 0;
	return data;
}

static void place(struct vmm *vmm, u64 gpa, const void *data, size_t bytes,
		  const char *what)
{
	void *to = vm_ram(vmm, gpa, bytes);

	if (!to)
		fail(VMM_USAGE, "%s does not fit into guest memory, try -m", what);
	memcpy(to, data, bytes);
}

static void add_e820(struct boot_params *params, u64 begin, u64 end, u32 type)
{
	struct boot_e820_entry *entry = &params->e820_table[params->e820_entries++];

	entry->addr = begin;
	entry->size = end - begin;
	entry->type = type;
}

static void load_kernel(struct vmm *vmm, u8 *image, size_t bytes,
			const char *initrd_path, const char *cmdline)
{
	struct boot_params *params = vm_ram(vmm, BOOT_PARAMS, sizeof(*params));
	struct setup_header *header = &params->hdr;
	size_t setup, initrd_bytes;
	u64 kernel, initrd_at;
	u8 *initrd;

	memset(params, 0, sizeof(*params));
	memcpy(header, image + 0x1f1, sizeof(*header));
	if (header->version < 0x020c || !(header->xloadflags & XLF_KERNEL_64))
		fail(VMM_USAGE, "this kernel has no 64-bit entry");
	setup = ((header->setup_sects ? header->setup_sects : 4) + 1) * 512;
	kernel = header->pref_address;
	if (setup >= bytes || !vm_ram(vmm, kernel, header->init_size))
		fail(VMM_USAGE, "the kernel does not fit into guest memory, try -m");
	place(vmm, kernel, image + setup, bytes - setup, "the kernel");

	if (initrd_path) {
		initrd = read_file(initrd_path, &initrd_bytes);
		if (initrd_bytes > vmm->ram_bytes)
			fail(VMM_USAGE, "%s: larger than guest memory", initrd_path);
		initrd_at = (vmm->ram_bytes - initrd_bytes) & ~(u64)(PAGE_BYTES - 1);
		if (initrd_at < kernel + header->init_size)
			fail(VMM_USAGE, "kernel and initrd do not fit, try -m");
		place(vmm, initrd_at, initrd, initrd_bytes, "the initrd");
		header->ramdisk_image = (u32)initrd_at;
		header->ramdisk_size = (u32)initrd_bytes;
		free(initrd);
	}
	header->type_of_loader = 0xff;
	header->loadflags |= LOADED_HIGH;
	header->cmd_line_ptr = CMDLINE;
	snprintf(vm_ram(vmm, CMDLINE, CMDLINE_MAX), CMDLINE_MAX, "%s %s", cmdline,
		 vmm->personality.append);
	add_e820(params, 0, LOW_RAM_END, 1);
	add_e820(params, ACPI_BEGIN, HIGH_RAM, 2);
	add_e820(params, HIGH_RAM, vmm->ram_bytes, 1);
	params->acpi_rsdp_addr = acpi_write(vmm);
	boot_entry = kernel + ENTRY_64;
	boot_rsi = BOOT_PARAMS;
}

/* RSI points to the script, ended by a zero; the first byte before it says which
 * instruction is this machine's own. */
static void load_payload(struct vmm *vmm, const u8 *image, size_t bytes,
			 const char *script_path)
{
	size_t script_bytes;
	u8 *script;

	if (!script_path)
		fail(VMM_USAGE, "a payload needs its script: -i FILE");
	script = read_file(script_path, &script_bytes);
	place(vmm, PAYLOAD, image, bytes, "the payload");
	place(vmm, PAYLOAD_SCRIPT, script, script_bytes + 1, "the script");
	*(u8 *)vm_ram(vmm, PAYLOAD_SCRIPT - 1, 1) = vmm->host_amd;
	free(script);
	boot_entry = PAYLOAD;
	boot_rsi = PAYLOAD_SCRIPT;
}

static void write_page_tables(struct vmm *vmm)
{
	u64 *table = vm_ram(vmm, PAGE_TABLES, 6 * PAGE_BYTES);
	u64 i;

	table[0] = (PAGE_TABLES + PAGE_BYTES) | 3;
	for (i = 0; i < 4; i++)
		table[512 + i] = (PAGE_TABLES + (2 + i) * PAGE_BYTES) | 3;
	for (i = 0; i < 2048; i++)
		table[1024 + i] = i << 21 | 0x83;
}

void boot_load(struct vmm *vmm, const char *image_path, const char *initrd,
	       const char *cmdline)
{
	size_t bytes;
	u8 *image = read_file(image_path, &bytes);

	write_page_tables(vmm);
	if (bytes > 4096 && !memcmp(image + 0x202, "HdrS", 4))
		load_kernel(vmm, image, bytes, initrd, cmdline);
	else
		load_payload(vmm, image, bytes, initrd);
	free(image);
}

static void set_segment(struct kvm_segment *segment, u16 selector, u8 type)
{
	*segment = (struct kvm_segment){
		.limit = 0xffffffff, .selector = selector, .type = type,
		.present = 1, .s = 1, .g = 1, .l = type == 11, .db = type != 11,
	};
}

void boot_set_vcpu(struct vcpu *cpu, u64 entry, u64 rsi)
{
	struct kvm_regs regs = { .rip = entry, .rsi = rsi, .rflags = 2, .rsp = PAGE_TABLES };
	struct kvm_sregs sregs;

	if (ioctl(cpu->fd, KVM_GET_SREGS, &sregs))
		fail(VMM_NO_KVM, "KVM_GET_SREGS: %m");
	set_segment(&sregs.cs, 0x10, 11);
	set_segment(&sregs.ds, 0x18, 3);
	sregs.es = sregs.ss = sregs.fs = sregs.gs = sregs.ds;
	sregs.cr3 = PAGE_TABLES;
	sregs.cr0 = 0x80000033;		/* PG NE ET MP PE */
	sregs.cr4 = 0x620;		/* OSXMMEXCPT OSFXSR PAE */
	sregs.efer = 0x500;		/* LMA LME */
	if (ioctl(cpu->fd, KVM_SET_SREGS, &sregs))
		fail(VMM_NO_KVM, "KVM_SET_SREGS: %m");
	vcpu_set_regs(cpu, &regs);
}
