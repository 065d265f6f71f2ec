/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A disk on virtio-mmio: registers, agreeing on features, requests, and drivers that break the rules.
 */
#include <string.h>

#include "unit.h"
#include "virtio_rig.h"

enum {
	T_IN = 0, T_OUT = 1, T_FLUSH = 4, T_GET_ID = 8, T_DISCARD = 11,
	S_OK = 0, S_IOERR = 1, S_UNSUPP = 2, NOT_SET = 0xee,
	SECTOR = VIRTIO_BLK_SECTOR, DATA = RIG_DATA + 0x1000,
	USED_BUFFER = 1, CONFIG_CHANGE = 2,
};

#define VERSION_1	(UINT64_C(1) << 32)
#define F_RO		(UINT64_C(1) << 5)
#define F_FLUSH		(UINT64_C(1) << 9)
#define F_INDIRECT	(UINT64_C(1) << 28)

static struct virtio_rig rig;

static void setup(void)
{
	virtio_rig_init(&rig, false);
}

static void teardown(void)
{
	virtio_rig_free(&rig);
}

static void start(void)
{
	rig_start(&rig, VERSION_1 | F_FLUSH, RIG_QUEUE);
	ck_assert_uint_eq(rig_get(&rig, MMIO_STATUS), STATUS_READY);
}

static uint16_t used_index(void)
{
	uint16_t index;

	machine_peek(rig.machine, RIG_USED + 2, &index, sizeof(index));
	return index;
}

static uint32_t used_len(unsigned n)
{
	uint32_t element[2];

	machine_peek(rig.machine, RIG_USED + 4 + n % RIG_QUEUE * sizeof(element), element, sizeof(element));
	return element[1];
}

static void fill_data(uint8_t byte, size_t len)
{
	uint8_t bytes[4 * SECTOR];

	memset(bytes, byte, len);
	machine_poke(rig.machine, DATA, bytes, len);
}

static void assert_data(const uint8_t *bytes, size_t len)
{
	uint8_t data[RIG_SECTORS * SECTOR];

	machine_peek(rig.machine, DATA, data, len);
	ck_assert(!memcmp(data, bytes, len));
}

static bool is_broken(void)
{
	return rig_get(&rig, MMIO_STATUS) & STATUS_NEEDS_RESET;
}

/* ---- registers ---- */

static const struct { unsigned reg; uint32_t value; } registers[] = {
	{ MMIO_MAGIC, 0x74726976 }, { MMIO_VERSION, 2 }, { MMIO_DEVICE_ID, 2 }, { MMIO_VENDOR_ID, 0x746d7073 },
	{ MMIO_DEVICE_FEATURES, 0x244 }, { MMIO_QUEUE_NUM_MAX, 256 }, { MMIO_QUEUE_READY, 0 },
	{ MMIO_INTERRUPT_STATUS, 0 }, { MMIO_STATUS, 0 }, { MMIO_SHM_LENGTH, 0xffffffff },
	{ MMIO_CONFIG_GENERATION, 0 }, { MMIO_CONFIG, RIG_SECTORS }, { MMIO_CONFIG + 4, 0 }, { MMIO_CONFIG + 12, 254 },
	{ MMIO_CONFIG + 20, 512 }, { MMIO_CONFIG + 24, 0 }, { 0x1fc, 0 },
};

START_TEST(register_after_reset)
{
	ck_assert_uint_eq(rig_get(&rig, registers[_i].reg), registers[_i].value);
	ck_assert_uint_eq(virtio_ops.read(&rig.page, 0, VIRTIO_SLOT_SIZE + registers[_i].reg, 4), registers[_i].value);
}
END_TEST

