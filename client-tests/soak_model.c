/* The rules of rotation, once more and without the server; see soak_model.h. */
#include "soak_model.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define LIFETIME    (12LL * 3600 * 1000)
#define GRACE       60000
#define ACTIVE_MOST 2

void soak_model_begin(struct soak_model *model, const char *prefix)
{
    memset(model, 0, sizeof *model);
    for (int i = 0; i < SOAK_CHAINS; i++)
        (void)snprintf(model->chains[i].legacy, SOAK_TOKEN_SIZE, "%.100s-%d",
                       prefix, i + 1);
}

/* What was not settled before may still arrive after. */
void soak_model_reset(struct soak_model *model)
{
    model->now = 0;
    model->made = 0;
    for (int i = 0; i < SOAK_CHAINS; i++) {
        model->chains[i].state = SOAK_FRESH;
        model->chains[i].issued = 0;
    }
}

struct soak_pair *soak_model_pair(struct soak_chain *chain, int number)
{
    if (number < 0 || number >= chain->issued ||
        number < chain->issued - SOAK_PAIRS_KEPT)
        return NULL;
    return &chain->pairs[number % SOAK_PAIRS_KEPT];
}

/* ---- answers ---- */

const char *soak_model_exchange_answer(const struct soak_chain *chain)
{
    if (chain->state == SOAK_REVOKED)
        return "authorization_not_found";
    return chain->state == SOAK_FRESH ? NULL : "token_already_exchanged";
}

const char *soak_model_refresh_answer(const struct soak_model *model,
                                      struct soak_chain *chain, int number)
{
    const struct soak_pair *pair = soak_model_pair(chain, number);

    if (!pair || chain->state == SOAK_REVOKED || pair->refresh_is_revoked ||
        (pair->spent_at >= 0 && model->now - pair->spent_at >= GRACE))
        return "invalid_refresh_token";
    return NULL;
}

const char *soak_model_access_answer(const struct soak_model *model,
                                     struct soak_chain *chain, int number)
{
    const struct soak_pair *pair = soak_model_pair(chain, number);

    if (!pair)
        return "invalid_auth";
    if (chain->state == SOAK_REVOKED || pair->access_is_revoked)
        return "token_revoked";
    return model->now >= pair->expires_at ? "token_expired" : NULL;
}

const char *soak_model_legacy_answer(const struct soak_chain *chain)
{
    if (chain->state == SOAK_REVOKED)
        return "token_revoked";
    return chain->state == SOAK_OVER ? "token_expired" : NULL;
}

const char *soak_model_legacy_state(const struct soak_chain *chain)
{
    static const char *const names[] = {
        [SOAK_FRESH] = "active",
        [SOAK_EXCHANGED] = "exchanged",
        [SOAK_OVER] = "expired",
        [SOAK_REVOKED] = "revoked",
    };

    return names[chain->state];
}

/* ---- effects ---- */

static void revoke_surplus(const struct soak_model *model,
                           struct soak_chain *chain)
{
    struct soak_pair *pair;
    int active = 0;

    for (int i = chain->issued - 1; (pair = soak_model_pair(chain, i)); i--)
        if (!soak_model_access_answer(model, chain, i) &&
            ++active > ACTIVE_MOST)
            pair->access_is_revoked = true;
}

static void issue(const struct soak_model *model, struct soak_chain *chain,
                  const char *access, const char *refresh)
{
    struct soak_pair *pair = &chain->pairs[chain->issued % SOAK_PAIRS_KEPT];

    *pair = (struct soak_pair){
        .expires_at = model->now + LIFETIME,
        .spent_at = -1,
        .successor = -1,
    };
    (void)snprintf(pair->access, sizeof pair->access, "%s", access);
    (void)snprintf(pair->refresh, sizeof pair->refresh, "%s", refresh);
    chain->issued++;
    revoke_surplus(model, chain);
}

void soak_model_exchanged(const struct soak_model *model,
                          struct soak_chain *chain, const char *access,
                          const char *refresh)
{
    chain->state = SOAK_EXCHANGED;
    issue(model, chain, access, refresh);
}

void soak_model_refreshed(const struct soak_model *model,
                          struct soak_chain *chain, int number,
                          const char *const texts[2])
{
    struct soak_pair *used = soak_model_pair(chain, number);
    struct soak_pair *former;

    chain->state = SOAK_OVER;
    if (used->spent_at < 0)
        used->spent_at = model->now;
    former = soak_model_pair(chain, used->successor);
    if (former)
        former->refresh_is_revoked = true;
    used->successor = chain->issued;
    issue(model, chain, texts[0], texts[1]);
}

int soak_model_active_most(const struct soak_model *model)
{
    int most = 0;

    for (int i = 0; i < SOAK_CHAINS; i++) {
        const struct soak_chain *chain = &model->chains[i];

        if (chain->state != SOAK_REVOKED &&
            (chain->issued > 0 || chain->is_unsettled))
            most += ACTIVE_MOST;
    }
    return most;
}
