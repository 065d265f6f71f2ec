/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/options.c: command-line options as tables.
 */
#include "front/options.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/suggest.h"

/* The row that an argument names, and its table's target. */
struct found { const struct option_row *row; void *to; };

static struct found find_letter(const struct option_target *targets, char letter)
{
	for (; targets->table; targets++)
		for (size_t i = 0; i < targets->table->count; i++)
			if (targets->table->rows[i].letter == letter)
				return (struct found){ &targets->table->rows[i], targets->to };
	return (struct found){ NULL, NULL };
}

/* NAME, LEN characters, may be cut short where it stays unique. */
static struct found find_name(const struct option_target *targets, const char *name, size_t len, unsigned *matches)
{
	struct found found = { NULL, NULL };

	*matches = 0;
	for (; targets->table; targets++) {
		for (size_t i = 0; i < targets->table->count; i++) {
			const struct option_row *row = &targets->table->rows[i];

			if (strncmp(row->name, name, len))
				continue;
			found = (struct found){ row, targets->to };
			++*matches;
			if (!row->name[len]) {
				*matches = 1;
				return found;
			}
		}
	}
	return found;
}

/* The arguments from AT on. */
struct cursor { int argc; char **argv; int at; };

static bool set_option(const struct found *found, const char *value, struct error *err)
{
	struct error own = ERROR_NONE;

	if (found->row->set(found->to, value, &own))
		return true;
	return error_set(err, "--%s: %s", found->row->name, own.text);
}

/* Its value is what is ATTACHED (may be NULL), else the next argument. */
static bool take_value(struct cursor *c, const struct found *found, const char *attached, struct error *err)
{
	if (!found->row->value)
		return set_option(found, NULL, err);
	if (attached)
		return set_option(found, attached, err);
	if (c->at + 1 >= c->argc)
		return error_set(err, "--%s wants %s", found->row->name, found->row->value);
	return set_option(found, c->argv[++c->at], err);
}

/* NAME, LEN characters, is no option: which one may be meant? */
static bool complain(const struct option_target *targets, const char *name, size_t len, struct error *err)
{
	char *word = xstrndup(name, len);
	struct suggest other = suggest_start(word);

	for (; targets->table; targets++)
		for (size_t i = 0; i < targets->table->count; i++)
			suggest_offer(&other, targets->table->rows[i].name);
	if (other.best)
		error_set(err, "no option --%s; did you mean --%s?", word, other.best);
	else
		error_set(err, "no option --%s", word);
	free(word);
	return false;
}

static bool take_long(struct cursor *c, const struct option_target *targets, struct error *err)
{
	const char *name = c->argv[c->at] + 2, *equals = strchr(name, '=');
	size_t len = equals ? (size_t)(equals - name) : strlen(name);
	unsigned matches;
	struct found found = find_name(targets, name, len, &matches);

	if (!matches)
		return complain(targets, name, len, err);
	if (matches != 1)
		return error_set(err, "option --%.*s could be several", (int)len, name);
	if (equals && !found.row->value)
		return error_set(err, "--%s takes no value", found.row->name);
	return take_value(c, &found, equals ? equals + 1 : NULL, err);
}

/* Letters without a value may share one '-'. */
static bool take_letters(struct cursor *c, const struct option_target *targets, struct error *err)
{
	for (const char *at = c->argv[c->at] + 1; *at; at++) {
		struct found found = find_letter(targets, *at);

		if (!found.row)
			return error_set(err, "no option -%c", *at);
		if (found.row->value)
			return take_value(c, &found, at[1] ? at + 1 : NULL, err);
		if (!set_option(&found, NULL, err))
			return false;
	}
	return true;
}

bool options_parse(int argc, char **argv, const struct option_target *targets, int *rest, enum options_wish *wish,
		   struct error *err)
{
	struct cursor c = { argc, argv, 1 };
	bool ended = false;

	*rest = 0;
	*wish = OPTIONS_RUN;
	for (; c.at < argc; c.at++) {
		char *arg = argv[c.at];
		bool ok = true;

		if (ended || arg[0] != '-' || !arg[1])
			argv[++*rest] = arg;
		else if (!strcmp(arg, "--"))
			ended = true;
		else if (!strcmp(arg, "--help") || !strcmp(arg, "-h"))
			*wish = OPTIONS_HELP;
		else
			ok = arg[1] == '-' ? take_long(&c, targets, err) : take_letters(&c, targets, err);
		if (!ok)
			return false;
	}
	return true;
}

static void help_row(const struct option_row *row, struct strbuf *out)
{
	enum { COLUMN_HELP = 28 };
	const char *help = row->help;
	size_t start = out->len;

	if (row->letter)
		strbuf_printf(out, "  -%c, --%s", row->letter, row->name);
	else
		strbuf_printf(out, "      --%s", row->name);
	if (row->value)
		strbuf_printf(out, " %s", row->value);
	if (out->len - start >= COLUMN_HELP) {
		strbuf_putc(out, '\n');
		start = out->len;
	}
	/* Lines after the first stand under it. */
	while (help) {
		const char *line = strchr(help, '\n');

		strbuf_pad(out, start + COLUMN_HELP);
		strbuf_add(out, help, line ? (size_t)(line - help) : strlen(help));
		strbuf_putc(out, '\n');
		start = out->len;
		help = line ? line + 1 : NULL;
	}
}

void options_help(const struct option_table *table, struct strbuf *out)
{
	strbuf_printf(out, "\n%s options\n", table->title);
	for (size_t i = 0; i < table->count; i++)
		help_row(&table->rows[i], out);
}

/* A number, and where it ends. */
static bool parse_number(const char *text, uint64_t *value, char **end)
{
	errno = 0;
	*value = strtoull(text, end, 0);
	return isdigit((unsigned char)*text) && !errno;
}

bool options_number(const char *text, uint64_t *value, struct error *err)
{
	char *end;

	if (parse_number(text, value, &end) && !*end)
		return true;
	return error_set(err, "'%s' is not a number", text);
}

bool options_size(const char *text, uint64_t *value, struct error *err)
{
	static const char units[] = "KMG";
	const char *unit;
	char *end;
	unsigned shift = 0;

	if (parse_number(text, value, &end)) {
		unit = *end ? strchr(units, toupper((unsigned char)*end)) : NULL;
		if (unit) {
			shift = 10 * (unsigned)(unit - units + 1);
			end++;
		}
		if (!*end && *value << shift >> shift == *value) {
			*value <<= shift;
			return true;
		}
	}
	return error_set(err, "'%s' is not a size: a number with K, M or G behind it, like 64M", text);
}
