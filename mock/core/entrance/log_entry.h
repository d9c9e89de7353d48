/*
 * An input as a line of JSON, for a log of all that came in, and back. Reading
 * gives the same input as was written, byte for byte: what is replayed answers
 * as it did the first time.
 */
#ifndef SLACKMOCK_LOG_ENTRY_H
#define SLACKMOCK_LOG_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "entrance/entrance.h"

struct log_entry {
    long long id; /* counted from 1 in its log; 0: not written */
    /* Who appended it, and its count there: an entry that comes twice is
     * known by them. "" and 0: nobody says. Lent. */
    const char *writer;
    long long sequence;
    struct input input;
};

/* What an entry lends from beside its line. Zero it; end with *_free(). */
struct log_entry_room {
    struct request_header *headers;
    size_t header_room;
    struct buffer decoded;
    struct sending sending; /* INPUT_DUE fills this one */
};

/*
 * Adds an entry without an end of line, of which it has none inside. An id and
 * a time of 0 are left out: what has the line knows them.
 */
void log_entry_write(const struct log_entry *entry, struct buffer *line);

/*
 * Reads a line, which is used up: the entry lends from it and from the room
 * until the next one is read. A scenario is the caller's to hand over. False,
 * with the reason added to `why`, if it is no entry.
 */
bool log_entry_read(struct log_entry_room *room, char *line, size_t length,
                    struct log_entry *entry, struct buffer *why);

void log_entry_room_free(struct log_entry_room *room);

#endif
