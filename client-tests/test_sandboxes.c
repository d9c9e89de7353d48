/*
 * Sandboxes: worlds that share one server and nothing else, however many tests
 * use theirs at once.
 */
#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define WORKERS 200

/* ---- one after the other ---- */

static const cJSON *exchange_in(struct test *test, const struct server *server,
                                const char *base)
{
    const struct http_request request = {
        .verb = "POST",
        .target = test_printf(test, "%s/api/oauth.v2.exchange", base),
        .headers = {"Content-Type: application/x-www-form-urlencoded"},
        .body = BOT_FORM,
    };

    return http_send(test, server, &request)->json;
}

static void test_isolated(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    control_do(test, server, "PUT /_mock/sandboxes/one", NULL);
    control_do(test, server, "PUT /_mock/sandboxes/two", NULL);
    assert_json(exchange_in(test, server, "/sandbox/one"), "ok", "true");
    assert_text(control_token_state(test, server, "/sandbox/one", BOT_TOKEN),
                "exchanged");
    assert_text(control_token_state(test, server, "/sandbox/two", BOT_TOKEN),
                "active");
    assert_text(control_token_state(test, server, "", BOT_TOKEN), "active");
    assert_json(control_journal(test, server, ""), "count", "0");
    assert_json(
        control_do(test, server, "GET /sandbox/one/_mock/requests", NULL),
        "count", "1");
    assert_json(exchange_in(test, server, ""), "ok", "true");
}

static void test_clock_and_rules(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    control_do(test, server, "PUT /_mock/sandboxes/one", STILL_WORLD);
    control_do(test, server, "PUT /_mock/sandboxes/two", STILL_WORLD);
    control_do(test, server, "POST /sandbox/one/_mock/clock",
               "{\"advance\":3600}");
    control_do(test, server, "PATCH /sandbox/one/_mock/scenario",
               "{\"rules\":[{\"reply\":{\"error\":\"fatal_error\"}}]}");
    assert_json_text(
        control_do(test, server, "GET /sandbox/two/_mock/state", NULL), "clock",
        MIDNIGHT);
    assert_json_text(exchange_in(test, server, "/sandbox/one"), "error",
                     "fatal_error");
    assert_json(exchange_in(test, server, "/sandbox/two"), "ok", "true");
}

static void test_same_seed(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *first;

    control_do(test, server, "PUT /_mock/sandboxes/one", STILL_WORLD);
    control_do(test, server, "PUT /_mock/sandboxes/two", STILL_WORLD);
    first = cJSON_GetStringValue(
        json_at(exchange_in(test, server, "/sandbox/one"), "access_token"));
    assert_json_text(exchange_in(test, server, "/sandbox/two"), "access_token",
                     first);
}

static void test_replaced_listed_removed(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    control_do(test, server, "PUT /_mock/sandboxes/b", NULL);
    control_do(test, server, "PUT /_mock/sandboxes/a", NULL);
    exchange_in(test, server, "/sandbox/a");
    control_do(test, server, "PUT /_mock/sandboxes/a", NULL);
    assert_text(control_token_state(test, server, "/sandbox/a", BOT_TOKEN),
                "active");
    assert_json(control_do(test, server, "GET /_mock/sandboxes", NULL),
                "sandboxes", "[\"a\",\"b\"]");
    exchange_in(test, server, "/sandbox/a");
    assert_json(control_do(test, server, "GET /sandbox/a/_mock/requests", NULL),
                "requests.0.id", "2");
    control_do(test, server, "DELETE /_mock/sandboxes/a", NULL);
    control_refused(
        control_call(test, server, "DELETE /_mock/sandboxes/a", NULL), 404,
        "not_found");
    assert_json_text(exchange_in(test, server, "/sandbox/a"), "error",
                     "not_found");
    assert_json_text(control_journal(test, server, ""), "requests.0.path",
                     "/sandbox/a/api/oauth.v2.exchange");
}

/* No advice to make what cannot be made. */
static void test_explained(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *const wrong[] = {"/sandbox/", "/sandbox/a.b"};

    assert_contains(cJSON_GetStringValue(json_at(
                        exchange_in(test, server, "/sandbox/a"), "message")),
                    "PUT /_mock/sandboxes/a makes one");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *message = cJSON_GetStringValue(
            json_at(exchange_in(test, server, wrong[i]), "message"));

        assert_contains(message, "1 to 200 letters, digits, dashes and");
        assert_lacks(message, "PUT");
    }
}

