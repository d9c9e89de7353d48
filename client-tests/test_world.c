/*
 * A world that was saved: GET /_mock/world, taken back by a program that is
 * started with it, and in place of what a log of --state held.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "files.h"
#include "http_client.h"
#include "life.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define LOG   "state.log"
#define LIMIT "20000" /* bytes of the log */

static const char *get(struct test *test, const struct server *server,
                       const char *target)
{
    return http_send(test, server, &(struct http_request){.target = target})
        ->body;
}

static const char *save(struct test *test, const struct server *server)
{
    return test_file(test, "world.json", get(test, server, "/_mock/world"));
}

/* ---- a document ---- */

#define STILL_WORLD                                                            \
    WORLD("\"clock\":{\"at\":\"2026-01-01T00:00:00Z\",\"frozen\":true},"       \
          "\"rules\":[{\"name\":\"twice\",\"when\":{\"method\":\"api.test\"}," \
          "\"times\":2,\"reply\":{\"error\":\"fatal_error\"}}]")

static void test_another_server_goes_on(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair first = life_exchange(test, server, BOT_FORM);
    struct pair second = life_refresh(test, server, first.refresh);
    const char *document;
    const char *file;

    life_refused(life_call(test, server, "api.test", NULL, ""), "fatal_error");
    document = get(test, server, "/_mock/world");
    file = save(test, server);
    server_kill(server);
    server = server_start(test, file, NULL);
    assert_text(get(test, server, "/_mock/world"), document);
    life_token_is(test, server, second.access, NULL);
    life_refused(life_call(test, server, "api.test", NULL, ""), "fatal_error");
    life_advance(test, server, "30");
    (void)life_refresh(test, server, first.refresh);
    life_refused(life_try_refresh(test, server, second.refresh),
                 "invalid_refresh_token");
    life_advance(test, server, "43200");
    life_token_is(test, server, second.access, "token_expired");
}

static void test_it_is_checked(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    const char *file;
    const char *text;
    const char *place;

    (void)life_exchange(test, server, BOT_FORM);
    file = save(test, server);
    assert_number(program_run(test, ARGUMENTS("--check", file))->status, 0);
    text = get(test, server, "/_mock/world");
    place = strstr(text, "\"seeds\": \"");
    assert_non_null(place);
    place += strlen("\"seeds\": \"");
    file = test_file(
        test, "damaged.json",
        test_printf(test, "%.*sx%s", (int)(place - text), text, place));
    assert_number(program_run(test, ARGUMENTS("--check", file))->status, 1);
    assert_contains(program_run(test, ARGUMENTS(file))->err,
                    "damaged.json: $.world.state.random.seeds: found \"x");
}

static void test_a_log_begins_with_one(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const char *file = save(test, server);
    const char *const *options = ARGUMENTS("--state", test_path(test, LOG));

    server_kill(server);
    server = server_start(test, file, options);
    life_token_is(test, server, pair.access, NULL);
    pair = life_refresh(test, server, pair.refresh);
    server_kill(server);
    server = server_start(test, file, options);
    life_token_is(test, server, pair.access, NULL);
    server_kill(server);
    server = server_start(test, NULL, options);
    life_token_is(test, server, pair.access, NULL);
}

/* ---- a log that is cut short ---- */

static struct server *start(struct test *test)
{
    return server_start(
        test, NULL,
        ARGUMENTS("--state", test_path(test, LOG), "--state-limit", LIMIT));
}

static size_t log_size(struct test *test)
{
    char *text = file_read(test_path(test, LOG));
    const size_t size = text ? strlen(text) : 0;

    free(text);
    return size;
}

static void call_often(struct test *test, const struct server *server)
{
    for (int i = 0; i < 300; i++)
        (void)life_call(test, server, "api.test", NULL, "");
}

static const char *see(struct test *test, const struct server *server)
{
    return test_printf(test, "%s%s%s", get(test, server, "/_mock/state"),
                       get(test, server, "/sandbox/box/_mock/world"),
                       get(test, server, "/_mock/sandboxes"));
}

static void freeze(struct test *test, const struct server *server,
                   const char *target)
{
    const struct http_request request = {
        .verb = "POST", .target = target, .body = "{\"frozen\":true}"};

    assert_number(http_send(test, server, &request)->status, 200);
}

static void test_a_snapshot_takes_the_place(struct test *test)
{
    struct server *server = start(test);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const struct http_request box = {.verb = "PUT",
                                     .target = "/_mock/sandboxes/box"};
    char *text;
    const char *before;

    (void)http_send(test, server, &box);
    freeze(test, server, "/_mock/clock");
    freeze(test, server, "/sandbox/box/_mock/clock");
    call_often(test, server);
    assert_true(log_size(test) < 40000);
    text = file_read(test_path(test, LOG));
    assert_true(strstr(text, "\"snapshot\":{\"lines\":3,") <
                strchr(text, '\n'));
    assert_non_null(strstr(text, "\"snapshot\":{\"lines\":3,"));
    free(text);
    before = see(test, server);
    server_kill(server);
    server = start(test);
    assert_text(see(test, server), before);
    life_token_is(test, server, pair.access, NULL);
    pair = life_refresh(test, server, pair.refresh);
    call_often(test, server);
    server_kill(server);
    server = start(test);
    life_token_is(test, server, pair.access, NULL);
}

static void test_a_damaged_snapshot_is_told(struct test *test)
{
    struct server *server = start(test);
    const char *kept;
    char *text;
    char *place;

    call_often(test, server);
    server_kill(server);
    text = file_read(test_path(test, LOG));
    place = strstr(text, "\"last_ticket\"");
    assert_non_null(place);
    place[1] = 'L';
    kept = test_printf(test, "%s", text);
    free(text);
    (void)test_file(test, LOG, kept);
    assert_contains(
        program_run(test, ARGUMENTS("--state", test_path(test, LOG)))->err,
        "snapshot: $.Last_ticket: unknown key");
}

int run_world_tests(void)
{
    static const struct test_case cases[] = {
        {"world: another server goes on", test_another_server_goes_on, NULL},
        {"world: it is checked", test_it_is_checked, NULL},
        {"world: a log begins with one", test_a_log_begins_with_one, NULL},
        {"world: a snapshot takes the place of a log",
         test_a_snapshot_takes_the_place, NULL},
        {"world: a damaged snapshot is told", test_a_damaged_snapshot_is_told,
         NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
