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
#include "json/json_check.h"
#include "json/json_plain.h"
#include "json/json_scan.h"

struct builder {
    struct arena *arena;
    const char *at;
    const char *end;
    struct json_text unbuilt; /* a list that stays in the text */
};

/* A list without its entries. */
struct unbuilt_list {
    cJSON array; /* first; its type has UNBUILT */
    struct json_text text;
};

#define UNBUILT (1 << 16) /* cJSON looks at none of these bits */

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
    size_t length = json_plain_run(start, (size_t)(builder->end - start));

    while (start[length] != '"' && start[length] != '\\')
        length++;
    if (start[length] == '\\')
        return decode(builder, builder->at);
    builder->at = start + length + 1;
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

static cJSON *leave_list(struct builder *builder)
{
    struct unbuilt_list *list = arena_allocate(builder->arena, sizeof *list);

    list->array.type = cJSON_Array | UNBUILT;
    list->text = builder->unbuilt;
    builder->at += list->text.length;
    return &list->array;
}

static cJSON *build_member(struct builder *builder, bool is_object)
{
    char *key = NULL;
    cJSON *member;

    if (is_object) {
        key = take_string(builder);
        (void)next_byte(builder);
        builder->at++; /* the colon */
        (void)next_byte(builder);
    }
    if (builder->at == builder->unbuilt.bytes) {
        member = leave_list(builder);
    } else {
        member = arena_allocate(builder->arena, sizeof *member);
        build_value(builder, member);
    }
    member->string = key;
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

static cJSON *build_next(struct builder *builder)
{
    cJSON *tree = arena_allocate(builder->arena, sizeof *tree);

    (void)next_byte(builder);
    build_value(builder, tree);
    return tree;
}

struct cJSON *json_tree_build(struct arena *arena, const struct json_text *text,
                              const struct json_text *unbuilt)
{
    struct builder builder = {arena, text->bytes, text->bytes + text->length,
                              *unbuilt};

    return build_next(&builder);
}

struct json_entries json_entries_begin(const struct cJSON *array)
{
    const struct unbuilt_list *list = (const struct unbuilt_list *)array;

    if (!(array->type & UNBUILT))
        return (struct json_entries){.next = array->child};
    return (struct json_entries){.at = list->text.bytes + 1,
                                 .end = list->text.bytes + list->text.length};
}

/* Finds the texts in a value, in the order of the text it was built of. */
static size_t list_texts(cJSON *value, cJSON **texts, size_t count)
{
    cJSON *member;

    if (cJSON_IsString(value))
        texts[count++] = value;
    for (member = value->child; member; member = member->next)
        count = list_texts(member, texts, count);
    return count;
}

static void build_entry(struct json_entries *entries, struct builder *builder)
{
    const char *start = builder->at;

    arena_clear(&entries->arena);
    entries->entry = build_next(builder);
    json_shape_take(&entries->shape, start, (size_t)(builder->at - start));
    if (entries->shape.bytes)
        (void)list_texts(entries->entry, entries->texts, 0);
}

/* Sets the texts of the entry before to those of one of its shape. */
static void refill_entry(struct json_entries *entries, const char *start,
                         size_t length, const struct json_run *texts)
{
    buffer_clear(&entries->bytes);
    buffer_add(&entries->bytes, start, length);
    for (size_t number = 0; number < entries->shape.count; number++) {
        char *text = entries->bytes.data + texts[number].start;

        text[texts[number].length] = '\0';
        entries->texts[number]->valuestring = text;
    }
}

/* Those that are left in the text. */
static const cJSON *next_unbuilt(struct json_entries *entries)
{
    struct builder builder = {
        &entries->arena, entries->at, entries->end, {NULL, 0, NULL}};
    struct json_run texts[JSON_SHAPE_TEXTS];
    size_t length;

    builder.at += next_byte(&builder) == ',';
    if (next_byte(&builder) == ']')
        return NULL;
    length = json_shape_match(&entries->shape, builder.at,
                              (size_t)(builder.end - builder.at), texts);
    if (length)
        refill_entry(entries, builder.at, length, texts);
    else
        build_entry(entries, &builder);
    entries->at = builder.at + length;
    return entries->entry;
}

const struct cJSON *json_entries_next(struct json_entries *entries)
{
    const cJSON *entry = entries->next;

    if (entries->at)
        return next_unbuilt(entries);
    entries->next = entry ? entry->next : NULL;
    return entry;
}

void json_entries_end(struct json_entries *entries)
{
    arena_free(&entries->arena);
    buffer_free(&entries->bytes);
}
