/*
 * What a running server holds on to, as the system counts it.
 */
#ifndef CLIENT_TESTS_SERVER_USAGE_H
#define CLIENT_TESTS_SERVER_USAGE_H

struct server;

/*
 * How many descriptors it has open: connections, and some of its own. One that
 * was closed here a moment ago may still be among them.
 */
int server_descriptors(const struct server *server);

/* Waits until it has no more than that; the test fails if it keeps more. */
void server_await_descriptors(const struct server *server, int most);

/* Its resident memory, in KiB. */
long server_memory(const struct server *server);

#endif
