/*
 * A stream past --state-limit: a snapshot takes the place of its old entries,
 * and neither who starts on it nor who was away meanwhile knows less.
 */
#include <signal.h>
#include <stdlib.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_reply.h"
#include "life.h"
#include "program_run.h"
#include "redis_server.h"
#include "replicas.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define LIMIT "20000" /* bytes of entries */
#define CALLS 100     /* they have more */

/* What is younger than a minute stays: all of it is made an hour older. */
#define MAKE_OLD                                                               \
    "eval \"local all = redis.call('XRANGE', KEYS[1], '-', '+') "              \
    "redis.call('DEL', KEYS[1]) "                                              \
    "for place, element in ipairs(all) do "                                    \
    "local id = element[1] "                                                   \
    "if place > 1 then "                                                       \
    "local time, count = string.match(id, '(%d+)-(%d+)') "                     \
    "id = string.format('%.0f-%s', tonumber(time) - 3600000, count) end "      \
    "redis.call('XADD', KEYS[1], id, unpack(element[2])) end "                 \
    "return 'old'\" 1 mock"

static struct server *start(struct test *test, struct redis_server *redis)
{
    return server_start(
        test, NULL,
        ARGUMENTS("--state", redis_server_url(redis), "--state-limit", LIMIT));
}

/* A stream past the limit, of which nothing is young, and not cut off yet. */
static struct pair make_long(struct test *test, struct redis_server *redis)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--state", redis_server_url(redis)));
    struct pair bot = life_exchange(test, server, BOT_FORM);

    for (int i = 0; i < CALLS; i++)
        (void)life_call(test, server, "api.test", NULL, "");
    server_kill(server);
    assert_text(redis_server_ask(redis, MAKE_OLD), "old\n");
    return bot;
}

/* The snapshot was sent before the second call was added. */
static void cut_short(struct test *test, struct redis_server *redis,
                      const struct server *server)
{
    (void)life_call(test, server, "api.test", NULL, "");
    (void)life_call(test, server, "api.test", NULL, "");
    assert_text(redis_server_ask(redis, "hlen mock:snapshot"), "4\n");
    assert_true(strtol(redis_server_ask(redis, "xlen mock"), NULL, 10) < 10);
}

static void check_equal(struct test *test, const struct server *one,
                        const struct server *other)
{
    (void)control_do(test, one, "POST /_mock/clock", "{\"frozen\":true}");
    assert_text(replicas_get(test, one, "/_mock/state")->body,
                replicas_get(test, other, "/_mock/state")->body);
}

static void test_started_from_one(struct test *test)
{
    struct redis_server *redis = redis_server_start(test);
    struct pair bot = make_long(test, redis);
    struct server *one = start(test, redis);
    struct server *other;

    cut_short(test, redis, one);
    other = start(test, redis);
    life_token_is(test, other, bot.access, NULL);
    life_refused(life_call(test, other, "oauth.v2.exchange", NULL, BOT_FORM),
                 "token_already_exchanged");
    bot = life_refresh(test, other, bot.refresh);
    life_token_is(test, one, bot.access, NULL);
    check_equal(test, one, other);
}

/* What it had read last was cut off when it came back. */
static void test_away_meanwhile(struct test *test)
{
    struct redis_server *redis = redis_server_start(test);
    struct pair bot = make_long(test, redis);
    struct server *one = start(test, redis);
    struct server *other = start(test, redis);
    struct pair user;

    server_signal(other, SIGSTOP);
    (void)redis_server_ask(redis, "client kill type normal");
    user = life_exchange(test, one, USER_FORM);
    cut_short(test, redis, one);
    server_signal(other, SIGCONT);
    life_token_is(test, other, user.access, NULL);
    life_token_is(test, other, bot.access, NULL);
    check_equal(test, one, other);
}

static void test_fresh(struct test *test)
{
    struct redis_server *redis = redis_server_start(test);
    struct pair bot = make_long(test, redis);
    struct server *server = start(test, redis);

    cut_short(test, redis, server);
    server_kill(server);
    server = server_start(
        test, NULL, ARGUMENTS("--state", redis_server_url(redis), "--fresh"));
    life_token_is(test, server, bot.access, "invalid_auth");
    assert_text(redis_server_ask(redis, "exists mock:snapshot"), "0\n");
}

struct damage {
    const char *command;
    const char *why;
};

static const struct damage removed = {"del mock:snapshot",
                                      "it has neither a head nor a snapshot"};
static const struct damage no_head = {"hset mock:snapshot head x",
                                      "this is no log of slackmock"};
static const struct damage no_id = {"hset mock:snapshot id 12-",
                                    "its snapshot ends at no entry"};
static const struct damage no_count = {"hset mock:snapshot writers 'abcd x'",
                                       "the writers in its snapshot are "
                                       "damaged"};
static const struct damage long_writer = {
    "hset mock:snapshot writers '12345678901234567 1'",
    "the writers in its snapshot are damaged"};
static const struct damage no_worlds = {"hset mock:snapshot worlds ''",
                                        "the snapshot is cut short"};

static void test_damage(struct test *test)
{
    const struct damage *damage = test_row(test);
    struct redis_server *redis = redis_server_start(test);
    const struct program_run *run;
    struct server *server;

    (void)make_long(test, redis);
    server = start(test, redis);
    cut_short(test, redis, server);
    server_kill(server);
    (void)redis_server_ask(redis, damage->command);
    run = program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--state",
                                      redis_server_url(redis)));
    assert_contains(
        run->err,
        test_printf(test, "mock: %s; --fresh begins a new log", damage->why));
    assert_number(run->status, 1);
}

int run_state_redis_snapshot_tests(void)
{
    static const struct test_case cases[] = {
        {"redis: a server starts from a snapshot", test_started_from_one, NULL},
        {"redis: who was away goes on from a snapshot", test_away_meanwhile,
         NULL},
        {"redis: --fresh takes no snapshot over", test_fresh, NULL},
        {"redis: a stream that was cut off is no log without its snapshot",
         test_damage, &removed},
        {"redis: a snapshot with another head", test_damage, &no_head},
        {"redis: a snapshot that ends at no id", test_damage, &no_id},
        {"redis: a snapshot whose writers have no count", test_damage,
         &no_count},
        {"redis: a snapshot with a writer that is too long", test_damage,
         &long_writer},
        {"redis: a snapshot without worlds", test_damage, &no_worlds},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
