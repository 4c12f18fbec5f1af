/* SPDX-License-Identifier: GPL-2.0-only */
/* Xen: what it tells by calls. */
#ifndef HVP_DRIVER_XEN_H
#define HVP_DRIVER_XEN_H

#include "driver.h"

/** Record Xen's feature bits as a CALL fact, once its calls are proven. */
void hvp_xen_learn(struct hvp_driver *driver);

#endif
