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
	tests/unit/check_base_suggest \
	tests/unit/check_base_utf8 \
	tests/unit/check_base_vec \
	tests/unit/check_device_board \
	tests/unit/check_device_gicirq \
	tests/unit/check_device_gicv2 \
	tests/unit/check_device_gicv3 \
	tests/unit/check_device_pl011 \
	tests/unit/check_device_pl061 \
	tests/unit/check_device_psci \
	tests/unit/check_device_random \
	tests/unit/check_device_timer \
	tests/unit/check_device_virtio \
	tests/unit/check_front_options \
	tests/unit/check_front_paths \
	tests/unit/check_front_rc \
	tests/unit/check_lesson_case \
	tests/unit/check_lesson_parse \
	tests/unit/check_lesson_play \
	tests/unit/check_lesson_text \
	tests/unit/check_machine_bus \
	tests/unit/check_machine_dma \
	tests/unit/check_machine_equal \
	tests/unit/check_machine_exception \
	tests/unit/check_machine_insn \
	tests/unit/check_machine_mmu \
	tests/unit/check_machine_monitor \
	tests/unit/check_machine_run \
	tests/unit/check_machine_sched \
	tests/unit/check_machine_sleep \
	tests/unit/check_machine_system \
	tests/unit/check_service_a64asm \
	tests/unit/check_service_board_desc \
	tests/unit/check_service_board_edit \
	tests/unit/check_service_disasm \
	tests/unit/check_service_drive \
	tests/unit/check_service_dtb \
	tests/unit/check_service_elf \
	tests/unit/check_service_file \
	tests/unit/check_service_image \
	tests/unit/check_service_kallsyms \
	tests/unit/check_service_ksymtab \
	tests/unit/check_service_lines \
	tests/unit/check_service_symbols \
	tests/unit/check_service_tables \
	tests/unit/check_service_wrapper \
	tests/unit/check_session_command \
	tests/unit/check_session_contract \
	tests/unit/check_session_data \
	tests/unit/check_session_disk \
	tests/unit/check_session_eventlog \
	tests/unit/check_session_eventring \
	tests/unit/check_session_explain \
	tests/unit/check_session_expr \
	tests/unit/check_session_groups \
	tests/unit/check_session_help \
	tests/unit/check_session_history \
	tests/unit/check_session_info \
	tests/unit/check_session_interrupt \
	tests/unit/check_session_milestones \
	tests/unit/check_session_panic \
	tests/unit/check_session_psci \
	tests/unit/check_session_recording \
	tests/unit/check_session_travel \
	tests/unit/check_ui_grid \
	tests/unit/check_ui_keys \
	tests/unit/check_ui_layout \
	tests/unit/check_ui_prompt \
	tests/unit/check_ui_stations \
	tests/unit/check_ui_vt

check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)

unit_a64 = tests/unit/a64.h
unit_booted = tests/unit/booted.c tests/unit/booted.h
unit_past = $(unit_booted) tests/unit/past.c tests/unit/past.h
unit_said = $(unit_booted) tests/unit/said.c tests/unit/said.h
unit_elf_file = tests/unit/elf_file.c tests/unit/elf_file.h
unit_fake_machine = tests/unit/fake_machine.c tests/unit/fake_machine.h
unit_gic_script = tests/unit/gic_script.c tests/unit/gic_script.h
unit_guest = tests/unit/guest.c tests/unit/guest.h
unit_psci_table = tests/unit/psci_table.c tests/unit/psci_table.h
unit_randomcode = tests/unit/randomcode.c tests/unit/randomcode.h
unit_virtio_rig = tests/unit/virtio_rig.c tests/unit/virtio_rig.h
unit_tree = tests/unit/tree.c tests/unit/tree.h

