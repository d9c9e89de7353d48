/*
 * Its warnings and messages are written later, with those of the call itself.
 */
#include "methods/given_answer.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "call/call.h"
#include "call/slack_reply.h"

/* The keys that every reply has, which are written elsewhere. */
static bool is_shared(const char *key)
{
    static const char *const shared[] = {"ok", "error", "warning",
                                         "response_metadata"};
    size_t number;

    for (number = 0; number < sizeof shared / sizeof *shared; number++)
        if (strcmp(shared[number], key) == 0)
            return true;
    return false;
}

void given_answer_write(struct call *call, const cJSON *fields)
{
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(fields, "error");
    const cJSON *field;

    call->outcome.stub = fields;
    if (error)
        slack_reply_fail(call, error->valuestring);
    cJSON_ArrayForEach (field, fields)
        if (!is_shared(field->string))
            json_write_tree(&call->outcome.fields, field->string, field);
}
