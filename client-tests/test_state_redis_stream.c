/*
 * What else may stand in the stream, or become of Redis itself: none of it ends
 * a server, or makes two of them differ.
 */
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "http_reply.h"
#include "life.h"
#include "program_run.h"
#include "raw_socket.h"
#include "redis_server.h"
#include "replicas.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

static struct replicas start(struct test *test)
{
    return replicas_start(
        test, test_file(test, "s.json", WORLD("\"refresh_grace\":61")));
}

/* The head's entropy, which each entry names. */
static const char *generation(struct test *test, struct redis_server *redis)
{
    const char *head = redis_server_ask(redis, "xrange mock - + count 1");
    const char *entropy = strstr(head, "\"entropy\":\"");

    assert_non_null(entropy);
    return test_printf(test, "%.16s", entropy + strlen("\"entropy\":\""));
}

static const char *add(const struct replicas *replicas, const char *fields)
{
    const char *id = redis_server_ask(
        replicas->redis,
        test_printf(replicas->test, "xadd mock %s g %s", fields,
                    generation(replicas->test, replicas->redis)));

    return test_printf(replicas->test, "%.*s", (int)strcspn(id, "\n"), id);
}

static void assert_order(const char *text, const char *first,
                         const char *second)
{
    const char *place = strstr(text, first);

    assert_non_null(place);
    assert_non_null(strstr(place, second));
}

/* ---- what is no harm ---- */

#define CALLERS 8

#define LINE(sequence, target)                                                 \
    "{\"writer\":\"w\",\"sequence\":" sequence ",\"kind\":\"request\","        \
    "\"verb\":\"GET\",\"target\":\"" target "\",\"headers\":[]}"

#define CALL(target) "'*' e '" LINE("1", target) "'"

/* As when the connection was lost after XADD, and it was sent once more. */
static void test_double(struct test *test)
{
    struct replicas replicas = start(test);

    (void)add(&replicas, CALL("/api/api.test?once=1"));
    (void)add(&replicas, CALL("/api/api.test?once=1"));
    (void)add(&replicas, CALL("/api/api.test?other=1"));
    for (int i = 0; i < REPLICAS; i++)
        assert_json(
            control_do(test, replicas.servers[i], "GET /_mock/requests", NULL),
            "count", "1");
    replicas_check_equal(&replicas);
    server_kill(replicas.servers[0]);
    replicas.servers[0] = replicas_join(&replicas);
    replicas_check_equal(&replicas);
}

/* As one turn of a server, of which the last came before. */
static void test_several(struct test *test)
{
    struct replicas replicas = start(test);

    (void)add(&replicas, "'*' e '" LINE("1", "/api/api.test?a=1") "'");
    (void)add(
        &replicas,
        "'*' e '" LINE("1", "/api/api.test?a=1") "\n" LINE(
            "2", "/api/api.test?b=1") "\n" LINE("3", "/api/api.test?c=1") "'");
    for (int i = 0; i < REPLICAS; i++) {
        const char *journal =
            replicas_get(test, replicas.servers[i], "/_mock/requests")->body;

        assert_order(journal, "api.test?a=1", "api.test?b=1");
        assert_order(journal, "api.test?b=1", "api.test?c=1");
        assert_json(
            control_do(test, replicas.servers[i], "GET /_mock/requests", NULL),
            "count", "3");
    }
    server_kill(replicas.servers[0]);
    replicas.servers[0] = replicas_join(&replicas);
    replicas_check_equal(&replicas);
}

/* Has all of them ask while Redis stands still. Returns how long the log is. */
static long gather(const struct replicas *replicas, const char *request)
{
    struct test *test = replicas->test;
    struct raw_socket *callers[CALLERS];

    redis_server_signal(replicas->redis, SIGSTOP);
    for (int i = 0; i < CALLERS; i++) {
        callers[i] = raw_connect(test, replicas->servers[0]);
        raw_send(callers[i], request);
    }
    /* It is answered in a turn that has them all, or in a later one. */
    assert_number(
        replicas_get(test, replicas->servers[0], "/_mock/health")->status, 200);
    redis_server_signal(replicas->redis, SIGCONT);
    for (int i = 0; i < CALLERS; i++)
        assert_number(raw_await_reply(callers[i])->status, 200);
    return strtol(redis_server_ask(replicas->redis, "xlen mock"), NULL, 10);
}

