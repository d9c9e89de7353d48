/*
 * A ring of entries. Each entry is one block of memory: the struct, its pairs,
 * what kind they are, then all texts; and one for the reply's body. The struct
 * is made first, with its texts lent, to measure the block.
 */
#include "journal/journal.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "arguments/arguments.h"
#include "base/xalloc.h"
#include "message/reply.h"
#include "message/request.h"

#define FIRST_CAPACITY 2   /* of a sandbox, which is for a test or two */
#define ENTRY_COST     248 /* what the structs have with pointers of 64 bits */
#define PAIR_COST      32

/* The texts of an entry that are neither of a header nor of an argument. */
static const size_t own_texts[] = {
    offsetof(struct journal_entry, verb),
    offsetof(struct journal_entry, target),
    offsetof(struct journal_entry, method),
    offsetof(struct journal_entry, error),
    offsetof(struct journal_entry, warnings),
    offsetof(struct journal_entry, rule),
    offsetof(struct journal_entry, reason),
    offsetof(struct journal_entry, hint),
    offsetof(struct journal_entry, token),
};

#define OWN_TEXTS (sizeof own_texts / sizeof *own_texts)

static struct journal_text *own_text(struct journal_entry *entry, size_t number)
{
    void *place = (char *)entry + own_texts[number];

    return place;
}

static size_t measure(struct journal_entry *entry,
                      const struct request *request,
                      const struct arguments *arguments)
{
    size_t size = 0;
    size_t number;

    for (number = 0; number < OWN_TEXTS; number++)
        if (own_text(entry, number)->bytes)
            size += own_text(entry, number)->length + 1;
    for (number = 0; number < entry->header_count; number++)
        size += strlen(request->headers[number].name) + 1 +
                strlen(request->headers[number].value) + 1;
    for (number = 0; number < entry->argument_count; number++)
        size += arguments->list[number].name_length + 1 +
                arguments->list[number].value_length + 1;
    return size;
}

/* Copies a text to `*at`, which moves on. */
static struct journal_text keep(char **at, const char *bytes, size_t length)
{
    const struct journal_text text = {*at, length};

    if (!bytes)
        return (struct journal_text){NULL, 0};
    memcpy(*at, bytes, length);
    (*at)[length] = '\0';
    *at += length + 1;
    return text;
}

static void keep_texts(char **at, struct journal_entry *entry,
                       const struct request *request,
                       const struct arguments *arguments)
{
    size_t number;

    for (number = 0; number < OWN_TEXTS; number++) {
        struct journal_text *text = own_text(entry, number);

        *text = keep(at, text->bytes, text->length);
    }
    for (number = 0; number < entry->header_count; number++) {
        const struct request_header *header = &request->headers[number];

        entry->headers[number] = (struct journal_pair){
            keep(at, header->name, strlen(header->name)),
            keep(at, header->value, strlen(header->value))};
    }
    for (number = 0; number < entry->argument_count; number++) {
        const struct argument *argument = &arguments->list[number];

        entry->arguments[number] = (struct journal_pair){
            keep(at, argument->name, argument->name_length),
            keep(at, argument->value, argument->value_length)};
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

static struct journal_text lend(const char *text)
{
    return (struct journal_text){text, text ? strlen(text) : 0};
}

static void lend_texts(struct journal_entry *entry,
                       const struct request *request, const struct reply *reply,
                       const struct arguments *arguments)
{
    const struct call_record *record = &reply->record;
    const char *method = request->method;

    entry->verb = lend(request->verb_name);
    entry->target = lend(request->target);
    entry->method = lend(method && *method ? method : NULL);
    entry->error = lend(record->error);
    entry->warnings = lend(record->warnings);
    entry->rule = lend(record->rule);
    entry->reason = lend(record->reason);
    entry->hint = lend(hint_of(entry, record, arguments));
    entry->token = lend(record->token);
}

static size_t count_pairs(const struct journal_entry *entry)
{
    return entry->header_count + entry->argument_count;
}

/*
 * Once the texts are lent: what an entry counts against the bound. It is the
 * same on every machine, since what is dropped shows, and servers that share a
 * log must drop the same.
 */
static void set_size(struct journal_entry *entry, const struct request *request,
                     const struct arguments *arguments)
{
    entry->size = ENTRY_COST + count_pairs(entry) * PAIR_COST +
                  entry->argument_count + measure(entry, request, arguments);
}

/* The same with the structs as they are here. */
static size_t block_size(const struct journal_entry *entry)
{
    return entry->size - ENTRY_COST - count_pairs(entry) * PAIR_COST +
           sizeof *entry + count_pairs(entry) * sizeof *entry->headers;
}

/* An entry of which all but the reply's body is lent, and the size is known. */
static struct journal_entry plan_entry(const struct journal *journal,
                                       const struct request *request,
                                       const struct reply *reply,
                                       const struct arguments *arguments)
{
    struct journal_entry entry = {
        .status = reply_status_sent(reply),
        .committed = reply->record.committed,
        .client_is_known = reply->record.client_is_known,
        .fault = reply->record.fault,
        .header_count = request->header_count,
        .argument_count = arguments->count < journal->arguments_most
                              ? arguments->count
                              : journal->arguments_most,
    };

    lend_texts(&entry, request, reply, arguments);
    set_size(&entry, request, arguments);
    if (entry.size > JOURNAL_BYTES_MOST / 2) {
        entry.argument_count = 0;
        lend_texts(&entry, request, reply, arguments);
        set_size(&entry, request, arguments);
    }
    return entry;
}

static struct journal_entry *make_entry(const struct journal *journal,
                                        const struct request *request,
                                        const struct reply *reply,
                                        const struct arguments *arguments)
{
    const struct journal_entry plan =
        plan_entry(journal, request, reply, arguments);
    struct journal_entry *entry = xmalloc(block_size(&plan));
    char *texts;

    *entry = plan;
    entry->headers = (struct journal_pair *)(entry + 1);
    entry->arguments = entry->headers + entry->header_count;
    entry->is_json = (bool *)(entry->arguments + entry->argument_count);
    texts = (char *)(entry->is_json + entry->argument_count);
    keep_texts(&texts, entry, request, arguments);
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
    for (place = 0; place < journal->count; place++) {
        const size_t from = journal->oldest + place;

        ring[place] =
            journal->ring[from < journal->capacity ? from
                                                   : from - journal->capacity];
    }
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
