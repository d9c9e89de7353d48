/*
 * Reads an entry of a scenario's tokens: a legacy token, a run of them, or the
 * pair of an installation that is rotated already.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "base/text.h"
#include "scenario/scenario_entries.h"
#include "scenario/scenario_parts.h"
#include "tokens/token_changes.h"
#include "json/json_writer.h"

#define GENERATE_MOST 10000000

static const char *const token_types[] = {"bot", "user", NULL};
static const char *const token_states[] = {"active", "exchanged", "revoked",
                                           NULL};

#define STATE_NOT_GIVEN 3 /* behind the last of them */

/* The keys of every kind of entry. */
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

/* The keys that tell whose a single token is. */
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
    {.key = "token",
     .kind = FIELD_IDENTITY,
     .offset = offsetof(struct token_entry, token)},
    GRANT_FIELDS,
    HOLDER_FIELDS,
    STATE_FIELD,
    {.key = NULL},
};

/*
 * A rotated pair cannot be exchanged, so "exchanged" is not among its states.
 */
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

static void write_rotated_state(struct json_writer *writer, const char *key,
                                const void *target)
{
    const struct token_entry *entry = target;

    if (entry->state != STATE_NOT_GIVEN)
        json_write_text(writer, key, token_states[entry->state]);
}

static const struct json_field rotated_fields[] = {
    {.key = "token",
     .kind = FIELD_IDENTITY,
     .offset = offsetof(struct token_entry, token)},
    GRANT_FIELDS,
    HOLDER_FIELDS,
    {.key = "refresh_token",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct token_entry, refresh_token)},
    {.key = "state",
     .kind = FIELD_OTHER,
     .read = read_rotated_state,
     .write = write_rotated_state},
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
    {.key = "prefix",
     .kind = FIELD_IDENTITY,
     .offset = offsetof(struct token_entry, token)},
    {.key = "type",
     .kind = FIELD_WORD,
     .required = true,
     .words = token_types,
     .offset = offsetof(struct token_entry, type)},
    GRANT_FIELDS,
    STATE_FIELD,
    {.key = NULL},
};

const struct json_field *const scenario_token_tables[] = {
    legacy_fields, rotated_fields, generate_fields, NULL};

/* The `prefix` of generated tokens, by default after their type. */
static const char *generated_prefix(const struct json_reader *reader,
                                    const cJSON *value,
                                    const struct json_path *path)
{
    const cJSON *type = json_member(value, "type");

    if (json_member(value, "prefix"))
        return scenario_identity(reader, value, path, "prefix");
    if (cJSON_IsString(type) && strcmp(type->valuestring, "user") == 0)
        return "xoxp-generated";
    return "xoxb-generated";
}

/* The kind of an entry is told by its keys, or by its token's prefix. */
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
    const cJSON *member;
    size_t number;

    cJSON_ArrayForEach (member, value)
        for (number = 0; number < sizeof keys / sizeof *keys; number++)
            if (text_is(keys[number].name, member->string))
                given |= keys[number].key;
    return given;
}

/* Notes which keys were given. An entry that no file named before is new. */
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
    struct json_reader sharing = *reader;
    bool is_run = json_member(value, "generate") != NULL;
    const char *text = is_run ? generated_prefix(reader, value, path)
                              : scenario_identity(reader, value, path, "token");
    struct token_entry *entry;

    if (!text)
        return;
    sharing.before = directory_last_token(&scenario->directory);
    entry = directory_token(&scenario->directory, reader->arena, text, is_run);
    note_keys(scenario, entry, keys_of(value));
    if (scenario_note_origin(reader, path, is_run ? "prefix" : "token",
                             &entry->origin))
        json_fields_read(&sharing, value, path, fields_of(text, is_run), entry);
}

/* What it has of its run, or by default, is not its own. */
static struct token_entry own_part(const struct token_entry *entry)
{
    struct token_entry own = *entry;

    if (!(entry->given & TOKEN_KEY_STATE))
        own.state = STATE_NOT_GIVEN;
    if (!(entry->given & TOKEN_KEY_EXPIRES_IN))
        own.expires_in = 0;
    if (!(entry->given & TOKEN_KEY_SCOPE))
        own.scope = NULL;
    if (!(entry->given & TOKEN_KEY_USER_NAME))
        own.user_name = NULL;
    if (!(entry->given & TOKEN_KEY_BOT_ID))
        own.bot_id = NULL;
    return own;
}

void scenario_write_token(struct json_writer *writer, const char *key,
                          const void *target)
{
    const struct token_entry *entry = target;
    const struct token_entry own = own_part(entry);

    json_write_object(writer, key);
    json_fields_write(writer, fields_of(entry->token, entry->count > 0), &own);
    json_write_object_end(writer);
}
