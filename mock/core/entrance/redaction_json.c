/*
 * JSON as it stands: texts are replaced one by one, by the name that they have,
 * and all between them stays.
 */
#include <string.h>

#include "entrance/redaction.h"
#include "entrance/redaction_parts.h"
#include "journal/secret_name.h"

/* Of the value that comes next, and of those in a list. */
enum nest { NEST_OBJECT = '{', NEST_PLAIN = '[', NEST_SECRET = 's' };

struct json_walk {
    struct redaction *redaction;
    const char *text;
    size_t length;
    size_t place;
    bool is_secret; /* by its name; as the next */
    bool is_prefix;
    struct buffer nests;
    struct buffer *output;
};

static size_t text_end(const struct json_walk *walk)
{
    size_t end = walk->place + 1;

    while (end < walk->length && walk->text[end] != '"')
        end += walk->text[end] == '\\' ? 2 : 1;
    return end < walk->length ? end : walk->length;
}

static bool is_key(const struct json_walk *walk, size_t end)
{
    size_t next = end + 1;

    while (next < walk->length && strchr(" \t\r\n", walk->text[next]))
        next++;
    return next < walk->length && walk->text[next] == ':';
}

/* Of a saved world: what its tokens are made of, and the codes used up. */
static bool is_of_saved_world(const char *key, size_t length)
{
    static const char *const names[] = {"tokens", "redeemed_codes"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (length == strlen(names[i]) && memcmp(key, names[i], length) == 0)
            return true;
    return false;
}

static void read_key(struct json_walk *walk, const char *key, size_t length)
{
    struct secret_name name = {.length = 0};

    for (size_t i = 0; i < length; i++)
        secret_name_read(&name, key[i]);
    walk->is_secret =
        secret_name_kind(&name) == SECRET_ANY || is_of_saved_world(key, length);
    walk->is_prefix =
        length == strlen("prefix") && memcmp(key, "prefix", length) == 0;
    buffer_add(walk->output, key, length);
}

static void add_value(struct json_walk *walk, const char *value, size_t length)
{
    if (walk->is_prefix)
        redaction_keep(walk->redaction, value, length);
    if (walk->is_secret)
        redaction_hide(walk->redaction, walk->output, value, length);
    else
        redaction_add_text(walk->redaction, value, length, walk->output);
}

static void take_text(struct json_walk *walk)
{
    const size_t end = text_end(walk);
    const char *text = walk->text + walk->place + 1;
    const size_t length = end - walk->place - 1;

    buffer_add_byte(walk->output, '"');
    if (is_key(walk, end))
        read_key(walk, text, length);
    else
        add_value(walk, text, length);
    if (end < walk->length)
        buffer_add_byte(walk->output, '"');
    walk->place = end < walk->length ? end + 1 : end;
}

static void enter(struct json_walk *walk, char byte)
{
    const enum nest list = walk->is_secret ? NEST_SECRET : NEST_PLAIN;

    buffer_add_byte(&walk->nests, (char)(byte == '{' ? NEST_OBJECT : list));
    walk->is_secret = byte == '[' && walk->is_secret;
    walk->is_prefix = false;
}

static void leave(struct json_walk *walk)
{
    struct buffer *nests = &walk->nests;

    if (nests->length)
        nests->length--;
    walk->is_secret =
        nests->length && nests->data[nests->length - 1] == NEST_SECRET;
}

/* A comma of an object ends the say of its key. */
static void end_member(struct json_walk *walk)
{
    const struct buffer *nests = &walk->nests;

    if (nests->length && nests->data[nests->length - 1] == NEST_OBJECT)
        walk->is_secret = walk->is_prefix = false;
}

void redaction_add_json(struct redaction *redaction, const char *text,
                        size_t length, struct buffer *output)
{
    struct json_walk walk = {.redaction = redaction,
                             .text = text,
                             .length = length,
                             .output = output};

    while (walk.place < length) {
        const char byte = text[walk.place];

        if (byte == '"') {
            take_text(&walk);
            continue;
        }
        if (byte == '{' || byte == '[')
            enter(&walk, byte);
        else if (byte == '}' || byte == ']')
            leave(&walk);
        else if (byte == ',')
            end_member(&walk);
        buffer_add_byte(output, byte);
        walk.place++;
    }
    buffer_free(&walk.nests);
}
