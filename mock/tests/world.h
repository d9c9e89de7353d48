/*
 * A mock for a unit test: made from scenario text, called with a few words.
 */
#ifndef SLACKMOCK_TESTS_WORLD_H
#define SLACKMOCK_TESTS_WORLD_H

#include "message/signer.h"
#include "mock/sandboxes.h"
#include "scenario/scenario.h"
#include "scenario/scenario_load.h"

/* The documentation's example values, as in the default world. */
#define CLIENT        "client_id=4123121235.9872358710"
#define SECRET        "client_secret=e1b9e11dfcd19c1982d5de12921e17e8c"
#define BOT_TOKEN     "xoxb-12345-67890-abcdefg"
#define USER_TOKEN    "xoxp-12345-67890-1928471-abcdefg"
#define EXCHANGE_BOT  CLIENT "&" SECRET "&token=" BOT_TOKEN
#define EXCHANGE_USER CLIENT "&" SECRET "&token=" USER_TOKEN

/* 2026-01-01T00:00:00Z: the host's time in every test. */
#define HOST_TIME INT64_C(1767225600000)

/* A scenario with all that one needs, to which `keys` are added. */
#define WITH(keys)                                                             \
    "{\"description\":\"d\",\"extends\":\"default.json\"," keys "}"

struct world {
    struct sandboxes *sandboxes;
    struct mock *mock; /* the main one */
    struct reply reply;
    /* Both from the next world_load() on. */
    bool verbose;          /* replies say why */
    signer *sign;          /* of id_tokens; NULL: as in a program without TLS */
    size_t arguments_most; /* of a call; 0: as the program's default */
    char *mistakes;        /* what loading the last scenario reported */
};

/*
 * cmocka setup and teardown: the state is a struct world with the default
 * scenario.
 */
int world_setup(void **state);
int world_teardown(void **state);

/*
 * The same for a test of a row: the state is a struct world_row, with the row
 * that the test was given.
 */
struct world_row {
    struct world *world;
    const void *row;
};

int world_row_setup(void **state);
int world_row_teardown(void **state);

/* Replaces the world's mock by one made from scenario text, which must load. */
void world_load(struct world *world, const char *text);

/* A scenario made from a text, which must load; the caller is its holder. */
struct scenario *world_scenario(struct world *world, const char *text);

/* The mistakes in a scenario text, which must have some. Lent by the world. */
const char *world_mistakes(struct world *world, const char *text);

/* What the loader must say of a scenario. */
struct mistake_row {
    const char *name;
    const char *scenario;
    const char *mistakes; /* after `test.json: `, one a line */
};

struct test_list;

/* Adds a test for each row. */
void world_add_mistakes(struct test_list *list, struct mistake_row *rows,
                        size_t count);

/* POSTs a form to oauth.v2.exchange, at HOST_TIME or another; the body of the
 * reply. */
const char *world_exchange(struct world *world, const char *form);
const char *world_exchange_at(struct world *world, const char *form,
                              int64_t host_time);

/* Any other call. The reply stands in world->reply. */
const char *world_call(struct world *world, const struct request *request);

/* A call of the control API. The reply stands in world->reply. */
const char *world_control(struct world *world, const struct request *request);

/* What GET /_mock/requests answers; the reply before is gone then. */
const char *world_journal(struct world *world, const char *query);

#endif
