// SPDX-License-Identifier: GPL-2.0-only
/* Leaves of x64 in Hyper-V's registers on arm64. Rows: core/hvregs_arm64.def. */
#include "hypercalls.h"

/* Leaves whose registers have tables of their own for arm64. */
#define PRIVILEGES	3
#define FEATURES	4
#define HARDWARE	6

static const struct {
	u16 cap;
	struct hvp_hvreg_place place;
} moved[] = {
#define HVP_HVREG_ARM64(id, word, bit) { HVP_CAP_##id, { word, bit } },
#include "hvregs_arm64.def"
#undef HVP_HVREG_ARM64
};

/* Privileges and spin retries are all that those three share with x64. */
static bool is_shared(u32 abi, u32 leaf, u32 reg)
{
	switch (abi == HVP_ABI_HYPERV ? leaf : 0) {
	case PRIVILEGES:
		return reg <= HVP_EBX;
	case FEATURES:
		return reg == HVP_EBX;
	case HARDWARE:
		return false;
	default:
		return true;
	}
}

bool hvp_hvreg_place_cap(const struct hvp_cap *cap, bool arm64,
			 struct hvp_hvreg_place *place)
{
	u32 i;

	place->word = cap->reg;
	place->bit = cap->bit;
	if (!arm64 || is_shared(cap->abi, cap->leaf, cap->reg))
		return true;
	for (i = 0; i < HVP_ARRAY_SIZE(moved); i++)
		if (moved[i].cap == cap->number) {
			*place = moved[i].place;
			return true;
		}
	return false;
}

bool hvp_hvreg_has_field(const struct hvp_field *field, bool arm64)
{
	return !arm64 || is_shared(field->abi, field->leaf, field->reg);
}
