/*
 * The faults that a rule can bring upon a reply: each is one row of a table,
 * which says all that the core and the HTTP layer need to know of it.
 */
#ifndef SLACKMOCK_FAULT_H
#define SLACKMOCK_FAULT_H

#include <stdbool.h>

enum fault_share {
    SHARE_ALL,
    SHARE_HALF_OF_BODY, /* the Content-Length still announces all of it */
    SHARE_NOTHING
};

/* What becomes of the connection. */
enum fault_course {
    COURSE_USUAL,
    COURSE_CLOSE,  /* closed after what was sent */
    COURSE_RESET,  /* closed by a TCP reset: an error, no end of a reply */
    COURSE_STALL,  /* nothing is sent; open until the client leaves */
    COURSE_DRIBBLE /* usual, but the body is sent byte by byte */
};

struct fault {
    const char *name;   /* as scenarios, log and journal have it */
    bool replaces_call; /* at stage `before` the method is not run */
    const char *body;   /* replaces the reply's body; NULL: it is kept */
    enum fault_share share;
    enum fault_course course;
};

#define FAULT_COUNT 6

extern const struct fault faults[FAULT_COUNT];

#endif
