/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/expr_eval.c: what an expression is worth now, what it depends on, and storing to what it names.
 */
#include "session/expr.h"

#include <inttypes.h>
#include <string.h>

#include "machine/cpu.h"
#include "service/milestones.h"
#include "session/drive.h"
#include "session/eventring.h"
#include "session/expr_node.h"
#include "session/info.h"
#include "session/names.h"
#include "session/reached.h"
#include "session/tables.h"

static unsigned which_cpu(const struct expr *e, const struct session *session)
{
	return e->cpu == EXPR_CPU_FOCUS ? session_focus(session) : (unsigned)e->cpu;
}

static const struct cpu *cpu_of(const struct expr *e, const struct session *session)
{
	return machine_cpu_const(session_machine(session), which_cpu(e, session));
}

/* ---- reading ---- */

static uint64_t low_bytes(uint64_t value, unsigned size)
{
	return size >= 8 ? value : value & ((1ull << size * 8) - 1);
}

static uint64_t sign_extend(uint64_t value, unsigned size)
{
	unsigned shift = 64 - size * 8;

	return size >= 8 ? value : (uint64_t)((int64_t)(value << shift) >> shift);
}

static bool read_memory(const struct session *session, gpa_t pa, unsigned size, uint64_t *value, struct error *err)
{
	uint8_t bytes[8] = { 0 };

	if (!machine_peek(session_machine(session), pa, bytes, size))
		return error_set(err, "nothing is mapped at physical address 0x%" PRIx64, pa);
	*value = 0;
	for (unsigned i = size; i-- > 0;)
		*value = *value << 8 | bytes[i];
	return true;
}

static uint64_t field_of(const struct sysreg_field *field, uint64_t value)
{
	unsigned width = field->high - field->low + 1u;

	return value >> field->low & (width >= 64 ? UINT64_MAX : (1ull << width) - 1);
}

static bool eval_sysreg(const struct expr *e, const struct session *session, uint64_t *value, struct error *err)
{
	if (!info_sysreg(session, which_cpu(e, session), (uint32_t)e->number, value))
		return error_set(err, "column %d: this CPU has no such system register", e->column);
	if (e->field)
		*value = field_of(e->field, *value);
	return true;
}

static uint64_t symbol_of_pc(const struct session *session, const struct cpu *cpu)
{
	struct name name;
	uint64_t offset;

	return names_at(session_loaded(session), cpu_get_reg(cpu, CPU_PC), &name, &offset) ? name.va : 0;
}

static uint64_t eval_property(const struct expr *e, const struct session *session)
{
	const struct cpu *cpu = cpu_of(e, session);
	struct reservation r;

	switch (e->property) {
	case PROPERTY_STATE:
		return cpu_state(cpu);
	case PROPERTY_SYM:
		return symbol_of_pc(session, cpu);
	case PROPERTY_MONITOR:
		r = cpu_reservation(cpu);
		return r.valid ? r.addr : 0;
	case PROPERTY_EVENT:
		return cpu_event_register(cpu);
	case PROPERTY_EL:
		return (uint64_t)cpu_el(cpu);
	case PROPERTY_MMU:
		return cpu_is_mmu_on(cpu);
	case PROPERTY_DAIF:
		return cpu_get_reg(cpu, CPU_PSTATE) >> 6 & 0xf;
	case PROPERTY_NZCV:
		return cpu_get_reg(cpu, CPU_PSTATE) >> 28 & 0xf;
	case PROPERTY_MPIDR:
		return cpu_mpidr(cpu);
	case PROPERTY_INSTRUCTIONS:
		return cpu_instructions(cpu);
	}
	return 0;
}

/* The slot of cpu-release-addr that CPU number CPU waits for. */
static const struct table_slot *release_slot(const struct session *session, uint64_t cpu)
{
	const struct tables *tables = session_tables(session);

	for (size_t i = 0; i < tables_count(tables); i++) {
		const struct table_slot *slot = tables_at(tables, i);

		if (!strcmp(slot->table, TABLE_RELEASE) && slot->cpu == (int)cpu)
			return slot;
	}
	return NULL;
}

