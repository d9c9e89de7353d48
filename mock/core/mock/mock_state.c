/* Writes and reads the state of a mock, part by part. */
#include "mock/mock_state.h"

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "call/rate_limit_save.h"
#include "call/rule_list_save.h"
#include "events/event_queue_save.h"
#include "mock/mock_parts.h"
#include "scenario/scenario_save.h"
#include "tokens/token_table_save.h"
#include "json/json_fields.h"
#include "json/json_values.h"
#include "json/json_writer.h"

#define COUNT_MOST ((long long)1 << 53)

/* The parts that are plain values; the others are read where they belong. */
struct saved_state {
    const struct mock *from; /* when written */
    struct mock *into;       /* when read */
    int64_t at;
    bool frozen;
    uint64_t seeds, tokens, request_ids, chances, events;
    uint64_t message_time;
    long long files;
    long long last_id;
    long long dropped;
};

#define BITS_FIELD(name)                                                       \
    {                                                                          \
        .key = #name, .kind = FIELD_BITS, .required = true,                    \
        .offset = offsetof(struct saved_state, name)                           \
    }

#define COUNT_FIELD(name)                                                      \
    {                                                                          \
        .key = #name, .kind = FIELD_INTEGER, .required = true,                 \
        .most = COUNT_MOST, .offset = offsetof(struct saved_state, name)       \
    }

/* ---- plain values, an object for each kind ---- */

static const struct json_field clock_fields[] = {
    {.key = "at",
     .kind = FIELD_TIME,
     .required = true,
     .offset = offsetof(struct saved_state, at)},
    {.key = "frozen",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct saved_state, frozen)},
    {.key = NULL},
};

static const struct json_field random_fields[] = {
    BITS_FIELD(seeds),   BITS_FIELD(tokens), BITS_FIELD(request_ids),
    BITS_FIELD(chances), BITS_FIELD(events), {.key = NULL},
};

static const struct json_field message_fields[] = {
    BITS_FIELD(message_time),
    COUNT_FIELD(files),
    {.key = NULL},
};

static const struct json_field journal_fields[] = {
    COUNT_FIELD(last_id),
    COUNT_FIELD(dropped),
    {.key = NULL},
};

static const struct json_field *const clock_tables[] = {clock_fields, NULL};
static const struct json_field *const random_tables[] = {random_fields, NULL};
static const struct json_field *const message_tables[] = {message_fields, NULL};
static const struct json_field *const journal_tables[] = {journal_fields, NULL};

static void write_part(struct json_writer *writer, const char *key,
                       const struct json_field *fields, const void *target)
{
    json_write_object(writer, key);
    json_fields_write(writer, fields, target);
    json_write_object_end(writer);
}

