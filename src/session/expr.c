/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/expr.c: reading expressions: a recursive descent with C's precedence.
 */
#include "session/expr.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "machine/cpu.h"
#include "service/milestones.h"
#include "session/eventlog.h"
#include "session/expr_node.h"
#include "session/names.h"

/* A parse going on. */
struct parser {
	const struct session *session;
	const char *text, *at;
	unsigned depth;
	struct error *err;
};

static struct expr *parse_choice(struct parser *p);
static struct expr *parse_unary(struct parser *p);

/* ---- nodes ---- */

static struct expr *node_new(const struct parser *p, enum expr_kind kind)
{
	struct expr *e = xzalloc(sizeof(*e));

	e->kind = kind;
	e->cpu = EXPR_CPU_FOCUS;
	e->size = 8;
	e->column = (int)(p->at - p->text) + 1;
	return e;
}

void expr_free(struct expr *expr)
{
	if (!expr)
		return;
	expr_free(expr->a);
	expr_free(expr->b);
	expr_free(expr->c);
	free(expr->text);
	free(expr);
}

/* Free EXPR and say what is wrong where the parser stands; NULL, to be returned. */
static struct expr *fail(const struct parser *p, struct expr *expr, const char *what)
{
	expr_free(expr);
	if (*p->at)
		return error_null(p->err, "column %d, at '%.20s': %s", (int)(p->at - p->text) + 1, p->at, what);
	return error_null(p->err, "column %d, at the end: %s", (int)(p->at - p->text) + 1, what);
}

/* ---- words ---- */

static void skip_blanks(struct parser *p)
{
	while (isspace((unsigned char)*p->at))
		p->at++;
}

/* Is TOKEN next?  Then step over it. */
static bool take(struct parser *p, const char *token)
{
	skip_blanks(p);
	if (strncmp(p->at, token, strlen(token)))
		return false;
	p->at += strlen(token);
	return true;
}

static bool is_word_start(char c)
{
	return isalpha((unsigned char)c) || c == '_' || c == '$' || c == '.';
}

/* "firmware:" and "kernel:" before a name say whose symbol it is. */
static size_t module_length(const char *s)
{
	static const char *const modules[] = { "firmware:", "kernel:", "symbols:" };

	for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++)
		if (!strncmp(s, modules[i], strlen(modules[i])) && is_word_start(s[strlen(modules[i])]))
			return strlen(modules[i]);
	return 0;
}

/* Length of the name at S: letters, digits, '_', '$', and dots inside it. */
static size_t word_length(const char *s)
{
	size_t len = module_length(s);

	while (isalnum((unsigned char)s[len]) || s[len] == '_' || s[len] == '$' ||
	       (s[len] == '.' && (isalnum((unsigned char)s[len + 1]) || s[len + 1] == '_')))
		len++;
	return len;
}

/* ---- what follows "cpuN." ---- */

static const struct { const char *name; enum expr_property property; } properties[] = {
	{ "state", PROPERTY_STATE }, { "sym", PROPERTY_SYM }, { "monitor", PROPERTY_MONITOR },
	  { "event", PROPERTY_EVENT },
	{ "el", PROPERTY_EL }, { "mmu", PROPERTY_MMU }, { "daif", PROPERTY_DAIF }, { "nzcv", PROPERTY_NZCV },
	{ "mpidr", PROPERTY_MPIDR }, { "instructions", PROPERTY_INSTRUCTIONS },
};

static const struct { const char *name; int reg; } special_regs[] = {
	{ "sp", CPU_SP }, { "pc", CPU_PC }, { "pstate", CPU_PSTATE }, { "lr", CPU_X30 }, { "fp", 29 },
};

/* x0 to x30 and w0 to w30. */
static bool parse_numbered_reg(const char *name, struct expr *e)
{
	char *end;
	unsigned long n;

	if ((name[0] != 'x' && name[0] != 'w') || !isdigit((unsigned char)name[1]) || (name[1] == '0' && name[2]))
		return false;
	n = strtoul(name + 1, &end, 10);
	if (*end || n > 30)
		return false;
	e->kind = EXPR_REG;
	e->reg = (int)n;
	e->size = name[0] == 'w' ? 4 : 8;
	return true;
}

