/*
 * Walks the text of a template, whose JSON is sound and has no escapes, and
 * writes as it goes: no tree is built of it.
 */
#include "methods/template.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments/call_limits.h"
#include "call/call.h"
#include "message/method_facts.h"
#include "methods/template_reader.h"
#include "methods/world_value.h"
#include "json/json_repeats.h"
#include "json/json_text.h"

#define KEY_SIZE    64
#define TIME_NUMBER 1700000000
#define SENT        "@sent"
#define SENT_JSON   "@sent_json"

struct template
{
    struct call *call;
    struct json_writer *fields;
    const char *at; /* the next byte of it */
    struct world_values values;
};

/* Where a value stands: the key, and the key of the object that it is in. */
struct member {
    const char *key;   /* NULL: in an array */
    const char *owner; /* NULL: at the top, or in an array */
};

static void write_value(struct template *template, struct member member);

/* ---- what was sent ---- */

static struct sent_text argument_of(const struct template *template,
                                    const char *name)
{
    struct sent_text sent = call_argument(template->call, name);

    if (sent.bytes && method_facts_argument(template->call->sent.facts, name))
        return sent;
    return (struct sent_text){NULL, 0};
}

/* An object of that name may be meant by its id alone: `channel`, `view_id`. */
static struct sent_text owner_of(const struct template *template,
                                 const char *owner)
{
    struct sent_text sent = argument_of(template, owner);
    char name[KEY_SIZE + sizeof "_id"];

    if (sent.length && *sent.bytes != '{' && *sent.bytes != '[')
        return sent;
    snprintf(name, sizeof name, "%s_id", owner);
    return argument_of(template, name);
}

/* The argument that a value is the echo of; .bytes is NULL for none. */
static struct sent_text sent_for(const struct template *template,
                                 struct member member)
{
    struct sent_text sent = {NULL, 0};

    if (!member.key)
        return sent;
    sent = argument_of(template, member.key);
    if (!sent.bytes && member.owner &&
        (strcmp(member.key, "id") == 0 || strcmp(member.key, "value") == 0))
        sent = owner_of(template, member.owner);
    return sent;
}

/* Its tree, if it begins so and is JSON; else NULL. */
static cJSON *tree_of(const struct template *template, struct sent_text sent,
                      const char *openings)
{
    struct json_syntax_error error;
    cJSON *tree;

    if (!sent.length || !strchr(openings, *sent.bytes))
        return NULL;
    tree = json_text_parse(sent.bytes, sent.length,
                           template->call->limits->json_depth, &error);
    json_drop_repeats(tree);
    return tree;
}

/* ---- values without parts ---- */

static void write_json(struct template *template, const char *key,
                       struct sent_text sent)
{
    cJSON *tree = tree_of(template, sent, "[{");

    if (tree)
        json_write_tree(template->fields, key, tree);
    else
        json_write_bytes(template->fields, key, sent.bytes, sent.length);
    cJSON_Delete(tree);
}

static void write_world(struct template *template, const char *key,
                        struct sent_text text)
{
    const char *value = NULL;
    enum world_value kind =
        world_value_of(&template->values, text.bytes, text.length, &value);

    switch (kind) {
    case WORLD_NO_VALUE:
        json_write_bytes(template->fields, key, text.bytes, text.length);
        break;
    case WORLD_TEXT:
        json_write_text(template->fields, key, value);
        break;
    case WORLD_TRUE:
    case WORLD_FALSE:
        json_write_boolean(template->fields, key, kind == WORLD_TRUE);
        break;
    case WORLD_ABSENT:
        break;
    }
}

/* Not an empty one where the world has something: it names nobody. */
static bool is_echoed(struct template *template, struct sent_text text,
                      struct sent_text sent)
{
    const char *value;

    return sent.length ||
           (sent.bytes &&
            world_value_of(&template->values, text.bytes, text.length,
                           &value) == WORLD_NO_VALUE);
}

static void write_text(struct template *template, struct member member)
{
    struct sent_text text = template_read_text(&template->at);
    struct sent_text sent = sent_for(template, member);

    if (sent_text_is(text, SENT_JSON) && sent.bytes)
        write_json(template, member.key, sent);
    else if (is_echoed(template, text, sent))
        json_write_bytes(template->fields, member.key, sent.bytes, sent.length);
    else if (!sent_text_is(text, SENT) && !sent_text_is(text, SENT_JSON))
        write_world(template, member.key, text);
}

/* True if all of it is a whole number. */
static bool read_integer(struct sent_text text, long long *number)
{
    char *end;

    *number = strtoll(text.bytes, &end, 10);
    return text.length && end == text.bytes + text.length;
}

static void write_number(struct template *template, const char *key,
                         struct sent_text word, struct sent_text sent)
{
    long long number;

    if (!sent.bytes || !read_integer(sent, &number)) {
        number = strtoll(word.bytes, NULL, 10);
        if (number == TIME_NUMBER)
            number = template->call->now / 1000;
    }
    json_write_integer(template->fields, key, number);
}

static void write_boolean(struct template *template, const char *key,
                          struct sent_text word, struct sent_text sent)
{
    json_write_boolean(template->fields, key,
                       sent.length ? sent_text_is(sent, "true") ||
                                         sent_text_is(sent, "1")
                                   : *word.bytes == 't');
}

