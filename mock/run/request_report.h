/*
 * What was asked while a command ran, told at its end: a line a request, those
 * marked that look like a mistake. Secrets are masked.
 */
#ifndef SLACKMOCK_REQUEST_REPORT_H
#define SLACKMOCK_REQUEST_REPORT_H

#include <stddef.h>

#include "base/buffer.h"

struct logged_request;

/* The caller owns the struct: zero it; end with buffer_free() of `lines`. */
struct request_report {
    struct buffer lines;
    size_t count;
    size_t mistakes;
};

/* The mock's own control API is left out. */
void request_report_add(struct request_report *report,
                        const struct logged_request *request);

/* Adds the whole of it, ended lines. */
void request_report_print(const struct request_report *report,
                          struct buffer *output);

#endif
