/*
 * Gives each request to the core, lays its reply out and logs both. It knows
 * nothing of connections.
 */
#ifndef SLACKMOCK_RESPONDER_H
#define SLACKMOCK_RESPONDER_H

#include <stdbool.h>
#include <stddef.h>

#include "intake.h"

struct entrance;
struct evhttp_request;
struct front;
struct head_copy;
struct outgoing;
struct refusal;
struct request_log;
struct responder;

/*
 * A request that waits for its reply. Zero it and set `answered`; it is used
 * again and again, and lives as long as the connection.
 */
struct waiting_request {
    struct intake_asker asker; /* first */
    struct responder *responder;
    struct outgoing *output; /* where the reply is laid out */
    const char *connection;  /* the header, a constant; NULL for none */
    bool is_late;            /* whoever asked does not wait for the call */
    bool is_answered;
    bool stays_open; /* the connection, after the reply */
    /* Called once the reply is there, if that was not at once. */
    void (*answered)(struct waiting_request *request);
};

/* True while its reply is still to come. */
bool waiting_request_is_late(const struct waiting_request *waiting);

/* All are lent. */
struct responder *responder_create(struct intake *intake,
                                   struct entrance *entrance,
                                   struct request_log *log,
                                   struct front *front);

/* Makes the reply to a request and its head, of which evhttp has seen a part.
 * True if it is there; else answered() is called later. */
bool responder_answer(struct responder *responder,
                      struct evhttp_request *source,
                      const struct head_copy *head,
                      struct waiting_request *waiting, struct outgoing *output);

/* True if the body behind a head is to be a scenario that will be looked at. */
bool responder_takes_scenario(const struct responder *responder,
                              const char *head, size_t length);

/*
 * The same for a request whose body did not come whole; this is its head. The
 * connection is closed after it. `waiting` has its output.
 */
bool responder_answer_cut_short(struct responder *responder, const char *head,
                                size_t length, struct waiting_request *waiting);

/* The same for a head, whole or not, that is refused as malformed. */
bool responder_answer_malformed(struct responder *responder, const char *head,
                                size_t length, const struct refusal *refusal,
                                struct waiting_request *waiting);

/* Who waits is gone. What was asked takes effect all the same. */
void responder_forget(struct waiting_request *waiting);

/* Journals and logs a request that gets no answer; `head` may be a part. */
void responder_note_lost(struct responder *responder, const char *head,
                         size_t length, const char *problem);

void responder_free(struct responder *responder);

#endif
