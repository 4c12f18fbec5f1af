# SPDX-License-Identifier: GPL-2.0-only

# ARCH=arm64 builds for that on another machine, into a folder of its own;
# SYSROOT is where Debian's packages of it (json-c, zlib) are unpacked.
ARCH    =
SYSROOT =
CROSS_COMPILE = $(if $(ARCH),aarch64-linux-gnu-)
CC      = $(CROSS_COMPILE)gcc
CFLAGS  = -O2 -g
PREFIX  = /usr/local
DESTDIR =
KDIR    = /lib/modules/$(shell uname -r)/build
TEST    =

B        := build$(if $(ARCH),/$(ARCH))
# The only directory on an include path: the repository root would let our asm/
# stand in for the system's <asm/...>.
INCLUDES := -Iinclude/uapi $(if $(SYSROOT),$(addprefix -isystem $(SYSROOT),\
	    /usr/include /usr/include/aarch64-linux-gnu))
WARNINGS := -Wall -Wextra -Werror -Wstrict-prototypes -Wmissing-prototypes \
	    -Wshadow -Wvla -Wformat=2
DEFINES  := -DHVP_VERSION='"$(shell cat VERSION)"'
ALL_CFLAGS = -std=gnu11 $(WARNINGS) $(INCLUDES) $(DEFINES) -MMD -MP $(CFLAGS)

CORE     := $(wildcard core/*.c)
PROBE    := $(filter-out probe-tool/gen_docs%,$(wildcard probe-tool/*.c))
TOOL_OBJ := $(patsubst %.c,$(B)/tool/%.o,$(CORE) $(PROBE))

# Statically where Debian's archive is there, so that the tool needs libc only.
ARCHIVE   = $(wildcard $(if $(SYSROOT),$(SYSROOT)/usr/lib/*/$(1),\
	      $(shell $(CC) -print-file-name=$(1))))
JSON_A   := $(call ARCHIVE,libjson-c.a)
ZLIB_A   := $(call ARCHIVE,libz.a)
LIBS     := $(or $(JSON_A),-ljson-c) $(or $(ZLIB_A),-lz)

.DEFAULT_GOAL := help

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
	@echo
	@echo 'KDIR=dir chooses the kernel of module, TEST=name the one test of check.'

all: tool module ## build the tool and the module

# ---- tool ----

tool: $(B)/hvprobe ## build/hvprobe, needs libc only

static: $(B)/hvprobe.static ## build/hvprobe.static, needs nothing