/* The head, what was sent at first, and what came while that was under way. */
static void test_gathered(struct test *test)
{
    struct replicas replicas = start(test);

    assert_true(gather(&replicas, "GET /api/api.test HTTP/1.1\r\n"
                                  "Host: 127.0.0.1\r\n\r\n") <= 3);
    replicas_check_equal(&replicas);
}

/* 64 KiB hold two of them. */
static void test_large_ones(struct test *test)
{
    struct replicas replicas = start(test);
    char body[30001];

    memset(body, 'a', sizeof body - 1);
    body[sizeof body - 1] = '\0';
    assert_true(gather(&replicas, test_printf(test,
                                              "POST /api/api.test HTTP/1.1\r\n"
                                              "Host: 127.0.0.1\r\n"
                                              "Content-Length: %zu\r\n\r\n%s",
                                              sizeof body - 1, body)) >
                CALLERS / 2);
    replicas_check_equal(&replicas);
}

/* From a server that had not heard yet of a new beginning. */
static void test_stray(struct test *test)
{
    struct replicas replicas = start(test);
    struct pair bot = life_exchange(test, replicas.servers[0], BOT_FORM);

    (void)redis_server_ask(replicas.redis,
                           "xadd mock '*' m 'a 1' g 0123456789abcdef");
    for (int i = 0; i < REPLICAS; i++)
        life_token_is(test, replicas.servers[i], bot.access, NULL);
    server_kill(replicas.servers[0]);
    replicas.servers[0] = replicas_join(&replicas);
    life_token_is(test, replicas.servers[0], bot.access, NULL);
    replicas_check_equal(&replicas);
}

/* The others go by what was there before until they hear of it. */
static void test_fresh_beside_others(struct test *test)
{
    struct replicas replicas = start(test);
    struct pair bot = life_exchange(test, replicas.servers[0], BOT_FORM);
    struct pair next;

    server_kill(replicas.servers[2]);
    replicas.servers[2] =
        server_start(test, replicas.scenario,
                     ARGUMENTS("--state", redis_server_url(replicas.redis),
                               "--fresh", "-q", "--journal", "100000"));
    next = life_exchange(test, replicas.servers[2], BOT_FORM);
    for (int i = 0; i < REPLICAS; i++) {
        life_token_is(test, replicas.servers[i], next.access, NULL);
        life_token_is(test, replicas.servers[i], bot.access, "invalid_auth");
    }
    replicas_check_equal(&replicas);
}

/* ---- damage ---- */

struct damage {
    const char *fields;
    const char *why;
};

static const struct damage damages[] = {
    {"'*' e hello", "is damaged: wanted an object"},
    {"'*' e '{\"kind\":\"due\",\"x\":1}'", "is damaged: wanted a key of an"},
    {"'*' e '{\"kind\":\"due\",\"writer\":\"12345678901234567\"}'",
     "is damaged: wanted a shorter writer"},
    {"'*' e '" LINE("1", "/api/api.test") "\nhello'",
     "is damaged: wanted an object"},
    {"'*' e '" LINE("1", "/api/api.test") "\n'",
     "is damaged: wanted an object"},
    {"'*' m marker", "is damaged: wanted a writer and its count"},
    {"'*' x y", "is damaged: wanted a field e, m or s"},
    {"18446744073709551000-1 m 'a 1'",
     "is damaged: its time is too far in the future"},
};

