/* Conditions on arguments: of several of one name the last one counts. */
#include "rules/rule_argument.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "arguments/arguments.h"
#include "base/arena.h"
#include "base/hash_table.h"
#include "rules/glob.h"

static bool are_few(const struct json_reader *reader, const cJSON *value,
                    const struct json_path *path)
{
    int count;

    if (!json_is_object(reader, value, path))
        return false;
    count = cJSON_GetArraySize(value);
    if (count <= RULE_ARGUMENTS_MAX)
        return true;
    mistake(reader->mistakes, reader->file, path,
            "found %d arguments, wanted at most %d", count, RULE_ARGUMENTS_MAX);
    return false;
}

static bool is_condition(const struct json_reader *reader, const cJSON *value,
                         const struct json_path *path)
{
    if (!*path->key) {
        mistake(reader->mistakes, reader->file, path,
                "found an empty name, wanted that of an argument");
        return false;
    }
    if (cJSON_IsString(value) || cJSON_IsNull(value))
        return true;
    mistake_found(reader->mistakes, reader->file, path, value,
                  "a text, or null for an argument that is absent");
    return false;
}

void rule_arguments_read(const struct json_reader *reader,
                         const struct cJSON *value,
                         const struct json_path *path,
                         struct argument_conditions *conditions)
{
    struct argument_condition *list;
    struct hash_table seen = {0};
    const cJSON *argument;

    if (!are_few(reader, value, path))
        return;
    list = arena_allocate(reader->arena,
                          (size_t)cJSON_GetArraySize(value) * sizeof *list);
    conditions->list = list;
    cJSON_ArrayForEach (argument, value) {
        const struct json_path place = {path, argument->string, 0};

        if (!json_is_first(reader, &seen, &place) ||
            !is_condition(reader, argument, &place))
            continue;
        list[conditions->count++] = (struct argument_condition){
            arena_strdup(reader->arena, argument->string),
            cJSON_IsString(argument)
                ? arena_strdup(reader->arena, argument->valuestring)
                : NULL};
    }
    hash_table_free(&seen);
}

bool rule_argument_allows(const struct argument_condition *condition,
                          const struct arguments *arguments)
{
    const struct argument *argument =
        arguments_find(arguments, condition->name);

    if (!argument || !condition->glob)
        return !argument && !condition->glob;
    return glob_matches(condition->glob, argument->value,
                        argument->value_length);
}

bool rule_arguments_allow(const struct argument_conditions *conditions,
                          const struct arguments *arguments)
{
    size_t number;

    for (number = 0; number < conditions->count; number++)
        if (!rule_argument_allows(&conditions->list[number], arguments))
            return false;
    return true;
}

static bool covers(const struct argument_condition *outer,
                   const struct argument_conditions *inner)
{
    size_t number;

    for (number = 0; number < inner->count; number++) {
        const struct argument_condition *other = &inner->list[number];

        if (strcmp(outer->name, other->name) != 0)
            continue;
        if (!outer->glob || !other->glob)
            return !outer->glob && !other->glob;
        return glob_includes(outer->glob, other->glob);
    }
    return false;
}

bool rule_arguments_include(const struct argument_conditions *outer,
                            const struct argument_conditions *inner)
{
    size_t number;

    for (number = 0; number < outer->count; number++)
        if (!covers(&outer->list[number], inner))
            return false;
    return true;
}
