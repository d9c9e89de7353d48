/*
 * The core's answer, as data: the HTTP layer carries it out. Set the struct to
 * REPLY_INIT before its first use; reply_clear() empties it for the next call,
 * reply_free() ends it.
 */
#ifndef SLACKMOCK_REPLY_H
#define SLACKMOCK_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "message/fault.h"

struct watcher;

#define REPLY_HEADERS_MAX 64 /* a scenario may set no more than 48 of them */

struct reply_header {
    const char *name;
    const char *value;
    size_t name_length;
    size_t value_length;
};

/* Here, so that the length of a constant is one: each reply has ten. */
static inline struct reply_header reply_header_of(const char *name,
                                                  const char *value)
{
    return (struct reply_header){name, value, strlen(name), strlen(value)};
}

/*
 * What happened and why: for the log, and never sent to the client. Its texts
 * are constants or copies made by reply_copy().
 */
struct call_record {
    bool committed;          /* the call took effect */
    const char *fault;       /* the fault of the reply; NULL for none */
    const char *error;       /* as answered; NULL for ok */
    const char *warnings;    /* comma-joined; NULL for none */
    const char *rule;        /* the rule that acted; NULL for none */
    const char *reason;      /* of a refusal, a constant; NULL for none */
    const char *hint;        /* what the caller probably meant; NULL for none */
    const char *token;       /* as sent, not masked; NULL for none */
    const char *client_id;   /* as sent; NULL for none */
    bool client_is_known;    /* an app has this id: it is no secret */
    struct buffer decisions; /* with -v: one line each, closed by '\n' */
};

struct reply {
    int64_t delay;             /* milliseconds before anything of it is sent */
    const struct fault *fault; /* NULL for none */
    int status;
    bool close; /* close the connection after the reply */
    /*
     * All but Content-Length and Connection, which the HTTP layer sets. No two
     * have one name. Names and values lend from `text` or are constants.
     */
    struct reply_header headers[REPLY_HEADERS_MAX];
    size_t header_count;
    struct buffer body; /* for HEAD too: its length is the Content-Length */
    /* Not NULL: the reply does not end with the body, which events follow as
     * he has something to be told (control/watcher.h). */
    struct watcher *watcher;
    struct call_record record;
    struct arena text; /* the copies that the rest points to */
};

#define REPLY_INIT                                                             \
    {                                                                          \
        .status = 200                                                          \
    }

/*
 * Sets a header, in place of one of the same name in any letter case; the value
 * is copied, the name too. A NULL value takes the header away. Beyond
 * REPLY_HEADERS_MAX it does nothing.
 */
void reply_set_header(struct reply *reply, const char *name, const char *value);

/* The same for a name and a value that outlive the reply. Nothing is copied. */
void reply_set_header_static(struct reply *reply, const char *name,
                             const char *value);

/* The same for a name that surely is not set yet: it is not searched for. */
static inline void reply_add_header_static(struct reply *reply,
                                           const char *name, const char *value)
{
    if (reply->header_count < REPLY_HEADERS_MAX)
        reply->headers[reply->header_count++] = reply_header_of(name, value);
}

/* Copies that live until the reply is cleared, closed by a NUL. */
const char *reply_copy(struct reply *reply, const char *text);
const char *reply_copy_bytes(struct reply *reply, const char *bytes,
                             size_t length);

/* The status that the client receives; 0 if a fault keeps it from any. */
int reply_status_sent(const struct reply *reply);

/* The value of a header, NULL if it is not set. */
const char *reply_header(const struct reply *reply, const char *name);

void reply_clear(struct reply *reply);
void reply_free(struct reply *reply);

#endif
