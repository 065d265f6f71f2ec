# SPDX-License-Identifier: GPL-2.0-or-later
#
# A unit test program is tests/unit/check_LAYER_MODULE.c: its name and the stack of its layer here, and its sources where
# it has more than one.  Tests of single devices link a fake machine instead of the machine library.

if HAVE_CHECK

noinst_LIBRARIES += tests/libunit.a
tests_libunit_a_SOURCES = tests/unit/unit.c tests/unit/unit.h
tests_libunit_a_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
unit_libs = tests/libunit.a $(CHECK_LIBS)

unit_tests = \
	tests/unit/check_base_alloc \
	tests/unit/check_base_error \
	tests/unit/check_base_json \
	tests/unit/check_base_strbuf \
	tests/unit/check_base_utf8 \
	tests/unit/check_base_vec \
	tests/unit/check_device_board \
	tests/unit/check_device_gicv2 \
	tests/unit/check_device_gicv3 \
	tests/unit/check_device_pl011 \
	tests/unit/check_device_pl061 \
	tests/unit/check_device_psci \
	tests/unit/check_device_timer \
	tests/unit/check_front_paths \
	tests/unit/check_machine_exception \
	tests/unit/check_machine_monitor \
	tests/unit/check_service_board_desc \
	tests/unit/check_service_board_edit \
	tests/unit/check_service_disasm \
	tests/unit/check_service_dtb \
	tests/unit/check_service_elf \
	tests/unit/check_service_file \
	tests/unit/check_service_image \
	tests/unit/check_service_kallsyms \
	tests/unit/check_service_lines \
	tests/unit/check_service_symbols

check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)

unit_a64 = tests/unit/a64.h
unit_elf_file = tests/unit/elf_file.c tests/unit/elf_file.h
unit_fake_machine = tests/unit/fake_machine.c tests/unit/fake_machine.h
unit_gic_script = tests/unit/gic_script.c tests/unit/gic_script.h
unit_guest = tests/unit/guest.c tests/unit/guest.h
unit_psci_table = tests/unit/psci_table.c tests/unit/psci_table.h
unit_tree = tests/unit/tree.c tests/unit/tree.h

tests_unit_check_device_gicv2_SOURCES = tests/unit/check_device_gicv2.c $(unit_fake_machine) $(unit_gic_script)
tests_unit_check_device_gicv3_SOURCES = tests/unit/check_device_gicv3.c $(unit_fake_machine) $(unit_gic_script)
tests_unit_check_device_pl011_SOURCES = tests/unit/check_device_pl011.c $(unit_fake_machine)
tests_unit_check_device_pl061_SOURCES = tests/unit/check_device_pl061.c $(unit_fake_machine)
tests_unit_check_device_psci_SOURCES = tests/unit/check_device_psci.c $(unit_fake_machine) $(unit_psci_table)
tests_unit_check_device_timer_SOURCES = tests/unit/check_device_timer.c $(unit_fake_machine)
tests_unit_check_machine_exception_SOURCES = tests/unit/check_machine_exception.c $(unit_a64) $(unit_guest)
tests_unit_check_machine_monitor_SOURCES = tests/unit/check_machine_monitor.c $(unit_a64) $(unit_guest)
tests_unit_check_service_board_desc_SOURCES = tests/unit/check_service_board_desc.c $(unit_tree)
tests_unit_check_service_board_edit_SOURCES = tests/unit/check_service_board_edit.c $(unit_tree)
tests_unit_check_service_dtb_SOURCES = tests/unit/check_service_dtb.c $(unit_tree)
tests_unit_check_service_elf_SOURCES = tests/unit/check_service_elf.c $(unit_elf_file)
tests_unit_check_service_image_SOURCES = tests/unit/check_service_image.c $(unit_elf_file)
tests_unit_check_service_lines_SOURCES = tests/unit/check_service_lines.c $(unit_elf_file)
tests_unit_check_service_symbols_SOURCES = tests/unit/check_service_symbols.c $(unit_elf_file)

tests_unit_check_base_alloc_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_error_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_json_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_strbuf_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_utf8_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_vec_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_device_board_LDADD = $(unit_libs) $(device_stack)
tests_unit_check_device_gicv2_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_gicv3_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_pl011_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_pl061_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_psci_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_timer_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_front_paths_LDADD = $(unit_libs) $(front_stack)
tests_unit_check_machine_exception_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_monitor_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_service_board_desc_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_board_edit_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_disasm_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_dtb_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_elf_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_file_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_image_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_kallsyms_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_lines_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_symbols_LDADD = $(unit_libs) $(service_stack)