tests_unit_check_device_gicv2_SOURCES = tests/unit/check_device_gicv2.c $(unit_fake_machine) $(unit_gic_script)
tests_unit_check_device_gicv3_SOURCES = tests/unit/check_device_gicv3.c $(unit_fake_machine) $(unit_gic_script)
tests_unit_check_device_pl011_SOURCES = tests/unit/check_device_pl011.c $(unit_fake_machine)
tests_unit_check_device_pl061_SOURCES = tests/unit/check_device_pl061.c $(unit_fake_machine)
tests_unit_check_device_psci_SOURCES = tests/unit/check_device_psci.c $(unit_fake_machine) $(unit_psci_table)
tests_unit_check_device_timer_SOURCES = tests/unit/check_device_timer.c $(unit_fake_machine)
tests_unit_check_device_virtio_SOURCES = tests/unit/check_device_virtio.c $(unit_virtio_rig)
tests_unit_check_front_rc_SOURCES = tests/unit/check_front_rc.c $(unit_booted)
tests_unit_check_machine_bus_SOURCES = tests/unit/check_machine_bus.c $(unit_a64) $(unit_guest)
tests_unit_check_machine_dma_SOURCES = tests/unit/check_machine_dma.c $(unit_a64) $(unit_guest)
tests_unit_check_device_random_SOURCES = tests/unit/check_device_random.c $(unit_a64) $(unit_guest) $(unit_randomcode)
tests_unit_check_machine_equal_SOURCES = tests/unit/check_machine_equal.c $(unit_a64) $(unit_guest) $(unit_randomcode)
tests_unit_check_machine_exception_SOURCES = tests/unit/check_machine_exception.c $(unit_a64) $(unit_guest)
tests_unit_check_machine_insn_SOURCES = tests/unit/check_machine_insn.c $(unit_a64)
tests_unit_check_machine_monitor_SOURCES = tests/unit/check_machine_monitor.c $(unit_a64) $(unit_guest)
tests_unit_check_machine_run_SOURCES = tests/unit/check_machine_run.c $(unit_a64) $(unit_guest)
tests_unit_check_machine_sched_SOURCES = tests/unit/check_machine_sched.c $(unit_a64) $(unit_guest) $(unit_randomcode)
tests_unit_check_machine_sleep_SOURCES = tests/unit/check_machine_sleep.c $(unit_a64) $(unit_guest)
tests_unit_check_machine_system_SOURCES = tests/unit/check_machine_system.c $(unit_a64) $(unit_guest)
tests_unit_check_service_board_desc_SOURCES = tests/unit/check_service_board_desc.c $(unit_tree)
tests_unit_check_service_board_edit_SOURCES = tests/unit/check_service_board_edit.c $(unit_tree)
tests_unit_check_service_dtb_SOURCES = tests/unit/check_service_dtb.c $(unit_tree)
tests_unit_check_service_elf_SOURCES = tests/unit/check_service_elf.c $(unit_elf_file)
tests_unit_check_service_image_SOURCES = tests/unit/check_service_image.c $(unit_elf_file)
tests_unit_check_service_lines_SOURCES = tests/unit/check_service_lines.c $(unit_elf_file)
tests_unit_check_service_symbols_SOURCES = tests/unit/check_service_symbols.c $(unit_elf_file)
tests_unit_check_service_wrapper_SOURCES = tests/unit/check_service_wrapper.c $(unit_tree)
tests_unit_check_session_command_SOURCES = tests/unit/check_session_command.c $(unit_booted)
tests_unit_check_session_contract_SOURCES = tests/unit/check_session_contract.c $(unit_booted)
tests_unit_check_session_data_SOURCES = tests/unit/check_session_data.c $(unit_said)
tests_unit_check_session_explain_SOURCES = tests/unit/check_session_explain.c $(unit_said)
tests_unit_check_session_help_SOURCES = tests/unit/check_session_help.c $(unit_said)
tests_unit_check_session_info_SOURCES = tests/unit/check_session_info.c $(unit_said)
tests_unit_check_session_interrupt_SOURCES = tests/unit/check_session_interrupt.c $(unit_past)
tests_unit_check_session_expr_SOURCES = tests/unit/check_session_expr.c $(unit_booted)
tests_unit_check_session_disk_SOURCES = tests/unit/check_session_disk.c $(unit_a64) $(unit_booted)
tests_unit_check_session_history_SOURCES = tests/unit/check_session_history.c $(unit_past)
tests_unit_check_session_milestones_SOURCES = tests/unit/check_session_milestones.c $(unit_booted)
tests_unit_check_session_panic_SOURCES = tests/unit/check_session_panic.c $(unit_booted)
tests_unit_check_session_psci_SOURCES = tests/unit/check_session_psci.c $(unit_a64) $(unit_booted) $(unit_psci_table)
tests_unit_check_session_recording_SOURCES = tests/unit/check_session_recording.c $(unit_booted)
tests_unit_check_session_travel_SOURCES = tests/unit/check_session_travel.c $(unit_past)
tests_unit_check_ui_stations_SOURCES = tests/unit/check_ui_stations.c $(unit_booted)

