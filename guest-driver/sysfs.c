// SPDX-License-Identifier: GPL-2.0-only
/* What was found, one value per file, for everybody (docs/abi.md). */
#include <linux/ctype.h>
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/sysfs.h>
#include "driver.h"

#define NONE	"none\n"

static const struct hvp_driver *to_driver(struct device *dev)
{
	/* misc_register() leaves the miscdevice as driver data. */
	return container_of(dev_get_drvdata(dev), struct hvp_driver, misc);
}

/* ---------------------------------------------------------------- device */

static ssize_t abi_version_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", HVP_ABI_VERSION);
}
static DEVICE_ATTR_RO(abi_version);

static ssize_t version_show(struct device *dev, struct device_attribute *attr,
			    char *buf)
{
	return sysfs_emit(buf, "%s\n", HVP_VERSION);
}
static DEVICE_ATTR_RO(version);

static ssize_t capability_mask_show(struct device *dev,
				    struct device_attribute *attr, char *buf)
{
	u64 mask[HVP_MASK_WORDS];
	int word = DIV_ROUND_UP(HVP_CAP_COUNT, 64), at;

	hvp_report_mask(to_driver(dev)->report, mask);
	at = sysfs_emit(buf, "0x");
	while (word--)
		at += sysfs_emit_at(buf, at, "%016llx", mask[word]);
	return at + sysfs_emit_at(buf, at, "\n");
}
static DEVICE_ATTR_RO(capability_mask);

static ssize_t instruction_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", hvp_insn_name(to_driver(dev)->insn));
}
static DEVICE_ATTR_RO(instruction);

static ssize_t proof_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	return sysfs_emit(buf, "%s\n", to_driver(dev)->proof_text);
}
static DEVICE_ATTR_RO(proof);

static ssize_t verdict_show(struct device *dev, struct device_attribute *attr,
			    char *buf)
{
	u32 length = hvp_verdict_summary(to_driver(dev)->report, buf,
					 PAGE_SIZE - 1);

	return length + sysfs_emit_at(buf, length, "\n");
}
static DEVICE_ATTR_RO(verdict);

static ssize_t attempts_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	return sysfs_emit(buf, "%u\n", to_driver(dev)->call_count);
}
static DEVICE_ATTR_RO(attempts);

static ssize_t interfaces_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", to_driver(dev)->report->interface_count);
}
static DEVICE_ATTR_RO(interfaces);

static ssize_t cpus_show(struct device *dev, struct device_attribute *attr,
			 char *buf)
{
	return sysfs_emit(buf, "%u\n", to_driver(dev)->cpu_count);
}
static DEVICE_ATTR_RO(cpus);

static ssize_t cpu_differences_show(struct device *dev,
				    struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", to_driver(dev)->report->difference_count);
}
static DEVICE_ATTR_RO(cpu_differences);

static struct attribute *device_attrs[] = {
	&dev_attr_abi_version.attr,
	&dev_attr_version.attr,
	&dev_attr_capability_mask.attr,
	&dev_attr_instruction.attr,
	&dev_attr_proof.attr,
	&dev_attr_verdict.attr,
	&dev_attr_attempts.attr,
	&dev_attr_interfaces.attr,
	&dev_attr_cpus.attr,
	&dev_attr_cpu_differences.attr,
	NULL,
};

static const struct attribute_group device_group = {
	.attrs = device_attrs,
};

/* ------------------------------------- interfaceN/ and attemptN/ folders */

struct object_attribute {
	struct device_attribute attr;
	const void *object;
};

struct object_file {
	const char *name;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr,
			char *buf);
};

static const void *object_of(struct device_attribute *attr)
{
	return container_of(attr, struct object_attribute, attr)->object;
}

static ssize_t base_show(struct device *dev, struct device_attribute *attr,
			 char *buf)
{
	const struct hvp_interface *itf = object_of(attr);

	return sysfs_emit(buf, "0x%08x\n", itf->base);
}

/* Zeros at the end are padding; the host chose every byte. */
static ssize_t signature_show(struct device *dev,
			      struct device_attribute *attr, char *buf)
{
	const struct hvp_interface *itf = object_of(attr);
	int count = sizeof(itf->signature), at = 0, i;

