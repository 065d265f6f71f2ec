/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/psci_decide.c: the calls, one function each, and the table that finds them.
 */
#include "device/psci_decide.h"

#include <stddef.h>

/* Aff3, Aff2, Aff1, Aff0: the only bits that an MPIDR argument may have (5.1.4). */
static const uint64_t affinity_bits = UINT64_C(0xff00ffffff);

enum {
	STATE_POWER_DOWN = 1 << 16,
	STATE_VALID_BITS = 0x0301ffff,	/* level 25:24, type 16, id 15:0 */
	RESET2_WARM = 0,
	AFFINITY_LEVELS = 4,
};

typedef struct psci_verdict decide_fn(const struct psci_view *view, const struct psci_call *call);

static struct psci_verdict answer(int64_t value)
{
	return (struct psci_verdict){ .action = PSCI_DO_NOTHING, .value = value };
}

static struct psci_verdict act(enum psci_action action)
{
	return (struct psci_verdict){ .action = action, .value = PSCI_SUCCESS };
}

static bool is_entry(const struct psci_view *view, uint64_t entry)
{
	for (unsigned i = 0; i < view->memory_count; i++) {
		const struct psci_range *range = &view->memory[i];

		if (entry >= range->base && entry - range->base < range->size)
			return (entry & 3) == 0;
	}
	return false;
}

static int find_cpu(const struct psci_view *view, uint64_t mpidr)
{
	for (unsigned cpu = 0; cpu < view->cpu_count; cpu++)
		if (view->mpidr[cpu] == mpidr)
			return (int)cpu;
	return -1;
}

static struct psci_verdict version(const struct psci_view *view, const struct psci_call *call)
{
	(void)view;
	(void)call;
	return answer(PSCI_VERSION_1_1);
}

static struct psci_verdict smccc_version(const struct psci_view *view, const struct psci_call *call)
{
	(void)view;
	(void)call;
	return answer(SMCCC_VERSION_1_1);
}

static struct psci_verdict cpu_on(const struct psci_view *view, const struct psci_call *call)
{
	struct psci_verdict verdict = act(PSCI_DO_CPU_ON);
	int target = find_cpu(view, call->arg[0]);

	if (target < 0)
		return answer(PSCI_INVALID_PARAMETERS);
	if (!is_entry(view, call->arg[1]))
		return answer(PSCI_INVALID_ADDRESS);
	if ((unsigned)target == view->caller || view->power[target] == PSCI_POWER_ON)
		return answer(PSCI_ALREADY_ON);
	if (view->power[target] == PSCI_POWER_ON_PENDING)
		return answer(PSCI_ON_PENDING);
	verdict.target = (unsigned)target;
	verdict.entry = call->arg[1];
	verdict.context = call->arg[2];
	return verdict;
}

static struct psci_verdict cpu_off(const struct psci_view *view, const struct psci_call *call)
{
	(void)view;
	(void)call;
	return act(PSCI_DO_CPU_OFF);
}

static struct psci_verdict cpu_suspend(const struct psci_view *view, const struct psci_call *call)
{
	uint32_t state = (uint32_t)call->arg[0];
	struct psci_verdict verdict = act(PSCI_DO_SUSPEND);

	if (state & ~(uint32_t)STATE_VALID_BITS)
		return answer(PSCI_INVALID_PARAMETERS);
	if (!(state & STATE_POWER_DOWN))
		return act(PSCI_DO_STANDBY);
	if (!is_entry(view, call->arg[1]))
		return answer(PSCI_INVALID_ADDRESS);
	verdict.target = view->caller;
	verdict.entry = call->arg[1];
	verdict.context = call->arg[2];
	return verdict;
}

/* The affinity fields from LEVEL upwards. */
static uint64_t fields_from(uint64_t level)
{
	static const uint64_t masks[AFFINITY_LEVELS] = {
		UINT64_C(0xff00ffffff), UINT64_C(0xff00ffff00), UINT64_C(0xff00ff0000), UINT64_C(0xff00000000),
	};

	return masks[level];
}

static struct psci_verdict affinity_info(const struct psci_view *view, const struct psci_call *call)
{
	uint64_t mask;
	bool found = false, pending = false;

