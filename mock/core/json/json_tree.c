/*
 * Builds cJSON's tree in an arena. Since the text was checked, whatever stands
 * somewhere is what must stand there, and a string is copied in one piece.
 */
#include "json/json_tree.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "json/json_scan.h"

struct builder {
    struct arena *arena;
    const char *at;
    const char *end;
};

static void build_value(struct builder *builder, cJSON *value);

/* The byte at hand, behind blanks. */
static char next_byte(struct builder *builder)
{
    while (*builder->at == ' ' || *builder->at == '\n' ||
           *builder->at == '\t' || *builder->at == '\r')
        builder->at++;
    return *builder->at;
}

/* Where the quote stands that ends a string with escapes. */
static const char *closing_quote(const char *at)
{
    while (*at != '"')
        at += *at == '\\' ? 2 : 1;
    return at;
}

static char *copy(struct builder *builder, const char *bytes, size_t length)
{
    char *text = arena_bytes(builder->arena, length + 1);

    memcpy(text, bytes, length);
    text[length] = '\0';
    return text;
}

/* Escapes are decoded in a copy of the whole string, with its quotes. */
static char *decode(struct builder *builder, const char *quote)
{
    const size_t size = (size_t)(closing_quote(quote + 1) + 1 - quote);
    struct json_scan scan = json_scan_begin(copy(builder, quote, size), size);

    builder->at = quote + size;
    return json_scan_text(&scan).bytes;
}

static char *take_string(struct builder *builder)
{
    const char *start = builder->at + 1;
    const char *end = memchr(start, '"', (size_t)(builder->end - start));
    const size_t length = (size_t)(end - start);

    if (memchr(start, '\\', length))
        return decode(builder, builder->at);
    builder->at = end + 1;
    return copy(builder, start, length);
}

double json_tree_number(char *text)
{
    char *point = strchr(text, '.');

    if (point)
        *point = *localeconv()->decimal_point;
    return strtod(text, NULL);
}

/* As cJSON does, the int is the nearest one. */
static void build_number(struct builder *builder, cJSON *value)
{
    const char *start = builder->at;
    double number;

    while (builder->at < builder->end &&
           memchr("+-.eE0123456789", *builder->at, 15))
        builder->at++;
    number =
        json_tree_number(copy(builder, start, (size_t)(builder->at - start)));
    value->type = cJSON_Number;
    value->valuedouble = number;
    if (number >= INT_MAX)
        value->valueint = INT_MAX;
    else
        value->valueint = number <= INT_MIN ? INT_MIN : (int)number;
}

static cJSON *build_member(struct builder *builder, bool is_object)
{
    cJSON *member = arena_allocate(builder->arena, sizeof *member);

    if (is_object) {
        member->string = take_string(builder);
        (void)next_byte(builder);
        builder->at++; /* the colon */
        (void)next_byte(builder);
    }
    build_value(builder, member);
    return member;
}

/* Each member knows the one before it; the first one knows the last. */
static void build_nest(struct builder *builder, cJSON *nest, char end)
{
    cJSON *last = NULL;

    nest->type = end == '}' ? cJSON_Object : cJSON_Array;
    builder->at++;
    while (next_byte(builder) != end) {
        cJSON *member;

        if (last) {
            builder->at++; /* the comma */
            (void)next_byte(builder);
        }
        member = build_member(builder, end == '}');
        member->prev = last;
        if (last)
            last->next = member;
        else
            nest->child = member;
        last = member;
    }
    builder->at++;
    if (last)
        nest->child->prev = last;
}

static void build_word(struct builder *builder, cJSON *value, int type,
                       const char *word)
{
    value->type = type;
    value->valueint = type == cJSON_True;
    builder->at += strlen(word);
}

static void build_value(struct builder *builder, cJSON *value)
{
    switch (*builder->at) {
    case '{':
        build_nest(builder, value, '}');
        break;
    case '[':
        build_nest(builder, value, ']');
        break;
    case '"':
        value->type = cJSON_String;
        value->valuestring = take_string(builder);
        break;
    case 't':
        build_word(builder, value, cJSON_True, "true");
        break;
    case 'f':
        build_word(builder, value, cJSON_False, "false");
        break;
    case 'n':
        build_word(builder, value, cJSON_NULL, "null");
        break;
    default:
        build_number(builder, value);
    }
}

struct cJSON *json_tree_build(struct arena *arena, const char *bytes,
                              size_t length)
{
    struct builder builder = {arena, bytes, bytes + length};
    cJSON *tree = arena_allocate(arena, sizeof *tree);

    (void)next_byte(&builder);
    build_value(&builder, tree);
    return tree;
}
