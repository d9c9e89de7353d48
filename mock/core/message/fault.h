/*
 * The faults that a rule can bring upon a reply: each is one row of a table,
 * which says all that the core and the HTTP layer need to know of it.
 */
#ifndef SLACKMOCK_FAULT_H
#define SLACKMOCK_FAULT_H

#include <stdbool.h>

enum fault_share {
    SHARE_ALL,
    SHARE_HALF_OF_BODY, /* under a Content-Length that announces it whole */
    SHARE_NOTHING
};

/* What becomes of the connection. */
enum fault_course {
    COURSE_USUAL,
    COURSE_CLOSE,  /* behind what was sent */
    COURSE_RESET,  /* so that the client cannot take it for an end */
    COURSE_STALL,  /* it stays until the client leaves, and gets no byte */
    COURSE_DRIBBLE /* as usual, but the body comes byte by byte */
};

struct fault {
    const char *name; /* as scenarios, log and journal have it */
    bool replaces_call;
    const char *body; /* in place of any other; NULL: the reply's own */
    enum fault_share share;
    enum fault_course course;
};

#define FAULT_COUNT 6

extern const struct fault faults[FAULT_COUNT];

#endif
