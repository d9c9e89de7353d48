/*
 * A rule is laid over the worker's sandbox, a call meets it, and what comes of
 * both must be what the rule says: on the wire, and in the token's life.
 */
#include <stdio.h>
#include <string.h>

#include "default_world.h"
#include "http_client.h"
#include "soak_steps.h"

/* Keeps the rule for its victim: a call that was cut off may still arrive. */
#define MARK "X-Soak-Victim"

enum sight {
    SEE_ANSWER,  /* the method's own, which the rule only dresses */
    SEE_ERROR,   /* the rule's error instead */
    SEE_GARBAGE, /* a reply that is no JSON */
    SEE_BROKEN,
    SEE_CLOSE,
    SEE_RESET,
    SEE_NOTHING /* until the client ends its half */
};

struct fault {
    const char *reply; /* the rule's */
    enum sight sight;
    int status;
    const char *error;
};

/* Delays and dribbles are short: the load is to stay high. */
static const struct fault faults[] = {
    {"\"delay\":5", SEE_ANSWER, 200, NULL},
    {"\"delay\":{\"min\":1,\"max\":20}", SEE_ANSWER, 200, NULL},
    {"\"delay\":{\"median\":4,\"sigma\":0.4}", SEE_ANSWER, 200, NULL},
    {"\"headers\":{\"X-Soak\":\"1\"},\"status\":203", SEE_ANSWER, 203, NULL},
    {"\"error\":\"internal_error\"", SEE_ERROR, 200, "internal_error"},
    {"\"error\":\"ratelimited\",\"retry_after\":3", SEE_ERROR, 429,
     "ratelimited"},
    {"\"error\":\"service_unavailable\",\"status\":503,\"delay\":3", SEE_ERROR,
     503, "service_unavailable"},
    {"\"error\":\"fatal_error\",\"fault\":\"dribble\"", SEE_ERROR, 200,
     "fatal_error"},
    {"\"fault\":\"garbage\"", SEE_GARBAGE, 200, NULL},
    {"\"body\":\"<html>\",\"status\":502", SEE_GARBAGE, 502, NULL},
    {"\"fault\":\"truncate\"", SEE_BROKEN, 200, NULL},
    {"\"fault\":\"truncate\",\"delay\":4", SEE_BROKEN, 200, NULL},
    {"\"fault\":\"close\"", SEE_CLOSE, 0, NULL},
    {"\"fault\":\"reset\"", SEE_RESET, 0, NULL},
    {"\"fault\":\"reset\",\"delay\":4", SEE_RESET, 0, NULL},
    {"\"fault\":\"stall\"", SEE_NOTHING, 0, NULL},
};

/* A call that meets a fault, and what must come of it without one. */
struct victim {
    const char *method;
    char form[512];
    const char *wanted;
};

static bool check_error(struct soak_worker *worker, const struct fault *fault,
                        const char *wanted, struct soak_answer *answer)
{
    if (!soak_read_answer(worker, worker->other, answer))
        return false;
    if (answer->status != fault->status)
        return soak_fail(worker, "status %d after %s, wanted %d",
                         answer->status, fault->reply, fault->status);
    return soak_expect(worker, answer, wanted);
}

static bool see_reply(struct soak_worker *worker, const struct fault *fault,
                      const char *wanted, struct soak_answer *answer)
{
    if (!soak_await(worker, worker->other, SOAK_REPLY))
        return false;
    if (fault->sight == SEE_ANSWER)
        return check_error(worker, fault, wanted, answer);
    if (fault->sight == SEE_ERROR)
        return check_error(worker, fault, fault->error, answer);
    if (worker->other->status == fault->status && worker->other->body[0] != '{')
        return true;
    return soak_fail(worker, "%s gave status %d, %.200s", fault->reply,
                     worker->other->status, worker->other->body);
}

