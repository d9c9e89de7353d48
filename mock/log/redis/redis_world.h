/*
 * What a stream tells: a head, then entries and markers, each with the head
 * that it belongs to. The entries of one turn of a server stand in one element,
 * a line each: Redis has the work of one.
 */
#ifndef SLACKMOCK_REDIS_WORLD_H
#define SLACKMOCK_REDIS_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/hash_table.h"
#include "entrance/log_entry.h"
#include "entrance/log_lines.h"
#include "log/log_start.h"

struct redisReply;
struct redis_url;
struct request;

#define STREAM_ID_SIZE  48
#define WRITER_SIZE     17 /* 16 hexadecimal digits */
#define GENERATION_SIZE 17 /* likewise: the entropy of the head */

enum record_kind {
    RECORD_HEAD,
    RECORD_ENTRY,
    RECORD_MARKER,   /* a turn of somebody who reads */
    RECORD_DOUBLE,   /* it was sent twice */
    RECORD_SNAPSHOT, /* one was taken that has all before it */
    RECORD_OTHER,    /* of another head: one of the two was begun anew */
    RECORD_DAMAGED
};

/* An element of the stream, or one entry of it. */
struct record {
    enum record_kind kind;
    int64_t time;           /* by the clock of Redis */
    const char *writer;     /* of an entry or a marker; lent, as its input */
    long long sequence;     /* its count there */
    struct log_entry entry; /* the input, at that time */
};

/* An element that is being read. */
struct redis_element {
    enum record_kind kind; /* of each record in it, unless that is damaged */
    const char *damage;    /* what was wanted in its place; or NULL */
    int64_t time;
    struct log_lines lines; /* of entries; else all of it is one */
};

/* A request that was added here: it need not be read from its line again. */
struct own_entry {
    const char *line;
    size_t length;
    const struct request *request; /* NULL: there is none */
    const char *writer;
    long long sequence;
};

/* How far the stream was read. Zero it; end with redis_world_clear(). */
struct redis_world {
    char last_id[STREAM_ID_SIZE];
    char generation[GENERATION_SIZE];
    struct buffer head_line;
    struct buffer scenario;    /* of the head */
    size_t since_snapshot;     /* bytes of the entries that came */
    size_t snapshot_size;      /* of the last one, 0 for none */
    struct hash_table writers; /* the last sequence of each */
    struct log_entry_room room;
};

/*
 * The elements in the answer to XRANGE, and of one key in that to XREAD: an
 * array of pairs, each of an id and an array of texts. NULL if it is none.
 */
const struct redisReply *redis_world_elements(const struct redisReply *answer);
const struct redisReply *redis_world_news(const struct redisReply *answer);

/* True if it is spelt as the id of an element, MILLISECONDS-COUNT. */
bool redis_world_is_id(const char *id);

/* Begins to read an element, and remembers it as the last one. */
struct redis_element redis_world_begin(struct redis_world *world,
                                       struct redisReply *reply);

/*
 * Reads what the element tells next, as long as it has more. `own` is what
 * may come next of what was added here; the record lends from it then.
 */
struct record redis_world_next(struct redis_world *world,
                               const struct own_entry *own,
                               struct redis_element *element,
                               struct buffer *why);

/* True if that one, or a later one, was read. */
bool redis_world_has(const struct redis_world *world, const char *writer,
                     long long sequence);

/* Adds who has written how much, a line each. */
void redis_world_write_writers(const struct redis_world *world,
                               struct buffer *lines);

/* Reads those lines, which are used up; false if they are damaged. */
bool redis_world_read_writers(struct redis_world *world, char *lines);

/*
 * Reads a whole stream by a connection of its own, and makes its server:
 * start->entrance. A stream that is not there is begun with start->own. -1 with
 * the reason added to start->why.
 */
int redis_world_load(struct redis_world *world, const struct redis_url *url,
                     bool is_fresh, struct log_start *start);

void redis_world_clear(struct redis_world *world);

#endif
