/*
 * A reply as bytes of HTTP/1.1, and how they are to be sent.
 */
#ifndef SLACKMOCK_WIRE_H
#define SLACKMOCK_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "message/fault.h"
#include "message/reply.h"

struct outgoing {
    bool is_secure;      /* set before: the request came by TLS */
    struct buffer bytes; /* only what a fault lets out */
    size_t head_length;  /* how many of them are the head */
    int64_t delay;
    enum fault_course course;
    const struct watcher *watcher; /* not NULL: it does not end; lent */
};

/*
 * Lays out a reply, in place of what was there: the core's headers in their
 * order, Content-Length and, if it is not NULL, Connection. A reply to HEAD has
 * the length of the body but not the body. A large body is
 * taken away from the reply, so that it is there only once. One that does not
 * end has no length, and the close of the connection is its end.
 */
void wire_set_reply(struct outgoing *output, struct reply *reply, bool to_head,
                    const char *connection);

#endif
