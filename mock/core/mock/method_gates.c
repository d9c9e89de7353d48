/*
 * The gates, one function each, in a table that is their order: the kind of
 * token before its scopes and both before the arguments (live reports). Which
 * bad limits and cursors are refused, and not passed over, is as documented of
 * the method; of one that Slack does not know no argument is judged.
 */
#include "mock/method_gates.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "call/accepted_scopes.h"
#include "call/argument_check.h"
#include "call/call.h"
#include "call/type_scopes.h"
#include "message/method_facts.h"

#define LIMIT_MOST 1000 /* https://docs.slack.dev/apis/web-api/pagination */

static enum slack_error check_token_type(struct call *call)
{
    static const char *const reasons[] = {
        [TOKEN_BOT] = "the method takes no bot token",
        [TOKEN_USER] = "the method takes no user token",
        [TOKEN_APP] = "the method takes no app-level token",
    };

    if (takes_token_type(call))
        return SLACK_OK;
    return call_refuse(call, SLACK_NOT_ALLOWED_TOKEN_TYPE,
                       reasons[call->caller.token_facts.type]);
}

static enum slack_error refuse_scopes(struct call *call, const char *reason)
{
    call_hint(call, "a token has the scopes that its scenario gives it, and "
                    "all if that leaves \"scope\" out");
    return call_refuse(call, SLACK_MISSING_SCOPE, reason);
}

static enum slack_error check_scopes(struct call *call)
{
    if (!has_accepted_scope(call))
        return refuse_scopes(call, "the token has none of the method's scopes");
    if (!has_scopes_of_types(call))
        return refuse_scopes(call,
                             "the token lacks the scope of one of the types");
    return SLACK_OK;
}

static enum slack_error check_arguments(struct call *call)
{
    if (call->sent.facts)
        call->outcome.missing = argument_check(call);
    if (!call->outcome.missing)
        return SLACK_OK;
    call_decide(call, "%zu arguments are absent or of a wrong type",
                call->outcome.missing);
    return SLACK_INVALID_ARGUMENTS;
}

static bool documents(const struct call *call, enum slack_error error)
{
    return call->sent.facts &&
           method_facts_has_error(call->sent.facts, slack_error_name(error));
}

/* A token of a whole organisation does not say which of its teams is meant. */
static enum slack_error check_team(struct call *call)
{
    if (!call->caller.token_is_known ||
        !call->caller.token_facts.team->is_enterprise_install ||
        !documents(call, SLACK_MISSING_ARGUMENT) ||
        !method_facts_argument(call->sent.facts, "team_id") ||
        call_argument(call, "team_id").length)
        return SLACK_OK;
    return call_refuse(call, SLACK_MISSING_ARGUMENT,
                       "an organisation's token came without a team_id");
}

static enum slack_error check_limit(struct call *call)
{
    struct sent_text limit = call_argument(call, "limit");
    char *end;
    long number;

    if (!limit.length || !documents(call, SLACK_INVALID_LIMIT))
        return SLACK_OK;
    number = strtol(limit.bytes, &end, 10);
    if (end == limit.bytes + limit.length && number >= 1 &&
        number <= LIMIT_MOST)
        return SLACK_OK;
    return call_refuse(call, SLACK_INVALID_LIMIT,
                       "the limit is no number from 1 to 1000");
}

static bool is_base64(struct sent_text text)
{
    size_t place;

    for (place = 0; place < text.length; place++)
        if (!text_is_alphanumeric(text.bytes[place]) &&
            !(text.bytes[place] && strchr("+/=-_", text.bytes[place])))
            return false;
    return true;
}

/* A world may give cursors of its own, so those are judged by their letters. */
static enum slack_error check_cursor(struct call *call)
{
    if (is_base64(call_argument(call, "cursor")) ||
        !documents(call, SLACK_INVALID_CURSOR))
        return SLACK_OK;
    return call_refuse(call, SLACK_INVALID_CURSOR,
                       "the cursor is not base64, as Slack's are");
}

enum slack_error method_gates_check(struct call *call)
{
    static enum slack_error (*const gates[])(struct call * call) = {
        check_token_type, check_scopes, check_arguments,
        check_team,       check_limit,  check_cursor,
    };
    enum slack_error error = SLACK_OK;
    size_t number;

    for (number = 0; number < sizeof gates / sizeof *gates && !error; number++)
        error = gates[number](call);
    return error;
}
