/*
 * A server whose app takes events at a receiver. A failure of any of these
 * functions fails the test.
 */
#ifndef CLIENT_TESTS_EVENT_WORLD_H
#define CLIENT_TESTS_EVENT_WORLD_H

struct cJSON;
struct event_receiver;
struct server;
struct test;

#define EVENT_SECRET "8f742231b10e8888abcd99yyyzzz85a5"

/* The default world with events for a URL, in 2030 on a clock that stands. */
struct server *event_start(struct test *test, const char *url,
                           const char *const *options);

/* The same for /slack/events?a=b of a receiver. */
struct server *event_start_with(struct test *test,
                                const struct event_receiver *receiver);

/* apps.uninstall at a base, "" or "/sandbox/NAME". */
void event_uninstall(struct test *test, const struct server *server,
                     const char *base);

void event_advance(struct test *test, const struct server *server, int seconds);

/* Awaits that state of the first delivery of that event; returns them all. */
const struct cJSON *event_await_state(struct test *test,
                                      const struct server *server,
                                      const char *event, const char *state);

/* Nothing has been sent, though the server has had a turn since. */
void event_assert_quiet(struct test *test, const struct server *server,
                        const struct event_receiver *receiver);

/* Awaits tokens_revoked with these headers (NULL: without), and refuses it. */
void event_see_retry(struct event_receiver *receiver, const char *number,
                     const char *reason);

#endif
