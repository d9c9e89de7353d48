/*
 * Reads one entry of a scenario's list into its directory; the target is the
 * scenario.
 */
#ifndef SLACKMOCK_SCENARIO_ENTRIES_H
#define SLACKMOCK_SCENARIO_ENTRIES_H

#include "json/json_fields.h"

void scenario_read_app(const struct json_reader *reader,
                       const struct cJSON *value, const struct json_path *path,
                       void *target);
void scenario_read_team(const struct json_reader *reader,
                        const struct cJSON *value, const struct json_path *path,
                        void *target);
void scenario_read_token(const struct json_reader *reader,
                         const struct cJSON *value,
                         const struct json_path *path, void *target);
void scenario_read_code(const struct json_reader *reader,
                        const struct cJSON *value, const struct json_path *path,
                        void *target);

/* The keys of such an entry. */
extern const struct json_field *const scenario_app_tables[];
extern const struct json_field *const scenario_team_tables[];
extern const struct json_field *const scenario_token_tables[];
extern const struct json_field *const scenario_code_tables[];

/*
 * What a method answers; the last key of the path is its name. The reader's
 * context is the scenario.
 */
void scenario_read_stub(const struct json_reader *reader,
                        const struct cJSON *value,
                        const struct json_path *path);

#endif
