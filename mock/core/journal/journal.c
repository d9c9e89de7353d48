/*
 * A ring of entries. Each entry is one block of memory: the struct, its pairs,
 * what kind they are, then all texts; and one for the reply's body. The first
 * is laid out twice: to measure it, then to fill it.
 */
#include "journal/journal.h"

#include <stdlib.h>
#include <string.h>

#include "arguments/arguments.h"
#include "base/xalloc.h"
#include "message/reply.h"
#include "message/request.h"

#define FIRST_CAPACITY 16
#define ENTRY_COST     248 /* what the structs have with pointers of 64 bits */
#define PAIR_COST      32

/* Where the next text goes; `at` is NULL while it is only measured. */
struct layout {
    char *at;
    size_t size;
};

static struct journal_text put(struct layout *layout, const char *bytes,
                               size_t length)
{
    struct journal_text text = {NULL, length};

    if (!bytes)
        return (struct journal_text){NULL, 0};
    if (layout->at) {
        char *copy = layout->at + layout->size;

        memcpy(copy, bytes, length);
        copy[length] = '\0';
        text.bytes = copy;
    }
    layout->size += length + 1;
    return text;
}

static struct journal_text put_text(struct layout *layout, const char *text)
{
    return put(layout, text, text ? strlen(text) : 0);
}

static void put_headers(struct layout *layout, struct journal_entry *entry,
                        const struct request *request)
{
    size_t number;

    for (number = 0; number < entry->header_count; number++) {
        const struct request_header *header = &request->headers[number];
        struct journal_pair pair = {put_text(layout, header->name),
                                    put_text(layout, header->value)};

        if (entry->headers)
            entry->headers[number] = pair;
    }
}

static void put_arguments(struct layout *layout, struct journal_entry *entry,
                          const struct arguments *arguments)
{
    size_t number;

    for (number = 0; number < entry->argument_count; number++) {
        const struct argument *argument = &arguments->list[number];
        struct journal_pair pair = {
            put(layout, argument->name, argument->name_length),
            put(layout, argument->value, argument->value_length)};

        if (!entry->arguments)
            continue;
        entry->arguments[number] = pair;
        entry->is_json[number] = argument->is_structure || argument->is_file;
    }
}

/* True if the client gets a body, however short. */
static bool is_body_sent(const struct request *request,
                         const struct reply *reply)
{
    const int status = reply_status_sent(reply);

    return status && status != 204 && status != 304 &&
           request->verb != VERB_HEAD;
}

static size_t length_sent(const struct reply *reply)
{
    const size_t length = reply->body.length;

    return reply->fault && reply->fault->share == SHARE_HALF_OF_BODY
               ? length / 2
               : length;
}