#define PLAIN_PART(name)                                                       \
    static void write_##name(struct json_writer *writer, const char *key,      \
                             const void *target)                               \
    {                                                                          \
        write_part(writer, key, name##_fields, target);                        \
    }                                                                          \
                                                                               \
    static void read_##name(const struct json_reader *reader,                  \
                            const cJSON *value, const struct json_path *path,  \
                            void *target)                                      \
    {                                                                          \
        (void)json_fields_read(reader, value, path, name##_fields, target);    \
    }

PLAIN_PART(clock)
PLAIN_PART(random)
PLAIN_PART(message)
PLAIN_PART(journal)

/* ---- parts of other rooms ---- */

static void write_tokens(struct json_writer *writer, const char *key,
                         const void *target)
{
    const struct saved_state *saved = target;

    token_table_save(&saved->from->tokens, key, writer);
}

static void read_tokens(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    const struct saved_state *saved = target;

    token_table_read_saved(&saved->into->tokens, reader, value, path);
}

static void write_rules(struct json_writer *writer, const char *key,
                        const void *target)
{
    const struct mock *mock = ((const struct saved_state *)target)->from;

    rule_list_save(&mock->rules, mock->loaded, key, writer);
}

static void read_rules(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct mock *mock = ((struct saved_state *)target)->into;

    rule_list_read_saved(&mock->rules, mock->loaded, reader, value, path);
}

static void write_limits(struct json_writer *writer, const char *key,
                         const void *target)
{
    const struct saved_state *saved = target;

    rate_limits_save(&saved->from->rate_limits, key, writer);
}

static void read_limits(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    const struct saved_state *saved = target;

    rate_limits_read_saved(&saved->into->rate_limits, reader, value, path);
}

static void write_deliveries(struct json_writer *writer, const char *key,
                             const void *target)
{
    const struct saved_state *saved = target;

    event_queue_save(&saved->from->events, key, writer);
}

static void read_deliveries(const struct json_reader *reader,
                            const cJSON *value, const struct json_path *path,
                            void *target)
{
    const struct saved_state *saved = target;

    event_queue_read_saved(&saved->into->events, reader, value, path);
}

static const struct json_field state_fields[] = {
    {.key = "clock",
     .kind = FIELD_OTHER,
     .required = true,
     .read = read_clock,
     .write = write_clock,
     .inside = clock_tables,
     .step = ""},
    {.key = "random",
     .kind = FIELD_OTHER,
     .required = true,
     .read = read_random,
     .write = write_random,
     .inside = random_tables,
     .step = ""},
    {.key = "tokens",
     .kind = FIELD_OTHER,
     .required = true,
     .read = read_tokens,
     .write = write_tokens,
     .inside = token_table_saved_tables,
     .step = ""},
    {.key = "rules",
     .kind = FIELD_OTHER,
     .read = read_rules,
     .write = write_rules,
     .inside = saved_rule_tables,
     .step = "[]"},
    {.key = "rate_limits",
     .kind = FIELD_OTHER,
     .read = read_limits,
     .write = write_limits,
     .inside = saved_bucket_tables,
     .step = "[]"},
    {.key = "deliveries",
     .kind = FIELD_OTHER,
     .read = read_deliveries,
     .write = write_deliveries,
     .inside = event_queue_saved_tables,
     .step = ""},
    {.key = "issued",
     .kind = FIELD_OTHER,
     .required = true,
     .read = read_message,
     .write = write_message,
     .inside = message_tables,
     .step = ""},
    {.key = "journal",
     .kind = FIELD_OTHER,
     .required = true,
     .read = read_journal,
     .write = write_journal,
     .inside = journal_tables,
     .step = ""},
    {.key = NULL},
};

/* ---- the whole ---- */

/* The entries that are not saved count as dropped. */
static struct saved_state plain_values(const struct mock *mock,
                                       int64_t host_time)
{
    return (struct saved_state){
        .from = mock,
        .at = clock_now(&mock->clock, host_time),
        .frozen = mock->clock.frozen,
        .seeds = mock->entropy.state,
        .tokens = mock->token_random.state,
        .request_ids = mock->request_id_random.state,
        .chances = mock->chance_random.state,
        .events = mock->events.random.state,
        .message_time = (uint64_t)mock->issued.message_time,
        .files = (long long)mock->issued.files,
        .last_id = mock->journal.last_id,
        .dropped = mock->journal.dropped + (long long)mock->journal.count,
    };
}

void mock_save(const struct mock *mock, int64_t host_time,
               struct json_writer *writer)
{
    const struct saved_state saved = plain_values(mock, host_time);

    scenario_save_begin(mock->loaded, mock->scenario, writer);
    write_part(writer, "state", state_fields, &saved);
    scenario_save_end(writer);
}

void mock_save_scenario(const struct mock *mock, struct json_writer *writer)
{
    scenario_save_begin(mock->loaded, mock->loaded, writer);
    scenario_save_end(writer);
}

/* The journal's ids never restart. */
static void take_plain_values(struct mock *mock,
                              const struct saved_state *saved,
                              int64_t host_time)
{
    mock->clock = (struct clock){
        .start = saved->at, .host_start = host_time, .frozen = saved->frozen};
    mock->entropy.state = saved->seeds;
    mock->token_random.state =
        saved->tokens ^
        (mock->options.salts_seeds ? mock->options.token_salt : 0);
    mock->request_id_random.state = saved->request_ids;
    mock->chance_random.state = saved->chances;
    mock->events.random.state = saved->events;
    mock->issued.message_time = (int64_t)saved->message_time;
    mock->issued.files = (uint64_t)saved->files;
    if (mock->journal.last_id < saved->last_id)
        mock->journal.last_id = saved->last_id;
    mock->journal.dropped = saved->dropped;
}

void mock_read_state(struct mock *mock, int64_t host_time,
                     struct mistakes *mistakes)
{
    static const struct json_path top = {0};
    static const struct json_path world = {&top, "world", 0};
    static const struct json_path state = {&world, "state", 0};
    struct arena arena = {0};
    const struct json_reader reader = {
        .mistakes = mistakes,
        .file = mock->loaded->state_file,
        .arena = &arena,
        .context = mock->scenario,
    };
    struct saved_state saved = {.into = mock};

    if (json_fields_read(&reader, mock->loaded->state, &state, state_fields,
                         &saved))
        take_plain_values(mock, &saved, host_time);
    arena_free(&arena);
}
