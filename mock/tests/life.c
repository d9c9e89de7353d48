/* A mock with a clock of its own to be moved; see life.h. */
#include "life.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

int life_setup(void **state)
{
    struct life *life = calloc(1, sizeof *life);

    *state = life;
    life->now = HOST_TIME;
    return world_setup((void **)&life->world);
}

int life_teardown(void **state)
{
    struct life *life = *state;
    struct world *world = life->world;

    free(life);
    return world_teardown((void **)&world);
}

int life_row_setup(void **state)
{
    static struct life_with_row at;

    at.row = *state;
    *state = &at;
    return life_setup((void **)&at.life);
}

int life_row_teardown(void **state)
{
    struct life_with_row *at = *state;

    return life_teardown((void **)&at->life);
}

/* A call with a body of some type, and with a token unless that is NULL. */
static const char *post(struct life *life, const char *method,
                        const char *bearer, const char *type, const char *body)
{
    char authorization[256];
    const struct request_header headers[] = {
        {"Content-Type", type},
        {"Authorization", authorization},
    };
    const struct request request = {
        .verb = VERB_POST,
        .method = method,
        .headers = headers,
        .header_count = bearer ? 2 : 1,
        .body = body,
        .body_length = strlen(body),
        .host_time = life->now,
    };

    snprintf(authorization, sizeof authorization, "Bearer %s",
             bearer ? bearer : "");
    return world_call(life->world, &request);
}

const char *life_call(struct life *life, const char *method, const char *bearer,
                      const char *form)
{
    return post(life, method, bearer, "application/x-www-form-urlencoded",
                form);
}

const char *life_call_json(struct life *life, const char *method,
                           const char *bearer, const char *json)
{
    return post(life, method, bearer, "application/json; charset=utf-8", json);
}

void life_pass(struct life *life, int64_t seconds)
{
    life->now += seconds * 1000;
}

static void copy_field(const char *body, const char *key, char *value,
                       size_t size)
{
    const char *start = strstr(body, key);

    assert_non_null(start);
    start += strlen(key);
    snprintf(value, size, "%.*s", (int)strcspn(start, "\""), start);
}

void life_read_pair(const char *body, struct pair *pair)
{
    if (!strstr(body, "\"ok\":true"))
        print_error("%s\n", body);
    copy_field(body, "\"access_token\":\"", pair->access, sizeof pair->access);
    copy_field(body, "\"refresh_token\":\"", pair->refresh,
               sizeof pair->refresh);
}

void life_exchange(struct life *life, const char *form, struct pair *pair)
{
    life_read_pair(life_call(life, "oauth.v2.exchange", NULL, form), pair);
}

const char *life_try_refresh(struct life *life, const char *refresh_token)
{
    snprintf(life->form, sizeof life->form,
             CLIENT "&" SECRET "&grant_type=refresh_token&refresh_token=%s",
             refresh_token);
    return life_call(life, "oauth.v2.access", NULL, life->form);
}

void life_refresh(struct life *life, const char *refresh_token,
                  struct pair *pair)
{
    life_read_pair(life_try_refresh(life, refresh_token), pair);
}

void assert_refused(const char *body, const char *error)
{
    char wanted[96];

    snprintf(wanted, sizeof wanted, "{\"ok\":false,\"error\":\"%s\"}", error);
    assert_string_equal(body, wanted);
}

void assert_token_is(struct life *life, const char *token, const char *error)
{
    const char *body = life_call(life, "auth.test", token, "");

    if (error)
        assert_refused(body, error);
    else
        assert_memory_equal(body, "{\"ok\":true,", 11);
}
