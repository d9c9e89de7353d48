/*
 * The program as it runs: where it listens, what it says on stdout, what
 * signals do to it.
 */
#include <arpa/inet.h>
#include <cjson/cJSON.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "deadline.h"
#include "default_world.h"
#include "http_client.h"
#include "program_run.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"

static void test_port_in_use(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *address =
        test_printf(test, "127.0.0.1:%d", server_port(server));
    const struct program_run *run =
        program_run(test, ARGUMENTS("--listen", address));

    assert_number(run->status, 1);
    assert_text(run->out, "");
    assert_contains(run->err,
                    test_printf(test,
                                "cannot listen on %s: Address already in use; "
                                "--listen names another port, 0 a free one\n",
                                address));
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* Ends the server; all of its stdout must be the ready line. */
static void check_end(struct test *test, struct server *server, int number)
{
    const char *ready = test_printf(test, "slackmock ready on %s/api/\n",
                                    server_origin(server));

    assert_text(server_await_stdout(server), ready);
    (void)http_exchange(test, server, BOT_FORM);
    server_signal(server, number);
    server_end(server);
    assert_text(server_stdout(server), ready);
}

static void test_sigterm(struct test *test)
{
    check_end(test, server_start(test, NULL, NULL), SIGTERM);
}

static void test_sigint(struct test *test)
{
    check_end(test, server_start(test, NULL, NULL), SIGINT);
}

/* Neither an idle connection nor half a request keeps it alive. */
static void test_ends_with_open_connections(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *idle = raw_connect(test, server);
    struct raw_socket *half = raw_connect(test, server);

    raw_send(idle, "GET /api/x HTTP/1.1\r\nHost: x\r\n\r\n");
    (void)raw_await_reply(idle);
    raw_send(half, "GET /api/x HTTP/1.1\r\n");
    server_signal(server, SIGTERM);
    server_end(server);
}

#define AT_ONCE_MS 3000 /* less than the five seconds that a reply gets */

/* The reply would take longer than any patience. */
static void test_second_signal(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"reply\":{\"delay\":60000}}]"));
    struct raw_socket *waiting = raw_connect(test, server);
    struct raw_socket *idle = raw_connect(test, server);
    deadline start;

    raw_send_exchange(waiting);
    (void)server_await_log(test, server, 1);
    server_signal(server, SIGTERM);
    raw_await_close(idle);
    start = deadline_clock();
    server_signal(server, SIGTERM);
    server_end(server);
    assert_true(deadline_clock() - start < AT_ONCE_MS);
}

/* A free port of a loopback address, 0 if there is no such address. */
static int free_port(int family)
{
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    struct sockaddr_in four = {.sin_family = AF_INET};
    bool is_six = family == AF_INET6;
    struct sockaddr *address =
        is_six ? (struct sockaddr *)&six : (struct sockaddr *)&four;
    socklen_t length = is_six ? sizeof six : sizeof four;
    int listener = socket(family, SOCK_STREAM, 0);
    int result = -1;

    six.sin6_addr = in6addr_loopback;
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener >= 0) {
        result = bind(listener, address, length);
        if (result == 0)
            result = getsockname(listener, address, &length);
        (void)close(listener);
    }
    if (result != 0)
        return 0;
    return ntohs(is_six ? six.sin6_port : four.sin_port);
}

static void check_serves(struct test *test, const char *origin,
                         const char *form)
{
    const struct http_request request = {
        .target = EXCHANGE, .headers = {FORM}, .body = form};

    assert_json(http_send_to(test, origin, &request)->json, "ok", "true");
}

/* The port file and the ready line name the first of two addresses. */
static void test_two_addresses(struct test *test)
{
    const char *second = test_printf(test, "127.0.0.1:%d", free_port(AF_INET));
    struct server *server = server_start(
        test, NULL, ARGUMENTS("--listen", "127.0.0.1:0", "--listen", second));

    assert_text(server_await_stdout(server),
                test_printf(test, "slackmock ready on %s/api/\n",
                            server_origin(server)));
    check_serves(test, server_origin(server), BOT_FORM);
    check_serves(test, test_printf(test, "http://%s", second), USER_FORM);
}

