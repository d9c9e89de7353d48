/* Writes a struct as a JSON object, by the table by which it is read. */
#include "json/json_fields.h"
#include "json/json_values.h"
#include "json/json_writer.h"

void json_write_texts(struct json_writer *writer, const char *key,
                      const struct text_list *list)
{
    size_t number;

    json_write_array(writer, key);
    for (number = 0; number < list->count; number++)
        json_write_text(writer, NULL, list->texts[number]);
    json_write_array_end(writer);
}

static void write_text_list(struct json_writer *writer, const char *key,
                            const struct text_list *list)
{
    if (list->count)
        json_write_texts(writer, key, list);
}

static void write_integer(struct json_writer *writer,
                          const struct json_field *field, long long number)
{
    if (number >= field->least && number <= field->most &&
        (number || !field->zero_is_absent))
        json_write_integer(writer, field->key, number);
}

static void write_word(struct json_writer *writer,
                       const struct json_field *field, int index)
{
    int number = 0;

    if (!index && field->zero_is_absent)
        return;
    while (field->words[number] && number != index)
        number++;
    if (field->words[number])
        json_write_text(writer, field->key, field->words[number]);
}

static void write_bytes(struct json_writer *writer, const char *key,
                        const struct json_bytes *bytes)
{
    if (bytes->bytes)
        json_bytes_write(writer, key, bytes->bytes, bytes->length);
}

static void write_field(struct json_writer *writer,
                        const struct json_field *field, const void *target)
{
    const void *member = (const char *)target + field->offset;
    const char *text;

    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_ANY_TEXT:
    case FIELD_HEADER_TEXT:
    case FIELD_IDENTITY:
        text = *(const char *const *)member;
        if (text)
            json_write_text(writer, field->key, text);
        break;
    case FIELD_TEXT_LIST:
        write_text_list(writer, field->key, member);
        break;
    case FIELD_BOOLEAN:
        if (*(const bool *)member || !field->zero_is_absent)
            json_write_boolean(writer, field->key, *(const bool *)member);
        break;
    case FIELD_INTEGER:
        write_integer(writer, field, *(const long long *)member);
        break;
    case FIELD_WORD:
        write_word(writer, field, *(const int *)member);
        break;
    case FIELD_TIME:
        json_time_write(writer, field->key, *(const int64_t *)member);
        break;
    case FIELD_BITS:
        json_bits_write(writer, field->key, *(const uint64_t *)member);
        break;
    case FIELD_BYTES:
        write_bytes(writer, field->key, member);
        break;
    case FIELD_LIST:
    case FIELD_OTHER:
    case FIELD_ELSEWHERE:
        if (field->write)
            field->write(writer, field->key, target);
        break;
    }
}

void json_fields_write(struct json_writer *writer,
                       const struct json_field *fields, const void *target)
{
    for (; fields->key; fields++)
        write_field(writer, fields, target);
}
