/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The boot protocol: sound boots break no rule; what firmware can do wrong breaks the one rule that names it.
 */
#include "session/contract.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "booted.h"
#include "session/contract_rules.h"
#include "session/eventring.h"
#include "unit.h"

/* The last instruction of the firmware on the way of the boot CPU, and of a secondary. */
#define DOOR_0	"until cpu0:start_cpu0+0x20"
#define DOOR_1	"until cpu1:el2_trampoline+0x1c"

static unsigned count_broken(const struct session *session)
{
	const struct eventring *ring = session_events(session);
	unsigned count = 0;

	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++) {
		const struct event *event = eventring_at(ring, n);

		count += event->kind == EVENT_FAULT && !strcmp(event->u.text.reason, CONTRACT_REASON);
	}
	return count;
}

/* The broken rules of SESSION, as one text. */
static char *broken(const struct session *session)
{
	const struct eventring *ring = session_events(session);
	struct strbuf text = STRBUF_INIT;

	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++) {
		const struct event *event = eventring_at(ring, n);

		if (event->kind == EVENT_FAULT)
			strbuf_printf(&text, "cpu%d %s\n", event->cpu, event->u.text.detail);
	}
	return strbuf_steal(&text);
}

static const char *const boards[] = {
	"psci-smc", "psci-classic", "psci-hvc", "spin-table", "big-little", "virt-gicv3",
};

/* The bundled firmware and the emulator keep every rule, on every CPU. */
START_TEST(bundled_boots_are_sound)
{
	struct session *session = booted(boards[_i], 3);
	char *text;

	booted_ok(session, "until online:3");
	text = broken(session);
	ck_assert_msg(!*text, "%s: %s", boards[_i], text);
	for (unsigned cpu = 0; cpu < 3; cpu++)
		ck_assert_ptr_nonnull(contract_entry(session_contract(session), cpu));
	free(text);
	session_free(session);
}
END_TEST

static const struct { const char *before, *says; unsigned count; } wrongs[] = {
	{ DOOR_0 "; set cpu0.x0 = cpu0.x0 + 4", "cpu0 x0 is", 2 },
	{ DOOR_0 "; set cpu0.x0 = 0x10", "x0 is 0x10, not in RAM", 2 },
	{ DOOR_0 "; set mem32[cpu0.x0] = 0", "the word at x0 is 0x00000000, not 0xd00dfeed", 1 },
	{ DOOR_0 "; set mem32[cpu0.x0 + 4] = 0x00003000", "it has 3145728 bytes", 1 },
	{ DOOR_0 "; set mem32[cpu0.x0 + 8] = 0xffffffff", "x0: not a sound device tree", 1 },
	{ DOOR_0 "; set cpu0.x1 = 1; set cpu0.x3 = 3", "x1 is 0x1, x3 is 0x3, but x1, x2 and x3 must be 0", 1 },
	{ DOOR_0 "; set cpu0.sctlr_el2 = cpu0.sctlr_el2 | 4", "its C (bit 2) is set", 1 },
	{ "until cpu0:enter_el2; set cpu0.cntfrq_el0 = 0; " DOOR_0, "cpu0 CNTFRQ_EL0 is 0", 1 },
	{ DOOR_1 "; set cpu1.x0 = 7", "cpu1 x0 is 0x7, not 0x0", 1 },
	{ DOOR_1 "; set cpu1.x2 = 5", "cpu1 x2 is 0x5, but x1, x2 and x3 must be 0 (booting.rst, 4. Call the", 1 },
	{ DOOR_1 "; set cpu1.cntvoff_el2 = 0x1000", "CNTVOFF_EL2 is 0x1000, and the boot CPU's 0x0", 1 },
	{ "until cpu1:enter_el2; set cpu1.cntfrq_el0 = 5; " DOOR_1, "CNTFRQ_EL0 is 5, and the boot CPU's 62500000", 1 },
};

START_TEST(names_what_firmware_did_wrong)
{
	struct session *session = booted("psci-smc", 2);
	char *text;

	booted_ok(session, wrongs[_i].before);
	booted_ok(session, "step 2");
	text = broken(session);
	ck_assert_msg(strstr(text, wrongs[_i].says) != NULL, "%s: %s", wrongs[_i].before, text);
	ck_assert_msg(count_broken(session) == wrongs[_i].count, "%s: %s", wrongs[_i].before, text);
	free(text);
	session_free(session);
}
END_TEST

/* A firmware without a pen lets everybody into the kernel. */
START_TEST(two_cpus_at_the_kernels_entry)
{
	struct session *session = booted("psci-smc", 2);
	char line[64], *text;

	booted_ok(session, DOOR_1);
	snprintf(line, sizeof(line), "set cpu1.x15 = 0x%" PRIx64 "; cpu 1; step 2",
		 contract_entry(session_contract(session), 0)->at);
	booted_ok(session, line);
	text = broken(session);
	ck_assert_msg(strstr(text, "cpu1 another CPU is in the kernel already") != NULL, "%s", text);
	free(text);
	session_free(session);
}
END_TEST

