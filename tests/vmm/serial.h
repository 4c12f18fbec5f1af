/* SPDX-License-Identifier: GPL-2.0-only */
/* A 16550A and the console behind it, of either architecture's machine. */
#ifndef VMM_SERIAL_H
#define VMM_SERIAL_H

#include "../../core/compat.h"

struct serial {
	void (*irq)(void *machine, bool level);	/* moves the interrupt line */
	void *machine;
	bool level;
	u8 ier, lcr, mcr, scr, fcr, dll, dlm;
	bool thr_empty;		/* interrupt condition, cleared by reading IIR */
};

void serial_write(struct serial *serial, unsigned int reg, u8 value);
u8 serial_read(struct serial *serial, unsigned int reg);
void console_byte(u8 byte);
void console_flush(void);

#endif
