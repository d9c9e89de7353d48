/* Reads a JSON object by a table of its keys. */
#include "json/json_fields.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash_table.h"
#include "base/text.h"
#include "json/json_tree.h"
#include "json/json_values.h"
#include "json/misplaced_key.h"

#define FIELDS_MAX 32 /* bits in a mask of the keys seen */

static bool is_right(const struct json_reader *reader, const cJSON *value,
                     const struct json_path *path, bool right,
                     const char *wanted)
{
    if (!right)
        mistake_found(reader->mistakes, reader->file, path, value, wanted);
    return right;
}

bool json_is_object(const struct json_reader *reader, const struct cJSON *value,
                    const struct json_path *path)
{
    return is_right(reader, value, path, cJSON_IsObject(value), "an object");
}

bool json_is_array(const struct json_reader *reader, const struct cJSON *value,
                   const struct json_path *path)
{
    return is_right(reader, value, path, cJSON_IsArray(value), "an array");
}

bool json_is_first(const struct json_reader *reader, struct hash_table *seen,
                   const struct json_path *path)
{
    size_t length = strlen(path->key);

    if (!hash_table_find(seen, path->key, length)) {
        hash_table_put(seen, path->key, length, seen);
        return true;
    }
    mistake(reader->mistakes, reader->file, path,
            "given twice; wanted each key once");
    return false;
}

void json_check_keys(const struct json_reader *reader,
                     const struct cJSON *value, const struct json_path *path)
{
    bool is_object = cJSON_IsObject(value);
    struct json_path place = {path, NULL, 0};
    struct hash_table seen = {0};
    const cJSON *inside;

    cJSON_ArrayForEach (inside, value) {
        place.key = is_object ? inside->string : NULL;
        if (is_object)
            (void)json_is_first(reader, &seen, &place);
        json_check_keys(reader, inside, &place);
        place.index++;
    }
    hash_table_free(&seen);
}

bool json_read_integer(const struct json_reader *reader,
                       const struct cJSON *value, const struct json_path *path,
                       struct integer_range range, long long *number)
{
    double found = cJSON_IsNumber(value) ? value->valuedouble : (double)NAN;
    char wanted[96];

    snprintf(wanted, sizeof wanted, "a whole number from %lld to %lld",
             range.least, range.most);
    if (!is_right(reader, value, path,
                  found >= (double)range.least && found <= (double)range.most &&
                      floor(found) >= found,
                  wanted))
        return false;
    *number = (long long)found;
    return true;
}

bool json_read_number(const struct json_reader *reader,
                      const struct cJSON *value, const struct json_path *path,
                      struct number_range range, double *number)
{
    double found = cJSON_IsNumber(value) ? value->valuedouble : (double)NAN;
    char wanted[96];

    snprintf(wanted, sizeof wanted, "a number from %g to %g", range.least,
             range.most);
    if (!is_right(reader, value, path,
                  found >= range.least && found <= range.most, wanted))
        return false;
    *number = found;
    return true;
}

void json_read_text_list(const struct json_reader *reader,
                         const struct cJSON *value,
                         const struct json_path *path, struct text_list *list)
{
    const cJSON *item;
    size_t size;

    if (!json_is_array(reader, value, path))
        return;
    size = (size_t)cJSON_GetArraySize(value);
    list->texts = arena_allocate(reader->arena, size * sizeof *list->texts);
    list->count = 0;
    if (size > TEXT_LIST_MAX) {
        mistake(reader->mistakes, reader->file, path,
                "found %zu texts, wanted at most %d", size, TEXT_LIST_MAX);
        return;
    }
    cJSON_ArrayForEach (item, value) {
        struct json_path place = {path, NULL, list->count};

        if (is_right(reader, item, &place, cJSON_IsString(item), "a text"))
            list->texts[list->count] =
                arena_strdup(reader->arena, item->valuestring);
        list->count++;
    }
}

/* "active", "exchanged" or "revoked" */
static void describe_words(const char *const *words, char *text, size_t size)
{
    size_t used = 0;

    for (; *words && used < size; words++)
        used +=
            (size_t)snprintf(text + used, size - used, "%s\"%s\"",
                             !used ? "" : (words[1] ? ", " : " or "), *words);
}

bool json_read_word(const struct json_reader *reader, const struct cJSON *value,
                    const struct json_path *path, const char *const *words,
                    int *index)
{
    const char *const *word;
    char wanted[160];

    for (word = words; *word && cJSON_IsString(value); word++) {
        if (strcmp(*word, value->valuestring) == 0) {
            *index = (int)(word - words);
            return true;
        }
    }
    describe_words(words, wanted, sizeof wanted);
    return is_right(reader, value, path, false, wanted);
}

static bool is_text_of_kind(const cJSON *value, enum json_field_kind kind)
{
    if (!cJSON_IsString(value))
        return false;
    if (kind == FIELD_HEADER_TEXT)
        return text_is_header_value(value->valuestring);
    return kind == FIELD_ANY_TEXT || *value->valuestring;
}

static const char *keep_text(const struct json_reader *reader,
                             const struct json_field *field, const char *text)
{
    const char *const *before =
        reader->before
            ? (const void *)((const char *)reader->before + field->offset)
            : NULL;

    if (before && *before && strcmp(*before, text) == 0)
        return *before;
    return arena_strdup(reader->arena, text);
}