START_TEST(access_sizes)
{
	/* Registers of another size than 4 are none; the configuration has bytes. */
	ck_assert_uint_eq(virtio_ops.peek(&rig.page, 0, VIRTIO_SLOT_SIZE + MMIO_MAGIC, 1), 0);
	ck_assert_uint_eq(virtio_ops.peek(&rig.page, 0, VIRTIO_SLOT_SIZE + MMIO_MAGIC, 8), 0);
	ck_assert_uint_eq(virtio_ops.peek(&rig.page, 0, VIRTIO_SLOT_SIZE + MMIO_CONFIG + 21, 1), 2);
	ck_assert_uint_eq(virtio_ops.peek(&rig.page, 0, VIRTIO_SLOT_SIZE + MMIO_CONFIG + 20, 2), 512);
	ck_assert_uint_eq(virtio_ops.peek(&rig.page, 0, VIRTIO_SLOT_SIZE + MMIO_CONFIG, 8), RIG_SECTORS);
	virtio_ops.write(&rig.page, 0, VIRTIO_SLOT_SIZE + MMIO_STATUS, 1, 1);
	ck_assert_uint_eq(rig_get(&rig, MMIO_STATUS), 0);
	/* Its neighbours are empty. */
	ck_assert_uint_eq(virtio_ops.peek(&rig.page, 0, MMIO_MAGIC, 4), 0x74726976);
	ck_assert_uint_eq(virtio_ops.peek(&rig.page, 0, MMIO_DEVICE_ID, 4), 0);
	virtio_ops.write(&rig.page, 0, MMIO_STATUS, 4, 1);
	ck_assert_uint_eq(virtio_ops.peek(&rig.page, 0, MMIO_STATUS, 4), 0);
}
END_TEST

START_TEST(other_queues)
{
	rig_put(&rig, MMIO_QUEUE_SEL, 1);
	ck_assert_uint_eq(rig_get(&rig, MMIO_QUEUE_NUM_MAX), 0);
	rig_put(&rig, MMIO_QUEUE_READY, 1);
	ck_assert_uint_eq(rig_get(&rig, MMIO_QUEUE_READY), 0);
	ck_assert(!is_broken());
	rig_put(&rig, MMIO_DEVICE_FEATURES_SEL, 1);
	ck_assert_uint_eq(rig_get(&rig, MMIO_DEVICE_FEATURES), 1);
	rig_put(&rig, MMIO_DEVICE_FEATURES_SEL, 2);
	ck_assert_uint_eq(rig_get(&rig, MMIO_DEVICE_FEATURES), 0);
}
END_TEST

static const struct { uint64_t features; bool agreed; } agreements[] = {
	{ VERSION_1, true }, { VERSION_1 | F_FLUSH, true }, { VERSION_1 | F_RO, false },
	{ VERSION_1 | F_INDIRECT, false }, { F_FLUSH, false }, { 0, false },
};

START_TEST(features)
{
	rig_start(&rig, agreements[_i].features, RIG_QUEUE);
	ck_assert_int_eq(!!(rig_get(&rig, MMIO_STATUS) & STATUS_FEATURES_OK), agreements[_i].agreed);
	/* Without agreement nothing is served. */
	ck_assert_uint_eq(rig_request(&rig, T_IN, 0, SECTOR), agreements[_i].agreed ? S_OK : NOT_SET);
}
END_TEST

/* ---- requests ---- */

START_TEST(reads)
{
	start();
	ck_assert_uint_eq(rig_request(&rig, T_IN, 5, 2 * SECTOR), S_OK);
	assert_data(rig.image + 5 * SECTOR, 2 * SECTOR);
	ck_assert_uint_eq(used_index(), 1);
	ck_assert_uint_eq(used_len(0), 2 * SECTOR + 1);
	ck_assert_uint_eq(rig_get(&rig, MMIO_INTERRUPT_STATUS), USED_BUFFER);
	ck_assert(rig.line);
	rig_put(&rig, MMIO_INTERRUPT_ACK, USED_BUFFER);
	ck_assert(!rig.line);
	ck_assert_uint_eq(rig_request(&rig, T_IN, 0, RIG_SECTORS * SECTOR), S_OK);
	assert_data(rig.image, RIG_SECTORS * SECTOR);
	/* The queue comes round. */
	for (unsigned i = 2; i < 3 * RIG_QUEUE; i++)
		ck_assert_uint_eq(rig_request(&rig, T_IN, i, SECTOR), S_OK);
	ck_assert_uint_eq(used_index(), 3 * RIG_QUEUE);
}
END_TEST

