/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/gic_script.c: running the steps.
 */
#include "gic_script.h"

#include <check.h>

/* What a step reads, or its own value when it reads nothing. */
static uint64_t do_step(const struct script_target *t, const struct step *s)
{
	struct cpu *cpu = &t->machine->cpu[s->cpu];
	uint64_t value = s->value;

	switch (s->op) {
	case EL:
		cpu->el = (int)s->value;
		break;
	case SCR:
		cpu->scr_el3 = s->value;
		break;
	case D_W:
		t->dist->write(t->dist_dev, s->cpu, s->reg, 4, s->value);
		break;
	case D_W1:
		t->dist->write(t->dist_dev, s->cpu, s->reg, 1, s->value);
		break;
	case D_W8:
		t->dist->write(t->dist_dev, s->cpu, s->reg, 8, s->value);
		break;
	case C_W:
		t->second->write(t->second_dev, s->cpu, s->reg, 4, s->value);
		break;
	case MSR:
		ck_assert_msg(t->sysregs->write(t->dist_dev, s->cpu, s->reg, s->value), "MSR %#x refused", s->reg);
		break;
	case INPUT:
		t->gic->set_input(t->gic_object, s->cpu, s->reg, s->value);
		break;
	case D_R:
		return t->dist->read(t->dist_dev, s->cpu, s->reg, 4);
	case D_R1:
		return t->dist->read(t->dist_dev, s->cpu, s->reg, 1);
	case D_R8:
		return t->dist->read(t->dist_dev, s->cpu, s->reg, 8);
	case C_R:
		return t->second->read(t->second_dev, s->cpu, s->reg, 4);
	case C_R1:
		return t->second->read(t->second_dev, s->cpu, s->reg, 1);
	case C_R8:
		return t->second->read(t->second_dev, s->cpu, s->reg, 8);
	case MRS:
		ck_assert_msg(t->sysregs->read(t->dist_dev, s->cpu, s->reg, &value), "MRS %#x refused", s->reg);
		break;
	case MRS_UNDEF:
		ck_assert_msg(!t->sysregs->read(t->dist_dev, s->cpu, s->reg, &value), "MRS %#x answered", s->reg);
		return s->value;
	case PEEK_MRS:
		ck_assert_msg(t->sysregs->peek(t->dist_dev, s->cpu, s->reg, &value), "peek %#x refused", s->reg);
		break;
	case IRQ:
		return cpu->line[LINE_IRQ];
	case FIQ:
		return cpu->line[LINE_FIQ];
	case END:
		break;
	}
	return value;
}

void script_run(const struct script_target *target, const char *name, const struct step *steps)
{
	for (unsigned i = 0; steps[i].op != END; i++) {
		uint64_t got = do_step(target, &steps[i]);

		ck_assert_msg(got == steps[i].value, "%s, step %u (cpu %u, register %#x): %#llx, not %#llx", name, i,
			      steps[i].cpu, steps[i].reg, (unsigned long long)got, (unsigned long long)steps[i].value);
	}
}
