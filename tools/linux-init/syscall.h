/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * syscall.h: the part of Linux's system calls on arm64 that this init uses.  It has neither a C library nor the
 * kernel's headers: numbers and structs stand here (Linux include/uapi/asm-generic/unistd.h).
 *
 * Each call returns what the kernel does: a negative errno on failure.
 */
#ifndef LINUX_INIT_SYSCALL_H
#define LINUX_INIT_SYSCALL_H

#include <stddef.h>
#include <stdint.h>

enum {
	SYS_ioctl = 29, SYS_mkdirat = 34, SYS_umount2 = 39, SYS_mount = 40, SYS_faccessat = 48, SYS_openat = 56,
	SYS_close = 57, SYS_read = 63, SYS_write = 64, SYS_pread64 = 67, SYS_pwrite64 = 68, SYS_fsync = 82,
	SYS_exit = 93, SYS_exit_group = 94, SYS_futex = 98, SYS_nanosleep = 101, SYS_clock_gettime = 113, SYS_ptrace = 117,
	SYS_sched_setaffinity = 122, SYS_sched_yield = 124, SYS_kill = 129, SYS_tgkill = 131, SYS_rt_sigaction = 134,
	SYS_reboot = 142, SYS_uname = 160, SYS_getcpu = 168, SYS_getpid = 172, SYS_gettid = 178, SYS_clone = 220,
	SYS_mmap = 222, SYS_mprotect = 226, SYS_wait4 = 260, SYS_finit_module = 273,
};

enum {
	AT_FDCWD = -100,
	O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_CREAT = 0100,
	BLKFLSBUF = 0x1261,
	EPERM = -1, EROFS = -30,
	SIGTRAP = 5, SIGUSR1 = 10, SIGSEGV = 11, SIGCHLD = 17,
	SA_SIGINFO = 4,
	CLOCK_MONOTONIC = 1,
	FUTEX_WAIT = 0, FUTEX_WAKE = 1,
	PROT_READ = 1, PROT_WRITE = 2, MAP_PRIVATE = 2, MAP_ANONYMOUS = 0x20,
	PTRACE_TRACEME = 0, PTRACE_CONT = 7, PTRACE_KILL = 8, PTRACE_SINGLESTEP = 9,
	LINUX_REBOOT_CMD_POWER_OFF = 0x4321fedc,
};

#define LINUX_REBOOT_MAGIC1	0xfee1dead
#define LINUX_REBOOT_MAGIC2	672274793

struct timespec { int64_t sec, nsec; };

struct utsname { char sysname[65], nodename[65], release[65], version[65], machine[65], domain[65]; };

/* struct sigaction as the kernel takes it; without a restorer signal handlers return through the vDSO. */
struct sigaction {
	void (*handler)(int number, void *info, void *context);
	uint64_t flags;
	void *restorer;
	uint64_t mask;
};

/* siginfo_t, as far as faults need it. */
struct siginfo { int32_t number, error, code, pad; uint64_t address; };

/* ucontext_t up to its program counter. */
struct ucontext {
	uint64_t flags;
	void *link;
	struct { void *stack; int flags; size_t size; } stack;
	uint8_t signal_mask[128];
	struct { uint64_t fault_address, reg[31], sp, pc, pstate; } machine __attribute__((aligned(16)));
};

/* System call NUMBER. */
static inline long syscall6(long number, long a, long b, long c, long d, long e)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = 0;

	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return x0;
}

#define syscall(number, a, b, c, d)	syscall6(number, (long)(a), (long)(b), (long)(c), (long)(d), 0)

#endif /* LINUX_INIT_SYSCALL_H */
