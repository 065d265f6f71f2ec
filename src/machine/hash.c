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

/* What a guest can read of a core's system registers, as far as it changes and no device keeps it.  A model may lack some. */
static const uint32_t hashed_regs[] = {
	SCTLR_EL1, SCTLR_EL2, SCTLR_EL3, SCR_EL3, TTBR0_EL1, TTBR1_EL1, TCR_EL1, TTBR0_EL2, TCR_EL2, TTBR0_EL3, TCR_EL3,
	MAIR_EL1, VBAR_EL1, VBAR_EL2, VBAR_EL3, SPSR_EL1, SPSR_EL2, SPSR_EL3, ELR_EL1, ELR_EL2, ELR_EL3, ESR_EL1, ESR_EL2,
	ESR_EL3, FAR_EL1, FAR_EL2, FAR_EL3, CPACR_EL1, CPTR_EL2, CPTR_EL3, CONTEXTIDR_EL1, TPIDR_EL0, TPIDRRO_EL0,
	TPIDR_EL1, TPIDR_EL2, TPIDR_EL3, VMPIDR_EL2, VPIDR_EL2, CNTKCTL_EL1, CNTHCTL_EL2,
	SYSREG(3, 3, 4, 4, 0), SYSREG(3, 3, 4, 4, 1),				/* FPCR, FPSR */
	SYSREG(3, 0, 7, 4, 0), SYSREG(3, 2, 0, 0, 0),				/* PAR_EL1, CSSELR_EL1 */
	SYSREG(3, 0, 5, 1, 0), SYSREG(3, 0, 5, 1, 1), SYSREG(3, 4, 5, 1, 0), SYSREG(3, 4, 5, 1, 1), SYSREG(3, 6, 5, 1, 0),
	SYSREG(3, 6, 5, 1, 1),							/* AFSRn_ELx */
	SYSREG(3, 4, 10, 2, 0), SYSREG(3, 6, 10, 2, 0),				/* MAIR_EL2, MAIR_EL3 */
	SYSREG(3, 0, 10, 3, 0), SYSREG(3, 4, 10, 3, 0), SYSREG(3, 6, 10, 3, 0),	/* AMAIR_ELx */
	SYSREG(3, 0, 1, 0, 1), SYSREG(3, 4, 1, 0, 1), SYSREG(3, 6, 1, 0, 1),	/* ACTLR_ELx */
	SYSREG(3, 4, 1, 1, 1), SYSREG(3, 4, 1, 1, 3), SYSREG(3, 4, 1, 1, 7),	/* MDCR_EL2, HSTR_EL2, HACR_EL2 */
	SYSREG(3, 6, 1, 1, 1), SYSREG(3, 6, 1, 3, 1),				/* SDER32_EL3, MDCR_EL3 */
	SYSREG(3, 4, 2, 1, 0), SYSREG(3, 4, 2, 1, 2), SYSREG(3, 4, 6, 0, 4),	/* VTTBR_EL2, VTCR_EL2, HPFAR_EL2 */
	SYSREG(3, 4, 3, 0, 0), SYSREG(3, 4, 5, 0, 1), SYSREG(3, 4, 5, 3, 0),	/* DACR32_EL2, IFSR32_EL2, FPEXC32_EL2 */
	SYSREG(2, 0, 0, 2, 2), SYSREG(2, 0, 1, 1, 4),				/* MDSCR_EL1, OSLSR_EL1 */
	SYSREG(3, 0, 2, 1, 0), SYSREG(3, 0, 2, 1, 1), SYSREG(3, 0, 2, 1, 2), SYSREG(3, 0, 2, 1, 3), SYSREG(3, 0, 2, 2, 0),
	SYSREG(3, 0, 2, 2, 1), SYSREG(3, 0, 2, 2, 2), SYSREG(3, 0, 2, 2, 3), SYSREG(3, 0, 2, 3, 0), SYSREG(3, 0, 2, 3, 1),
										/* keys of pointer authentication */
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

/* DBGBVRn_EL1, DBGBCRn_EL1, DBGWVRn_EL1 and DBGWCRn_EL1 have op2 4 to 7. */
static uint64_t mix_debug(uint64_t hash, const struct engine *engine)
{
	uint64_t value;

	for (unsigned n = 0; n < 16; n++)
		for (unsigned op2 = 4; op2 < 8; op2++)
			if (engine_get_sys(engine, SYSREG(2, 0, 0, n, op2), &value))
				hash = mix(hash, value);
	return hash;
}

static uint64_t mix_core(uint64_t hash, const struct engine *engine)
{
	uint64_t half[2], value;

	for (int reg = 0; reg < CPU_REG_COUNT; reg++)
		hash = mix(hash, engine_get(engine, reg));
	for (int el = 0; el <= 3; el++)
		hash = mix(hash, engine_get_stack(engine, el));
	for (unsigned n = 0; n < 32; n++) {
		engine_get_simd(engine, n, half);
		hash = mix(mix(hash, half[0]), half[1]);
	}
	for (size_t i = 0; i < sizeof(hashed_regs) / sizeof(hashed_regs[0]); i++)
		if (engine_get_sys(engine, hashed_regs[i], &value))
			hash = mix(hash, value);
	return mix_debug(hash, engine);
}

static uint64_t mix_cpu(uint64_t hash, const struct cpu *cpu)
{
	const struct reservation *held = &cpu->machine->monitor.entry[cpu->index];

	hash = mix(hash, cpu->state | cpu->event_register << 8);
	hash = mix(hash, cpu->instructions);
	hash = mix(hash, held->valid ? held->addr << 8 | held->size : 1);
	hash = mix(hash, cpu->hcr);
	for (int line = 0; line < LINE_COUNT; line++)
		hash = mix(hash, cpu->line[line]);
	return cpu->engine ? mix_core(hash, cpu->engine) : hash;
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
	uint64_t hash = mix(mix(0, machine_time(machine)), machine->idle_ticks);

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
