# slackmock: build, run, test. `make help` lists the targets.

BUILD ?= build
CC ?= cc
PREFIX ?= /usr/local
DESTDIR ?=

# Each way to build has a folder of its own: SAN=1 with ASan and UBSan, FUZZ=1
# for libFuzzer with both, COVERAGE=1 to count the lines that run, STATIC=1 for
# scripts/static, which brings the compiler and all flags.
VARIANT := $(if $(SAN),san,$(if $(FUZZ),fuzz,$(if $(COVERAGE),coverage,$(if \
  $(STATIC),static,release))))
OUT := $(BUILD)/$(VARIANT)
PROGRAM := $(if $(filter release,$(VARIANT)),$(BUILD),$(OUT))/slackmock
ifdef FUZZ
CC = clang
endif

# A comma that is no end of an argument.
, := ,
# TLS=0 builds without TLS, and so does a system without mbedTLS. It has no
# pkg-config file everywhere, so the compiler is asked whether it is there, and
# of version 2.28 or 3.6. Its archives come first: three shared libraries would
# make the start a third longer.
TLS_NAMES := -lmbedtls -lmbedx509 -lmbedcrypto
TLS_PROBE := \#include <mbedtls/ssl.h>\n\#include <mbedtls/version.h>\nint main(void) \
  { int fits[MBEDTLS_VERSION_NUMBER >> 16 == 0x21c || \
  MBEDTLS_VERSION_NUMBER >> 16 == 0x306 ? 1 : -1]; \
  mbedtls_ssl_init(0); return fits[0] = 0; }
links = $(shell printf '$(1)' | $(CC) -x c - -o /dev/null $(2) \
  2>/dev/null && echo $(2))
TLS_LIBRARIES := $(if $(filter 0,$(TLS)),,$(or \
  $(call links,$(TLS_PROBE),-Wl$(,)-Bstatic $(TLS_NAMES) -Wl$(,)-Bdynamic),\
  $(call links,$(TLS_PROBE),$(TLS_NAMES))))
TLS ?= $(if $(TLS_LIBRARIES),1,0)

# REDIS=0 builds without hiredis, and so does a system without it; the archive
# comes first here too.
REDIS_PROBE := \#include <hiredis/async.h>\nint main(void) \
  { return redisAsyncConnect("", 0) == 0; }
REDIS_LIBRARIES := $(if $(filter 0,$(REDIS)),,$(or \
  $(call links,$(REDIS_PROBE),-Wl$(,)-Bstatic -lhiredis -Wl$(,)-Bdynamic),\
  $(call links,$(REDIS_PROBE),-lhiredis)))
REDIS ?= $(if $(REDIS_LIBRARIES),1,0)

