/*
 * What a server's JSON log says of the requests it has had. The line of a
 * request may come a moment after its reply, so these functions wait for it.
 */
#ifndef CLIENT_TESTS_SERVER_LOG_H
#define CLIENT_TESTS_SERVER_LOG_H

struct cJSON;
struct server;
struct test;

/*
 * Waits until that many requests are in the log. Returns them as an array that
 * lives as long as the test; one more than wanted fails it.
 */
const struct cJSON *server_await_log(struct test *test, struct server *server,
                                     int count);

#endif
