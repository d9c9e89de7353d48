/*
 * Reads and writes the entries of a scenario's lists. Entries of one identity
 * are one entry: a document that names it again changes the keys that it gives.
 */
#include "scenario/scenario_entries.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/arena.h"
#include "message/http_url.h"
#include "message/redirect_uri.h"
#include "scenario/scenario_parts.h"
#include "json/json_writer.h"

/* ---- what all entries have ---- */

void scenario_write_object(struct json_writer *writer, const char *key,
                           const struct json_field *fields, const void *target)
{
    json_write_object(writer, key);
    json_fields_write(writer, fields, target);
    json_write_object_end(writer);
}

const char *scenario_identity(const struct json_reader *reader,
                              const cJSON *entry, const struct json_path *path,
                              const char *key)
{
    const struct json_path place = {path, key, 0};
    const cJSON *value;

    if (!json_is_object(reader, entry, path))
        return NULL;
    value = json_member(entry, key);
    if (!value)
        mistake(reader->mistakes, reader->file, path, "missing \"%s\"", key);
    else if (!cJSON_IsString(value) || !*value->valuestring)
        mistake_found(reader->mistakes, reader->file, &place, value,
                      "a text that is not empty");
    else
        return value->valuestring;
    return NULL;
}

void scenario_set_origin(const struct json_reader *reader,
                         const struct json_path *path, struct origin *origin)
{
    const struct json_path *whole = path->parent->parent;

    origin->file = reader->file;
    origin->above = whole->parent ? whole : NULL;
    origin->index = path->index;
}

bool scenario_note_origin(const struct json_reader *reader,
                          const struct json_path *path, const char *key,
                          struct origin *origin)
{
    const struct json_path place = {path, key, 0};

    /* A file's name is kept once in the arena, so addresses can be compared. */
    if (origin->file == reader->file) {
        mistake(reader->mistakes, reader->file, &place,
                "stands at $.%s[%zu] already; wanted each once", origin->list,
                origin->index);
        return false;
    }
    scenario_set_origin(reader, path, origin);
    return true;
}

/* ---- apps ---- */

static void read_event_url(const struct json_reader *reader, const cJSON *value,
                           const struct json_path *path, void *target)
{
    struct event_target *events = target;
    const char *text = cJSON_GetStringValue(value);
    struct http_url url;
    const char *wanted = text ? http_url_parse(text, &url) : NULL;

    if (!text)
        mistake_found(reader->mistakes, reader->file, path, value,
                      "a URL that begins with http://");
    else if (wanted)
        mistake(reader->mistakes, reader->file, path, "found \"%.200s\": %s",
                text, wanted);
    else
        events->url = arena_strdup(reader->arena, text);
}

static void write_event_url(struct json_writer *writer, const char *key,
                            const void *target)
{
    const struct event_target *events = target;

    json_write_text(writer, key, events->url);
}

static const struct json_field event_fields[] = {
    {.key = "url",
     .kind = FIELD_OTHER,
     .read = read_event_url,
     .write = write_event_url},
    {.key = "signing_secret",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct event_target, signing_secret)},
    {.key = "retries",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct event_target, retries)},
    {.key = NULL},
};

static const struct json_field *const event_tables[] = {event_fields, NULL};

static void read_events(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    struct app *app = target;
    struct event_target *events = &app->events;

    if (cJSON_IsNull(value)) {
        *events = (struct event_target){.retries = true};
    } else if (json_fields_read(reader, value, path, event_fields, events)) {
        scenario_require(reader, path, "url", events->url != NULL);
        scenario_require(reader, path, "signing_secret",
                         events->signing_secret != NULL);
    }
}

static void write_events(struct json_writer *writer, const char *key,
                         const void *target)
{
    const struct app *app = target;

    if (app->events.url)
        scenario_write_object(writer, key, event_fields, &app->events);
    else
        json_write_null(writer, key);
}

/* Each must be one that a browser may be sent to. */
static void read_redirect_uris(const struct json_reader *reader,
                               const cJSON *value, const struct json_path *path,
                               void *target)
{
    struct app *app = target;
    struct json_path place = {path, NULL, 0};
    const cJSON *uri;

    json_read_text_list(reader, value, path, &app->redirect_uris);
    cJSON_ArrayForEach (uri, value) {
        if (cJSON_IsString(uri) &&
            redirect_uri_kind(uri->valuestring, strlen(uri->valuestring)) ==
                REDIRECT_INVALID)
            mistake_found(reader->mistakes, reader->file, &place, uri,
                          "a redirect URI such as "
                          "\"https://example.com/slack/oauth_redirect\", "
                          "without a fragment, \"..\" and a user");
        place.index++;
    }
}

static void write_redirect_uris(struct json_writer *writer, const char *key,
                                const void *target)
{
    const struct app *app = target;

    if (app->redirect_uris.count)
        json_write_texts(writer, key, &app->redirect_uris);
}