START_TEST(writes)
{
	uint8_t want[3 * SECTOR], was[3 * SECTOR];

	start();
	memcpy(was, rig.image + 31 * SECTOR - SECTOR, sizeof(was));
	memcpy(want, was, sizeof(want));
	memset(want + SECTOR, 0x5a, 2 * SECTOR);
	fill_data(0x5a, 2 * SECTOR);
	ck_assert_uint_eq(rig_request(&rig, T_OUT, 31, 2 * SECTOR), S_OK);
	ck_assert_uint_eq(used_len(0), 1);
	ck_assert_uint_eq(rig_request(&rig, T_FLUSH, 0, 0), S_OK);
	ck_assert_uint_eq(rig_request(&rig, T_IN, 30, 3 * SECTOR), S_OK);
	assert_data(want, sizeof(want));
	/* The image is as it was. */
	ck_assert(!memcmp(was, rig.image + 30 * SECTOR, sizeof(was)));
}
END_TEST

START_TEST(serial_number)
{
	static const uint8_t serial[20] = "drive3";

	start();
	ck_assert_uint_eq(rig_request(&rig, T_GET_ID, 0, 20), S_OK);
	assert_data(serial, sizeof(serial));
}
END_TEST

/* Header and status in pieces, data in two buffers: the framing is the driver's. */
START_TEST(framing)
{
	const struct { uint32_t type, reserved; uint64_t sector; } header = { T_IN, 0, 1 };
	uint8_t status = NOT_SET;

	start();
	machine_poke(rig.machine, RIG_DATA, &header, sizeof(header));
	rig_desc(&rig, 5, RIG_DATA, 3, DESC_NEXT, 1);
	rig_desc(&rig, 1, RIG_DATA + 3, 0, DESC_NEXT, 0);
	rig_desc(&rig, 0, RIG_DATA + 3, 13, DESC_NEXT, 7);
	rig_desc(&rig, 7, DATA, 100, DESC_NEXT | DESC_WRITE, 2);
	rig_desc(&rig, 2, DATA + 100, SECTOR - 100 + 1, DESC_WRITE, 0);
	rig_offer(&rig, 5);
	rig_notify(&rig);
	ck_assert_uint_eq(used_index(), 1);
	assert_data(rig.image + SECTOR, SECTOR);
	machine_peek(rig.machine, DATA + SECTOR, &status, 1);
	ck_assert_uint_eq(status, S_OK);
}
END_TEST

static const struct { uint32_t type; uint64_t sector; uint32_t len; uint8_t status; } refused[] = {
	{ T_IN, RIG_SECTORS, SECTOR, S_IOERR }, { T_IN, RIG_SECTORS - 1, 2 * SECTOR, S_IOERR },
	{ T_IN, UINT64_MAX, SECTOR, S_IOERR }, { T_IN, UINT64_MAX / SECTOR + 1, SECTOR, S_IOERR },
	{ T_IN, 0, SECTOR + 1, S_IOERR }, { T_OUT, RIG_SECTORS, SECTOR, S_IOERR }, { T_OUT, 0, 100, S_IOERR },
	{ T_DISCARD, 0, SECTOR, S_UNSUPP }, { UINT32_MAX, 0, SECTOR, S_UNSUPP }, { T_IN, RIG_SECTORS, 0, S_OK },
};

START_TEST(refuses)
{
	uint8_t now[sizeof(rig.image)];

	start();
	ck_assert_uint_eq(rig_request(&rig, refused[_i].type, refused[_i].sector, refused[_i].len), refused[_i].status);
	ck_assert(!is_broken());
	virtio_blk_peek(rig.blk, 0, now, sizeof(now));
	ck_assert(!memcmp(now, rig.image, sizeof(now)));
	/* And goes on. */
	ck_assert_uint_eq(rig_request(&rig, T_IN, 0, SECTOR), S_OK);
}
END_TEST

START_TEST(read_only)
{
	virtio_rig_free(&rig);
	virtio_rig_init(&rig, true);
	ck_assert(rig_get(&rig, MMIO_DEVICE_FEATURES) & F_RO);
	rig_start(&rig, VERSION_1 | F_RO, RIG_QUEUE);
	ck_assert_uint_eq(rig_request(&rig, T_OUT, 0, SECTOR), S_IOERR);
	ck_assert_uint_eq(rig_request(&rig, T_IN, 0, SECTOR), S_OK);
	assert_data(rig.image, SECTOR);
}
END_TEST

START_TEST(no_interrupt_wanted)
{
	const uint16_t no_interrupt = 1;

	start();
	machine_poke(rig.machine, RIG_AVAIL, &no_interrupt, sizeof(no_interrupt));
	ck_assert_uint_eq(rig_request(&rig, T_IN, 0, SECTOR), S_OK);
	ck_assert(!rig.line);
}
END_TEST

