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

/* The keys of an installation without a code: app, team, bot and user. */
extern const struct json_field scenario_install_fields[];

/*
 * What a method answers; the last key of the path is its name. The reader's
 * context is the scenario.
 */
void scenario_read_stub(const struct json_reader *reader,
                        const struct cJSON *value,
                        const struct json_path *path);

/* The same for who may call it, too. */
void scenario_read_method(const struct json_reader *reader,
                          const struct cJSON *value,
                          const struct json_path *path);

/* True if it can be what a method answers; else mistakes are noted. */
bool scenario_check_answer(const struct json_reader *reader,
                           const struct cJSON *value,
                           const struct json_path *path);

#endif
