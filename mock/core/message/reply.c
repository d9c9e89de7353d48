/*
 * Fills and clears replies. Copies of header names and values stay until the
 * reply is cleared, even when they are replaced: a value lent by reply_header()
 * may be the one that is being set.
 */
#include "message/reply.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"

/* The header of that name, NULL if it is not set. */
static const struct reply_header *find_header(const struct reply *reply,
                                              const char *name)
{
    for (size_t i = 0; i < reply->header_count; i++) {
        const struct reply_header *header = &reply->headers[i];

        if (text_equals_ignore_case(header->name, header->name_length, name))
            return header;
    }
    return NULL;
}

static void remove_header(struct reply *reply, size_t place)
{
    reply->header_count--;
    memmove(&reply->headers[place], &reply->headers[place + 1],
            (reply->header_count - place) * sizeof reply->headers[0]);
}

/* The place of the header of that name, or the one after the last. */
static size_t place_of(const struct reply *reply, const char *name)
{
    const struct reply_header *header = find_header(reply, name);

    return header ? (size_t)(header - reply->headers) : reply->header_count;
}

const char *reply_copy(struct reply *reply, const char *text)
{
    return arena_strdup(&reply->text, text);
}

const char *reply_copy_bytes(struct reply *reply, const char *bytes,
                             size_t length)
{
    char *copy = arena_bytes(&reply->text, length + 1);

    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

void reply_set_header(struct reply *reply, const char *name, const char *value)
{
    if (value) {
        name = reply_copy(reply, name);
        value = reply_copy(reply, value);
    }
    reply_set_header_static(reply, name, value);
}

void reply_set_header_static(struct reply *reply, const char *name,
                             const char *value)
{
    size_t place = place_of(reply, name);

    if (!value) {
        if (place < reply->header_count)
            remove_header(reply, place);
        return;
    }
    if (place == reply->header_count)
        reply_add_header_static(reply, name, value);
    else
        reply->headers[place] = reply_header_of(name, value);
}

const char *reply_header(const struct reply *reply, const char *name)
{
    const struct reply_header *header = find_header(reply, name);

    return header ? header->value : NULL;
}

int reply_status_sent(const struct reply *reply)
{
    bool sends_nothing = reply->fault && reply->fault->share == SHARE_NOTHING;

    return sends_nothing ? 0 : reply->status;
}

static void clear_record(struct call_record *record)
{
    struct buffer decisions = record->decisions;

    buffer_clear(&decisions);
    *record = (struct call_record){.decisions = decisions};
}

void reply_clear(struct reply *reply)
{
    arena_clear(&reply->text);
    reply->header_count = 0;
    reply->status = 200;
    reply->close = false;
    reply->delay = 0;
    reply->fault = NULL;
    reply->watcher = NULL;
    buffer_clear(&reply->body);
    clear_record(&reply->record);
}

void reply_free(struct reply *reply)
{
    reply_clear(reply);
    arena_free(&reply->text);
    buffer_free(&reply->body);
    buffer_free(&reply->record.decisions);
}
