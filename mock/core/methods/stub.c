/*
 * Every other method that the scenario has a stub for: once its caller is known
 * to be one, it is answered with the fields given there.
 */
#include <string.h>

#include "call/call.h"
#include "message/method_facts.h"
#include "methods/given_answer.h"
#include "methods/methods.h"
#include "scenario/scenario.h"

static void hint_at_misuse(struct call *call)
{
    const char *name = call->sent.request->method;
    const struct method_facts *facts = method_facts_find(name);

    if (!call->caller.token_is_known && facts && !facts->tokens)
        call_hint(call,
                  "%s takes no token at Slack, but a stub answers only to a "
                  "token of this world: send one as Authorization: Bearer",
                  name);
}

static enum slack_error handle(struct call *call)
{
    const char *name = call->sent.request->method;

    given_answer_write(
        call, hash_table_find(&call->scenario->stubs, name, strlen(name)));
    return SLACK_OK;
}

static const char *const required[] = {NULL};

const struct method method_stub = {
    .name = "a stub",
    .takes_json = true,
    .takes_structures = true,
    .authenticates = true,
    .takes_app_token = true,
    .required = required,
    .hint = hint_at_misuse,
    .handle = handle,
};
