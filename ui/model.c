/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/model.c: what all views look at.
 */
#include "ui/model.h"

#include <inttypes.h>

#include "session/names.h"
#include "session/tables.h"

/* Numbers below are counts, flags and ids, not addresses at the start of a ROM. */
enum { SMALL_NUMBER = 0x100, LEAST_NEGATIVE = -16 };

void model_init(struct model *model, struct session *session)
{
	*model = (struct model){
		.session = session, .changes = changes_new(), .output = STRBUF_INIT, .help = STRBUF_INIT,
	};
}

void model_release(struct model *model)
{
	changes_free(model->changes);
	strbuf_free(&model->output);
	strbuf_free(&model->help);
}

bool model_has_lesson(const struct model *model)
{
	return model->play || model->lesson;
}

struct machine *model_machine(const struct model *model)
{
	return session_machine(model->session);
}

const struct cpu *model_cpu(const struct model *model)
{
	return machine_cpu_const(model_machine(model), session_focus(model->session));
}

gva_t model_code_address(const struct model *model)
{
	return model->is_looking ? model->look : cpu_get_reg(model_cpu(model), CPU_PC);
}

enum style model_time_style(const struct model *model, uint64_t t)
{
	return t >= changes_time(model->changes) ? STYLE_CHANGED : STYLE_DIM;
}

void model_place(const struct model *model, uint64_t addr, struct strbuf *out)
{
	const struct table_slot *slot = tables_find(session_tables(model->session), addr);

	if (slot)
		strbuf_printf(out, "%s[%u]", slot->table, slot->slot);
	else
		names_format(session_loaded(model->session), addr, out);
}

/* Does VALUE look like an address of something that has a name? A number that is no address of an instruction only
 * happens to lie in code. */
static bool is_place(const struct model *model, uint64_t value)
{
	struct name name;
	uint64_t offset;

	if (value < SMALL_NUMBER)
		return false;
	if (tables_find(session_tables(model->session), value))
		return true;
	return names_at(session_loaded(model->session), value, &name, &offset) && !(name.is_code && value % 4);
}

void model_meaning(const struct model *model, uint64_t value, struct strbuf *out)
{
	if ((int64_t)value < 0 && (int64_t)value >= LEAST_NEGATIVE)
		strbuf_printf(out, "%" PRId64, (int64_t)value);
	else if (is_place(model, value))
		model_place(model, value, out);
}
