/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/groups.c: sentences that are alike, put together.
 *
 * Two are alike when they are the same after what belongs to one CPU has been blotted out.
 */
#include "session/groups.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/machine.h"

/* Length of the number behind one of the words that a CPU's own numbers stand behind, when AT is there; else 0. */
static size_t own_number(const char *text, const char *at, unsigned n)
{
	static const char *const words[] = { "[", "t=", "MPIDR 0x", "slot " };
	char self[16];
	size_t len = 0;

	while (isxdigit((unsigned char)at[len]))
		len++;
	for (size_t i = 0; len && i < sizeof(words) / sizeof(words[0]); i++) {
		size_t word = strlen(words[i]);

		if ((size_t)(at - text) >= word && !strncmp(at - word, words[i], word))
			return len;
	}
	/* Another CPU's number is something else than one's own. */
	snprintf(self, sizeof(self), "CPU%u", n);
	len = strlen(self) - strlen("CPU");
	if ((size_t)(at - text) < strlen("CPU") || strncmp(at - strlen("CPU"), self, strlen(self)) ||
	    isdigit((unsigned char)at[len]))
		return 0;
	return len;
}

/* Length of "[    1.000260]", the time of a line on the guest's console, when AT is there; else 0. */
static size_t console_time(const char *at)
{
	size_t len = *at == '[' ? 1 + strspn(at + 1, " 0123456789.") : 0;

	return len && at[len] == ']' ? len + 1 : 0;
}

/* TEXT, the sentence about CPU N, without what is its own; free() it. */
static char *blotted(const char *text, unsigned n)
{
	struct strbuf out = STRBUF_INIT;

	for (const char *at = text; *at;) {
		size_t time = console_time(at), len = time ? time : own_number(text, at, n);

		strbuf_putc(&out, len ? '#' : *at);
		at += len ? len : 1;
	}
	return strbuf_steal(&out);
}

void groups_put_cpus(uint64_t cpus, struct strbuf *out)
{
	const char *comma = "";

	for (unsigned n = 0; n < CPU_MAX; n++) {
		unsigned last = n;

		if (!(cpus >> n & 1))
			continue;
		while (last + 1 < CPU_MAX && cpus >> (last + 1) & 1)
			last++;
		strbuf_printf(out, last > n ? "%sCPU%u-CPU%u" : "%sCPU%u", comma, n, last);
		comma = ", ";
		n = last;
	}
}

/* Where what is said of all ends, and the particulars of one CPU begin. */
static const char *particulars(const char *text)
{
	static const char *const words[] = { " since t=", " because ", " although ", ": " };
	const char *first = text + strlen(text);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *at = strstr(text, words[i]);

		first = at && at < first ? at : first;
	}
	return first;
}

/* "sleeps in wfe" is "sleep in wfe" of several. */
static const char *put_verb(const char *at, struct strbuf *out)
{
	static const char *const verbs[][2] = { { "sleeps ", "sleep " }, { "runs ", "run " }, { "is ", "are " } };

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (!strncmp(at, verbs[i][0], strlen(verbs[i][0]))) {
			strbuf_puts(out, verbs[i][1]);
			return at + strlen(verbs[i][0]);
		}
	}
	return at;
}

/* TEXT is about CPU FIRST, and true of all of CPUS. */
static void put_group(const char *text, unsigned first, uint64_t cpus, struct strbuf *out)
{
	const char *own = particulars(text), *rest = strchr(text, ' ');

	if (!(cpus & (cpus - 1)) || !rest) {
		strbuf_printf(out, "%s\n", text);
		return;
	}
	groups_put_cpus(cpus, out);
	strbuf_putc(out, ' ');
	rest = put_verb(rest + 1, out);
	strbuf_add(out, rest, (size_t)(own - rest));
	if (*own)
		strbuf_printf(out, ", CPU%u%s", first, own);
	strbuf_putc(out, '\n');
}

/* The CPUs of CPUS whose sentence is like KEY. */
static uint64_t find_alike(char *const *keys, uint64_t cpus, const char *key)
{
	uint64_t alike = 0;

	for (unsigned n = 0; n < CPU_MAX; n++)
		if (cpus >> n & 1 && !strcmp(keys[n], key))
			alike |= UINT64_C(1) << n;
	return alike;
}

void groups_describe(const struct session *session, uint64_t cpus, groups_fn *fn, struct strbuf *out)
{
	char *texts[CPU_MAX] = { NULL }, *keys[CPU_MAX] = { NULL };
	uint64_t left = cpus;

	for (unsigned n = 0; n < CPU_MAX; n++) {
		struct strbuf text = STRBUF_INIT;

		if (cpus >> n & 1)
			fn(session, n, &text);
		texts[n] = strbuf_steal(&text);
		keys[n] = blotted(texts[n], n);
	}
	for (unsigned n = 0; n < CPU_MAX; n++) {
		uint64_t alike = left >> n & 1 ? find_alike(keys, left, keys[n]) : 0;

		if (alike)
			put_group(texts[n], n, alike, out);
		left &= ~alike;
	}
	for (unsigned n = 0; n < CPU_MAX; n++) {
		free(texts[n]);
		free(keys[n]);
	}
}
