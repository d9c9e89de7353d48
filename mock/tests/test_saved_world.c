/*
 * A world as a document: what it says, that it loads, and what is refused.
 * mock/fuzz/fuzz_world.c proves that a world which was loaded goes on alike.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/xalloc.h"
#include "check.h"
#include "life.h"

#define RULES                                                                  \
    ",\"rules\":[{\"name\":\"twice\",\"when\":{\"method\":\"api.test\"},"      \
    "\"times\":2,\"reply\":{\"error\":\"fatal_error\"}}]"

static const char *control(struct life *life, enum verb verb, const char *path,
                           const char *body)
{
    const struct request request = {
        .verb = verb,
        .verb_name = "-",
        .target = path,
        .method = path,
        .body = body,
        .body_length = body ? strlen(body) : 0,
        .host_time = life->now,
    };

    return world_control(life->world, &request);
}

static char *save(struct life *life)
{
    return xstrdup(control(life, VERB_GET, "world", NULL));
}

static void load(struct life *life, const char *document)
{
    assert_string_equal(control(life, VERB_PUT, "scenario", document),
                        "{\"ok\":true}");
}

/* Some of everything has happened. */
static void live(struct life *life, struct pair *pair)
{
    world_load(life->world, BASE RULES "}");
    life_exchange(life, EXCHANGE_BOT, pair);
    life_pass(life, 10);
    life_call(life, "api.test", NULL, "");
}

static void it_is_the_same_document_when_it_was_loaded(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char *saved;
    char *again;

    live(life, &pair);
    saved = save(life);
    world_load(life->world, BASE "}");
    load(life, saved);
    again = save(life);
    assert_string_equal(saved, again);
    free(saved);
    free(again);
}

static void tokens_and_rules_go_on(void **state)
{
    struct life *life = *state;
    struct pair first;
    struct pair second;
    char *saved;

    live(life, &first);
    saved = save(life);
    world_load(life->world, BASE "}");
    assert_token_is(life, first.access, "invalid_auth");
    load(life, saved);
    free(saved);
    assert_token_is(life, first.access, NULL);
    assert_refused(life_call(life, "api.test", NULL, ""), "fatal_error");
    assert_string_equal(life_call(life, "api.test", NULL, ""),
                        "{\"ok\":true,\"args\":{}}");
    life_refresh(life, first.refresh, &second);
    assert_token_is(life, BOT_TOKEN, "token_expired");
}

static void its_clock_stands_where_it_was(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char *saved;

    live(life, &pair);
    saved = save(life);
    life_pass(life, 100 * HOUR);
    assert_token_is(life, pair.access, "token_expired");
    load(life, saved);
    free(saved);
    assert_token_is(life, pair.access, NULL);
    life_pass(life, 12 * HOUR - 11);
    assert_token_is(life, pair.access, NULL);
    life_pass(life, 1);
    assert_token_is(life, pair.access, "token_expired");
}

static void a_reset_goes_back_to_its_scenario(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char *saved;

    live(life, &pair);
    saved = save(life);
    world_load(life->world, "{\"description\":\"d\"}");
    load(life, saved);
    free(saved);
    (void)control(life, VERB_POST, "reset", NULL);
    assert_token_is(life, pair.access, "invalid_auth");
    life_exchange(life, EXCHANGE_BOT, &pair);
}

static void a_sandbox_takes_one_too(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char *saved;

    live(life, &pair);
    saved = save(life);
    (void)control(life, VERB_PUT, "sandboxes/s", saved);
    assert_number(life->world->reply.status, 200);
    life->world->mock = sandboxes_find(life->world->sandboxes, "s", 1);
    assert_string_equal(control(life, VERB_GET, "world", NULL), saved);
    assert_token_is(life, pair.access, NULL);
    free(saved);
}

/* Each gives its state away once, the same text may come again. */
static void it_may_be_loaded_twice(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char *saved;

    live(life, &pair);
    saved = save(life);
    load(life, saved);
    (void)control(life, VERB_POST, "reset", NULL);
    load(life, saved);
    free(saved);
    assert_token_is(life, pair.access, NULL);
}

static void a_person_can_read_it(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char *saved;

    live(life, &pair);
    saved = save(life);
    assert_non_null(strstr(saved, "{\n    \"description\": \"d\","));
    assert_non_null(strstr(saved, "\"client_secret\": \"e1b9e11dfcd19c1982d5d"
                                  "e12921e17e8c\""));
    assert_non_null(strstr(saved, "\"at\": \"2026-01-01T00:00:10.000Z\""));
    assert_non_null(strstr(saved, pair.refresh));
    free(saved);
}

