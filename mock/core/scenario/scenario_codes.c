/*
 * Reads and writes the codes of a scenario, and what is to be installed without
 * one.
 */
#include <cjson/cJSON.h>

#include "scenario/scenario_entries.h"
#include "scenario/scenario_parts.h"
#include "json/json_writer.h"

static const struct json_field code_part_fields[] = {
    {.key = "user",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct code_part, user)},
    {.key = "scope",
     .kind = FIELD_HEADER_TEXT,
     .offset = offsetof(struct code_part, scope)},
    {.key = NULL},
};

static const struct json_field *const code_part_tables[] = {code_part_fields,
                                                            NULL};

static void read_code_part(const struct json_reader *reader, const cJSON *value,
                           const struct json_path *path, struct code_part *part)
{
    if (!json_fields_read(reader, value, path, code_part_fields, part))
        return;
    scenario_require(reader, path, "user", part->user != NULL);
}

static void read_code_bot(const struct json_reader *reader, const cJSON *value,
                          const struct json_path *path, void *target)
{
    struct code_entry *code = target;

    read_code_part(reader, value, path, &code->bot);
}

static void read_code_user(const struct json_reader *reader, const cJSON *value,
                           const struct json_path *path, void *target)
{
    struct code_entry *code = target;

    read_code_part(reader, value, path, &code->user);
}

static void write_code_bot(struct json_writer *writer, const char *key,
                           const void *target)
{
    const struct code_entry *code = target;

    if (code->bot.user)
        scenario_write_object(writer, key, code_part_fields, &code->bot);
}

static void write_code_user(struct json_writer *writer, const char *key,
                            const void *target)
{
    const struct code_entry *code = target;

    if (code->user.user)
        scenario_write_object(writer, key, code_part_fields, &code->user);
}

/* What is installed where. */
#define INSTALL_FIELDS                                                         \
    {.key = "app",                                                             \
     .kind = FIELD_TEXT,                                                       \
     .offset = offsetof(struct code_entry, app_id)},                           \
        {.key = "team",                                                        \
         .kind = FIELD_TEXT,                                                   \
         .offset = offsetof(struct code_entry, team_id)},                      \
        {.key = "bot",                                                         \
         .kind = FIELD_OTHER,                                                  \
         .read = read_code_bot,                                                \
         .write = write_code_bot,                                              \
         .inside = code_part_tables,                                           \
         .step = ""},                                                          \
        {.key = "incoming_webhook",                                            \
         .kind = FIELD_TEXT,                                                   \
         .offset = offsetof(struct code_entry, channel)},                      \
    {                                                                          \
        .key = "user", .kind = FIELD_OTHER, .read = read_code_user,            \
        .write = write_code_user, .inside = code_part_tables, .step = ""       \
    }

const struct json_field scenario_install_fields[] = {
    INSTALL_FIELDS,
    {.key = NULL},
};

static const struct json_field code_fields[] = {
    {.key = "code",
     .kind = FIELD_IDENTITY,
     .offset = offsetof(struct code_entry, code)},
    INSTALL_FIELDS,
    {.key = "expires_in",
     .kind = FIELD_INTEGER,
     .least = 1,
     .most = EXPIRES_IN_MOST,
     .offset = offsetof(struct code_entry, expires_in)},
    {.key = "redirect_uri",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct code_entry, redirect_uri)},
    {.key = "code_challenge",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct code_entry, code_challenge)},
    {.key = NULL},
};

const struct json_field *const scenario_code_tables[] = {code_fields, NULL};

void scenario_read_code(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    const char *text = scenario_identity(reader, value, path, "code");
    struct code_entry *code;

    if (!text)
        return;
    code = directory_code(&scenario->directory, reader->arena, text);
    if (scenario_note_origin(reader, path, "code", &code->origin))
        json_fields_read(reader, value, path, code_fields, code);
}

void scenario_write_code(struct json_writer *writer, const char *key,
                         const void *target)
{
    scenario_write_object(writer, key, code_fields, target);
}
