/*
 * The two walks over a schema, one to find its flaws and one along a value;
 * see json_schema.h.
 */
#include "json_schema.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "json_schema_keywords.h"

/* ---- places ---- */

struct schema_place schema_place_below(const struct schema_place *parent,
                                       const char *key, size_t index)
{
    return (struct schema_place){parent, key, index, parent->depth + 1};
}

static bool is_plain_key(const char *key)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

    return *key && key[strspn(key, plain)] == '\0';
}

/* Adds a place, spelt as slackmock spells it, behind `used` bytes of text. */
static size_t add_place(char text[JSON_SCHEMA_COMPLAINT_SIZE], size_t used,
                        const struct schema_place *place)
{
    size_t room;
    int length;

    if (place->parent)
        used = add_place(text, used, place->parent);
    room = JSON_SCHEMA_COMPLAINT_SIZE - used;
    if (!place->parent)
        length = snprintf(text + used, room, "$");
    else if (!place->key)
        length = snprintf(text + used, room, "[%zu]", place->index);
    else
        length =
            snprintf(text + used, room,
                     is_plain_key(place->key) ? ".%s" : "[\"%s\"]", place->key);
    return length > 0 && (size_t)length < room ? used + (size_t)length : used;
}

bool schema_complain(struct validation *validation,
                     const struct schema_place *place, const char *format, ...)
{
    char *text = validation->complaint;
    size_t used = add_place(text, 0, place);
    va_list arguments;

    if (used + 2 < JSON_SCHEMA_COMPLAINT_SIZE) {
        memcpy(text + used, ": ", 2);
        used += 2;
    }
    va_start(arguments, format);
    (void)vsnprintf(text + used, JSON_SCHEMA_COMPLAINT_SIZE - used, format,
                    arguments);
    va_end(arguments);
    validation->depth = place->depth;
    return false;
}

/* ---- a value ---- */

const cJSON *json_schema_resolve(const cJSON *root, const cJSON *schema)
{
    const char *reference =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(schema, "$ref"));

    if (!reference)
        return schema;
    if (strncmp(reference, DEFINITIONS, strlen(DEFINITIONS)) != 0)
        return NULL;
    return cJSON_GetObjectItemCaseSensitive(
        cJSON_GetObjectItemCaseSensitive(root, "$defs"),
        reference + strlen(DEFINITIONS));
}

bool schema_fits(struct validation *validation, const struct subject *subject)
{
    const cJSON *keyword;

    if (cJSON_IsFalse(subject->schema))
        return schema_complain(validation, subject->place, "not wanted here");
    cJSON_ArrayForEach (keyword, subject->schema) {
        const struct schema_keyword *known =
            schema_keyword_find(keyword->string);

        if (!known)
            return schema_complain(validation, subject->place,
                                   "unknown keyword %s", keyword->string);
        if (known->check && !known->check(validation, subject, keyword))
            return false;
    }
    return true;
}

bool json_schema_fits(const cJSON *schema, const cJSON *value,
                      char complaint[JSON_SCHEMA_COMPLAINT_SIZE])
{
    const struct schema_place top = {NULL, NULL, 0, 0};
    const struct subject subject = {schema, value, &top};
    struct validation validation = {.root = schema};
    bool fits = schema_fits(&validation, &subject);

    memcpy(complaint, validation.complaint, JSON_SCHEMA_COMPLAINT_SIZE);
    return fits;
}

/* ---- the schema itself ---- */

static bool is_sound(struct validation *validation, const cJSON *schema,
                     const struct schema_place *place);

static bool are_members_sound(struct validation *validation,
                              const cJSON *members,
                              const struct schema_place *place)
{
    const cJSON *member;
    size_t index = 0;

    cJSON_ArrayForEach (member, members) {
        const struct schema_place inside =
            schema_place_below(place, member->string, index);

        if (!is_sound(validation, member, &inside))
            return false;
        index++;
    }
    return true;
}

static bool is_keyword_sound(struct validation *validation,
                             const cJSON *keyword,
                             const struct schema_place *place)
{
    const struct schema_keyword *known = schema_keyword_find(keyword->string);

    if (!known)
        return schema_complain(validation, place, "unknown keyword");
    if (!known->has_form(keyword))
        return schema_complain(validation, place, "a keyword of a wrong form");
    if (known->nest == NEST_ITSELF)
        return is_sound(validation, keyword, place);
    return known->nest == NEST_NONE ||
           are_members_sound(validation, keyword, place);
}

static bool is_sound(struct validation *validation, const cJSON *schema,
                     const struct schema_place *place)
{
    const cJSON *keyword;

    if (cJSON_IsBool(schema))
        return true;
    if (!cJSON_IsObject(schema))
        return schema_complain(validation, place, "wanted a schema");
    if (!json_schema_resolve(validation->root, schema))
        return schema_complain(validation, place, "its $ref leads nowhere");
    cJSON_ArrayForEach (keyword, schema) {
        const struct schema_place inside =
            schema_place_below(place, keyword->string, 0);

        if (!is_keyword_sound(validation, keyword, &inside))
            return false;
    }
    return true;
}

bool json_schema_is_sound(const cJSON *schema,
                          char complaint[JSON_SCHEMA_COMPLAINT_SIZE])
{
    const struct schema_place top = {NULL, NULL, 0, 0};
    struct validation validation = {.root = schema};
    bool sound = is_sound(&validation, schema, &top);

    memcpy(complaint, validation.complaint, JSON_SCHEMA_COMPLAINT_SIZE);
    return sound;
}
