/*
 * A mock with a clock of its own, for tests of what becomes of tokens; each
 * test is named after the rule that it proves. Bodies lend until the next call.
 */
#ifndef SLACKMOCK_TESTS_LIFE_H
#define SLACKMOCK_TESTS_LIFE_H

#include <stdint.h>

#include "world.h"

#define BASE "{\"description\":\"d\",\"extends\":\"default.json\",\"seed\":1"
#define HOUR 3600

/* Two apps; what the second one's client asks of the first is refused. */
#define TWO_APPS                                                               \
    BASE ",\"apps\":[{\"id\":\"A2\",\"client_id\":\"1.2\","                    \
         "\"client_secret\":\"s\"}]}"

struct life {
    struct world *world;
    int64_t now; /* the host's time of the next call */
    char form[1024];
};

struct pair {
    char access[200];
    char refresh[200];
};

/* cmocka setup and teardown: the state is a struct life. */
int life_setup(void **state);
int life_teardown(void **state);

/* The same for a test of a row, as struct world_row. */
struct life_with_row {
    struct life *life;
    const void *row;
};

int life_row_setup(void **state);
int life_row_teardown(void **state);

/* A call with a form, and with a Bearer token unless it is NULL. */
const char *life_call(struct life *life, const char *method, const char *bearer,
                      const char *form);

/* The same with JSON. */
const char *life_call_json(struct life *life, const char *method,
                           const char *bearer, const char *json);

/* Lets seconds pass. */
void life_pass(struct life *life, int64_t seconds);

/* The pair that a body holds, which must be a success. */
void life_read_pair(const char *body, struct pair *pair);

void life_exchange(struct life *life, const char *form, struct pair *pair);

const char *life_try_refresh(struct life *life, const char *refresh_token);

/* The same; it must succeed. */
void life_refresh(struct life *life, const char *refresh_token,
                  struct pair *pair);

/* The body is a refusal with that error, and says no more. */
void assert_refused(const char *body, const char *error);

/* What auth.test says of a token; NULL: it is alive. */
void assert_token_is(struct life *life, const char *token, const char *error);

#endif
