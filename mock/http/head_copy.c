/* Copies a request's head as its bytes come, in any number of pieces. */
#include "head_copy.h"

#include <event2/buffer.h>
#include <string.h>

#include "base/text.h"
#include "spare_memory.h"

static void add_bytes(struct buffer *bytes, struct evbuffer *input,
                      size_t unread)
{
    const size_t length = evbuffer_get_length(input);

    while (unread < length) {
        struct evbuffer_iovec piece;
        struct evbuffer_ptr place;

        (void)evbuffer_ptr_set(input, &place, unread, EVBUFFER_PTR_SET);
        (void)evbuffer_peek(input, -1, &place, &piece, 1);
        buffer_add(bytes, piece.iov_base, piece.iov_len);
        unread += piece.iov_len;
    }
}

void head_copy_add(struct head_copy *head, struct evbuffer *input,
                   size_t unread)
{
    if (head->length)
        return;
    add_bytes(&head->bytes, input, unread);
    head->length = request_head_length(head->bytes.data, head->bytes.length,
                                       head->checked);
    head->checked = head->bytes.length;
}

size_t head_copy_target_length(struct head_copy *head)
{
    return target_scan_length(&head->target, buffer_text(&head->bytes),
                              head->bytes.length);
}

struct field_name {
    const char *text;
    size_t length;
};

#define NAME(text)                                                             \
    {                                                                          \
        text, sizeof(text) - 1                                                 \
    }

static bool is_for_evhttp(const char *line, size_t length)
{
    static const struct field_name names[] = {
        NAME("Content-Length"), NAME("Connection"), NAME("Expect"),
        NAME("Proxy-Connection"), NAME("Transfer-Encoding")};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].length < length && line[names[i].length] == ':' &&
            text_equals_ignore_case(line, names[i].length, names[i].text))
            return true;
    return false;
}

/*
 * A target that begins with one slash is a path to evhttp, whatever follows: it
 * would copy that, cut it and decode it, for nobody.
 */
static void shorten_request_line(const char *line, size_t length,
                                 struct buffer *output)
{
    const char *target = (const char *)memchr(line, ' ', length) + 1;
    const size_t start = (size_t)(target - line);

    if (target[0] != '/' || target[1] == '/') {
        buffer_add(output, line, length);
        return;
    }
    buffer_add(output, line, start + 1);
    target = memchr(target, ' ', length - start);
    buffer_add(output, target, (size_t)(line + length - target));
}

void head_copy_shorten(const struct head_copy *head, struct buffer *output)
{
    const char *const end = head->bytes.data + head->length;
    const char *line = head->bytes.data;
    const char *next = (const char *)memchr(line, '\n', head->length) + 1;

    buffer_clear(output);
    shorten_request_line(line, (size_t)(next - line), output);
    for (line = next; line < end; line = next) {
        size_t length;

        next = (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
        length = (size_t)(next - line);
        if (next == end || is_for_evhttp(line, length))
            buffer_add(output, line, length);
    }
}

void head_copy_clear(struct head_copy *head)
{
    struct buffer bytes = head->bytes;

    spare_memory_clear(&bytes);
    *head = (struct head_copy){.bytes = bytes};
}

void head_copy_free(struct head_copy *head)
{
    buffer_free(&head->bytes);
    *head = (struct head_copy){.bytes = BUFFER_INIT};
}
