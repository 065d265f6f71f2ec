/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/board_report.c: a board description for people and for programs.
 */
#include "service/board_report.h"

#include <inttypes.h>

#include "base/json.h"

static const char *const conduit_names[] = {
	[BOARD_CONDUIT_NONE] = NULL,
	[BOARD_CONDUIT_SMC] = "smc",
	[BOARD_CONDUIT_HVC] = "hvc",
};

static const char *const timer_names[BOARD_TIMER_COUNT] = {
	[BOARD_TIMER_SECURE] = "secure",
	[BOARD_TIMER_PHYS] = "physical",
	[BOARD_TIMER_VIRT] = "virtual",
	[BOARD_TIMER_HYP] = "hypervisor",
};

/* SIZE in the largest binary unit that divides it. */
static void put_size(struct strbuf *out, uint64_t size)
{
	static const char *const units[] = { "", " KiB", " MiB", " GiB", " TiB" };
	size_t unit = 0;

	while (unit < 4 && size && size % 1024 == 0) {
		size /= 1024;
		unit++;
	}
	strbuf_printf(out, "%" PRIu64 "%s", size, unit ? units[unit] : " bytes");
}

static void put_range(struct strbuf *out, const struct board_range *range)
{
	strbuf_printf(out, "0x%" PRIx64 "  ", range->base);
	put_size(out, range->size);
}

static void put_ranges(struct strbuf *out, const char *title, const struct board_ranges *ranges)
{
	for (size_t i = 0; i < ranges->len; i++) {
		strbuf_printf(out, "%-10s ", title);
		put_range(out, &ranges->item[i]);
		strbuf_putc(out, '\n');
	}
}

static void put_cpu(struct strbuf *out, const struct board_cpu *cpu)
{
	size_t start = out->len;

	if (cpu->logical == BOARD_NO_LOGICAL)
		strbuf_puts(out, "  -    ");
	else
		strbuf_printf(out, "  %-4d ", cpu->logical);
	if (cpu->has_reg)
		strbuf_printf(out, "0x%-9" PRIx64 " ", cpu->mpidr);
	else
		strbuf_puts(out, "?           ");
	strbuf_printf(out, "%-11s ", cpu->enable_method ? cpu->enable_method : "-");
	if (cpu->has_release_addr)
		strbuf_printf(out, "0x%" PRIx64, cpu->release_addr);
	else
		strbuf_putc(out, '-');
	strbuf_pad(out, start + 46);
	strbuf_printf(out, " %s", cpu->path);
	if (cpu->is_disabled)
		strbuf_puts(out, "  (disabled)");
	strbuf_putc(out, '\n');
	if (cpu->problem)
		strbuf_printf(out, "       %s\n", cpu->problem);
}

static void put_cpus(struct strbuf *out, const struct board_desc *board)
{
	strbuf_printf(out, "cpus       %zu node%s", board->cpus.len, board->cpus.len == 1 ? "" : "s");
	if (board->has_boot_cpu)
		strbuf_printf(out, ", boot CPU 0x%" PRIx64, board->boot_mpidr);
	strbuf_putc(out, '\n');
	if (board->cpus.len)
		strbuf_puts(out, "  CPU  MPIDR       method      release address    node\n");
	for (size_t i = 0; i < board->cpus.len; i++)
		put_cpu(out, &board->cpus.item[i]);
}

static void put_psci(struct strbuf *out, const struct board_psci *psci)
{
	const char *conduit = conduit_names[psci->conduit];

	if (!psci->present)
		strbuf_puts(out, "psci       none\n");
	else
		strbuf_printf(out, "psci       %s, %s\n", psci->version, conduit ? conduit : "no conduit");
}

static void put_gic(struct strbuf *out, const struct board_gic *gic)
{
	if (!gic->version) {
		strbuf_puts(out, "gic        none\n");
		return;
	}
	strbuf_printf(out, "gic        v%d  distributor 0x%" PRIx64, gic->version, gic->gicd.base);
	if (gic->version == 2)
		strbuf_printf(out, ", CPU interface 0x%" PRIx64, gic->gicc.base);
	for (size_t i = 0; i < gic->gicr_count; i++)
		strbuf_printf(out, ", redistributors 0x%" PRIx64 "+0x%" PRIx64, gic->gicr[i].base, gic->gicr[i].size);
	strbuf_putc(out, '\n');
}