START_TEST(info_boot_tells)
{
	struct session *session = booted("psci-smc", 2);
	char *text;

	booted_ok(session, DOOR_0 "; set cpu0.x2 = 5; until cpu0:start_kernel");
	text = booted_do(session, "info boot", COMMAND_OK);
	ck_assert_ptr_nonnull(strstr(text, "  ok      the MMU must be off\n"));
	ck_assert_ptr_nonnull(strstr(text, "  broken  x1, x2 and x3 must be 0: x2 is 0x5 (4. Call the kernel image"));
	ck_assert_ptr_nonnull(strstr(text, "CPU1 has not entered the kernel\n"));
	free(text);
	session_free(session);
}
END_TEST

/* In the past nobody has come in yet; on the way forwards again nothing is reported twice. */
START_TEST(goes_back_with_the_machine)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = "psci-smc", .cpus = 2, .model = CPU_CORTEX_A72 },
		.keep_history = true,
	};
	struct session *session = session_new(&config, NULL);

	ck_assert_ptr_nonnull(session);
	session_start(session);
	booted_ok(session, DOOR_0 "; set cpu0.x2 = 5; until online:2");
	for (int i = 0; i < 2; i++) {
		ck_assert_uint_eq(count_broken(session), 1);
		ck_assert_ptr_nonnull(contract_entry(session_contract(session), 1));
		booted_ok(session, "goto 1000");
		ck_assert_uint_eq(count_broken(session), 0);
		ck_assert_ptr_null(contract_entry(session_contract(session), 0));
		booted_ok(session, "until online:2");
	}
	session_free(session);
}
END_TEST

/* ---- rules alone: states that no command reaches ---- */

/* A CPU that came in as it should, to be broken. */
static struct contract_entry sound(const struct session *session, bool is_primary)
{
	const struct loaded *loaded = session_loaded(session);

	return (struct contract_entry){
		.is_seen = true, .is_primary = is_primary, .at = loaded->kernel.base, .el = 2, .pstate = 0x3c9,
		.scr = 1, .x = { is_primary ? loaded->dtb_addr : 0 }, .cntfrq = 1000, .tree_size = 0x1000, .has_header = true,
		.image_size = 0x10000, .cnthctl = 3,
	};
}

typedef void break_fn(struct contract_entry *entry);

static void mask_nothing(struct contract_entry *entry) { entry->pstate = 9; }
static void come_in_el3(struct contract_entry *entry) { entry->el = 3; }
static void come_in_el1(struct contract_entry *entry) { entry->el = 1; }
static void come_secure(struct contract_entry *entry) { entry->scr = 0; }
static void turn_mmu_on(struct contract_entry *entry) { entry->sctlr = 1; }
static void close_counter(struct contract_entry *entry) { entry->el = 1; entry->cnthctl = 0; }
static void shift_image(struct contract_entry *entry) { entry->at += 0x1000; }
static void grow_image(struct contract_entry *entry) { entry->image_size = 1ull << 40; }
static void cover_tree(struct contract_entry *entry) { entry->x[0] = entry->at + 0x8000; }

static const struct { break_fn *change; bool is_primary; const char *text, *found; } states[] = {
	{ mask_nothing, true, "must be masked", "not masked: debug (D), SError (A), IRQ (I), FIQ (F)" },
	{ come_in_el3, true, "EL2 or EL1", "it is EL3" },
	{ come_in_el1, false, "the boot CPU's", "it is EL1, and the boot CPU came in EL2" },
	{ come_secure, true, "non-secure", "its NS (bit 0) is clear" },
	{ turn_mmu_on, false, "the MMU must be off", "its M (bit 0) is set" },
	{ close_counter, true, "EL1PCTEN", "CNTHCTL_EL2 is 0x0" },
	{ shift_image, true, "2 MiB boundary", "its text_offset is 0x0" },
	{ grow_image, true, "free RAM", "are not all RAM" },
	{ cover_tree, true, "free RAM", "the device tree at" },
};

START_TEST(each_rule_alone)
{
	struct session *session = booted("psci-smc", 2);
	struct contract_entry boot = sound(session, true), entry = sound(session, states[_i].is_primary);
	struct contract_case c = { session_loaded(session), &entry, &boot };
	unsigned count = 0;

	states[_i].change(&entry);
	for (size_t i = 0; i < contract_rules_count(); i++) {
		const struct contract_rule *rule = contract_rules_at(i);
		struct strbuf found = STRBUF_INIT;

		if (contract_rules_apply(rule, &c) && !rule->holds(&c, &found)) {
			ck_assert_msg(strstr(rule->text, states[_i].text) != NULL, "%s", rule->text);
			ck_assert_msg(strstr(strbuf_text(&found), states[_i].found) != NULL, "%s", strbuf_text(&found));
			count++;
		}
		strbuf_free(&found);
	}
	ck_assert_uint_eq(count, 1);
	session_free(session);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/contract");
	TCase *tc = tcase_create("contract");

	tcase_add_loop_test(tc, bundled_boots_are_sound, 0, sizeof(boards) / sizeof(boards[0]));
	tcase_add_loop_test(tc, names_what_firmware_did_wrong, 0, sizeof(wrongs) / sizeof(wrongs[0]));
	tcase_add_test(tc, two_cpus_at_the_kernels_entry);
	tcase_add_test(tc, info_boot_tells);
	tcase_add_test(tc, goes_back_with_the_machine);
	tcase_add_loop_test(tc, each_rule_alone, 0, sizeof(states) / sizeof(states[0]));
	suite_add_tcase(suite, tc);
	return suite;
}
