/*
 * Steps through the life of tokens in a worker's own sandbox: each answer must
 * be the one that its model knows beforehand.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "soak_steps.h"

bool soak_life_exchange(struct soak_worker *worker, struct soak_chain *chain,
                        struct soak_answer *answer)
{
    char form[512];

    (void)snprintf(form, sizeof form, APP_FORM "&token=%s", chain->legacy);
    return soak_method(worker, "oauth.v2.exchange", NULL, form, answer);
}

bool soak_life_refresh(struct soak_worker *worker, const char *refresh,
                       struct soak_answer *answer)
{
    char form[512];

    (void)snprintf(form, sizeof form,
                   APP_FORM "&grant_type=refresh_token&refresh_token=%s",
                   refresh);
    return soak_method(worker, "oauth.v2.access", NULL, form, answer);
}

/* Nobody knows whether the call that was cut off has come first. */
static bool settle(struct soak_worker *worker, struct soak_chain *chain,
                   const struct soak_answer *answer)
{
    if (chain->state != SOAK_FRESH || !chain->is_unsettled ||
        strcmp(answer->error, "token_already_exchanged") != 0)
        return false;
    soak_model_exchanged(&worker->model, chain, "", "");
    return true;
}

void soak_exchange(struct soak_worker *worker)
{
    struct soak_chain *chain = soak_random_chain(worker);
    const char *wanted = soak_model_exchange_answer(chain);
    struct soak_answer answer;

    if (!soak_life_exchange(worker, chain, &answer) ||
        settle(worker, chain, &answer) ||
        !soak_expect(worker, &answer, wanted) || wanted)
        return;
    soak_model_exchanged(&worker->model, chain, answer.access, answer.refresh);
}

/* A pair whose texts are known, in `number`; NULL if there is none at hand. */
struct soak_pair *soak_random_pair(struct soak_worker *worker,
                                   struct soak_chain *chain, int *number)
{
    struct soak_pair *pair;

    *number = chain->issued - 1 - (int)soak_random(worker, SOAK_PAIRS_KEPT);
    pair = soak_model_pair(chain, *number);
    return pair && pair->access[0] ? pair : NULL;
}

void soak_refresh(struct soak_worker *worker)
{
    struct soak_chain *chain = soak_random_chain(worker);
    struct soak_answer answer;
    const char *wanted;
    int number;
    struct soak_pair *pair = soak_random_pair(worker, chain, &number);

    if (!pair)
        return;
    wanted = soak_model_refresh_answer(&worker->model, chain, number);
    if (!soak_life_refresh(worker, pair->refresh, &answer) ||
        !soak_expect(worker, &answer, wanted) || wanted)
        return;
    soak_model_refreshed(&worker->model, chain, number,
                         (const char *const[]){answer.access, answer.refresh});
}

void soak_test_legacy(struct soak_worker *worker)
{
    struct soak_chain *chain = soak_random_chain(worker);
    struct soak_answer answer;

    if (soak_method(worker, "auth.test", chain->legacy, "", &answer))
        (void)soak_expect(worker, &answer, soak_model_legacy_answer(chain));
}

void soak_test_access(struct soak_worker *worker)
{
    struct soak_chain *chain = soak_random_chain(worker);
    struct soak_answer answer;
    int number;
    struct soak_pair *pair = soak_random_pair(worker, chain, &number);

    if (pair && soak_method(worker, "auth.test", pair->access, "", &answer))
        (void)soak_expect(
            worker, &answer,
            soak_model_access_answer(&worker->model, chain, number));
}

void soak_revoke_access(struct soak_worker *worker)
{
    struct soak_chain *chain = soak_random_chain(worker);
    struct soak_answer answer;
    const char *wanted;
    int number;
    struct soak_pair *pair = soak_random_pair(worker, chain, &number);

    if (!pair)
        return;
    wanted = soak_model_access_answer(&worker->model, chain, number);
    if (soak_method(worker, "auth.revoke", pair->access, "", &answer) &&
        soak_expect(worker, &answer, wanted) && !wanted)
        pair->access_is_revoked = true;
}

void soak_revoke_legacy(struct soak_worker *worker)
{
    struct soak_chain *chain = soak_random_chain(worker);
    const char *wanted = soak_model_legacy_answer(chain);
    struct soak_answer answer;

    if (soak_method(worker, "auth.revoke", chain->legacy, "", &answer) &&
        soak_expect(worker, &answer, wanted) && !wanted)
        chain->state = SOAK_REVOKED;
}

/* Within a grace, past it, and past a token's life. */
void soak_advance_clock(struct soak_worker *worker)
{
    static const int64_t leaps[] = {500, 20000, 61000, 13LL * 3600 * 1000};
    int64_t leap = leaps[soak_random(worker, sizeof leaps / sizeof leaps[0])];
    char body[64];

    (void)snprintf(body, sizeof body, "{\"advance\":%.1f}",
                   (double)leap / 1000);
    if (soak_control(worker, "POST /_mock/clock", body, 200))
        worker->model.now += leap;
}

static bool is_state(const struct soak_chain *chain, const char *state)
{
    return state && (strcmp(state, soak_model_legacy_state(chain)) == 0 ||
                     (chain->is_unsettled && chain->state == SOAK_FRESH &&
                      strcmp(state, "exchanged") == 0));
}

void soak_look_at_token(struct soak_worker *worker)
{
    const struct soak_chain *chain = soak_random_chain(worker);
    char call[256];
    cJSON *json;
    const char *state;

    (void)snprintf(call, sizeof call, "GET /_mock/state?token=%s",
                   chain->legacy);
    if (!soak_control(worker, call, NULL, 200) || !(json = soak_json(worker)))
        return;
    state = cJSON_GetStringValue(json_at(json, "tokens.0.state"));
    if (!is_state(chain, state))
        (void)soak_fail(worker, "%s is %s, wanted %s", chain->legacy,
                        state ? state : "unknown",
                        soak_model_legacy_state(chain));
    cJSON_Delete(json);
}

/* All that the sandbox holds: never more active ones than the rule allows. */
void soak_count_active(struct soak_worker *worker)
{
    int most = soak_model_active_most(&worker->model);
    const cJSON *token;
    cJSON *json;
    int active = 0;

    if (!soak_control(worker, "GET /_mock/state?limit=1000", NULL, 200) ||
        !(json = soak_json(worker)))
        return;
    cJSON_ArrayForEach (token, json_at(json, "tokens")) {
        const char *kind = cJSON_GetStringValue(json_at(token, "kind"));
        const char *state = cJSON_GetStringValue(json_at(token, "state"));

        active += kind && state && strcmp(kind, "access") == 0 &&
                  strcmp(state, "active") == 0;
    }
    cJSON_Delete(json);
    if (active > most)
        (void)soak_fail(worker,
                        "%d access tokens are active, wanted %d at "
                        "the most",
                        active, most);
}
