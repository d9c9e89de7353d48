/* Turns the members of a JSON object into a flat list of arguments. */
#include "arguments/json_arguments.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "json/json_text.h"
#include "json/json_writer.h"

static void add(struct arguments *arguments, const cJSON *member)
{
    struct buffer value = BUFFER_INIT;
    struct json_writer writer = {.output = &value};
    struct argument *argument;

    if (cJSON_IsString(member))
        buffer_add_text(&value, member->valuestring);
    else
        json_write_tree(&writer, NULL, member);
    argument = arguments_add(arguments, member->string, strlen(member->string),
                             buffer_text(&value), value.length);
    argument->is_structure = cJSON_IsObject(member) || cJSON_IsArray(member);
    buffer_free(&value);
}

/* NULL if the body is not JSON, or not valid in its charset. */
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

bool json_arguments_have_null(const char *bytes, size_t length,
                              enum charset charset, size_t depth,
                              const char *name)
{
    cJSON *tree = length ? parse(bytes, length, charset, depth) : NULL;
    bool has_null = cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(tree, name));

    cJSON_Delete(tree);
    return has_null;
}
