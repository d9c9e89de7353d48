/*
 * Objects of a rule as the body of a reply, or laid over it.
 */
#ifndef SLACKMOCK_REPLY_JSON_H
#define SLACKMOCK_REPLY_JSON_H

#include <stdbool.h>

#include "base/buffer.h"

/* Puts the object, which is the text of one, in place of the body. */
void reply_json_put(const char *object, bool indent, struct buffer *body);

/*
 * Lays the object's keys over those of the body, objects over objects key by
 * key. New ones come after, but `warning` and `response_metadata` stay last.
 */
void reply_json_lay(const char *object, bool indent, struct buffer *body);

#endif
