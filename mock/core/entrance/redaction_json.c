/*
 * JSON as it stands: texts are replaced one by one, by the name that they have,
 * and all between them stays.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "entrance/redaction.h"
#include "entrance/redaction_parts.h"
#include "journal/secret_name.h"
#include "json/json_text.h"

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
    struct buffer plain; /* the text at hand */
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
    walk->is_secret =
        secret_name_is_any(key, length) || is_of_saved_world(key, length);
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

/* The byte of a word that `\u0041` spells, or 0. */
static char spelt_byte(const char *text, size_t length)
{
    int code = 0;

    if (length < 6 || text[0] != '\\' || text[1] != 'u')
        return '\0';
    for (size_t place = 2; place < 6; place++) {
        const int digit = text_hex_digit(text[place]);

        if (digit < 0 || code > 7)
            return '\0';
        code = code << 4 | digit;
    }
    if (!redaction_is_word_byte((char)code))
        return '\0';
    return (char)code;
}

/* Words are written plainly: secrets and their names are found as such. */
static void spell_plainly(struct buffer *plain, const char *text, size_t length)
{
    buffer_clear(plain);
    while (length) {
        const char byte = spelt_byte(text, length);
        size_t step = byte ? 6 : 1;

        if (!byte && *text == '\\' && length > 1)
            step = 2;
        if (byte)
            buffer_add_byte(plain, byte);
        else
            buffer_add(plain, text, step);
        text += step;
        length -= step;
    }
}

static void take_text(struct json_walk *walk)
{
    const size_t end = text_end(walk);
    const struct buffer *plain = &walk->plain;

    spell_plainly(&walk->plain, walk->text + walk->place + 1,
                  end - walk->place - 1);
    buffer_add_byte(walk->output, '"');
    if (is_key(walk, end))
        read_key(walk, buffer_text(plain), plain->length);
    else
        add_value(walk, buffer_text(plain), plain->length);
    if (end < walk->length)
        buffer_add_byte(walk->output, '"');
    walk->place = end < walk->length ? end + 1 : end;
}

static bool is_of_number(char byte)
{
    return (byte >= '0' && byte <= '9') || byte == '-' || byte == '+' ||
           byte == '.' || byte == 'e' || byte == 'E';
}

/* As a text, since no other digits need to be a number. */
static void take_number(struct json_walk *walk)
{
    const size_t start = walk->place;

    while (walk->place < walk->length && is_of_number(walk->text[walk->place]))
        walk->place++;
    buffer_add_byte(walk->output, '"');
    redaction_hide(walk->redaction, walk->output, walk->text + start,
                   walk->place - start);
    buffer_add_byte(walk->output, '"');
}

/* True for what begins a number. */
static bool is_number(char byte)
{
    return byte == '-' || (byte >= '0' && byte <= '9');
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
        if (walk.is_secret && is_number(byte)) {
            take_number(&walk);
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
    buffer_free(&walk.plain);
}

/* ---- what may be JSON ---- */

/* A form may begin with a bracket too. */
static bool is_json(const char *bytes, size_t length)
{
    const size_t start = strspn(bytes, " \t\r\n");
    struct json_syntax_error error;
    cJSON *tree;

    if (start >= length || (bytes[start] != '{' && bytes[start] != '['))
        return false;
    tree = json_text_parse(bytes, length, JSON_DEPTH_MOST, &error);
    cJSON_Delete(tree);
    return tree != NULL;
}

void redaction_add_body(struct redaction *redaction, const char *bytes,
                        size_t length, struct buffer *output)
{
    char *text = xmemdup0(bytes, length);

    if (is_json(text, length))
        redaction_add_json(redaction, text, length, output);
    else
        redaction_add_text(redaction, text, length, output);
    free(text);
}
