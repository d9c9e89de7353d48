/*
 * Every other method that the scenario describes or has a stub for: once its
 * caller is known to be one, it is answered with the fields given there.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "call/call.h"
#include "call/slack_reply.h"
#include "methods/methods.h"
#include "scenario/scenario.h"
#include "scenario/scenario_method.h"

/* The keys that every reply has, which are written elsewhere. */
static bool is_shared(const char *key)
{
    static const char *const shared[] = {"ok", "error", "warning",
                                         "response_metadata"};
    size_t number;

    for (number = 0; number < sizeof shared / sizeof *shared; number++)
        if (strcmp(shared[number], key) == 0)
            return true;
    return false;
}

/* Slack's own methods that take none (their reference pages). */
static bool takes_no_token(const char *name)
{
    return strcmp(name, "blocks.validate") == 0;
}

static void hint_at_misuse(struct call *call)
{
    const char *name = call->sent.request->method;

    if (!call->caller.token_is_known && takes_no_token(name))
        call_hint(call,
                  "%s takes no token at Slack, but a stub answers only to a "
                  "token of this world: send one as Authorization: Bearer",
                  name);
}

static enum slack_error answer(struct call *call, const cJSON *fields)
{
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(fields, "error");
    const cJSON *field;

    call->outcome.stub = fields;
    if (error)
        slack_reply_fail(call, error->valuestring);
    cJSON_ArrayForEach (field, fields)
        if (!is_shared(field->string))
            json_write_tree(&call->outcome.fields, field->string, field);
    return SLACK_OK;
}

static enum slack_error handle_stub(struct call *call)
{
    const char *name = call->sent.request->method;

    return answer(call,
                  hash_table_find(&call->scenario->stubs, name, strlen(name)));
}

static enum slack_error handle_described(struct call *call)
{
    return answer(call, call->sent.described->reply);
}

static const char *const required[] = {NULL};

const struct method method_stub = {
    .name = "a stub",
    .takes_json = true,
    .takes_structures = true,
    .authenticates = true,
    .required = required,
    .hint = hint_at_misuse,
    .handle = handle_stub,
};

const struct method method_described = {
    .name = "a described method",
    .takes_json = true,
    .takes_structures = true,
    .authenticates = true,
    .required = required,
    .handle = handle_described,
};

const struct method method_open = {
    .name = "a method for everybody",
    .takes_json = true,
    .takes_structures = true,
    .ignores_token = true,
    .required = required,
    .handle = handle_described,
};