/* Whichever of them a name stands for, the port file's port is right. */
static void test_shared_port(struct test *test)
{
    const char *const *addresses = test_row(test);
    struct server *server = server_start(
        test, NULL,
        ARGUMENTS("--listen", test_printf(test, "%s:0", addresses[0]),
                  "--listen", test_printf(test, "%s:0", addresses[1])));
    int port = server_port(server);

    check_serves(test, test_printf(test, "http://%s:%d", addresses[0], port),
                 BOT_FORM);
    check_serves(test, test_printf(test, "http://%s:%d", addresses[1], port),
                 USER_FORM);
}

static void test_shared_port_ipv6(struct test *test)
{
    if (free_port(AF_INET6) == 0) {
        print_message("this machine has no ::1\n");
        skip();
    }
    test_shared_port(test);
}

/* The wildcard has taken the other's port too: both are told. */
static void test_own_ports(struct test *test)
{
    static const char said[] = "listening on 127.0.0.1:";
    struct server *server = server_start(
        test, NULL,
        ARGUMENTS("--listen", "0.0.0.0:0", "--listen", "127.0.0.1:0"));
    const char *log = server_await_stderr(server, said);
    const char *port = strstr(log, said) + strlen(said);

    assert_contains(
        log, test_printf(test, "listening on 0.0.0.0:%d", server_port(server)));
    check_serves(test, server_origin(server), BOT_FORM);
    check_serves(test,
                 test_printf(test, "http://127.0.0.1:%.*s",
                             (int)strspn(port, "0123456789"), port),
                 USER_FORM);
}

/* Bound together, each to its own family. */
static void test_both_wildcards(struct test *test)
{
    struct server *server;
    int port;

    if (free_port(AF_INET6) == 0) {
        print_message("this machine has no ::1\n");
        skip();
    }
    server = server_start(
        test, NULL, ARGUMENTS("--listen", "[::]:0", "--listen", "0.0.0.0:0"));
    port = server_port(server);
    check_serves(test, test_printf(test, "http://[::1]:%d", port), BOT_FORM);
    check_serves(test, test_printf(test, "http://127.0.0.1:%d", port),
                 USER_FORM);
}

static const char *const both_loopbacks[] = {"127.0.0.1", "[::1]"};
static const char *const two_of_a_family[] = {"127.0.0.1", "127.0.0.2"};

static void test_ipv6(struct test *test)
{
    const char *origin;
    struct server *server;

    if (free_port(AF_INET6) == 0) {
        print_message("this machine has no ::1\n");
        skip();
    }
    server = server_start(test, NULL, ARGUMENTS("--listen", "[::1]:0"));
    origin = test_printf(test, "http://[::1]:%d", server_port(server));
    assert_text(server_await_stdout(server),
                test_printf(test, "slackmock ready on %s/api/\n", origin));
    check_serves(test, origin, BOT_FORM);
}

/* An IPv4 loopback address in IPv6 spelling is as good as its own. */
static void test_mapped_loopback(struct test *test)
{
    const struct http_request state = {.target = "/_mock/state"};
    struct server *server;
    const char *origin;

    if (free_port(AF_INET6) == 0) {
        print_message("this machine has no IPv6\n");
        skip();
    }
    server =
        server_start(test, NULL, ARGUMENTS("--listen", "[::ffff:127.0.0.1]:0"));
    origin = test_printf(test, "http://127.0.0.1:%d", server_port(server));
    assert_number(http_send_to(test, origin, &state)->status, 200);
}

/* ---- SIGHUP ---- */

#define SECRET_WORLD(secret)                                                   \
    WORLD("\"apps\":[{\"id\":\"A0APP\",\"client_secret\":\"" secret "\"}]")

