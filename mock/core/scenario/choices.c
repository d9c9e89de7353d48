/* A row a switch, and its default. */
#include "scenario/choices.h"

#include <stddef.h>

#include "json/json_fields.h"
#include "json/json_writer.h"

const struct choices default_choices = {
    .auth_test_expires_in = true,
};

static const char *const shapes[] = {"superset", "schema", "sample", NULL};

static const struct json_field choice_fields[] = {
    {.key = "auth_test_expires_in",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct choices, auth_test_expires_in)},
    {.key = "user_access_shape",
     .kind = FIELD_WORD,
     .words = shapes,
     .offset = offsetof(struct choices, user_access_shape)},
    {.key = "hex_code_challenge",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct choices, hex_code_challenge)},
    {.key = "strict_redirects",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct choices, strict_redirects)},
    {.key = NULL},
};

const struct json_field *const choices_tables[] = {choice_fields, NULL};

void choices_read(const struct json_reader *reader, const struct cJSON *value,
                  const struct json_path *path, void *target)
{
    (void)json_fields_read(reader, value, path, choice_fields, target);
}

void choices_write(struct json_writer *writer, const char *key,
                   const struct choices *choices)
{
    json_write_object(writer, key);
    json_fields_write(writer, choice_fields, choices);
    json_write_object_end(writer);
}