bool expr_location(const struct expr *e, const struct session *session, gpa_t *pa, unsigned *size, struct error *err)
{
	const struct table_slot *slot;
	uint64_t v = 0;

	if (e->a && !expr_eval(e->a, session, &v, err))
		return false;
	*size = e->size;
	switch (e->kind) {
	case EXPR_SYMBOL:
	case EXPR_ADDRESS:
		*pa = e->pa;
		return true;
	case EXPR_ELEMENT:
		*pa = e->pa + v * 8;
		return true;
	case EXPR_MEMORY:
		if (names_physical(session_loaded(session), session_focus(session), v, pa))
			return true;
		return error_set(err, "column %d: nothing is mapped at 0x%" PRIx64, e->column, v);
	case EXPR_SLOT:
		slot = release_slot(session, v);
		if (!slot)
			return error_set(err, "column %d: CPU %" PRIu64 " has no cpu-release-addr", e->column, v);
		*pa = slot->addr;
		return true;
	default:
		return error_set(err, "column %d: this does not lie in memory", e->column);
	}
}

static bool eval_memory(const struct expr *e, const struct session *session, uint64_t *value, struct error *err)
{
	gpa_t pa;
	unsigned size;

	return expr_location(e, session, &pa, &size, err) && read_memory(session, pa, size, value, err);
}

static bool eval_address_of(const struct expr *e, const struct session *session, uint64_t *value, struct error *err)
{
	const struct expr *of = e->a;
	uint64_t v = 0;
	unsigned size;

	if (of->kind == EXPR_SLOT)
		return expr_location(of, session, value, &size, err);
	if (of->a && !expr_eval(of->a, session, &v, err))
		return false;
	*value = of->kind == EXPR_MEMORY ? v : of->number + v * 8;
	return true;
}

static bool eval_physical(const struct expr *e, const struct session *session, uint64_t *value, struct error *err)
{
	uint64_t v;

	if (!expr_eval(e->a, session, &v, err))
		return false;
	if (names_physical(session_loaded(session), session_focus(session), v, value))
		return true;
	return error_set(err, "column %d: nothing is mapped at 0x%" PRIx64, e->column, v);
}

static bool eval_online(const struct expr *e, const struct session *session, uint64_t *value, struct error *err)
{
	uint64_t mask;
	gpa_t pa;

	if (!session_online_mask(session, &mask))
		return error_set(err, "column %d: online: the kernel's mask would be at 0x%" PRIx64 ", where no memory is",
				 e->column, (session_online_location(session, &pa), pa));
	*value = (uint64_t)__builtin_popcountll(mask);
	return true;
}

/* ---- operators ---- */

static bool eval_unary(const struct expr *e, const struct session *session, uint64_t *value, struct error *err)
{
	uint64_t v;

	if (!expr_eval(e->a, session, &v, err))
		return false;
	*value = e->op == OP_NEGATE ? -v : e->op == OP_INVERT ? ~v : !v;
	return true;
}

static bool is_negative_number(const struct expr *e)
{
	return e->kind == EXPR_UNARY && e->op == OP_NEGATE;
}

static bool is_comparison(enum expr_op op)
{
	return op >= OP_LT && op <= OP_NE;
}

/* Is E a comparison of signed numbers?  See expr.h. */
static bool is_signed(const struct expr *e)
{
	bool with_zero = (e->op == OP_LT || e->op == OP_GE) && e->b->kind == EXPR_NUMBER && !e->b->number;

	return with_zero || is_negative_number(e->a) || is_negative_number(e->b);
}

/* Bytes of the value that E reads: what a minus on the other side is compared with. */
static unsigned width_of(const struct expr *e)
{
	switch (e->kind) {
	case EXPR_REG: case EXPR_SYMBOL: case EXPR_MEMORY:
		return e->size;
	default:
		return 8;
	}
}

static uint64_t compare_signed(enum expr_op op, int64_t a, int64_t b)
{
	switch (op) {
	case OP_LT: return a < b;
	case OP_LE: return a <= b;
	case OP_GT: return a > b;
	case OP_GE: return a >= b;
	case OP_EQ: return a == b;
	default: return a != b;
	}
}

