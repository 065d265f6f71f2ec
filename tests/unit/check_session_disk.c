/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A guest that writes a sector and reads it back, and the session around it: going back over the write, who stored what
 * the disk read, watches, recordings.
 *
 * The guest stores what a table says, word by word, and stays.  Table and queue are a file that is put into RAM.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "a64.h"
#include "booted.h"
#include "device/board.h"
#include "service/file.h"
#include "service/loader.h"
#include "session/history.h"
#include "session/recording.h"
#include "unit.h"

#define PROGRAM	"1.2.3"

enum {
	BLOB = 0x44000000,
	AVAIL = 0x80, USED = 0xa0, HEADER_OUT = 0x140, HEADER_IN = 0x160, STATUS = 0x1f0, OUT = 0x200, TABLE = 0x800,
	IN = 0x1000, BLOB_SIZE = 0x2000,
	MMIO = 0x0a000000, SECTORS = 16, SECTOR = 512, WRITTEN = 2, FILL = 0xab,
	N = 1, W = 2,			/* descriptors: next, write */
	LONG = 4000,			/* instructions after which all is done */
};

struct desc { uint64_t addr; uint32_t len; uint16_t flags, next; };
struct header { uint32_t type, reserved; uint64_t sector; };

/* What the guest stores where.  The second request is made available when the first one was notified. */
static const uint32_t table[][2] = {
	{ MMIO + 0x070, 3 }, { MMIO + 0x024, 1 }, { MMIO + 0x020, 1 }, { MMIO + 0x070, 11 }, { MMIO + 0x030, 0 },
	{ MMIO + 0x038, 8 }, { MMIO + 0x080, BLOB }, { MMIO + 0x090, BLOB + AVAIL }, { MMIO + 0x0a0, BLOB + USED },
	{ MMIO + 0x044, 1 }, { MMIO + 0x070, 15 }, { MMIO + 0x050, 0 }, { BLOB + AVAIL, 2 << 16 }, { MMIO + 0x050, 0 },
	{ 0, 0 },
};

static const uint32_t code[] = {
	I_MOVZ_16(0, BLOB >> 16), I_ADDI(0, 0, TABLE),
	I_LDRW(1, 0, 0), I_LDRW(2, 0, 4), I_CBZ(1, 4), I_STRW(2, 1, 0), I_ADDI(0, 0, 8), I_B(-5),
	I_STAY,
};

static char dir[64];
static char kernel_file[96], blob_file[96], disk_file[96];
static uint8_t disk[SECTORS * SECTOR];

static void put_file(char *path, const char *name, const void *data, size_t size)
{
	snprintf(path, sizeof(kernel_file), "%s/%s", dir, name);
	ck_assert(file_write(path, data, size, NULL));
}

/* An arm64 Image: a header whose first instruction goes past it (booting.rst). */
static void make_kernel(void)
{
	uint32_t image[16 + sizeof(code) / sizeof(code[0])] = { I_B(16) };

	image[4] = 0x1000;		/* image_size */
	image[6] = 0xa;			/* 4 KiB pages, anywhere */
	image[14] = 0x644d5241;		/* "ARM\x64" */
	memcpy(image + 16, code, sizeof(code));
	put_file(kernel_file, "Image", image, sizeof(image));
}

static void make_blob(void)
{
	static const struct desc descs[] = {
		{ BLOB + HEADER_OUT, 16, N, 1 }, { BLOB + OUT, SECTOR, N, 2 }, { BLOB + STATUS, 1, W, 0 },
		{ BLOB + HEADER_IN, 16, N, 4 }, { BLOB + IN, SECTOR, N | W, 5 }, { BLOB + STATUS + 1, 1, W, 0 },
	};
	static const struct header out = { 1, 0, WRITTEN }, in = { 0, 0, WRITTEN };
	static const uint16_t avail[] = { 0, 1, 0, 3 };
	static uint8_t blob[BLOB_SIZE];

	memcpy(blob, descs, sizeof(descs));
	memcpy(blob + AVAIL, avail, sizeof(avail));
	memcpy(blob + HEADER_OUT, &out, sizeof(out));
	memcpy(blob + HEADER_IN, &in, sizeof(in));
	memset(blob + STATUS, 0xee, 2);
	memset(blob + OUT, FILL, SECTOR);
	memcpy(blob + TABLE, table, sizeof(table));
	put_file(blob_file, "blob", blob, sizeof(blob));
}

static void setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/check_session_disk.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	for (size_t i = 0; i < sizeof(disk); i++)
		disk[i] = (uint8_t)(i * 3 + i / SECTOR);
	make_kernel();
	make_blob();
	put_file(disk_file, "disk", disk, sizeof(disk));
}