static void write_word(struct template *template, struct member member)
{
    struct sent_text sent = sent_for(template, member);
    struct sent_text word = template_read_word(&template->at);

    if (*word.bytes == 't' || *word.bytes == 'f')
        write_boolean(template, member.key, word, sent);
    else if (*word.bytes == 'n')
        json_write_null(template->fields, member.key);
    else
        write_number(template, member.key, word, sent);
}

/* ---- objects ---- */

/* Some keys are ids: what is told of each user. */
static void read_key(struct template *template, char key[KEY_SIZE])
{
    struct sent_text text = template_read_text(&template->at);
    const char *id;

    template->at++; /* the colon */
    if (world_value_of(&template->values, text.bytes, text.length, &id) ==
        WORLD_TEXT)
        text = (struct sent_text){id, strlen(id)};
    if (text.length >= KEY_SIZE)
        text.length = KEY_SIZE - 1;
    memcpy(key, text.bytes, text.length);
    key[text.length] = '\0';
}

/* Of what lies over the object, NULL for nothing, it takes what it writes. */
static void write_member(struct template *template, const char *owner,
                         cJSON *over)
{
    char key[KEY_SIZE];
    cJSON *sent;

    read_key(template, key);
    sent = over ? cJSON_DetachItemFromObjectCaseSensitive(over, key) : NULL;
    if (sent) {
        template_skip_value(&template->at);
        json_write_tree(template->fields, key, sent);
        cJSON_Delete(sent);
    } else {
        write_value(template, (struct member){key, owner});
    }
}

/*
 * The members of a run go out as they stand, unless they are indented or
 * something lies over them. Returns whether they did; else the first of them is
 * next.
 */
static bool write_run(struct template *template, const cJSON *over)
{
    size_t length = template_read_run(&template->at);

    if (over || template->fields->indent)
        return false;
    json_write_members(template->fields, template->at, length);
    template->at += length;
    return true;
}

static void write_members(struct template *template, const char *owner,
                          cJSON *over)
{
    const cJSON *more;

    for (template->at++; *template->at != '}';) {
        if (*template->at != TEMPLATE_RUN || !write_run(template, over))
            write_member(template, owner, over);
        if (*template->at == ',')
            template->at++;
    }
    template->at++;
    cJSON_ArrayForEach (more, over)
        json_write_tree(template->fields, more->string, more);
}

/* No more than that a list ends; warnings may come into the same object. */
static bool is_metadata(struct member member)
{
    return member.key && !member.owner &&
           strcmp(member.key, "response_metadata") == 0;
}

static void write_object(struct template *template, struct member member)
{
    cJSON *over;

    if (is_metadata(member)) {
        template->call->outcome.has_cursor = true;
        template_skip_value(&template->at);
        return;
    }
    over = tree_of(template, sent_for(template, member), "{");
    json_write_object(template->fields, member.key);
    write_members(template, member.key, over);
    json_write_object_end(template->fields);
    cJSON_Delete(over);
}

/* ---- arrays ---- */

/* Each object of it lies over the first one of the template. */
static void write_sent_array(struct template *template, cJSON *array)
{
    const char *start = template->at;
    cJSON *item;

    cJSON_ArrayForEach (item, array) {
        if (!cJSON_IsObject(item) || start[1] != '{') {
            json_write_tree(template->fields, NULL, item);
            continue;
        }
        template->at = start + 1;
        json_write_object(template->fields, NULL);
        write_members(template, NULL, item);
        json_write_object_end(template->fields);
    }
    template->at = start;
    template_skip_value(&template->at);
}

static void write_list(struct template *template, struct sent_text sent)
{
    const char *end = sent.bytes + sent.length;
    const char *start = sent.bytes;
    const char *comma;

    for (; start < end; start = comma + 1) {
        comma = memchr(start, ',', (size_t)(end - start));
        if (!comma)
            comma = end;
        json_write_bytes(template->fields, NULL, start,
                         (size_t)(comma - start));
    }
    template_skip_value(&template->at);
}

static void write_elements(struct template *template)
{
    for (template->at++; *template->at != ']';) {
        write_value(template, (struct member){NULL, NULL});
        if (*template->at == ',')
            template->at++;
    }
    template->at++;
}

static void write_array(struct template *template, struct member member)
{
    struct sent_text sent = sent_for(template, member);
    cJSON *array = tree_of(template, sent, "[");

    json_write_array(template->fields, member.key);
    if (array)
        write_sent_array(template, array);
    else if (sent.bytes && template->at[1] != '{')
        write_list(template, sent);
    else
        write_elements(template);
    json_write_array_end(template->fields);
    cJSON_Delete(array);
}

static void write_value(struct template *template, struct member member)
{
    if (*template->at == '"')
        write_text(template, member);
    else if (*template->at == '{')
        write_object(template, member);
    else if (*template->at == '[')
        write_array(template, member);
    else
        write_word(template, member);
}

void template_write(struct call *call)
{
    struct template template = {
        .call = call,
        .fields = &call->outcome.fields,
        .at = method_templates + call->sent.facts->success,
        .values = {.call = call},
    };

    if (*template.at)
        write_members(&template, NULL, NULL);
}
