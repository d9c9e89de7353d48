/*
 * How the files of this folder fill a scenario, one document after the other.
 */
#ifndef SLACKMOCK_SCENARIO_PARTS_H
#define SLACKMOCK_SCENARIO_PARTS_H

#include <stdbool.h>

#include "scenario/scenario.h"
#include "json/json_fields.h"
#include "json/mistakes.h"

struct token_table;

/* One that no document was laid over; the caller is its holder. */
struct scenario *scenario_create(void);

/*
 * Lays one document over what the scenario holds already: the base first, then
 * what extends it.
 */
void scenario_apply(struct scenario *scenario, const struct cJSON *document,
                    const char *file, struct mistakes *mistakes);

/* The same for an object inside a document. */
void scenario_apply_at(struct scenario *scenario, const struct cJSON *document,
                       const struct json_path *path, const char *file,
                       struct mistakes *mistakes);

/*
 * Reports that a key is missing, unless it is there by now: in this document or
 * in one that it extends, which may not have loaded. The reader's context is
 * the scenario.
 */
void scenario_require(const struct json_reader *reader,
                      const struct json_path *path, const char *key,
                      bool is_there);

/* The keys of a pair. */
extern const struct json_field *const scenario_pair_tables[];

/* The pairs of a document, which take the place of all before. */
void scenario_read_pairs(const struct json_reader *reader,
                         const struct cJSON *value,
                         const struct json_path *path, void *target);

/* Reports tokens of pairs that something else has; `running` as
 * scenario_complete() has it. */
void scenario_check_pairs(struct scenario *scenario,
                          const struct token_table *running,
                          struct mistakes *mistakes);

#define EXPIRES_IN_MOST 31536000 /* a year, in seconds */

/*
 * The text that identifies an entry of a list, or NULL and a mistake if it has
 * none.
 */
const char *scenario_identity(const struct json_reader *reader,
                              const struct cJSON *entry,
                              const struct json_path *path, const char *key);

/*
 * Notes where an entry is named first. One that this file names already is a
 * mistake, and false: the second would quietly undo the first.
 */
bool scenario_note_origin(const struct json_reader *reader,
                          const struct json_path *path, const char *key,
                          struct origin *origin);

/*
 * Where an entry stands, by its path. Of an object that is not the outermost
 * the path must stay where it is.
 */
void scenario_set_origin(const struct json_reader *reader,
                         const struct json_path *path, struct origin *origin);

/* The tables of the outermost object. */
extern const struct json_field *const scenario_tables[];

/* Write one key each; the target is the scenario. */
json_write_key scenario_write_clock, scenario_write_apps, scenario_write_teams,
    scenario_write_tokens, scenario_write_codes, scenario_write_pairs,
    scenario_write_rules, scenario_write_rate_limits, scenario_write_methods,
    scenario_write_stubs, scenario_write_choices;

void scenario_write_object(struct json_writer *writer, const char *key,
                           const struct json_field *fields, const void *target);

/* Write one entry each. */
json_write_key scenario_write_app, scenario_write_team, scenario_write_token,
    scenario_write_code, scenario_write_method;

/*
 * A copy to lay documents over: no rules, no clock and no seed, since those of
 * a running mock are its own by then. It is not complete.
 */
struct scenario *scenario_copy(const struct scenario *scenario);

/* The change that is asked of an entry, NULL for none. */
struct token_change *scenario_change_of(const struct scenario *scenario,
                                        const struct token_entry *entry);

/*
 * Fills in what entries of tokens leave out, and their runs or the world whose
 * tokens are `running` know.
 */
void scenario_fill_tokens(struct scenario *scenario,
                          const struct token_table *running);

/*
 * Once all documents are applied: fills in defaults, ties tokens to their apps
 * and teams, and reports whatever points nowhere or lacks a part. `running` are
 * the tokens of the world that it was laid over; NULL if there is none.
 */
void scenario_complete(struct scenario *scenario,
                       const struct token_table *running,
                       struct mistakes *mistakes);

#endif
