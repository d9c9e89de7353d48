/* The list is that of the caller's kind of token. */
#include "call/accepted_scopes.h"

#include "base/buffer.h"
#include "call/call.h"
#include "message/method_facts.h"
#include "tokens/scope.h"

/* The empty list for a method that is not answered from facts. */
static const uint16_t *list_of(const struct call *call)
{
    const struct method_facts *facts = call->sent.facts;

    if (!facts || !call->caller.token_is_known)
        return &method_lists[0];
    return &method_lists[facts
                             ->scopes[call->caller.token_facts.type == TOKEN_BOT
                                          ? METHOD_SCOPES_BOT
                                          : METHOD_SCOPES_USER]];
}

bool has_accepted_scope(const struct call *call)
{
    const uint16_t *scope = list_of(call);

    if (!*scope)
        return true;
    for (; *scope; scope++)
        if (scope_includes(call->caller.token_facts.scope, method_text(*scope)))
            return true;
    return false;
}

const char *accepted_scopes(const struct call *call)
{
    const uint16_t *scope = list_of(call);
    struct buffer joined = BUFFER_INIT;
    const char *copy;

    if (!*scope)
        return "";
    for (; *scope; scope++) {
        if (joined.length)
            buffer_add_byte(&joined, ',');
        buffer_add_text(&joined, method_text(*scope));
    }
    copy = reply_copy(call->outcome.reply, buffer_text(&joined));
    buffer_free(&joined);
    return copy;
}