tests_unit_check_base_alloc_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_error_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_json_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_strbuf_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_suggest_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_utf8_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_base_vec_LDADD = $(unit_libs) $(base_stack)
tests_unit_check_device_board_LDADD = $(unit_libs) $(device_stack)
tests_unit_check_device_gicirq_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_gicv2_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_gicv3_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_pl011_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_pl061_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_psci_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_random_LDADD = $(unit_libs) $(device_stack)
tests_unit_check_device_timer_LDADD = $(unit_libs) $(device_alone)
tests_unit_check_device_virtio_LDADD = $(unit_libs) $(device_stack)
tests_unit_check_front_options_LDADD = $(unit_libs) $(front_stack)
tests_unit_check_front_paths_LDADD = $(unit_libs) $(front_stack)
tests_unit_check_front_rc_LDADD = $(unit_libs) $(front_stack)
tests_unit_check_lesson_case_LDADD = $(unit_libs) $(lesson_stack)
tests_unit_check_lesson_parse_LDADD = $(unit_libs) $(lesson_stack)
tests_unit_check_lesson_play_LDADD = $(unit_libs) $(lesson_stack)
tests_unit_check_lesson_text_LDADD = $(unit_libs) $(lesson_stack)
tests_unit_check_machine_bus_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_dma_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_equal_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_exception_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_insn_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_mmu_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_monitor_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_run_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_sched_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_sleep_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_machine_system_LDADD = $(unit_libs) $(machine_stack)
tests_unit_check_service_a64asm_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_board_desc_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_board_edit_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_disasm_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_drive_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_dtb_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_elf_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_file_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_image_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_kallsyms_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_ksymtab_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_lines_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_symbols_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_tables_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_service_wrapper_LDADD = $(unit_libs) $(service_stack)
tests_unit_check_session_command_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_contract_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_data_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_disk_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_eventlog_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_eventring_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_explain_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_expr_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_groups_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_help_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_history_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_info_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_interrupt_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_milestones_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_panic_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_psci_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_recording_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_session_travel_LDADD = $(unit_libs) $(session_stack)
tests_unit_check_ui_grid_LDADD = $(unit_libs) $(ui_stack)
tests_unit_check_ui_keys_LDADD = $(unit_libs) $(ui_stack)
tests_unit_check_ui_layout_LDADD = $(unit_libs) $(ui_stack)
tests_unit_check_ui_prompt_LDADD = $(unit_libs) $(ui_stack)
tests_unit_check_ui_stations_LDADD = $(unit_libs) $(ui_stack)
tests_unit_check_ui_vt_LDADD = $(unit_libs) $(ui_stack)

endif HAVE_CHECK