	while (count && !itf->signature[count - 1])
		count--;
	for (i = 0; i < count; i++) {
		u8 byte = itf->signature[i];

		if (!byte)
			at += sysfs_emit_at(buf, at, "\\0");
		else if (byte == '\\')
			at += sysfs_emit_at(buf, at, "\\\\");
		else if (isascii(byte) && isprint(byte))
			at += sysfs_emit_at(buf, at, "%c", byte);
		else
			at += sysfs_emit_at(buf, at, "\\x%02x", byte);
	}
	return at + sysfs_emit_at(buf, at, "\n");
}

static ssize_t signature_hex_show(struct device *dev,
				  struct device_attribute *attr, char *buf)
{
	const struct hvp_interface *itf = object_of(attr);

	return sysfs_emit(buf, "%*phN\n", (int)sizeof(itf->signature),
			  itf->signature);
}

static ssize_t max_leaf_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	const struct hvp_interface *itf = object_of(attr);

	return sysfs_emit(buf, "0x%08x\n", itf->max_leaf);
}

static ssize_t product_show(struct device *dev, struct device_attribute *attr,
			    char *buf)
{
	const struct hvp_interface *itf = object_of(attr);

	return sysfs_emit(buf, "%s\n", hvp_product_key(itf->product));
}

/* What x86 and arm64 record of a call differently. */
struct attempt {
	u64 number;
	u64 result;
	u16 abi;
	u8 insn;
	u8 purpose;
};

static struct attempt attempt_of(const struct hvp_fact *fact)
{
	struct attempt attempt = {
		.number = fact->smccc.function,
		.abi = HVP_ABI_SMCCC,
		.insn = fact->smccc.conduit,
		.purpose = fact->smccc.purpose,
	};

	if (fact->kind == HVP_FACT_CALL)
		return (struct attempt){ fact->call.number, fact->call.result,
					 fact->call.abi, fact->call.insn,
					 fact->call.purpose };
	hvp_smccc_register(fact, 0, &attempt.result);
	return attempt;
}

/* On arm64 most calls are questions: those that proved the conduit count. */
static bool is_attempt(const struct hvp_fact *fact)
{
	return fact->kind == HVP_FACT_CALL ||
	       (fact->kind == HVP_FACT_SMCCC && fact->smccc.purpose);
}

static ssize_t call_instruction_show(struct device *dev,
				     struct device_attribute *attr, char *buf)
{
	struct attempt call = attempt_of(object_of(attr));

	return sysfs_emit(buf, "%s\n", hvp_insn_name(call.insn));
}

static ssize_t call_interface_show(struct device *dev,
				   struct device_attribute *attr, char *buf)
{
	struct attempt call = attempt_of(object_of(attr));

	if (call.purpose == HVP_CALL_FORCED)
		return sysfs_emit(buf, NONE);
	return sysfs_emit(buf, "%s\n", hvp_abi_key(call.abi));
}

static ssize_t call_number_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	const struct hvp_fact *fact = object_of(attr);

	if (fact->outcome == HVP_OUTCOME_SKIPPED)
		return sysfs_emit(buf, NONE);
	return sysfs_emit(buf, "0x%llx\n", attempt_of(fact).number);
}

static ssize_t call_result_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	const struct hvp_fact *fact = object_of(attr);

	if (fact->outcome != HVP_OUTCOME_VALUE)
		return sysfs_emit(buf, NONE);
	return sysfs_emit(buf, "0x%llx\n", attempt_of(fact).result);
}

static ssize_t call_vector_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	const struct hvp_fact *call = object_of(attr);

	if (call->outcome != HVP_OUTCOME_FAULT)
		return sysfs_emit(buf, NONE);
	return sysfs_emit(buf, "%u\n", call->vector);
}

static ssize_t call_skipped_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	const struct hvp_fact *call = object_of(attr);

	if (call->outcome != HVP_OUTCOME_SKIPPED)
		return sysfs_emit(buf, NONE);
	return sysfs_emit(buf, "%s\n", hvp_reason_key(call->reason));
}

