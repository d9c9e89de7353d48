/*
 * api.test: tells what was sent. With `error` it fails with that.
 */
#include "call/call.h"
#include "call/slack_reply.h"
#include "message/method_names.h"
#include "methods/methods.h"

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

static enum slack_error handle(struct call *call)
{
    struct sent_text error = call_argument(call, "error");

    if (error.length)
        slack_reply_fail(call, error.bytes);
    write_arguments(call);
    return SLACK_OK;
}

static const char *const required[] = {NULL};

const struct method method_api_test = {
    .name = METHOD_API_TEST,
    .takes_json = true,
    .takes_structures = true,
    .ignores_token = true,
    .required = required,
    .handle = handle,
};
