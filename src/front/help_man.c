/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/help_man.c: the manual page and the completion script, from the same tables as the help.
 */
#include <string.h>

#include "front/help.h"
#include "front/version.h"
#include "session/command.h"

/* TEXT with what roff would take for its own made harmless. */
static void put_roff(const char *text, struct strbuf *out)
{
	bool is_start = true;

	for (; *text; text++) {
		if (is_start && (*text == '.' || *text == '\''))
			strbuf_puts(out, "\\&");
		if (*text == '\\')
			strbuf_puts(out, "\\e");
		else if (*text == '-')
			strbuf_puts(out, "\\-");
		else
			strbuf_putc(out, *text);
		is_start = *text == '\n';
	}
}

static void put_option(const struct option_row *row, struct strbuf *out)
{
	strbuf_puts(out, ".TP\n");
	if (row->letter)
		strbuf_printf(out, "\\fB\\-%c\\fR, ", row->letter);
	strbuf_puts(out, "\\fB\\-\\-");
	put_roff(row->name, out);
	strbuf_puts(out, "\\fR");
	if (row->value)
		strbuf_printf(out, " \\fI%s\\fR", row->value);
	strbuf_putc(out, '\n');
	put_roff(row->help, out);
	strbuf_putc(out, '\n');
}

static void put_subcommand(const struct subcommand *subcommand, struct strbuf *out)
{
	strbuf_printf(out, ".SS \"smptutor %s ", subcommand->name);
	put_roff(subcommand->args, out);
	strbuf_puts(out, "\"\n");
	put_roff(subcommand->brief, out);
	strbuf_puts(out, ".\n");
	if (subcommand->text) {
		strbuf_puts(out, ".PP\n");
		put_roff(subcommand->text, out);
	}
	for (size_t i = 0; subcommand->tables && subcommand->tables[i]; i++)
		for (size_t n = 0; n < subcommand->tables[i]->count; n++)
			put_option(&subcommand->tables[i]->rows[n], out);
}

static void put_commands(struct strbuf *out)
{
	const struct command_set *set;

	strbuf_puts(out, ".SH COMMANDS\nWhat the prompt, scripts and lessons understand.\n");
	for (size_t i = 0; (set = commands_at(i)); i++) {
		strbuf_printf(out, ".SS %s\n", set->title);
		for (size_t n = 0; n < set->count; n++) {
			strbuf_puts(out, ".TP\n\\fB");
			put_roff(set->items[n].name, out);
			strbuf_puts(out, "\\fR ");
			put_roff(set->items[n].args, out);
			strbuf_putc(out, '\n');
			put_roff(set->items[n].brief, out);
			strbuf_puts(out, ".\n");
			if (set->items[n].text) {
				put_roff(set->items[n].text, out);
				strbuf_putc(out, '\n');
			}
		}
	}
}

static void put_topics(const struct help_topics *topics, struct strbuf *out)
{
	for (size_t i = 0; i < topics->count; i++) {
		struct strbuf text = STRBUF_INIT;

		/* The commands have a section of their own. */
		if (!strcmp(topics->items[i].name, "commands"))
			continue;
		if (topics->items[i].print)
			topics->items[i].print(&text);
		else
			strbuf_puts(&text, topics->items[i].text);
		strbuf_printf(out, ".SH \"%s\"\n.nf\n", topics->items[i].name);
		put_roff(strbuf_text(&text), out);
		strbuf_puts(out, ".fi\n");
		strbuf_free(&text);
	}
}

void help_man(const struct program *program, struct strbuf *out)
{
	strbuf_puts(out, ".TH SMPTUTOR 1 \"\" \"smptutor " PROGRAM_VERSION "\" \"User Commands\"\n.SH NAME\n"
		    "smptutor \\- watch several arm64 CPUs boot, one instruction at a time\n.SH SYNOPSIS\n"
		    "\\fBsmptutor\\fR \\fISUBCOMMAND\\fR [\\fIARGUMENTS\\fR]\n.SH DESCRIPTION\n"
		    "smptutor runs real EL3 firmware and the entry code of a Linux\\-like kernel on 1 to 64 AArch64\n"
		    "CPUs that share one memory, and shows who did what when, from reset to the last CPU online.\n"
		    ".SH SUBCOMMANDS\n");
	for (size_t i = 0; program->subcommands[i]; i++)
		put_subcommand(program->subcommands[i], out);
	put_commands(out);
	put_topics(&help_session_topics, out);
	for (size_t i = 0; program->topics[i]; i++)
		put_topics(program->topics[i], out);
}

/* ---- completion ---- */

static void put_words(const struct option_table *const *tables, struct strbuf *out)
{
	strbuf_puts(out, "--help");
	for (size_t i = 0; tables && tables[i]; i++) {
		for (size_t n = 0; n < tables[i]->count; n++) {
			strbuf_printf(out, " --%s", tables[i]->rows[n].name);
			if (tables[i]->rows[n].letter)
				strbuf_printf(out, " -%c", tables[i]->rows[n].letter);
		}
	}
}

void help_completion(const struct program *program, struct strbuf *out)
{
	strbuf_puts(out, "# bash completion for smptutor, made by smptutor help --completion\n_smptutor()\n{\n"
		    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=\n"
		    "\tCOMPREPLY=()\n\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\twords=\"--help --version");
	for (size_t i = 0; program->subcommands[i]; i++)
		strbuf_printf(out, " %s", program->subcommands[i]->name);
	strbuf_puts(out, "\"\n\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n\t\treturn\n\tfi\n"
		    "\tcase $prev in\n"
		    "\t-b|--board)\n\t\twords=$(smptutor run -b help 2>/dev/null | cut -d ' ' -f 1)\n"
		    "\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n\t\treturn ;;\n\tesac\n"
		    "\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; program->subcommands[i]; i++) {
		strbuf_printf(out, "\t%s) words=\"", program->subcommands[i]->name);
		put_words(program->subcommands[i]->tables, out);
		strbuf_puts(out, "\" ;;\n");
	}
	strbuf_puts(out,
		    "\tesac\n\tcase $cur in\n\t-*) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\") ;;\n"
		    "\t*) mapfile -t COMPREPLY < <(compgen -f -- \"$cur\") ;;\n\tesac\n}\n"
		    "complete -o filenames -F _smptutor smptutor\n");
}
