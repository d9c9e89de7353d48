/*
 * The rules of a running mock, and their counts, as a part of a saved world. A
 * rule of the scenario is told by its place there.
 */
#ifndef SLACKMOCK_RULE_LIST_SAVE_H
#define SLACKMOCK_RULE_LIST_SAVE_H

#include "json/json_fields.h"

struct rule_list;
struct scenario;

void rule_list_save(const struct rule_list *list,
                    const struct scenario *scenario, const char *key,
                    struct json_writer *writer);

/* Reads such an array; the rules are added to the list. */
void rule_list_read_saved(struct rule_list *list,
                          const struct scenario *scenario,
                          const struct json_reader *reader,
                          const struct cJSON *value,
                          const struct json_path *path);

extern const struct json_field *const saved_rule_tables[];

#endif
