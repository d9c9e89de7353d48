/* A list of places, and two runs of lines that they point into. */
#include "log/log_batch.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "log/ordered_log.h"

#define KEPT_MOST ((size_t)1 << 20) /* bytes of an empty batch */

struct batch_place {
    struct log_place place; /* first: struct log_asker points to it */
    struct batch_place *next;
    size_t start;
    size_t length;
    bool reads;
};

bool log_batch_is_empty(const struct log_batch *batch)
{
    return !batch->first;
}

void log_batch_add(struct log_batch *batch, const struct log_entry *entry,
                   bool reads, struct log_asker *asker)
{
    struct buffer *lines = reads ? &batch->aside : &batch->kept;
    struct batch_place *place = xmalloc(sizeof *place);

    *place = (struct batch_place){
        .place = {asker}, .start = lines->length, .reads = reads};
    log_entry_write(entry, lines);
    place->length = lines->length - place->start;
    buffer_add_byte(lines, '\n');
    if (asker)
        asker->place = &place->place;
    if (batch->last)
        batch->last->next = place;
    else
        batch->first = place;
    batch->last = place;
}

static struct batch_place *take_first(struct log_batch *batch)
{
    struct batch_place *place = batch->first;

    if (place)
        batch->first = place->next;
    if (!batch->first)
        batch->last = NULL;
    return place;
}

static void tell(const struct log_batch *batch, const struct batch_place *place,
                 struct log_entry_room *room, const struct log_handler *handler,
                 const char *why)
{
    const struct buffer *lines = place->reads ? &batch->aside : &batch->kept;
    struct log_asker *asker = place->place.asker;
    struct buffer problem = BUFFER_INIT;
    struct log_entry entry;

    if (asker)
        asker->place = NULL;
    /* It was written by log_entry_write(). */
    if (!log_entry_read(room, lines->data + place->start, place->length, &entry,
                        &problem))
        abort();
    if (why && !place->reads)
        handler->put_off(handler->context, &entry.input, asker, why);
    else
        handler->in_order(handler->context, &entry.input, asker);
    buffer_free(&problem);
}

static void empty(struct buffer *lines)
{
    if (lines->capacity > KEPT_MOST)
        buffer_free(lines);
    else
        buffer_clear(lines);
}

void log_batch_tell(struct log_batch *batch, struct log_entry_room *room,
                    const struct log_handler *handler, const char *why)
{
    struct batch_place *place;

    while ((place = take_first(batch))) {
        tell(batch, place, room, handler, why);
        free(place);
    }
    empty(&batch->kept);
    empty(&batch->aside);
}

void log_batch_free(struct log_batch *batch)
{
    struct batch_place *place;

    while ((place = take_first(batch))) {
        if (place->place.asker)
            place->place.asker->place = NULL;
        free(place);
    }
    buffer_free(&batch->kept);
    buffer_free(&batch->aside);
}