static void what_a_patch_changed_is_there_and_goes_by_a_reset(void **state)
{
    struct life *life = *state;
    char *saved;

    world_load(life->world, BASE "}");
    (void)control(life, VERB_PATCH, "scenario",
                  "{\"stubs\":{\"x.y\":{\"a\":1}}}");
    saved = save(life);
    world_load(life->world, BASE "}");
    load(life, saved);
    free(saved);
    assert_string_equal(life_call(life, "x.y", USER_TOKEN, ""),
                        "{\"ok\":true,\"a\":1}");
    (void)control(life, VERB_POST, "reset", NULL);
    assert_string_equal(
        life_call(life, "x.y", USER_TOKEN, ""),
        "{\"ok\":false,\"error\":\"unknown_method\",\"req_method\":\"x.y\"}");
}

/* ---- what is refused ---- */

struct damage {
    const char *name;
    const char *from; /* a text in the document ... */
    const char *to;   /* ... is this instead */
    const char *mistake;
};

static struct damage damages[] = {
    {"another format", "\"format\": 1", "\"format\": 2",
     "body: $.world.format: found 2, wanted a whole number from 1 to 1"},
    {"an unknown key", "\"chances\"", "\"chanses\"",
     "body: $.world.state.random.chanses: unknown key; did you mean "
     "\\\"chances\\\"?"},
    {"a time that is none", "2026-01-01T00:00:10", "2026-01-01T00:00:60",
     "body: $.world.state.clock.at: found \\\"2026-01-01T00:00:60.000Z\\\", "
     "wanted a time"},
    {"a state that no such token has", "\"state\": \"exchanged\"",
     "\"state\": \"spent\"",
     "body: $.world.state.tokens.authorizations[0].legacy[0].state: found "
     "\\\"spent\\\", which no token of its kind can be"},
    {"an app that is not there", "\"app\": \"A0APP\",\n                      ",
     "\"app\": \"A0APQ\",\n                      ",
     "body: $.world.state.tokens.authorizations[0].app: found \\\"A0APQ\\\""},
    {"a rule that is not there", "\"place\": 0", "\"place\": 1",
     "body: $.world.state.rules[0].place: found 1, wanted the place of a "
     "rule"},
    {"places of entries that are not there", "\"count\": 1", "\"count\": 9",
     "body: $.world.origins.apps[0]: found more than there are entries"},
    {"no clock", "\"clock\": {\n                \"at\"",
     "\"block\": {\n                \"at\"",
     "body: $.world.state: missing \\\"clock\\\""},
};

/* The document with one text, which must be in it, replaced by another. */
static char *damage(const char *document, const struct damage *row)
{
    const char *place = strstr(document, row->from);
    struct buffer text = BUFFER_INIT;

    assert_non_null(place);
    buffer_add(&text, document, (size_t)(place - document));
    buffer_add_text(&text, row->to);
    buffer_add_text(&text, place + strlen(row->from));
    return buffer_take(&text);
}

static void it_is_refused_whole(void **state)
{
    const struct damage *row = *state;
    void *own;
    struct life *life;
    struct pair pair;
    char *saved;
    char *damaged;

    assert_number(life_setup(&own), 0);
    life = own;
    live(life, &pair);
    saved = save(life);
    damaged = damage(saved, row);
    if (!strstr(control(life, VERB_PUT, "scenario", damaged), row->mistake))
        assert_string_equal(buffer_text(&life->world->reply.body),
                            row->mistake);
    assert_number(life->world->reply.status, 422);
    assert_string_equal(control(life, VERB_GET, "world", NULL), saved);
    free(saved);
    free(damaged);
    (void)life_teardown(&own);
}

static void only_as_a_whole(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char *saved;

    live(life, &pair);
    saved = save(life);
    assert_non_null(
        strstr(control(life, VERB_PATCH, "scenario", saved),
               "body: $.world: found a world that was saved; PUT takes one"));
    free(saved);
}

int main(void)
{
    struct test_list list = {.count = 0};
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            it_is_the_same_document_when_it_was_loaded, life_setup,
            life_teardown),
        cmocka_unit_test_setup_teardown(tokens_and_rules_go_on, life_setup,
                                        life_teardown),
        cmocka_unit_test_setup_teardown(its_clock_stands_where_it_was,
                                        life_setup, life_teardown),
        cmocka_unit_test_setup_teardown(a_reset_goes_back_to_its_scenario,
                                        life_setup, life_teardown),
        cmocka_unit_test_setup_teardown(a_sandbox_takes_one_too, life_setup,
                                        life_teardown),
        cmocka_unit_test_setup_teardown(it_may_be_loaded_twice, life_setup,
                                        life_teardown),
        cmocka_unit_test_setup_teardown(a_person_can_read_it, life_setup,
                                        life_teardown),
        cmocka_unit_test_setup_teardown(
            what_a_patch_changed_is_there_and_goes_by_a_reset, life_setup,
            life_teardown),
        cmocka_unit_test_setup_teardown(only_as_a_whole, life_setup,
                                        life_teardown),
    };

    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        check_add_test(&list, tests[i]);
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++)
        check_add_test(&list,
                       (struct CMUnitTest){.name = damages[i].name,
                                           .test_func = it_is_refused_whole,
                                           .initial_state = &damages[i]});
    return run_list("saved world", &list);
}
