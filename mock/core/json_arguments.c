/* From a tree to a flat list. */
#include "json_arguments.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "json_text.h"

static void add(struct arguments *arguments, const cJSON *member)
{
    bool is_text = cJSON_IsString(member);
    char *printed = is_text ? NULL : cJSON_PrintUnformatted(member);
    const char *value = is_text ? member->valuestring : printed;

    if (value) {
        struct argument *argument =
            arguments_add(arguments, member->string, strlen(member->string),
                          value, strlen(value));
        argument->is_structure =
            cJSON_IsObject(member) || cJSON_IsArray(member);
    }
    cJSON_free(printed);
}

enum slack_error json_arguments_decode(const char *bytes, size_t length,
                                       size_t depth,
                                       struct arguments *arguments)
{
    struct json_syntax_error error;
    const cJSON *member;
    cJSON *tree;

    if (!length)
        return SLACK_OK;
    tree = json_text_parse(bytes, length, depth, &error);
    if (!tree)
        return SLACK_INVALID_JSON;
    if (!cJSON_IsObject(tree)) {
        cJSON_Delete(tree);
        return SLACK_JSON_NOT_OBJECT;
    }
    cJSON_ArrayForEach (member, tree)
        if (!cJSON_IsNull(member))
            add(arguments, member);
    cJSON_Delete(tree);
    return SLACK_OK;
}
