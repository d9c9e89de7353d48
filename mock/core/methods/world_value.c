/* A table: what stands in a template, and who knows it. */
#include "methods/world_value.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "call/call.h"
#include "methods/upload_url.h"
#include "scenario/scenario.h"
#include "tokens/directory.h"

/* ---- of the token ---- */

static const struct token_facts *token_of(const struct world_values *values)
{
    return &values->call->caller.token_facts;
}

/* The team that is asked for, if it is there, or the caller's. */
static const struct team *team_of(const struct world_values *values)
{
    struct sent_text asked = call_argument(values->call, "team");
    const struct team *team = NULL;

    if (asked.bytes)
        team = directory_team_by_id(&values->call->scenario->directory,
                                    asked.bytes);
    return team ? team : token_of(values)->team;
}

static const char *team_id(struct world_values *values)
{
    return team_of(values)->id;
}

static const char *team_name(struct world_values *values)
{
    return team_of(values)->name;
}

static const char *team_domain(struct world_values *values)
{
    return team_of(values)->domain;
}

static const char *enterprise_id(struct world_values *values)
{
    return team_of(values)->enterprise_id;
}

static const char *enterprise_name(struct world_values *values)
{
    return team_of(values)->enterprise_name;
}

static const char *user_id(struct world_values *values)
{
    return token_of(values)->user;
}

static const char *bot_id(struct world_values *values)
{
    return token_of(values)->type == TOKEN_BOT ? token_of(values)->bot_id
                                               : NULL;
}

static const char *app_id(struct world_values *values)
{
    return token_of(values)->app->id;
}

static const char *app_name(struct world_values *values)
{
    return token_of(values)->app->name;
}

/* ---- of the user that is asked for ---- */

/* The first token of that user, not among those of a run; NULL: none. */
static const struct token_entry *entry_of(const struct world_values *values,
                                          struct sent_text user)
{
    const struct directory *directory = &values->call->scenario->directory;
    size_t number;

    for (number = 0; number < directory->token_count; number++) {
        const struct token_entry *entry = directory->tokens[number];

        if (!entry->count && sent_text_is(user, token_entry_user(entry)))
            return entry;
    }
    return NULL;
}

static const char *user_name(struct world_values *values)
{
    struct sent_text asked = call_argument(values->call, "user");
    const struct token_entry *entry;

    if (!asked.bytes || sent_text_is(asked, token_of(values)->user))
        return token_of(values)->user_name;
    entry = entry_of(values, asked);
    return entry ? token_entry_user_name(entry) : "user";
}

static bool is_bot(const struct world_values *values)
{
    struct sent_text asked = call_argument(values->call, "user");
    const struct token_entry *entry;

    if (!asked.bytes || sent_text_is(asked, token_of(values)->user))
        return token_of(values)->type == TOKEN_BOT;
    entry = entry_of(values, asked);
    return entry && entry->type == TOKEN_BOT;
}

/* ---- of the call ---- */

static const char *message_ts(struct world_values *values)
{
    if (!*values->ts)
        issue_message_ts(values->call->issued, values->call->now, values->ts);
    return values->ts;
}

static const char *file_id(struct world_values *values)
{
    if (!*values->file)
        issue_file_id(values->call->issued, values->file);
    return values->file;
}

static const char *upload_url(struct world_values *values)
{
    return upload_url_of(values->call, file_id(values));
}

/* What the texts of the table begin with: few others do. */
#define STARTS "@1TUBAE"

static const struct row {
    const char *text;
    const char *(*find)(struct world_values *values);
    bool needs_token; /* it is that of the caller */
} rows[] = {
    {"T0MOCK", team_id, true},
    {"U0MOCK", user_id, true},
    {"B0MOCK", bot_id, true},
    {"A0MOCK", app_id, true},
    {"E0MOCK", enterprise_id, true},
    {"1700000000.000100", message_ts, false},
    {"@team", team_name, true},
    {"@domain", team_domain, true},
    {"@enterprise", enterprise_name, true},
    {"@user", user_name, true},
    {"@app", app_name, true},
    {"@file", file_id, false},
    {"@upload_url", upload_url, false},
};

enum world_value world_value_of(struct world_values *values, const char *text,
                                size_t length, const char **value)
{
    size_t number;

    if (!strchr(STARTS, *text))
        return WORLD_NO_VALUE;
    if (text_equals(text, length, "@is_bot"))
        return is_bot(values) ? WORLD_TRUE : WORLD_FALSE;
    for (number = 0; number < sizeof rows / sizeof *rows; number++)
        if (text_equals(text, length, rows[number].text))
            break;
    if (number == sizeof rows / sizeof *rows)
        return WORLD_NO_VALUE;
    if (rows[number].needs_token && !values->call->caller.token_is_known)
        return WORLD_NO_VALUE;
    *value = rows[number].find(values);
    return *value ? WORLD_TEXT : WORLD_ABSENT;
}