static void put_timer(struct strbuf *out, const struct board_timer *timer)
{
	if (!timer->present) {
		strbuf_puts(out, "timer      none\n");
		return;
	}
	strbuf_puts(out, "timer     ");
	for (int i = 0; i < BOARD_TIMER_COUNT; i++)
		if (timer->intid[i] != BOARD_NO_INTID)
			strbuf_printf(out, " %s %d", timer_names[i], timer->intid[i]);
	if (timer->frequency)
		strbuf_printf(out, ", %" PRIu32 " Hz", timer->frequency);
	strbuf_putc(out, '\n');
}

static void put_device(struct strbuf *out, const char *title, const struct board_device *device)
{
	strbuf_printf(out, "%-10s 0x%" PRIx64, title, device->reg.base);
	if (device->intid != BOARD_NO_INTID)
		strbuf_printf(out, "  interrupt %d", device->intid);
	strbuf_printf(out, "  %s (%s)\n", device->path, device->compatible);
}

/* A board may have dozens, all alike: the first and the last. */
static void put_slots(struct strbuf *out, const struct board_desc *board)
{
	enum { EACH_UP_TO = 4 };
	size_t count = board->virtio.len;
	bool is_short = count <= EACH_UP_TO;

	for (size_t i = 0; i < count; i++) {
		if (!is_short && i == 1)
			strbuf_printf(out, "           ... %zu slots in all, to:\n", count);
		if (is_short || i == 0 || i == count - 1)
			put_device(out, "virtio", &board->virtio.item[i]);
	}
}

static void put_devices(struct strbuf *out, const struct board_desc *board)
{
	for (size_t i = 0; i < board->uarts.len; i++)
		put_device(out, i ? "uart" : "console", &board->uarts.item[i]);
	put_slots(out, board);
	for (size_t i = 0; i < board->flash.len; i++)
		put_device(out, "flash", &board->flash.item[i]);
	if (board->power_gpio.path)
		put_device(out, "power", &board->power_gpio);
}

static const char *verdict(const struct board_desc *board)
{
	if (!board_desc_is_bootable(board))
		return "No kernel can boot on this tree.";
	if (!board->gic.version || !board->timer.present)
		return "The lab kernel can boot on this tree, Linux cannot.";
	return "A kernel can boot on this tree.";
}

void board_report_text(const struct board_desc *board, struct strbuf *out)
{
	strbuf_printf(out, "%s%s%s%s\n", board->name, board->model ? " (" : "", board->model ? board->model : "",
		      board->model ? ")" : "");
	put_ranges(out, "memory", &board->memory);
	put_ranges(out, "reserved", &board->reserved);
	put_ranges(out, "secure", &board->secure_memory);
	put_cpus(out, board);
	put_psci(out, &board->psci);
	put_gic(out, &board->gic);
	put_timer(out, &board->timer);
	put_devices(out, board);
	for (size_t i = 0; i < board->ignored.len; i++)
		strbuf_printf(out, "%-10s %s\n", "ignored", board->ignored.item[i]);
	for (size_t i = 0; i < board->problems.len; i++)
		strbuf_printf(out, "%-10s %s\n", board->problems.item[i].is_fatal ? "FATAL" : "problem",
			      board->problems.item[i].text);
	strbuf_printf(out, "%s\n", verdict(board));
}

static void json_range(struct json *json, const struct board_range *range)
{
	json_array_begin(json);
	json_hex(json, range->base);
	json_hex(json, range->size);
	json_array_end(json);
}

static void json_ranges(struct json *json, const char *key, const struct board_ranges *ranges)
{
	json_key(json, key);
	json_array_begin(json);
	for (size_t i = 0; i < ranges->len; i++)
		json_range(json, &ranges->item[i]);
	json_array_end(json);
}

static void json_int_or_null(struct json *json, int value)
{
	if (value < 0)
		json_null(json);
	else
		json_u64(json, value);
}

static void json_cpu(struct json *json, const struct board_cpu *cpu)
{
	json_object_begin(json);
	json_key(json, "node");
	json_string(json, cpu->path);
	json_key(json, "mpidr");
	if (cpu->has_reg)
		json_hex(json, cpu->mpidr);
	else
		json_null(json);
	json_key(json, "logical");
	json_int_or_null(json, cpu->logical);
	json_key(json, "enable_method");
	json_string(json, cpu->enable_method);
	json_key(json, "release_addr");
	if (cpu->has_release_addr)
		json_hex(json, cpu->release_addr);
	else
		json_null(json);
	json_key(json, "problem");
	json_string(json, cpu->problem);
	json_key(json, "disabled");
	json_bool(json, cpu->is_disabled);
	json_object_end(json);
}

