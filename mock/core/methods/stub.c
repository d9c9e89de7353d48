/*
 * Every other method that the scenario has a stub for: authenticated against
 * the same tokens, then answered with the stub's fields.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "call.h"
#include "method.h"
#include "scenario_parts.h"

static enum slack_error handle(struct call *call)
{
    const char *name = call->request->method;
    const cJSON *stub =
        hash_table_find(&call->scenario->stubs, name, strlen(name));
    const cJSON *field;

    cJSON_ArrayForEach (field, stub)
        if (strcmp(field->string, "ok") != 0)
            json_write_tree(&call->fields, field->string, field);
    return SLACK_OK;
}

static const char *const required[] = {NULL};

const struct method method_stub = {
    .name = "a stub",
    .takes_json = true,
    .takes_structures = true,
    .authenticates = true,
    .required = required,
    .handle = handle,
};
