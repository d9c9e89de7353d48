/*
 * One event on its way to an app: what is sent, when it is due, how often it
 * was tried and what came back. Plain values: who sends it takes a struct
 * sending and gives a struct outcome back.
 *
 * Headers, retries and their reasons are those of Slack's Events API page,
 * "Error handling"; the signature is that of "Verifying requests from Slack".
 */
#ifndef SLACKMOCK_DELIVERY_H
#define SLACKMOCK_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/sha256.h"
#include "message/request.h"

#define DELIVERY_ATTEMPTS 4    /* three retries after the first */
#define ANSWER_MOST       1024 /* bytes of an answer that are kept */

enum delivery_state {
    DELIVERY_WAITING,
    DELIVERY_SENDING,
    DELIVERY_DELIVERED,
    DELIVERY_FAILED,
    DELIVERY_DROPPED /* by a rule, and never tried */
};

/* What X-Slack-Retry-Reason tells of the attempt before. */
enum delivery_problem {
    PROBLEM_NONE,
    PROBLEM_TIMEOUT,
    PROBLEM_REDIRECTS,
    PROBLEM_CONNECTION,
    PROBLEM_TLS,
    PROBLEM_HTTP,
    PROBLEM_UNKNOWN
};

/* What came of one attempt. Lent. */
struct delivery_outcome {
    uint64_t ticket;               /* that of its struct sending */
    enum delivery_problem problem; /* NONE: an answer with a status 2xx */
    int status;                    /* of the last answer; 0: none came */
    bool no_retry;                 /* it has X-Slack-No-Retry: 1 */
    bool is_refused;  /* nothing was sent, and a retry would not be either */
    const char *note; /* what went wrong, in words; NULL for nothing */
    const char *answer;
    size_t answer_length;
};

#define SENDING_HEADERS 8

/* A POST that is to be made. Lent until the next input. */
struct sending {
    uint64_t ticket;
    const char *url;
    struct request_header headers[SENDING_HEADERS];
    size_t header_count;
    const char *body;
    size_t body_length;
};

struct attempt {
    int64_t time;       /* the mock's */
    char timestamp[24]; /* the machine's, in seconds */
    char signature[sizeof "v0=" + 2 * SHA256_SIZE];
    const char *retry_reason; /* NULL: the first */
    bool is_over;             /* the next ones are set */
    enum delivery_problem problem;
    int status;
    char *note; /* NULL for none */
    struct buffer answer;
};

struct delivery {
    struct delivery *next;
    int64_t id;        /* counted in its mock */
    uint64_t ticket;   /* of the attempt under way */
    const char *event; /* its type, a constant */
    char *rule;        /* that had a say; NULL for none */
    char *app;         /* ids */
    char *team;
    char *url;
    char *signing_secret;
    bool retries;
    char *expects; /* that the answer must be; NULL: anything */
    struct buffer body;
    int64_t due; /* the mock's time */
    enum delivery_state state;
    struct attempt attempts[DELIVERY_ATTEMPTS];
    size_t attempt_count;
    char retry_number[4];
};

/* Begins an attempt, which is signed with the machine's time. */
void delivery_begin(struct delivery *delivery, int64_t now, int64_t host_time,
                    struct sending *sending);

/* Ends it: the delivery is over, or waits for its next attempt. */
void delivery_end(struct delivery *delivery,
                  const struct delivery_outcome *outcome, int64_t now);

bool delivery_is_pending(const struct delivery *delivery);

/* The names as Slack and the control API spell them; NULL for NONE. */
const char *delivery_problem_name(enum delivery_problem problem);
const char *delivery_state_name(enum delivery_state state);

/* The names of all, as a saved delivery has them; they end with NULL. */
extern const char *const delivery_problem_words[];
extern const char *const delivery_state_words[];

/* Writes `v0=` and the signature of a body at a time. */
void delivery_sign(const char *secret, const char *timestamp,
                   const struct buffer *body, char *signature, size_t size);

void delivery_free(struct delivery *delivery);

#endif