static void test_limits(struct test *test)
{
    static const char limited[] = WORLD(
        STILL ",\"rate_limits\":{\"oauth.v2.exchange\":{\"per_minute\":1}}");
    struct server *server = server_start_with(test, limited);

    control_do(test, server, "PUT /_mock/sandboxes/one", NULL);
    control_do(test, server, "PUT /_mock/sandboxes/two", NULL);
    assert_json(exchange_in(test, server, "/sandbox/one"), "ok", "true");
    assert_json_text(exchange_in(test, server, "/sandbox/one"), "error",
                     "ratelimited");
    assert_json(exchange_in(test, server, "/sandbox/two"), "ok", "true");
    assert_json(exchange_in(test, server, ""), "ok", "true");
}

/* ---- beside a world that is replaced ---- */

/* One exchange in the sandbox `mine` and one beside it. */
static struct server *use_both(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);

    control_do(test, server, "PUT /_mock/sandboxes/mine", NULL);
    assert_json(exchange_in(test, server, "/sandbox/mine"), "ok", "true");
    assert_json(exchange_in(test, server, ""), "ok", "true");
    return server;
}

static void check_only_mine_stays(struct test *test, struct server *server)
{
    assert_text(control_token_state(test, server, "", BOT_TOKEN), "active");
    assert_text(control_token_state(test, server, "/sandbox/mine", BOT_TOKEN),
                "exchanged");
    assert_json(
        control_do(test, server, "GET /sandbox/mine/_mock/requests", NULL),
        "count", "1");
    assert_json(control_journal(test, server, ""), "count", "0");
    exchange_in(test, server, "");
    assert_json(control_journal(test, server, ""), "requests.0.id", "2");
}

static void test_put_beside(struct test *test)
{
    struct server *server = use_both(test);

    control_do(test, server, "PUT /_mock/scenario", STILL_WORLD);
    check_only_mine_stays(test, server);
}

static void test_reload_beside(struct test *test)
{
    struct server *server = use_both(test);

    server_signal(server, SIGHUP);
    (void)server_await_stderr(server, "again, the world starts over");
    check_only_mine_stays(test, server);
}

/* A new sandbox is of the file that was loaded last. */
static void test_made_after_reload(struct test *test)
{
    struct server *server = use_both(test);

    (void)test_file(test, "scenario.json",
                    WORLD(STILL ",\"apps\":[{\"id\":\"A0APP\","
                                "\"token_rotation\":false}]"));
    server_signal(server, SIGHUP);
    (void)server_await_stderr(server, "again, the world starts over");
    control_do(test, server, "PUT /_mock/sandboxes/new", NULL);
    assert_json_text(exchange_in(test, server, "/sandbox/new"), "error",
                     "token_rotation_not_enabled");
}

static void test_bad_reload_beside(struct test *test)
{
    struct server *server = use_both(test);
    const char *before = control_snapshot(test, server);

    (void)test_file(test, "scenario.json", WORLD("\"sed\":1"));
    server_signal(server, SIGHUP);
    (void)server_await_stderr(server, "did you mean");
    assert_text(control_snapshot(test, server), before);
}

/* ---- all at once ---- */

struct worker {
    pthread_t thread;
    const char *origin;
    int number;
    const char *problem; /* NULL: all was as it should be */
};

struct answer {
    char text[4096];
    size_t length;
};

static size_t collect(char *bytes, size_t size, size_t count, void *target)
{
    struct answer *answer = target;
    size_t length = size * count;

    if (answer->length + length < sizeof answer->text) {
        memcpy(answer->text + answer->length, bytes, length);
        answer->length += length;
    }
    return length;
}

/* Whether a call's reply holds that text. */
static bool says(struct worker *worker, const char *verb, const char *path,
                 const char *form, const char *wanted)
{
    struct answer answer = {.length = 0};
    CURL *curl = curl_easy_init();
    char url[256];

    (void)snprintf(url, sizeof url, "%s%s", worker->origin, path);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    if (form)
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, verb);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    (void)curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    return strstr(answer.text, wanted) != NULL;
}

