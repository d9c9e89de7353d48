/* Copies a request's head as its bytes come, in any number of pieces. */
#include "head_copy.h"

#include <event2/buffer.h>
#include <string.h>

#include "message/request_head.h"
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
    const char *bytes = buffer_text(&head->bytes);

    if (!head->target) {
        const char *blank = strchr(bytes + head->target_checked, ' ');

        if (!blank) {
            head->target_checked = head->bytes.length;
            return 0;
        }
        head->target = (size_t)(blank - bytes) + 1;
        head->target_checked = head->target;
    }
    /*
     * strcspn() stops at the end of the target, and at the NUL after what has
     * come.
     */
    head->target_checked += strcspn(bytes + head->target_checked, " \r\n");
    return head->target_checked - head->target;
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