/* Only what was notified is looked for, and not before the driver is ready. */
START_TEST(waits_for_the_driver)
{
	start();
	rig_put(&rig, MMIO_STATUS, STATUS_READY & ~(unsigned)STATUS_DRIVER_OK);
	ck_assert_uint_eq(rig_request(&rig, T_IN, 0, SECTOR), NOT_SET);
	rig_put(&rig, MMIO_STATUS, STATUS_READY);
	virtio_ops.poll(&rig.page, 0);
	ck_assert_uint_eq(used_index(), 1);
	rig_offer(&rig, 0);
	virtio_ops.poll(&rig.page, 0);
	ck_assert_uint_eq(used_index(), 1);
	rig_notify(&rig);
	ck_assert_uint_eq(used_index(), 2);
}
END_TEST

/* ---- drivers that break the rules ---- */

static void good_chain(void)
{
	static const uint8_t header[16];

	machine_poke(rig.machine, RIG_DATA, header, sizeof(header));
	rig_desc(&rig, 0, RIG_DATA, 16, DESC_NEXT, 1);
	rig_desc(&rig, 1, DATA, SECTOR + 1, DESC_WRITE, 0);
}

static void outside_ram(void)
{
	rig_desc(&rig, 1, RIG_RAM + RIG_RAM_SIZE - SECTOR, SECTOR + 1, DESC_WRITE, 0);
}

static void at_a_device(void)
{
	rig_desc(&rig, 1, 0x0a000000, SECTOR + 1, DESC_WRITE, 0);
}

static void past_all_addresses(void)
{
	rig_desc(&rig, 1, UINT64_MAX - 10, 100, DESC_WRITE, 0);
}

static void in_storage(void)
{
	rig_desc(&rig, 1, UINT64_C(1) << 60, SECTOR + 1, DESC_WRITE, 0);
}

static void loop_of_one(void)
{
	rig_desc(&rig, 0, RIG_DATA, 16, DESC_NEXT, 0);
}

static void loop_of_three(void)
{
	rig_desc(&rig, 1, DATA, SECTOR, DESC_NEXT | DESC_WRITE, 2);
	rig_desc(&rig, 2, DATA, SECTOR, DESC_NEXT | DESC_WRITE, 1);
}

static void next_past_the_table(void)
{
	rig_desc(&rig, 0, RIG_DATA, 16, DESC_NEXT, RIG_QUEUE);
}

static void indirect(void)
{
	rig_desc(&rig, 1, DATA, SECTOR + 1, DESC_WRITE | DESC_INDIRECT, 0);
}

static void readable_after_writable(void)
{
	rig_desc(&rig, 0, DATA, SECTOR + 1, DESC_WRITE | DESC_NEXT, 1);
	rig_desc(&rig, 1, RIG_DATA, 16, 0, 0);
}

static void short_header(void)
{
	rig_desc(&rig, 0, RIG_DATA, 15, DESC_NEXT, 1);
}

static void no_status(void)
{
	rig_desc(&rig, 0, RIG_DATA, 16, 0, 0);
}

static void head_past_the_table(void)
{
	const uint16_t head = RIG_QUEUE;

	machine_poke(rig.machine, RIG_AVAIL + 4, &head, sizeof(head));
}

static void too_many_available(void)
{
	const uint16_t index = RIG_QUEUE + 1;

	machine_poke(rig.machine, RIG_AVAIL + 2, &index, sizeof(index));
}

static void put_header(unsigned n, gpa_t at, uint32_t type, uint64_t sector)
{
	const struct { uint32_t type, reserved; uint64_t sector; } header = { type, 0, sector };

	machine_poke(rig.machine, at, &header, sizeof(header));
	rig_desc(&rig, n, at, sizeof(header), DESC_NEXT, n + 1);
}

/* Index and ring as SECTOR has them for who reads it there: all entries FIRST but the LAST one. */
static void put_ring(unsigned sector, uint16_t index, uint16_t first, uint16_t last)
{
	uint16_t ring[1 + RIG_QUEUE] = { index };

	for (unsigned i = 1; i <= RIG_QUEUE; i++)
		ring[i] = i < RIG_QUEUE ? first : last;
	memset(rig.image + sector * SECTOR, 0, SECTOR);
	memcpy(rig.image + sector * SECTOR, ring, sizeof(ring));
}