# A source belongs to what its folder makes.
CORE := $(patsubst mock/%.c,%,$(sort $(wildcard mock/core/*/*.c)))
FRONT := front front/$(if $(filter 1,$(TLS)),mbedtls,without_tls)
PROGRAM_SOURCES := $(patsubst mock/%.c,%,$(sort \
  $(wildcard mock/*.c mock/http/*.c mock/log/*.c mock/run/*.c $(FRONT:%=mock/%/*.c) \
  mock/log/$(if $(filter 1,$(REDIS)),redis,without_redis)/*.c)))
UNIT_TESTS := $(basename $(notdir $(wildcard mock/tests/test_*.c)))
FUZZERS := form multipart content_type arguments scenario head control mock \
  front redirect_uri http_url authorize log twice accepted event_id world
METHOD_DATA := $(sort $(wildcard mock/core/methods/data/*.txt))
PAGE_FILES := $(sort $(wildcard mock/page/*))
SHIPPED := scenarios/default.json $(sort $(wildcard scenarios/*/*.json))

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
  -Wmissing-prototypes -Wold-style-definition -Wwrite-strings -Wpointer-arith \
  -Wcast-qual -Wcast-align -Wformat=2 -Wundef -Wvla -Wconversion \
  -Wsign-conversion -Wswitch-enum -Wnull-dereference -Wdouble-promotion \
  -Wredundant-decls
# cc is clang on some systems.
IS_CLANG := $(findstring __clang__,$(shell $(CC) -dM -E -x c /dev/null 2>/dev/null))
ifndef IS_CLANG
WARNINGS += -Wduplicated-cond -Wduplicated-branches -Wlogical-op \
  -Wjump-misses-init
endif
WERROR := $(if $(filter true,$(CI)),-Werror)

# Reports name lines; more for a debugger takes a seventh more time to compile.
SANITIZE := -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all \
  -fno-omit-frame-pointer
MODE_san := $(SANITIZE)
# The tests start a few thousand servers: one that has the sanitizers inside, for
# which it takes GCC and its archives, starts a fifth quicker.
SANITIZERS_INSIDE = $(if $(filter san,$(VARIANT)),$(call links,int main(void) \
  { return 0; },$(SANITIZE) -static-libasan -static-libubsan))
MODE_fuzz := $(SANITIZE) -fsanitize=fuzzer-no-link
MODE_coverage := -O0 -g --coverage
MODE_release := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 \
  -fstack-protector-strong -fPIE
# The linker of macOS does all this by itself.
ifneq ($(shell uname -s),Darwin)
LINK_MODE_release := -pie -Wl,-z,relro,-z,now,-z,noexecstack
endif
# Many small functions in many files: an exchange takes a twentieth less. Its
# objects hold no machine code, and an archive of them wants a plugin of ar's:
# the program is linked from the objects.
ifndef IS_CLANG
MODE_release += -flto=auto
endif
MODE := $(MODE_$(VARIANT))
COMPILE = $(CC) -std=c11 -ffp-contract=off -D_POSIX_C_SOURCE=200809L -D_DARWIN_C_SOURCE \
  -iquote mock/core -iquote mock $(MODE) \
  $(WARNINGS) $(WERROR) -MMD -MP $(CFLAGS) -c -o $@ $<
LINK = $(CC) $(MODE) $(LINK_MODE_$(VARIANT)) $(LDFLAGS) -o $@ \
  $(filter %.o,$^) $(filter %.a,$^)

CORE_OBJECTS := $(CORE:%=$(OUT)/%.o) \
  $(OUT)/shipped_scenarios_table.o $(OUT)/method_facts_table.o \
  $(OUT)/page_files_table.o
PROGRAM_OBJECTS := $(PROGRAM_SOURCES:%=$(OUT)/%.o)
CLIENT_TEST_OBJECTS := $(patsubst client-tests/%.c,$(OUT)/client-tests/%.o,\
  $(wildcard client-tests/*.c))
FUZZ_OBJECTS := $(OUT)/fuzz/fuzz.o $(OUT)/fuzz/observer.o \
  $(OUT)/fuzz/reply_check.o $(OUT)/client-tests/token_model.o
CORE_LIBRARY := $(OUT)/libslackmock-core.a
BENCH := $(BUILD)/bench/bare_server $(if $(filter 1,$(REDIS)),$(BUILD)/bench/redis_pair)

CJSON := $$(pkg-config --libs libcjson) -lm
PROGRAM_LIBRARIES := $(if $(filter 1,$(TLS)),$(TLS_LIBRARIES)) \
  $(REDIS_LIBRARIES) \
  $$(pkg-config --libs libevent) $(CJSON)
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all run demo static packages test unit client-tests soak lint format format-check layers circles sizes \
  tidy cppcheck objects set-up install clean help programs \
  fuzzers fuzz coverage bench growth bench-programs ready clients-ready \
  release-ready sanitized-ready always

all: $(PROGRAM) ## build build/slackmock (the default)

# Changes when these do, so that the program is linked anew.
$(OUT)/options-built: always
	@mkdir -p $(@D)
	@echo $(TLS) $(REDIS) | cmp -s - $@ || echo $(TLS) $(REDIS) > $@

# A source that is gone leaves no trace but in this list.
$(OUT)/core-objects: always
	@mkdir -p $(@D)
	@echo $(CORE_OBJECTS) | cmp -s - $@ || echo $(CORE_OBJECTS) > $@

$(PROGRAM): $(PROGRAM_OBJECTS) $(CORE_OBJECTS) $(OUT)/core-objects \
  $(OUT)/options-built
	@echo "  LINK $@"
	@$(LINK) $(SANITIZERS_INSIDE) $(PROGRAM_LIBRARIES)

$(CORE_LIBRARY): $(CORE_OBJECTS) $(OUT)/core-objects Makefile
	@rm -f $@ && $(AR) rcs $@ $(CORE_OBJECTS)

$(OUT)/%.o: mock/%.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(COMPILE)

$(OUT)/shipped_scenarios_table.c: scripts/embed-scenarios $(SHIPPED)
	@mkdir -p $(@D)
	@echo "  EMBED scenarios"
	@scripts/embed-scenarios $(SHIPPED) > $@

$(OUT)/method_facts_table.c: scripts/embed-methods $(METHOD_DATA)
	@mkdir -p $(@D)
	@echo "  EMBED methods"
	@scripts/embed-methods $(METHOD_DATA) > $@

$(OUT)/page_files_table.c: scripts/embed-page $(PAGE_FILES)
	@mkdir -p $(@D)
	@echo "  EMBED page"
	@scripts/embed-page $(PAGE_FILES) > $@

# One file is one string here, longer than ISO C promises to take.
$(OUT)/%_table.o: $(OUT)/%_table.c
	@echo "  CC $<"
	@$(COMPILE) -Wno-overlength-strings

# The unit tests link the core without libevent: that is the proof of its
# purity.
$(OUT)/tests/test_%: $(OUT)/tests/test_%.o $(OUT)/tests/check.o \
  $(OUT)/tests/world.o $(OUT)/tests/life.o $(OUT)/tests/browser.o \
  $(OUT)/tests/every_method.o \
  $(CORE_LIBRARY)
	@echo "  LINK $@"
	@$(LINK) $(CJSON) $$(pkg-config --libs cmocka)

$(OUT)/tests/test_events $(OUT)/tests/test_event_retries: \
  $(OUT)/tests/event_life.o
$(OUT)/tests/test_entrance $(OUT)/tests/test_page $(OUT)/tests/test_watcher: \
  $(OUT)/tests/door.o
$(OUT)/tests/test_host_time: $(OUT)/http/host_time.o
$(OUT)/tests/test_run_environment: $(OUT)/run/command_environment.o \
  $(OUT)/run/no_proxy.o $(OUT)/run/variables.o
$(OUT)/tests/test_run_certificates: $(OUT)/run/certificates.o
$(OUT)/tests/test_proxy_bypass: $(OUT)/front/proxy_bypass.o

# The same drivers twice: run by libFuzzer, and over the corpus as tests.
$(OUT)/fuzz/run_%: $(OUT)/fuzz/fuzz_%.o $(FUZZ_OBJECTS) $(CORE_LIBRARY)
	@echo "  LINK $@"
	@$(LINK) -fsanitize=fuzzer $(CJSON)

$(OUT)/fuzz/replay_%: $(OUT)/fuzz/fuzz_%.o $(OUT)/fuzz/replay.o \
  $(OUT)/tests/check.o $(FUZZ_OBJECTS) $(CORE_LIBRARY)
	@echo "  LINK $@"
	@$(LINK) $(CJSON) $$(pkg-config --libs cmocka)

$(OUT)/client-tests/%.o: client-tests/%.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(COMPILE)

$(OUT)/client-tests/client-tests: $(CLIENT_TEST_OBJECTS)
	@echo "  LINK $@"
	@$(LINK) $(CJSON) \
	  $$(pkg-config --libs cmocka libcurl) -lpthread

$(BUILD)/bench/%.o: scripts/bench/%.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(COMPILE)

$(BUILD)/bench/bare_server: $(BUILD)/bench/bare_server.o
	@echo "  LINK $@"
	@$(LINK) $$(pkg-config --libs libevent)

$(BUILD)/bench/redis_pair: $(BUILD)/bench/redis_pair.o
	@echo "  LINK $@"
	@$(LINK) $(REDIS_LIBRARIES) $$(pkg-config --libs libevent)

programs: $(PROGRAM) $(UNIT_TESTS:%=$(OUT)/tests/%) \
  $(FUZZERS:%=$(OUT)/fuzz/replay_%) \
  $(OUT)/client-tests/client-tests

objects: $(CORE_OBJECTS) $(PROGRAM_OBJECTS) $(CLIENT_TEST_OBJECTS)

# Deferred: only in a recipe does MAKEFLAGS tell of a -j that make was given.
SIDE_BY_SIDE = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell getconf _NPROCESSORS_ONLN))

set-up: ## install the system packages and the pinned clients
	scripts/set-up test

run: ## set up, build, and start the server with the default world
	scripts/set-up build
	$(MAKE) $(SIDE_BY_SIDE) all
	scripts/run $(PROGRAM)

demo: ## the job in ten lines: exchange, and exchange again
	scripts/set-up build
	@$(MAKE) --no-print-directory -s $(SIDE_BY_SIDE) all
	@scripts/demo $(PROGRAM)

# Clients are mostly waited for, and each of the builds ends with one link.
clients-ready:
	scripts/set-up test

release-ready:
	$(MAKE) all

sanitized-ready:
	$(MAKE) SAN=1 programs

ready: clients-ready release-ready sanitized-ready

test: ## set up, then run every test under ASan and UBSan
	scripts/set-up unit
	$(MAKE) $(SIDE_BY_SIDE) ready
	SLACKMOCK_RELEASE=$(PROGRAM) scripts/run-tests $(BUILD)/san

unit: ## run the unit tests alone (needs the system packages)
	$(MAKE) $(SIDE_BY_SIDE) SAN=1 programs
	scripts/run-tests $(BUILD)/san unit

client-tests: ## run the client tests alone (needs `make set-up`)
	$(MAKE) $(SIDE_BY_SIDE) all
	$(MAKE) $(SIDE_BY_SIDE) SAN=1 programs
	SLACKMOCK_RELEASE=$(PROGRAM) scripts/run-tests $(BUILD)/san client

static: ## build/static/ARCHITECTURE/slackmock, which need no library (ARCHITECTURES="x86_64 aarch64" for some)
	scripts/set-up static
	scripts/static/build $(BUILD)/static $(ARCHITECTURES)

packages: static ## every package in build/packages (ARCHITECTURES as above)
	scripts/set-up build
	$(MAKE) $(SIDE_BY_SIDE) all
	scripts/packages/build $(BUILD)/packages $(BUILD)/static $(PROGRAM) $(ARCHITECTURES)

soak: ## mixed load for SECONDS=600 under ASan, 200 times kill -9, 10,000 races, and three servers with one log
	$(MAKE) SAN=1 all $(BUILD)/san/client-tests/client-tests
	SLACKMOCK=$(BUILD)/san/slackmock \
	  SLACKMOCK_SOAK_SECONDS=$(or $(SECONDS),600) SLACKMOCK_TEST_TIMEOUT_FACTOR=6 \
	  SLACKMOCK_SOAK_KILLS=200 SLACKMOCK_SOAK_ROUNDS=10000 \
	  $(BUILD)/san/client-tests/client-tests soak,state-kill,state-redis,state-redis-load

fuzzers: $(FUZZERS:%=$(OUT)/fuzz/run_%)

fuzz: ## run each fuzzer for SECONDS=60 (ONLY="form server" for some)
	scripts/set-up fuzz
	$(MAKE) FUZZ=1 fuzzers
	$(MAKE) SAN=1 all
	scripts/fuzz $(BUILD) $(or $(SECONDS),60) $(or $(ONLY),$(FUZZERS) server)

coverage: ## which lines of the core the unit tests reach (TESTS=all: every test)
	scripts/set-up test
	scripts/set-up coverage
	$(MAKE) all
	$(MAKE) COVERAGE=1 programs
	scripts/coverage $(BUILD)/coverage $(or $(TESTS),unit)

bench-programs: $(PROGRAM) $(BENCH)

bench: ## speed and memory beside a bare evhttp server (QUICK=1, AGAINST=binary)
	scripts/set-up bench
	$(MAKE) bench-programs
	$(MAKE) TLS=0 BUILD=$(BUILD)/bench/without-tls all
	scripts/bench/run $(if $(QUICK),--quick) \
	  $(if $(AGAINST),--against $(AGAINST)) $(BUILD)

growth: ## draw scripts/bench/growth.svg: how cost grows with tokens, rules, sandboxes, connections …
	scripts/set-up bench
	$(MAKE) bench-programs
	scripts/bench/grow $(BUILD)

lint: format-check layers circles sizes tidy cppcheck ## run every check of the source

format: ## lay the sources out with clang-format
	scripts/check-format --fix

format-check:
	scripts/check-format

layers:
	scripts/check-layers

# The objects that the tests are linked from: they are needed anyway.
circles:
	$(MAKE) $(SIDE_BY_SIDE) SAN=1 objects
	scripts/check-circles $(BUILD)/san

sizes:
	scripts/check-sizes

tidy:
	scripts/check-tidy

cppcheck:
	scripts/check-cppcheck

install: all ## install into $(DESTDIR)$(PREFIX)/bin
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/slackmock

clean: ## remove all that was built or set up
	rm -rf $(BUILD)

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

-include $(CORE_OBJECTS:.o=.d) $(PROGRAM_OBJECTS:.o=.d) \
  $(CLIENT_TEST_OBJECTS:.o=.d) $(wildcard $(OUT)/tests/*.d $(OUT)/fuzz/*.d \
  $(BUILD)/bench/*.d)
