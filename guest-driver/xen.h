/* SPDX-License-Identifier: GPL-2.0-only */
/* Xen: what it tells by calls, and a hypercall page. */
#ifndef HVP_DRIVER_XEN_H
#define HVP_DRIVER_XEN_H

#include "driver.h"

/** Record Xen's feature bits as a CALL fact, once its calls are proven. */
void hvp_xen_learn(struct hvp_driver *driver);

/**
 * Have the hypervisor fill in our own hypercall page. Only where a Xen interface
 * was found and may be called; not where the kernel has a page of its own.
 *
 * Return: true when hvp_xen_page_call() may be used.
 */
bool hvp_xen_page_place(const struct hvp_driver *driver);

#endif