static void teardown(void)
{
	unlink(kernel_file);
	unlink(blob_file);
	unlink(disk_file);
	rmdir(dir);
}

static struct session_config config_for(bool readonly)
{
	struct session_config config = {
		.boot = {
			.guest_dir = "guest", .board = "virt", .cpus = 1, .model = CPU_CORTEX_A72,
			.kernel = kernel_file, .blobs = { { blob_file, BLOB } }, .blob_count = 1,
			.drives = { { disk_file, readonly } }, .drive_count = 1,
		},
		.keep_history = true,
	};

	return config;
}

static struct session *start(bool readonly)
{
	struct session_config config = config_for(readonly);
	struct error err = ERROR_NONE;
	struct session *session = session_new(&config, &err);

	ck_assert_msg(session != NULL, "%s", err.text);
	session_start(session);
	return session;
}

static uint64_t hash(struct session *session)
{
	return machine_hash(session_machine(session));
}

static uint8_t byte_at(struct session *session, gpa_t addr)
{
	uint8_t byte;

	ck_assert(machine_peek(session_machine(session), addr, &byte, 1));
	return byte;
}

/* Is the sector that is written as the guest left it (else as in the file)?  The others are as in the file. */
static bool is_written(struct session *session)
{
	uint8_t now[sizeof(disk)], want[sizeof(disk)];

	virtio_blk_peek(board_drive(session_loaded(session)->board, 0), 0, now, sizeof(now));
	memcpy(want, disk, sizeof(disk));
	if (!memcmp(now, want, sizeof(now)))
		return false;
	memset(want + WRITTEN * SECTOR, FILL, SECTOR);
	ck_assert(!memcmp(now, want, sizeof(now)));
	return true;
}

static void assert_file_untouched(void)
{
	struct bytes bytes = BYTES_NONE;

	ck_assert(file_read(disk_file, sizeof(disk), &bytes, NULL));
	ck_assert(bytes.size == sizeof(disk) && !memcmp(bytes.data, disk, sizeof(disk)));
	bytes_free(&bytes);
}

START_TEST(writes_and_reads_back)
{
	struct session *session = start(false);

	ck_assert(!is_written(session));
	booted_ok(session, "continue 4000");
	ck_assert(is_written(session));
	ck_assert_uint_eq(byte_at(session, BLOB + STATUS), 0);
	ck_assert_uint_eq(byte_at(session, BLOB + STATUS + 1), 0);
	ck_assert_uint_eq(byte_at(session, BLOB + IN), FILL);
	ck_assert_uint_eq(byte_at(session, BLOB + IN + SECTOR - 1), FILL);
	session_free(session);
	assert_file_untouched();
}
END_TEST

START_TEST(read_only)
{
	struct session *session = start(true);

	booted_ok(session, "continue 4000");
	ck_assert(!is_written(session));
	ck_assert_uint_eq(byte_at(session, BLOB + STATUS), 1);
	ck_assert_uint_eq(byte_at(session, BLOB + STATUS + 1), 0);
	ck_assert_uint_eq(byte_at(session, BLOB + IN), disk[WRITTEN * SECTOR]);
	session_free(session);
}
END_TEST

START_TEST(back_over_a_write)
{
	struct session *session = start(false);
	uint64_t early, late;

	booted_ok(session, "continue 50");
	early = hash(session);
	booted_ok(session, "continue 4000");
	late = hash(session);
	ck_assert(is_written(session));
	booted_ok(session, "goto 50");
	ck_assert(!is_written(session));
	ck_assert_uint_eq(byte_at(session, BLOB + IN), 0);
	ck_assert(hash(session) == early);
	booted_ok(session, "goto 4050");
	ck_assert(is_written(session));
	ck_assert(hash(session) == late);
	booted_ok(session, "back 4040");
	ck_assert(!is_written(session));
	booted_ok(session, "reset; continue 4050");
	ck_assert(hash(session) == late);
	session_free(session);
}
END_TEST

/* A run in pieces is the same run: a request is served where a slice of the schedule begins, however it is come to. */
START_TEST(in_pieces)
{
	static const unsigned pieces[] = { 1, 7, 64, 333, 999, 1000 };
	struct session *session = start(false), *other = start(false);
	struct machine *machine = session_machine(other);

	machine_run(session_machine(session), LONG);
	while (machine_time(machine) < LONG) {
		uint64_t left = LONG - machine_time(machine);

		machine_run(machine, pieces[_i] < left ? pieces[_i] : left);
	}
	ck_assert(is_written(other));
	ck_assert(hash(session) == hash(other));
	session_free(session);
	session_free(other);
}
END_TEST

static void assert_says(struct session *session, const char *line, const char *what)
{
	char *text = booted_do(session, line, COMMAND_OK);

	ck_assert_msg(strstr(text, what) != NULL, "%s: %s", line, text);
	free(text);
}

