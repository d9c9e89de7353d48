/*
 * A connection on which a test sends just the bytes it wants, for what no HTTP
 * library would send: cut bodies, half-closed connections, silence, bytes that
 * are no HTTP. A failure of any of these functions fails the test.
 */
#ifndef CLIENT_TESTS_RAW_SOCKET_H
#define CLIENT_TESTS_RAW_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

#include "http_reply.h"

struct raw_socket;
struct server;

/* Connects; the connection is closed at the end of the test. */
struct raw_socket *raw_connect(struct test *test, const struct server *server);

void raw_send(struct raw_socket *raw, const char *text);
void raw_send_bytes(struct raw_socket *raw, const char *bytes, size_t length);

/* Half-closes: nothing more will be sent. */
void raw_end(struct raw_socket *raw);

/* Awaits one reply, whole as its Content-Length says. */
const struct http_reply *raw_await_reply(struct raw_socket *raw);

/* Awaits the head of one, for a reply to HEAD. */
const struct http_reply *raw_await_head(struct raw_socket *raw);

/* True if something of a reply is there by now, or the connection's end. */
bool raw_has_input(struct raw_socket *raw);

/* Awaits the close of the connection; a byte before it is a failure. */
void raw_await_close(struct raw_socket *raw);

#endif
