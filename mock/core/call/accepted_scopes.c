/*
 * What the scenario says of the method comes before what is documented. A
 * documented list is that of the caller's kind of token.
 */
#include "call/accepted_scopes.h"

#include "base/buffer.h"
#include "call/call.h"
#include "call/method.h"
#include "message/method_facts.h"
#include "scenario/scenario_method.h"
#include "tokens/scope.h"

static bool is_bot(const struct call *call)
{
    return call->caller.token_facts.type == TOKEN_BOT;
}

/* NULL: the scenario says nothing of them. */
static const struct kind_scopes *described_of(const struct call *call)
{
    const struct scenario_method *method = call->sent.described;

    if (!method || !method->has_scopes)
        return NULL;
    return is_bot(call) ? &method->bot : &method->user;
}

/* The empty list for a method of which nothing is documented. */
static const uint16_t *documented_of(const struct call *call)
{
    const struct method_facts *facts = call->sent.facts;

    if (!facts)
        return &method_lists[0];
    return &method_lists[facts->scopes[is_bot(call) ? METHOD_SCOPES_BOT
                                                    : METHOD_SCOPES_USER]];
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
    return !documented ||
           documented & (is_bot(call) ? METHOD_TOKEN_BOT : METHOD_TOKEN_USER);
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
