/*
 * A stub: what a method without a row of its own answers. Its fields are sent
 * as they stand, but for those that every reply has, which the mock writes.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "message/method_names.h"
#include "scenario/scenario_entries.h"
#include "scenario/scenario_parts.h"

static void check_text(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path)
{
    if (!cJSON_IsString(value) || !*value->valuestring)
        mistake_found(reader->mistakes, reader->file, path, value,
                      "a text that is not empty");
}

/* `ok` is true unless it says otherwise, and a failure has its `error`. */
static void check_outcome(const struct json_reader *reader, const cJSON *stub,
                          const struct json_path *path)
{
    const cJSON *ok = cJSON_GetObjectItemCaseSensitive(stub, "ok");
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(stub, "error");
    const struct json_path ok_path = {path, "ok", 0};
    const struct json_path error_path = {path, "error", 0};

    if (ok && !cJSON_IsBool(ok))
        mistake_found(reader->mistakes, reader->file, &ok_path, ok,
                      "true or false");
    else if (error && !cJSON_IsFalse(ok))
        mistake(reader->mistakes, reader->file, &error_path,
                "found an error, wanted \"ok\": false beside it");
    else if (error)
        check_text(reader, error, &error_path);
    else if (cJSON_IsFalse(ok))
        mistake(reader->mistakes, reader->file, path, "missing \"error\"");
}

static void check_texts(const struct json_reader *reader, const cJSON *parent,
                        const struct json_path *path, const char *key)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(parent, key);
    const struct json_path list_path = {path, key, 0};
    struct json_path place = {&list_path, NULL, 0};
    const cJSON *text;

    if (!list || !json_is_array(reader, list, &list_path))
        return;
    cJSON_ArrayForEach (text, list) {
        if (!cJSON_IsString(text))
            mistake_found(reader->mistakes, reader->file, &place, text,
                          "a text");
        place.index++;
    }
}

/* The mock adds to these: so they must be what Slack has there. */
static void check_warnings(const struct json_reader *reader, const cJSON *stub,
                           const struct json_path *path)
{
    const cJSON *warning = cJSON_GetObjectItemCaseSensitive(stub, "warning");
    const cJSON *metadata =
        cJSON_GetObjectItemCaseSensitive(stub, "response_metadata");
    const struct json_path warning_path = {path, "warning", 0};
    const struct json_path metadata_path = {path, "response_metadata", 0};

    if (warning)
        check_text(reader, warning, &warning_path);
    if (!metadata || !json_is_object(reader, metadata, &metadata_path))
        return;
    check_texts(reader, metadata, &metadata_path, "warnings");
    check_texts(reader, metadata, &metadata_path, "messages");
}

static void keep(struct scenario *scenario, const char *method,
                 const cJSON *stub)
{
    size_t length = strlen(method);

    cJSON_Delete(hash_table_find(&scenario->stubs, method, length));
    hash_table_put(&scenario->stubs, arena_strdup(&scenario->arena, method),
                   length, cJSON_Duplicate(stub, true));
}

void scenario_read_stub(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path)
{
    if (method_name_is_known(path->key)) {
        mistake(reader->mistakes, reader->file, path,
                "found a method that slackmock has itself; wanted another, or "
                "a rule");
        return;
    }
    if (!json_is_object(reader, value, path))
        return;
    json_check_keys(reader, value, path);
    check_outcome(reader, value, path);
    check_warnings(reader, value, path);
    keep(reader->context, path->key, value);
}
