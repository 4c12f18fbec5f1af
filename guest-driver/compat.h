/* SPDX-License-Identifier: GPL-2.0-only */
/* The only kernel-version conditionals of the module, assembly included. */
#ifndef HVP_DRIVER_COMPAT_H
#define HVP_DRIVER_COMPAT_H

#include <linux/version.h>

/*
 * Hyper-V calls of the running kernel. From 6.18 on its hypercall page has no
 * exported name; a static call has, with the C ABI.
 */
#if defined(CONFIG_X86_64) && IS_ENABLED(CONFIG_HYPERV)
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 18, 0)
#define HVP_HV_STATIC_CALL	__SCT__hv_hypercall
#else
#define HVP_HV_PAGE_SYMBOL
#endif
/* VMMCALL and TDCALL besides, where no paravisor is below. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
#define HVP_HV_INLINE
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 16, 0)
#define HVP_HV_ISOLATION
#endif
#endif

#ifndef __ASSEMBLER__
#include <linux/security.h>

#ifdef CONFIG_ARM64
/*
 * Kbuild looks for the hooks in the header: 6.2 took them away for a function
 * that a kprobe can stand on, and 5.10.y and 5.15.y did so in mid-series.
 */
#ifdef HVP_KERNEL_UNDEF_HOOK
#include <asm/traps.h>
#endif
#endif

#ifdef CONFIG_X86
#include <asm/cpufeature.h>
#include <asm/fpu/api.h>
#include <asm/hypervisor.h>
#include <asm/msr.h>
#include <asm/processor.h>
#include <xen/xen.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
#include <asm/cpuid/api.h>
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 16, 0)
#include <linux/cc_platform.h>
#else
#include <linux/mem_encrypt.h>
#endif

#ifdef CONFIG_XEN
#include <xen/interface/xen.h>
#include <xen/interface/version.h>
#include <asm/xen/hypercall.h>
#endif

#if IS_ENABLED(CONFIG_HYPERV)
#include <asm/mshyperv.h>
#endif

#ifdef CONFIG_INTEL_TDX_GUEST
#include <asm/tdx.h>
#endif

/* Does the running kernel know that its memory or state is encrypted? */
static inline bool hvp_kernel_confidential(void)
{
#ifdef X86_FEATURE_TDX_GUEST
	if (boot_cpu_has(X86_FEATURE_TDX_GUEST))
		return true;
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 16, 0)
	return cc_platform_has(CC_ATTR_GUEST_MEM_ENCRYPT) ||
	       cc_platform_has(CC_ATTR_GUEST_STATE_ENCRYPT);
#else
	/* Also true of a host with SME, where no call is selected anyway. */
	return mem_encrypt_active();
#endif
}

/* Attributes of linux/cc_platform.h, in words; 5.10 has one for all. */
static inline bool hvp_kernel_cc_has(u32 number, const char **word)
{
	switch (number) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 16, 0)
	case 0:
		*word = "mem-encrypt";
		return cc_platform_has(CC_ATTR_MEM_ENCRYPT);
	case 1:
		*word = "host-mem-encrypt";
		return cc_platform_has(CC_ATTR_HOST_MEM_ENCRYPT);
	case 2:
		*word = "guest-mem-encrypt";
		return cc_platform_has(CC_ATTR_GUEST_MEM_ENCRYPT);
	case 3:
		*word = "guest-state-encrypt";
		return cc_platform_has(CC_ATTR_GUEST_STATE_ENCRYPT);
#else
	case 0:
		*word = "mem-encrypt";
		return mem_encrypt_active();
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
	case 4:
		*word = "guest-sev-snp";
		return cc_platform_has(CC_ATTR_GUEST_SEV_SNP);
#endif
#ifdef X86_FEATURE_TDX_GUEST
	case 5:
		*word = "tdx-guest";
		return boot_cpu_has(X86_FEATURE_TDX_GUEST);
#endif
	default:
		*word = NULL;
		return false;
	}
}

/* KVM's calls by the kernel's own TDCALL; only where it runs in a TDX guest. */
static inline bool hvp_kernel_tdx_kvm(void)
{
#if defined(X86_FEATURE_TDX_GUEST) && defined(CONFIG_KVM_GUEST) && \
	defined(CONFIG_INTEL_TDX_GUEST)
	return boot_cpu_has(X86_FEATURE_TDX_GUEST) &&
	       hypervisor_is_type(X86_HYPER_KVM);
#else
	return false;
#endif
}

static inline long hvp_kernel_kvm_call(u64 number, const u64 *args)
{
#if defined(X86_FEATURE_TDX_GUEST) && defined(CONFIG_KVM_GUEST) && \
	defined(CONFIG_INTEL_TDX_GUEST)
	return tdx_kvm_hypercall(number, args[0], args[1], args[2], args[3]);
#else
	return -ENODEV;
#endif
}

/* XENVER_* by the kernel's own path; only where xen_domain(). */
static inline long hvp_kernel_xen_version(int subop, void *buffer)
{
#ifdef CONFIG_XEN
	return HYPERVISOR_xen_version(subop, buffer);
#else
	return -ENOSYS;
#endif
}

/* TLFS 2.6: open source, Linux; as the kernel puts it, with its version. */
#define HVP_KERNEL_HV_IDENTITY \
	(0x8100ULL << 48 | (u64)LINUX_VERSION_CODE << 16)

/* The kernel's hypercall page; NULL while, or where, there is none. */
static inline const void *hvp_kernel_hv_page(void)
{
#ifdef HVP_HV_PAGE_SYMBOL
	return READ_ONCE(hv_hypercall_pg);
#else
	return NULL;
#endif
}

/* Does the kernel know this for an isolated guest in which it makes calls? */
static inline bool hvp_kernel_hv_isolated(void)
{
#ifdef HVP_HV_ISOLATION
	return hv_is_isolation_supported() && hv_is_hyperv_initialized();
#else
	return false;
#endif
}

/* Can calls be made as the kernel's functions do, in @private memory or not? */
static inline bool hvp_kernel_hv_function(bool private)
{
#if defined(HVP_HV_STATIC_CALL)
	return hv_is_hyperv_initialized();
#elif defined(HVP_HV_INLINE)
	return private && hv_is_hyperv_initialized();
#else
	return false;
#endif
}

/* By TDCALL? Return: false where the kernel's own calls are VMMCALLs. */
static inline bool hvp_kernel_hv_tdx(u64 control, u64 rdx, u64 r8, u64 *result)
{
#ifdef HVP_HV_INLINE
	if (hv_isolation_type_tdx()) {
		*result = hv_tdx_hypercall(control, rdx, r8);
		return true;
	}
#endif
	return false;
}

/*
 * A fast call without input that goes past the paravisor to the host, by what
 * the kernel exports for that. Return: false where there is neither.
 */
static inline bool hvp_kernel_hv_host(u16 code, u64 *result)
{
#ifdef HVP_HV_ISOLATION
	if (hv_isolation_type_snp()) {
		*result = hv_ghcb_hypercall(code, NULL, NULL, 0);
		return true;
	}
#endif
	return hvp_kernel_hv_tdx(code | HV_HYPERCALL_FAST_BIT, 0, 0, result);
}
#endif

/* The kind of access that lockdown forbids and that an unsafe call is like. */
static inline int hvp_kernel_locked_down(void)
{
	return security_locked_down(LOCKDOWN_MSR);
}
#endif

#endif
