/* SPDX-License-Identifier: GPL-2.0-only */
/* Feature bits that XENVER_get_features returns (Xen public/features.h). */
#ifndef HVP_CORE_XEN_H
#define HVP_CORE_XEN_H

#include "facts.h"

#define HVP_XEN_VERSION_CALL		17
#define HVP_XEN_VERSION_FEATURES	6	/* its subop */

/** enum hvp_xen_feature - bit of submap 0 */
enum hvp_xen_feature {
#define HVP_XEN_FEATURE(bit, id, name) HVP_XEN_FEATURE_##id = bit,
#include "xen_features.def"
#undef HVP_XEN_FEATURE
};

/** struct hvp_xen_features - what the call writes, and reads: @submap is input */
struct hvp_xen_features {
	u32 submap;
	u32 bits;
};

/** Name of a bit of submap 0; NULL when it has none. */
const char *hvp_xen_feature_name(u32 bit);

/** Is @fact the driver's call for submap 0? Then its @bits. */
bool hvp_xen_features_of(const struct hvp_fact *fact, u32 *bits);

/**
 * Submap 0, from the driver's call or from the kernel's text in sysfs.
 * Return: the fact that tells @bits, NULL when none does.
 */
const struct hvp_fact *hvp_xen_features(const struct hvp_facts *facts,
					u32 *bits);

#endif
