// SPDX-License-Identifier: GPL-2.0-only
/* I/O ports: console, power, marks, VMware's backdoor; the rest reads as ones. */
#include <stdio.h>
#include "vmm.h"
#include "hypercall.h"
#include "ports.h"

#define PM_SLEEP_ENABLE	(1 << 13)
#define PM_SCI_ENABLE	1
#define KBD_STATUS	0x64
#define KBD_RESET	0xfe
#define CMOS_DATA	0x71

/* ACPICA reads its event enable bits back. */
static u16 pm_enable;

static void serial_irq(void *vmm, bool level)
{
	vm_irq(vmm, SERIAL_IRQ, level);
}

void ports_setup(struct vmm *vmm)
{
	vmm->serial.irq = serial_irq;
	vmm->serial.machine = vmm;
}

static void write_port(struct vcpu *cpu, u16 port, u32 value)
{
	struct vmm *vmm = cpu->vmm;
	char prefix[24];

	switch (port) {
	case PORT_SERIAL ... PORT_SERIAL + 7:
		serial_write(&vmm->serial, port - PORT_SERIAL, (u8)value);
		break;
	case PORT_CONSOLE:
		console_byte((u8)value);
		break;
	case PORT_MARK:
		/* The console's line of the moment is not broken: it comes behind. */
		snprintf(prefix, sizeof(prefix), "mark %u", value & 0xff);
		counters_report(vmm, prefix, true);
		break;
	case PORT_EXIT:
		vmm_end(vmm, value ? VMM_FAILED : VMM_POWEROFF, "payload ended");
	case PORT_PM_EVENT + 2:
		pm_enable = (u16)value;
		break;
	case PORT_PM_CONTROL:
		if (value & PM_SLEEP_ENABLE)
			vmm_end(vmm, VMM_POWEROFF, "guest powered off");
		break;
	case PORT_RESET:
		if (value & 4)
			vmm_end(vmm, VMM_RESET, "guest reset by port 0xcf9");
		break;
	case KBD_STATUS:
		if (value == KBD_RESET)
			vmm_end(vmm, VMM_RESET, "guest reset by the keyboard controller");
		break;
	}
}

static u32 read_port(struct vcpu *cpu, u16 port)
{
	switch (port) {
	case PORT_SERIAL ... PORT_SERIAL + 7:
		return serial_read(&cpu->vmm->serial, port - PORT_SERIAL);
	case PORT_PM_EVENT + 2:
		return pm_enable;
	case PORT_PM_EVENT:
	case KBD_STATUS:
	case CMOS_DATA:
		return 0;
	case PORT_PM_CONTROL:
		return PM_SCI_ENABLE;
	default:
		return ~0U;
	}
}

void port_exit(struct vcpu *cpu)
{
	struct kvm_run *run = cpu->run;
	u8 *data = (u8 *)run + run->io.data_offset;
	u16 port = run->io.port;
	u32 i, value;

	if (run->io.direction == KVM_EXIT_IO_IN && port == PORT_VMWARE &&
	    vmware_port(cpu, data))
		return;
	count(run->io.direction == KVM_EXIT_IO_IN ? COUNT_IN : COUNT_OUT, port);
	for (i = 0; i < run->io.count; i++, data += run->io.size) {
		if (run->io.direction == KVM_EXIT_IO_IN) {
			value = read_port(cpu, port);
			memcpy(data, &value, run->io.size);
		} else {
			value = 0;
			memcpy(&value, data, run->io.size);
			write_port(cpu, port, value);
		}
	}
}
