/*
 * api.test: gives its arguments back, and fails with the `error` that it is
 * asked for (https://docs.slack.dev/reference/methods/api.test). Nobody has to
 * be known to it.
 */
#include "methods/api_test.h"

#include "call/call.h"
#include "call/slack_reply.h"

static void write_arguments(struct call *call)
{
    const struct arguments *arguments = call->sent.arguments;
    struct json_writer *fields = &call->outcome.fields;
    size_t number;

    json_write_object(fields, "args");
    for (number = 0; number < arguments->count; number++) {
        const struct argument *argument = &arguments->list[number];

        if (arguments_find(arguments, argument->name) == argument)
            json_write_bytes(fields, argument->name, argument->value,
                             argument->value_length);
    }
    json_write_object_end(fields);
}

void api_test_answer(struct call *call)
{
    struct sent_text error = call_argument(call, "error");

    if (error.length)
        slack_reply_fail(call, error.bytes);
    write_arguments(call);
}
