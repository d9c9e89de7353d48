/*
 * Which mock, and which part of it, a request's target means.
 */
#ifndef SLACKMOCK_ROUTE_H
#define SLACKMOCK_ROUTE_H

#include "base/buffer.h"

enum route_kind {
    ROUTE_METHOD,  /* /api/METHOD */
    ROUTE_CONTROL, /* /_mock/WHAT */
    ROUTE_HOME,    /* /, and a sandbox without a slash after it */
    ROUTE_PAGE,    /* /_mock/page/FILE */
    ROUTE_UPLOAD,  /* /upload/v1/FILE */
    ROUTE_SERVICE, /* /services/...: webhooks and response URLs */
    ROUTE_NOWHERE
}; /* each of them under /sandbox/NAME too */

/* Lends from the target that was read. */
struct route {
    enum route_kind kind;
    const char *path;
    const char *query;   /* what follows the `?`, NULL if there is none */
    const char *sandbox; /* NAME, not closed by a NUL; NULL if there is none */
    size_t sandbox_length;
    const char *place;  /* the path after a sandbox's name */
    const char *method; /* METHOD, WHAT, FILE or what is after /services/, as
                           it is written in the path, or NULL */
};

/* Reads a request's target, which is cut in place. Nothing is decoded. */
struct route route_read(char *target);

/* Adds that there is no sandbox of that name. */
void route_explain_sandbox(const struct route *route, struct buffer *message);

/* Adds, for ROUTE_NOWHERE, what is wrong with the path. */
void route_explain(const struct route *route, struct buffer *message);

#endif
