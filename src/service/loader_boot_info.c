/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/loader_boot_info.c: filling in the bundled firmware's block of facts (asm/include/boot_info.h).
 */
#include <inttypes.h>
#include <string.h>

#include "../asm/include/boot_info.h"
#include "service/board_desc.h"
#include "service/loader_images.h"
#include "service/symbols.h"

static void put(uint8_t *block, unsigned offset, uint64_t value)
{
	for (unsigned i = 0; i < 8; i++)
		block[offset + i] = (uint8_t)(value >> i * 8);
}

static void put_cpu(const struct loaded *loaded, uint8_t *block, unsigned slot)
{
	uint64_t mpidr = cpu_mpidr(machine_cpu_const(loaded->machine, loaded->slot_cpu[slot]));
	unsigned entry = BOOT_INFO_CPUS + slot * BOOT_CPU_SIZE;
	const struct board_desc *desc = loaded->desc;

	put(block, entry + BOOT_CPU_MPIDR, mpidr);
	for (size_t i = 0; i < desc->cpus.len; i++) {
		const struct board_cpu *cpu = &desc->cpus.item[i];

		if (cpu->has_mpidr && cpu->mpidr == mpidr && cpu->has_release_addr &&
		    loaded->method == METHOD_SPIN_TABLE)
			put(block, entry + BOOT_CPU_RELEASE_ADDR, cpu->release_addr);
	}
}

static void put_devices(const struct board_desc *desc, uint8_t *block)
{
	put(block, BOOT_INFO_UART, desc->uarts.len ? desc->uarts.item[0].reg.base : 0);
	put(block, BOOT_INFO_GICD, desc->gic.gicd.base);
	put(block, BOOT_INFO_GICC, desc->gic.version == 2 ? desc->gic.gicc.base : 0);
	put(block, BOOT_INFO_GICR, desc->gic.version == 3 && desc->gic.gicr_count ? desc->gic.gicr[0].base : 0);
	for (size_t i = 1; i < desc->gic.gicr_count && i <= BOOT_INFO_GICR_MORE_MAX; i++)
		put(block, BOOT_INFO_GICR_MORE + (unsigned)(i - 1) * 8, desc->gic.gicr[i].base);
	put(block, BOOT_INFO_GIC_VERSION, (uint64_t)desc->gic.version);
	put(block, BOOT_INFO_POWER_GPIO, BOARD_POWER_GPIO_BASE);
}

/* Firmware of another make has its addresses linked in; a kernel put elsewhere is out of its reach. */
static void note_untold(struct loaded *loaded)
{
	if (loaded->kernel.present && !loaded->inside_tree.size)
		loader_note(loaded, "%s has no symbol boot_info: nothing tells it that the kernel is at 0x%" PRIx64
			    " and the device tree at 0x%" PRIx64, loaded->firmware.file, loaded->kernel.entry,
			    loaded->dtb_addr);
}

bool loader_fill_boot_info(struct loaded *loaded, struct error *err)
{
	const struct board_desc *desc = loaded->desc;
	uint8_t block[BOOT_INFO_SIZE] = { 0 };
	gva_t at;

	if (!loaded->firmware.present)
		return true;
	if (!symbols_find_addr(loaded->symbols, "firmware:boot_info", &at)) {
		note_untold(loaded);
		return true;
	}
	/* Firmware that brings its kernel has filled the block in itself. */
	if (loaded->inside_tree.size)
		return true;
	put(block, BOOT_INFO_MAGIC_OFF, BOOT_INFO_MAGIC);
	put(block, BOOT_INFO_CPU_COUNT, loaded->cpu_count);
	put(block, BOOT_INFO_KERNEL, loaded->kernel.present ? loaded->kernel.entry : 0);
	put(block, BOOT_INFO_DTB, loaded->dtb_addr);
	put(block, BOOT_INFO_CNTFRQ, desc->timer.frequency ? desc->timer.frequency : MACHINE_CNTFRQ);
	put_devices(desc, block);
	for (unsigned slot = 0; slot < loaded->cpu_count; slot++)
		put_cpu(loaded, block, slot);
	if (machine_poke(loaded->machine, at, block, sizeof(block)))
		return true;
	return error_set(err, "%s: its boot_info at 0x%llx is not in memory", loaded->firmware.file,
			 (unsigned long long)at);
}
