/*
 * A reply as the bytes of HTTP/1.1 that go out.
 */
#ifndef SLACKMOCK_WIRE_H
#define SLACKMOCK_WIRE_H

#include <stdbool.h>

#include "buffer.h"
#include "reply.h"

/*
 * Adds the whole reply: the core's headers in their order, Content-Length and,
 * if it is not NULL, Connection. A reply to HEAD has the length of the body but
 * not the body.
 */
void wire_add_reply(struct buffer *output, const struct reply *reply,
                    bool to_head, const char *connection);

#endif
