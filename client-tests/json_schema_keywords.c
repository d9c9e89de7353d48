/* The checks, one function a keyword; see json_schema_keywords.h. */
#include "json_schema_keywords.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <regex.h>
#include <string.h>

#include "json_schema.h"

/* ---- keywords that look at the value itself ---- */

static cJSON_bool is_integer(const cJSON *value)
{
    return cJSON_IsNumber(value) &&
           floor(value->valuedouble) >= value->valuedouble;
}

static bool is_of_type(const cJSON *value, const char *name)
{
    static const struct type {
        const char *name;
        cJSON_bool (*is)(const cJSON *value);
    } types[] = {
        {"object", cJSON_IsObject}, {"array", cJSON_IsArray},
        {"string", cJSON_IsString}, {"number", cJSON_IsNumber},
        {"integer", is_integer},    {"boolean", cJSON_IsBool},
        {"null", cJSON_IsNull},
    };

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].is(value);
    return false;
}

static bool check_type(struct validation *validation,
                       const struct subject *subject, const cJSON *wanted)
{
    const cJSON *name = cJSON_IsArray(wanted) ? wanted->child : wanted;
    char *text;

    for (; name; name = cJSON_IsArray(wanted) ? name->next : NULL)
        if (is_of_type(subject->value, cJSON_GetStringValue(name)))
            return true;
    text = cJSON_PrintUnformatted(wanted);
    schema_complain(validation, subject->place, "wanted the type %s", text);
    cJSON_free(text);
    return false;
}

static bool check_enum(struct validation *validation,
                       const struct subject *subject, const cJSON *wanted)
{
    const cJSON *item;

    cJSON_ArrayForEach (item, wanted)
        if (cJSON_Compare(subject->value, item, true))
            return true;
    return schema_complain(validation, subject->place,
                           "wanted one of the enum");
}

static bool check_const(struct validation *validation,
                        const struct subject *subject, const cJSON *wanted)
{
    return cJSON_Compare(subject->value, wanted, true) ||
           schema_complain(validation, subject->place, "wanted the const");
}

static bool check_minimum(struct validation *validation,
                          const struct subject *subject, const cJSON *wanted)
{
    return !cJSON_IsNumber(subject->value) ||
           subject->value->valuedouble >= wanted->valuedouble ||
           schema_complain(validation, subject->place, "below the minimum");
}

static bool check_maximum(struct validation *validation,
                          const struct subject *subject, const cJSON *wanted)
{
    return !cJSON_IsNumber(subject->value) ||
           subject->value->valuedouble <= wanted->valuedouble ||
           schema_complain(validation, subject->place, "above the maximum");
}

/* Characters, so the bytes that go on with one in UTF-8 do not count. */
static bool check_min_length(struct validation *validation,
                             const struct subject *subject, const cJSON *wanted)
{
    const char *text = cJSON_GetStringValue(subject->value);
    double length = 0;

    if (!text)
        return true;
    for (; *text; text++)
        if (((unsigned char)*text & 0xc0) != 0x80)
            length++;
    return length >= wanted->valuedouble ||
           schema_complain(validation, subject->place,
                           "shorter than minLength");
}

static bool check_min_items(struct validation *validation,
                            const struct subject *subject, const cJSON *wanted)
{
    return !cJSON_IsArray(subject->value) ||
           cJSON_GetArraySize(subject->value) >= wanted->valuedouble ||
           schema_complain(validation, subject->place, "shorter than minItems");
}

static bool check_max_items(struct validation *validation,
                            const struct subject *subject, const cJSON *wanted)
{
    return !cJSON_IsArray(subject->value) ||
           cJSON_GetArraySize(subject->value) <= wanted->valuedouble ||
           schema_complain(validation, subject->place, "longer than maxItems");
}

static bool check_max_properties(struct validation *validation,
                                 const struct subject *subject,
                                 const cJSON *wanted)
{
    return !cJSON_IsObject(subject->value) ||
           cJSON_GetArraySize(subject->value) <= wanted->valuedouble ||
           schema_complain(validation, subject->place,
                           "more than maxProperties");
}

