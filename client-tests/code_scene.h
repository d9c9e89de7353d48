/*
 * A client that redeems a code, in a world of its own, between its authorize
 * URL and what it has in the end. The test's row is a struct code_row. A
 * failure of any of these functions fails the test.
 */
#ifndef CLIENT_TESTS_CODE_SCENE_H
#define CLIENT_TESTS_CODE_SCENE_H

#include <stdbool.h>

#include "code_client.h"

struct cJSON;
struct server;
struct test;

#define CODE_SIGN_IN "\"scope\":\"openid email profile\""

struct code_row {
    const char *name;
    struct code_client client;
    const char *method; /* that redeems its codes */
    const char *token;  /* the path of the access token in what it returns */
    const char *used;   /* the server's word for a second use */
    /* How it tells that, and a denial; NULL for `message` and the word. */
    const char *used_exception;
    const char *denied_exception;
    bool is_public;
    bool stays; /* its tokens have no refresh, or it has none for them */
};

/* A server with more keys of a scenario. */
struct server *code_scene_start(struct test *test, const char *keys);

/* From the client's authorize URL to where a button of the page leads. */
const char *code_scene_press(struct test *test, const struct server *server,
                             const char *button);

/* What the client makes of that. */
const struct cJSON *code_scene_finish(struct test *test, const char *callback);

/* The token that it has is one of the server's, and alive. */
const char *code_scene_see_token(struct test *test, const struct server *server,
                                 const struct cJSON *outcome);

/* The last call of the client's method in the journal; NULL for none. */
const struct cJSON *code_scene_last_call(struct test *test,
                                         const struct server *server);

/* The client raised what it does, for an error that had no effect. */
void code_scene_see_refused(struct test *test, const struct server *server,
                            const struct cJSON *outcome, const char *error);

#endif