static uint64_t apply(enum expr_op op, uint64_t a, uint64_t b)
{
	switch (op) {
	case OP_MUL: return a * b;
	case OP_ADD: return a + b;
	case OP_SUB: return a - b;
	case OP_SHL: return b < 64 ? a << b : 0;
	case OP_SHR: return b < 64 ? a >> b : 0;
	case OP_LT: return a < b;
	case OP_LE: return a <= b;
	case OP_GT: return a > b;
	case OP_GE: return a >= b;
	case OP_EQ: return a == b;
	case OP_NE: return a != b;
	case OP_AND: return a & b;
	case OP_XOR: return a ^ b;
	case OP_OR: return a | b;
	case OP_DIV: return a / b;
	case OP_MOD: return a % b;
	default: return 0;
	}
}

static bool eval_logical(const struct expr *e, const struct session *session, uint64_t *value, struct error *err)
{
	uint64_t a, b;

	if (!expr_eval(e->a, session, &a, err))
		return false;
	*value = !!a;
	if (!!a == (e->op == OP_LOGICAL_OR))
		return true;
	if (!expr_eval(e->b, session, &b, err))
		return false;
	*value = !!b;
	return true;
}

static bool eval_binary(const struct expr *e, const struct session *session, uint64_t *value, struct error *err)
{
	uint64_t a, b;

	if (e->op == OP_LOGICAL_AND || e->op == OP_LOGICAL_OR)
		return eval_logical(e, session, value, err);
	if (!expr_eval(e->a, session, &a, err) || !expr_eval(e->b, session, &b, err))
		return false;
	if ((e->op == OP_DIV || e->op == OP_MOD) && !b)
		return error_set(err, "column %d: division by zero", e->column);
	if (is_comparison(e->op) && is_signed(e))
		*value = compare_signed(e->op, (int64_t)sign_extend(a, width_of(e->a)),
					(int64_t)sign_extend(b, width_of(e->b)));
	else
		*value = apply(e->op, a, b);
	return true;
}

bool expr_eval(const struct expr *e, const struct session *session, uint64_t *value, struct error *err)
{
	switch (e->kind) {
	case EXPR_NUMBER: case EXPR_STATE_WORD: case EXPR_ADDRESS:
		*value = e->number;
		return true;
	case EXPR_REG:
		*value = low_bytes(cpu_get_reg(cpu_of(e, session), e->reg), e->size);
		return true;
	case EXPR_PROPERTY:
		*value = eval_property(e, session);
		return true;
	case EXPR_MILESTONE:
		*value = reached_at(session_reached(session), (size_t)e->number)->times;
		return true;
	case EXPR_EVENT:
		*value = eventring_count(session_events(session), e->event);
		return true;
	case EXPR_TIME:
		*value = machine_time(session_machine(session));
		return true;
	case EXPR_ONLINE:
		return eval_online(e, session, value, err);
	case EXPR_SYSREG:
		return eval_sysreg(e, session, value, err);
	case EXPR_SYMBOL: case EXPR_ELEMENT: case EXPR_MEMORY: case EXPR_SLOT:
		return eval_memory(e, session, value, err);
	case EXPR_PHYSICAL:
		return eval_physical(e, session, value, err);
	case EXPR_ADDRESS_OF:
		return eval_address_of(e, session, value, err);
	case EXPR_UNARY:
		return eval_unary(e, session, value, err);
	case EXPR_BINARY:
		return eval_binary(e, session, value, err);
	case EXPR_CHOICE:
		return expr_eval(e->a, session, value, err) && expr_eval(*value ? e->b : e->c, session, value, err);
	}
	return false;
}

bool expr_value(const struct session *session, const char *text, uint64_t *value, struct error *err)
{
	struct expr *e = expr_parse(session, text, err);
	bool ok = e && expr_eval(e, session, value, err);

	expr_free(e);
	return ok;
}

/* ---- what it depends on ---- */

