/* What gates and methods share: decisions, hints, refusals, arguments. */
#include "call/call.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"

void call_decide(struct call *call, const char *format, ...)
{
    va_list arguments;
    char *text;

    if (!call->verbose)
        return;
    va_start(arguments, format);
    text = xvasprintf(format, arguments);
    va_end(arguments);
    buffer_printf(&call->outcome.reply->record.decisions, "%s\n", text);
    free(text);
}

enum slack_error call_refuse(struct call *call, enum slack_error error,
                             const char *reason)
{
    call_decide(call, "%s", reason);
    call->outcome.reply->record.reason = reason;
    return error;
}

enum slack_error call_refuse_team(struct call *call, const struct team *team)
{
    call_decide(call, "team %s is moving into an organisation", team->id);
    call->outcome.reply->record.reason =
        "the team is moving into an organisation";
    return SLACK_TEAM_ADDED_TO_ORG;
}

void call_hint_text(struct call *call, const char *text)
{
    struct call_record *record = &call->outcome.reply->record;

    if (!record->hint)
        record->hint = reply_copy(call->outcome.reply, text);
}

void call_hint(struct call *call, const char *format, ...)
{
    va_list arguments;
    char *text;

    if (call->outcome.reply->record.hint)
        return;
    va_start(arguments, format);
    text = xvasprintf(format, arguments);
    va_end(arguments);
    call_hint_text(call, text);
    free(text);
}

struct sent_text call_argument(const struct call *call, const char *name)
{
    const struct argument *argument =
        arguments_find(call->sent.arguments, name);

    if (!argument)
        return (struct sent_text){NULL, 0};
    return (struct sent_text){argument->value, argument->value_length};
}

bool call_lacks(const struct call *call, const char *name)
{
    if (strcmp(name, "token") == 0)
        return !call->caller.token.bytes;
    return !arguments_find(call->sent.arguments, name);
}

bool sent_text_is(struct sent_text sent, const char *text)
{
    return sent.bytes && text_equals(sent.bytes, sent.length, text);
}