# A fuzz target is tests/fuzz/fuzz_NAME.c.  --enable-fuzzers links it with libFuzzer; else it replays its seeds.
fuzz_targets = \
	tests/fuzz/fuzz_a64asm \
	tests/fuzz/fuzz_dtb \
	tests/fuzz/fuzz_expr \
	tests/fuzz/fuzz_guest_text \
	tests/fuzz/fuzz_image \
	tests/fuzz/fuzz_kallsyms \
	tests/fuzz/fuzz_lesson \
	tests/fuzz/fuzz_litmus \
	tests/fuzz/fuzz_map \
	tests/fuzz/fuzz_recording \
	tests/fuzz/fuzz_virtqueue \
	tests/fuzz/fuzz_vt

fuzz_seeds = \
	tests/fuzz/corpus/a64asm/all.s \
	tests/fuzz/corpus/dtb/negative-length.dtb \
	tests/fuzz/corpus/dtb/spin-table.dtb \
	tests/fuzz/corpus/dtb/version-3.dtb \
	tests/fuzz/corpus/expr/memory \
	tests/fuzz/corpus/expr/names \
	tests/fuzz/corpus/expr/numbers \
	tests/fuzz/corpus/expr/state \
	tests/fuzz/corpus/guest_text/odd \
	tests/fuzz/corpus/guest_text/star-and-digits \
	tests/fuzz/corpus/guest_text/words \
	tests/fuzz/corpus/image/header.Image \
	tests/fuzz/corpus/image/tiny.elf \
	tests/fuzz/corpus/image/wrapper.axf \
	tests/fuzz/corpus/image/zboot.efi \
	tests/fuzz/corpus/image/zeroes.gz \
	tests/fuzz/corpus/kallsyms/5.10 \
	tests/fuzz/corpus/kallsyms/6.12 \
	tests/fuzz/corpus/kallsyms/exports \
	tests/fuzz/corpus/lesson/drive-no-name.case \
	tests/fuzz/corpus/lesson/drive.case \
	tests/fuzz/corpus/lesson/quizzes.md \
	tests/fuzz/corpus/lesson/zoo.case \
	tests/fuzz/corpus/litmus/lock.litmus \
	tests/fuzz/corpus/litmus/psci.litmus \
	tests/fuzz/corpus/map/System.map \
	tests/fuzz/corpus/recording/all-words \
	tests/fuzz/corpus/recording/half-escape \
	tests/fuzz/corpus/recording/no-end \
	tests/fuzz/corpus/recording/overflow \
	tests/fuzz/corpus/recording/run \
	tests/fuzz/corpus/virtqueue/index-too-far \
	tests/fuzz/corpus/virtqueue/into-the-ring \
	tests/fuzz/corpus/virtqueue/loop \
	tests/fuzz/corpus/virtqueue/outside \
	tests/fuzz/corpus/virtqueue/read \
	tests/fuzz/corpus/virtqueue/size-3 \
	tests/fuzz/corpus/virtqueue/write-id-flush \
	tests/fuzz/corpus/vt/moves \
	tests/fuzz/corpus/vt/nothing-behind \
	tests/fuzz/corpus/vt/rest \
	tests/fuzz/corpus/vt/too-much

noinst_LIBRARIES += tests/libreplay.a
tests_libreplay_a_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h
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

tests_fuzz_fuzz_a64asm_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_a64asm_LDADD = $(fuzz_main) $(service_stack)
tests_fuzz_fuzz_dtb_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_dtb_LDADD = $(fuzz_main) $(service_stack)
tests_fuzz_fuzz_expr_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_expr_LDADD = $(fuzz_main) $(session_stack)
tests_fuzz_fuzz_guest_text_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_guest_text_LDADD = $(fuzz_main) $(session_stack)
tests_fuzz_fuzz_image_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_image_LDADD = $(fuzz_main) $(service_stack)
tests_fuzz_fuzz_kallsyms_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_kallsyms_LDADD = $(fuzz_main) $(service_stack)
tests_fuzz_fuzz_lesson_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_lesson_LDADD = $(fuzz_main) $(lesson_stack)
tests_fuzz_fuzz_litmus_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_litmus_LDADD = $(fuzz_main) $(front_stack)
tests_fuzz_fuzz_map_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_map_LDADD = $(fuzz_main) $(service_stack)
tests_fuzz_fuzz_recording_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_recording_LDADD = $(fuzz_main) $(session_stack)
tests_fuzz_fuzz_virtqueue_SOURCES = tests/fuzz/fuzz_virtqueue.c tests/unit/virtio_rig.c tests/unit/virtio_rig.h
tests_fuzz_fuzz_virtqueue_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_virtqueue_LDADD = $(fuzz_main) $(service_stack)
tests_fuzz_fuzz_vt_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tests_fuzz_fuzz_vt_LDADD = $(fuzz_main) $(ui_stack)

