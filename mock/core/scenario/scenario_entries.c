/*
 * The entries of a scenario's lists. Entries of one identity are one entry: a
 * document that names it again changes the keys that it gives.
 */
#include "scenario/scenario_entries.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/arena.h"
#include "scenario/scenario_parts.h"
#include "tokens/token_changes.h"

#define GENERATE_MOST   10000000
#define EXPIRES_IN_MOST 31536000 /* a year, in seconds */

/* ---- apps ---- */

static const struct json_field app_fields[] = {
    {.key = "id", .kind = FIELD_ELSEWHERE},
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
    {.key = NULL},
};

/*
 * The text that identifies an entry of a list, or NULL and a mistake if it has
 * none.
 */
static const char *identity(const struct json_reader *reader,
                            const cJSON *entry, const struct json_path *path,
                            const char *key)
{
    const struct json_path place = {path, key, 0};
    const cJSON *value;

    if (!json_is_object(reader, entry, path))
        return NULL;
    value = cJSON_GetObjectItemCaseSensitive(entry, key);
    if (!value)
        mistake(reader->mistakes, reader->file, path, "missing \"%s\"", key);
    else if (!cJSON_IsString(value) || !*value->valuestring)
        mistake_found(reader->mistakes, reader->file, &place, value,
                      "a text that is not empty");
    else
        return value->valuestring;
    return NULL;
}

/*
 * Notes where an entry is named first. One that this file names already is a
 * mistake: the second would quietly undo the first.
 */
static bool note_origin(const struct json_reader *reader,
                        const struct json_path *path, const char *key,
                        struct origin *origin)
{
    const struct json_path place = {path, key, 0};

    /* A file's name is one text in the arena, so its address tells files. */
    if (origin->file == reader->file) {
        mistake(reader->mistakes, reader->file, &place,
                "stands at $.%s[%zu] already; wanted each once", origin->list,
                origin->index);
        return false;
    }
    origin->file = reader->file;
    origin->index = path->index;
    return true;
}

void scenario_read_app(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    const char *id = identity(reader, value, path, "id");
    struct app *app;

    if (!id)
        return;
    app = directory_app(&scenario->directory, reader->arena, id);
    if (note_origin(reader, path, "id", &app->origin))
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
    {.key = NULL},
};

static void read_enterprise(const struct json_reader *reader,
                            const cJSON *value, const struct json_path *path,
                            void *target)
{
    struct team *team = target;

    if (cJSON_IsNull(value)) {
        team->enterprise_id = NULL;
        team->enterprise_name = NULL;
    } else if (json_fields_read(reader, value, path, enterprise_fields, team)) {
        scenario_require(reader, path, "id", team->enterprise_id != NULL);
        scenario_require(reader, path, "name", team->enterprise_name != NULL);
    }
}

static const char *const team_states[] = {"active", "migrating", NULL};

static const struct json_field team_fields[] = {
    {.key = "id", .kind = FIELD_ELSEWHERE},
    {.key = "name", .kind = FIELD_TEXT, .offset = offsetof(struct team, name)},
    {.key = "domain",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct team, domain)},
    {.key = "enterprise", .kind = FIELD_OTHER, .read = read_enterprise},
    {.key = "state",
     .kind = FIELD_WORD,
     .words = team_states,
     .offset = offsetof(struct team, state)},
    {.key = NULL},
};

void scenario_read_team(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    const char *id = identity(reader, value, path, "id");
    struct team *team;

    if (!id)
        return;
    team = directory_team(&scenario->directory, reader->arena, id);
    if (note_origin(reader, path, "id", &team->origin))
        json_fields_read(reader, value, path, team_fields, team);
}

/* ---- tokens ---- */

static const char *const token_types[] = {"bot", "user", NULL};
static const char *const token_states[] = {"active", "exchanged", "revoked",
                                           NULL};

/* What every kind of entry says of its token, or tokens. */
#define GRANT_FIELDS                                                           \
    {.key = "app",                                                             \
     .kind = FIELD_TEXT,                                                       \
     .offset = offsetof(struct token_entry, app_id)},                          \
        {.key = "team",                                                        \
         .kind = FIELD_TEXT,                                                   \
         .offset = offsetof(struct token_entry, team_id)},                     \
    {                                                                          \
        .key = "scope", .kind = FIELD_HEADER_TEXT,                             \
        .offset = offsetof(struct token_entry, scope)                          \
    }

/* Whose a single token is. */
#define HOLDER_FIELDS                                                          \
    {.key = "bot_user",                                                        \
     .kind = FIELD_TEXT,                                                       \
     .offset = offsetof(struct token_entry, bot_user)},                        \
        {.key = "bot_id",                                                      \
         .kind = FIELD_TEXT,                                                   \
         .offset = offsetof(struct token_entry, bot_id)},                      \
        {.key = "user",                                                        \
         .kind = FIELD_TEXT,                                                   \
         .offset = offsetof(struct token_entry, user)},                        \
    {                                                                          \
        .key = "user_name", .kind = FIELD_TEXT,                                \
        .offset = offsetof(struct token_entry, user_name)                      \
    }

#define STATE_FIELD                                                            \
    {                                                                          \
        .key = "state", .kind = FIELD_WORD, .words = token_states,             \
        .offset = offsetof(struct token_entry, state)                          \
    }

static const struct json_field legacy_fields[] = {
    {.key = "token", .kind = FIELD_ELSEWHERE},
    GRANT_FIELDS,
    HOLDER_FIELDS,
    STATE_FIELD,
    {.key = NULL},
};

