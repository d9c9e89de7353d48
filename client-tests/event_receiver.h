/*
 * The other end of events: a listener on a free port of 127.0.0.1 that takes
 * one request a connection and answers it just as the test says. A failure of
 * any of these functions fails the test.
 */
#ifndef CLIENT_TESTS_EVENT_RECEIVER_H
#define CLIENT_TESTS_EVENT_RECEIVER_H

#include <stdbool.h>

#include "http_reply.h"

struct event_receiver;
struct test;

struct received {
    const char *line;                 /* POST /path HTTP/1.1 */
    const struct http_reply *message; /* its headers and its body */
    int descriptor;
};

struct event_receiver *receiver_open(struct test *test);

int receiver_port(const struct event_receiver *receiver);

/* Awaits a request, whole; both live as long as the test. */
const struct received *receiver_await(struct event_receiver *receiver);

/* The same for one of that event, by the type in it. */
const struct received *receiver_await_event(struct event_receiver *receiver,
                                            const char *type);

/* Answers with a status, header lines that each end in CRLF, and a body. */
void receiver_answer(const struct received *received, const char *status,
                     const char *headers, const char *body);

/* Awaits the url_verification, and answers its challenge. */
void receiver_verify(struct event_receiver *receiver);

/* Awaits that the sender gives up. */
void receiver_await_end(const struct received *received);

/* True if nobody has connected. */
bool receiver_is_alone(const struct event_receiver *receiver);

#endif
