/* The bytes come in any number of pieces. */
#include "head_copy.h"

#include <event2/buffer.h>

#include "message/request_head.h"

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

void head_copy_clear(struct head_copy *head)
{
    buffer_clear(&head->bytes);
    head->length = 0;
    head->checked = 0;
}

void head_copy_free(struct head_copy *head)
{
    buffer_free(&head->bytes);
    *head = (struct head_copy){BUFFER_INIT, 0, 0};
}
