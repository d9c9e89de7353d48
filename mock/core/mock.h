/*
 * The entrance of the core: one mocked Slack, made from a scenario. Bytes and a
 * time go in, a reply comes out; what is behind it is the core's own business.
 * Every create is paired with a free.
 */
#ifndef SLACKMOCK_MOCK_H
#define SLACKMOCK_MOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "reply.h"
#include "request.h"

struct mock;
struct scenario;

/*
 * Takes over the scenario. `entropy` seeds what is random when the scenario has
 * no seed of its own; `host_time` is now, in milliseconds since 1970.
 */
struct mock *mock_create(struct scenario *scenario, uint64_t entropy,
                         int64_t host_time);

/* With it on, each reply's record says why every decision was taken. */
void mock_set_verbose(struct mock *mock, bool verbose);

/*
 * Answers one call. The reply is cleared first. Whatever the call changes has
 * changed when this returns: calls are atomic, in the order of the calls here.
 */
void mock_handle(struct mock *mock, const struct request *request,
                 struct reply *reply);

/*
 * A refusal that is slackmock's own and not Slack's, such as 404 for a path
 * outside the API: an HTTP status, an error name and a message for people, with
 * the same headers as every other reply.
 */
struct refusal {
    int status;
    const char *error;
    const char *message;
};

void mock_refuse(struct mock *mock, const struct request *request,
                 const struct refusal *refusal, struct reply *reply);

void mock_free(struct mock *mock);

#endif