/* ECMA's patterns and POSIX's mean the same by what the schema uses of them. */
static bool check_pattern(struct validation *validation,
                          const struct subject *subject, const cJSON *wanted)
{
    const char *text = cJSON_GetStringValue(subject->value);
    bool matches;
    regex_t regex;

    if (!text)
        return true;
    if (regcomp(&regex, wanted->valuestring, REG_EXTENDED | REG_NOSUB) != 0)
        return schema_complain(validation, subject->place,
                               "the pattern is broken");
    matches = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return matches || schema_complain(validation, subject->place,
                                      "does not match %s", wanted->valuestring);
}

/* ---- keywords that look at what is inside ---- */

static bool check_required(struct validation *validation,
                           const struct subject *subject, const cJSON *wanted)
{
    const cJSON *name;

    cJSON_ArrayForEach (name, wanted)
        if (cJSON_IsObject(subject->value) &&
            !cJSON_GetObjectItemCaseSensitive(subject->value,
                                              name->valuestring))
            return schema_complain(validation, subject->place, "missing \"%s\"",
                                   name->valuestring);
    return true;
}

static bool member_fits(struct validation *validation,
                        const struct subject *subject, const cJSON *schema,
                        const cJSON *member)
{
    const struct schema_place place =
        schema_place_below(subject->place, member->string, 0);
    const struct subject inside = {schema, member, &place};

    return schema_fits(validation, &inside);
}

static bool check_properties(struct validation *validation,
                             const struct subject *subject, const cJSON *wanted)
{
    const cJSON *schema;

    if (!cJSON_IsObject(subject->value))
        return true;
    cJSON_ArrayForEach (schema, wanted) {
        const cJSON *member =
            cJSON_GetObjectItemCaseSensitive(subject->value, schema->string);

        if (member && !member_fits(validation, subject, schema, member))
            return false;
    }
    return true;
}

/* Those that `properties`, beside it, does not name. */
static bool check_additional(struct validation *validation,
                             const struct subject *subject, const cJSON *wanted)
{
    const cJSON *named =
        cJSON_GetObjectItemCaseSensitive(subject->schema, "properties");
    const cJSON *member;

    if (!cJSON_IsObject(subject->value))
        return true;
    cJSON_ArrayForEach (member, subject->value)
        if (!cJSON_GetObjectItemCaseSensitive(named, member->string) &&
            !member_fits(validation, subject, wanted, member))
            return false;
    return true;
}

static bool check_items(struct validation *validation,
                        const struct subject *subject, const cJSON *wanted)
{
    struct schema_place place = schema_place_below(subject->place, NULL, 0);
    const cJSON *value;

    if (!cJSON_IsArray(subject->value))
        return true;
    cJSON_ArrayForEach (value, subject->value) {
        const struct subject inside = {wanted, value, &place};

        if (!schema_fits(validation, &inside))
            return false;
        place.index++;
    }
    return true;
}

/* A name is a text, and complained of at its member. */
static bool check_property_names(struct validation *validation,
                                 const struct subject *subject,
                                 const cJSON *wanted)
{
    const cJSON *member;
    bool fits = true;

    if (!cJSON_IsObject(subject->value))
        return true;
    cJSON_ArrayForEach (member, subject->value) {
        cJSON *name = cJSON_CreateString(member->string);
        const struct schema_place place =
            schema_place_below(subject->place, member->string, 0);
        const struct subject inside = {wanted, name, &place};

        fits = fits && schema_fits(validation, &inside);
        cJSON_Delete(name);
    }
    return fits;
}

/* ---- keywords that lead to other schemas ---- */

/* How many fit; of those that do not, the deepest complaint is passed on. */
static size_t count_fitting(struct validation *validation,
                            const struct subject *subject, const cJSON *list)
{
    const cJSON *schema;
    size_t count = 0;

    cJSON_ArrayForEach (schema, list) {
        const struct subject same = {schema, subject->value, subject->place};
        struct validation attempt = {.root = validation->root};

        if (schema_fits(&attempt, &same))
            count++;
        else if (!validation->complaint[0] || attempt.depth > validation->depth)
            *validation = attempt;
    }
    return count;
}

