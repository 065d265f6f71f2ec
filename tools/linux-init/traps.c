/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traps.c: exceptions of user space that come back to it as signals.
 */
#include "traps.h"

#include "print.h"
#include "syscall.h"

enum { PAGE = 4096, STEPS = 20, WSTOPPED = 0x7f };

static volatile uint64_t trapped_at;

static void handle(int number, void (*handler)(int, void *, void *))
{
	struct sigaction action = { .handler = handler, .flags = SA_SIGINFO };

	syscall(SYS_rt_sigaction, number, &action, 0, sizeof(action.mask));
}

/* ---- a page fault that is the program's own ---- */

static void open_page(int number, void *info, void *context)
{
	(void)number, (void)context;
	trapped_at = ((struct siginfo *)info)->address;
	syscall(SYS_mprotect, trapped_at & ~(uint64_t)(PAGE - 1), PAGE, PROT_READ | PROT_WRITE, 0);
}

bool traps_fault(void)
{
	long page = syscall6(SYS_mmap, 0, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	volatile uint32_t *word = (volatile uint32_t *)(page + 64);
	bool right;

	if (page < 0)
		return false;
	trapped_at = 0;
	handle(SIGSEGV, open_page);
	*word = 7;
	right = trapped_at == (uint64_t)word && *word == 7;
	print_line("page fault: %s", right ? "handled, and the store done again" : "wrong");
	return right;
}

/* ---- BRK ---- */

static void pass_breakpoint(int number, void *info, void *context)
{
	struct ucontext *ucontext = context;

	(void)number, (void)info;
	trapped_at = ucontext->machine.pc;
	ucontext->machine.pc += 4;
}

bool traps_breakpoint(void)
{
	uint64_t here;
	bool right;

	trapped_at = 0;
	handle(SIGTRAP, pass_breakpoint);
	__asm__ volatile("adr %0, 1f\n1:\tbrk #0x123" : "=r"(here) : : "memory");
	right = trapped_at == here;
	print_line("breakpoint: %s", right ? "handled" : "wrong");
	return right;
}

/* ---- ptrace ---- */

/* What the child does once it is traced: it stops itself, then runs straight on for more than STEPS instructions. */
static void be_stepped(void)
{
	syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0);
	syscall(SYS_kill, syscall(SYS_getpid, 0, 0, 0, 0), SIGTRAP, 0, 0);
	__asm__ volatile(".rept 64\n\tnop\n\t.endr");
	syscall(SYS_exit_group, 0, 0, 0, 0);
}

static bool is_trapped(long pid)
{
	int status = 0;

	return syscall(SYS_wait4, pid, &status, 0, 0) == pid && status == (SIGTRAP << 8 | WSTOPPED);
}

bool traps_step(void)
{
	long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0);
	int status = -1;
	long steps = 0;

	if (pid == 0)
		be_stepped();
	if (pid < 0 || !is_trapped(pid))
		return false;
	while (steps < STEPS && syscall(SYS_ptrace, PTRACE_SINGLESTEP, pid, 0, 0) == 0 && is_trapped(pid))
		steps++;
	syscall(SYS_ptrace, PTRACE_CONT, pid, 0, 0);
	syscall(SYS_wait4, pid, &status, 0, 0);
	print_line("single step: %d instructions", steps);
	return steps == STEPS && status == 0;
}
