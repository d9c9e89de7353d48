/*
 * Every method that is answered by data: what Slack documents of it, and over
 * that what the scenario says. It keeps no messages, no channels and no files:
 * what was sent shows in the answer alone.
 */
#include <string.h>

#include "call/call.h"
#include "call/slack_reply.h"
#include "message/method_facts.h"
#include "methods/api_test.h"
#include "methods/given_answer.h"
#include "methods/methods.h"
#include "methods/template.h"
#include "scenario/scenario_method.h"

/*
 * Of some arguments one must be there and not empty, or the method has an error
 * of its own (the errors of the method pages; live reports).
 */
static const struct need {
    const char *method; /* NULL: every method that documents the error */
    const char *error;
    const char *arguments[5];
} needs[] = {
    {"chat.postMessage",
     "no_text",
     {"text", "blocks", "attachments", "markdown_text"}},
    {"chat.postEphemeral",
     "no_text",
     {"text", "blocks", "attachments", "markdown_text"}},
    {"conversations.open", "users_list_not_supplied", {"users", "channel"}},
    {"conversations.create", "invalid_name_required", {"name"}},
    {"dnd.setSnooze", "missing_duration", {"num_minutes"}},
    {"chat.unfurl", "missing_unfurls", {"unfurls"}},
    {"stars.add",
     "no_item_specified",
     {"file", "file_comment", "channel", "timestamp"}},
    {"stars.remove",
     "no_item_specified",
     {"file", "file_comment", "channel", "timestamp"}},
    {NULL, "no_item_specified", {"timestamp", "file", "file_comment"}},
};

static bool is_for(const struct need *need, const struct method_facts *facts)
{
    if (need->method)
        return strcmp(need->method, method_facts_name(facts)) == 0;
    return method_facts_has_error(facts, need->error);
}

static bool is_met(const struct need *need, const struct call *call)
{
    const char *const *argument = need->arguments;

    for (; *argument; argument++)
        if (call_argument(call, *argument).length)
            return true;
    return false;
}

/* The error of the first need that is not met; NULL: all are. */
static const char *unmet(const struct call *call)
{
    size_t number;

    for (number = 0; number < sizeof needs / sizeof *needs; number++) {
        const struct need *need = &needs[number];

        if (is_for(need, call->sent.facts))
            return is_met(need, call) ? NULL : need->error;
    }
    return NULL;
}

/* What is there and empty stands for nothing that Slack could find. */
static const char *not_found(const struct call *call)
{
    static const char *const errors[][2] = {
        {"channel", "channel_not_found"},
        {"user", "user_not_found"},
    };
    size_t number;

    for (number = 0; number < sizeof errors / sizeof *errors; number++) {
        struct sent_text sent = call_argument(call, errors[number][0]);

        if (sent.bytes && !sent.length &&
            method_facts_has_error(call->sent.facts, errors[number][1]))
            return errors[number][1];
    }
    return NULL;
}

/* NULL: all is well. A method that Slack does not know has none. */
static const char *own_error(const struct call *call)
{
    const char *error = NULL;

    if (call->sent.facts) {
        error = not_found(call);
        if (!error)
            error = unmet(call);
    }
    return error;
}

static void answer(struct call *call)
{
    const struct scenario_method *described = call->sent.described;

    if (described && described->reply)
        given_answer_write(call, described->reply);
    else if (strcmp(call->sent.request->method, METHOD_API_TEST) == 0)
        api_test_answer(call);
    else if (call->sent.facts)
        template_write(call);
}

static enum slack_error handle(struct call *call)
{
    const char *error = own_error(call);

    if (error)
        slack_reply_fail(call, error);
    else
        answer(call);
    return SLACK_OK;
}

static const char *const required[] = {NULL};

const struct method method_data = {
    .name = "a method of data",
    .takes_json = true,
    .takes_structures = true,
    .authenticates = true,
    .takes_app_token = true,
    .required = required,
    .handle = handle,
};

const struct method method_open_data = {
    .name = "a method of data for everybody",
    .takes_json = true,
    .takes_structures = true,
    .ignores_token = true,
    .required = required,
    .handle = handle,
};
