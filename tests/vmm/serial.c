// SPDX-License-Identifier: GPL-2.0-only
/* Transmit side of a 16550A, complete enough for Linux to find and drive it. */
#include <stdio.h>
#include "serial.h"

#define IER_THRI	0x02
#define IIR_NONE	0x01
#define IIR_THRI	0x02
#define IIR_FIFO	0xc0
#define LCR_DLAB	0x80
#define LSR_IDLE	0x60	/* holding and shift register empty */
#define MCR_LOOP	0x10
#define MSR_READY	0xb0	/* DCD DSR CTS */

/* Lines stay whole, so that what the VMM prints stands between them. */
static char text[4096];
static size_t used;

void console_flush(void)
{
	fwrite(text, 1, used, stdout);
	if (used && text[used - 1] != '\n')
		putchar('\n');
	used = 0;
	fflush(stdout);
}

void console_byte(u8 byte)
{
	if (byte == '\r')
		return;
	text[used++] = (char)byte;
	if (byte == '\n' || used == sizeof(text))
		console_flush();
}

static bool interrupt_pending(const struct serial *s)
{
	return s->thr_empty && s->ier & IER_THRI;
}

static void update_irq(struct serial *s)
{
	bool now = interrupt_pending(s);

	if (now != s->level)
		s->irq(s->machine, now);
	s->level = now;
}

void serial_write(struct serial *s, unsigned int reg, u8 value)
{
	bool latch = s->lcr & LCR_DLAB;

	switch (reg) {
	case 0:
		if (latch) {
			s->dll = value;
			break;
		}
		if (!(s->mcr & MCR_LOOP))
			console_byte(value);
		/* Falls and rises again: an edge for the next interrupt. */
		s->thr_empty = false;
		update_irq(s);
		s->thr_empty = true;
		break;
	case 1:
		if (latch) {
			s->dlm = value;
			break;
		}
		if (!(s->ier & IER_THRI) && value & IER_THRI)
			s->thr_empty = true;
		s->ier = value & 0x0f;
		break;
	case 2:
		s->fcr = value;
		break;
	case 3:
		s->lcr = value;
		break;
	case 4:
		s->mcr = value & 0x1f;
		break;
	case 7:
		s->scr = value;
		break;
	}
	update_irq(s);
}

static u8 modem_status(const struct serial *s)
{
	u8 m = s->mcr;

	if (!(m & MCR_LOOP))
		return MSR_READY;
	/* RTS, DTR, OUT1, OUT2 come back as CTS, DSR, RI, DCD. */
	return (m & 2) << 3 | (m & 1) << 5 | (m & 4) << 4 | (m & 8) << 4;
}

u8 serial_read(struct serial *s, unsigned int reg)
{
	bool latch = s->lcr & LCR_DLAB;
	u8 value;

	switch (reg) {
	case 0:
		return latch ? s->dll : 0;
	case 1:
		return latch ? s->dlm : s->ier;
	case 2:
		value = interrupt_pending(s) ? IIR_THRI : IIR_NONE;
		if (value == IIR_THRI)
			s->thr_empty = false;
		update_irq(s);
		return value | (s->fcr & 1 ? IIR_FIFO : 0);
	case 3:
		return s->lcr;
	case 4:
		return s->mcr;
	case 5:
		return LSR_IDLE;
	case 6:
		return modem_status(s);
	default:
		return s->scr;
	}
}
