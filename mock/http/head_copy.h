/*
 * A copy of a request's head as its bytes came. evhttp removes them line by
 * line, and shows nothing of a request that does not come whole; and it gets
 * only a part of the head, the core all of it. The caller owns the struct: zero
 * it, and end with head_copy_free().
 */
#ifndef SLACKMOCK_HEAD_COPY_H
#define SLACKMOCK_HEAD_COPY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "message/request_head.h"

struct evbuffer;

struct head_copy {
    struct buffer bytes; /* begins with all of the head */
    size_t length;       /* of the head; 0 until its end is there */
    size_t checked;      /* how many bytes were searched for that end */
    struct target_scan target;
};

/*
 * Adds what has come to the input since `unread` bytes were in it, and looks
 * for the end of the head, unless that is there already.
 */
void head_copy_add(struct head_copy *head, struct evbuffer *input,
                   size_t unread);

/* As target_scan_length(). */
size_t head_copy_target_length(struct head_copy *head);

/* Lays out in `output` what evhttp needs of a whole and valid head: the request
 * line, with a path of one slash, and the fields that tell of the body and of
 * the connection. */
void head_copy_shorten(const struct head_copy *head, struct buffer *output);

/* Forgets the head: the next request begins. */
void head_copy_clear(struct head_copy *head);

void head_copy_free(struct head_copy *head);

#endif
