/*
 * Inputs as lines, gathered until they are in order. What is applied later is
 * what its line says: a server that runs and one that replays its log get the
 * same input. Of a request it is a copy, which is cheaper than to read the
 * line.
 */
#ifndef SLACKMOCK_LOG_BATCH_H
#define SLACKMOCK_LOG_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "entrance/log_entry.h"

struct batch_place;
struct log_asker;
struct log_handler;

/* Zero it; end with log_batch_free(). */
struct log_batch {
    struct buffer kept;  /* whole lines, for the log */
    struct buffer aside; /* lines of what only reads */
    struct batch_place *first;
    struct batch_place *last;
};

bool log_batch_is_empty(const struct log_batch *batch);

/* Adds an entry. One that reads is not kept. */
void log_batch_add(struct log_batch *batch, const struct log_entry *entry,
                   bool reads, struct log_asker *asker);

/*
 * Tells the handler of each input in turn, and empties the batch. With a reason
 * `why` those that were to be kept are put off. The handler may fill another
 * batch meanwhile.
 */
void log_batch_tell(struct log_batch *batch, struct log_entry_room *room,
                    const struct log_handler *handler, const char *why);

/* Forgets all of it. */
void log_batch_free(struct log_batch *batch);

#endif