static void read_text(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path,
                      const struct json_field *field, const char **text)
{
    const char *wanted = "a text that is not empty";

    if (field->kind == FIELD_ANY_TEXT)
        wanted = "a text";
    else if (field->kind == FIELD_HEADER_TEXT)
        wanted = "a text without control characters";
    if (is_right(reader, value, path, is_text_of_kind(value, field->kind),
                 wanted))
        *text = keep_text(reader, field, value->valuestring);
}

/* One of the kinds of json_values.h. */
static void read_value(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, enum json_field_kind kind,
                       void *member)
{
    const char *wanted;

    if (kind == FIELD_TIME)
        wanted = json_time_read(value, member);
    else if (kind == FIELD_BITS)
        wanted = json_bits_read(value, member);
    else
        wanted = json_bytes_read(value, reader->arena, member);
    if (wanted)
        mistake_found(reader->mistakes, reader->file, path, value, wanted);
}

static void read_list(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path,
                      const struct json_field *field, void *target)
{
    struct json_path place = {path, NULL, 0};
    struct json_entries entries;
    const cJSON *entry;

    if (!json_is_array(reader, value, path))
        return;
    entries = json_entries_begin(value);
    while ((entry = json_entries_next(&entries))) {
        field->read(reader, entry, &place, target);
        place.index++;
    }
    json_entries_end(&entries);
}

static void read_field(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path,
                       const struct json_field *field, void *target)
{
    void *member = (char *)target + field->offset;

    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_ANY_TEXT:
    case FIELD_HEADER_TEXT:
        read_text(reader, value, path, field, member);
        break;
    case FIELD_TEXT_LIST:
        json_read_text_list(reader, value, path, member);
        break;
    case FIELD_BOOLEAN:
        if (is_right(reader, value, path, cJSON_IsBool(value), "true or false"))
            *(bool *)member = cJSON_IsTrue(value);
        break;
    case FIELD_INTEGER:
        json_read_integer(reader, value, path,
                          (struct integer_range){field->least, field->most},
                          member);
        break;
    case FIELD_WORD:
        json_read_word(reader, value, path, field->words, member);
        break;
    case FIELD_TIME:
    case FIELD_BITS:
    case FIELD_BYTES:
        read_value(reader, value, path, field->kind, member);
        break;
    case FIELD_LIST:
        read_list(reader, value, path, field, target);
        break;
    case FIELD_OTHER:
        field->read(reader, value, path, target);
        break;
    case FIELD_IDENTITY:
    case FIELD_ELSEWHERE:
        break;
    }
}

static void report_unknown(const struct json_reader *reader,
                           const struct json_path *path,
                           const struct json_field *fields)
{
    const char *keys[FIELDS_MAX];
    const char *nearest;
    size_t count = 0;

    while (count < FIELDS_MAX && fields[count].key) {
        keys[count] = fields[count].key;
        count++;
    }
    nearest = text_nearest(path->key, keys, count);
    if (json_report_misplaced(reader, path, nearest))
        return;
    if (nearest)
        mistake(reader->mistakes, reader->file, path,
                "unknown key; did you mean \"%s\"?", nearest);
    else
        mistake(reader->mistakes, reader->file, path, "unknown key");
}

static void report_missing(const struct json_reader *reader,
                           const struct json_path *path,
                           const struct json_field *fields, unsigned long seen)
{
    size_t number;

    for (number = 0; fields[number].key; number++)
        if (fields[number].required && !(seen & (1UL << number)))
            mistake(reader->mistakes, reader->file, path, "missing \"%s\"",
                    fields[number].key);
}

const struct cJSON *json_member(const struct cJSON *object, const char *key)
{
    const cJSON *member = cJSON_IsObject(object) ? object->child : NULL;

    while (member && !text_is(key, member->string))
        member = member->next;
    return member;
}

/* Keys mostly come in the order of the table. */
static size_t find_field(const struct json_field *fields, size_t next,
                         const char *key)
{
    size_t number = next;

    while (fields[number].key && !text_is(fields[number].key, key))
        number++;
    if (fields[number].key)
        return number;
    for (number = 0; number < next && !text_is(fields[number].key, key);)
        number++;
    return number < next ? number : FIELDS_MAX;
}

bool json_fields_read(const struct json_reader *reader,
                      const struct cJSON *object, const struct json_path *path,
                      const struct json_field *fields, void *target)
{
    size_t before = reader->mistakes->count;
    unsigned long seen = 0;
    size_t next = 0;
    const cJSON *value;

    if (!json_is_object(reader, object, path))
        return false;
    cJSON_ArrayForEach (value, object) {
        const struct json_path place = {path, value->string, 0};
        const size_t number = find_field(fields, next, value->string);

        if (number == FIELDS_MAX) {
            report_unknown(reader, &place, fields);
            continue;
        }
        next = number + 1;
        if (seen & (1UL << number)) {
            mistake(reader->mistakes, reader->file, &place,
                    "given twice; wanted each key once");
        } else {
            seen |= 1UL << number;
            read_field(reader, value, &place, &fields[number], target);
        }
    }
    report_missing(reader, path, fields, seen);
    return reader->mistakes->count == before;
}
