/*
 * What is inside a mock. Other rooms use the functions of mock.h.
 */
#ifndef SLACKMOCK_MOCK_PARTS_H
#define SLACKMOCK_MOCK_PARTS_H

#include <stdbool.h>

#include "arguments/arguments.h"
#include "base/buffer.h"
#include "base/random.h"
#include "base/timestamp.h"
#include "call/call.h"
#include "call/issued_ids.h"
#include "call/rate_limit.h"
#include "call/rule_list.h"
#include "events/event_queue.h"
#include "journal/journal.h"
#include "mock/clock.h"
#include "mock/mock.h"
#include "mock/versions.h"
#include "scenario/scenario.h"
#include "tokens/token_table.h"

/* What a call takes while it lasts, kept for the next one. */
struct call_memory {
    struct arguments arguments;
    struct buffer basic; /* the decoded Basic header */
    struct http_date date;
};

struct mock {
    struct mock_options options;
    struct scenario *loaded;   /* what a reset goes back to */
    struct scenario *scenario; /* what runs: that, or a changed copy */
    struct random entropy;     /* for scenarios without a seed */
    struct journal journal;
    struct clock clock;
    struct random token_random;
    struct random request_id_random;
    struct random chance_random;
    struct token_table tokens;
    struct rule_list rules;
    struct event_queue events;
    struct outbox *outbox; /* NULL: nobody sends events */
    struct mock *next_in_outbox;
    bool is_in_outbox;
    int64_t born; /* the host's time when it was made */
    struct mock_changes changes;
    struct rate_limits rate_limits;
    struct issued_ids issued;
    struct call_memory *own_memory; /* NULL: that of another mock is shared */
    struct call_memory *memory;
};

/* Frees its own, after which it has that of another mock or ends. */
void mock_free_memory(struct mock *mock);

/* A call's beginning, with the headers of every reply, and its last step. */
struct call mock_begin_call(struct mock *mock, const struct request *request,
                            struct reply *reply);
void mock_journal_call(struct mock *mock, const struct call *call);

#endif