tree_tests = \
	tests/check-bad-input \
	tests/check-boards \
	tests/check-boot \
	tests/check-endings \
	tests/check-layers \
	tests/check-lessons \
	tests/check-qemu \
	tests/check-replay \
	tests/check-wrapper

# Boots Debian's kernel, when tools/get-linux has fetched it.
tree_tests += \
	tests/linux/boot-linux.sh \
	tests/linux/commands.sh \
	tests/linux/disks.sh \
	tests/linux/milestones.sh \
	tests/linux/referee.sh \
	tests/linux/smoke-tui.sh \
	tests/linux/travel-linux.sh \
	tests/linux/trees.sh
check_PROGRAMS += tests/linux/travel
tests_linux_travel_SOURCES = tests/linux/travel.c
tests_linux_travel_LDADD = $(session_stack)
EXTRA_DIST += \
	tests/boards/gic-400.dtsi \
	tests/boards/gicv3-stride.dtsi \
	tests/boards/gicv3-two-rows.dtsi \
	tests/boards/soc.dts \
	tests/wrapper/boot_info.S \
	tests/wrapper/wrapper.lds

EXTRA_DIST += \
	tests/linux/dmesg-allowed \
	tests/linux/gicv3.dtsi \
	tests/linux/linux.sh \
	tests/linux/milestones-moved

dist_check_SCRIPTS = $(tree_tests) tests/replay-corpora
TESTS += $(tree_tests)

# Screens are data: keys in, a screen and its styles out, without a terminal (libui.a without ui/term.c is free of ncurses).
check_PROGRAMS += tests/screens/run_screen
tests_screens_run_screen_SOURCES = tests/screens/run_screen.c
tests_screens_run_screen_LDADD = libui.a $(front_stack)

