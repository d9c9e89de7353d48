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

/* The tree of what is not JSON, or not in its charset, is NULL. */
static cJSON *parse(const char *bytes, size_t length, enum charset charset,
                    size_t depth)
{
    struct json_syntax_error error;
    struct buffer text = BUFFER_INIT;
    cJSON *tree;

    if (charset != CHARSET_ISO_8859_1)
        return json_text_parse(bytes, length, depth, &error);
    (void)charset_to_utf8(charset, bytes, length, &text);
    tree = json_text_parse(text.data, text.length, depth, &error);
    buffer_free(&text);
    return tree;
}

enum slack_error json_arguments_decode(const char *bytes, size_t length,
                                       enum charset charset, size_t depth,
                                       struct arguments *arguments)
{
    const cJSON *member;
    cJSON *tree;

    if (!length)
        return SLACK_OK;
    tree = parse(bytes, length, charset, depth);
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
