/*
 * A reader of GET /_mock/events, or of a sandbox's. A failure of any of these
 * functions fails the test.
 */
#ifndef CLIENT_TESTS_EVENT_STREAM_H
#define CLIENT_TESTS_EVENT_STREAM_H

struct event_stream;
struct raw_socket;
struct test;

#define EVENTS "/_mock/events"

struct stream_event {
    const char *name; /* "" for an id alone, ":" for a comment */
    const char *data; /* "" for none */
    const char *id;   /* the last that was sent, "" before the first */
};

/*
 * Sends the request on a connection, with header lines that each end in CRLF,
 * and awaits the head of the reply, which is to be a stream.
 */
struct event_stream *event_stream_open(struct test *test,
                                       struct raw_socket *raw,
                                       const char *target, const char *headers);

/* Awaits the next event, id alone, or comment. */
struct stream_event event_stream_next(struct event_stream *stream);

/* Awaits one of that name, and passes over what comes before. */
struct stream_event event_stream_await(struct event_stream *stream,
                                       const char *name);

#endif
