/*
 * The head of an HTTP/1 request as raw bytes: request line and header fields,
 * up to and with the empty line. Malformed heads are refused elsewhere, so this
 * parser is lenient.
 */
#ifndef SLACKMOCK_REQUEST_HEAD_H
#define SLACKMOCK_REQUEST_HEAD_H

#include <stddef.h>

#include "base/buffer.h"
#include "message/request.h"

struct request_head {
    struct buffer text; /* what the rest points into */
    const char *verb;   /* "" if there is none, as the target */
    char *target;
    struct request_header *headers;
    size_t header_count;
    size_t header_room;
};

/*
 * The length of the head at the start of `bytes`, 0 if its end is not there.
 * Lines end in LF or CRLF. No end may lie within the first `searched` bytes.
 */
size_t request_head_length(const char *bytes, size_t length, size_t searched);

/* How far the target of a head that is still coming was seen. Zero it. */
struct target_scan {
    size_t start;   /* 0 until the blank before it is there */
    size_t checked; /* how many bytes were looked at */
};

/*
 * The length of what stands between the verb and the version, as far as it has
 * come; `head` is what has, with a NUL after. What was looked at before is not
 * looked at again.
 */
size_t target_scan_length(struct target_scan *scan, const char *head,
                          size_t length);

/*
 * Reads a head or the beginning of one; request_head_free() ends it. A line
 * that folds is one line, one without a colon is left out.
 */
struct request_head request_head_parse(const char *bytes, size_t length);

/* The same in the memory of an earlier one, or of a struct that is zeroed. */
void request_head_read(struct request_head *head, const char *bytes,
                       size_t length);

void request_head_free(struct request_head *head);

#endif
