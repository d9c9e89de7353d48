/*
 * Much at once over TLS, where the one side is slower than the other.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_log.h"
#include "server_usage.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define HOST   "Host: 127.0.0.1\r\n"
#define WHO_AM "GET /api/auth.test HTTP/1.1\r\n" HOST
#define BIG    500000

static struct server *start(struct test *test, const char *scenario,
                            const char *idle_timeout)
{
    tls_skip_without(test);
    return server_start(test, test_file(test, "front.json", scenario),
                        ARGUMENTS("--ca-dir", test_path(test, "ca"),
                                  "--idle-timeout", idle_timeout));
}

static struct raw_socket *dial(struct test *test, const struct server *server)
{
    const struct tls_way way = {.authority = test_path(test, "ca/ca.pem")};

    return raw_connect_tls(test, server, &way);
}

static const char *big_world(struct test *test)
{
    char *body = test_printf(test, "%0*d", BIG, 7);

    return test_printf(test,
                       WORLD("\"rules\":[{\"when\":{\"method\":\"auth.test\"},"
                             "\"reply\":{\"status\":200,\"body\":\"%s\"}}]"),
                       body);
}

static int count_calls(struct test *test, const struct server *server)
{
    const cJSON *journal = control_journal(test, server, "");

    return (int)cJSON_GetNumberValue(json_at(journal, "count"));
}

/* As many as are answered while nobody reads, once that number stays. */
static int await_a_stop(struct test *test, const struct server *server)
{
    enum { LOOKS = 200 }; /* the server moves on with each */
    int before = -1;

    for (int same = 0; same < LOOKS; same++) {
        int count = count_calls(test, server);

        if (count != before)
            same = 0;
        before = count;
    }
    return before;
}

/* What a client does not read is not answered either. */
static void test_slow_reader(struct test *test)
{
    enum { CALLS = 100 };
    struct server *server = start(test, big_world(test), "120");
    struct raw_socket *raw = dial(test, server);

    for (int i = 0; i < CALLS; i++)
        raw_send(raw, WHO_AM "\r\n");
    (void)server_await_log(test, server, 2);
    assert_true(await_a_stop(test, server) < CALLS);
    for (int i = 0; i < CALLS; i++)
        assert_number(raw_await_long_reply(raw), BIG);
}

/*
 * More than all buffers hold, while a reply is held back: not all of it is
 * taken before that reply is there.
 */
static void test_slow_server(struct test *test)
{
    enum { CALLS = 40 };
    struct server *server = start(
        test, WORLD("\"rules\":[{\"times\":1,\"reply\":{\"delay\":2000}}]"),
        "120");
    struct raw_socket *raw = dial(test, server);
    const char *form = test_printf(test, "x=%0*d", BIG, 7);

    raw_send_exchange(raw);
    for (int i = 0; i < CALLS; i++)
        raw_send(raw, test_printf(test,
                                  "POST /api/auth.test HTTP/1.1\r\n" HOST FORM
                                  "\r\nContent-Length: %zu\r\n\r\n%s",
                                  strlen(form), form));
    assert_true(raw_has_input(raw));
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    for (int i = 0; i < CALLS; i++)
        assert_json_text(raw_await_reply(raw)->json, "error", "not_authed");
}

/* Nor is it waited for without end. */
static void test_reader_that_sleeps(struct test *test)
{
    enum { CALLS = 100 };
    struct server *server = start(test, big_world(test), "0.3");
    int before = server_descriptors(server);
    struct raw_socket *raw = dial(test, server);

    for (int i = 0; i < CALLS; i++)
        raw_send(raw, WHO_AM "\r\n");
    (void)server_await_log(test, server, 2);
    server_await_descriptors(server, before);
}

static const struct test_case cases[] = {
    {"front: a client that reads late", test_slow_reader, NULL},
    {"front: a server that reads late", test_slow_server, NULL},
    {"front: a client that never reads", test_reader_that_sleeps, NULL},
};

int run_front_much_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