static bool parse_special_reg(const char *name, struct expr *e)
{
	for (size_t i = 0; i < sizeof(special_regs) / sizeof(special_regs[0]); i++) {
		if (strcmp(name, special_regs[i].name))
			continue;
		e->kind = EXPR_REG;
		e->reg = special_regs[i].reg;
		return true;
	}
	return false;
}

static bool parse_property(const char *name, struct expr *e)
{
	for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++) {
		if (strcmp(name, properties[i].name))
			continue;
		e->kind = EXPR_PROPERTY;
		e->property = properties[i].property;
		return true;
	}
	return false;
}

/* "sctlr_el1", or a field of it: "sctlr_el1.M". */
static bool parse_sysreg(const char *name, struct expr *e)
{
	const char *dot = strchr(name, '.');
	char *whole = dot ? xstrndup(name, (size_t)(dot - name)) : xstrdup(name);
	const struct sysreg *reg = sysreg_find(whole);
	uint32_t number;
	bool found = sysreg_number(whole, &number);

	free(whole);
	if (!found)
		return false;
	e->kind = EXPR_SYSREG;
	e->number = number;
	if (!dot)
		return true;
	for (e->field = reg ? reg->fields : NULL; e->field && e->field->name; e->field++)
		if (!strcasecmp(e->field->name, dot + 1))
			return true;
	return false;
}

/* A register or property called NAME, of e->cpu. */
static bool parse_cpu_name(const char *name, struct expr *e)
{
	return parse_numbered_reg(name, e) || parse_special_reg(name, e) || parse_property(name, e) ||
		parse_sysreg(name, e);
}

/* "cpuN.NAME"; NULL with no error set when WORD does not start like that. */
static struct expr *parse_of_cpu(struct parser *p, const char *word)
{
	unsigned n, count = machine_cpu_count(session_machine(p->session));
	struct expr *e;
	int end = 0;

	if (sscanf(word, "cpu%3u.%n", &n, &end) < 1 || !end)
		return NULL;
	if (n >= count) {
		error_set(p->err, "column %d: no CPU %u; there are CPUs 0 to %u", (int)(p->at - p->text) + 1, n,
			  count - 1);
		return NULL;
	}
	e = node_new(p, EXPR_REG);
	e->cpu = (int)n;
	if (parse_cpu_name(word + end, e))
		return e;
	expr_free(e);
	return error_null(p->err, "column %d: '%s' is no register and nothing else that a CPU has",
			  (int)(p->at - p->text) + end + 1, word + end);
}

/* ---- other names ---- */

static const struct { const char *word; enum cpu_state state; } state_words[] = {
	{ "running", CPU_RUNNING }, { "wfe", CPU_WFE }, { "wfi", CPU_WFI }, { "off", CPU_OFF },
	  { "faulted", CPU_FAULTED },
};

/* EL0 to EL3, as they are shown: the number of the level. */
static struct expr *parse_level_word(struct parser *p, const char *word)
{
	struct expr *e;

	if (strncmp(word, "EL", 2) || word[2] < '0' || word[2] > '3' || word[3])
		return NULL;
	e = node_new(p, EXPR_NUMBER);
	e->number = (uint64_t)(word[2] - '0');
	return e;
}

static struct expr *parse_state_word(struct parser *p, const char *word)
{
	for (size_t i = 0; i < sizeof(state_words) / sizeof(state_words[0]); i++) {
		if (!strcmp(word, state_words[i].word)) {
			struct expr *e = node_new(p, EXPR_STATE_WORD);

			e->number = state_words[i].state;
			return e;
		}
	}
	return NULL;
}

static struct expr *parse_milestone(struct parser *p, const char *name)
{
	int index = milestones_find(name);
	struct expr *e;

	if (index < 0)
		return error_null(p->err, "column %d: no milestone '%s' (see 'info milestones')",
				  (int)(p->at - p->text) + 1, name);
	e = node_new(p, EXPR_MILESTONE);
	e->number = (uint64_t)index;
	return e;
}

/* The name of an event may hold a '-', which else ends a word: take the longest name that stands there. */
static struct expr *parse_event(struct parser *p, const char *name)
{
	const char *start = p->at + strlen("event.");
	size_t best = 0;
	struct expr *e = node_new(p, EXPR_EVENT);

	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
		const char *candidate = eventlog_kind_name(kind);
		size_t len = strlen(candidate);

