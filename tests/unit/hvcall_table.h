/* SPDX-License-Identifier: GPL-2.0-only */
/* Layouts of listed calls, for tests. */
#ifndef HVP_TESTS_HVCALL_TABLE_H
#define HVP_TESTS_HVCALL_TABLE_H

#include "../../core/hvcall_regs.h"
#include "../../core/hypercalls.h"

#define IN_GPA		0x1000
#define OUT_GPA		0x2000

static inline int from_table(u32 code, u32 reps, u32 var_qwords, u32 shape,
			     struct hvp_hvcall_layout *layout)
{
	struct hvp_hvcall_request request;

	hvp_hypercall_request(hvp_hypercall_find(code), reps, var_qwords,
			      &request);
	request.shape = (u8)shape;
	request.available = HVP_HVCALL_CAN_ALL;
	request.in_gpa = IN_GPA;
	request.out_gpa = OUT_GPA;
	return hvp_hvcall_layout(&request, layout);
}

/* A simple call of headers only. */
static inline struct hvp_hvcall_request simple(u32 in, u32 out, u32 shape,
					u32 available, u32 flags)
{
	struct hvp_hvcall_request request = {
		.code = 0x1234, .shape = (u8)shape, .flags = (u8)flags,
		.available = (u8)available, .in_header = (u16)in,
		.out_header = (u16)out, .in_gpa = IN_GPA, .out_gpa = OUT_GPA,
	};

	return request;
}

#endif
