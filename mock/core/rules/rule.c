/* Reads rules, and frees a rule when its last holder lets it go. */
#include "rules/rule.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "json/json_writer.h"

static void read_when(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path, void *target)
{
    struct rule *rule = target;

    rule_when_read(reader, value, path, &rule->when);
}

/*
 * True, and a mistake, if the rule has replies already: `reply` and `sequence`
 * exclude each other.
 */
static bool has_replies(const struct json_reader *reader,
                        const struct json_path *path, const struct rule *rule)
{
    if (!rule->replies)
        return false;
    mistake(reader->mistakes, reader->file, path->parent,
            "found \"reply\" and \"sequence\", wanted one of them");
    return true;
}

static void read_reply(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct rule *rule = target;
    struct rule_reply *reply;

    if (has_replies(reader, path, rule))
        return;
    reply = arena_allocate(reader->arena, sizeof *reply);
    rule->reply_count = 1;
    rule->replies = arena_allocate(reader->arena, sizeof *rule->replies);
    rule->replies[0] = reply;
    rule_reply_read(reader, value, path, reply);
    rule_reply_check(reader, path, &rule->when, reply);
}

static const struct rule_reply *read_turn(const struct json_reader *reader,
                                          const cJSON *value,
                                          const struct json_path *path,
                                          const struct rule_when *when)
{
    if (cJSON_IsString(value) && strcmp(value->valuestring, "pass") == 0)
        return NULL;
    if (cJSON_IsObject(value)) {
        struct rule_reply *reply = arena_allocate(reader->arena, sizeof *reply);

        rule_turn_read(reader, value, path, reply);
        rule_reply_check(reader, path, when, reply);
        return reply;
    }
    mistake_found(reader->mistakes, reader->file, path, value,
                  "a reply or \"pass\"");
    return NULL;
}

static void read_sequence(const struct json_reader *reader, const cJSON *value,
                          const struct json_path *path, void *target)
{
    struct rule *rule = target;
    struct json_path place = {path, NULL, 0};
    const cJSON *turn;

    if (has_replies(reader, path, rule))
        return;
    rule->is_sequence = true;
    rule->reply_count = (size_t)cJSON_GetArraySize(value);
    rule->replies = arena_allocate(reader->arena,
                                   rule->reply_count * sizeof *rule->replies);
    if (!json_is_array(reader, value, path))
        return;
    if (!rule->reply_count)
        mistake(reader->mistakes, reader->file, path,
                "found an empty array, wanted a reply in it");
    cJSON_ArrayForEach (turn, value) {
        rule->replies[place.index] =
            read_turn(reader, turn, &place, &rule->when);
        place.index++;
    }
}

static const struct json_field rule_fields[] = {
    {.key = "name", .kind = FIELD_TEXT, .offset = offsetof(struct rule, name)},
    {.key = "when",
     .kind = FIELD_OTHER,
     .read = read_when,
     .inside = rule_when_tables,
     .step = ""},
    {.key = "stage",
     .kind = FIELD_WORD,
     .words = rule_stages,
     .offset = offsetof(struct rule, stage)},
    {.key = "times",
     .kind = FIELD_INTEGER,
     .least = 1,
     .most = 1000000000,
     .offset = offsetof(struct rule, times)},
    {.key = "reply",
     .kind = FIELD_OTHER,
     .read = read_reply,
     .inside = rule_reply_tables,
     .step = ""},
    {.key = "sequence",
     .kind = FIELD_OTHER,
     .read = read_sequence,
     .inside = rule_turn_tables,
     .step = "[]"},
    {.key = NULL},
};

const struct json_field *const rule_tables[] = {rule_fields, NULL};

static void name_after_place(struct rule *rule)
{
    char name[32];

    if (rule->is_named)
        return;
    snprintf(name, sizeof name, "rules[%zu]", rule->index);
    rule->name = arena_strdup(&rule->arena, name);
}

static void read_glob(struct rule *rule, const cJSON *when, const char *key,
                      const char **glob)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(when, key));

    if (text)
        *glob = arena_strdup(&rule->arena, text);
}

/* What replies are checked by, which may stand after them. */
static void read_subject(struct rule *rule, const cJSON *value)
{
    const cJSON *when = cJSON_GetObjectItemCaseSensitive(value, "when");

    read_glob(rule, when, "method", &rule->when.method);
    read_glob(rule, when, "webhook", &rule->when.webhook);
}

/* An event has no reply, and that of a webhook is a text. */
static void check_reply(const struct json_reader *reader,
                        const struct json_path *path,
                        const struct rule_when *when,
                        const struct rule_reply *reply)
{
    if (when->event && !rule_reply_is_of_event(reply))
        mistake(reader->mistakes, reader->file, path,
                "an event has no reply; wanted \"event\" or \"delay\" alone "
                "for it");
    if (when->webhook && !rule_reply_is_of_webhook(reply))
        mistake(reader->mistakes, reader->file, path,
                "a webhook answers a text; wanted no \"fields\", \"warnings\" "
                "or \"messages\" for it");
}

static void check_replies(const struct json_reader *reader,
                          const struct json_path *path, const struct rule *rule)
{
    size_t number;

    for (number = 0; rule->replies && number < rule->reply_count; number++)
        if (rule->replies[number])
            check_reply(reader, path, &rule->when, rule->replies[number]);
}

static const char *spell(struct rule *rule, const cJSON *value)
{
    struct buffer text = BUFFER_INIT;
    struct json_writer writer = {.output = &text};
    const char *spelt;

    json_write_tree(&writer, NULL, value);
    spelt = arena_strdup(&rule->arena, buffer_text(&text));
    buffer_free(&text);
    return spelt;
}

struct rule *rule_read(const struct json_reader *reader,
                       const struct cJSON *value, const struct json_path *path)
{
    struct rule *rule = xcalloc(1, sizeof *rule);
    struct json_reader own = *reader;

    own.arena = &rule->arena;
    rule->holders = 1;
    rule->file = arena_strdup(&rule->arena, reader->file);
    rule->index = path->index;
    read_subject(rule, value);
    json_fields_read(&own, value, path, rule_fields, rule);
    if (cJSON_IsObject(value) && !rule->replies)
        mistake(reader->mistakes, reader->file, path,
                "missing \"reply\" or \"sequence\"");
    check_replies(reader, path, rule);
    rule->is_named = rule->name != NULL;
    name_after_place(rule);
    rule->source = spell(rule, value);
    return rule;
}

void rule_set_place(struct rule *rule, const char *file, size_t index)
{
    rule->file = arena_strdup(&rule->arena, file);
    rule->index = index;
    name_after_place(rule);
}

struct rule *rule_hold(struct rule *rule)
{
    rule->holders++;
    return rule;
}

void rule_release(struct rule *rule)
{
    if (--rule->holders)
        return;
    arena_free(&rule->arena);
    free(rule);
}

enum rule_stage rule_stage_of(const struct rule *rule,
                              const struct rule_reply *reply)
{
    return (enum rule_stage)(
        reply && reply->stage != RULE_STAGE_UNSET ? reply->stage : rule->stage);
}

long long rule_turns(const struct rule *rule)
{
    if (rule->is_sequence)
        return (rule->times ? rule->times : 1) * (long long)rule->reply_count;
    return rule->times ? rule->times : -1;
}
