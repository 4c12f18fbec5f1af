// SPDX-License-Identifier: GPL-2.0-only
/* HVC or SMC: what firmware says, never what a trial would show. */
#include <linux/acpi.h>
#include <linux/arm-smccc.h>
#include <linux/of.h>
#include <linux/string.h>
#include <asm/sysreg.h>
#include <asm/virt.h>
#include "smccc.h"

/* Byte 268 of the FADT holds the hypervisor's identity from revision 6 on. */
#define FADT_HYPERVISOR_REVISION	6

/* So that what a table says takes one more record. */
#define TEXT_MAX	sizeof(struct hvp_fact)

static const struct of_device_id psci_nodes[] = {
	{ .compatible = "arm,psci" },
	{ .compatible = "arm,psci-0.2" },
	{ .compatible = "arm,psci-1.0" },
	{ }
};

static void add_text(struct hvp_driver *driver, u16 key, const char *text,
		     size_t bytes)
{
	struct hvp_fact fact;

	hvp_fact_set_text(&fact, HVP_SOURCE_DRIVER, key,
			  min_t(size_t, bytes, TEXT_MAX));
	hvp_facts_add(&driver->facts, &fact, text);
}

static void add_model(struct hvp_driver *driver)
{
	struct device_node *root = of_find_node_by_path("/");
	const char *model;

	if (root && !of_property_read_string(root, "model", &model))
		add_text(driver, HVP_TEXT_DT_MODEL, model, strlen(model));
	of_node_put(root);
}

static u32 current_level(void)
{
	return read_sysreg(CurrentEL) >> 2;
}

static u8 by_device_tree(struct hvp_driver *driver, u32 *reason)
{
	struct device_node *node =
		of_find_matching_node(NULL, psci_nodes);
	const char *method = NULL;
	u8 insn = HVP_INSN_NONE;

	add_model(driver);
	if (!node)
		return HVP_INSN_NONE;
	if (of_device_is_available(node) &&
	    !of_property_read_string(node, "method", &method)) {
		add_text(driver, HVP_TEXT_DT_PSCI_METHOD, method,
			 strlen(method));
		if (!strcmp(method, "hvc"))
			insn = HVP_INSN_HVC;
		else if (!strcmp(method, "smc"))
			insn = HVP_INSN_SMC;
		/* Version 0.1 names its functions in the tree: nothing to ask. */
		if (!of_device_is_compatible(node, "arm,psci-0.2") &&
		    !of_device_is_compatible(node, "arm,psci-1.0")) {
			*reason = HVP_REASON_PSCI_0_1;
			insn = HVP_INSN_NONE;
		}
	}
	of_node_put(node);
	return insn;
}

#ifdef CONFIG_ACPI
static u8 by_acpi(struct hvp_driver *driver)
{
	u16 flags = acpi_gbl_FADT.arm_boot_flags;
	u64 id = acpi_gbl_FADT.hypervisor_id;
	char text[sizeof("0xffff")];

	add_text(driver, HVP_TEXT_FADT_BOOT_FLAGS, text,
		 scnprintf(text, sizeof(text), "0x%x", flags));
	if (acpi_gbl_FADT.header.revision >= FADT_HYPERVISOR_REVISION && id)
		add_text(driver, HVP_TEXT_FADT_HYPERVISOR, (const char *)&id,
			 strnlen((const char *)&id, sizeof(id)));
	if (!(flags & ACPI_FADT_PSCI_COMPLIANT))
		return HVP_INSN_NONE;
	return flags & ACPI_FADT_PSCI_USE_HVC ? HVP_INSN_HVC : HVP_INSN_SMC;
}
#else
static u8 by_acpi(struct hvp_driver *driver)
{
	return HVP_INSN_NONE;
}
#endif

/* NONE there only says that SMCCC is older than 1.1. */
static bool kernel_disagrees(u8 insn)
{
	switch (arm_smccc_1_1_get_conduit()) {
	case SMCCC_CONDUIT_HVC:
		return insn != HVP_INSN_HVC;
	case SMCCC_CONDUIT_SMC:
		return insn != HVP_INSN_SMC;
	default:
		return false;
	}
}

u8 hvp_conduit_find(struct hvp_driver *driver, u32 *reason)
{
	u32 level = current_level();
	char text[sizeof("EL1")] = "EL1";
	u8 insn;

	text[2] = (char)('0' + level);
	add_text(driver, HVP_TEXT_EXCEPTION_LEVEL, text, 3);
	*reason = HVP_REASON_NO_CONDUIT;
	insn = acpi_disabled ? by_device_tree(driver, reason) : by_acpi(driver);
	if (insn == HVP_INSN_NONE)
		return HVP_INSN_NONE;
	if (insn == HVP_INSN_HVC && level != 1) {
		*reason = HVP_REASON_OWN_EL2;
		return HVP_INSN_NONE;
	}
	if (kernel_disagrees(insn)) {
		*reason = HVP_REASON_CONDUITS_DIFFER;
		return HVP_INSN_NONE;
	}
	*reason = HVP_REASON_NONE;
	return insn;
}

bool hvp_conduit_smc_is_undefined(void)
{
	u64 features = read_sysreg_s(SYS_ID_AA64PFR0_EL1);

	/* EL3 in 15:12: who has it may have it empty, and then SMC hangs. */
	return current_level() == 1 && !(features >> 12 & 0xf);
}