static const struct object_file interface_files[] = {
	{ "base", base_show },
	{ "signature", signature_show },
	{ "signature_hex", signature_hex_show },
	{ "max_leaf", max_leaf_show },
	{ "product", product_show },
};

static const struct object_file call_files[] = {
	{ "instruction", call_instruction_show },
	{ "interface", call_interface_show },
	{ "number", call_number_show },
	{ "result", call_result_show },
	{ "vector", call_vector_show },
	{ "skipped", call_skipped_show },
};

#define FILES_MAX	6
static_assert(ARRAY_SIZE(interface_files) <= FILES_MAX);
static_assert(ARRAY_SIZE(call_files) <= FILES_MAX);

struct folder {
	struct attribute_group group;
	struct attribute *attrs[FILES_MAX + 1];
	struct object_attribute files[FILES_MAX];
	struct list_head late;
	char name[sizeof("interface4294967295")];
};

static void fill_folder(struct folder *folder, const char *kind, u32 index,
			const struct object_file *files, u32 count,
			const void *object)
{
	u32 i;

	snprintf(folder->name, sizeof(folder->name), "%s%u", kind, index);
	for (i = 0; i < count; i++) {
		struct object_attribute *file = &folder->files[i];

		sysfs_attr_init(&file->attr.attr);
		file->attr.attr.name = files[i].name;
		file->attr.attr.mode = 0444;
		file->attr.show = files[i].show;
		file->object = object;
		folder->attrs[i] = &file->attr.attr;
	}
	folder->group.name = folder->name;
	folder->group.attrs = folder->attrs;
}

static void fill_attempt(struct folder *folder, u32 index,
			 const struct hvp_fact *call)
{
	fill_folder(folder, "attempt", index, call_files,
		    ARRAY_SIZE(call_files), call);
}

const struct attribute_group **hvp_sysfs_groups(struct hvp_driver *driver)
{
	const struct hvp_report *report = driver->report;
	u32 count = report->interface_count + driver->call_count, i, n = 0;
	const struct attribute_group **groups;
	const struct hvp_fact *fact = NULL;
	struct folder *folders;

	groups = kcalloc(count + 2, sizeof(*groups), GFP_KERNEL);
	folders = kvcalloc(count, sizeof(*folders), GFP_KERNEL);
	if (!groups || !folders) {
		kvfree(folders);
		kfree(groups);
		return NULL;
	}

	for (i = 0; i < report->interface_count; i++)
		fill_folder(&folders[n++], "interface", i, interface_files,
			    ARRAY_SIZE(interface_files),
			    &report->interfaces[i]);
	INIT_LIST_HEAD(&driver->late);
	while ((fact = hvp_facts_next(&driver->facts, fact)) && n < count)
		if (is_attempt(fact))
			fill_attempt(&folders[n++], driver->folders++, fact);

	groups[0] = &device_group;
	for (i = 0; i < n; i++)
		groups[1 + i] = &folders[i].group;
	return groups;
}

/* They go with the device's own folder. */
void hvp_sysfs_add_attempts(struct hvp_driver *driver)
{
	struct kobject *device = &driver->misc.this_device->kobj;
	const struct hvp_fact *fact = NULL;
	u32 index = 0;

	while ((fact = hvp_facts_next(&driver->facts, fact))) {
		struct folder *folder;

		if (fact->kind != HVP_FACT_CALL || index++ < driver->folders)
			continue;
		folder = kzalloc(sizeof(*folder), GFP_KERNEL);
		if (!folder)
			return;
		fill_attempt(folder, driver->folders, fact);
		if (sysfs_create_group(device, &folder->group)) {
			kfree(folder);
			return;
		}
		list_add(&folder->late, &driver->late);
		driver->folders++;
	}
}

void hvp_sysfs_free(struct hvp_driver *driver)
{
	const struct attribute_group **groups = driver->misc.groups;
	struct folder *folder, *next;

	list_for_each_entry_safe(folder, next, &driver->late, late)
		kfree(folder);
	/* The others are one allocation, and the first group starts it. */
	if (groups[1])
		kvfree(container_of(groups[1], struct folder, group));
	kfree(groups);
}