endif HAVE_CHECK

# A fuzz target is tests/fuzz/fuzz_NAME.c.  --enable-fuzzers links it with libFuzzer; else it replays its seeds.
fuzz_targets = \
	tests/fuzz/fuzz_dtb \
	tests/fuzz/fuzz_image \
	tests/fuzz/fuzz_kallsyms \
	tests/fuzz/fuzz_map

fuzz_seeds = \
	tests/fuzz/corpus/dtb/negative-length.dtb \
	tests/fuzz/corpus/dtb/spin-table.dtb \
	tests/fuzz/corpus/dtb/version-3.dtb \
	tests/fuzz/corpus/image/header.Image \
	tests/fuzz/corpus/image/tiny.elf \
	tests/fuzz/corpus/image/zboot.efi \
	tests/fuzz/corpus/image/zeroes.gz \
	tests/fuzz/corpus/kallsyms/5.10 \
	tests/fuzz/corpus/kallsyms/6.12 \
	tests/fuzz/corpus/map/System.map

noinst_LIBRARIES += tests/libreplay.a
tests_libreplay_a_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h
fuzz_libs = $(fuzz_main) $(service_stack)
if FUZZERS
fuzz_main =
fuzz_ldflags = -fsanitize=fuzzer
AM_CFLAGS += -fsanitize=fuzzer-no-link
else
fuzz_ldflags =
fuzz_main = tests/libreplay.a
endif

check_PROGRAMS += $(fuzz_targets)
TESTS += tests/replay-corpora
EXTRA_DIST += $(fuzz_seeds)

tests_fuzz_fuzz_dtb_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_dtb_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_image_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_image_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_kallsyms_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_kallsyms_LDADD = $(fuzz_libs)
tests_fuzz_fuzz_map_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_map_LDADD = $(fuzz_libs)

tree_tests = \
	tests/check-boot \
	tests/check-layers \
	tests/check-qemu

dist_check_SCRIPTS = $(tree_tests) tests/replay-corpora
TESTS += $(tree_tests)

# Everything speaks TAP, so that each test inside a program counts.
TEST_EXTENSIONS = .case .screen
TAP_DRIVER = env AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TAP_DRIVER)
CASE_LOG_DRIVER = $(TAP_DRIVER)
SCREEN_LOG_DRIVER = $(TAP_DRIVER)

AM_TESTS_ENVIRONMENT = \
	srcdir='$(srcdir)'; export srcdir; \
	OBJDUMP='$(OBJDUMP)'; export OBJDUMP; \
	FUZZ_TARGETS='$(fuzz_targets)'; export FUZZ_TARGETS; \
	SANITIZERS=$(sanitizers); export SANITIZERS; \
	ASAN_OPTIONS=allocator_may_return_null=1; export ASAN_OPTIONS; \
	UBSAN_OPTIONS=print_stacktrace=1; export UBSAN_OPTIONS; \
	CK_DEFAULT_TIMEOUT=120; export CK_DEFAULT_TIMEOUT; \
	LC_ALL=C.UTF-8; export LC_ALL; \
	unset NO_COLOR COLUMNS LINES;

if SANITIZERS
sanitizers = yes
else
sanitizers = no
endif

# The totals are the last line of a run that passed; `make check-summary` prints them of one that failed.
check-local: check-TESTS
	@$(SHELL) $(srcdir)/tests/summary $(TEST_LOGS:.log=.trs)
check-summary:
	@$(SHELL) $(srcdir)/tests/summary $(TEST_LOGS:.log=.trs)
.PHONY: check-summary

# What make check needs, built but not run.
check-programs: all $(check_PROGRAMS)
.PHONY: check-programs

# Benchmarks print one line a figure (interface.md, "Benchmarks") and judge nothing, so make check leaves them alone.
bench_programs =

EXTRA_PROGRAMS = $(bench_programs)
bench: all $(bench_programs)
	@for program in $(bench_programs); do srcdir='$(srcdir)' ./$$program || exit; done
.PHONY: bench

EXTRA_DIST += tests/summary