/* Request 0 makes itself available again and 3 at last; 3 makes eight times 5 available. */
static void feeds_itself(void)
{
	put_ring(0, RIG_QUEUE, 0, 3);
	put_ring(1, 2 * RIG_QUEUE, 5, 5);
	put_header(0, RIG_DATA, T_IN, 0);
	rig_desc(&rig, 1, RIG_AVAIL + 2, SECTOR, DESC_NEXT | DESC_WRITE, 2);
	rig_desc(&rig, 2, DATA, 1, DESC_WRITE, 0);
	put_header(3, RIG_DATA + 0x100, T_IN, 1);
	rig_desc(&rig, 4, RIG_AVAIL + 2, SECTOR, DESC_NEXT | DESC_WRITE, 2);
	put_header(5, RIG_DATA + 0x200, T_GET_ID, 0);
	rig_desc(&rig, 6, DATA, 21, DESC_WRITE, 0);
}

static const struct { const char *name; void (*spoil)(void); } breaches[] = {
	{ "outside RAM", outside_ram }, { "at a device", at_a_device }, { "past all addresses", past_all_addresses },
	{ "in storage", in_storage }, { "loop of one", loop_of_one }, { "loop of three", loop_of_three },
	{ "next past the table", next_past_the_table }, { "indirect", indirect },
	{ "readable after writable", readable_after_writable }, { "short header", short_header },
	{ "no status", no_status }, { "head past the table", head_past_the_table },
	{ "too many available", too_many_available }, { "feeds itself", feeds_itself },
};

START_TEST(rules_are_broken)
{
	start();
	good_chain();
	rig_offer(&rig, 0);
	breaches[_i].spoil();
	rig_notify(&rig);
	ck_assert_msg(is_broken(), "%s", breaches[_i].name);
	ck_assert(rig_get(&rig, MMIO_INTERRUPT_STATUS) & CONFIG_CHANGE);
	ck_assert(rig.line);
	/* Nothing more is served, whatever the driver writes to the status but 0. */
	rig_put(&rig, MMIO_STATUS, STATUS_READY);
	ck_assert(is_broken());
	good_chain();
	ck_assert_uint_eq(rig_request(&rig, T_IN, 0, SECTOR), NOT_SET);
	start();
	ck_assert(!rig.line);
	ck_assert_uint_eq(rig_request(&rig, T_IN, 0, SECTOR), S_OK);
}
END_TEST

static const struct { uint32_t size; uint64_t desc, avail, used; bool sound; } queues[] = {
	{ 8, RIG_DESC, RIG_AVAIL, RIG_USED, true }, { 1, RIG_DESC, RIG_AVAIL, RIG_USED, true },
	{ 256, RIG_DESC, RIG_AVAIL, RIG_USED, true }, { 0, RIG_DESC, RIG_AVAIL, RIG_USED, false },
	{ 3, RIG_DESC, RIG_AVAIL, RIG_USED, false }, { 512, RIG_DESC, RIG_AVAIL, RIG_USED, false },
	{ UINT32_MAX, RIG_DESC, RIG_AVAIL, RIG_USED, false }, { 8, RIG_DESC + 8, RIG_AVAIL, RIG_USED, false },
	{ 8, RIG_DESC, RIG_AVAIL + 1, RIG_USED, false }, { 8, RIG_DESC, RIG_AVAIL, RIG_USED + 2, false },
	{ 8, 0, RIG_AVAIL, RIG_USED, false }, { 8, RIG_DESC, UINT64_C(0x4000000000), RIG_USED, false },
	{ 8, RIG_DESC, RIG_AVAIL, RIG_RAM + RIG_RAM_SIZE - 68, false },
	{ 8, RIG_DESC, RIG_AVAIL, RIG_RAM + RIG_RAM_SIZE - 72, true },
};