/* A CPU's property changes with an instruction, or only with an event. */
static unsigned property_depends(const struct expr *e)
{
	switch (e->property) {
	case PROPERTY_STATE: case PROPERTY_EL: case PROPERTY_MMU:
		return EXPR_DEPENDS_EVENT;
	case PROPERTY_MPIDR:
		return 0;
	default:
		return EXPR_DEPENDS_INSTRUCTION;
	}
}

static unsigned own_depends(const struct expr *e)
{
	switch (e->kind) {
	case EXPR_REG: case EXPR_SYSREG: case EXPR_TIME: case EXPR_PHYSICAL:
		return EXPR_DEPENDS_INSTRUCTION;
	case EXPR_PROPERTY:
		return property_depends(e);
	case EXPR_MILESTONE: case EXPR_EVENT:
		return EXPR_DEPENDS_EVENT;
	case EXPR_ONLINE: case EXPR_SYMBOL: case EXPR_ELEMENT: case EXPR_SLOT:
		return EXPR_DEPENDS_MEMORY;
	case EXPR_MEMORY:
		/* What a virtual address means can change under it. */
		return EXPR_DEPENDS_INSTRUCTION;
	default:
		return 0;
	}
}

unsigned expr_depends(const struct expr *e)
{
	unsigned below = 0;

	if (e->a)
		below |= expr_depends(e->a);
	if (e->b)
		below |= expr_depends(e->b);
	if (e->c)
		below |= expr_depends(e->c);
	/* An element whose index changes is not at a fixed address. */
	if (e->kind == EXPR_ELEMENT && below)
		below |= EXPR_DEPENDS_INSTRUCTION;
	return own_depends(e) | below;
}

uint64_t expr_events(const struct expr *e)
{
	uint64_t mask = e->kind == EXPR_EVENT ? 1ull << e->event : 0;

	if (e->a)
		mask |= expr_events(e->a);
	if (e->b)
		mask |= expr_events(e->b);
	if (e->c)
		mask |= expr_events(e->c);
	return mask;
}

void expr_each_range(const struct expr *e, const struct session *session, expr_range_fn *fn, void *ctx)
{
	gpa_t pa;
	unsigned size;

	if ((own_depends(e) & EXPR_DEPENDS_MEMORY) && e->kind != EXPR_ONLINE &&
	    expr_location(e, session, &pa, &size, NULL))
		fn(ctx, pa, size);
	if (e->kind == EXPR_ONLINE && session_online_location(session, &pa))
		fn(ctx, pa, sizeof(uint64_t));
	if (e->a)
		expr_each_range(e->a, session, fn, ctx);
	if (e->b)
		expr_each_range(e->b, session, fn, ctx);
	if (e->c)
		expr_each_range(e->c, session, fn, ctx);
}

/* ---- storing ---- */

static bool assign_sysreg(const struct expr *e, struct session *session, uint64_t value, struct error *err)
{
	unsigned cpu = which_cpu(e, session);
	uint64_t whole = value, mask;

	if (e->field) {
		if (!info_sysreg(session, cpu, (uint32_t)e->number, &whole))
			return error_set(err, "column %d: this CPU has no such system register", e->column);
		mask = field_of(e->field, UINT64_MAX) << e->field->low;
		whole = (whole & ~mask) | (value << e->field->low & mask);
	}
	if (drive_set_sysreg(session, cpu, (uint32_t)e->number, whole))
		return true;
	return error_set(err, "column %d: this system register cannot be written", e->column);
}

/* DAIF and NZCV are four bits of PSTATE each. */
static bool assign_property(const struct expr *e, struct session *session, uint64_t value, struct error *err)
{
	unsigned shift = e->property == PROPERTY_DAIF ? 6 : 28, cpu = which_cpu(e, session);
	uint64_t pstate = cpu_get_reg(cpu_of(e, session), CPU_PSTATE);

	if (e->property != PROPERTY_DAIF && e->property != PROPERTY_NZCV)
		return error_set(err, "column %d: this can be read but not set", e->column);
	if (value > 0xf)
		return error_set(err, "0x%" PRIx64 " is too large: four bits, 0 to 15", value);
	drive_set_reg(session, cpu, CPU_PSTATE, (pstate & ~(0xfull << shift)) | value << shift);
	return true;
}

