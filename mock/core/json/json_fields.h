/*
 * Reads a JSON object into a struct by a table of its keys, and reports
 * everything that does not fit: an unknown key with the nearest known one, a
 * key given twice, a wrong type, a number out of range, a missing key.
 *
 * A key that is absent leaves its member as it is. So reading a second object
 * into the same struct merges it key by key.
 */
#ifndef SLACKMOCK_JSON_FIELDS_H
#define SLACKMOCK_JSON_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "json/mistakes.h"

struct arena;
struct cJSON;
struct hash_table;
struct json_writer;

/* What every reading function needs beside the value at hand. */
struct json_reader {
    struct mistakes *mistakes;
    const char *file;
    struct arena *arena; /* what is read lives here */
    /* What a target of the same tables was read into before, in that arena:
     * texts that both have are one. NULL: none. */
    const void *before;
    void *context; /* the caller's, for its own reading functions */
    /* The tables of the outermost object, to tell where a key belongs; NULL if
     * that is not to be told. */
    const struct json_field *const *format;
};

#define TEXT_LIST_MAX 64

/* A list of texts, at most TEXT_LIST_MAX, in the arena. */
struct text_list {
    const char **texts;
    size_t count;
};

enum json_field_kind {
    FIELD_TEXT,        /* const char *, not empty */
    FIELD_ANY_TEXT,    /* const char *, may be empty */
    FIELD_HEADER_TEXT, /* the same, and a header can carry it */
    FIELD_TEXT_LIST,   /* struct text_list */
    FIELD_BOOLEAN,     /* bool */
    FIELD_INTEGER,     /* long long, from `least` to `most` */
    FIELD_WORD,        /* int: the index in `words`, a NULL-ended list */
    FIELD_TIME,        /* int64_t, as the next two in json_values.h */
    FIELD_BITS,        /* uint64_t */
    FIELD_BYTES,       /* struct json_bytes */
    FIELD_LIST,        /* an array, each entry read by `read` */
    FIELD_OTHER,       /* read by `read` */
    FIELD_IDENTITY,    /* const char *, which the caller reads elsewhere */
    FIELD_ELSEWHERE    /* a known key, which the caller reads elsewhere */
};

/* Writes a value, or nothing, under a key. */
typedef void json_write_key(struct json_writer *writer, const char *key,
                            const void *target);

/*
 * A key. What stands inside its value is one of the objects in `inside`, a
 * NULL-ended list of tables; `step` leads from the value to it: "" for the
 * value itself, "[]" for the entries of an array, ".METHOD" for any member.
 */
struct json_field {
    const char *key;
    const struct json_field *const *inside;
    const char *step;
    enum json_field_kind kind;
    bool required;
    bool zero_is_absent; /* a number, switch or word of 0 is not written */
    size_t offset;       /* of the member in the struct */
    long long least, most;
    const char *const *words;
    void (*read)(const struct json_reader *reader, const struct cJSON *value,
                 const struct json_path *path, void *target);
    /* Writes what `read` reads; NULL: whoever writes the object does. */
    json_write_key *write;
};

/*
 * Reads `object` into `target` by a table that ends with a NULL key. True if
 * nothing was wrong with it.
 */
bool json_fields_read(const struct json_reader *reader,
                      const struct cJSON *object, const struct json_path *path,
                      const struct json_field *fields, void *target);

/*
 * Writes the members of an object that reading gives back: no text that is
 * NULL, no number, word or time out of its range.
 */
void json_fields_write(struct json_writer *writer,
                       const struct json_field *fields, const void *target);

/* An array of all of them. */
void json_write_texts(struct json_writer *writer, const char *key,
                      const struct text_list *list);

/* The first member of that key; NULL if there is none, or no object. */
const struct cJSON *json_member(const struct cJSON *object, const char *key);

/* True if it is an object; else a mistake is noted. */
bool json_is_object(const struct json_reader *reader, const struct cJSON *value,
                    const struct json_path *path);
/* The same for an array. */
bool json_is_array(const struct json_reader *reader, const struct cJSON *value,
                   const struct json_path *path);

/*
 * True for the first member of the key that ends the path, which is among the
 * keys in `seen` from then on; else a mistake is noted.
 */
bool json_is_first(const struct json_reader *reader, struct hash_table *seen,
                   const struct json_path *path);

/* An array of texts; else a mistake is noted. */
void json_read_text_list(const struct json_reader *reader,
                         const struct cJSON *value,
                         const struct json_path *path, struct text_list *list);

/* Notes a mistake for each key that an object in `value` has twice. */
void json_check_keys(const struct json_reader *reader,
                     const struct cJSON *value, const struct json_path *path);

/* A whole number in that range; else a mistake is noted. */
struct integer_range {
    long long least, most;
};

bool json_read_integer(const struct json_reader *reader,
                       const struct cJSON *value, const struct json_path *path,
                       struct integer_range range, long long *number);

/* Any number in that range; else a mistake is noted. */
struct number_range {
    double least, most;
};

bool json_read_number(const struct json_reader *reader,
                      const struct cJSON *value, const struct json_path *path,
                      struct number_range range, double *number);

/* One of `words`, which end with NULL, as its index; else a mistake is noted.
 */
bool json_read_word(const struct json_reader *reader, const struct cJSON *value,
                    const struct json_path *path, const char *const *words,
                    int *index);

#endif
