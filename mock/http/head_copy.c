/* Copies a request's head as its bytes come, in any number of pieces. */
#include "head_copy.h"

#include <event2/buffer.h>
#include <string.h>

#include "base/text.h"
#include "spare_memory.h"

static void add_bytes(struct buffer *bytes, struct evbuffer *input,
                      size_t unread)
{
    size_t added = evbuffer_get_length(input) - unread;
    struct evbuffer_ptr place;
    char piece[1024];

    if (!added)
        return;
    (void)evbuffer_ptr_set(input, &place, unread, EVBUFFER_PTR_SET);
    while (added > 0) {
        size_t size = added < sizeof piece ? added : sizeof piece;

        (void)evbuffer_copyout_from(input, &place, piece, size);
        (void)evbuffer_ptr_set(input, &place, size, EVBUFFER_PTR_ADD);
        buffer_add(bytes, piece, size);
        added -= size;
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

/* True for the empty line at the end too. */
static bool is_for_evhttp(const char *line, size_t length)
{
    static const char *const names[] = {"Content-Length", "Connection",
                                        "Expect", "Proxy-Connection",
                                        "Transfer-Encoding"};
    const char *colon = memchr(line, ':', length);

    if (!colon)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equals_ignore_case(line, (size_t)(colon - line), names[i]))
            return true;
    return false;
}

void head_copy_shorten(const struct head_copy *head, struct buffer *output)
{
    const char *line = head->bytes.data;
    const char *const end = line + head->length;

    buffer_clear(output);
    while (line < end) {
        const char *next = (char *)memchr(line, '\n', (size_t)(end - line)) + 1;
        const size_t length = (size_t)(next - line);

        if (line == head->bytes.data || is_for_evhttp(line, length))
            buffer_add(output, line, length);
        line = next;
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