/* A pair is not exchanged, so that its access token has one state fewer. */
static void read_rotated_state(const struct json_reader *reader,
                               const cJSON *value, const struct json_path *path,
                               void *target)
{
    static const char *const states[] = {"active", "revoked", NULL};
    struct token_entry *entry = target;
    int index = 0;

    if (json_read_word(reader, value, path, states, &index))
        entry->state = index ? LEGACY_REVOKED : LEGACY_ACTIVE;
}

static const struct json_field rotated_fields[] = {
    {.key = "token", .kind = FIELD_ELSEWHERE},
    GRANT_FIELDS,
    HOLDER_FIELDS,
    {.key = "refresh_token",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct token_entry, refresh_token)},
    {.key = "state", .kind = FIELD_OTHER, .read = read_rotated_state},
    {.key = "expires_in",
     .kind = FIELD_INTEGER,
     .least = 1,
     .most = EXPIRES_IN_MOST,
     .offset = offsetof(struct token_entry, expires_in)},
    {.key = NULL},
};

static const struct json_field generate_fields[] = {
    {.key = "generate",
     .kind = FIELD_INTEGER,
     .least = 1,
     .most = GENERATE_MOST,
     .offset = offsetof(struct token_entry, count)},
    {.key = "prefix", .kind = FIELD_ELSEWHERE},
    {.key = "type",
     .kind = FIELD_WORD,
     .required = true,
     .words = token_types,
     .offset = offsetof(struct token_entry, type)},
    GRANT_FIELDS,
    STATE_FIELD,
    {.key = NULL},
};

/* The `prefix` of generated tokens, by default after their type. */
static const char *generated_prefix(const struct json_reader *reader,
                                    const cJSON *value,
                                    const struct json_path *path)
{
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(value, "type");

    if (cJSON_GetObjectItemCaseSensitive(value, "prefix"))
        return identity(reader, value, path, "prefix");
    if (cJSON_IsString(type) && strcmp(type->valuestring, "user") == 0)
        return "xoxp-generated";
    return "xoxb-generated";
}

/* The kind of entry shows in its keys, or in its token's prefix. */
static const struct json_field *fields_of(const char *text, bool is_run)
{
    if (is_run)
        return generate_fields;
    return token_is_rotated(text) ? rotated_fields : legacy_fields;
}

static unsigned keys_of(const cJSON *value)
{
    static const struct {
        const char *name;
        enum token_key key;
    } keys[] = {
        {"state", TOKEN_KEY_STATE},   {"expires_in", TOKEN_KEY_EXPIRES_IN},
        {"scope", TOKEN_KEY_SCOPE},   {"user_name", TOKEN_KEY_USER_NAME},
        {"bot_id", TOKEN_KEY_BOT_ID},
    };
    unsigned given = 0;
    size_t number;

    for (number = 0; number < sizeof keys / sizeof *keys; number++)
        if (cJSON_GetObjectItemCaseSensitive(value, keys[number].name))
            given |= keys[number].key;
    return given;
}

/* An entry that no file named yet is new. */
static void note_keys(struct scenario *scenario, struct token_entry *entry,
                      unsigned keys)
{
    struct token_change *change;

    entry->given |= keys;
    if (!scenario->changes)
        return;
    change = token_changes_add(scenario->changes, entry);
    change->keys |= keys;
    change->is_new = change->is_new || !entry->origin.file;
}

void scenario_read_token(const struct json_reader *reader, const cJSON *value,
                         const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    bool is_run = cJSON_GetObjectItemCaseSensitive(value, "generate") != NULL;
    const char *text = is_run ? generated_prefix(reader, value, path)
                              : identity(reader, value, path, "token");
    struct token_entry *entry;

    if (!text)
        return;
    entry = directory_token(&scenario->directory, reader->arena, text, is_run);
    note_keys(scenario, entry, keys_of(value));
    if (note_origin(reader, path, is_run ? "prefix" : "token", &entry->origin))
        json_fields_read(reader, value, path, fields_of(text, is_run), entry);
}

/* ---- codes ---- */

static const struct json_field code_part_fields[] = {
    {.key = "user",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct code_part, user)},
    {.key = "scope",
     .kind = FIELD_HEADER_TEXT,
     .offset = offsetof(struct code_part, scope)},
    {.key = NULL},
};

static void read_code_part(const struct json_reader *reader, const cJSON *value,
                           const struct json_path *path, struct code_part *part)
{
    if (!json_fields_read(reader, value, path, code_part_fields, part))
        return;
    scenario_require(reader, path, "user", part->user != NULL);
    scenario_require(reader, path, "scope", part->scope != NULL);
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

static const struct json_field code_fields[] = {
    {.key = "code", .kind = FIELD_ELSEWHERE},
    {.key = "app",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct code_entry, app_id)},
    {.key = "team",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct code_entry, team_id)},
    {.key = "bot", .kind = FIELD_OTHER, .read = read_code_bot},
    {.key = "user", .kind = FIELD_OTHER, .read = read_code_user},
    {.key = "expires_in",
     .kind = FIELD_INTEGER,
     .least = 1,
     .most = EXPIRES_IN_MOST,
     .offset = offsetof(struct code_entry, expires_in)},
    {.key = NULL},
};

void scenario_read_code(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    const char *text = identity(reader, value, path, "code");
    struct code_entry *code;

    if (!text)
        return;
    code = directory_code(&scenario->directory, reader->arena, text);
    if (note_origin(reader, path, "code", &code->origin))
        json_fields_read(reader, value, path, code_fields, code);
}
