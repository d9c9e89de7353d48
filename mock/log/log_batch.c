/* A list of places, and two runs of lines that they point into. */
#include "log/log_batch.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "log/ordered_log.h"
#include "message/request_copy.h"

#define KEPT_MOST ((size_t)1 << 20) /* bytes of an empty batch */

struct batch_place {
    struct log_place place; /* first: struct log_asker points to it */
    struct batch_place *next;
    size_t start;
    size_t length;
    bool reads;
    int64_t time;
    struct request *request; /* NULL: another input, to be read from the line */
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

    *place = (struct batch_place){.place = {asker},
                                  .start = lines->length,
                                  .reads = reads,
                                  .time = entry->input.host_time};
    if (entry->input.kind == INPUT_REQUEST)
        place->request = request_copy(&entry->input.request);
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

static void free_place(struct batch_place *place)
{
    free(place->request);
    free(place);
}

static struct input input_of(const struct log_batch *batch,
                             const struct batch_place *place,
                             struct log_entry_room *room)
{
    const struct buffer *lines = place->reads ? &batch->aside : &batch->kept;
    struct buffer problem = BUFFER_INIT;
    struct log_entry entry;

    if (place->request)
        return (struct input){.kind = INPUT_REQUEST,
                              .host_time = place->time,
                              .request = *place->request};
    /* It was written by log_entry_write(). */
    if (!log_entry_read(room, lines->data + place->start, place->length, &entry,
                        &problem))
        abort();
    buffer_free(&problem);
    return entry.input;
}

static void tell(const struct log_batch *batch, const struct batch_place *place,
                 struct log_entry_room *room, const struct log_handler *handler,
                 const char *why)
{
    const struct input input = input_of(batch, place, room);
    struct log_asker *asker = place->place.asker;

    if (asker)
        asker->place = NULL;
    if (why && !place->reads)
        handler->put_off(handler->context, &input, asker, why);
    else
        handler->in_order(handler->context, &input, asker);
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
        free_place(place);
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
        free_place(place);
    }
    buffer_free(&batch->kept);
    buffer_free(&batch->aside);
}