		if (len > best && !strncmp(start, candidate, len) && !isalnum((unsigned char)start[len])) {
			best = len;
			e->event = (enum event_kind)kind;
		}
	}
	if (!best) {
		expr_free(e);
		return error_null(p->err, "column %d: no event '%s' (see 'help events')", (int)(p->at - p->text) + 1,
				  name);
	}
	p->at = start + best - strlen(name) - strlen("event.");	/* the caller steps over the word */
	return e;
}

/* [INDEX] behind something; false with the error set when the bracket is not closed. */
static struct expr *parse_index(struct parser *p)
{
	struct expr *index = parse_choice(p);

	if (index && !take(p, "]"))
		return fail(p, index, "expected ']'");
	return index;
}

/* A symbol: its value when it is data of at most 8 bytes, an element when an index follows, else its address. */
static struct expr *parse_symbol(struct parser *p, const char *word)
{
	struct name name;
	struct error unknown = ERROR_NONE;
	struct expr *e;
	bool is_value;

	if (!names_find(session_loaded(p->session), word, &name, &unknown))
		return error_null(p->err, "column %d: %s", (int)(p->at - p->text) + 1, unknown.text);
	is_value = !name.is_code && (name.size == 1 || name.size == 2 || name.size == 4 || name.size == 8);
	e = node_new(p, is_value ? EXPR_SYMBOL : EXPR_ADDRESS);
	e->number = name.va;
	e->pa = name.pa;
	e->size = is_value ? (unsigned)name.size : 8;
	return e;
}

static struct expr *parse_dotted(struct parser *p, const char *word)
{
	if (!strncmp(word, "milestone.", 10))
		return parse_milestone(p, word + 10);
	if (!strncmp(word, "event.", 6))
		return parse_event(p, word + 6);
	return parse_of_cpu(p, word);
}

/* The kernel's own mask is meant; 0 for want of a name for it would be a wrong answer. */
static struct expr *parse_online(struct parser *p)
{
	char what[40];
	gpa_t pa;

	if (session_online_location(p->session, &pa))
		return node_new(p, EXPR_ONLINE);
	snprintf(what, sizeof(what), "column %d: online", (int)(p->at - p->text) + 1);
	session_complain_symbols(p->session, what, p->err);
	return NULL;
}

/* A name that needs no symbol table but perhaps the kernel's; NULL without an error when WORD is not one. */
static struct expr *parse_known(struct parser *p, const char *word)
{
	struct expr *e = parse_dotted(p, word);

	if (e || error_is_set(p->err))
		return e;
	if (!strcmp(word, "t"))
		return node_new(p, EXPR_TIME);
	if (!strcmp(word, "online"))
		return parse_online(p);
	e = parse_state_word(p, word);
	if (!e)
		e = parse_level_word(p, word);
	if (e)
		return e;
	e = node_new(p, EXPR_REG);
	if (parse_cpu_name(word, e))
		return e;
	expr_free(e);
	return NULL;
}

/* ---- memN[...], release_addr[...], pa(...) ---- */

static struct expr *parse_subscript(struct parser *p, enum expr_kind kind, unsigned size)
{
	struct expr *e = node_new(p, kind);

	e->size = size;
	if (!take(p, "["))
		return fail(p, e, "expected '['");
	e->a = parse_index(p);
	if (e->a)
		return e;
	expr_free(e);
	return NULL;
}

static struct expr *parse_physical(struct parser *p)
{
	struct expr *e = node_new(p, EXPR_PHYSICAL);

	if (!take(p, "("))
		return fail(p, e, "expected '('");
	e->a = parse_choice(p);
	if (!e->a) {
		expr_free(e);
		return NULL;
	}
	return take(p, ")") ? e : fail(p, e, "expected ')'");
}

static const struct { const char *word; unsigned size; } memory_words[] = {
	{ "mem8", 1 }, { "mem16", 2 }, { "mem32", 4 }, { "mem64", 8 },
};

/* The bytes to read at once for "mem32" and its kin; 0 for another word. */
static unsigned memory_size(const char *word)
{
	for (size_t i = 0; i < sizeof(memory_words) / sizeof(memory_words[0]); i++)
		if (!strcmp(word, memory_words[i].word))
			return memory_words[i].size;
	return 0;
}

