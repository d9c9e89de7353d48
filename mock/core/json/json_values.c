/* Reads and writes values that JSON spells as texts. */
#include "json/json_values.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/charset.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "json/json_writer.h"

#define WHOLE_MOST                                                             \
    9007199254740992.0 /* a double holds all whole numbers up to it */
#define BITS_DIGITS 16

/* ---- times ---- */

static bool is_milliseconds(const cJSON *value)
{
    return cJSON_IsNumber(value) && value->valuedouble >= -WHOLE_MOST &&
           value->valuedouble <= WHOLE_MOST &&
           (double)(int64_t)value->valuedouble == value->valuedouble;
}

const char *json_time_read(const cJSON *value, int64_t *time)
{
    if (is_milliseconds(value))
        *time = (int64_t)value->valuedouble;
    else if (!cJSON_IsString(value) ||
             timestamp_from_iso_8601(value->valuestring, time) != 0)
        return "a time such as \"2026-01-01T00:00:00Z\"";
    return NULL;
}

void json_time_write(struct json_writer *writer, const char *key, int64_t time)
{
    char text[ISO_8601_SIZE];

    if (time == JSON_TIME_NEVER)
        return;
    if (time < 0 || time > TIMESTAMP_MAX) {
        json_write_integer(writer, key, time);
        return;
    }
    timestamp_to_iso_8601(time, text);
    json_write_text(writer, key, text);
}

/* ---- 64 bits ---- */

const char *json_bits_read(const cJSON *value, uint64_t *bits)
{
    static const char wanted[] = "16 hexadecimal digits";
    const char *text = cJSON_GetStringValue(value);
    uint64_t parsed = 0;
    size_t place;

    if (!text || strlen(text) != BITS_DIGITS)
        return wanted;
    for (place = 0; place < BITS_DIGITS; place++) {
        int digit = text_hex_digit(text[place]);

        if (digit < 0)
            return wanted;
        parsed = parsed << 4 | (unsigned)digit;
    }
    *bits = parsed;
    return NULL;
}

void json_bits_write(struct json_writer *writer, const char *key, uint64_t bits)
{
    char text[BITS_DIGITS + 1];

    snprintf(text, sizeof text, "%016llx", (unsigned long long)bits);
    json_write_text(writer, key, text);
}

/* ---- bytes ---- */

static bool decode_hex(const char *text, char *bytes)
{
    for (; *text; text += 2) {
        int high = text_hex_digit(text[0]);
        int low = text_hex_digit(text[1]);

        if (high < 0 || low < 0)
            return false;
        *bytes++ = (char)(high << 4 | low);
    }
    return true;
}

const char *json_bytes_read(const cJSON *value, struct arena *arena,
                            struct json_bytes *bytes)
{
    const char *text = cJSON_GetStringValue(value);
    const char *hex =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(value, "hex"));
    char *decoded;

    if (text) {
        *bytes = (struct json_bytes){arena_strdup(arena, text), strlen(text)};
        return NULL;
    }
    if (!hex || cJSON_GetArraySize(value) != 1)
        return "a text, or an object with \"hex\"";
    decoded = arena_allocate(arena, strlen(hex) / 2 + 1);
    if (!decode_hex(hex, decoded))
        return "pairs of hexadecimal digits in \"hex\"";
    *bytes = (struct json_bytes){decoded, strlen(hex) / 2};
    return NULL;
}

void json_bytes_write(struct json_writer *writer, const char *key,
                      const char *bytes, size_t length)
{
    struct buffer hex = BUFFER_INIT;
    size_t place;

    if (!memchr(bytes, '\0', length) && charset_is_utf8(bytes, length)) {
        json_write_bytes(writer, key, bytes, length);
        return;
    }
    for (place = 0; place < length; place++)
        buffer_printf(&hex, "%02x", (unsigned char)bytes[place]);
    json_write_object(writer, key);
    json_write_text(writer, "hex", buffer_text(&hex));
    json_write_object_end(writer);
    buffer_free(&hex);
}
