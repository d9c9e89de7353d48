/*
 * Client programs that redeem codes without Bolt: slack-go,
 * golang.org/x/oauth2, openid-client and Authlib. Each starts at an authorize
 * URL of its own; the test brings back where that led. A failure of any of
 * these functions fails the test.
 */
#ifndef CLIENT_TESTS_CODE_CLIENT_H
#define CLIENT_TESTS_CODE_CLIENT_H

struct cJSON;
struct server;
struct test;

/* Nobody listens there: where a page leads to is all that is wanted. */
#define CODE_CLIENT_REDIRECT "http://127.0.0.1:1/callback"

enum code_program { CODE_GO, CODE_OPENID_JS, CODE_AUTHLIB, CODE_PROGRAMS };

struct code_client {
    enum code_program program;
    const char *way;    /* of that program */
    const char *scopes; /* keys of its arguments: scope, user_scope */
};

/* Begins at a base, "" or "/sandbox/NAME"; returns the authorize URL. */
const char *code_client_begin(struct test *test,
                              const struct code_client *client,
                              const struct server *server, const char *base);

/* Hands over where the page led; the outcome. */
const struct cJSON *code_client_finish(struct test *test,
                                       const struct code_client *client,
                                       const char *callback);

/* A call that goes on from there: "refresh", "userinfo". */
const struct cJSON *code_client_go_on(struct test *test,
                                      const struct code_client *client,
                                      const char *call);

/* Ends those that run; -1 if one does not exit with status 0. */
int code_clients_end(void);

#endif