static struct expr *parse_word(struct parser *p)
{
	size_t len = word_length(p->at);
	char *word;
	unsigned size;
	struct expr *e;

	/* gdb's $x0 and the documentation's .x0 mean x0. */
	if ((p->at[0] == '$' || p->at[0] == '.') && len > 1) {
		p->at++;
		len--;
	}
	word = xstrndup(p->at, len);
	size = memory_size(word);
	if (size || !strcmp(word, "release_addr") || !strcmp(word, "pa")) {
		p->at += len;
		e = size ? parse_subscript(p, EXPR_MEMORY, size)
			 : *word == 'r' ? parse_subscript(p, EXPR_SLOT, 8) : parse_physical(p);
	} else {
		e = parse_known(p, word);
		if (!e && !error_is_set(p->err))
			e = parse_symbol(p, word);
		p->at += e ? len : 0;
	}
	free(word);
	return e;
}

static struct expr *parse_number(struct parser *p)
{
	struct expr *e = node_new(p, EXPR_NUMBER);
	char *end;

	e->number = strtoull(p->at, &end, 0);
	if (p->at[0] == '0' && (p->at[1] == 'b' || p->at[1] == 'B'))
		e->number = strtoull(p->at + 2, &end, 2);
	if (isalnum((unsigned char)*end) || *end == '_')
		return fail(p, e, "not a number");
	p->at = end;
	return e;
}

/* ---- operators ---- */

static struct expr *parse_primary(struct parser *p)
{
	struct expr *e;

	skip_blanks(p);
	if (isdigit((unsigned char)*p->at))
		return parse_number(p);
	if (is_word_start(*p->at) && word_length(p->at))
		return parse_word(p);
	if (!take(p, "("))
		return fail(p, NULL, "expected a number, a name or '('");
	e = parse_choice(p);
	if (e && !take(p, ")"))
		return fail(p, e, "expected ')'");
	return e;
}

/* SYMBOL[INDEX]: a word of an array. */
static struct expr *parse_element(struct parser *p, struct expr *e)
{
	if (e->kind != EXPR_ADDRESS && e->kind != EXPR_SYMBOL)
		return fail(p, e, "only symbols and mem8/16/32/64 have elements");
	e->kind = EXPR_ELEMENT;
	e->size = 8;
	e->a = parse_index(p);
	if (e->a)
		return e;
	expr_free(e);
	return NULL;
}

/* The text from START to END without the blanks at its end. */
static char *copy_trimmed(const char *start, const char *end)
{
	while (end > start && isspace((unsigned char)end[-1]))
		end--;
	return xstrndup(start, (size_t)(end - start));
}

static struct expr *parse_postfix(struct parser *p)
{
	const char *start;
	struct expr *e;

	skip_blanks(p);
	start = p->at;
	e = parse_primary(p);
	if (e && take(p, "["))
		e = parse_element(p, e);
	if (e && !e->text)
		e->text = copy_trimmed(start, p->at);
	return e;
}

/* E with OPERAND, which may be NULL after an error, below it. */
static struct expr *with_operand(struct expr *e, struct expr *operand)
{
	if (operand) {
		e->a = operand;
		return e;
	}
	expr_free(e);
	return NULL;
}

static struct expr *parse_address_of(struct parser *p)
{
	struct expr *e = with_operand(node_new(p, EXPR_ADDRESS_OF), parse_unary(p));

	if (!e)
		return NULL;
	switch (e->a->kind) {
	case EXPR_SYMBOL: case EXPR_ADDRESS: case EXPR_ELEMENT: case EXPR_MEMORY: case EXPR_SLOT:
		return e;
	default:
		return fail(p, e, "only what lies in memory has an address");
	}
}

static struct expr *parse_prefixed(struct parser *p)
{
	static const struct { const char *token; enum expr_op op; } prefixes[] = {
		{ "-", OP_NEGATE }, { "~", OP_INVERT }, { "!", OP_NOT },
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (take(p, prefixes[i].token)) {
			struct expr *e = node_new(p, EXPR_UNARY);

			e->op = prefixes[i].op;
			return with_operand(e, parse_unary(p));
		}
	}
	if (take(p, "+"))
		return parse_unary(p);
	if (take(p, "*"))
		return with_operand(node_new(p, EXPR_MEMORY), parse_unary(p));
	if (take(p, "&"))
		return parse_address_of(p);
	return parse_postfix(p);
}

