/*
 * A method that a scenario describes: who may call it, how often, and what it
 * answers. What it leaves out is as Slack documents it. The scenario owns it,
 * and it never changes.
 */
#ifndef SLACKMOCK_SCENARIO_METHOD_H
#define SLACKMOCK_SCENARIO_METHOD_H

#include <stdbool.h>

#include "scenario/rate_limit_setting.h"
#include "json/json_fields.h"

struct cJSON;

/*
 * For one kind of token: any of these scopes will do, and none is needed if
 * there are none.
 */
struct kind_scopes {
    bool is_taken; /* else tokens of that kind are not */
    struct text_list any_of;
};

struct scenario_method {
    const char *file; /* that says it */
    bool needs_token;
    bool has_scopes; /* else those that are documented, or any */
    struct kind_scopes bot;
    struct kind_scopes user;
    struct rate_limit limit; /* with a tier of 0: none of its own */
    struct cJSON *reply;     /* owned; its fields, NULL: as documented */
};

extern const struct json_field *const scenario_method_tables[];

#endif
