/*
 * One delivery as a part of a saved world.
 */
#ifndef SLACKMOCK_DELIVERY_SAVE_H
#define SLACKMOCK_DELIVERY_SAVE_H

#include "json/json_fields.h"

struct delivery;

void delivery_save(const struct delivery *delivery, struct json_writer *writer);

/* NULL after a mistake; else to be freed with delivery_free(). */
struct delivery *delivery_read_saved(const struct json_reader *reader,
                                     const struct cJSON *value,
                                     const struct json_path *path);

/* The keys of one. */
extern const struct json_field *const delivery_saved_tables[];

#endif
