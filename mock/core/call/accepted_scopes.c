/*
 * What the scenario says of the method comes before what is documented. A
 * documented list is that of the caller's kind of token. A configuration token
 * looks like a rotated user token, and its scopes tell that it is one.
 */
#include "call/accepted_scopes.h"

#include "base/buffer.h"
#include "call/call.h"
#include "call/method.h"
#include "message/method_facts.h"
#include "scenario/scenario_method.h"
#include "tokens/scope.h"

/* What a method takes of a kind that a scenario cannot name. */
static const struct kind_scopes not_taken;

static bool is_configuration(const struct token_facts *token)
{
    return token->type == TOKEN_USER && token->scope &&
           (scope_includes(token->scope, "app_configurations:read") ||
            scope_includes(token->scope, "app_configurations:write"));
}

/* The kinds that the caller's token is, as bits. */
static unsigned kinds_of(const struct token_facts *token)
{
    if (token->type == TOKEN_BOT)
        return METHOD_TOKEN_BOT;
    if (token->type == TOKEN_APP)
        return METHOD_TOKEN_APP;
    return METHOD_TOKEN_USER |
           (is_configuration(token) ? METHOD_TOKEN_CONFIGURATION : 0U);
}

/* NULL: the scenario says nothing of them. */
static const struct kind_scopes *described_of(const struct call *call)
{
    const struct scenario_method *method = call->sent.described;

    if (!method || !method->has_scopes)
        return NULL;
    if (call->caller.token_facts.type == TOKEN_APP)
        return &not_taken;
    return call->caller.token_facts.type == TOKEN_BOT ? &method->bot
                                                      : &method->user;
}

/* The empty list for a method of which nothing is documented. */
static const uint16_t *documented_of(const struct call *call)
{
    const struct method_facts *facts = call->sent.facts;
    unsigned taken;

    if (!facts)
        return &method_lists[0];
    taken = facts->tokens & kinds_of(&call->caller.token_facts);
    if (taken & METHOD_TOKEN_BOT)
        return &method_lists[facts->scopes[METHOD_SCOPES_BOT]];
    if (taken & METHOD_TOKEN_USER)
        return &method_lists[facts->scopes[METHOD_SCOPES_USER]];
    return &method_lists[taken ? facts->scopes[METHOD_SCOPES_OTHER] : 0];
}

static bool asks_for_scopes(const struct call *call)
{
    return call->sent.method && call->sent.method->authenticates &&
           call->caller.token_is_known;
}

bool takes_token_type(const struct call *call)
{
    const struct kind_scopes *described = described_of(call);
    unsigned documented = call->sent.facts ? call->sent.facts->tokens : 0;

    if (!asks_for_scopes(call))
        return true;
    if (described)
        return described->is_taken;
    return !documented || documented & kinds_of(&call->caller.token_facts);
}

bool has_accepted_scope(const struct call *call)
{
    const struct kind_scopes *described = described_of(call);
    const char *granted = call->caller.token_facts.scope;
    const uint16_t *scope = documented_of(call);

    if (!asks_for_scopes(call))
        return true;
    if (described)
        return !described->any_of.count ||
               scope_has_any(granted, &described->any_of);
    if (!*scope)
        return true;
    while (*scope && !scope_includes(granted, method_text(*scope)))
        scope++;
    return *scope != 0;
}

static void join_documented(const uint16_t *scope, struct buffer *joined)
{
    for (; *scope; scope++) {
        if (joined->length)
            buffer_add_byte(joined, ',');
        buffer_add_text(joined, method_text(*scope));
    }
}

const char *accepted_scopes(const struct call *call)
{
    const struct kind_scopes *described = described_of(call);
    struct buffer joined = BUFFER_INIT;
    const char *copy = "";

    if (!asks_for_scopes(call))
        return copy;
    if (described)
        scope_join(&described->any_of, &joined);
    else
        join_documented(documented_of(call), &joined);
    if (joined.length)
        copy = reply_copy(call->outcome.reply, buffer_text(&joined));
    buffer_free(&joined);
    return copy;
}
