/*
 * Answers to events that are no use to anybody: the server is not kept by them,
 * takes in a bounded part, and tells what came.
 */
#include <cjson/cJSON.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "check.h"
#include "control_client.h"
#include "deadline.h"
#include "event_receiver.h"
#include "event_world.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* The buffers of both ends of a connection, and what the server reads ahead. */
#define TAKEN_MOST (16L * 1024 * 1024)

struct answer {
    const char *head;
    const char *piece; /* sent without end; NULL: the head alone */
    const char *problem;
    const char *note; /* NULL: any */
};

/* Sends as much as is taken until the connection ends; how much that was. */
static long flood(const struct received *received, const char *piece)
{
    char block[65536];
    const size_t length = strlen(piece);
    deadline end = deadline_from_now();
    long sent = 0;

    for (size_t i = 0; i < sizeof block; i++)
        block[i] = piece[i % length];
    for (;;) {
        struct pollfd writable = {received->descriptor, POLLOUT, 0};
        ssize_t size;

        if (poll(&writable, 1, deadline_left(end)) != 1)
            fail_msg("the server keeps the connection");
        size = send(received->descriptor, block,
                    sizeof block - sizeof block % length,
                    MSG_NOSIGNAL | MSG_DONTWAIT);
        if (size < 0)
            return sent;
        sent += size;
    }
}

static const struct cJSON *await_end(struct test *test,
                                     const struct server *server,
                                     const struct answer *row)
{
    const struct cJSON *told =
        event_await_state(test, server, "tokens_revoked", "failed");

    assert_json_text(told, "deliveries.0.attempts.0.problem", row->problem);
    if (row->note)
        assert_json_text(told, "deliveries.0.attempts.0.note", row->note);
    return told;
}

static void test_answer(struct test *test)
{
    const struct answer *row = test_row(test);
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);
    const struct received *received;

    control_patch(test, server,
                  "{\"apps\":[{\"id\":\"A0APP\",\"events\":"
                  "{\"retries\":false}}]}");
    event_uninstall(test, server, "");
    receiver_verify(receiver);
    received = receiver_await_event(receiver, "tokens_revoked");
    (void)send(received->descriptor, row->head, strlen(row->head),
               MSG_NOSIGNAL);
    if (row->piece)
        assert_true(flood(received, row->piece) < TAKEN_MOST);
    (void)await_end(test, server, row);
}

/* What is no text is told all the same. */
static void test_bytes(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);
    const struct received *received;
    const struct cJSON *told;

    event_uninstall(test, server, "");
    receiver_verify(receiver);
    received = receiver_await_event(receiver, "tokens_revoked");
    receiver_answer(received, "200 OK", "", "\xff\x1b\"\\");
    told = event_await_state(test, server, "tokens_revoked", "delivered");
    assert_contains(
        cJSON_GetStringValue(json_at(told, "deliveries.0.attempts.0.answer")),
        "\x1b\"\\");
}

#define CHUNKED   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
#define TOO_LONG  "the answer is longer than 64 KiB"
#define NO_ANSWER "the answer is no HTTP"

#define ANSWER(title, head, piece, problem, note)                              \
    {                                                                          \
        "events: " title, test_answer, &(const struct answer)                  \
        {                                                                      \
            head, piece, problem, note                                         \
        }                                                                      \
    }

static const struct test_case cases[] = {
    ANSWER("an endless status line", "HTTP/1.1 200 ", "a", "http_error",
           NO_ANSWER),
    ANSWER("an endless header", "HTTP/1.1 200 OK\r\nX: ", "a", "http_error",
           NO_ANSWER),
    ANSWER("endless headers", "HTTP/1.1 200 OK\r\n", "X: y\r\n", "http_error",
           NO_ANSWER),
    ANSWER("an endless body", "HTTP/1.1 200 OK\r\n\r\n", "a", "unknown_error",
           TOO_LONG),
    ANSWER("an endless chunk", CHUNKED "ffffffff\r\n", "a", "unknown_error",
           TOO_LONG),
    ANSWER("endless chunks", CHUNKED, "1\r\na\r\n", "unknown_error", TOO_LONG),
    ANSWER("an endless size of a chunk", CHUNKED "1;", "a", "http_timeout",
           NULL),
    ANSWER("an endless trailer", CHUNKED "0\r\nX: ", "a", "unknown_error",
           TOO_LONG),
    ANSWER("interim answers without end", "", "HTTP/1.1 100 Continue\r\n\r\n",
           "http_timeout", NULL),
    ANSWER("what is no HTTP", "hello\r\n", NULL, "http_error", NO_ANSWER),
    ANSWER("a status that is none",
           "HTTP/1.1 20000000000 OK\r\nContent-Length: 0\r\n\r\n", NULL,
           "http_error", NO_ANSWER),
    {"events: an answer that is no text", test_bytes, NULL},
};

int run_event_answers_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