/* The same token for all; each worker asks a number of times of its own. */
static void *work(void *argument)
{
    struct worker *worker = argument;
    int calls = 1 + worker->number % 7;
    char path[128];
    char wanted[32];

    (void)snprintf(path, sizeof path, "/_mock/sandboxes/w%d", worker->number);
    if (!says(worker, "PUT", path, NULL, "\"ok\":true"))
        worker->problem = "no sandbox was made";
    (void)snprintf(path, sizeof path, "/sandbox/w%d/api/oauth.v2.exchange",
                   worker->number);
    for (int call = 0; call < calls; call++)
        if (!says(worker, "POST", path, BOT_FORM,
                  call ? "token_already_exchanged" : "\"ok\":true"))
            worker->problem = "somebody else exchanged the token";
    (void)snprintf(path, sizeof path, "/sandbox/w%d/_mock/requests?limit=0",
                   worker->number);
    if (!says(worker, "GET", path, NULL, "\"count\":0"))
        worker->problem = "the journal did not heed its limit";
    (void)snprintf(path, sizeof path, "/sandbox/w%d/_mock/requests?since=%d",
                   worker->number, calls - 1);
    (void)snprintf(wanted, sizeof wanted, "\"id\":%d,", calls);
    if (!says(worker, "GET", path, NULL, wanted) ||
        !says(worker, "GET", path, NULL, "\"count\":1"))
        worker->problem = "the journal holds calls of somebody else";
    return NULL;
}

static void test_parallel(struct test *test)
{
    static struct worker workers[WORKERS];
    struct server *server = server_start(test, NULL, NULL);
    int problems = 0;

    for (int i = 0; i < WORKERS; i++) {
        workers[i] =
            (struct worker){.origin = server_origin(server), .number = i};
        assert_int_equal(
            pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < WORKERS; i++) {
        (void)pthread_join(workers[i].thread, NULL);
        if (workers[i].problem) {
            print_error("worker %d: %s\n", i, workers[i].problem);
            problems++;
        }
    }
    assert_number(problems, 0);
    assert_json(control_do(test, server, "GET /_mock/sandboxes", NULL), "count",
                "200");
    assert_json(control_journal(test, server, ""), "count", "0");
}

/* ---- what is told of them ---- */

/* An exchange, two that are refused, one of them because a rule asks for it. */
static void test_use(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    control_do(test, server, "PUT /_mock/sandboxes/idle", NULL);
    control_do(test, server, "PUT /_mock/sandboxes/busy",
               WORLD("\"rules\":[{\"when\":{\"method\":\"oauth.v2.exchange\","
                     "\"call\":3},\"reply\":{\"error\":\"fatal_error\"}}]"));
    for (int i = 0; i < 3; i++)
        (void)exchange_in(test, server, "/sandbox/busy");
    assert_json(control_do(test, server, "GET /_mock/sandboxes", NULL), "used",
                "[{\"name\":\"busy\",\"calls\":3,\"mistakes\":1},"
                "{\"name\":\"idle\",\"calls\":0,\"mistakes\":0}]");
}

static const struct test_case cases[] = {
    {"sandboxes: tokens and journal are their own", test_isolated, NULL},
    {"sandboxes: clock and rules are their own", test_clock_and_rules, NULL},
    {"sandboxes: one seed gives the same tokens in each", test_same_seed, NULL},
    {"sandboxes: replaced, listed, removed", test_replaced_listed_removed,
     NULL},
    {"sandboxes: their calls and mistakes are counted", test_use, NULL},
    {"sandboxes: how to make a missing one is explained", test_explained, NULL},
    {"sandboxes: rate limits are their own", test_limits, NULL},
    {"sandboxes: they stay when PUT replaces the world", test_put_beside, NULL},
    {"sandboxes: they stay when SIGHUP replaces the world", test_reload_beside,
     NULL},
    {"sandboxes: a new one is of the file that was loaded last",
     test_made_after_reload, NULL},
    {"sandboxes: a reload with a mistake changes nothing",
     test_bad_reload_beside, NULL},
    {"sandboxes: 200 workers at once see only their own", test_parallel, NULL},
};

int run_sandboxes_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
