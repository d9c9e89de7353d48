/*
 * A Bolt app, or the InstallProvider of @slack/oauth, in a client program: it
 * listens on a port of its own, can be installed into the default world of a
 * server, and hears events. A failure of any of these functions fails the test.
 */
#ifndef CLIENT_TESTS_BOLT_APP_H
#define CLIENT_TESTS_BOLT_APP_H

#include "client_process.h"

struct cJSON;
struct server;
struct test;

#define BOLT_APP_SECRET "8f742231b10e8888abcd99yyyzzz85a5"

struct bolt_app {
    struct test *test;
    enum client client;
    const struct server *server;
    const char *origin;       /* http://127.0.0.1:PORT */
    const char *redirect_uri; /* below it */
};

/*
 * Starts it by the call "bolt.listen" or "provider.listen", and tells the
 * server of its redirect URI.
 */
struct bolt_app bolt_app_start(struct test *test, enum client client,
                               const char *call, const struct server *server);

/* Tells the server of its URL for events too. */
void bolt_app_subscribe(const struct bolt_app *app);

/* A call of its program, with more keys for the request ("" for none). */
const struct cJSON *bolt_app_ask(const struct bolt_app *app, const char *call,
                                 const char *arguments, const char *keys);

/* What its store holds; NULL if nothing. */
const struct cJSON *bolt_app_installation(const struct bolt_app *app);

/* A token of that installation, such as "bot_token". */
const char *bolt_app_token(const struct bolt_app *app, const char *key);

#endif
