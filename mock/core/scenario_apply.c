/*
 * What each key of a scenario file means. Entries of one identity are one
 * entry: a document that names it again changes the keys that it gives.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "json_fields.h"
#include "scenario_parts.h"
#include "timestamp.h"
#include "xalloc.h"

#define SEED_MOST     ((1LL << 53) - 1)
#define GENERATE_MOST 10000000

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
    {.key = "expires_in", .kind = FIELD_NOT_YET},
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

static void read_app(const struct json_reader *reader, const cJSON *value,
                     const struct json_path *path)
{
    struct scenario *scenario = reader->context;
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
     .required = true,
     .offset = offsetof(struct team, enterprise_id)},
    {.key = "name",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct team, enterprise_name)},
    {.key = NULL},
};

static void read_enterprise(const struct json_reader *reader,
                            const cJSON *value, const struct json_path *path,
                            void *target)
{
    struct team *team = target;

    if (!cJSON_IsNull(value)) {
        json_fields_read(reader, value, path, enterprise_fields, team);
        return;
    }
    team->enterprise_id = NULL;
    team->enterprise_name = NULL;
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

static void read_team(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path)
{
    struct scenario *scenario = reader->context;
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

/* What a single token and a run of generated ones have in common. */
#define TOKEN_FIELDS                                                           \
    {.key = "app",                                                             \
     .kind = FIELD_TEXT,                                                       \
     .offset = offsetof(struct token_entry, app_id)},                          \
        {.key = "team",                                                        \
         .kind = FIELD_TEXT,                                                   \
         .offset = offsetof(struct token_entry, team_id)},                     \
        {.key = "scope",                                                       \
         .kind = FIELD_ANY_TEXT,                                               \
         .offset = offsetof(struct token_entry, scope)},                       \
    {                                                                          \
        .key = "state", .kind = FIELD_WORD, .words = token_states,             \
        .offset = offsetof(struct token_entry, state)                          \
    }

static const struct json_field token_fields[] = {
    {.key = "token", .kind = FIELD_ELSEWHERE},
    TOKEN_FIELDS,
    {.key = "bot_user",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct token_entry, bot_user)},
    {.key = "bot_id",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct token_entry, bot_id)},
    {.key = "user",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct token_entry, user)},
    {.key = "user_name",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct token_entry, user_name)},
    {.key = "refresh_token", .kind = FIELD_NOT_YET},
    {.key = "expires_in", .kind = FIELD_NOT_YET},
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
    TOKEN_FIELDS,
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

static void read_token(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path)
{
    struct scenario *scenario = reader->context;
    bool is_run = cJSON_GetObjectItemCaseSensitive(value, "generate") != NULL;
    const char *text = is_run ? generated_prefix(reader, value, path)
                              : identity(reader, value, path, "token");
    struct token_entry *entry;

    if (!text)
        return;
    entry = directory_token(&scenario->directory, reader->arena, text, is_run);
    if (note_origin(reader, path, is_run ? "prefix" : "token", &entry->origin))
        json_fields_read(reader, value, path,
                         is_run ? generate_fields : token_fields, entry);
}

/* ---- lists ---- */

static void read_list(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path,
                      void (*read_entry)(const struct json_reader *,
                                         const cJSON *,
                                         const struct json_path *))
{
    struct json_path place = {path, NULL, 0};
    const cJSON *entry;

    if (!json_is_array(reader, value, path))
        return;
    cJSON_ArrayForEach (entry, value) {
        read_entry(reader, entry, &place);
        place.index++;
    }
}

static void read_apps(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path, void *target)
{
    (void)target;
    read_list(reader, value, path, read_app);
}

static void read_teams(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    (void)target;
    read_list(reader, value, path, read_team);
}

static void read_tokens(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    (void)target;
    read_list(reader, value, path, read_token);
}

/* A document's rules come before those of what it extends. */
static void read_rules(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    struct json_path place = {path, NULL, 0};
    const struct rule **rules;
    const cJSON *entry;

    if (!json_is_array(reader, value, path))
        return;
    rules = xcalloc((size_t)cJSON_GetArraySize(value) + scenario->rule_count,
                    sizeof *rules);
    cJSON_ArrayForEach (entry, value) {
        rules[place.index] = rule_read(reader, entry, &place);
        place.index++;
    }
    if (scenario->rule_count)
        memcpy(rules + place.index, scenario->rules,
               scenario->rule_count * sizeof *rules);
    free(scenario->rules);
    scenario->rules = rules;
    scenario->rule_count += place.index;
}

/* ---- clock ---- */

struct clock_setting {
    const char *at;
    bool frozen;
};

static const struct json_field clock_fields[] = {
    {.key = "at",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct clock_setting, at)},
    {.key = "frozen",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct clock_setting, frozen)},
    {.key = NULL},
};

static void read_clock(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    static const char wanted[] = "a time such as \"2026-01-01T00:00:00Z\"";
    struct scenario *scenario = target;
    struct json_path at_path = {path, "at", 0};
    struct clock_setting setting = {NULL, false};
    bool is_object = cJSON_IsObject(value);

    if (is_object &&
        !json_fields_read(reader, value, path, clock_fields, &setting))
        return;
    if (cJSON_IsString(value))
        setting.at = value->valuestring;
    if (!setting.at ||
        timestamp_from_iso_8601(setting.at, &scenario->clock_start) != 0) {
        mistake_found(
            reader->mistakes, reader->file, is_object ? &at_path : path,
            is_object ? cJSON_GetObjectItemCaseSensitive(value, "at") : value,
            wanted);
        return;
    }
    scenario->has_clock = true;
    scenario->clock_frozen = setting.frozen;
}

/* ---- the whole ---- */

static const char *const token_styles[] = {"fake", "realistic", NULL};

static const struct json_field scenario_fields[] = {
    {.key = "description",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct scenario, description)},
    {.key = "extends", .kind = FIELD_ELSEWHERE},
    {.key = "clock", .kind = FIELD_OTHER, .read = read_clock},
    {.key = "seed",
     .kind = FIELD_INTEGER,
     .least = 0,
     .most = SEED_MOST,
     .offset = offsetof(struct scenario, seed)},
    {.key = "token_style",
     .kind = FIELD_WORD,
     .words = token_styles,
     .offset = offsetof(struct scenario, token_style)},
    {.key = "apps", .kind = FIELD_OTHER, .read = read_apps},
    {.key = "teams", .kind = FIELD_OTHER, .read = read_teams},
    {.key = "tokens", .kind = FIELD_OTHER, .read = read_tokens},
    {.key = "rules", .kind = FIELD_OTHER, .read = read_rules},
    {.key = "codes", .kind = FIELD_NOT_YET},
    {.key = "rate_limits", .kind = FIELD_NOT_YET},
    {.key = "stubs", .kind = FIELD_NOT_YET},
    {.key = "refresh_grace", .kind = FIELD_NOT_YET},
    {.key = NULL},
};

void scenario_apply(struct scenario *scenario, const struct cJSON *document,
                    const char *file, struct mistakes *mistakes)
{
    struct json_reader reader = {
        .mistakes = mistakes,
        .file = arena_strdup(&scenario->arena, file),
        .arena = &scenario->arena,
        .context = scenario,
    };
    const struct json_path top = {0};

    json_fields_read(&reader, document, &top, scenario_fields, scenario);
}
