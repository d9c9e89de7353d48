/*
 * The keys of `world`, in a scenario that was saved, and of what is in it.
 */
#ifndef SLACKMOCK_SCENARIO_SAVED_KEYS_H
#define SLACKMOCK_SCENARIO_SAVED_KEYS_H

#include "json/json_fields.h"

struct cJSON;

/* To be raised when an older program would read a new document wrongly. */
#define SCENARIO_SAVED_FORMAT 1

/* The members of `world`, or of `changed`, as found. */
struct scenario_found {
    long long format;
    bool documented_limits;
    const struct cJSON *origins, *changed, *state;  /* NULL: none */
    const struct cJSON *scenario, *tokens, *issued; /* of `changed` */
};

extern const struct json_field *const scenario_saved_tables[];
extern const struct json_field *const scenario_changed_tables[];

/* What an entry of a token has that no document gives. */
struct token_facts_keys {
    int type;
    const char *user;
    long long ends_before;
};

extern const struct json_field *const scenario_token_facts_tables[];

/* The entry of a token that a call issued, of which a PATCH told: members of a
 * struct token_entry. */
extern const struct json_field *const scenario_issued_tables[];

/* Write one of either; the target is a struct token_entry. */
json_write_key scenario_write_token_facts, scenario_write_issued;

#endif
