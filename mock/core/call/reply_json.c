/* From text to tree and back: few replies are changed so. */
#include "call/reply_json.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "json/json_text.h"
#include "json/json_writer.h"

static cJSON *parse(const char *text, size_t length)
{
    struct json_syntax_error error;

    return json_text_parse(text, length, JSON_DEPTH_MOST, &error);
}

static void write(const cJSON *tree, bool indent, struct buffer *body)
{
    struct json_writer writer = {.output = body, .indent = indent};

    buffer_clear(body);
    json_write_tree(&writer, NULL, tree);
}

void reply_json_put(const char *object, bool indent, struct buffer *body)
{
    cJSON *tree = parse(object, strlen(object));

    write(tree, indent, body);
    cJSON_Delete(tree);
}

static void lay(cJSON *tree, const cJSON *over)
{
    const cJSON *field;

    cJSON_ArrayForEach (field, over) {
        cJSON *below = cJSON_GetObjectItemCaseSensitive(tree, field->string);

        if (cJSON_IsObject(below) && cJSON_IsObject(field))
            lay(below, field);
        else if (below)
            cJSON_ReplaceItemInObjectCaseSensitive(
                tree, field->string, cJSON_Duplicate(field, true));
        else
            cJSON_AddItemToObject(tree, field->string,
                                  cJSON_Duplicate(field, true));
    }
}

static void move_to_end(cJSON *tree, const char *key)
{
    cJSON *item = cJSON_DetachItemFromObjectCaseSensitive(tree, key);

    if (item)
        cJSON_AddItemToObject(tree, key, item);
}

void reply_json_lay(const char *object, bool indent, struct buffer *body)
{
    cJSON *tree = parse(buffer_text(body), body->length);
    cJSON *over = parse(object, strlen(object));

    if (tree) {
        lay(tree, over);
        move_to_end(tree, "warning");
        move_to_end(tree, "response_metadata");
        write(tree, indent, body);
    }
    cJSON_Delete(tree);
    cJSON_Delete(over);
}
