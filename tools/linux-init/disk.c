/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * disk.c: modules loaded, disks read, written and read back.
 */
#include "disk.h"

#include "print.h"
#include "syscall.h"

enum { PIECE = 65536, SECTOR = 512, DEVTMPFS_MODE = 0755 };

static uint8_t piece[PIECE];
static uint32_t crc_table[256];

/* ---- modules ---- */

/* In the order in which they need each other. */
static const char *const modules[] = {
	"/modules/virtio_mmio.ko", "/modules/virtio_blk.ko", "/modules/crc16.ko", "/modules/crc32c_generic.ko",
	"/modules/mbcache.ko", "/modules/jbd2.ko", "/modules/ext4.ko",
};

static bool load_module(const char *path)
{
	long fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY, 0);
	long result = fd < 0 ? fd : syscall(SYS_finit_module, fd, "", 0, 0);

	if (fd >= 0)
		syscall(SYS_close, fd, 0, 0, 0);
	if (result < 0)
		print_line("%s does not load: error %d", path, -result);
	return result >= 0;
}

static bool has_modules(void)
{
	return syscall(SYS_faccessat, AT_FDCWD, "/modules", 0, 0) == 0;
}

static bool load_modules(void)
{
	bool right = true;

	for (unsigned i = 0; i < sizeof(modules) / sizeof(modules[0]); i++)
		right &= load_module(modules[i]);
	syscall(SYS_mkdirat, AT_FDCWD, "/dev", DEVTMPFS_MODE, 0);
	syscall6(SYS_mount, (long)"devtmpfs", (long)"/dev", (long)"devtmpfs", 0, 0);
	return right;
}

/* ---- the CRC of cksum(1) ---- */

static void make_crc_table(void)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t crc = i << 24;

		for (unsigned bit = 0; bit < 8; bit++)
			crc = crc << 1 ^ (crc >> 31 ? 0x04c11db7 : 0);
		crc_table[i] = crc;
	}
}

static uint32_t crc_add(uint32_t crc, uint8_t byte)
{
	return crc << 8 ^ crc_table[crc >> 24 ^ byte];
}

/* All of the disk FD, SIZE bytes. */
static uint32_t checksum(long fd, uint64_t *size)
{
	uint32_t crc = 0;
	long got;

	for (*size = 0; (got = syscall(SYS_pread64, fd, piece, PIECE, *size)) > 0; *size += (uint64_t)got)
		for (long i = 0; i < got; i++)
			crc = crc_add(crc, piece[i]);
	for (uint64_t rest = *size; rest; rest >>= 8)
		crc = crc_add(crc, (uint8_t)rest);
	return ~crc;
}

/* ---- a disk as it is ---- */

/* Without this a reader would get what the kernel remembers. */
static void forget(long fd)
{
	syscall(SYS_fsync, fd, 0, 0, 0);
	syscall(SYS_ioctl, fd, BLKFLSBUF, 0, 0);
}

static bool is_pattern(void)
{
	for (unsigned i = 0; i < SECTOR * 3; i++)
		if (piece[i] != (uint8_t)(i * 7 + i / SECTOR))
			return false;
	return true;
}

/* Three sectors from number 5 on. */
static bool write_raw(const char *path)
{
	long fd = syscall(SYS_openat, AT_FDCWD, path, O_RDWR, 0), written;
	bool right;

	for (unsigned i = 0; i < SECTOR * 3; i++)
		piece[i] = (uint8_t)(i * 7 + i / SECTOR);
	written = fd < 0 ? fd : syscall(SYS_pwrite64, fd, piece, SECTOR * 3, SECTOR * 5);
	if (written < 0) {
		print_line("%s: cannot be written: error %d", path, -written);
		syscall(SYS_close, fd, 0, 0, 0);
		return written == EPERM || written == EROFS;
	}
	forget(fd);
	piece[0] = piece[SECTOR] = 0xff;
	right = written == SECTOR * 3 && syscall(SYS_pread64, fd, piece, SECTOR * 3, SECTOR * 5) == written &&
		is_pattern();
	print_line("%s: %s", path, right ? "written and read back" : "what was written does not come back");
	syscall(SYS_close, fd, 0, 0, 0);
	return right;
}

static bool read_disk(const char *path)
{
	long fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY, 0);
	uint64_t size;
	uint32_t crc;

	if (fd < 0)
		return false;
	crc = checksum(fd, &size);
	print_line("%s: %d bytes, cksum %d", path, (long)size, (long)crc);
	forget(fd);
	syscall(SYS_close, fd, 0, 0, 0);
	return true;
}

/* ---- a file system on it ---- */

static long mount_disk(void)
{
	return syscall6(SYS_mount, (long)"/dev/vda", (long)"/mnt", (long)"ext4", 0, 0);
}

static void unmount_disk(void)
{
	syscall(SYS_umount2, "/mnt", 0, 0, 0);
}

static bool create_file(const char *path, const char *text)
{
	long fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT, 0644);

	if (fd < 0)
		return false;
	syscall(SYS_close, fd, 0, 0, 0);
	return write_file(path, text) > 0;
}

/* Mounted a second time, so that the file comes from the disk. */
static bool reads_back(void)
{
	char text[64];
	bool right;

	if (!create_file("/mnt/written", "kept"))
		return false;
	unmount_disk();
	if (mount_disk() < 0)
		return false;
	right = read_line("/mnt/written", text, sizeof(text)) && text[0] == 'k' && text[3] == 't';
	unmount_disk();
	return right;
}

static bool use_files(void)
{
	char text[64];
	long result;
	bool right;

	syscall(SYS_mkdirat, AT_FDCWD, "/mnt", 0755, 0);
	result = mount_disk();
	if (result < 0) {
		print_line("/dev/vda does not mount: error %d", -result);
		return false;
	}
	if (read_line("/mnt/hello", text, sizeof(text)))
		print_line("/dev/vda: file hello: %s", text);
	right = reads_back();
	print_line("/dev/vda: file %s", right ? "written and read back" : "not written");
	return right;
}

bool disk_use(void)
{
	bool right;

	if (!has_modules())
		return true;
	make_crc_table();
	right = load_modules();
	if (!read_disk("/dev/vda")) {
		print_line("no disk");
		return right;
	}
	right &= use_files();
	if (read_disk("/dev/vdb"))
		right &= write_raw("/dev/vdb");
	return right;
}
