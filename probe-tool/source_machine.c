// SPDX-License-Identifier: GPL-2.0-only
/* This machine, from every source: user mode first, the driver adds to it. */
#include <stdio.h>
#include "tool.h"
#include "../core/confidential.h"

static void tell_live(int ret)
{
	/* Another architecture has no CPUID; that is not trouble. */
	if (!ret || ret == -ENOSYS)
		return;
	hvp_error("it was turned off for this process by arch_prctl(2); run "
		  "outside of whatever did that",
		  "the CPUID instruction faults here");
}

static void tell_driver(const struct hvp_driver *driver)
{
	if (driver->state == HVP_DRIVER_OTHER_ABI)
		hvp_error("install hvprobe.ko and hvprobe of the same release",
			  "the loaded driver%s%s speaks another ABI version",
			  *driver->version ? " " : "", driver->version);
	else if (driver->state == HVP_DRIVER_FAILED)
		hvp_error("--no-driver leaves it out",
			  "cannot read /dev/hvprobe: %s",
			  strerror(driver->error));
}

int hvp_view_collect(struct hvp_view *view, const struct hvp_options *options)
{
	int ret;

	memset(view, 0, sizeof(*view));
	view->options = options;
	hvp_store_init(&view->store);
	ret = hvp_source_live(&view->store, options, HVP_CPUID_PLAIN,
			      &view->stats);
	if (ret == -ENOMEM)
		return ret;
	tell_live(ret);
	hvp_source_system(&view->store);
	if (!options->no_driver) {
		view->driver = &view->driver_storage;
		ret = hvp_source_driver(&view->store, view->driver);
		if (ret == -ENOMEM)
			return ret;
		tell_driver(view->driver);
	}
	/* The driver's leaves are Xen's; ring 0 is shown a little more of them. */
	if (!hvp_source_xen_is_hidden(&view->store))
		return 0;
	ret = hvp_source_live(&view->store, options, HVP_CPUID_FORCED,
			      &view->stats);
	return ret == -ENOMEM ? ret : 0;
}

struct hvp_view *hvp_view_live(const struct hvp_options *options)
{
	static struct hvp_view view;

	if (hvp_view_collect(&view, options)) {
		hvp_error_memory();
		return NULL;
	}
	hvp_decode(&view.store.facts, HVP_REASON_NOT_READ, &view.report);
	return &view;
}

int hvp_view_status(const struct hvp_view *view)
{
	return view->report.verdict.kind == HVP_VERDICT_UNKNOWN ?
		       HVP_EXIT_UNKNOWN : HVP_EXIT_YES;
}

bool hvp_view_encrypted(const struct hvp_view *view)
{
	static struct hvp_confidential cc;

	hvp_confidential_decode(&view->report, &cc);
	return cc.encrypted.kind == HVP_ANSWER_YES;
}

bool hvp_cap_available(const struct hvp_report *report, u32 number)
{
	u8 state = report->caps[number].state;

	return state == HVP_STATE_ADVERTISED || state == HVP_STATE_VERIFIED ||
	       state == HVP_STATE_UNADVERTISED;
}