screens = \
	tests/screens/ascii.screen \
	tests/screens/back-beginning.screen \
	tests/screens/back-event.screen \
	tests/screens/back-no-breakpoint.screen \
	tests/screens/back-station.screen \
	tests/screens/back.screen \
	tests/screens/board-hvc.screen \
	tests/screens/board-spin-table.screen \
	tests/screens/cpu1-80x24.screen \
	tests/screens/cpus64-120x40.screen \
	tests/screens/cpus64-200x60.screen \
	tests/screens/cpus64-80x24.screen \
	tests/screens/fault.screen \
	tests/screens/future.screen \
	tests/screens/going-interrupted.screen \
	tests/screens/going-through-past.screen \
	tests/screens/handover-120x40.screen \
	tests/screens/handover-200x60.screen \
	tests/screens/handover-80x24.screen \
	tests/screens/help-milestones.screen \
	tests/screens/help-timeline.screen \
	tests/screens/help.screen \
	tests/screens/interrupted.screen \
	tests/screens/layout-code.screen \
	tests/screens/layout-events.screen \
	tests/screens/layout-kernel.screen \
	tests/screens/lesson-page.screen \
	tests/screens/lesson-question.screen \
	tests/screens/message-long.screen \
	tests/screens/milestones-move.screen \
	tests/screens/mouse-breakpoint.screen \
	tests/screens/mouse-cpu.screen \
	tests/screens/mouse-wheel.screen \
	tests/screens/pane-other-view.screen \
	tests/screens/paste-typing.screen \
	tests/screens/paste.screen \
	tests/screens/prompt-error.screen \
	tests/screens/prompt.screen \
	tests/screens/resized.screen \
	tests/screens/round.screen \
	tests/screens/running.screen \
	tests/screens/search-vain.screen \
	tests/screens/search.screen \
	tests/screens/start-120x40.screen \
	tests/screens/start-200x60.screen \
	tests/screens/start-80x24.screen \
	tests/screens/station-pen-opens.screen \
	tests/screens/stations.screen \
	tests/screens/step-asleep.screen \
	tests/screens/step.screen \
	tests/screens/timeline-click.screen \
	tests/screens/timeline-drag.screen \
	tests/screens/timeline-keys.screen \
	tests/screens/timeline-time.screen \
	tests/screens/too-low.screen \
	tests/screens/too-small.screen \
	tests/screens/unknown-key.screen \
	tests/screens/view-code-branch.screen \
	tests/screens/view-code-c.screen \
	tests/screens/view-code-disassembly.screen \
	tests/screens/view-code-look.screen \
	tests/screens/view-code-mixed.screen \
	tests/screens/view-code-source.screen \
	tests/screens/view-console-typing.screen \
	tests/screens/view-console.screen \
	tests/screens/view-devicetree.screen \
	tests/screens/view-events.screen \
	tests/screens/view-lesson-done.screen \
	tests/screens/view-lesson-next.screen \
	tests/screens/view-lesson-small.screen \
	tests/screens/view-lesson-wide.screen \
	tests/screens/view-lesson.screen \
	tests/screens/view-memory.screen \
	tests/screens/view-milestones.screen \
	tests/screens/view-monitors.screen \
	tests/screens/view-output.screen \
	tests/screens/view-psci.screen \
	tests/screens/view-registers-diff.screen \
	tests/screens/view-registers-simd.screen \
	tests/screens/view-registers-system.screen \
	tests/screens/view-registers.screen \
	tests/screens/view-tables-release.screen \
	tests/screens/view-tables.screen \
	tests/screens/view-timeline.screen

TESTS += $(screens) tests/smoke-tui.sh tests/smoke-lesson.sh
dist_check_SCRIPTS += tests/smoke-tui.sh tests/smoke-lesson.sh
EXTRA_DIST += tests/tmux.sh tests/qemu.sh
EXTRA_DIST += $(screens) tests/screens/lesson.md tests/screens/long.md tests/screens/wide.md

# Headless cases are data that smptutor itself runs; see smptutor help test.
cases = \
	tests/cases/by-hand.case \
	tests/cases/call-keeps.case \
	tests/cases/drive.case \
	tests/cases/power-states.case \
	tests/cases/zoo/01-sev-missing.case \
	tests/cases/zoo/02-sev-too-early.case \
	tests/cases/zoo/03-wrong-slot.case \
	tests/cases/zoo/04-one-cluster.case \
	tests/cases/zoo/05-last-cpu-lost.case \
	tests/cases/zoo/06-smc-disabled.case \
	tests/cases/zoo/07-el1-is-aarch32.case \
	tests/cases/zoo/08-release-in-kernel.case \
	tests/cases/zoo/09-neighbours-address.case \
	tests/cases/zoo/10-shared-stack.case \
	tests/cases/zoo/11-virtual-entry.case \
	tests/cases/zoo/12-no-identity-map.case \
	tests/cases/zoo/13-lost-link.case \
	tests/cases/zoo/14-two-levels.case \
	tests/cases/zoo/15-signal-first.case \
	tests/cases/zoo/16-faulty-nodes.case \
	tests/cases/zoo/17-wrong-slot-of-nobody.case \
	tests/cases/zoo/18-sev-too-early-backwards.case \
	tests/cases/zoo/19-shared-stack-backwards.case \
	tests/cases/zoo/20-lost-link-backwards.case \
	tests/cases/zoo/21-wrong-slot-backwards.case

TESTS += $(cases)
EXTRA_DIST += $(cases) tests/cases/drive.img

