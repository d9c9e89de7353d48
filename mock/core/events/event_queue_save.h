/*
 * The events of a mock as a part of a saved world: what became of those that
 * were sent too.
 */
#ifndef SLACKMOCK_EVENT_QUEUE_SAVE_H
#define SLACKMOCK_EVENT_QUEUE_SAVE_H

#include "json/json_fields.h"

struct event_queue;

/* Writes an object; nothing if there never was an event. */
void event_queue_save(const struct event_queue *queue, const char *key,
                      struct json_writer *writer);

/* Fills an empty one, whose `most` is set. */
void event_queue_read_saved(struct event_queue *queue,
                            const struct json_reader *reader,
                            const struct cJSON *value,
                            const struct json_path *path);

/* The keys of what is saved. */
extern const struct json_field *const event_queue_saved_tables[];

#endif
