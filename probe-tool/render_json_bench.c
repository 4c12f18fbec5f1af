// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe bench as JSON, docs/schema/bench.schema.json. */
#include "bench.h"
#include "render_json.h"

static struct json_object *times(const struct hvp_bench_run *run,
				 const struct hvp_bench_times *from, bool ns)
{
	struct json_object *to = json_object_new_object();

	hvp_json_add_number(to, "min", ns ? hvp_bench_ns(run, from->min) :
					    from->min);
	hvp_json_add_number(to, "p50", ns ? hvp_bench_ns(run, from->p50) :
					    from->p50);
	hvp_json_add_number(to, "p99", ns ? hvp_bench_ns(run, from->p99) :
					    from->p99);
	hvp_json_add_number(to, "max", ns ? hvp_bench_ns(run, from->max) :
					    from->max);
	return to;
}

static struct json_object *histogram(const struct hvp_bench_run *run,
				     const struct hvp_bench_result *result)
{
	struct json_object *list = json_object_new_array();
	u32 buckets[HVP_BENCH_BUCKETS] = { 0 };
	u32 i;

	for (i = 0; i < result->count; i++)
		buckets[hvp_bench_bucket(hvp_bench_ns(run,
						      result->samples[i]))]++;
	for (i = 0; i < HVP_BENCH_BUCKETS; i++) {
		struct json_object *item;

		if (!buckets[i])
			continue;
		item = json_object_new_object();
		hvp_json_add_number(item, "from", hvp_bench_bucket_low(i));
		hvp_json_add_number(item, "to",
				    hvp_bench_bucket_low(i + 1) - 1);
		hvp_json_add_number(item, "count", buckets[i]);
		json_object_array_add(list, item);
	}
	return list;
}

static struct json_object *kind(const struct hvp_bench_run *run,
				const struct hvp_bench_result *result)
{
	struct json_object *to = json_object_new_object();

	hvp_json_add_string(to, "kind", result->kind->name);
	hvp_json_add_string(to, "what", result->kind->what);
	if (*result->missing) {
		hvp_json_add_string(to, "missing", result->missing);
		return to;
	}
	if (*result->answer)
		hvp_json_add_string(to, "answer", result->answer);
	hvp_json_add_number(to, "samples", result->count);
	hvp_json_add_number(to, "outliers", result->outliers);
	json_object_object_add(to, "ticks", times(run, &result->times, false));
	json_object_object_add(to, "ns", times(run, &result->times, true));
	if (result->batch_calls) {
		hvp_json_add_number(to, "batch_calls", result->batch_calls);
		hvp_json_add_number(to, "batch_percent",
				    result->batch_percent);
		hvp_json_add_number(to, "engine_ticks", result->engine);
		hvp_json_add_number(to, "engine_ns",
				    hvp_bench_ns(run, result->engine));
		hvp_json_add_number(to, "ioctl_ticks", result->ioctl);
		hvp_json_add_number(to, "ioctl_ns",
				    hvp_bench_ns(run, result->ioctl));
	}
	json_object_object_add(to, "histogram", histogram(run, result));
	return to;
}

int hvp_render_bench_json(const struct hvp_bench_run *run)
{
	struct json_object *root = hvp_json_head(run->view, "hvprobe-bench");
	struct json_object *list = json_object_new_array();
	u32 i;

	json_object_object_add(root, "cpu", run->cpu < 0 ? NULL :
			       json_object_new_int(run->cpu));
	json_object_object_add(root, "counter_khz", !run->khz ? NULL :
			       json_object_new_uint64(run->khz));
	json_object_object_add(root, "steal_ms", run->steal_ms < 0 ? NULL :
			       json_object_new_int(run->steal_ms));
	for (i = 0; i < run->count; i++)
		json_object_array_add(list, kind(run, &run->results[i]));
	json_object_object_add(root, "kinds", list);
	return hvp_json_print(root);
}
