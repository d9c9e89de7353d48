/*
 * What was asked and what came of it, for tests to look at: the newest requests
 * of one mock, bounded in number and in bytes.
 */
#ifndef SLACKMOCK_JOURNAL_H
#define SLACKMOCK_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arguments;
struct reply;
struct request;

#define JOURNAL_BYTES_MOST (8u << 20)
#define JOURNAL_BODY_MOST  ((size_t)16 << 10) /* of a reply */

/* A run of bytes in an entry; NULL for none. A NUL stands after it. */
struct journal_text {
    const char *bytes;
    size_t length;
};

struct journal_pair {
    struct journal_text name;
    struct journal_text value;
};

/*
 * All that it points to is in the same block of memory, but for the body:
 * blocks of less than a kilobyte come and go at a fraction of the cost.
 */
struct journal_entry {
    int64_t id;
    int64_t time; /* the mock's */
    int status;   /* 0: no status line went out */
    bool committed;
    bool client_is_known; /* its client id is that of an app */
    const char *fault;    /* constant; NULL for none */
    struct journal_text verb;
    struct journal_text target; /* path and query, as they came */
    struct journal_text method; /* NULL for a path that names none */
    struct journal_text error;
    struct journal_text warnings; /* comma-joined */
    struct journal_text rule;
    struct journal_text reason;
    struct journal_text hint;
    struct journal_text token; /* not masked */
    char *body; /* as it was sent; of a long one the beginning. NULL: none */
    size_t body_kept;
    size_t body_length; /* of all of it */
    struct journal_pair *headers;
    size_t header_count;
    struct journal_pair *arguments;
    bool *is_json; /* for each argument, that its value is no text */
    size_t argument_count;
    size_t size; /* of the block and the body */
};

/*
 * The caller owns the struct: set the first two members, zero the others, and
 * end with journal_clear().
 */
struct journal {
    size_t most;           /* entries */
    size_t arguments_most; /* of an entry */
    struct journal_entry **ring;
    size_t capacity; /* of the ring so far */
    size_t oldest;
    size_t count;
    size_t bytes;
    long long dropped; /* to make room, since the last reset */
    int64_t last_id;
    uint64_t emptied; /* how often */
};

/*
 * Adds a copy of a request that was answered at that time. The arguments of a
 * body too large for the journal are left out; of too many only the first are
 * kept. Then the hint says so, unless the request has one.
 */
void journal_add(struct journal *journal, const struct request *request,
                 const struct reply *reply, const struct arguments *arguments,
                 int64_t time);

/* The entry at a place, 0 for the oldest. */
const struct journal_entry *journal_at(const struct journal *journal,
                                       size_t place);

/*
 * True for what was refused or got no answer, unless a rule asked for that: by
 * all that is known, the client's doing. The live page judges alike
 * (mock/page/journal.js).
 */
bool journal_entry_is_mistake(const struct journal_entry *entry);

/* Forgets all entries; ids go on. */
void journal_clear(struct journal *journal);

#endif
