/*
 * A worker of the soak test: a thread with a sandbox of its own, a model of it,
 * and a sequence of random steps that follows from the seed and its number. It
 * stops at the first thing that is not as its model says, and all the others
 * with it.
 */
#ifndef CLIENT_TESTS_SOAK_WORKER_H
#define CLIENT_TESTS_SOAK_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "deadline.h"
#include "soak_client.h"
#include "token_model.h"

#define SOAK_JOURNAL_MOST 100 /* --journal of the server */
#define SOAK_PARKED_MOST  4
#define SOAK_TLS_EVERY    4  /* one step in so many is made in TLS */
#define SOAK_STEPS_MOST   32 /* kinds of steps */
#define SOAK_CHAINS       12 /* each with a legacy token */
#define SOAK_PAIRS_KEPT   6  /* of 16 dead ones that the server remembers */

struct cJSON;
struct soak_worker;

/* What all workers share. Only `stop` changes. */
struct soak_run {
    int port;
    pid_t server;
    const char *authority; /* the path of its certificate; NULL: no TLS */
    const char *scenario;  /* the path of the file that the server reloads */
    const char *log;       /* the path of its stderr */
    int worker_count;
    deadline end;
    atomic_bool stop;
};

/* One kind of step, and how often it is chosen among the others. */
struct soak_step {
    const char *name;
    void (*run)(struct soak_worker *worker);
    unsigned weight;
};

struct soak_worker {
    struct soak_run *run;
    int number;
    uint64_t random;
    /* Each of these is there twice: plain, and in TLS. */
    struct soak_client kept[2];   /* alive from call to call */
    struct soak_client ending[2]; /* for what ends its connection */
    struct soak_client *client;   /* that of `kept` for the step at hand */
    struct soak_client *other;    /* and that of `ending` */
    struct soak_connection parked[SOAK_PARKED_MOST]; /* begun and left so */
    /* The legacy tokens of its world come first, `PREFIX-1` and so on. */
    struct token_model model;
    char prefix[64];
    /* An exchange was sent, and nobody knows when or whether it arrives. */
    bool is_unsettled[SOAK_CHAINS];
    /* Requests that its journal must have got since the last reset. */
    long made;
    long unsettled; /* and those that it may have got besides */
    char base[64];  /* `/sandbox/NAME`, or "" for the main world */
    int generation;
    const char *step; /* the name of the one at hand */
    long steps;
    long requests;
    long requests_in_tls;         /* of these */
    long counts[SOAK_STEPS_MOST]; /* of each kind of step */
    char problem[2048];           /* "": none so far */
};

/* The reply of one of Slack's methods. */
struct soak_answer {
    int status;
    char error[64]; /* "": it succeeded */
    char access[MODEL_TEXT_SIZE];
    char refresh[MODEL_TEXT_SIZE];
};

void soak_worker_init(struct soak_worker *worker, struct soak_run *run,
                      int number, uint64_t seed);
void soak_worker_close(struct soak_worker *worker);

/* Makes one of these steps. */
void soak_worker_step(struct soak_worker *worker, const struct soak_step *steps,
                      size_t count);

/* True once the time is over, or somebody has failed. */
bool soak_is_over(const struct soak_worker *worker);

/* A number from 0 to `count` - 1. */
unsigned soak_random(struct soak_worker *worker, unsigned count);

/* A new world, whose legacy tokens have this prefix. */
void soak_world_begin(struct soak_worker *worker, const char *prefix);

/* The same again, as a reset leaves it. */
void soak_world_reset(struct soak_worker *worker);

struct model_token *soak_random_legacy(struct soak_worker *worker);

/* Whether that is so of a legacy token of the model. */
bool *soak_is_unsettled(struct soak_worker *worker,
                        const struct model_token *legacy);

/*
 * Records a problem, behind what led to it if something did, and lets everybody
 * stop. Returns false.
 */
bool soak_fail(struct soak_worker *worker, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Counts one, sent the way of the step. */
void soak_count_request(struct soak_worker *worker);

/* ---- calls: false after a failure, which is recorded ---- */

/*
 * A request written `VERB TARGET`, the target below the worker's base unless it
 * begins with `//`; more header lines each with their line end, or "". Sends it
 * on a connection.
 */
struct soak_request {
    const char *call;
    const char *headers;
    const char *body; /* NULL: none */
};
bool soak_send(struct soak_worker *worker, struct soak_client *client,
               const struct soak_request *request);

/* Awaits what comes on a connection, and fails unless that is what ends it. */
bool soak_await(struct soak_worker *worker, struct soak_client *client,
                enum soak_end wanted);

/* Sends on the kept connection, and awaits the reply. */
bool soak_call(struct soak_worker *worker, const struct soak_request *request);

/* The same for the control API; fails unless that status comes. */
bool soak_control(struct soak_worker *worker, const char *call,
                  const char *body, int status);

/* The JSON of the last reply, to be deleted; NULL, after failing, if none. */
struct cJSON *soak_json(struct soak_worker *worker);

/*
 * Posts a form to a method, with a Bearer token unless it is NULL. The model
 * counts it.
 */
bool soak_method(struct soak_worker *worker, const char *method,
                 const char *bearer, const char *form,
                 struct soak_answer *answer);

/* Reads the last reply on a connection into an answer. */
bool soak_read_answer(struct soak_worker *worker,
                      const struct soak_client *client,
                      struct soak_answer *answer);

/* Fails unless the answer is that error; NULL: success. */
bool soak_expect(struct soak_worker *worker, const struct soak_answer *answer,
                 const char *error);

#endif
