/*
 * Where each entry of a scenario stood first, when it is saved: mistakes in a
 * PATCH tell of it, and rules without a name are named by it.
 */
#ifndef SLACKMOCK_SCENARIO_ORIGINS_H
#define SLACKMOCK_SCENARIO_ORIGINS_H

#include "json/json_fields.h"

struct scenario;

/* An object: for each list runs of entries that stood one behind the other. */
void scenario_origins_write(struct json_writer *writer, const char *key,
                            const struct scenario *scenario);

/* The keys of it. */
extern const struct json_field *const scenario_origins_tables[];

/*
 * Reads such an object and gives the entries of the scenario their origins. The
 * reader's arena must live as long as the scenario.
 */
void scenario_origins_read(const struct json_reader *reader,
                           const struct cJSON *value,
                           const struct json_path *path,
                           struct scenario *scenario);

#endif
