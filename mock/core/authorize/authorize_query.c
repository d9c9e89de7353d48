/* One table of names; every value is judged before any is used. */
#include "authorize/authorize_query.h"

#include "base/text.h"

static const char *const names[AUTHORIZE_PARAMETERS] = {
    [ASKED_CLIENT_ID] = "client_id",
    [ASKED_SCOPE] = "scope",
    [ASKED_USER_SCOPE] = "user_scope",
    [ASKED_REDIRECT_URI] = "redirect_uri",
    [ASKED_STATE] = "state",
    [ASKED_TEAM] = "team",
    [ASKED_CODE_CHALLENGE] = "code_challenge",
    [ASKED_CODE_CHALLENGE_METHOD] = "code_challenge_method",
    [ASKED_NONCE] = "nonce",
    [ASKED_CHANNEL] = "channel",
    [ASKED_DECISION] = "decision",
};

const char *authorize_parameter_name(enum authorize_parameter parameter)
{
    return names[parameter];
}

static int find(const struct argument *argument)
{
    int number;

    for (number = 0; number < AUTHORIZE_PARAMETERS; number++)
        if (text_equals(argument->name, argument->name_length, names[number]))
            return number;
    return -1;
}

static bool has_control(const struct argument *argument)
{
    size_t place;

    for (place = 0; place < argument->value_length; place++)
        if (text_is_control(argument->value[place]))
            return true;
    return false;
}

static bool read_one(const struct argument *argument, int number,
                     struct authorize_query *query, struct buffer *problem)
{
    if (query->asked[number])
        buffer_printf(problem, "%s came twice; wanted once.", names[number]);
    else if (argument->value_length > PARAMETER_MOST)
        buffer_printf(problem, "%s has %zu bytes; wanted at most %d.",
                      names[number], argument->value_length, PARAMETER_MOST);
    else if (has_control(argument))
        buffer_printf(problem, "%s holds a control character.", names[number]);
    else
        query->asked[number] = argument->value;
    return query->asked[number] == argument->value;
}

bool authorize_query_read(const struct arguments *arguments,
                          struct authorize_query *query, struct buffer *problem)
{
    size_t place;

    *query = (struct authorize_query){.asked = {0}};
    for (place = 0; place < arguments->count; place++) {
        const struct argument *argument = &arguments->list[place];
        int number = find(argument);

        if (number >= 0 && !read_one(argument, number, query, problem))
            return false;
    }
    return true;
}

bool authorize_query_has(const struct authorize_query *query,
                         enum authorize_parameter parameter)
{
    return query->asked[parameter] && *query->asked[parameter];
}