static bool check_any_of(struct validation *validation,
                         const struct subject *subject, const cJSON *list)
{
    bool fits = count_fitting(validation, subject, list) > 0;

    if (fits)
        validation->complaint[0] = '\0';
    return fits;
}

static bool check_one_of(struct validation *validation,
                         const struct subject *subject, const cJSON *list)
{
    size_t count = count_fitting(validation, subject, list);

    if (count > 1)
        return schema_complain(validation, subject->place, "fits %zu of oneOf",
                               count);
    if (count == 1)
        validation->complaint[0] = '\0';
    return count == 1;
}

static bool check_not(struct validation *validation,
                      const struct subject *subject, const cJSON *wanted)
{
    const struct subject same = {wanted, subject->value, subject->place};
    struct validation attempt = {.root = validation->root};

    return !schema_fits(&attempt, &same) ||
           schema_complain(validation, subject->place,
                           "fits what is not "
                           "wanted");
}

static bool check_ref(struct validation *validation,
                      const struct subject *subject, const cJSON *wanted)
{
    const struct subject same = {
        json_schema_resolve(validation->root, subject->schema), subject->value,
        subject->place};

    (void)wanted;
    return schema_fits(validation, &same);
}

/* ---- the table ---- */

static cJSON_bool is_anything(const cJSON *value)
{
    return value != NULL;
}

static cJSON_bool is_schema(const cJSON *value)
{
    return cJSON_IsObject(value) || cJSON_IsBool(value);
}

static cJSON_bool is_text_list(const cJSON *value)
{
    const cJSON *item;

    cJSON_ArrayForEach (item, value)
        if (!cJSON_IsString(item))
            return false;
    return cJSON_IsArray(value);
}

static cJSON_bool is_type_name(const cJSON *value)
{
    return cJSON_IsString(value) || is_text_list(value);
}

static cJSON_bool is_local_reference(const cJSON *value)
{
    return cJSON_IsString(value) &&
           strncmp(value->valuestring, DEFINITIONS, strlen(DEFINITIONS)) == 0;
}

static const struct schema_keyword keywords[] = {
    {"$schema", cJSON_IsString, NULL, NEST_NONE},
    {"$id", cJSON_IsString, NULL, NEST_NONE},
    {"title", cJSON_IsString, NULL, NEST_NONE},
    {"description", cJSON_IsString, NULL, NEST_NONE},
    {"examples", cJSON_IsArray, NULL, NEST_NONE},
    {"type", is_type_name, check_type, NEST_NONE},
    {"enum", cJSON_IsArray, check_enum, NEST_NONE},
    {"const", is_anything, check_const, NEST_NONE},
    {"minimum", cJSON_IsNumber, check_minimum, NEST_NONE},
    {"maximum", cJSON_IsNumber, check_maximum, NEST_NONE},
    {"minLength", cJSON_IsNumber, check_min_length, NEST_NONE},
    {"minItems", cJSON_IsNumber, check_min_items, NEST_NONE},
    {"maxItems", cJSON_IsNumber, check_max_items, NEST_NONE},
    {"maxProperties", cJSON_IsNumber, check_max_properties, NEST_NONE},
    {"pattern", cJSON_IsString, check_pattern, NEST_NONE},
    {"required", is_text_list, check_required, NEST_NONE},
    {"properties", cJSON_IsObject, check_properties, NEST_MEMBERS},
    {"additionalProperties", is_schema, check_additional, NEST_ITSELF},
    {"propertyNames", is_schema, check_property_names, NEST_ITSELF},
    {"items", is_schema, check_items, NEST_ITSELF},
    {"anyOf", cJSON_IsArray, check_any_of, NEST_MEMBERS},
    {"oneOf", cJSON_IsArray, check_one_of, NEST_MEMBERS},
    {"not", is_schema, check_not, NEST_ITSELF},
    {"$ref", is_local_reference, check_ref, NEST_NONE},
    {"$defs", cJSON_IsObject, NULL, NEST_MEMBERS},
};

const struct schema_keyword *schema_keyword_find(const char *name)
{
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        if (strcmp(keywords[i].name, name) == 0)
            return &keywords[i];
    return NULL;
}
