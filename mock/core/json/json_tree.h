/*
 * cJSON's tree of a text that is known to be JSON.
 */
#ifndef SLACKMOCK_JSON_TREE_H
#define SLACKMOCK_JSON_TREE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "json/json_shape.h"

struct cJSON;
struct json_text;

/*
 * Builds it in the arena; it is not to be changed or deleted. No string of the
 * text may hold a NUL. Of the list at `unbuilt`, if that has bytes, only an
 * array without entries is made.
 */
struct cJSON *json_tree_build(struct arena *arena, const struct json_text *text,
                              const struct json_text *unbuilt);

/*
 * Walks the entries of any array, one after the other. Those of one that was
 * left unbuilt are built now, each in the memory of the one before it; of one
 * that has the shape of the one before it only the texts are new.
 */
struct json_entries {
    const struct cJSON *next; /* of those that are built */
    const char *at;           /* before the next; NULL: they are built */
    const char *end;
    struct cJSON *entry; /* the one that was built last */
    struct arena arena;  /* where it is */
    struct json_shape shape;
    struct cJSON *texts[JSON_SHAPE_TEXTS]; /* of it, in their order */
    struct buffer bytes;                   /* of an entry of its shape */
};

struct json_entries json_entries_begin(const struct cJSON *array);

/* Lent until the next call; NULL at the end. */
const struct cJSON *json_entries_next(struct json_entries *entries);
void json_entries_end(struct json_entries *entries);

/*
 * The number that a text spells, whatever decimal point the locale has. The
 * text may be changed.
 */
double json_tree_number(char *text);

#endif
