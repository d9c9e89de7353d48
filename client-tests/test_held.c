/*
 * Thousands of replies held back at once: nobody else waits for them, and what
 * they cost comes back. Plain descriptors, since a raw_socket is too large.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "deadline.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "server_usage.h"
#include "test_case.h"
#include "test_groups.h"

#define HELD_MOST   5000 /* of either kind */
#define SPARE       200  /* descriptors for everything else */
#define A_PAUSE     100  /* clients, after which the server catches up */
#define ROUNDS      4
#define REQUEST     8192 /* bytes in each; they need not be kept */
#define COST_MOST   8000 /* bytes a connection, with all that libevent has */
#define LOST_MOST   2000 /* likewise, after all rounds: see test_crowd() */
#define KIND(name)  "{\"when\":{\"header\":{\"X-Kind\":\"" name "\"}},"
#define HELD_REPLY  "{\"delay\":86400000}"
#define STALL_REPLY "{\"fault\":\"stall\"}"
#define LATE_REPLY  "{\"delay\":{\"min\":1,\"max\":500}}"

static const char scenario[] =
    WORLD("\"rules\":[" KIND("held") "\"reply\":" HELD_REPLY "}," KIND(
        "stall") "\"stage\":\"after\",\"reply\":" STALL_REPLY
                 "}," KIND("late") "\"reply\":" LATE_REPLY "}]");

struct crowd {
    struct test *test;
    struct server *server;
    int sockets[2 * HELD_MOST];
    size_t count;
};

static int release(void *thing)
{
    struct crowd *crowd = thing;

    for (size_t i = 0; i < crowd->count; i++)
        (void)close(crowd->sockets[i]);
    free(crowd);
    return 0;
}

/* How many of either kind the limits of this machine allow. */
static size_t find_size(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < 2 * SPARE)
        return 0;
    if (limit.rlim_cur >= 2 * HELD_MOST + SPARE)
        return HELD_MOST;
    return (size_t)(limit.rlim_cur - SPARE) / 2;
}

static int connect_to(const struct server *server)
{
    struct sockaddr_in address;
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)server_port(server));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(descriptor, (const struct sockaddr *)&address,
                sizeof address) != 0)
        fail_msg("cannot connect");
    return descriptor;
}

/* One client more, whose reply is never to come. */
static void join(struct crowd *crowd, const char *request)
{
    int descriptor = connect_to(crowd->server);

    crowd->sockets[crowd->count++] = descriptor;
    if (send(descriptor, request, strlen(request), MSG_NOSIGNAL) !=
        (ssize_t)strlen(request))
        fail_msg("cannot send");
}

static const char *request_of(struct test *test, const char *kind)
{
    char padding[REQUEST];

    memset(padding, 'a', sizeof padding);
    return test_printf(test,
                       "POST " EXCHANGE " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                       "X-Kind: %s\r\n" FORM
                       "\r\nContent-Length: %zu\r\n\r\n%s&x=%.*s",
                       kind, strlen(BOT_FORM "&x=") + sizeof padding, BOT_FORM,
                       (int)sizeof padding, padding);
}

/* Somebody else's call: the server has then seen all that came before. */
static void check_serves(const struct crowd *crowd)
{
    const struct http_request request = {.target = EXCHANGE,
                                         .headers = {FORM, "Connection: close"},
                                         .body = USER_FORM};
    const struct http_reply *reply =
        http_send(crowd->test, crowd->server, &request);

    assert_number(reply->status, 200);
}

static void gather(struct crowd *crowd, size_t size)
{
    const char *held = request_of(crowd->test, "held");
    const char *stall = request_of(crowd->test, "stall");

    for (size_t i = 0; i < size; i++) {
        join(crowd, held);
        join(crowd, stall);
        if (i % A_PAUSE == 0)
            check_serves(crowd);
    }
    check_serves(crowd);
}

