/*
 * What is inside a mock. Other rooms use the functions of mock.h.
 */
#ifndef SLACKMOCK_MOCK_PARTS_H
#define SLACKMOCK_MOCK_PARTS_H

#include <stdbool.h>

#include "arguments/arguments.h"
#include "base/buffer.h"
#include "base/random.h"
#include "call/call.h"
#include "call/rate_limit.h"
#include "call/rule_list.h"
#include "journal/journal.h"
#include "mock/clock.h"
#include "mock/mock.h"
#include "scenario/scenario.h"
#include "tokens/token_table.h"

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
    struct rate_limits rate_limits;
    struct arguments arguments; /* of the current call */
    struct buffer basic; /* the decoded Basic header of the current call */
};

/* A call of this mock, its headers set. */
struct call mock_begin_call(struct mock *mock, const struct request *request,
                            struct reply *reply);

/* Once it is answered. */
void mock_journal_call(struct mock *mock, const struct call *call);

#endif
