/*
 * Lays replies out as bytes. Every request comes here, hence no printf.
 */
#include "wire.h"

#include <stddef.h>
#include <string.h>

#define COPIED_MOST ((size_t)64 * 1024)

struct phrase {
    int status;
    const char *text;
};

/* RFC 9110 15 and RFC 6585. */
static const struct phrase phrases[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
};

/* The reason phrase; "" for a status without one, as HTTP allows. */
static const char *phrase_of(int status)
{
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (phrases[i].status == status)
            return phrases[i].text;
    return "";
}

static void add_header(struct buffer *output, const struct reply_header *header)
{
    const size_t name_length = header->name_length;
    const size_t value_length = header->value_length;
    char *at = buffer_extend(output, name_length + value_length + 4);

    memcpy(at, header->name, name_length);
    memcpy(at + name_length, ": ", 2);
    memcpy(at + name_length + 2, header->value, value_length);
    memcpy(at + name_length + 2 + value_length, "\r\n", 2);
}

/* 204 and 304 have no body, whatever their head says. */
static bool has_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

static void add_connection(struct buffer *output, const char *value)
{
    const struct reply_header header = reply_header_of("Connection", value);

    add_header(output, &header);
}

static void add_head(struct buffer *output, const struct reply *reply,
                     const char *connection)
{
    buffer_add_text(output, "HTTP/1.1 ");
    buffer_add_integer(output, reply->status);
    buffer_add_byte(output, ' ');
    buffer_add_text(output, phrase_of(reply->status));
    buffer_add(output, "\r\n", 2);
    for (size_t i = 0; i < reply->header_count; i++)
        add_header(output, &reply->headers[i]);
    if (has_body(reply->status) && !reply->watcher) {
        buffer_add_text(output, "Content-Length: ");
        buffer_add_integer(output, (long long)reply->body.length);
        buffer_add(output, "\r\n", 2);
    }
    if (connection)
        add_connection(output, connection);
    buffer_add(output, "\r\n", 2);
}

/*
 * Takes over a large body in place of copying it: puts the head in front of it.
 */
static void take_body(struct buffer *output, struct buffer *body)
{
    struct buffer head = *output;
    size_t length = body->length;
    char *start;

    (void)buffer_extend(body, head.length);
    start = body->data;
    memmove(start + head.length, start, length);
    memcpy(start, head.data, head.length);
    *output = *body;
    *body = (struct buffer)BUFFER_INIT;
    buffer_free(&head);
}

void wire_set_reply(struct outgoing *output, struct reply *reply, bool to_head,
                    const char *connection)
{
    size_t length = reply->body.length;

    buffer_clear(&output->bytes);
    output->head_length = 0;
    output->watcher = to_head ? NULL : reply->watcher;
    output->delay = reply->delay;
    output->course = reply->fault ? reply->fault->course : COURSE_USUAL;
    if (!reply_status_sent(reply))
        return;
    add_head(&output->bytes, reply, connection);
    output->head_length = output->bytes.length;
    if (reply->fault && reply->fault->share == SHARE_HALF_OF_BODY)
        length /= 2;
    if (!has_body(reply->status) || to_head)
        return;
    if (length < COPIED_MOST) {
        buffer_add(&output->bytes, reply->body.data, length);
        return;
    }
    reply->body.length = length;
    take_body(&output->bytes, &reply->body);
}
