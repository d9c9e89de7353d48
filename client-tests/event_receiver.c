/* Accepts, reads and answers, each with a deadline; see event_receiver.h. */
#include "event_receiver.h"

#include <arpa/inet.h>
#include <cjson/cJSON.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "deadline.h"
#include "test_case.h"

#define INPUT_MAX       65536
#define CONNECTIONS_MAX 64

struct event_receiver {
    struct test *test;
    int listener;
    int port;
    int connections[CONNECTIONS_MAX];
    size_t count;
};

static int release(void *thing)
{
    struct event_receiver *receiver = thing;

    for (size_t i = 0; i < receiver->count; i++)
        (void)close(receiver->connections[i]);
    if (receiver->listener >= 0)
        (void)close(receiver->listener);
    free(receiver);
    return 0;
}

struct event_receiver *receiver_open(struct test *test)
{
    struct event_receiver *receiver = calloc(1, sizeof *receiver);
    struct sockaddr_in address;
    socklen_t size = sizeof address;

    if (!receiver)
        abort();
    receiver->test = test;
    receiver->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    test_keep(test, receiver, release);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(receiver->listener, (const struct sockaddr *)&address, size) ||
        listen(receiver->listener, CONNECTIONS_MAX) ||
        getsockname(receiver->listener, (struct sockaddr *)&address, &size))
        fail_msg("cannot listen: %s", strerror(errno));
    receiver->port = ntohs(address.sin_port);
    return receiver;
}

int receiver_port(const struct event_receiver *receiver)
{
    return receiver->port;
}

static void await_input(int descriptor, deadline end, const char *what)
{
    struct pollfd readable = {descriptor, POLLIN, 0};

    if (poll(&readable, 1, deadline_left(end)) != 1)
        fail_msg("%s did not come", what);
}

static int take_connection(struct event_receiver *receiver)
{
    int descriptor;

    await_input(receiver->listener, deadline_from_now(), "a connection");
    descriptor = accept(receiver->listener, NULL, NULL);
    if (descriptor < 0 || receiver->count == CONNECTIONS_MAX)
        fail_msg("cannot accept: %s", strerror(errno));
    receiver->connections[receiver->count++] = descriptor;
    return descriptor;
}

/* Adds what comes to a text; the length that it has then. */
static size_t read_more(int descriptor, char *input, size_t length)
{
    ssize_t size;

    await_input(descriptor, deadline_from_now(), "the rest of a request");
    size = recv(descriptor, input + length, INPUT_MAX - 1 - length, 0);
    if (size <= 0)
        fail_msg("the request is not whole: %s", input);
    input[length + (size_t)size] = '\0';
    return length + (size_t)size;
}

static void take_head(struct http_reply *message, const char *line,
                      const char *end)
{
    while (line < end) {
        size_t length = (size_t)(strstr(line, "\r\n") - line) + 2;

        http_reply_add_line(message, line, length);
        line += length;
    }
}

static int release_memory(void *thing)
{
    free(thing);
    return 0;
}

static void *keep(struct test *test, size_t size)
{
    void *memory = calloc(1, size);

    if (!memory)
        abort();
    test_keep(test, memory, release_memory);
    return memory;
}

const struct received *receiver_await(struct event_receiver *receiver)
{
    struct received *received = keep(receiver->test, sizeof *received);
    char *input = keep(receiver->test, INPUT_MAX);
    struct http_reply *message = http_reply_create(receiver->test);
    const char *announced;
    const char *body;
    size_t length = 0;
    size_t wanted;

    received->descriptor = take_connection(receiver);
    while (!strstr(input, "\r\n\r\n"))
        length = read_more(received->descriptor, input, length);
    body = strstr(input, "\r\n\r\n") + 4;
    take_head(message, strstr(input, "\r\n") + 2, body - 2);
    announced = http_header(message, "Content-Length");
    wanted =
        (size_t)(body - input) + (announced ? strtoul(announced, NULL, 10) : 0);
    while (length < wanted)
        length = read_more(received->descriptor, input, length);
    http_reply_add_body(message, body, wanted - (size_t)(body - input));
    http_reply_finish(message);
    received->line =
        test_printf(receiver->test, "%.*s", (int)strcspn(input, "\r"), input);
    received->message = message;
    return received;
}

const struct received *receiver_await_event(struct event_receiver *receiver,
                                            const char *type)
{
    const struct received *received = receiver_await(receiver);

    assert_json_text(received->message->json, "event.type", type);
    return received;
}

void receiver_answer(const struct received *received, const char *status,
                     const char *headers, const char *body)
{
    char answer[4096];
    int length = snprintf(answer, sizeof answer,
                          "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s",
                          status, headers, strlen(body), body);

    if (length >= (int)sizeof answer ||
        send(received->descriptor, answer, (size_t)length, MSG_NOSIGNAL) !=
            length)
        fail_msg("cannot answer: %s", strerror(errno));
}

void receiver_verify(struct event_receiver *receiver)
{
    const struct received *received = receiver_await(receiver);

    assert_json_text(received->message->json, "type", "url_verification");
    receiver_answer(
        received, "200 OK", "Content-Type: text/plain\r\n",
        cJSON_GetStringValue(json_at(received->message->json, "challenge")));
}

void receiver_await_end(const struct received *received)
{
    char byte;

    await_input(received->descriptor, deadline_from_now(), "the end");
    if (recv(received->descriptor, &byte, 1, 0) > 0)
        fail_msg("more came behind the request");
}

bool receiver_is_alone(const struct event_receiver *receiver)
{
    struct pollfd readable = {receiver->listener, POLLIN, 0};

    return poll(&readable, 1, 0) == 0;
}
