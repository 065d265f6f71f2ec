/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/psci_name.c: the names.
 */
#include "device/psci_name.h"

#include <stddef.h>

static const struct fn_name {
	uint32_t id;
	const char *name;
} fn_names[] = {
	{ PSCI_VERSION, "PSCI_VERSION" },
	{ PSCI_CPU_SUSPEND, "CPU_SUSPEND" },
	{ PSCI_CPU_OFF, "CPU_OFF" },
	{ PSCI_CPU_ON, "CPU_ON" },
	{ PSCI_AFFINITY_INFO, "AFFINITY_INFO" },
	{ PSCI_MIGRATE, "MIGRATE" },
	{ PSCI_MIGRATE_INFO_TYPE, "MIGRATE_INFO_TYPE" },
	{ PSCI_MIGRATE_INFO_UP_CPU, "MIGRATE_INFO_UP_CPU" },
	{ PSCI_SYSTEM_OFF, "SYSTEM_OFF" },
	{ PSCI_SYSTEM_RESET, "SYSTEM_RESET" },
	{ PSCI_FEATURES, "PSCI_FEATURES" },
	{ PSCI_SYSTEM_RESET2, "SYSTEM_RESET2" },
	{ SMCCC_VERSION, "SMCCC_VERSION" },
};

/* By -value. */
static const char *const error_names[] = {
	"SUCCESS", "NOT_SUPPORTED", "INVALID_PARAMETERS", "DENIED", "ALREADY_ON",
	"ON_PENDING", "INTERNAL_FAILURE", "NOT_PRESENT", "DISABLED", "INVALID_ADDRESS",
};

static const char *const affinity_names[] = { "ON", "OFF", "ON_PENDING" };

static uint32_t base_id(uint32_t id)
{
	return id & ~(PSCI_FAST | PSCI_SMC64);
}

const char *psci_fn_name(uint32_t id)
{
	if (!(id & PSCI_FAST))
		return NULL;
	for (size_t i = 0; i < sizeof(fn_names) / sizeof(fn_names[0]); i++)
		if (fn_names[i].id == base_id(id))
			return fn_names[i].name;
	return NULL;
}

const char *psci_value_name(uint32_t id, int64_t value)
{
	int32_t w0 = (int32_t)value;
	uint32_t fn = base_id(id);

	if (w0 < 0 && w0 >= PSCI_INVALID_ADDRESS)
		return error_names[-w0];
	if (fn == PSCI_AFFINITY_INFO && w0 >= 0 && w0 <= PSCI_AFFINITY_ON_PENDING)
		return affinity_names[w0];
	if (fn == PSCI_VERSION || fn == SMCCC_VERSION || fn == PSCI_MIGRATE_INFO_TYPE || fn == PSCI_FEATURES)
		return NULL;
	return w0 == 0 ? error_names[0] : NULL;
}
