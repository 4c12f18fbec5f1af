/* SPDX-License-Identifier: GPL-2.0-only */
/* I/O ports that the guest may use on purpose; README.md says how. */
#ifndef VMM_PORTS_H
#define VMM_PORTS_H

#define PORT_MARK		0xf4
#define PORT_CONSOLE		0xe9
#define PORT_SERIAL		0x3f8
#define SERIAL_IRQ		4
#define PORT_EXIT		0x501
#define PORT_PM_EVENT		0x600
#define PORT_PM_CONTROL		0x604
#define PORT_RESET		0xcf9
#define RESET_VALUE		6
#define PORT_VMWARE		0x5658

#endif
