/*
 * One request on a connection of its own, and all that comes back on it, as
 * text to keep in a recording. A failure fails the test.
 */
#ifndef CLIENT_TESTS_RECORDED_REPLY_H
#define CLIENT_TESTS_RECORDED_REPLY_H

#include <stdbool.h>

#include "recorded_requests.h"

struct server;

/*
 * Sends the bytes, reads to the end of the connection, and returns what came as
 * lines, the last of which tells how the connection ended. The client
 * half-closes once a whole reply is there, or at once if it is told so: a
 * server that stalls goes on only then.
 *
 * A head's lines lose their CR. `\xHH` is any byte that is neither LF nor
 * printable ASCII, and a backslash before an x or LF; a backslash at the end of
 * a line breaks a long one: no two replies have one text.
 */
const char *recorded_reply_await(struct test *test, const struct server *server,
                                 struct recorded_bytes request,
                                 bool half_closes);

#endif