static struct expr *parse_unary(struct parser *p)
{
	struct expr *e;

	if (++p->depth > EXPR_DEPTH_MAX)
		return fail(p, NULL, "too deeply nested");
	e = parse_prefixed(p);
	p->depth--;
	return e;
}

/* Longer operators come before those they start with. */
static const struct { const char *token; enum expr_op op; int precedence; } binaries[] = {
	{ "||", OP_LOGICAL_OR, 1 }, { "&&", OP_LOGICAL_AND, 2 }, { "==", OP_EQ, 6 }, { "!=", OP_NE, 6 },
	{ "<<", OP_SHL, 8 }, { ">>", OP_SHR, 8 }, { "<=", OP_LE, 7 }, { ">=", OP_GE, 7 }, { "<", OP_LT, 7 },
	  { ">", OP_GT, 7 },
	{ "|", OP_OR, 3 }, { "^", OP_XOR, 4 }, { "&", OP_AND, 5 }, { "+", OP_ADD, 9 }, { "-", OP_SUB, 9 },
	{ "*", OP_MUL, 10 }, { "/", OP_DIV, 10 }, { "%", OP_MOD, 10 },
};

/* Index in binaries of the operator that stands here, -1 for none. */
static int peek_binary(struct parser *p)
{
	skip_blanks(p);
	for (size_t i = 0; i < sizeof(binaries) / sizeof(binaries[0]); i++)
		if (!strncmp(p->at, binaries[i].token, strlen(binaries[i].token)))
			return (int)i;
	return -1;
}

/* Operators of at least PRECEDENCE, left to right. */
static struct expr *parse_binary(struct parser *p, int precedence)
{
	struct expr *left = parse_unary(p);
	int i;

	while (left && (i = peek_binary(p)) >= 0 && binaries[i].precedence >= precedence) {
		struct expr *e = node_new(p, EXPR_BINARY);

		p->at += strlen(binaries[i].token);
		e->op = binaries[i].op;
		e->a = left;
		e->b = parse_binary(p, binaries[i].precedence + 1);
		left = e;
		if (!e->b) {
			expr_free(e);
			return NULL;
		}
	}
	return left;
}

static struct expr *parse_branches(struct parser *p, struct expr *e)
{
	e->b = parse_choice(p);
	if (!e->b)
		goto out;
	if (!take(p, ":"))
		return fail(p, e, "expected ':' of '?'");
	e->c = parse_choice(p);
	if (e->c)
		return e;
out:
	expr_free(e);
	return NULL;
}

static struct expr *parse_choice(struct parser *p)
{
	struct expr *e, *condition;

	if (++p->depth > EXPR_DEPTH_MAX)
		return fail(p, NULL, "too deeply nested");
	e = condition = parse_binary(p, 1);
	if (condition && take(p, "?")) {
		e = node_new(p, EXPR_CHOICE);
		e->a = condition;
		e = parse_branches(p, e);
	}
	p->depth--;
	return e;
}

struct expr *expr_parse_prefix(const struct session *session, const char *text, const char **end, struct error *err)
{
	struct error own = ERROR_NONE;
	struct parser p = { .session = session, .text = text, .at = text, .err = &own };
	struct expr *e;

	*end = text;
	/* A chain of operators is as deep a tree as it is long. */
	if (strlen(text) > EXPR_TEXT_MAX)
		return error_null(err, "an expression of more than %d characters", EXPR_TEXT_MAX);
	e = parse_choice(&p);
	skip_blanks(&p);
	*end = p.at;
	if (!e)
		error_set(err, "%s", own.text);
	return e;
}

struct expr *expr_parse(const struct session *session, const char *text, struct error *err)
{
	const char *end;
	struct expr *e = expr_parse_prefix(session, text, &end, err);

	if (!e || !*end)
		return e;
	expr_free(e);
	return error_null(err, "column %d, at '%.20s': expected an operator or the end%s", (int)(end - text) + 1, end,
			  *end == '=' ? " ('==' compares, 'set' stores)" : "");
}
