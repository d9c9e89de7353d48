/*
 * Memory that was needed once goes back to the system, of the program to
 * install: a sanitizer keeps what is freed.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_usage.h"
#include "test_case.h"
#include "test_groups.h"

#define REQUEST "GET /api/x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

/*
 * Without a log, with a scenario or NULL, and with a journal of one entry: when
 * 8 MiB of entries are freed the C library may keep them.
 */
static struct server *start_release(struct test *test, const char *scenario)
{
    const char *program = getenv("SLACKMOCK_RELEASE");

    if (!program) {
        print_message("SLACKMOCK_RELEASE names no program\n");
        skip();
    }
    return server_start_by_shell(
        test, test_printf(test, "shift; exec '%s' \"$@\"", program),
        ARGUMENTS("-q", "--journal", "1",
                  scenario ? test_file(test, "scenario.json", scenario)
                           : NULL));
}

#define IDLE       300
#define HEAD_BYTES 60000
#define MEBIBYTE   1024 /* KiB */

/* All of them are within a large head at one time, and idle afterwards. */
static void test_idle_connections(struct test *test)
{
    struct server *server = start_release(test, NULL);
    const char *head =
        test_printf(test, "GET /api/api.test HTTP/1.1\r\nHost: x\r\nX: %0*d",
                    HEAD_BYTES, 0);
    struct raw_socket *raws[IDLE];
    long before;

    for (int i = 0; i < IDLE; i++) {
        raws[i] = raw_connect(test, server);
        raw_send(raws[i], REQUEST);
        (void)raw_await_reply(raws[i]);
    }
    control_do(test, server, "GET /_mock/health", NULL);
    before = server_memory(server);
    for (int i = 0; i < IDLE; i++)
        raw_send(raws[i], head);
    for (int i = 0; i < IDLE; i++) {
        raw_send(raws[i], "\r\n\r\n");
        (void)raw_await_reply(raws[i]);
    }
    control_do(test, server, "DELETE /_mock/requests", NULL);
    control_do(test, server, "GET /_mock/health", NULL);
    assert_true(server_memory(server) - before < 12 * MEBIBYTE);
}

static void test_large_reply(struct test *test)
{
    static const char world[] =
        WORLD("\"tokens\":[{\"generate\":60000,\"type\":\"bot\","
              "\"app\":\"A0APP\",\"team\":\"T0TEAM\"}]");
    struct server *server = start_release(test, world);
    const struct http_reply *reply;
    long before;

    control_do(test, server, "GET /_mock/health", NULL);
    before = server_memory(server);
    reply = control_call(test, server, "GET /_mock/state?limit=1000000", NULL);
    assert_true(strlen(reply->body) > 7u << 20);
    control_do(test, server, "GET /_mock/health", NULL);
    assert_true(server_memory(server) - before < 4 * MEBIBYTE);
}

/* Much larger in memory than as text, and too large to be kept for the next. */
static const char *many_values(struct test *test)
{
    enum { VALUES = 40000 };
    char *text = test_printf(test, WORLD("\"stubs\":{\"a.b\":{\"c\":[0%0*d]}}"),
                             2 * VALUES, 0);

    for (char *place = strstr(text, "[0") + 2; *place != ']'; place += 2)
        *place = ',';
    return text;
}

static const char *sandbox_call(struct test *test, const char *verb, int number)
{
    return test_printf(test, "%s /_mock/sandboxes/%d", verb, number);
}

static void test_removed_sandboxes(struct test *test)
{
    enum { SANDBOXES = 30 };
    struct server *server = start_release(test, NULL);
    const char *body = many_values(test);
    long before;
    long full;

    control_do(test, server, "GET /_mock/health", NULL);
    before = server_memory(server);
    for (int i = 0; i < SANDBOXES; i++)
        control_do(test, server, sandbox_call(test, "PUT", i), body);
    full = server_memory(server);
    assert_true(full - before > 64 * MEBIBYTE);
    for (int i = 0; i < SANDBOXES; i++)
        control_do(test, server, sandbox_call(test, "DELETE", i), NULL);
    assert_true(server_memory(server) - before < 12 * MEBIBYTE);
}

/* The same when the server's own world becomes small. */
static void test_replaced_world(struct test *test)
{
    struct server *server = start_release(test, NULL);
    long before;

    control_do(test, server, "GET /_mock/health", NULL);
    before = server_memory(server);
    for (int i = 0; i < 4; i++)
        control_do(test, server, "PUT /_mock/scenario", many_values(test));
    control_do(test, server, "PUT /_mock/scenario", STILL_WORLD);
    assert_true(server_memory(server) - before < 12 * MEBIBYTE);
}

static const struct test_case cases[] = {
    {"spare memory: idle connections keep no large head", test_idle_connections,
     NULL},
    {"spare memory: a large reply leaves nothing behind", test_large_reply,
     NULL},
    {"spare memory: sandboxes that are removed leave nothing behind",
     test_removed_sandboxes, NULL},
    {"spare memory: a world that is replaced leaves nothing behind",
     test_replaced_world, NULL},
};

int run_spare_memory_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
