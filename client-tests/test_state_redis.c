/*
 * --state redis://...: any number of servers are one, whatever becomes of them
 * or of Redis. SLACKMOCK_SOAK_ROUNDS is how often all race for one token, 500
 * times without it.
 */
#include <cjson/cJSON.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "redis_server.h"
#include "replicas.h"
#include "server_fixture.h"
#include "soak_client.h"
#include "state_caller.h"
#include "test_case.h"
#include "test_groups.h"

#define RACERS 64
#define RACES  10 /* at once, each for a token of its own */

#define WORLD_OF_MANY                                                          \
    WORLD("\"tokens\":[{\"generate\":100000,\"type\":\"bot\",\"prefix\":"      \
          "\"" STATE_PREFIX "\",\"app\":\"A0APP\",\"team\":\"T0TEAM\","        \
          "\"scope\":\"commands\"}]")

static struct replicas start(struct test *test)
{
    return replicas_start(test,
                          test_file(test, "scenario.json", WORLD_OF_MANY));
}

/* ---- one winner ---- */

static void send_exchange(struct soak_client *client, int round)
{
    char form[256];
    char request[512];

    (void)snprintf(form, sizeof form, APP_FORM "&token=" STATE_PREFIX "-%d",
                   round);
    (void)snprintf(request, sizeof request,
                   "POST " EXCHANGE " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                   "Content-Type: application/x-www-form-urlencoded\r\n"
                   "Content-Length: %zu\r\n\r\n%s",
                   strlen(form), form);
    assert_true(soak_client_open(client));
    assert_true(soak_client_send(client, request));
}

/* How many won. */
static int count_winners(struct soak_client *racers)
{
    int winners = 0;

    for (int i = 0; i < RACERS; i++) {
        assert_number(soak_client_await(&racers[i]), SOAK_REPLY);
        if (strstr(racers[i].body, "\"ok\":true"))
            winners++;
        else
            assert_contains(racers[i].body, "token_already_exchanged");
    }
    return winners;
}

/* Rounds from there on, since a round takes longer than its work. */
static void race(struct soak_client *racers, int round, int count)
{
    for (int i = 0; i < RACERS; i++)
        for (int number = 0; number < count; number++)
            send_exchange(&racers[number * RACERS + i], round + number);
    for (int number = 0; number < count; number++)
        if (count_winners(&racers[number * RACERS]) != 1)
            fail_msg("round %d has not one winner", round + number);
}

static int release_racers(void *thing)
{
    struct soak_client *racers = thing;

    for (int i = 0; i < RACES * RACERS; i++)
        soak_client_close(&racers[i]);
    free(racers);
    return 0;
}

static int rounds(void)
{
    const char *text = getenv("SLACKMOCK_SOAK_ROUNDS");
    long count = text ? strtol(text, NULL, 10) : 0;

    return count > 0 ? (int)count : 500;
}

static void test_one_winner(struct test *test)
{
    struct replicas replicas = start(test);
    struct soak_client *racers = calloc(RACES * RACERS, sizeof *racers);
    const int most = rounds();

    if (!racers)
        abort();
    for (int i = 0; i < RACES * RACERS; i++)
        soak_client_init(&racers[i],
                         server_port(replicas.servers[i % REPLICAS]), NULL);
    test_keep(test, racers, release_racers);
    for (int round = 1; round <= most; round += RACES)
        race(racers, round, most - round < RACES ? most - round + 1 : RACES);
    replicas_check_equal(&replicas);
}

/* ---- what one acknowledged the others show ---- */

static void test_control(struct test *test)
{
    struct replicas replicas = start(test);
    struct server **servers = replicas.servers;
    const struct http_reply *reply =
        http_send(test, servers[0],
                  &(struct http_request){.verb = "PUT",
                                         .target = "/_mock/sandboxes/box",
                                         .body = WORLD("\"seed\":1")});

    assert_number(reply->status, 200);
    assert_number(
        replicas_get(test, servers[1], "/sandbox/box/_mock/state")->status,
        200);
    reply = http_send(test, servers[1],
                      &(struct http_request){.verb = "POST",
                                             .target = "/_mock/clock",
                                             .body = "{\"frozen\":true}"});
    assert_text(
        test_printf(
            test, "%s",
            json_at(replicas_get(test, servers[2], "/_mock/state")->json,
                    "clock")
                ->valuestring),
        json_at(reply->json, "clock")->valuestring);
    reply = http_send(
        test, servers[2],
        &(struct http_request){
            .verb = "PATCH",
            .target = "/_mock/scenario",
            .body = "{\"rules\":[{\"name\":\"r\",\"when\":{\"call\":1},"
                    "\"reply\":{\"error\":\"fatal_error\"}}]}"});
    assert_number(reply->status, 200);
    assert_json_text(http_exchange(test, servers[0], BOT_FORM)->json, "error",
                     "fatal_error");
    assert_json(http_exchange(test, servers[1], BOT_FORM)->json, "ok", "true");
    replicas_check_equal(&replicas);
}