# Litmus tests say how a few instructions on several CPUs may end (src/front/litmus_file.h).
litmus = \
	tests/litmus/2-2w.litmus \
	tests/litmus/aba.litmus \
	tests/litmus/add-both-plain-between.litmus \
	tests/litmus/add-bytes.litmus \
	tests/litmus/add-exclusive-4.litmus \
	tests/litmus/add-exclusive.litmus \
	tests/litmus/add-halves.litmus \
	tests/litmus/add-once.litmus \
	tests/litmus/add-pair.litmus \
	tests/litmus/add-plain.litmus \
	tests/litmus/barrier.litmus \
	tests/litmus/byte.litmus \
	tests/litmus/bytes.litmus \
	tests/litmus/clrex.litmus \
	tests/litmus/corr.litmus \
	tests/litmus/corw.litmus \
	tests/litmus/cowr.litmus \
	tests/litmus/eret-is-an-event.litmus \
	tests/litmus/exception-entry.litmus \
	tests/litmus/exception-return.litmus \
	tests/litmus/exclusive-byte.litmus \
	tests/litmus/exclusive.litmus \
	tests/litmus/failed-exclusive.litmus \
	tests/litmus/handler-between.litmus \
	tests/litmus/iriw.litmus \
	tests/litmus/isa2.litmus \
	tests/litmus/lb.litmus \
	tests/litmus/loads.litmus \
	tests/litmus/lost-wake-up.litmus \
	tests/litmus/lse-add.litmus \
	tests/litmus/lse-bits.litmus \
	tests/litmus/lse-cas-lock.litmus \
	tests/litmus/lse-cas.litmus \
	tests/litmus/lse-counter.litmus \
	tests/litmus/lse-lock.litmus \
	tests/litmus/lse-mixed.litmus \
	tests/litmus/lse-pair.litmus \
	tests/litmus/lse-race.litmus \
	tests/litmus/lse-swap.litmus \
	tests/litmus/maintenance.litmus \
	tests/litmus/monitor-event-kept.litmus \
	tests/litmus/monitor-event-same-value.litmus \
	tests/litmus/mp-dmb.litmus \
	tests/litmus/mp-monitor-elsewhere.litmus \
	tests/litmus/mp-monitor-granule.litmus \
	tests/litmus/mp-monitor.litmus \
	tests/litmus/mp-release-acquire.litmus \
	tests/litmus/mp-sev-first.litmus \
	tests/litmus/mp-spin.litmus \
	tests/litmus/mp-wfe-no-sev.litmus \
	tests/litmus/mp-wfe.litmus \
	tests/litmus/mp.litmus \
	tests/litmus/never-loaded.litmus \
	tests/litmus/other-address.litmus \
	tests/litmus/other-clrex.litmus \
	tests/litmus/other-granule.litmus \
	tests/litmus/other-size.litmus \
	tests/litmus/own-store.litmus \
	tests/litmus/pen-no-sev.litmus \
	tests/litmus/pen.litmus \
	tests/litmus/peterson.litmus \
	tests/litmus/psci-handover.litmus \
	tests/litmus/psci-itself.litmus \
	tests/litmus/psci-off.litmus \
	tests/litmus/psci-race.litmus \
	tests/litmus/psci-twice.litmus \
	tests/litmus/r.litmus \
	tests/litmus/release.litmus \
	tests/litmus/replaced.litmus \
	tests/litmus/s.litmus \
	tests/litmus/same-granule.litmus \
	tests/litmus/same-value.litmus \
	tests/litmus/sb-dmb.litmus \
	tests/litmus/sb-release-acquire.litmus \
	tests/litmus/sb.litmus \
	tests/litmus/sev-kept.litmus \
	tests/litmus/sev-not-counted.litmus \
	tests/litmus/sev-to-all.litmus \
	tests/litmus/sev-to-itself.litmus \
	tests/litmus/sevl-is-local.litmus \
	tests/litmus/simd.litmus \
	tests/litmus/spin-lock-3.litmus \
	tests/litmus/spin-lock-sev.litmus \
	tests/litmus/spin-lock-wfe-3.litmus \
	tests/litmus/spin-lock-wfe.litmus \
	tests/litmus/spin-lock.litmus \
	tests/litmus/store-pair.litmus \
	tests/litmus/ticket-lock.litmus \
	tests/litmus/try-lock.litmus \
	tests/litmus/two-sleepers-chain.litmus \
	tests/litmus/used-up.litmus \
	tests/litmus/wrc.litmus \
	tests/litmus/zva.litmus