/* In `answer` the pair of a success, if the client learns it. */
static bool see(struct soak_worker *worker, const struct fault *fault,
                const char *wanted, struct soak_answer *answer)
{
    switch (fault->sight) {
    case SEE_BROKEN:
        return soak_await(worker, worker->other, SOAK_BROKEN);
    case SEE_RESET:
        return soak_await(worker, worker->other, SOAK_RESET);
    case SEE_NOTHING:
        soak_client_finish(worker->other);
        return soak_await(worker, worker->other, SOAK_CLOSED);
    case SEE_CLOSE:
        return soak_await(worker, worker->other, SOAK_CLOSED);
    case SEE_ANSWER:
    case SEE_ERROR:
    case SEE_GARBAGE:
        break;
    }
    return see_reply(worker, fault, wanted, answer);
}

/* An end that breaks off is not announced in TLS. */
static bool see_no_announcement(struct soak_worker *worker,
                                const struct fault *fault)
{
    if (!worker->other->connection.was_announced ||
        fault->sight == SEE_NOTHING || fault->sight < SEE_BROKEN)
        return true;
    return soak_fail(worker, "the end was announced by a close_notify");
}

static bool lay_rule(struct soak_worker *worker, const struct fault *fault,
                     const char *method, bool is_after)
{
    char rule[512];

    (void)snprintf(rule, sizeof rule,
                   "{\"rules\":[{\"name\":\"fault\",\"times\":1,"
                   "\"when\":{\"method\":\"%s\",\"header\":{\"" MARK
                   "\":\"1\"}},"
                   "\"stage\":\"%s\","
                   "\"reply\":{%s}}]}",
                   method, is_after ? "after" : "before", fault->reply);
    return soak_control(worker, "PATCH /_mock/scenario", rule, 200);
}

/*
 * False after a failure. `took_effect`: as the method would have without the
 * rule, whatever the client has seen.
 */
static bool suffer(struct soak_worker *worker, const struct victim *victim,
                   struct soak_answer *answer, bool *took_effect)
{
    const struct fault *fault =
        &faults[soak_random(worker, sizeof faults / sizeof faults[0])];
    bool is_after = soak_random(worker, 2) == 1;
    char call[128];

    *answer = (struct soak_answer){0};
    *took_effect = !victim->wanted && (is_after || fault->sight == SEE_ANSWER);
    (void)snprintf(call, sizeof call, "POST /api/%s", victim->method);
    if (!lay_rule(worker, fault, victim->method, is_after))
        return false;
    worker->made++;
    if (!soak_send(worker, worker->other,
                   &(struct soak_request){call, FORM "\r\n" MARK ": 1\r\n",
                                          victim->form}) ||
        !see(worker, fault, victim->wanted, answer) ||
        !see_no_announcement(worker, fault))
        return soak_fail(worker, "%s at %s", fault->reply,
                         is_after ? "after" : "before");
    soak_client_close(worker->other);
    return soak_control(worker, "DELETE /_mock/rules", NULL, 200);
}

void soak_fault_exchange(struct soak_worker *worker)
{
    struct model_token *legacy = soak_random_legacy(worker);
    struct victim victim = {"oauth.v2.exchange", "",
                            token_model_exchange_answer(legacy)};
    struct soak_answer answer;
    bool took_effect;

    if (*soak_is_unsettled(worker, legacy))
        return;
    (void)snprintf(victim.form, sizeof victim.form, APP_FORM "&token=%s",
                   legacy->text);
    if (suffer(worker, &victim, &answer, &took_effect) && took_effect)
        soak_exchanged(worker, legacy, &answer);
}

void soak_fault_refresh(struct soak_worker *worker)
{
    struct model_token *access = soak_random_access(worker);
    struct victim victim = {.method = "oauth.v2.access"};
    struct soak_answer answer;
    bool took_effect;

    if (!access)
        return;
    victim.wanted = token_model_refresh_answer(&worker->model, access + 1);
    (void)snprintf(victim.form, sizeof victim.form,
                   APP_FORM "&grant_type=refresh_token&refresh_token=%s",
                   access[1].text);
    if (suffer(worker, &victim, &answer, &took_effect) && took_effect)
        soak_refreshed(worker, access + 1, &answer);
}