static void test_reload(struct test *test)
{
    struct replicas replicas = start(test);

    (void)life_exchange(test, replicas.servers[0], BOT_FORM);
    server_signal(replicas.servers[1], SIGHUP);
    (void)server_await_stderr(replicas.servers[1], "scenario.json again");
    (void)life_exchange(test, replicas.servers[2], BOT_FORM);
}

/* ---- a replica dies ---- */

static void test_a_replica_dies(struct test *test)
{
    struct replicas replicas = start(test);
    struct pair bot = life_exchange(test, replicas.servers[0], BOT_FORM);

    server_kill(replicas.servers[0]);
    life_token_is(test, replicas.servers[1], bot.access, NULL);
    (void)life_exchange(test, replicas.servers[2], USER_FORM);
    replicas.servers[0] = replicas_join(&replicas);
    life_token_is(test, replicas.servers[0], bot.access, NULL);
    assert_json_text(http_exchange(test, replicas.servers[0], USER_FORM)->json,
                     "error", "token_already_exchanged");
    replicas_check_equal(&replicas);
}

/* ---- Redis dies ---- */

static void check_away(struct test *test, const struct server *server)
{
    assert_text(http_exchange(test, server, USER_FORM)->body,
                "{\"ok\":false,\"error\":\"service_unavailable\"}");
    assert_number(replicas_get(test, server, "/_mock/state")->status, 503);
    replicas_await(test, server, 503, "away");
    assert_number(replicas_get(test, server, "/_mock/health")->status, 200);
}

static void check_back(const struct replicas *replicas, const char *token)
{
    for (int i = 0; i < REPLICAS; i++) {
        replicas_await(replicas->test, replicas->servers[i], 200, "ready");
        life_token_is(replicas->test, replicas->servers[i], token, NULL);
    }
    replicas_check_equal(replicas);
}

static void test_redis_pauses(struct test *test)
{
    struct replicas replicas = start(test);
    struct pair bot = life_exchange(test, replicas.servers[0], BOT_FORM);

    redis_server_signal(replicas.redis, SIGSTOP);
    check_away(test, replicas.servers[1]);
    redis_server_signal(replicas.redis, SIGCONT);
    check_back(&replicas, bot.access);
}

/*
 * With its file it has all that it had acknowledged, if it writes at once: with
 * everysec a write may wait for two seconds behind an fsync() that goes on.
 */
static void test_redis_ends(struct test *test)
{
    const int *number = test_row(test);
    struct replicas replicas = start(test);
    struct pair bot;

    (void)redis_server_ask(replicas.redis, "config set appendfsync always");
    bot = life_exchange(test, replicas.servers[0], BOT_FORM);
    redis_server_restart(replicas.redis, *number);
    check_back(&replicas, bot.access);
    assert_json_text(http_exchange(test, replicas.servers[2], BOT_FORM)->json,
                     "error", "token_already_exchanged");
}

/* Then the truth is what Redis has: nothing, and a new log begins. */
static void test_redis_is_emptied(struct test *test)
{
    struct replicas replicas = start(test);
    struct pair bot = life_exchange(test, replicas.servers[0], BOT_FORM);

    (void)redis_server_ask(replicas.redis, "flushall");
    (void)life_exchange(test, replicas.servers[1], BOT_FORM);
    for (int i = 0; i < REPLICAS; i++) {
        life_token_is(test, replicas.servers[i], bot.access, "invalid_auth");
        assert_json_text(
            http_exchange(test, replicas.servers[i], BOT_FORM)->json, "error",
            "token_already_exchanged");
    }
    replicas_check_equal(&replicas);
}

/* As after a failover: an entry that was acknowledged is not there. */
static void test_redis_lost_the_last(struct test *test)
{
    struct replicas replicas = start(test);
    const char *last;

    (void)life_exchange(test, replicas.servers[0], BOT_FORM);
    last = redis_server_ask(replicas.redis,
                            "xrevrange mock + - count 1 | head -n 1");
    (void)redis_server_ask(
        replicas.redis,
        test_printf(test, "xdel mock %.*s", (int)strcspn(last, "\n"), last));
    redis_server_restart(replicas.redis, SIGTERM);
    for (int i = 0; i < REPLICAS; i++)
        replicas_await(test, replicas.servers[i], 200, "ready");
    (void)life_exchange(test, replicas.servers[2], BOT_FORM);
    replicas_check_equal(&replicas);
}

int run_state_redis_tests(void)
{
    static const int terminate = SIGTERM;
    static const int kill_it = SIGKILL;
    static const struct test_case cases[] = {
        {"redis: one winner, whoever is asked", test_one_winner, NULL},
        {"redis: the control API of all is one", test_control, NULL},
        {"redis: SIGHUP on one loads for all", test_reload, NULL},
        {"redis: a replica dies and comes again", test_a_replica_dies, NULL},
        {"redis: it pauses", test_redis_pauses, NULL},
        {"redis: it is stopped and started", test_redis_ends, &terminate},
        {"redis: it is killed and started", test_redis_ends, &kill_it},
        {"redis: it is emptied", test_redis_is_emptied, NULL},
        {"redis: it lost the last entry", test_redis_lost_the_last, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