/* True if anything came, or an end. */
static bool has_input(int descriptor)
{
    char byte;

    return recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

/* Every other client closes, the rest reset their connections. */
static void disperse(struct crowd *crowd)
{
    const struct linger at_once = {1, 0};

    while (crowd->count > 0) {
        int descriptor = crowd->sockets[--crowd->count];

        assert_false(has_input(descriptor));
        if (crowd->count % 4 != 1 &&
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once,
                       sizeof at_once) != 0)
            fail_msg("cannot reset");
        (void)close(descriptor);
    }
}

/* Freed memory is used again: ASan is asked to set none aside. */
static struct server *start_server(struct test *test)
{
    const char *options = getenv("ASAN_OPTIONS");
    const char *before = test_printf(test, "%s", options ? options : "");
    const char *path = test_file(test, "scenario.json", scenario);
    struct server *server;

    if (setenv("ASAN_OPTIONS",
               test_printf(test,
                           "%s:quarantine_size_mb=0:"
                           "thread_local_quarantine_size_kb=0",
                           before),
               1) != 0)
        fail_msg("cannot set ASAN_OPTIONS");
    server = server_start(
        test, path,
        ARGUMENTS("-q", "--max-connections", "20000", "--journal", "100"));
    if (setenv("ASAN_OPTIONS", before, 1) != 0)
        fail_msg("cannot set ASAN_OPTIONS");
    return server;
}

/* What the server's memory may have grown by. */
static void check_growth(const struct crowd *crowd, long from, long to,
                         size_t most_each)
{
    size_t size = sizeof crowd->sockets / sizeof crowd->sockets[0];

    if (to - from > (long)(size * most_each / 1024))
        fail_msg("memory grew from %ld to %ld KiB", from, to);
}

static void check_round(struct crowd *crowd, size_t size)
{
    int descriptors = server_descriptors(crowd->server);

    gather(crowd, size);
    assert_true(server_descriptors(crowd->server) >= (int)(2 * size));
    disperse(crowd);
    server_await_descriptors(crowd->server, descriptors);
}

/* A crowd of none, and a server for it that has served once. */
static struct crowd *gather_none(struct test *test)
{
    struct crowd *crowd = calloc(1, sizeof *crowd);

    if (!crowd)
        abort();
    test_keep(test, crowd, release);
    crowd->test = test;
    crowd->server = start_server(test);
    check_serves(crowd);
    return crowd;
}

/*
 * The first round shows what it costs; the rest find that memory free again.
 * An allocator scatters some; one small leak each, in each round, is more.
 */
static void test_crowd(struct test *test)
{
    size_t size = find_size();
    struct crowd *crowd = gather_none(test);
    long before;
    long after;

    if (size == 0)
        skip();
    before = server_memory(crowd->server);
    check_round(crowd, size);
    after = server_memory(crowd->server);
    check_growth(crowd, before, after, COST_MOST);
    for (int round = 1; round < ROUNDS; round++)
        check_round(crowd, size);
    check_growth(crowd, after, server_memory(crowd->server), LOST_MOST);
}

/* Each of them gets its reply when that is due. */
static void test_all_come(struct test *test)
{
    size_t size = find_size();
    struct crowd *crowd = gather_none(test);
    const char *late = request_of(test, "late");
    deadline end;

    for (size_t i = 0; i < size; i++)
        join(crowd, late);
    end = deadline_from_now();
    for (size_t i = 0; i < size; i++) {
        struct pollfd readable = {crowd->sockets[i], POLLIN, 0};
        char bytes[9];

        if (poll(&readable, 1, deadline_left(end)) != 1 ||
            recv(crowd->sockets[i], bytes, sizeof bytes, 0) != sizeof bytes)
            fail_msg("reply %zu of %zu did not come", i, size);
        assert_memory_equal(bytes, "HTTP/1.1 ", sizeof bytes);
    }
}

static const struct test_case cases[] = {
    {"held: 5,000 delayed and 5,000 stalled replies at once", test_crowd, NULL},
    {"held: 5,000 delayed replies all come", test_all_come, NULL},
};

int run_held_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
