/*
 * One mocked Slack, made from a scenario: what it answers, and what the control
 * API may look at and change in it. Every create is paired with a free.
 */
#ifndef SLACKMOCK_MOCK_H
#define SLACKMOCK_MOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "arguments/call_limits.h"
#include "message/refusal.h"
#include "message/reply.h"
#include "message/request.h"
#include "message/signer.h"

struct buffer;
struct clock;
struct event_queue;
struct code_entry;
struct journal;
struct json_writer;
struct mock;
struct outbox;
struct rule_list;
struct scenario;
struct token_table;

struct mock_options {
    bool verbose; /* each reply's record says why every decision was taken */
    size_t journal_entries; /* at most, and at least 1 */
    size_t sandboxes;       /* at most */
    struct call_limits call;
    signer *sign; /* of id_tokens; NULL: none are given */
    /* Beside the entropy, for tokens and codes alone; that of a scenario with a
     * seed counts only if the next is set. */
    uint64_t token_salt;
    bool salts_seeds;
};

/*
 * Takes over the scenario, and goes on with its state if it has one, which
 * mock_check_state() found in order. `entropy` seeds what is random when the
 * scenario has no seed of its own; `host_time` is now, in milliseconds since
 * 1970.
 */
struct mock *mock_create(struct scenario *scenario,
                         const struct mock_options *options, uint64_t entropy,
                         int64_t host_time);

/*
 * The same for a scenario with a state, which has the entropy too. NULL, and
 * `mistakes` has a line for each, if the state is damaged.
 */
struct mock *mock_restore(struct scenario *scenario,
                          const struct mock_options *options, int64_t host_time,
                          struct buffer *mistakes);

/* Whether mock_restore() would take it; the scenario keeps its state. */
bool mock_check_state(struct scenario *scenario,
                      const struct mock_options *options,
                      struct buffer *mistakes);

/*
 * Of events that were being sent when the world was saved nobody will tell any
 * more: they failed.
 */
void mock_give_up_deliveries(struct mock *mock, int64_t host_time);

/*
 * Starts over with a scenario, which it takes over: tokens, counts, clock, seed
 * and journal. Only the ids of the journal go on.
 */
void mock_load(struct mock *mock, struct scenario *scenario, int64_t host_time);

/* Starts over with the scenario that was loaded last. */
void mock_reset(struct mock *mock, int64_t host_time);

/*
 * Goes on with a scenario that was laid over mock_scenario(), and takes it
 * over. Only what that names is changed.
 */
void mock_change(struct mock *mock, struct scenario *scenario,
                 int64_t host_time);

/*
 * Where its events wait to be sent, which must outlive it; without one they
 * only stand in the queue.
 */
void mock_set_outbox(struct mock *mock, struct outbox *outbox);

/* Has its calls use the memory of another one, which must outlive it. */
void mock_share_memory(struct mock *mock, const struct mock *other);

/* The scenario as it runs now, and as it was loaded last. Both lent. */
struct scenario *mock_scenario(const struct mock *mock);
struct scenario *mock_loaded(const struct mock *mock);

/* What the control API shows. Lent until the mock changes. */
const struct clock *mock_clock(const struct mock *mock);
const struct token_table *mock_tokens(const struct mock *mock);
const struct rule_list *mock_rules(const struct mock *mock);
const struct journal *mock_journal(const struct mock *mock);
const struct event_queue *mock_events(const struct mock *mock);
const struct call_limits *mock_limits(const struct mock *mock);

void mock_set_clock(struct mock *mock, const struct clock *clock);
void mock_clear_rules(struct mock *mock);

/* Forgets all entries; their ids go on. */
void mock_clear_journal(struct mock *mock);

/*
 * Answers one call. The reply is cleared first. Whatever the call changes has
 * changed when this returns: calls are atomic, in the order of the calls here.
 */
void mock_handle(struct mock *mock, const struct request *request,
                 struct reply *reply);

/*
 * Takes the bytes of a file, whatever they are, and forgets them: the answer
 * tells how many came (as seen on the wire, `OK - 3`).
 */
void mock_take_upload(struct mock *mock, const struct request *request,
                      struct reply *reply);

/*
 * The same for a page, by its path after a sandbox's name. False, and nothing
 * is done, if there is no page there.
 */
bool mock_show_page(struct mock *mock, const struct request *request,
                    const char *path, struct reply *reply);

/*
 * Installs what a code would give, and writes the fields that oauth.v2.access
 * answers with. The code has its app and team.
 */
void mock_install(struct mock *mock, const struct code_entry *code,
                  const struct request *request, struct json_writer *fields);

/*
 * Answers with a refusal of slackmock's own, with the headers of every other
 * reply.
 */
void mock_refuse(struct mock *mock, const struct request *request,
                 const struct refusal *refusal, struct reply *reply);

/*
 * Journals a request that gets no answer, and why; only reply->record is
 * filled, for the log.
 */
void mock_note(struct mock *mock, const struct request *request,
               const char *problem, struct reply *reply);

void mock_free(struct mock *mock);

#endif