static const struct json_field app_fields[] = {
    {.key = "id", .kind = FIELD_IDENTITY, .offset = offsetof(struct app, id)},
    {.key = "name", .kind = FIELD_TEXT, .offset = offsetof(struct app, name)},
    {.key = "client_id",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct app, client_id)},
    {.key = "client_secret",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct app, client_secret)},
    {.key = "token_rotation",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct app, token_rotation)},
    {.key = "expires_in",
     .kind = FIELD_INTEGER,
     .least = 1,
     .most = EXPIRES_IN_MOST,
     .offset = offsetof(struct app, expires_in)},
    {.key = "events",
     .kind = FIELD_OTHER,
     .read = read_events,
     .write = write_events,
     .inside = event_tables,
     .step = ""},
    {.key = "redirect_uris",
     .kind = FIELD_OTHER,
     .read = read_redirect_uris,
     .write = write_redirect_uris},
    {.key = "pkce",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct app, pkce)},
    {.key = "distributed",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct app, distributed)},
    {.key = "scopes",
     .kind = FIELD_TEXT_LIST,
     .offset = offsetof(struct app, scopes)},
    {.key = "bot_optional",
     .kind = FIELD_TEXT_LIST,
     .offset = offsetof(struct app, bot_optional)},
    {.key = "user_optional",
     .kind = FIELD_TEXT_LIST,
     .offset = offsetof(struct app, user_optional)},
    {.key = NULL},
};

const struct json_field *const scenario_app_tables[] = {app_fields, NULL};

void scenario_read_app(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    const char *id = scenario_identity(reader, value, path, "id");
    struct app *app;

    if (!id)
        return;
    app = directory_app(&scenario->directory, reader->arena, id);
    if (scenario_note_origin(reader, path, "id", &app->origin))
        json_fields_read(reader, value, path, app_fields, app);
}

/* ---- teams ---- */

static const struct json_field enterprise_fields[] = {
    {.key = "id",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct team, enterprise_id)},
    {.key = "name",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct team, enterprise_name)},
    {.key = "forbidden_scopes",
     .kind = FIELD_TEXT_LIST,
     .offset = offsetof(struct team, forbidden_scopes)},
    {.key = "approved_scopes",
     .kind = FIELD_TEXT_LIST,
     .offset = offsetof(struct team, approved_scopes)},
    {.key = NULL},
};

static const struct json_field *const enterprise_tables[] = {enterprise_fields,
                                                             NULL};

static void read_enterprise(const struct json_reader *reader,
                            const cJSON *value, const struct json_path *path,
                            void *target)
{
    struct team *team = target;

    if (cJSON_IsNull(value)) {
        team->enterprise_id = NULL;
        team->enterprise_name = NULL;
        team->forbidden_scopes = (struct text_list){NULL, 0};
        team->approved_scopes = (struct text_list){NULL, 0};
    } else if (json_fields_read(reader, value, path, enterprise_fields, team)) {
        scenario_require(reader, path, "id", team->enterprise_id != NULL);
        scenario_require(reader, path, "name", team->enterprise_name != NULL);
    }
}

static void write_enterprise(struct json_writer *writer, const char *key,
                             const void *target)
{
    const struct team *team = target;

    if (team->enterprise_id)
        scenario_write_object(writer, key, enterprise_fields, team);
    else
        json_write_null(writer, key);
}

static const char *const team_states[] = {"active", "migrating", NULL};

static const struct json_field team_fields[] = {
    {.key = "id", .kind = FIELD_IDENTITY, .offset = offsetof(struct team, id)},
    {.key = "name", .kind = FIELD_TEXT, .offset = offsetof(struct team, name)},
    {.key = "domain",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct team, domain)},
    {.key = "enterprise",
     .kind = FIELD_OTHER,
     .read = read_enterprise,
     .write = write_enterprise,
     .inside = enterprise_tables,
     .step = ""},
    {.key = "is_enterprise_install",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct team, is_enterprise_install)},
    {.key = "state",
     .kind = FIELD_WORD,
     .words = team_states,
     .offset = offsetof(struct team, state)},
    {.key = NULL},
};

const struct json_field *const scenario_team_tables[] = {team_fields, NULL};

void scenario_read_team(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    const char *id = scenario_identity(reader, value, path, "id");
    struct team *team;

    if (!id)
        return;
    team = directory_team(&scenario->directory, reader->arena, id);
    if (scenario_note_origin(reader, path, "id", &team->origin))
        json_fields_read(reader, value, path, team_fields, team);
}

void scenario_write_app(struct json_writer *writer, const char *key,
                        const void *target)
{
    scenario_write_object(writer, key, app_fields, target);
}

void scenario_write_team(struct json_writer *writer, const char *key,
                         const void *target)
{
    scenario_write_object(writer, key, team_fields, target);
}
