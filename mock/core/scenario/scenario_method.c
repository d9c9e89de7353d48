/*
 * Reads the entries of `methods`. One that a base has too changes by the keys
 * that are given; its reply is replaced whole.
 */
#include "scenario/scenario_method.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/text.h"
#include "message/method_facts.h"
#include "message/method_names.h"
#include "scenario/scenario_entries.h"
#include "scenario/scenario_parts.h"
#include "json/json_writer.h"

/* It goes into a header, and into a list with commas. */
static bool is_scope(const char *text)
{
    return *text && !strchr(text, ',') && text_is_header_value(text);
}

static void read_kind(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path, struct kind_scopes *scopes)
{
    struct json_path place = {path, NULL, 0};
    const cJSON *scope;

    scopes->is_taken = true;
    json_read_text_list(reader, value, path, &scopes->any_of);
    cJSON_ArrayForEach (scope, value) {
        if (cJSON_IsString(scope) && !is_scope(scope->valuestring))
            mistake_found(reader->mistakes, reader->file, &place, scope,
                          "a scope: a text that is not empty, without commas "
                          "and control characters");
        place.index++;
    }
}

static void read_bot(const struct json_reader *reader, const cJSON *value,
                     const struct json_path *path, void *target)
{
    struct scenario_method *method = target;

    read_kind(reader, value, path, &method->bot);
}

static void read_user(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path, void *target)
{
    struct scenario_method *method = target;

    read_kind(reader, value, path, &method->user);
}

static const struct json_field scopes_fields[] = {
    {.key = "bot", .kind = FIELD_OTHER, .read = read_bot},
    {.key = "user", .kind = FIELD_OTHER, .read = read_user},
    {.key = NULL},
};

static const struct json_field *const scopes_tables[] = {scopes_fields, NULL};

/* A kind that is not named here is not taken. */
static void read_scopes(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    struct scenario_method *method = target;

    method->has_scopes = true;
    method->bot = (struct kind_scopes){.is_taken = false};
    method->user = method->bot;
    json_fields_read(reader, value, path, scopes_fields, method);
}

static void read_tier(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path, void *target)
{
    struct scenario_method *method = target;

    rate_limit_read_tier(reader, value, path, &method->limit);
}

static void read_reply(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct scenario_method *method = target;

    if (!scenario_check_answer(reader, value, path))
        return;
    cJSON_Delete(method->reply);
    method->reply = cJSON_Duplicate(value, true);
}

static void write_kind(struct json_writer *writer, const char *key,
                       const struct kind_scopes *scopes)
{
    size_t number;

    if (!scopes->is_taken)
        return;
    json_write_array(writer, key);
    for (number = 0; number < scopes->any_of.count; number++)
        json_write_text(writer, NULL, scopes->any_of.texts[number]);
    json_write_array_end(writer);
}

static void write_scopes(struct json_writer *writer, const char *key,
                         const void *target)
{
    const struct scenario_method *method = target;

    if (!method->has_scopes)
        return;
    json_write_object(writer, key);
    write_kind(writer, "bot", &method->bot);
    write_kind(writer, "user", &method->user);
    json_write_object_end(writer);
}

static void write_tier(struct json_writer *writer, const char *key,
                       const void *target)
{
    const struct scenario_method *method = target;

    if (method->limit.tier)
        json_write_integer(writer, key, method->limit.tier);
}

static void write_reply(struct json_writer *writer, const char *key,
                        const void *target)
{
    const struct scenario_method *method = target;

    if (method->reply)
        json_write_tree(writer, key, method->reply);
}

static const struct json_field method_fields[] = {
    {.key = "token",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct scenario_method, needs_token)},
    {.key = "scopes",
     .kind = FIELD_OTHER,
     .read = read_scopes,
     .write = write_scopes,
     .inside = scopes_tables,
     .step = ""},
    {.key = "tier",
     .kind = FIELD_OTHER,
     .read = read_tier,
     .write = write_tier},
    {.key = "reply",
     .kind = FIELD_OTHER,
     .read = read_reply,
     .write = write_reply},
    {.key = NULL},
};

const struct json_field *const scenario_method_tables[] = {method_fields, NULL};

/* The one of that name, a new one if there is none. */
static struct scenario_method *method_of(struct scenario *scenario,
                                         const char *name)
{
    const struct method_facts *facts = method_facts_find(name);
    size_t length = strlen(name);
    struct scenario_method *method =
        hash_table_find(&scenario->methods, name, length);

    if (method)
        return method;
    method = arena_allocate(&scenario->arena, sizeof *method);
    method->needs_token = !facts || facts->tokens;
    hash_table_put(&scenario->methods, arena_strdup(&scenario->arena, name),
                   length, method);
    return method;
}

void scenario_read_method(const struct json_reader *reader, const cJSON *value,
                          const struct json_path *path)
{
    struct scenario_method *method;

    if (method_name_is_known(path->key)) {
        mistake(reader->mistakes, reader->file, path,
                "found a method that slackmock has itself; wanted another, or "
                "a rule");
        return;
    }
    method = method_of(reader->context, path->key);
    method->file = reader->file;
    json_fields_read(reader, value, path, method_fields, method);
}

void scenario_write_method(struct json_writer *writer, const char *key,
                           const void *target)
{
    json_write_object(writer, key);
    json_fields_write(writer, method_fields, target);
    json_write_object_end(writer);
}
