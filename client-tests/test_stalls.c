/*
 * Clients that wait for a reply that never comes, or leave before it has: what
 * the server does meanwhile, and that it lets them go.
 */
#include <signal.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_log.h"
#include "server_usage.h"
#include "test_case.h"
#include "test_groups.h"

#define ONCE    WORLD("\"rules\":[{\"times\":1,\"reply\":{\"fault\":\"stall\"}}]")
#define UNKNOWN "GET /api/unknown HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

/* Connects and sends a valid request. */
static struct raw_socket *ask(struct test *test, const struct server *server)
{
    struct raw_socket *raw = raw_connect(test, server);

    raw_send_exchange(raw);
    return raw;
}

#define CLIENTS 8
#define EACH(name)                                                             \
    WORLD("\"rules\":[{\"stage\":\"after\",\"reply\":{\"fault\":\"" name       \
          "\"}}]")

/* Several clients ask, and leave: nothing of them stays with the server. */
static void check_nothing_stays(struct test *test, const char *scenario,
                                void (*leave)(struct raw_socket *raw))
{
    struct server *server = server_start_with(test, scenario);
    int before = server_descriptors(server);
    struct raw_socket *raw[CLIENTS];

    for (int i = 0; i < CLIENTS; i++)
        raw[i] = ask(test, server);
    (void)server_await_log(test, server, CLIENTS);
    assert_true(server_descriptors(server) >= before + CLIENTS - 1);
    for (int i = 0; i < CLIENTS; i++)
        leave(raw[i]);
    server_await_descriptors(server, before);
}

static void test_dribble_to_nobody(struct test *test)
{
    check_nothing_stays(test, EACH("dribble"), raw_reset);
}

static void test_stall_holds_nobody_else(struct test *test)
{
    struct server *server = server_start_with(test, ONCE);
    struct raw_socket *raw = ask(test, server);

    (void)server_await_log(test, server, 1);
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
    assert_false(raw_has_input(raw));
}

static void test_stall_ends_with_a_fin(struct test *test)
{
    check_nothing_stays(test, EACH("stall"), raw_end);
}

static void test_stall_ends_with_a_reset(struct test *test)
{
    check_nothing_stays(test, EACH("stall"), raw_reset);
}

/* What a client sends after a stalled request is not answered, nor kept. */
static void test_stall_swallows(struct test *test)
{
    struct server *server = server_start_with(test, ONCE);
    struct raw_socket *raw = ask(test, server);

    for (int i = 0; i < 1000; i++)
        raw_send(raw, UNKNOWN);
    raw_end(raw);
    raw_await_end(raw);
    (void)server_await_log(test, server, 1);
}

/*
 * Neither timeout closes a stalled connection: another one, idle for longer
 * than both, is closed in the meantime.
 */
static void test_stall_outlives_timeouts(struct test *test)
{
    const char *scenario = test_file(test, "s.json", ONCE);
    struct server *server = server_start(
        test, scenario,
        ARGUMENTS("--request-timeout", "0.1", "--idle-timeout", "0.1"));
    struct raw_socket *raw = ask(test, server);

    (void)server_await_log(test, server, 1);
    raw_await_close(raw_connect(test, server));
    raw_await_close(raw_connect(test, server));
    assert_false(raw_has_input(raw));
}

static void test_stall_does_not_hold_the_end(struct test *test)
{
    struct server *server = server_start_with(test, ONCE);
    struct raw_socket *raw = ask(test, server);

    (void)server_await_log(test, server, 1);
    server_signal(server, SIGTERM);
    raw_await_end(raw);
    server_end(server);
}

static const struct test_case cases[] = {
    {"faults: a dribble to a client that leaves ends", test_dribble_to_nobody,
     NULL},
    {"faults: a stall holds nobody else", test_stall_holds_nobody_else, NULL},
    {"faults: a stall ends when the client closes", test_stall_ends_with_a_fin,
     NULL},
    {"faults: a stall ends when the client resets",
     test_stall_ends_with_a_reset, NULL},
    {"faults: a stall swallows what comes behind", test_stall_swallows, NULL},
    {"faults: a stall outlives the timeouts", test_stall_outlives_timeouts,
     NULL},
    {"faults: a stall does not hold the server's end",
     test_stall_does_not_hold_the_end, NULL},
};

int run_stalls_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