/* The answer to a secret shows which world is in force. */
static const char *error_for(struct test *test, struct server *server,
                             const char *secret)
{
    const struct http_reply *reply = http_exchange(
        test, server,
        test_printf(test, "client_id=" CLIENT_ID "&client_secret=%s&token=%s",
                    secret, "xoxb-unknown"));
    const char *error = cJSON_GetStringValue(json_at(reply->json, "error"));

    return error ? error : "";
}

static void await_world(struct test *test, struct server *server,
                        const char *secret)
{
    deadline end = deadline_from_now();

    while (strcmp(error_for(test, server, secret), "invalid_token") != 0)
        if (!deadline_look_again(end))
            fail_msg("the world with the secret %s did not come", secret);
}

/* The file is loaded again, and all begins anew. */
static void test_reload(struct test *test)
{
    struct server *server = server_start_with(test, SECRET_WORLD("one"));

    assert_text(error_for(test, server, "one"), "invalid_token");
    assert_text(error_for(test, server, "two"), "bad_client_secret");
    (void)test_file(test, "scenario.json", SECRET_WORLD("two"));
    server_signal(server, SIGHUP);
    await_world(test, server, "two");
    assert_text(error_for(test, server, "one"), "bad_client_secret");
}

/* With a mistake in the file the world stays, and the log says why. */
static void test_bad_reload(struct test *test)
{
    struct server *server = server_start_with(test, SECRET_WORLD("one"));

    (void)test_file(test, "scenario.json", WORLD("\"sed\":1,\"clok\":\"now\""));
    server_signal(server, SIGHUP);
    (void)server_await_stderr(server, "$.sed: unknown key; did you mean");
    (void)server_await_stderr(server, "$.clok: unknown key; did you mean");
    assert_text(error_for(test, server, "one"), "invalid_token");
    (void)test_file(test, "scenario.json", SECRET_WORLD("three"));
    server_signal(server, SIGHUP);
    await_world(test, server, "three");
}

/* A reload makes spent tokens new, as a start does. */
static void test_reload_forgets(struct test *test)
{
    struct server *server = server_start_with(test, WORLD("\"seed\":1"));
    const struct http_reply *first = http_exchange(test, server, BOT_FORM);
    deadline end = deadline_from_now();
    const struct http_reply *again;

    assert_json(first->json, "ok", "true");
    server_signal(server, SIGHUP);
    do {
        if (!deadline_look_again(end))
            fail_msg("the token was not made new");
        again = http_exchange(test, server, BOT_FORM);
    } while (!cJSON_IsTrue(json_at(again->json, "ok")));
    assert_text(again->body, first->body);
}

static const struct test_case cases[] = {
    {"program: a port in use is exit status 1", test_port_in_use, NULL},
    {"program: stdout is the ready line, SIGTERM ends it", test_sigterm, NULL},
    {"program: stdout is the ready line, SIGINT ends it", test_sigint, NULL},
    {"program: it ends though connections are open",
     test_ends_with_open_connections, NULL},
    {"program: a second SIGTERM ends it at once", test_second_signal, NULL},
    {"program: two addresses", test_two_addresses, NULL},
    {"program: IPv4 and IPv6 share a free port", test_shared_port_ipv6,
     both_loopbacks},
    {"program: two addresses share a free port", test_shared_port,
     two_of_a_family},
    {"program: the wildcards of both families share a free port",
     test_both_wildcards, NULL},
    {"program: beside a wildcard an address has a port of its own",
     test_own_ports, NULL},
    {"program: an IPv6 address", test_ipv6, NULL},
    {"program: a mapped loopback address is one", test_mapped_loopback, NULL},
    {"program: SIGHUP loads the scenario again", test_reload, NULL},
    {"program: SIGHUP with mistakes leaves the world as it was",
     test_bad_reload, NULL},
    {"program: SIGHUP begins anew", test_reload_forgets, NULL},
};

int run_program_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
