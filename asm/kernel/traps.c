/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traps.c: exceptions that should not have happened, reported as Linux does, and the end.
 */
#include "traps.h"
#include "printk.h"
#include "sched.h"
#include "sysreg.h"

#define ESR_WNR		(1 << 6)	/* data abort: by a write */
#define ESR_FSC(esr)	((esr) & 0x3f)

static const char *const handler[] = { "Synchronous Abort", "IRQ", "FIQ", "Error" };

/* The names of the exception classes that can be met here. */
static const char *esr_get_class_string(u64 esr)
{
	switch (esr >> ESR_EC_SHIFT) {
	case ESR_EC_UNKNOWN:	   return "Unknown/Uncategorized";
	case ESR_EC_WFX:	   return "WFI/WFE";
	case ESR_EC_FP:		   return "ASIMD";
	case ESR_EC_ILLEGAL_STATE: return "PSTATE.IL";
	case ESR_EC_SVC64:	   return "SVC (AArch64)";
	case ESR_EC_HVC64:	   return "HVC (AArch64)";
	case ESR_EC_SMC64:	   return "SMC (AArch64)";
	case ESR_EC_SYS64:	   return "MSR/MRS (AArch64)";
	case ESR_EC_IABORT_SAME:   return "IABT (current EL)";
	case ESR_EC_PC_ALIGN:	   return "PC Alignment";
	case ESR_EC_DABORT_SAME:   return "DABT (current EL)";
	case ESR_EC_SP_ALIGN:	   return "SP Alignment";
	case ESR_EC_BRK64:	   return "BRK (AArch64)";
	default:		   return "UNRECOGNIZED EC";
	}
}

/* Follow the frame pointers: each frame begins with the caller's frame and the address to return to. */
static void dump_backtrace(const struct pt_regs *regs)
{
	const u64 *frame = (const u64 *)regs->regs[29];
	u64 stack = regs->sp & ~(THREAD_SIZE - 1UL);

	pr_emerg("Call trace:\n");
	pr_emerg(" [<%016lx>]\n", regs->pc);
	while ((u64)frame >= stack && (u64)frame <= stack + THREAD_SIZE - 16 && frame[1]) {
		pr_emerg(" [<%016lx>]\n", frame[1]);
		if (frame[0] <= (u64)frame)
			break;
		frame = (const u64 *)frame[0];
	}
}

static void show_regs(const struct pt_regs *regs)
{
	pr_emerg("CPU: %u PID: %d Comm: %s\n", smp_processor_id(), current->pid, current->comm);
	pr_emerg("pstate: %08lx\n", regs->pstate);
	pr_emerg("pc : %016lx\n", regs->pc);
	pr_emerg("lr : %016lx\n", regs->regs[30]);
	pr_emerg("sp : %016lx\n", regs->sp);
	for (int i = 28; i > 0; i -= 2)
		pr_emerg("x%d: %016lx x%d: %016lx\n", i + 1, regs->regs[i + 1], i, regs->regs[i]);
	pr_emerg("x1 : %016lx x0 : %016lx\n", regs->regs[1], regs->regs[0]);
	dump_backtrace(regs);
}

/* Print the whole report for an exception that no code asked for. */
static _Noreturn void die(const char *str, const struct pt_regs *regs, u64 esr)
{
	pr_emerg("Internal error: %s: %016lx [#1] SMP\n", str, esr);
	show_regs(regs);
	panic("Oops: Fatal exception");
}

/* A data or instruction abort: what was at the address that it should not have been used like this? */
static const char *fault_reason(u64 esr, u64 far)
{
	/* Fault status 0b0011xx: permission. */
	if (ESR_FSC(esr) >> 2 == 3 && (esr >> ESR_EC_SHIFT) == ESR_EC_DABORT_SAME)
		return esr & ESR_WNR ? "write to read-only memory" : "read from unreadable memory";
	if (ESR_FSC(esr) >> 2 == 3)
		return "execute from non-executable memory";
	return far < PAGE_SIZE ? "NULL pointer dereference" : "paging request";
}

void el1_sync(struct pt_regs *regs, unsigned int reason, u64 esr, u64 far)
{
	u32 ec = esr >> ESR_EC_SHIFT;

	if (ec == ESR_EC_DABORT_SAME || ec == ESR_EC_IABORT_SAME) {
		pr_emerg("Unable to handle kernel %s at virtual address %016lx\n", fault_reason(esr, far), far);
		pr_emerg("Mem abort info:\n");
		pr_emerg("  ESR = 0x%016lx\n", esr);
		pr_emerg("  EC = 0x%02x: %s\n", ec, esr_get_class_string(esr));
		die("Oops", regs, esr);
	}
	if (ec == ESR_EC_UNKNOWN)
		die("Oops - Undefined instruction", regs, esr);
	bad_mode(regs, reason, esr, far);
}

void bad_mode(struct pt_regs *regs, unsigned int reason, u64 esr, u64 far)
{
	pr_crit("Bad mode in %s handler detected on CPU%u, code 0x%08lx -- %s\n", handler[reason % 4],
		smp_processor_id(), esr, esr_get_class_string(esr));
	die("Oops - bad mode", regs, esr);
}
