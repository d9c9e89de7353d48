/*
 * The control API, as a test in any language would use it. Calls are written
 * `VERB TARGET`; a failure of any of these functions fails the test.
 */
#ifndef CLIENT_TESTS_CONTROL_CLIENT_H
#define CLIENT_TESTS_CONTROL_CLIENT_H

#include "http_reply.h"

struct cJSON;
struct server;
struct test;

#define MIDNIGHT "2026-01-01T00:00:00.000Z"

/* Nothing in such a world changes by itself: two looks at it can be compared.
 */
#define STILL "\"seed\":1,\"clock\":{\"at\":\"" MIDNIGHT "\",\"frozen\":true}"
#define STILL_WORLD                                                            \
    "{\"description\":\"A test.\",\"extends\":\"default.json\"," STILL "}"

/* Makes a call, with a body unless it is NULL. */
const struct http_reply *control_call(struct test *test,
                                      const struct server *server,
                                      const char *call, const char *body);

/* The same for a call that is to succeed; the JSON of its reply. */
const struct cJSON *control_do(struct test *test, const struct server *server,
                               const char *call, const char *body);

/* PATCH /_mock/scenario, which is to succeed. */
void control_patch(struct test *test, const struct server *server,
                   const char *body);

/* Checks a refusal: its status, its name, and that it is one in every part. */
void control_refused(const struct http_reply *reply, int status,
                     const char *error);

/* The reply to GET /_mock/requests with a query, "" or from the `?` on. */
const struct cJSON *control_journal(struct test *test,
                                    const struct server *server,
                                    const char *query);

/*
 * The state of a token as GET /_mock/state?token= has it, at a base, "" or
 * "/sandbox/NAME"; NULL if it is unknown.
 */
const char *control_token_state(struct test *test, const struct server *server,
                                const char *base, const char *token);

/* The same of the main world must be that. */
void control_assert_state(struct test *test, const struct server *server,
                          const char *token, const char *wanted);

/* All that can be seen of a still world: state, journal, sandboxes. */
const char *control_snapshot(struct test *test, const struct server *server);

#endif
