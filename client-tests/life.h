/*
 * Calls of the methods that a rotated token meets in its life, as a worker
 * without an SDK would make them.
 */
#ifndef CLIENT_TESTS_LIFE_H
#define CLIENT_TESTS_LIFE_H

struct http_reply;
struct server;
struct test;

struct pair {
    const char *access;
    const char *refresh;
};

/* Posts a form to a method, with a Bearer token unless it is NULL. */
const struct http_reply *life_call(struct test *test,
                                   const struct server *server,
                                   const char *method, const char *bearer,
                                   const char *form);

/* Exchanges the default world's token; the form is BOT_FORM or USER_FORM. */
struct pair life_exchange(struct test *test, const struct server *server,
                          const char *form);

/* Refreshes with the default world's client; life_refresh() must succeed. */
const struct http_reply *life_try_refresh(struct test *test,
                                          const struct server *server,
                                          const char *refresh_token);
struct pair life_refresh(struct test *test, const struct server *server,
                         const char *refresh_token);

/* Redeems a code with that client. */
const struct http_reply *
life_redeem(struct test *test, const struct server *server, const char *code);

/* The pair of a body, `path` being "" or that of the object it stands in. */
struct pair life_pair(struct test *test, const struct http_reply *reply,
                      const char *path);

/* Moves the mock's clock on. */
void life_advance(struct test *test, const struct server *server,
                  const char *seconds);

/* What auth.test says of a token: an error, or NULL for ok. */
void life_token_is(struct test *test, const struct server *server,
                   const char *token, const char *error);

/* The reply is this refusal and nothing else. */
void life_refused(const struct http_reply *reply, const char *error);

#endif
