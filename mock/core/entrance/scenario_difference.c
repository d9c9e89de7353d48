/* Walks both trees side by side. */
#include "entrance/scenario_difference.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <string.h>

#include "json/json_text.h"

#define ORIGINS "$.world.origins."

/* True, with the place added, if they differ. */
static bool find(const cJSON *one, const cJSON *other, struct buffer *place);

static const cJSON *find_item(const cJSON *nest, const char *key, int number)
{
    return key ? cJSON_GetObjectItemCaseSensitive(nest, key)
               : cJSON_GetArrayItem(nest, number);
}

/* The same scenario may lie elsewhere. */
static bool is_file_name(const cJSON *item, const struct buffer *place)
{
    return item->string && strcmp(item->string, "file") == 0 &&
           strncmp(place->data, ORIGINS, strlen(ORIGINS)) == 0;
}

/* A member of the first that the second lacks, or has otherwise. */
static bool find_inside(const cJSON *one, const cJSON *other,
                        struct buffer *place)
{
    const cJSON *item;
    int number = 0;

    cJSON_ArrayForEach (item, one) {
        const size_t length = place->length;
        const cJSON *there = find_item(other, item->string, number);

        if (is_file_name(item, place))
            continue;
        if (item->string)
            buffer_printf(place, ".%s", item->string);
        else
            buffer_printf(place, "[%d]", number);
        number++;
        if (!there || find(item, there, place))
            return true;
        place->length = length;
        place->data[length] = '\0';
    }
    return false;
}

static bool find(const cJSON *one, const cJSON *other, struct buffer *place)
{
    const bool is_nest = cJSON_IsObject(one) || cJSON_IsArray(one);

    if (is_nest && (one->type & 0xff) == (other->type & 0xff))
        return find_inside(one, other, place) || find_inside(other, one, place);
    return !cJSON_Compare(one, other, true);
}

bool scenario_difference(const char *one, size_t one_length, const char *other,
                         size_t other_length, struct buffer *place)
{
    struct json_syntax_error error;
    cJSON *first = json_text_parse(one, one_length, JSON_DEPTH_MOST, &error);
    cJSON *second =
        json_text_parse(other, other_length, JSON_DEPTH_MOST, &error);

    bool differ = true;

    buffer_add_byte(place, '$');
    if (first && second)
        differ = find(first, second, place);
    cJSON_Delete(first);
    cJSON_Delete(second);
    return differ;
}
