/*
 * Every other method that the scenario has a stub for: authenticated against
 * the same tokens, then answered with the stub's fields.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "call/call.h"
#include "call/slack_reply.h"
#include "methods/methods.h"
#include "scenario/scenario.h"

/* These have a place of their own in every reply. */
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
    static const char *const names[] = {"api.test",
                                        "blocks.validate",
                                        "oauth.access",
                                        "oauth.v2.user.access",
                                        "openid.connect.token",
                                        "tooling.tokens.rotate"};
    size_t number;

    for (number = 0; number < sizeof names / sizeof *names; number++)
        if (strcmp(names[number], name) == 0)
            return true;
    return false;
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

static enum slack_error handle(struct call *call)
{
    const char *name = call->sent.request->method;
    const cJSON *stub =
        hash_table_find(&call->scenario->stubs, name, strlen(name));
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(stub, "error");
    const cJSON *field;

    call->outcome.stub = stub;
    if (error)
        slack_reply_fail(call, error->valuestring);
    cJSON_ArrayForEach (field, stub)
        if (!is_shared(field->string))
            json_write_tree(&call->outcome.fields, field->string, field);
    return SLACK_OK;
}

static const char *const required[] = {NULL};

const struct method method_stub = {
    .name = "a stub",
    .takes_json = true,
    .takes_structures = true,
    .authenticates = true,
    .required = required,
    .hint = hint_at_misuse,
    .handle = handle,
};
