/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/help.c: `smptutor help`.
 */
#include "front/help.h"

#include <string.h>

#include "front/machine_options.h"

static const char exit_text[] =
	"0   the condition was reached, the check passed, the machine powered itself off\n"
	"1   a check, an expectation or a golden file failed\n"
	"2   a mistake on the command line, or a file that cannot be read or is not what it should be\n"
	"3   the guest faulted where nothing handles it\n"
	"4   the budget ran out, or every CPU waits for ever; the message says who waits for what\n"
	"77  skipped\n"
	"99  an error inside smptutor\n";

static void print_machine_options(struct strbuf *out)
{
	strbuf_puts(out, "The device tree is the machine: memory, CPUs, enable-method, conduit and devices are made\n"
		    "from it.\n");
	options_help(&machine_option_table, out);
}

static const struct help_topic topics[] = {
	{ "exit-codes", "what smptutor returns", exit_text, NULL },
	{ "machine", "the options that say what to boot", NULL, print_machine_options },
};

const struct help_topics help_program_topics = { topics, sizeof(topics) / sizeof(topics[0]) };

int help_usage(const struct program *program, FILE *file)
{
	fputs("Usage: smptutor SUBCOMMAND [ARGUMENTS]\n\n", file);
	for (size_t i = 0; program->subcommands[i]; i++)
		fprintf(file, "  %-8s %s\n", program->subcommands[i]->name, program->subcommands[i]->brief);
	fputs("\nsmptutor SUBCOMMAND --help, smptutor help TOPIC, smptutor --version\n", file);
	return EXIT_REACHED;
}

/* ---- the subcommand ---- */

struct help_options { bool wants_man, wants_completion; };

OPTION_FLAG(set_man, struct help_options, wants_man)
OPTION_FLAG(set_completion, struct help_options, wants_completion)

static const struct option_row rows[] = {
	{ 0, "man", NULL, "the manual page, as roff", set_man },
	{ 0, "completion", NULL, "a completion script for bash", set_completion },
};

static const struct option_table table = { "Output", rows, sizeof(rows) / sizeof(rows[0]) };

static void print_topics(const struct program *program, struct strbuf *out)
{
	const struct help_topics *session = &help_session_topics;

	strbuf_puts(out, "Topics: smptutor help TOPIC\n\n");
	for (size_t n = 0; n < session->count; n++)
		strbuf_printf(out, "  %-14s %s\n", session->items[n].name, session->items[n].brief);
	for (size_t i = 0; program->topics[i]; i++)
		for (size_t n = 0; n < program->topics[i]->count; n++)
			strbuf_printf(out, "  %-14s %s\n", program->topics[i]->items[n].name,
				      program->topics[i]->items[n].brief);
	strbuf_puts(out, "\nEvery subcommand and every command of the prompt is a topic, too:\n\n");
	for (size_t i = 0; program->subcommands[i]; i++)
		strbuf_printf(out, "  %-14s %s\n", program->subcommands[i]->name, program->subcommands[i]->brief);
}

/* A topic of the program, or a subcommand; false when WORD is neither. */
static bool print_own(const struct program *program, const char *word, struct strbuf *out)
{
	for (size_t i = 0; program->subcommands[i]; i++) {
		if (!strcmp(program->subcommands[i]->name, word)) {
			subcommand_help(program->subcommands[i], out);
			return true;
		}
	}
	for (size_t i = 0; program->topics[i]; i++) {
		for (size_t n = 0; n < program->topics[i]->count; n++) {
			const struct help_topic *topic = &program->topics[i]->items[n];

			if (strcmp(topic->name, word))
				continue;
			if (topic->print)
				topic->print(out);
			else
				strbuf_puts(out, topic->text);
			return true;
		}
	}
	return false;
}

/* WORD is no topic: correct ERR when it is a misspelt one of the program, or of the session. */
static bool complain(const struct program *program, const char *word, struct error *err)
{
	struct suggest other = suggest_start(word);

	for (size_t i = 0; program->subcommands[i]; i++)
		suggest_offer(&other, program->subcommands[i]->name);
	for (size_t i = 0; program->topics[i]; i++)
		for (size_t n = 0; n < program->topics[i]->count; n++)
			suggest_offer(&other, program->topics[i]->items[n].name);
	help_offer(NULL, &other);
	if (other.best)
		error_set(err, "no help on '%s'; did you mean '%s'?", word, other.best);
	return false;
}

static bool print_help(const struct program *program, const struct help_options *options, const char *word,
		       struct strbuf *out, struct error *err)
{
	if (options->wants_man)
		help_man(program, out);
	else if (options->wants_completion)
		help_completion(program, out);
	else if (!word)
		print_topics(program, out);
	else if (!print_own(program, word, out))
		return help_print(NULL, word, out, err) || complain(program, word, err);
	return true;
}

static int help_main(const struct program *program, int argc, char **argv)
{
	struct help_options options = { false, false };
	const struct option_target targets[] = { { &table, &options }, { NULL, NULL } };
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_NONE;
	int rest, code;
	bool ok;

	if (!subcommand_begin(&subcommand_help_row, argc, argv, targets, &rest, &code))
		return code;
	ok = rest <= 1 || error_set(&err, "help: one topic at a time");
	ok = ok && print_help(program, &options, rest ? argv[1] : NULL, &text, &err);
	fputs(strbuf_text(&text), stdout);
	strbuf_free(&text);
	return ok ? EXIT_REACHED : subcommand_fail(&err, EXIT_USAGE);
}

static const struct option_table *const tables[] = { &table, NULL };

const struct subcommand subcommand_help_row = {
	"help", "[TOPIC]", "help on a topic, a subcommand or a command of the prompt", NULL, tables, help_main,
};
