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
struct tls_way;

/* Connects; the connection is closed at the end of the test. */
struct raw_socket *raw_connect(struct test *test, const struct server *server);

/*
 * The same with small buffers: until it reads, the server's own takes some tens
 * of kilobytes and no more.
 */
struct raw_socket *raw_connect_narrow(struct test *test,
                                      const struct server *server);

/* The same as raw_connect() over TLS, which is shown by nothing but
 * raw_was_announced(). */
struct raw_socket *raw_connect_tls(struct test *test,
                                   const struct server *server,
                                   const struct tls_way *way);

/* After the close: true if TLS announced it, by a close_notify. */
bool raw_was_announced(const struct raw_socket *raw);

void raw_send(struct raw_socket *raw, const char *text);
void raw_send_bytes(struct raw_socket *raw, const char *bytes, size_t length);

/* A whole and valid request: the exchange of the default world's bot token. */
void raw_send_exchange(struct raw_socket *raw);

/* Half-closes: nothing more will be sent. */
void raw_end(struct raw_socket *raw);

/* Resets the connection, and gives it up. */
void raw_reset(struct raw_socket *raw);

/* Awaits one reply, whole as its Content-Length says; passes over a 100. */
const struct http_reply *raw_await_reply(struct raw_socket *raw);

/* Awaits the head of one, for a reply to HEAD. */
const struct http_reply *raw_await_head(struct raw_socket *raw);

/* Awaits one that breaks off: its head, and of its body what comes. */
const struct http_reply *raw_await_broken_reply(struct raw_socket *raw);

/* Awaits one byte more of a body; its head was awaited before. */
char raw_await_byte(struct raw_socket *raw);

/* Awaits one of any length; returns that of its body, which is forgotten. */
size_t raw_await_long_reply(struct raw_socket *raw);

/* Awaits bytes, or the end, and returns what came as text. */
const char *raw_await_text(struct raw_socket *raw);

/* True if something of a reply is there by now, or the connection's end. */
bool raw_has_input(struct raw_socket *raw);

/* Awaits the close of the connection; a byte before it is a failure. */
void raw_await_close(struct raw_socket *raw);

/* The same, for one that is a reset and no end, or an end and no reset. */
void raw_await_reset(struct raw_socket *raw);
void raw_await_end(struct raw_socket *raw);

#endif
