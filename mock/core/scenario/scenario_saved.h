/*
 * The key `world` of a scenario that was saved: what the other keys of the
 * format cannot say.
 */
#ifndef SLACKMOCK_SCENARIO_SAVED_H
#define SLACKMOCK_SCENARIO_SAVED_H

#include "json/json_fields.h"

struct scenario;

/* To be raised when an older program would read a new document wrongly. */
#define SCENARIO_SAVED_FORMAT 1

/*
 * Reads the value of `world` into a scenario that is complete. Its `state` is
 * left for a mock to read, who finds it in the scenario.
 */
void scenario_read_saved(struct scenario *scenario, const struct cJSON *value,
                         const char *file, struct mistakes *mistakes);

/* The keys of `world`. */
extern const struct json_field *const scenario_saved_tables[];

/*
 * What an entry of a token has that no document gives; and the entry of a token
 * that a call issued, of which a PATCH told.
 */
json_write_key scenario_write_token_facts, scenario_write_issued;

#endif