START_TEST(queue_is_checked)
{
	const uint64_t areas[] = { queues[_i].desc, queues[_i].avail, queues[_i].used };

	start();
	rig_put(&rig, MMIO_QUEUE_READY, 0);
	rig_put(&rig, MMIO_QUEUE_NUM, queues[_i].size);
	for (unsigned i = 0; i < 3; i++) {
		rig_put(&rig, MMIO_QUEUE_DESC + 16 * i, (uint32_t)areas[i]);
		rig_put(&rig, MMIO_QUEUE_DESC + 16 * i + 4, (uint32_t)(areas[i] >> 32));
	}
	rig_put(&rig, MMIO_QUEUE_READY, 1);
	ck_assert_uint_eq(rig_get(&rig, MMIO_QUEUE_READY), queues[_i].sound);
	ck_assert_int_eq(is_broken(), !queues[_i].sound);
	/* In use it stays as it is. */
	rig_put(&rig, MMIO_QUEUE_NUM, 3);
	rig_notify(&rig);
	ck_assert_int_eq(is_broken(), !queues[_i].sound);
}
END_TEST

/* ---- state ---- */

/* A snapshot holds the transport between two requests, and what was written. */
START_TEST(snapshot)
{
	struct snapshot *saved;
	uint64_t hash;

	start();
	fill_data(1, SECTOR);
	ck_assert_uint_eq(rig_request(&rig, T_OUT, 8, SECTOR), S_OK);
	saved = machine_save(rig.machine);
	hash = machine_hash(rig.machine);
	fill_data(2, SECTOR);
	ck_assert_uint_eq(rig_request(&rig, T_OUT, 8, SECTOR), S_OK);
	ck_assert_uint_eq(rig_request(&rig, T_OUT, 20, SECTOR), S_OK);
	rig_put(&rig, MMIO_STATUS, 0);
	ck_assert(machine_hash(rig.machine) != hash);
	machine_restore(rig.machine, saved);
	ck_assert(machine_hash(rig.machine) == hash);
	rig.avail = 1;
	fill_data(1, SECTOR);
	ck_assert_uint_eq(rig_get(&rig, MMIO_STATUS), STATUS_READY);
	ck_assert_uint_eq(rig_request(&rig, T_IN, 20, SECTOR), S_OK);
	assert_data(rig.image + 20 * SECTOR, SECTOR);
	ck_assert_uint_eq(rig_request(&rig, T_IN, 8, 1 * SECTOR), S_OK);
	ck_assert_uint_eq(used_index(), 3);
	machine_snapshot_free(rig.machine, saved);
}
END_TEST

/* Writing what was there is no difference. */
START_TEST(hash_of_the_disk)
{
	uint64_t before;

	start();
	ck_assert_uint_eq(rig_request(&rig, T_IN, 3, SECTOR), S_OK);
	before = machine_hash(rig.machine);
	for (unsigned i = 0; i < 2; i++) {
		start();
		machine_poke(rig.machine, DATA, rig.image + (3 - i) * SECTOR, SECTOR);
		ck_assert_uint_eq(rig_request(&rig, T_OUT, 3, SECTOR), S_OK);
		start();
		ck_assert_uint_eq(rig_request(&rig, T_IN, 3, SECTOR), S_OK);
		ck_assert_int_eq(machine_hash(rig.machine) == before, i == 0);
	}
}
END_TEST

#define LOOP(tcase, test, table)	tcase_add_loop_test(tcase, test, 0, sizeof(table) / sizeof((table)[0]))

Suite *unit_suite(void)
{
	Suite *suite = suite_create("device/virtio");
	TCase *tcase = tcase_create("virtio");

	tcase_add_checked_fixture(tcase, setup, teardown);
	LOOP(tcase, register_after_reset, registers);
	tcase_add_test(tcase, access_sizes);
	tcase_add_test(tcase, other_queues);
	LOOP(tcase, features, agreements);
	tcase_add_test(tcase, reads);
	tcase_add_test(tcase, writes);
	tcase_add_test(tcase, serial_number);
	tcase_add_test(tcase, framing);
	LOOP(tcase, refuses, refused);
	tcase_add_test(tcase, read_only);
	tcase_add_test(tcase, no_interrupt_wanted);
	tcase_add_test(tcase, waits_for_the_driver);
	LOOP(tcase, rules_are_broken, breaches);
	LOOP(tcase, queue_is_checked, queues);
	tcase_add_test(tcase, snapshot);
	tcase_add_test(tcase, hash_of_the_disk);
	suite_add_tcase(suite, tcase);
	return suite;
}
