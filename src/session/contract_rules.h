/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/contract_rules.h: the sentences of booting.rst that can be checked, as a table.
 */
#ifndef SESSION_CONTRACT_RULES_H
#define SESSION_CONTRACT_RULES_H

#include "session/contract.h"

/* A CPU that came in, and what it is compared with. */
struct contract_case {
	const struct loaded *loaded;
	const struct contract_entry *entry;
	const struct contract_entry *boot;	/* of the boot CPU; not seen: there is nothing to compare with */
};

/* One rule. */
struct contract_rule {
	enum { RULE_ALL, RULE_PRIMARY, RULE_SECONDARY } who;
	const char *text;		/* what must be */
	const char *where;		/* heading in booting.rst */
	/* True when it is kept; else what was found instead is appended to FOUND. */
	bool (*holds)(const struct contract_case *c, struct strbuf *found);
};

/* Number of rules. */
size_t contract_rules_count(void);
/* Rule INDEX. */
const struct contract_rule *contract_rules_at(size_t index);

/* Is RULE one for the CPU of C? */
bool contract_rules_apply(const struct contract_rule *rule, const struct contract_case *c);

#endif /* SESSION_CONTRACT_RULES_H */
