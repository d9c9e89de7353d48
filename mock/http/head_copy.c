/* Copies a request's head as its bytes come, in any number of pieces. */
#include "head_copy.h"

#include "spare_memory.h"
#include <event2/buffer.h>

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
