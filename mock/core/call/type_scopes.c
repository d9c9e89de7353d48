/* Which scope is for which of `types`, and which of those are lacking. */
#include "call/type_scopes.h"

#include <string.h>

#include "base/buffer.h"
#include "call/accepted_scopes.h"
#include "call/call.h"
#include "message/method_facts.h"
#include "scenario/scenario_method.h"
#include "tokens/scope.h"

static const struct type {
    const char *name;
    const char *scope;
} types[] = {
    {"public_channel", "channels:read"},
    {"private_channel", "groups:read"},
    {"mpim", "mpim:read"},
    {"im", "im:read"},
};

#define TYPES (sizeof types / sizeof *types)

/* True if it is one of the words, whatever stands between them. */
static bool has_word(struct sent_text text, const char *word)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
    size_t length = strlen(word);
    size_t start = 0;
    size_t place;

    for (place = 0; place <= text.length; place++) {
        if (place < text.length && text.bytes[place] &&
            strchr(letters, text.bytes[place]))
            continue;
        if (place - start == length &&
            memcmp(text.bytes + start, word, length) == 0)
            return true;
        start = place + 1;
    }
    return false;
}

/* A method that takes `types` of another thing has none of these scopes. */
static bool is_asked_for(const struct call *call, const struct type *type)
{
    const struct method_facts *facts = call->sent.facts;
    unsigned kind = call->caller.token_facts.type == TOKEN_BOT
                        ? METHOD_SCOPES_BOT
                        : METHOD_SCOPES_USER;

    return method_list_has(facts->scopes[kind], type->scope) &&
           has_word(call_argument(call, "types"), type->name);
}

/* What a scenario says of a method's scopes is all that it takes. */
static bool goes_by_types(const struct call *call)
{
    const struct scenario_method *described = call->sent.described;

    return call->sent.facts && call->caller.token_is_known &&
           !(described && described->has_scopes) &&
           method_facts_argument(call->sent.facts, "types") &&
           has_accepted_scope(call);
}

static void join_lacking(const struct call *call, struct buffer *joined)
{
    size_t number;

    for (number = 0; number < TYPES && goes_by_types(call); number++) {
        const struct type *type = &types[number];

        if (!is_asked_for(call, type) ||
            scope_includes(call->caller.token_facts.scope, type->scope))
            continue;
        if (joined->length)
            buffer_add_byte(joined, ',');
        buffer_add_text(joined, type->scope);
    }
}

bool has_scopes_of_types(const struct call *call)
{
    struct buffer joined = BUFFER_INIT;
    bool has_all;

    join_lacking(call, &joined);
    has_all = joined.length == 0;
    buffer_free(&joined);
    return has_all;
}

const char *needed_scopes(const struct call *call)
{
    struct buffer joined = BUFFER_INIT;
    const char *copy;

    join_lacking(call, &joined);
    copy = joined.length ? reply_copy(call->outcome.reply, buffer_text(&joined))
                         : accepted_scopes(call);
    buffer_free(&joined);
    return copy;
}
