// SPDX-License-Identifier: GPL-2.0-only
/* /dev/hvprobe: size-checked requests in, facts and results out. */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/uaccess.h>
#include "driver.h"

static_assert(sizeof(struct hvp_fact) == 64);
static_assert(sizeof(struct hvp_info) == 240);
static_assert(sizeof(struct hvp_facts_request) == 48);

int hvp_chardev_copy(void *request, size_t size, const void __user *user)
{
	u32 claimed;

	if (get_user(claimed, (const u32 __user *)user))
		return -EFAULT;
	if (claimed < size)
		return -EINVAL;
	if (claimed > PAGE_SIZE)
		return -E2BIG;
	return copy_struct_from_user(request, size, user, claimed);
}

static u32 version_number(void)
{
	unsigned int major = 0, minor = 0, patch = 0;

	if (sscanf(HVP_VERSION, "%u.%u.%u", &major, &minor, &patch) < 2)
		return 0;
	return major << 16 | minor << 8 | patch;
}

static int get_info(struct hvp_driver *driver, void __user *user)
{
	const struct hvp_report *report = driver->report;
	struct hvp_info info;
	int ret;

	ret = hvp_chardev_copy(&info, sizeof(info), user);
	if (ret)
		return ret;
	if (info.flags || info.reserved ||
	    memchr_inv(info.reserved2, 0, sizeof(info.reserved2)))
		return -EINVAL;

	info.abi_version = HVP_ABI_VERSION;
	info.module_version = version_number();
	down_read(&driver->lock);
	info.fact_count = driver->facts.count;
	info.instruction = driver->insn;
	up_read(&driver->lock);
	info.interface_count = report->interface_count;
	info.proof = driver->proof;
	info.cpu_count = driver->cpu_count;
	info.cpu_differences = report->difference_count;
	info.capability_count = HVP_CAP_COUNT;
	hvp_report_mask(report, info.capability_mask);
	return copy_to_user(user, &info, sizeof(info)) ? -EFAULT : 0;
}

static int get_facts(struct hvp_driver *driver, void __user *user)
{
	const struct hvp_facts *facts = &driver->facts;
	struct hvp_facts_request request;
	int ret;

	ret = hvp_chardev_copy(&request, sizeof(request), user);
	if (ret)
		return ret;
	if (request.flags || request.reserved ||
	    memchr_inv(request.reserved2, 0, sizeof(request.reserved2)))
		return -EINVAL;

	down_read(&driver->lock);
	request.total = facts->count;
	up_read(&driver->lock);
	/* Records are added behind these; none is changed. */
	if (request.first >= request.total)
		request.count = 0;
	request.count = min(request.count, request.total - request.first);
	if (request.count &&
	    copy_to_user(u64_to_user_ptr(request.records),
			 facts->items + request.first,
			 request.count * sizeof(*facts->items)))
		return -EFAULT;
	return copy_to_user(user, &request, sizeof(request)) ? -EFAULT : 0;
}

/* A later header encodes another size in the number of the same request. */
static unsigned int without_size(unsigned int cmd)
{
	return cmd & ~(unsigned int)IOCSIZE_MASK;
}

static long chardev_ioctl(struct file *file, unsigned int cmd,
			  unsigned long arg)
{
	struct hvp_driver *driver =
		container_of(file->private_data, struct hvp_driver, misc);
	void __user *user = (void __user *)arg;

	if (without_size(cmd) == without_size(HVP_IOC_INFO))
		return get_info(driver, user);
	if (without_size(cmd) == without_size(HVP_IOC_FACTS))
		return get_facts(driver, user);
	if (without_size(cmd) != without_size(HVP_IOC_CALL))
		return -ENOTTY;
	/* Who was handed a descriptor for reading may look, not act. */
	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	return hvp_call_batch_run(driver, user);
}

const struct file_operations hvp_chardev_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = chardev_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.llseek = noop_llseek,
};
