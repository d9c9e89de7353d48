/*
 * Values that JSON has no form of its own for: points in time, 64 bits, bytes
 * that may be no text. What is written is read back exactly.
 */
#ifndef SLACKMOCK_JSON_VALUES_H
#define SLACKMOCK_JSON_VALUES_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct cJSON;
struct json_path;
struct json_writer;

/* Bytes that may be no text, in the arena; `bytes` is NULL for none. */
struct json_bytes {
    const char *bytes; /* a NUL stands behind them */
    size_t length;
};

#define JSON_TIME_NEVER INT64_MAX /* is not written */

/*
 * Each of the reading functions returns NULL, or what was wanted in place of
 * the value.
 */

/* A time in ISO 8601; outside the years 1970 to 9999 its milliseconds. */
const char *json_time_read(const struct cJSON *value, int64_t *time);
void json_time_write(struct json_writer *writer, const char *key, int64_t time);

/* 16 hexadecimal digits. */
const char *json_bits_read(const struct cJSON *value, uint64_t *bits);
void json_bits_write(struct json_writer *writer, const char *key,
                     uint64_t bits);

/* A text; of what is none an object with its bytes in hexadecimal. */
const char *json_bytes_read(const struct cJSON *value, struct arena *arena,
                            struct json_bytes *bytes);
void json_bytes_write(struct json_writer *writer, const char *key,
                      const char *bytes, size_t length);

#endif
