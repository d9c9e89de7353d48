/*
 * Gives each request to the core, lays its reply out and logs both. It knows
 * nothing of connections.
 */
#ifndef SLACKMOCK_RESPONDER_H
#define SLACKMOCK_RESPONDER_H

#include <stdbool.h>
#include <stddef.h>

struct entrance;
struct event_sender;
struct front;
struct evhttp_request;
struct outgoing;
struct refusal;
struct request_log;
struct responder;

/* All are lent. */
struct responder *responder_create(struct entrance *entrance,
                                   struct request_log *log, struct front *front,
                                   struct event_sender *events);

/* Makes the reply. Returns whether the connection stays open after it. */
bool responder_answer(struct responder *responder,
                      struct evhttp_request *request, struct outgoing *output);

/* True if the body behind a head is to be a scenario that will be looked at. */
bool responder_takes_scenario(const struct responder *responder,
                              const char *head, size_t length);

/* The same for a request whose body did not come whole; this is its head. */
void responder_answer_cut_short(struct responder *responder, const char *head,
                                size_t length, struct outgoing *output);

/* The same for a head, whole or not, that is refused as malformed. */
void responder_answer_malformed(struct responder *responder, const char *head,
                                size_t length, const struct refusal *refusal,
                                struct outgoing *output);

/* Journals and logs a request that gets no answer; `head` may be a part. */
void responder_note_lost(struct responder *responder, const char *head,
                         size_t length, const char *problem);

void responder_free(struct responder *responder);

#endif
