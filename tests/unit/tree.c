/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/tree.c: small device trees, made in memory, for tests to break.
 */
#include "tree.h"

#include <check.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { BLOB_SIZE = 1 << 16, PATH_SIZE = 128, FIRST_PHANDLE = 0x10, GIC_PHANDLE = 1 };

struct dtb *tree_empty(void)
{
	static uint64_t blob[512];
	struct error err = ERROR_NONE;
	struct dtb *dtb;

	ck_assert_int_eq(fdt_create_empty_tree(blob, sizeof(blob)), 0);
	dtb = dtb_from_memory(blob, sizeof(blob), "test.dtb", &err);
	ck_assert_msg(dtb != NULL, "%s", err.text);
	return dtb;
}

static int find(const struct dtb *dtb, const char *path)
{
	int node = dtb_find_path(dtb, path);

	ck_assert_msg(node != DTB_NONE, "no node %s", path);
	return node;
}

int tree_add(struct dtb *dtb, const char *parent, const char *name)
{
	struct error err = ERROR_NONE;
	int node = dtb_add_node(dtb, find(dtb, parent), name, &err);

	ck_assert_msg(node != DTB_NONE, "%s", err.text);
	return node;
}

void tree_cells(struct dtb *dtb, const char *path, const char *name, const uint32_t *cells, unsigned int count)
{
	uint8_t *data = xcalloc(count + 1, 4);
	struct error err = ERROR_NONE;

	for (unsigned int i = 0; i < count; i++)
		dtb_write_cells(data + i * 4, 1, cells[i]);
	ck_assert_msg(dtb_set_prop(dtb, find(dtb, path), name, data, count * 4, &err), "%s", err.text);
	free(data);
}

void tree_string(struct dtb *dtb, const char *path, const char *name, const char *value)
{
	struct error err = ERROR_NONE;

	ck_assert_msg(dtb_set_string(dtb, find(dtb, path), name, value, &err), "%s", err.text);
}

void tree_remove(struct dtb *dtb, const char *path, const char *name)
{
	ck_assert(dtb_has_prop(dtb, find(dtb, path), name));
	ck_assert(dtb_delete_prop(dtb, find(dtb, path), name, NULL));
}

void tree_remove_node(struct dtb *dtb, const char *path)
{
	ck_assert(dtb_delete_node(dtb, find(dtb, path), NULL));
}

/* DTB again, from the BLOB that was made of it. */
static struct dtb *reload(struct dtb *dtb, void *blob)
{
	struct error err = ERROR_NONE;
	struct dtb *made = dtb_from_memory(blob, fdt_totalsize(blob), dtb_name(dtb), &err);

	ck_assert_msg(made != NULL, "%s", err.text);
	free(blob);
	dtb_free(dtb);
	return made;
}

static void *open_blob(struct dtb *dtb)
{
	void *blob = xzalloc(BLOB_SIZE);
	size_t size;

	ck_assert_int_eq(fdt_open_into(dtb_blob(dtb, &size), blob, BLOB_SIZE), 0);
	return blob;
}

struct dtb *tree_reserve(struct dtb *dtb, uint64_t base, uint64_t size)
{
	void *blob = open_blob(dtb);

	ck_assert_int_eq(fdt_add_mem_rsv(blob, base, size), 0);
	return reload(dtb, blob);
}

struct dtb *tree_boot_cpu(struct dtb *dtb, uint32_t cpuid)
{
	void *blob = open_blob(dtb);

	fdt_set_boot_cpuid_phys(blob, cpuid);
	return reload(dtb, blob);
}

static void add_devices(struct dtb *dtb)
{
	tree_add(dtb, "/", "memory@40000000");
	tree_string(dtb, "/memory", "device_type", "memory");
	TREE_CELLS(dtb, "/memory", "reg", 0, 0x40000000, 0, 0x08000000);
	tree_add(dtb, "/", "intc@8000000");
	tree_string(dtb, "/intc", "compatible", "arm,cortex-a15-gic");
	TREE_CELLS(dtb, "/intc", "reg", 0, 0x08000000, 0, 0x10000, 0, 0x08010000, 0, 0x10000);
	TREE_CELLS(dtb, "/intc", "#interrupt-cells", 3);
	TREE_CELLS(dtb, "/intc", "phandle", GIC_PHANDLE);
	tree_add(dtb, "/", "pl011@9000000");
	tree_string(dtb, "/pl011", "compatible", "arm,pl011");
	TREE_CELLS(dtb, "/pl011", "reg", 0, 0x09000000, 0, 0x1000);
	TREE_CELLS(dtb, "/pl011", "interrupts", 0, 1, 4);
	tree_add(dtb, "/", "timer");
	tree_string(dtb, "/timer", "compatible", "arm,armv8-timer");
	TREE_CELLS(dtb, "/timer", "interrupts", 1, 13, 0xf04, 1, 14, 0xf04, 1, 11, 0xf04, 1, 10, 0xf04);
}

static void add_cpu(struct dtb *dtb, uint64_t mpidr, unsigned int index, const char *method)
{
	char name[32], path[PATH_SIZE];

	snprintf(name, sizeof(name), "cpu@%llx", (unsigned long long)mpidr);
	snprintf(path, sizeof(path), "/cpus/%s", name);
	tree_add(dtb, "/cpus", name);
	tree_string(dtb, path, "device_type", "cpu");
	TREE_CELLS(dtb, path, "reg", mpidr >> 32, mpidr);
	tree_string(dtb, path, "enable-method", method);
	TREE_CELLS(dtb, path, "phandle", FIRST_PHANDLE + index);
	if (strcmp(method, "spin-table") == 0)
		TREE_CELLS(dtb, path, "cpu-release-addr", 0, 0x4000f000 + index * 8);
}

struct dtb *tree_board(const uint64_t *mpidr, unsigned int count, const char *method)
{
	struct dtb *dtb = tree_empty();

	TREE_CELLS(dtb, "/", "#address-cells", 2);
	TREE_CELLS(dtb, "/", "#size-cells", 2);
	TREE_CELLS(dtb, "/", "interrupt-parent", GIC_PHANDLE);
	add_devices(dtb);
	tree_add(dtb, "/", "cpus");
	TREE_CELLS(dtb, "/cpus", "#address-cells", 2);
	TREE_CELLS(dtb, "/cpus", "#size-cells", 0);
	for (unsigned int i = 0; i < count; i++)
		add_cpu(dtb, mpidr[i], i, method);
	if (strcmp(method, "spin-table") == 0)
		return tree_reserve(dtb, 0x4000f000, 0x1000);
	tree_add(dtb, "/", "psci");
	tree_string(dtb, "/psci", "compatible", "arm,psci-1.0");
	tree_string(dtb, "/psci", "method", "smc");
	return dtb;
}

struct dtb *tree_psci(unsigned int count)
{
	uint64_t mpidr[256];

	for (unsigned int i = 0; i < count; i++)
		mpidr[i] = i;
	return tree_board(mpidr, count, "psci");
}