static bool assign_memory(const struct expr *e, struct session *session, uint64_t value, struct error *err)
{
	gpa_t pa;
	unsigned size;

	if (!expr_location(e, session, &pa, &size, err))
		return false;
	if (drive_set_memory(session, pa, size, value))
		return true;
	return error_set(err, "column %d: no memory at physical address 0x%" PRIx64, e->column, pa);
}

bool expr_assign(const struct expr *e, struct session *session, uint64_t value, struct error *err)
{
	switch (e->kind) {
	case EXPR_REG:
		drive_set_reg(session, which_cpu(e, session), e->reg, low_bytes(value, e->size));
		return true;
	case EXPR_SYSREG:
		return assign_sysreg(e, session, value, err);
	case EXPR_PROPERTY:
		return assign_property(e, session, value, err);
	case EXPR_SYMBOL: case EXPR_ELEMENT: case EXPR_MEMORY: case EXPR_SLOT:
		return assign_memory(e, session, value, err);
	default:
		return error_set(err, "column %d: only registers and memory can be set", e->column);
	}
}

/* ---- showing ---- */

static const char *const state_names[] = {
	[CPU_OFF] = "off", [CPU_RUNNING] = "running", [CPU_WFE] = "wfe", [CPU_WFI] = "wfi", [CPU_FAULTED] = "faulted",
};

static bool is_small_number(const struct expr *e)
{
	switch (e->kind) {
	case EXPR_MILESTONE: case EXPR_EVENT: case EXPR_ONLINE: case EXPR_TIME:
		return true;
	case EXPR_PROPERTY:
		return e->property != PROPERTY_SYM && e->property != PROPERTY_MONITOR && e->property != PROPERTY_MPIDR;
	default:
		return false;
	}
}

void expr_format(const struct expr *e, const struct session *session, uint64_t value, struct strbuf *out)
{
	bool is_state = e->kind == EXPR_STATE_WORD || (e->kind == EXPR_PROPERTY && e->property == PROPERTY_STATE);

	if (is_state && value <= CPU_FAULTED) {
		strbuf_puts(out, state_names[value]);
	} else if (e->kind == EXPR_PROPERTY && e->property == PROPERTY_SYM && value) {
		names_format(session_loaded(session), value, out);
	} else if (value < 10 || is_small_number(e) || is_comparison(e->op)) {
		strbuf_printf(out, "%" PRIu64, value);
	} else if (value == UINT64_MAX) {
		strbuf_puts(out, "-1");
	} else {
		strbuf_printf(out, "0x%" PRIx64, value);
		names_format_after(session_loaded(session), value, out);
	}
}

static bool is_worth_telling(const struct expr *e)
{
	switch (e->kind) {
	case EXPR_NUMBER: case EXPR_STATE_WORD: case EXPR_ADDRESS: case EXPR_ADDRESS_OF:
		return false;
	default:
		return e->text;
	}
}

static void explain_leaf(const struct expr *e, const struct session *session, struct strbuf *out)
{
	struct error err = ERROR_NONE;
	uint64_t value;

	strbuf_printf(out, "%s%s ", out->len ? ", " : "", e->text);
	if (expr_eval(e, session, &value, &err)) {
		strbuf_puts(out, "is ");
		expr_format(e, session, value, out);
	} else {
		strbuf_printf(out, "has no value (%s)", err.text);
	}
}

void expr_explain(const struct expr *e, const struct session *session, struct strbuf *out)
{
	bool is_operator = e->kind == EXPR_BINARY || e->kind == EXPR_UNARY || e->kind == EXPR_CHOICE;

	if (!is_operator && is_worth_telling(e)) {
		explain_leaf(e, session, out);
		return;
	}
	if (e->a)
		expr_explain(e->a, session, out);
	if (e->b)
		expr_explain(e->b, session, out);
	if (e->c)
		expr_explain(e->c, session, out);
}