/* Nobody knows what it would have done: nothing is applied after it. */
static void test_damage(struct test *test)
{
    const struct damage *damage = test_row(test);
    struct replicas replicas = start(test);
    const struct program_run *run;
    const char *id = add(&replicas, damage->fields);

    for (int i = 0; i < REPLICAS; i++) {
        replicas_await(test, replicas.servers[i], 503, "away");
        (void)server_await_stderr(replicas.servers[i], damage->why);
        assert_json_text(
            http_exchange(test, replicas.servers[i], BOT_FORM)->json, "error",
            "service_unavailable");
    }
    run = program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--state",
                                      redis_server_url(replicas.redis),
                                      "--journal", "100000"));
    assert_contains(run->err, damage->why);
    assert_contains(run->err, id);
    assert_number(run->status, 1);
}

/* It goes on by itself when that is taken out. */
static void test_damage_is_taken_out(struct test *test)
{
    struct replicas replicas = start(test);
    const char *id = add(&replicas, damages[0].fields);

    replicas_await(test, replicas.servers[0], 503, "away");
    (void)redis_server_ask(replicas.redis,
                           test_printf(test, "xdel mock %s", id));
    for (int i = 0; i < REPLICAS; i++)
        replicas_await(test, replicas.servers[i], 200, "ready");
    (void)life_exchange(test, replicas.servers[0], BOT_FORM);
    replicas_check_equal(&replicas);
}

static void test_another_type(struct test *test)
{
    struct replicas replicas = start(test);
    const struct program_run *run;

    (void)redis_server_ask(replicas.redis, "del mock");
    (void)redis_server_ask(replicas.redis, "set mock x");
    assert_json_text(http_exchange(test, replicas.servers[0], BOT_FORM)->json,
                     "error", "service_unavailable");
    (void)server_await_stderr(replicas.servers[0], "WRONGTYPE");
    run = program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--state",
                                      redis_server_url(replicas.redis)));
    assert_contains(run->err, "WRONGTYPE");
    assert_number(run->status, 1);
}

/* ---- Redis takes nothing ---- */

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

/* It answers all the same: that it is full is said once, not ten times a
 * second. */
static void test_full(struct test *test)
{
    struct replicas replicas = start(test);

    (void)redis_server_ask(replicas.redis, "config set maxmemory 1");
    assert_json_text(http_exchange(test, replicas.servers[0], BOT_FORM)->json,
                     "error", "service_unavailable");
    assert_json_text(http_exchange(test, replicas.servers[0], BOT_FORM)->json,
                     "error", "service_unavailable");
    assert_number(count_of(server_stderr(replicas.servers[0]), "OOM"), 1);
    (void)redis_server_ask(replicas.redis, "config set maxmemory 0");
    replicas_await(test, replicas.servers[0], 200, "ready");
    (void)life_exchange(test, replicas.servers[0], BOT_FORM);
    (void)server_await_stderr(replicas.servers[0], "it answers again");
    replicas_check_equal(&replicas);
}

int run_state_redis_stream_tests(void)
{
    static const struct test_case cases[] = {
        {"redis: an entry that comes twice counts once", test_double, NULL},
        {"redis: several entries in one element", test_several, NULL},
        {"redis: calls that come at once are one element", test_gathered, NULL},
        {"redis: large calls are several elements", test_large_ones, NULL},
        {"redis: an entry of another beginning is passed over", test_stray,
         NULL},
        {"redis: --fresh beside others", test_fresh_beside_others, NULL},
        {"redis damaged: no JSON", test_damage, &damages[0]},
        {"redis damaged: an unknown key", test_damage, &damages[1]},
        {"redis damaged: a writer too long", test_damage, &damages[2]},
        {"redis damaged: the second of two entries", test_damage, &damages[3]},
        {"redis damaged: nothing behind an entry", test_damage, &damages[4]},
        {"redis damaged: half a marker", test_damage, &damages[5]},
        {"redis damaged: unknown fields", test_damage, &damages[6]},
        {"redis damaged: a time too far away", test_damage, &damages[7]},
        {"redis damaged: it is taken out", test_damage_is_taken_out, NULL},
        {"redis: the key holds something else", test_another_type, NULL},
        {"redis: it is full", test_full, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
