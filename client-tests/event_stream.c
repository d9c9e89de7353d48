/* Reads server-sent events line by line. */
#include "event_stream.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "raw_socket.h"
#include "test_case.h"

#define LINE_MAX_LENGTH 256

struct event_stream {
    struct test *test;
    struct raw_socket *raw;
    const char *id;
};

static int release(void *thing)
{
    free(thing);
    return 0;
}

struct event_stream *event_stream_open(struct test *test,
                                       struct raw_socket *raw,
                                       const char *target, const char *headers)
{
    struct event_stream *stream = calloc(1, sizeof *stream);
    const struct http_reply *head;

    if (!stream)
        abort();
    test_keep(test, stream, release);
    stream->test = test;
    stream->raw = raw;
    stream->id = "";
    raw_send(raw, test_printf(test,
                              "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                              "Accept: text/event-stream\r\n%s\r\n",
                              target, headers));
    head = raw_await_head(raw);
    assert_number(head->status, 200);
    assert_text(http_header(head, "Content-Type"), "text/event-stream");
    return stream;
}

/* Without its line feed. */
static const char *next_line(struct event_stream *stream)
{
    char line[LINE_MAX_LENGTH];
    size_t length = 0;
    char byte;

    while ((byte = raw_await_byte(stream->raw)) != '\n') {
        assert_true(length < sizeof line);
        line[length++] = byte;
    }
    return test_printf(stream->test, "%.*s", (int)length, line);
}

/* What is after the name of a field; NULL if the line is of another. */
static const char *field_of(const char *line, const char *name)
{
    size_t length = strlen(name);

    return strncmp(line, name, length) == 0 ? line + length : NULL;
}

struct stream_event event_stream_next(struct event_stream *stream)
{
    struct stream_event event = {"", "", ""};
    const char *line;
    const char *value;

    while (*(line = next_line(stream))) {
        if (*line == ':')
            event.name = ":";
        else if ((value = field_of(line, "event: ")))
            event.name = value;
        else if ((value = field_of(line, "data: ")))
            event.data = value;
        else if ((value = field_of(line, "id: ")))
            stream->id = value;
        else if (!field_of(line, "retry: "))
            fail_msg("\"%s\" is no line of an event", line);
    }
    event.id = stream->id;
    return event;
}

struct stream_event event_stream_await(struct event_stream *stream,
                                       const char *name)
{
    struct stream_event event;

    do
        event = event_stream_next(stream);
    while (strcmp(event.name, name) != 0);
    return event;
}