/* How many bytes of the body are kept: no character is cut. */
static size_t length_kept(const struct reply *reply)
{
    size_t length = length_sent(reply);

    if (length <= JOURNAL_BODY_MOST)
        return length;
    length = JOURNAL_BODY_MOST;
    while (length > JOURNAL_BODY_MOST - 3 &&
           ((unsigned char)reply->body.data[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static void keep_body(struct journal_entry *entry,
                      const struct request *request, const struct reply *reply)
{
    if (!is_body_sent(request, reply))
        return;
    entry->body_length = length_sent(reply);
    entry->body_kept = length_kept(reply);
    entry->body = xmemdup0(buffer_text(&reply->body), entry->body_kept);
    entry->size += entry->body_kept + 1;
}

/* Says that arguments were left out, unless the call has a hint already. */
static const char *hint_of(const struct journal_entry *entry,
                           const struct call_record *record,
                           const struct arguments *arguments)
{
    if (record->hint || entry->argument_count == arguments->count)
        return record->hint;
    if (entry->argument_count)
        return "arguments beyond --max-arguments are left out";
    return "the arguments are too long for the journal and left out";
}

static void put_all(struct layout *layout, struct journal_entry *entry,
                    const struct request *request, const struct reply *reply,
                    const struct arguments *arguments)
{
    const struct call_record *record = &reply->record;
    const char *method = request->method;

    entry->verb = put_text(layout, request->verb_name);
    entry->target = put_text(layout, request->target);
    entry->method = put_text(layout, method && *method ? method : NULL);
    entry->error = put_text(layout, record->error);
    entry->warnings = put_text(layout, record->warnings);
    entry->rule = put_text(layout, record->rule);
    entry->reason = put_text(layout, record->reason);
    entry->hint = put_text(layout, hint_of(entry, record, arguments));
    entry->token = put_text(layout, record->token);
    put_headers(layout, entry, request);
    put_arguments(layout, entry, arguments);
}

static size_t size_of(const struct journal_entry *entry,
                      const struct layout *layout)
{
    return sizeof *entry +
           (entry->header_count + entry->argument_count) *
               sizeof *entry->headers +
           entry->argument_count * sizeof *entry->is_json + layout->size;
}

/*
 * What an entry counts against the bound: the same on every machine, since what
 * is dropped shows, and servers that share a log must drop the same.
 */
static size_t cost_of(const struct journal_entry *entry,
                      const struct layout *layout)
{
    return ENTRY_COST +
           (entry->header_count + entry->argument_count) * PAIR_COST +
           entry->argument_count + layout->size;
}

static struct journal_entry *make_entry(const struct journal *journal,
                                        const struct request *request,
                                        const struct reply *reply,
                                        const struct arguments *arguments)
{
    struct journal_entry measured = {
        .status = reply_status_sent(reply),
        .committed = reply->record.committed,
        .client_is_known = reply->record.client_is_known,
        .fault = reply->record.fault,
        .header_count = request->header_count,
        .argument_count = arguments->count < journal->arguments_most
                              ? arguments->count
                              : journal->arguments_most,
    };
    struct layout layout = {NULL, 0};
    struct journal_entry *entry;
    size_t pairs;

    put_all(&layout, &measured, request, reply, arguments);
    if (cost_of(&measured, &layout) > JOURNAL_BYTES_MOST / 2) {
        measured.argument_count = 0;
        layout.size = 0;
        put_all(&layout, &measured, request, reply, arguments);
    }
    pairs = measured.header_count + measured.argument_count;
    measured.size = cost_of(&measured, &layout);
    entry = xmalloc(size_of(&measured, &layout));
    *entry = measured;
    entry->headers = (struct journal_pair *)(entry + 1);
    entry->arguments = entry->headers + entry->header_count;
    entry->is_json = (bool *)(entry->headers + pairs);
    layout =
        (struct layout){(char *)(entry->is_json + entry->argument_count), 0};
    put_all(&layout, entry, request, reply, arguments);
    keep_body(entry, request, reply);
    return entry;
}

static void drop_oldest(struct journal *journal)
{
    struct journal_entry *entry = journal->ring[journal->oldest];

    journal->bytes -= entry->size;
    journal->oldest = (journal->oldest + 1) % journal->capacity;
    journal->count--;
    free(entry->body);
    free(entry);
}

/* The ring is full but may still grow: straightens it out on the way. */
static void grow(struct journal *journal)
{
    size_t capacity =
        journal->capacity ? journal->capacity * 2 : FIRST_CAPACITY;
    struct journal_entry **ring;
    size_t place;

    if (capacity > journal->most)
        capacity = journal->most;
    ring = xcalloc(capacity, sizeof *ring);
    for (place = 0; place < journal->count; place++)
        ring[place] =
            journal->ring[(journal->oldest + place) % journal->capacity];
    free(journal->ring);
    journal->ring = ring;
    journal->capacity = capacity;
    journal->oldest = 0;
}

void journal_add(struct journal *journal, const struct request *request,
                 const struct reply *reply, const struct arguments *arguments,
                 int64_t time)
{
    struct journal_entry *entry =
        make_entry(journal, request, reply, arguments);

    entry->id = ++journal->last_id;
    entry->time = time;
    while (journal->count &&
           (journal->count == journal->most ||
            journal->bytes + entry->size > JOURNAL_BYTES_MOST)) {
        drop_oldest(journal);
        journal->dropped++;
    }
    if (journal->count == journal->capacity)
        grow(journal);
    journal->ring[(journal->oldest + journal->count) % journal->capacity] =
        entry;
    journal->count++;
    journal->bytes += entry->size;
}

const struct journal_entry *journal_at(const struct journal *journal,
                                       size_t place)
{
    return journal->ring[(journal->oldest + place) % journal->capacity];
}

bool journal_entry_is_mistake(const struct journal_entry *entry)
{
    return !entry->rule.bytes && (entry->error.bytes || entry->fault ||
                                  !entry->status || entry->status >= 400);
}

void journal_clear(struct journal *journal)
{
    while (journal->count)
        drop_oldest(journal);
    free(journal->ring);
    journal->ring = NULL;
    journal->capacity = 0;
    journal->oldest = 0;
    journal->emptied++;
}
