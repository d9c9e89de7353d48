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

bool soak_life_exchange(struct soak_worker *worker, const char *legacy,
                        struct soak_answer *answer)
{
    char form[512];

    (void)snprintf(form, sizeof form, APP_FORM "&token=%s", legacy);
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

void soak_exchanged(struct soak_worker *worker, struct model_token *legacy,
                    const struct soak_answer *answer)
{
    token_model_exchanged(&worker->model, legacy,
                          &(struct model_pair){
                              .access = answer->access,
                              .refresh = answer->refresh,
                              .expires_at = worker->model.now + MODEL_LIFETIME,
                          });
}

void soak_refreshed(struct soak_worker *worker, struct model_token *refresh,
                    const struct soak_answer *answer)
{
    token_model_refreshed(&worker->model, refresh->chain, refresh,
                          &(struct model_pair){
                              .access = answer->access,
                              .refresh = answer->refresh,
                              .expires_at = worker->model.now + MODEL_LIFETIME,
                          });
}

/* Nobody knows whether the call that was cut off has come first. */
static bool settle(struct soak_worker *worker, struct model_token *legacy,
                   const struct soak_answer *answer)
{
    if (token_model_exchange_answer(legacy) ||
        !*soak_is_unsettled(worker, legacy) ||
        strcmp(answer->error, "token_already_exchanged") != 0)
        return false;
    soak_exchanged(worker, legacy, &(struct soak_answer){0});
    return true;
}

void soak_exchange(struct soak_worker *worker)
{
    struct model_token *legacy = soak_random_legacy(worker);
    const char *wanted = token_model_exchange_answer(legacy);
    struct soak_answer answer;

    if (!soak_life_exchange(worker, legacy->text, &answer) ||
        settle(worker, legacy, &answer) ||
        !soak_expect(worker, &answer, wanted) || wanted)
        return;
    soak_exchanged(worker, legacy, &answer);
}

struct model_token *soak_random_access(struct soak_worker *worker)
{
    const struct model_token *legacy = soak_random_legacy(worker);
    struct model_token *access =
        token_model_access(&worker->model, legacy->chain,
                           (int)soak_random(worker, SOAK_PAIRS_KEPT));

    return access && access->text[0] ? access : NULL;
}

void soak_refresh(struct soak_worker *worker)
{
    struct model_token *access = soak_random_access(worker);
    struct soak_answer answer;
    const char *wanted;

    if (!access)
        return;
    wanted = token_model_refresh_answer(&worker->model, access + 1);
    if (!soak_life_refresh(worker, access[1].text, &answer) ||
        !soak_expect(worker, &answer, wanted) || wanted)
        return;
    soak_refreshed(worker, access + 1, &answer);
}

/* ---- tests and revocations ---- */

static void test(struct soak_worker *worker, const struct model_token *token)
{
    struct soak_answer answer;

    if (soak_method(worker, "auth.test", token->text, "", &answer))
        (void)soak_expect(worker, &answer,
                          token_model_test_answer(&worker->model, token));
}

static void revoke(struct soak_worker *worker, struct model_token *token)
{
    const char *wanted = token_model_test_answer(&worker->model, token);
    struct soak_answer answer;

    if (soak_method(worker, "auth.revoke", token->text, "", &answer) &&
        soak_expect(worker, &answer, wanted) && !wanted)
        token_model_revoked(&worker->model, token);
}

void soak_test_legacy(struct soak_worker *worker)
{
    test(worker, soak_random_legacy(worker));
}

void soak_test_access(struct soak_worker *worker)
{
    const struct model_token *access = soak_random_access(worker);

    if (access)
        test(worker, access);
}

void soak_revoke_access(struct soak_worker *worker)
{
    struct model_token *access = soak_random_access(worker);

    if (access)
        revoke(worker, access);
}

void soak_revoke_legacy(struct soak_worker *worker)
{
    revoke(worker, soak_random_legacy(worker));
}

/* ---- the clock and the state ---- */

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

static bool is_state(struct soak_worker *worker,
                     const struct model_token *legacy, const char *state)
{
    return state && (strcmp(state, token_model_legacy_state(legacy)) == 0 ||
                     (*soak_is_unsettled(worker, legacy) &&
                      !token_model_exchange_answer(legacy) &&
                      strcmp(state, "exchanged") == 0));
}

void soak_look_at_token(struct soak_worker *worker)
{
    const struct model_token *legacy = soak_random_legacy(worker);
    char call[256];
    cJSON *json;
    const char *state;

    (void)snprintf(call, sizeof call, "GET /_mock/state?token=%s",
                   legacy->text);
    if (!soak_control(worker, call, NULL, 200) || !(json = soak_json(worker)))
        return;
    state = cJSON_GetStringValue(json_at(json, "tokens.0.state"));
    if (!is_state(worker, legacy, state))
        (void)soak_fail(worker, "%s is %s, wanted %s", legacy->text,
                        state ? state : "unknown",
                        token_model_legacy_state(legacy));
    cJSON_Delete(json);
}

/* How many access tokens can be active at the most. */
static int active_most(struct soak_worker *worker)
{
    int most = 0;

    for (int i = 0; i < SOAK_CHAINS; i++) {
        const struct model_token *legacy = &worker->model.tokens[i];

        if (!legacy->is_revoked &&
            (legacy->is_exchanged || worker->is_unsettled[i]))
            most += MODEL_ACTIVE_MOST;
    }
    return most;
}

/* All that the sandbox holds: never more active ones than the rule allows. */
void soak_count_active(struct soak_worker *worker)
{
    int most = active_most(worker);
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