TESTS += $(litmus)
EXTRA_DIST += $(litmus)

# So are lessons: every goal is false before its solution and true after it.
TESTS += $(lessons)
EXTRA_DIST += tests/run-lesson

# A whole project that tests its own firmware; tests/check-lessons builds and runs it.
EXTRA_DIST += \
	examples/own-firmware/.github/workflows/check.yml \
	examples/own-firmware/Makefile \
	examples/own-firmware/README.md \
	examples/own-firmware/board.dts \
	examples/own-firmware/firmware.S \
	examples/own-firmware/firmware.lds \
	examples/own-firmware/tests/handover.case \
	examples/own-firmware/tests/no-lost-wakeup.case

# Everything speaks TAP, so that each test inside a program counts.
TEST_EXTENSIONS = .case .litmus .md .screen
TAP_DRIVER = env AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TAP_DRIVER)
CASE_LOG_DRIVER = $(TAP_DRIVER)
CASE_LOG_COMPILER = ./smptutor$(EXEEXT)
AM_CASE_LOG_FLAGS = test $${UPDATE:+--update-goldens}
LITMUS_LOG_DRIVER = $(TAP_DRIVER)
LITMUS_LOG_COMPILER = ./smptutor$(EXEEXT)
AM_LITMUS_LOG_FLAGS = test
MD_LOG_DRIVER = $(TAP_DRIVER)
MD_LOG_COMPILER = $(SHELL) $(srcdir)/tests/run-lesson
SCREEN_LOG_DRIVER = $(TAP_DRIVER)
SCREEN_LOG_COMPILER = tests/screens/run_screen$(EXEEXT)

AM_TESTS_ENVIRONMENT = \
	srcdir='$(srcdir)'; export srcdir; \
	OBJDUMP='$(OBJDUMP)'; export OBJDUMP; \
	GUEST_CC='$(GUEST_CC)'; export GUEST_CC; \
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
check-programs: all
	$(MAKE) $(AM_MAKEFLAGS) $(check_PROGRAMS)
.PHONY: check-programs

# Benchmarks print one line a figure (interface.md, "Benchmarks") and judge nothing, so make check leaves them alone.
bench_without_kernel = \
	tests/bench/draw \
	tests/bench/speed

bench_programs = tests/bench/back $(bench_without_kernel)

bench_scripts = \
	tests/bench/lab-qemu \
	tests/bench/linux-qemu

EXTRA_PROGRAMS = $(bench_programs)
tests_bench_back_LDADD = $(session_stack)
tests_bench_draw_LDADD = $(ui_stack)
tests_bench_speed_CPPFLAGS = $(AM_CPPFLAGS) $(UNICORN_CFLAGS)
tests_bench_speed_LDADD = $(machine_stack)
bench: all
	@$(MAKE) $(AM_MAKEFLAGS) -s $(bench_programs)
	@set -- "$${LINUX_DIR:-$${XDG_CACHE_HOME:-$$HOME/.cache}/smptutor}/vmlinuz"; [ -f "$$1" ] || shift; \
		tests/bench/back "$$@"
	@for program in $(bench_without_kernel); do srcdir='$(srcdir)' ./$$program || exit; done
	@for script in $(bench_scripts); do srcdir='$(srcdir)' $(SHELL) $(srcdir)/$$script || exit; done
.PHONY: bench

EXTRA_DIST += tests/summary $(bench_scripts) tests/bench/pairs.sh