$(B)/hvprobe: $(TOOL_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/hvprobe.static: $(TOOL_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -static -o $@ $^ $(LIBS)

$(B)/tool/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(filter $(B)/tool/probe-tool/%,$(TOOL_OBJ)): VERSION

# ---- documents that follow from the registry ----

$(B)/gen_docs: $(B)/tool/probe-tool/gen_docs.o \
		$(B)/tool/probe-tool/gen_docs_smccc.o $(patsubst %.c,$(B)/tool/%.o,$(CORE))
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

generated: $(B)/gen_docs ## write the documents that follow from the registry
	$(B)/gen_docs .

generated-check: $(B)/gen_docs
	rm -rf $(B)/generated
	mkdir $(B)/generated
	cp -r docs $(B)/generated/
	$(B)/gen_docs $(B)/generated
	diff -ru docs $(B)/generated/docs

# ---- module ----

# Kbuild puts objects beside sources, so it gets a copy of them: one per kernel.
KREL     = $(shell sed -n 's/.define UTS_RELEASE "\(.*\)"/\1/p' \
	     $(KDIR)/include/generated/utsrelease.h 2>/dev/null)
MODDIR   = $(B)/module/$(KREL)
# Not for this machine's own: the headers know better than the environment.
KERNEL_ARGS = $(if $(ARCH),ARCH=$(ARCH) CROSS_COMPILE=$(CROSS_COMPILE))

module: ## build/module/RELEASE/hvprobe.ko for KDIR
	@test -n "$(KREL)" || { echo 'module: no kernel headers in $(KDIR); install linux-headers for this kernel or give KDIR=' >&2; exit 1; }
	@mkdir -p $(MODDIR)
	cp -pru Kbuild VERSION core asm guest-driver include $(MODDIR)/
	@cd $(MODDIR) && find core asm guest-driver include -name '*.[chS]' | \
		while read -r f; do [ -e $(CURDIR)/$$f ] || rm $$f; done
	+$(MAKE) -C $(KDIR) M=$(abspath $(MODDIR)) $(KERNEL_ARGS) modules

# ---- tests ----

check: ## everything: set-up, lint, fast tests, virtual machines
	tests/vm/setup.sh
	tests/vm/check.sh $(TEST)

check-fast: ## what needs no virtual machine, in seconds
	tests/vm/check.sh --fast $(TEST)

lint: ## style and static checks
	tests/vm/check.sh --lint

bench: tool static ## start-up times beside other tools, decoding speed, engine cost
	tests/bench/run.sh

demo: ## report of this machine, then of a guest under real KVM
	tests/vm/setup.sh
	tests/vm/demo.sh

# One program per tests/unit/test_*.c and flavour: gcc and clang with sanitizers,
# gcc for 32 bits. Importers are the tool's, so their tests need json-c; checks
# and calls are the tool's, too, but need none.
UNIT      := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
READERS   := $(wildcard $(addprefix probe-tool/,store.c dump.c facts_*.c import_*.c))
UNIT_HELP := $(wildcard tests/unit/tap.c)
UNIT_READ := $(filter test_import_%,$(UNIT))
UNIT_CALL := $(filter test_verify%,$(UNIT))
UNIT_CORE := $(filter-out $(UNIT_READ) $(UNIT_CALL),$(UNIT))
CALLERS   := $(addprefix probe-tool/,bench.c clock.c error.c driver_call.c \
	     render_common.c) $(wildcard probe-tool/verify*.c probe-tool/call_*.c)
SANITIZE  := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
	     -fno-omit-frame-pointer

define unit_flavour
$(B)/unit/$(1)/%.o: %.c
	@mkdir -p $$(@D)
	$(2) $$(ALL_CFLAGS) $$(SANITIZE) -c -o $$@ $$<

$(UNIT_READ:%=$(B)/unit/$(1)/%): $(B)/unit/$(1)/%: $(B)/unit/$(1)/tests/unit/%.o \
		$(patsubst %.c,$(B)/unit/$(1)/%.o,$(UNIT_HELP) $(CORE) \
		$(READERS))
	$(2) $$(SANITIZE) -o $$@ $$^ $$(LIBS)

$(UNIT_CALL:%=$(B)/unit/$(1)/%): $(B)/unit/$(1)/%: $(B)/unit/$(1)/tests/unit/%.o \
		$(patsubst %.c,$(B)/unit/$(1)/%.o,$(UNIT_HELP) $(CORE) \
		$(CALLERS))
	$(2) $$(SANITIZE) -o $$@ $$^

$(UNIT_CORE:%=$(B)/unit/$(1)/%): $(B)/unit/$(1)/%: $(B)/unit/$(1)/tests/unit/%.o \
		$(patsubst %.c,$(B)/unit/$(1)/%.o,$(UNIT_HELP) $(CORE))
	$(2) $$(SANITIZE) -o $$@ $$^
endef
$(eval $(call unit_flavour,gcc,gcc))
$(eval $(call unit_flavour,clang,clang))
# <asm/...> of both widths is where only a 64-bit compiler looks.
$(eval $(call unit_flavour,m32,gcc -m32 -idirafter /usr/include/$(shell gcc -print-multiarch)))

unit: $(UNIT:%=$(B)/unit/gcc/%) $(UNIT:%=$(B)/unit/clang/%) \
      $(UNIT_CORE:%=$(B)/unit/m32/%) $(UNIT_CALL:%=$(B)/unit/m32/%) ## build the unit tests, all flavours

verified: ## write docs/verified.md from the guests that have run
	tests/vm/verified.sh >$(B)/verified.md
	mv $(B)/verified.md docs/verified.md

# ---- test VMM ----

VMM_SRC     := $(if $(ARCH),\
	       $(addprefix tests/vmm/,words.c serial.c) $(wildcard tests/vmm/$(ARCH)/*.c),\
	       $(filter-out tests/vmm/payload.c,$(wildcard tests/vmm/*.c)))
VMM_OBJ     := $(patsubst %.c,$(B)/tool/%.o,$(VMM_SRC))
PAYLOAD_OBJ := $(B)/payload/tests/vmm/payload.S.o $(B)/payload/tests/vmm/payload.o
# A guest without an operating system: no red zone, no vector registers of its own.
PAYLOAD_CFLAGS := -std=gnu11 -O2 $(WARNINGS) -ffreestanding -fno-pic -mno-red-zone \
	       -mgeneral-regs-only -fno-stack-protector -fcf-protection=none \
	       -fno-asynchronous-unwind-tables -MMD -MP

vmm: $(B)/vmm $(if $(ARCH),,$(B)/vmm-payload) ## build/vmm, the test VMM

# The tool's importers, of which the linker takes what is called.
$(B)/libtool.a: $(filter-out %/main.o,$(TOOL_OBJ))
	rm -f $@
	ar rc $@ $^

$(B)/vmm: $(VMM_OBJ) $(if $(ARCH),,$(B)/libtool.a)
	$(CC) $(CFLAGS) $(LDFLAGS) -static -o $@ $^ $(if $(ARCH),,$(LIBS) -lpthread)

$(B)/payload/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(PAYLOAD_CFLAGS) -c -o $@ $<

$(B)/payload/%.S.o: %.S
	@mkdir -p $(@D)
	$(CC) $(PAYLOAD_CFLAGS) -c -o $@ $<

$(B)/vmm-payload: tests/vmm/payload.lds $(PAYLOAD_OBJ)
	$(LD) --no-warn-rwx-segments -T $< -o $(B)/payload/payload.elf $(PAYLOAD_OBJ)
	objcopy -O binary $(B)/payload/payload.elf $@

# ---- install ----

SHARE      = $(DESTDIR)$(PREFIX)/share
# Installed path = source.
INSTALLED := man/man1/hvprobe.1=docs/hvprobe.1 \
	     bash-completion/completions/hvprobe=packaging/completion/hvprobe.bash \
	     zsh/site-functions/_hvprobe=packaging/completion/_hvprobe \
	     fish/vendor_completions.d/hvprobe.fish=packaging/completion/hvprobe.fish \
	     $(foreach s,$(wildcard docs/schema/*.json),hvprobe/$(notdir $(s))=$(s))

install: tool ## install tool, manual, completions, schemas (DESTDIR, PREFIX)
	install -D -m 755 $(B)/hvprobe $(DESTDIR)$(PREFIX)/bin/hvprobe
	$(foreach i,$(INSTALLED),install -D -m 644 $(lastword $(subst =, ,$(i))) \
		$(SHARE)/$(firstword $(subst =, ,$(i))) &&) true

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/hvprobe \
		$(foreach i,$(INSTALLED),$(SHARE)/$(firstword $(subst =, ,$(i))))

clean: ## remove build/
	rm -rf $(B)

.PHONY: help all tool static generated generated-check module check check-fast \
	lint bench demo unit verified vmm install uninstall clean
.SECONDARY:

-include $(shell find $(B)/tool $(B)/unit $(B)/payload -name '*.d' 2>/dev/null)
