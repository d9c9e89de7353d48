/* Writes and reads codes, the oldest first. */
#include "tokens/issued_codes_save.h"

#include <string.h>

#include "tokens/authorization_save.h"
#include "tokens/token_table.h"
#include "json/json_values.h"
#include "json/json_writer.h"

#define EXPIRES_IN_MOST 31536000 /* a year, in seconds */

/* What came by a request may be no text. */
struct saved_code {
    const char *code;
    const char *app;
    const char *team;
    struct code_part bot;
    struct code_part user;
    long long expires_in;
    struct json_bytes redirect_uri;
    struct json_bytes code_challenge;
    struct json_bytes nonce;
    struct json_bytes channel;
    int flow;
    bool redirect_was_sent;
    bool is_used;
    int64_t dies_at;
};

static const char *const flows[] = {
    [AUTHORIZE_ANY] = "any",         [AUTHORIZE_V2] = "v2",
    [AUTHORIZE_V2_USER] = "v2_user", [AUTHORIZE_V1] = "v1",
    [AUTHORIZE_OPENID] = "openid",   NULL,
};

static const struct json_field part_fields[] = {
    {.key = "user",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct code_part, user)},
    {.key = "scope",
     .kind = FIELD_HEADER_TEXT,
     .offset = offsetof(struct code_part, scope)},
    {.key = NULL},
};

static const struct json_field *const part_tables[] = {part_fields, NULL};

static struct code_part *part_of(struct saved_code *saved, const char *key)
{
    return strcmp(key, "bot") == 0 ? &saved->bot : &saved->user;
}

static void read_part(const struct json_reader *reader,
                      const struct cJSON *value, const struct json_path *path,
                      void *target)
{
    (void)json_fields_read(reader, value, path, part_fields,
                           part_of(target, path->key));
}

static void write_part(struct json_writer *writer, const char *key,
                       const void *target)
{
    struct saved_code saved = *(const struct saved_code *)target;
    const struct code_part *part = part_of(&saved, key);

    if (!part->user)
        return;
    json_write_object(writer, key);
    json_fields_write(writer, part_fields, part);
    json_write_object_end(writer);
}

#define PART_FIELD(name)                                                       \
    {                                                                          \
        .key = (name), .kind = FIELD_OTHER, .read = read_part,                 \
        .write = write_part, .inside = part_tables, .step = ""                 \
    }

#define BYTES_FIELD(name, member)                                              \
    {                                                                          \
        .key = (name), .kind = FIELD_BYTES,                                    \
        .offset = offsetof(struct saved_code, member)                          \
    }

#define SWITCH_FIELD(name)                                                     \
    {                                                                          \
        .key = #name, .kind = FIELD_BOOLEAN, .zero_is_absent = true,           \
        .offset = offsetof(struct saved_code, name)                            \
    }

static const struct json_field fields[] = {
    {.key = "code",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_code, code)},
    {.key = "app",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_code, app)},
    {.key = "team",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_code, team)},
    PART_FIELD("bot"),
    PART_FIELD("user"),
    {.key = "expires_in",
     .kind = FIELD_INTEGER,
     .least = 1,
     .most = EXPIRES_IN_MOST,
     .offset = offsetof(struct saved_code, expires_in)},
    BYTES_FIELD("redirect_uri", redirect_uri),
    BYTES_FIELD("code_challenge", code_challenge),
    BYTES_FIELD("nonce", nonce),
    BYTES_FIELD("incoming_webhook", channel),
    {.key = "flow",
     .kind = FIELD_WORD,
     .words = flows,
     .offset = offsetof(struct saved_code, flow)},
    SWITCH_FIELD(redirect_was_sent),
    SWITCH_FIELD(is_used),
    {.key = "dies_at",
     .kind = FIELD_TIME,
     .required = true,
     .offset = offsetof(struct saved_code, dies_at)},
    {.key = NULL},
};

const struct json_field *const issued_code_tables[] = {fields, NULL};

/* ---- writing ---- */

static struct json_bytes bytes_of(const char *text)
{
    return (struct json_bytes){text, text ? strlen(text) : 0};
}

static void save(const struct code_entry *entry, bool is_used,
                 struct json_writer *writer)
{
    const struct saved_code saved = {
        .code = entry->code,
        .app = entry->app->id,
        .team = entry->team->id,
        .bot = entry->bot,
        .user = entry->user,
        .expires_in = entry->expires_in,
        .redirect_uri = bytes_of(entry->redirect_uri),
        .code_challenge = bytes_of(entry->code_challenge),
        .nonce = bytes_of(entry->nonce),
        .channel = bytes_of(entry->channel),
        .flow = (int)entry->flow,
        .redirect_was_sent = entry->redirect_was_sent,
        .is_used = is_used,
        .dies_at = entry->dies_at,
    };

    json_write_object(writer, NULL);
    json_fields_write(writer, fields, &saved);
    json_write_object_end(writer);
}

void issued_codes_save(struct json_writer *writer, const char *key,
                       const void *target)
{
    const struct issued_codes *codes =
        &((const struct token_table *)target)->codes;
    const struct code_entry *entry = issued_codes_next(codes, NULL);

    if (!entry)
        return;
    json_write_array(writer, key);
    for (; entry; entry = issued_codes_next(codes, entry))
        save(entry, issued_codes_is_used(codes, entry), writer);
    json_write_array_end(writer);
}

/* ---- reading ---- */

static void add(struct issued_codes *codes, const struct saved_code *saved,
                const struct app *app, const struct team *team)
{
    const struct code_entry entry = {
        .code = saved->code,
        .app = app,
        .team = team,
        .bot = saved->bot,
        .user = saved->user,
        .expires_in = saved->expires_in,
        .redirect_uri = saved->redirect_uri.bytes,
        .code_challenge = saved->code_challenge.bytes,
        .nonce = saved->nonce.bytes,
        .channel = saved->channel.bytes,
        .flow = (enum authorize_flow)saved->flow,
        .redirect_was_sent = saved->redirect_was_sent,
        .dies_at = saved->dies_at,
    };

    issued_codes_add(codes, &entry, INT64_MIN);
    if (saved->is_used)
        (void)issued_codes_use(codes, &entry);
}

void issued_code_read_saved(const struct json_reader *reader,
                            const struct cJSON *value,
                            const struct json_path *path, void *target)
{
    struct token_table *table = target;
    const struct json_path place = {path, "code", 0};
    struct saved_code saved = {.flow = AUTHORIZE_ANY};
    const struct app *app;
    const struct team *team;

    if (!json_fields_read(reader, value, path, fields, &saved))
        return;
    app = saved_app(reader, path, table->directory, saved.app);
    team = saved_team(reader, path, table->directory, saved.team);
    if (issued_codes_find(&table->codes, saved.code, strlen(saved.code),
                          INT64_MIN))
        mistake(reader->mistakes, reader->file, &place,
                "found \"%s\", which is a code already; wanted each once",
                saved.code);
    else if (app && team)
        add(&table->codes, &saved, app, team);
}