START_TEST(who_and_watch)
{
	struct session *session = start(false);
	char line[64];
	uint64_t late;

	booted_ok(session, "continue 4000");
	assert_says(session, "who mem64[0x44001008]", "by a device: mem64[0x44001008] was 0x0");
	assert_says(session, "who mem64[0x44001008]", "became 0xabababababababab");
	/* Of a store to more than was asked for, or to less, what was asked for is told. */
	assert_says(session, "who mem8[0x44001009]", "was 0x0, became 0xab\n");
	assert_says(session, "who mem16[0x44000082]", "mem16[0x44000082] was 0x1, became 0x2\n");
	assert_says(session, "who mem64[0x44000080]", "was 0x3000000010000, became 0x3000000020000\n");
	assert_says(session, "set mem8[0x44000083]=7; who mem32[0x44000080]", "was 0x20000, became 0x7020000\n");
	booted_ok(session, "goto 10; watch mem64[0x44001008]");
	assert_says(session, "continue", "0x0 -> 0xabababababababab by a device");
	ck_assert_uint_eq(byte_at(session, BLOB + IN + 8), FILL);
	booted_ok(session, "continue 2000");
	/* Back to it, standing after the store again; and on from there. */
	booted_ok(session, "rcontinue");
	ck_assert_uint_eq(byte_at(session, BLOB + IN + 8), FILL);
	assert_says(session, "continue 2000", "budget");
	/* A step over it stops there too, and goes on. */
	booted_ok(session, "goto 10");
	ck_assert_uint_eq(byte_at(session, BLOB + IN + 8), 0);
	assert_says(session, "sched rr:999; step 3000", "by a device");
	ck_assert_uint_eq(byte_at(session, BLOB + IN + 8), FILL);
	assert_says(session, "continue 2000", "budget");
	late = hash(session);
	snprintf(line, sizeof(line), "goto %" PRIu64, machine_time(session_machine(session)));
	booted_ok(session, "back 1900; rcontinue");
	ck_assert_uint_eq(byte_at(session, BLOB + IN + 8), FILL);
	booted_ok(session, line);
	ck_assert(hash(session) == late);
	session_free(session);
}
END_TEST

static char *record(const char *commands)
{
	struct session_config config = config_for(false);
	struct session *session = session_new(&config, NULL);
	struct strbuf text = STRBUF_INIT;

	ck_assert(session && session_record(session, PROGRAM, NULL));
	session_start(session);
	booted_ok(session, commands);
	ck_assert(is_written(session));
	session_write_recording(session, &text);
	session_free(session);
	return strbuf_steal(&text);
}

static struct session *load(const struct recording *recording, struct error *err)
{
	struct session_config config = { .boot = { .guest_dir = "guest" } };
	struct session *session;

	recording_configure(recording, &config);
	session = session_new(&config, err);
	ck_assert_msg(session != NULL, "%s", err->text);
	session_start(session);
	if (recording_load(recording, session, PROGRAM, err))
		return session;
	session_free(session);
	return NULL;
}

START_TEST(recording_knows_the_disk)
{
	static const char *const commands[] = {
		"continue 500; step 3; continue 4000",
		/* It ends at a watch that a device hit. */
		"watch mem64[0x44001008]; continue",
		"watch mem64[0x44001008]; continue; set cpu0.x5=3",
	};
	char *text = record(commands[_i]);
	struct error err = ERROR_NONE;
	struct recording *recording = recording_parse("test", text, strlen(text), &err);
	struct session *session;

	ck_assert_msg(recording != NULL, "%s", err.text);
	session = load(recording, &err);
	ck_assert_msg(session != NULL, "%s", err.text);
	ck_assert(history_go(session_history(session), recording_end(recording), &err));
	/* Where the end is the moment of a request, checking settles it. */
	ck_assert_msg(recording_check(recording, session, &err), "%s", err.text);
	ck_assert(is_written(session));
	session_free(session);
	/* With another disk it is another machine. */
	disk[5]++;
	put_file(disk_file, "disk", disk, sizeof(disk));
	ck_assert_ptr_null(load(recording, &err));
	ck_assert_msg(strstr(err.text, "drive-0 is another one"), "%s", err.text);
	recording_free(recording);
	free(text);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/disk");
	TCase *tcase = tcase_create("disk");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, writes_and_reads_back);
	tcase_add_test(tcase, read_only);
	tcase_add_test(tcase, back_over_a_write);
	tcase_add_loop_test(tcase, in_pieces, 0, 6);
	tcase_add_test(tcase, who_and_watch);
	tcase_add_loop_test(tcase, recording_knows_the_disk, 0, 3);
	suite_add_tcase(suite, tcase);
	return suite;
}
