/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/hash.c: one number for the state of a machine.
 *
 * Two machines that ran the same way have the same hash, whatever the host.  It is for telling states apart, not for
 * security.
 */
#include <string.h>

#include "base/zero.h"
#include "machine/core.h"
#include "machine/sysreg.h"

/* System registers that make up a CPU's state for the hash. */
static const uint32_t hashed_regs[] = {
	SCTLR_EL1, SCTLR_EL2, SCTLR_EL3, SCR_EL3, TTBR0_EL1, TTBR1_EL1, TCR_EL1, TTBR0_EL2, TCR_EL2, TTBR0_EL3, TCR_EL3,
	MAIR_EL1, VBAR_EL1, VBAR_EL2, VBAR_EL3, SPSR_EL1, SPSR_EL2, SPSR_EL3, ELR_EL1, ELR_EL2, ELR_EL3, ESR_EL1, ESR_EL2,
	ESR_EL3, FAR_EL1, FAR_EL2, FAR_EL3, CPACR_EL1, CPTR_EL2, CPTR_EL3, CONTEXTIDR_EL1, TPIDR_EL0, TPIDRRO_EL0,
	TPIDR_EL1, TPIDR_EL2, TPIDR_EL3, VMPIDR_EL2, CNTKCTL_EL1, CNTHCTL_EL2,
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15;
	return hash ^ hash >> 29;
}

static uint64_t mix_bytes(uint64_t hash, const uint8_t *bytes, size_t len)
{
	uint64_t word;

	for (; len >= sizeof(word); bytes += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, bytes, sizeof(word));
		hash = mix(hash, word);
	}
	word = 0;
	memcpy(&word, bytes, len);
	return mix(hash, word);
}

static uint64_t mix_cpu(uint64_t hash, const struct cpu *cpu)
{
	const struct reservation *held = &cpu->machine->monitor.entry[cpu->index];
	uint64_t half[2], value;

	hash = mix(hash, cpu->state | cpu->event_register << 8);
	hash = mix(hash, cpu->instructions);
	hash = mix(hash, held->valid ? held->addr << 8 | held->size : 1);
	hash = mix(hash, cpu->hcr);
	for (int reg = 0; cpu->engine && reg < CPU_REG_COUNT; reg++)
		hash = mix(hash, engine_get(cpu->engine, reg));
	for (unsigned n = 0; cpu->engine && n < 32; n++) {
		engine_get_simd(cpu->engine, n, half);
		hash = mix(mix(hash, half[0]), half[1]);
	}
	for (size_t i = 0; cpu->engine && i < sizeof(hashed_regs) / sizeof(hashed_regs[0]); i++)
		if (engine_get_sys(cpu->engine, hashed_regs[i], &value))
			hash = mix(hash, value);
	return hash;
}

/* Pages of zeroes are as if they had never been touched. */
static uint64_t mix_region(uint64_t hash, const struct region *region)
{
	for (uint64_t offset = 0; offset < region->size; offset += PAGE_SIZE) {
		const uint8_t *page = region->host + offset;

		if (region->page_flags[offset >> PAGE_SHIFT] & PAGE_TOUCHED && !zero_fills(page, PAGE_SIZE))
			hash = mix_bytes(mix(hash, region->base + offset), page, PAGE_SIZE);
	}
	return hash;
}

uint64_t machine_hash(const struct machine *machine)
{
	uint64_t hash = mix(0, machine_time(machine));

	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		hash = mix_cpu(hash, machine->cpu[i]);
	for (size_t i = 0; i < machine->bus.regions.len; i++)
		if (machine->bus.regions.item[i]->host)
			hash = mix_region(hash, machine->bus.regions.item[i]);
	for (size_t i = 0; i < machine->devices.len; i++) {
		struct strbuf state = STRBUF_INIT;

		if (machine->devices.item[i].ops->save)
			machine->devices.item[i].ops->save(machine->devices.item[i].dev, &state);
		hash = mix_bytes(hash, (const uint8_t *)strbuf_text(&state), state.len);
		strbuf_free(&state);
	}
	return hash;
}