	if ((call->arg[0] & ~affinity_bits) || call->arg[1] >= AFFINITY_LEVELS)
		return answer(PSCI_INVALID_PARAMETERS);
	mask = fields_from(call->arg[1]);
	for (unsigned cpu = 0; cpu < view->cpu_count; cpu++) {
		if ((view->mpidr[cpu] ^ call->arg[0]) & mask)
			continue;
		if (view->power[cpu] == PSCI_POWER_ON)
			return answer(PSCI_AFFINITY_ON);
		found = true;
		pending |= view->power[cpu] == PSCI_POWER_ON_PENDING;
	}
	if (!found)
		return answer(PSCI_INVALID_PARAMETERS);
	return answer(pending ? PSCI_AFFINITY_ON_PENDING : PSCI_AFFINITY_OFF);
}

static struct psci_verdict migrate_info_type(const struct psci_view *view, const struct psci_call *call)
{
	(void)view;
	(void)call;
	return answer(PSCI_NO_TRUSTED_OS);
}

static struct psci_verdict system_off(const struct psci_view *view, const struct psci_call *call)
{
	(void)view;
	(void)call;
	return act(PSCI_DO_SYSTEM_OFF);
}

static struct psci_verdict system_reset(const struct psci_view *view, const struct psci_call *call)
{
	(void)view;
	(void)call;
	return act(PSCI_DO_SYSTEM_RESET);
}

static struct psci_verdict system_reset2(const struct psci_view *view, const struct psci_call *call)
{
	(void)view;
	return (uint32_t)call->arg[0] == RESET2_WARM ? act(PSCI_DO_SYSTEM_RESET) : answer(PSCI_INVALID_PARAMETERS);
}

static struct psci_verdict features(const struct psci_view *view, const struct psci_call *call);

/* What is implemented, and whether a 64-bit form of the id exists. */
static const struct implemented {
	uint32_t fn;
	bool has_smc64;
	decide_fn *decide;
} implemented[] = {
	{ PSCI_VERSION, false, version },
	{ PSCI_CPU_SUSPEND, true, cpu_suspend },
	{ PSCI_CPU_OFF, false, cpu_off },
	{ PSCI_CPU_ON, true, cpu_on },
	{ PSCI_AFFINITY_INFO, true, affinity_info },
	{ PSCI_MIGRATE_INFO_TYPE, false, migrate_info_type },
	{ PSCI_SYSTEM_OFF, false, system_off },
	{ PSCI_SYSTEM_RESET, false, system_reset },
	{ PSCI_SYSTEM_RESET2, true, system_reset2 },
	{ PSCI_FEATURES, false, features },
	{ SMCCC_VERSION, false, smccc_version },
};

static const struct implemented *find_fn(uint32_t id)
{
	for (size_t i = 0; i < sizeof(implemented) / sizeof(implemented[0]); i++) {
		const struct implemented *fn = &implemented[i];

		if (id == (fn->fn | PSCI_FAST) || (fn->has_smc64 && id == (fn->fn | PSCI_FAST | PSCI_SMC64)))
			return fn;
	}
	return NULL;
}

/* No function has a flag to report: CPU_SUSPEND's are 0 for the original format without OS-initiated mode. */
static struct psci_verdict features(const struct psci_view *view, const struct psci_call *call)
{
	(void)view;
	return answer(find_fn((uint32_t)call->arg[0]) ? PSCI_SUCCESS : PSCI_NOT_SUPPORTED);
}

struct psci_verdict psci_decide(const struct psci_view *view, const struct psci_call *call)
{
	const struct implemented *fn = find_fn(call->id);
	struct psci_call narrow = *call;

	if (!fn)
		return answer(PSCI_NOT_SUPPORTED);
	/* A 32-bit call has its arguments in w1 to w3: what is above is not part of them (SMCCC 2.7). */
	for (unsigned i = 0; i < 3 && !(call->id & PSCI_SMC64); i++)
		narrow.arg[i] = (uint32_t)narrow.arg[i];
	return fn->decide(view, &narrow);
}