static void json_device(struct json *json, const struct board_device *device)
{
	if (!device || !device->path) {
		json_null(json);
		return;
	}
	json_object_begin(json);
	json_key(json, "node");
	json_string(json, device->path);
	json_key(json, "compatible");
	json_string(json, device->compatible);
	json_key(json, "base");
	json_hex(json, device->reg.base);
	json_key(json, "size");
	json_hex(json, device->reg.size);
	json_key(json, "interrupt");
	json_int_or_null(json, device->intid);
	json_object_end(json);
}

static void json_devices(struct json *json, const char *key, const struct board_device *device, size_t count)
{
	json_key(json, key);
	json_array_begin(json);
	for (size_t i = 0; i < count; i++)
		json_device(json, &device[i]);
	json_array_end(json);
}

static void json_gic(struct json *json, const struct board_gic *gic)
{
	json_key(json, "gic");
	if (!gic->version) {
		json_null(json);
		return;
	}
	json_object_begin(json);
	json_key(json, "version");
	json_u64(json, gic->version);
	json_key(json, "node");
	json_string(json, gic->path);
	json_key(json, "compatible");
	json_string(json, gic->compatible);
	json_key(json, "distributor");
	json_range(json, &gic->gicd);
	json_key(json, "cpu_interface");
	if (gic->version == 2)
		json_range(json, &gic->gicc);
	else
		json_null(json);
	json_key(json, "redistributors");
	json_array_begin(json);
	for (size_t i = 0; i < gic->gicr_count; i++)
		json_range(json, &gic->gicr[i]);
	json_array_end(json);
	json_object_end(json);
}

static void json_timer(struct json *json, const struct board_timer *timer)
{
	json_key(json, "timer");
	if (!timer->present) {
		json_null(json);
		return;
	}
	json_object_begin(json);
	for (int i = 0; i < BOARD_TIMER_COUNT; i++) {
		json_key(json, timer_names[i]);
		json_int_or_null(json, timer->intid[i]);
	}
	json_key(json, "frequency");
	if (timer->frequency)
		json_u64(json, timer->frequency);
	else
		json_null(json);
	json_object_end(json);
}

static void json_lists(struct json *json, const struct board_desc *board)
{
	json_key(json, "ignored");
	json_array_begin(json);
	for (size_t i = 0; i < board->ignored.len; i++)
		json_string(json, board->ignored.item[i]);
	json_array_end(json);
	json_key(json, "problems");
	json_array_begin(json);
	for (size_t i = 0; i < board->problems.len; i++)
		json_string(json, board->problems.item[i].text);
	json_array_end(json);
}

static void json_board(struct json *json, const struct board_desc *board)
{
	json_key(json, "model");
	json_string(json, board->model);
	json_key(json, "bootable");
	json_bool(json, board_desc_is_bootable(board));
	json_key(json, "boot_cpu");
	if (board->has_boot_cpu)
		json_hex(json, board->boot_mpidr);
	else
		json_null(json);
	json_key(json, "cpus");
	json_array_begin(json);
	for (size_t i = 0; i < board->cpus.len; i++)
		json_cpu(json, &board->cpus.item[i]);
	json_array_end(json);
	json_key(json, "conduit");
	json_string(json, conduit_names[board->psci.conduit]);
	json_key(json, "psci");
	json_string(json, board->psci.version);
}

void board_report_json(const struct board_desc *board, struct strbuf *out)
{
	struct json json;

	json_init(&json, out);
	json_object_begin(&json);
	json_board(&json, board);
	json_ranges(&json, "memory", &board->memory);
	json_ranges(&json, "reserved", &board->reserved);
	json_ranges(&json, "secure_memory", &board->secure_memory);
	json_key(&json, "uart");
	json_device(&json, board->uarts.len ? &board->uarts.item[0] : NULL);
	json_gic(&json, &board->gic);
	json_timer(&json, &board->timer);
	json_devices(&json, "virtio", board->virtio.item, board->virtio.len);
	json_devices(&json, "flash", board->flash.item, board->flash.len);
	json_key(&json, "power_gpio");
	json_device(&json, &board->power_gpio);
	json_key(&json, "stdout");
	json_string(&json, board->stdout_path);
	json_lists(&json, board);
	json_object_end(&json);
	strbuf_putc(out, '\n');
}
