/*
 * auth.teams.list: the workspaces that a token is good for: here, its own, on
 * one page.
 */
#include <stdio.h>

#include "call/call.h"
#include "message/method_names.h"
#include "methods/methods.h"

#define LIMIT_MOST 1000

static bool is_limit(struct sent_text limit)
{
    long number = 0;
    size_t place;

    for (place = 0; place < limit.length && place < 5; place++) {
        if (limit.bytes[place] < '0' || limit.bytes[place] > '9')
            return false;
        number = number * 10 + (limit.bytes[place] - '0');
    }
    return number >= 1 && number <= LIMIT_MOST && place == limit.length;
}

static void write_icon(struct json_writer *fields, const char *domain)
{
    static const char *const sizes[] = {"image_34",  "image_44",  "image_68",
                                        "image_88",  "image_102", "image_132",
                                        "image_230", NULL};
    const char *const *size;
    char url[300];

    snprintf(url, sizeof url, "https://%.200s.slack.com/icon.png", domain);
    json_write_object(fields, "icon");
    for (size = sizes; *size; size++)
        json_write_text(fields, *size, url);
    json_write_boolean(fields, "image_default", true);
    json_write_object_end(fields);
}

static void write_teams(struct call *call)
{
    const struct team *team = call->caller.token_facts.team;
    struct json_writer *fields = &call->outcome.fields;
    struct sent_text icon = call_argument(call, "include_icon");

    json_write_array(fields, "teams");
    json_write_object(fields, NULL);
    json_write_text(fields, "name", team->name);
    json_write_text(fields, "id", team->id);
    if (sent_text_is(icon, "1") || sent_text_is(icon, "true"))
        write_icon(fields, team->domain);
    json_write_object_end(fields);
    json_write_array_end(fields);
}

static enum slack_error handle(struct call *call)
{
    struct sent_text limit = call_argument(call, "limit");

    if (limit.bytes && !is_limit(limit))
        return call_refuse(call, SLACK_INVALID_LIMIT,
                           "the limit is no number from 1 to 1000");
    if (call_argument(call, "cursor").length)
        return call_refuse(call, SLACK_INVALID_CURSOR,
                           "no page has ended with a cursor");
    write_teams(call);
    call->outcome.has_cursor = true;
    return SLACK_OK;
}

static const char *const required[] = {NULL};

const struct method method_auth_teams_list = {
    .name = METHOD_AUTH_TEAMS_LIST,
    .authenticates = true,
    .follows_facts = true,
    .required = required,
    .handle = handle,
};
