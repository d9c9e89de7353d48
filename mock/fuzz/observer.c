/*
 * Learns from the replies, and after each call asks auth.test of every token
 * that was alive before it.
 */
#include "observer.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "fuzz.h"
#include "message/method_facts.h"
#include "mock/mock.h"
#include "reply_check.h"

#define ROOM_FOR_A_REPLY 4 /* an installation gives two pairs */

/* ---- learning ---- */

static enum model_kind kind_of(const char *text)
{
    if (strncmp(text, "xoxe-", 5) == 0)
        return MODEL_REFRESH;
    return strncmp(text, "xoxe.", 5) == 0 ? MODEL_ACCESS : MODEL_LEGACY;
}

bool observer_has_room(const struct observer *observer)
{
    return observer->model.count + ROOM_FOR_A_REPLY <= MODEL_TOKENS_MAX;
}

/* Whether it was alive when it was last asked for. */
static bool was_alive(const struct observer *observer,
                      const struct model_token *token)
{
    return observer->is_alive[token - observer->model.tokens];
}

/* The token that the call at hand was about. */
static struct model_token *token_used(struct observer *observer)
{
    return token_model_find(&observer->model, observer->reply.record.token);
}

static const char *text_at(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

/* Writes into `chain` the name of the chain that a part of a reply is about. */
static void name_chain(const cJSON *body, const cJSON *part, char *chain)
{
    const char *team =
        text_at(cJSON_GetObjectItemCaseSensitive(body, "team"), "id");
    const char *type = text_at(part, "token_type");
    const char *user = text_at(part, "bot_user_id");

    if (!team)
        team =
            text_at(cJSON_GetObjectItemCaseSensitive(body, "enterprise"), "id");
    if (!user)
        user = text_at(part, part == body ? "user_id" : "id");
    fuzz_require(team && type && user && text_at(body, "app_id"));
    snprintf(chain, MODEL_CHAIN_SIZE, "%s %s %s %s", text_at(body, "app_id"),
             team, type, user);
}

/* No token is given twice. */
static void check_issued(struct observer *observer, const char *text,
                         enum model_kind kind)
{
    fuzz_require(text && kind_of(text) == kind);
    fuzz_require(strlen(text) < MODEL_TEXT_SIZE);
    fuzz_require(!token_model_find(&observer->model, text));
}

static struct model_pair read_pair(struct observer *observer, const cJSON *part)
{
    const cJSON *expires_in =
        cJSON_GetObjectItemCaseSensitive(part, "expires_in");
    struct model_pair pair = {.access = text_at(part, "access_token"),
                              .refresh = text_at(part, "refresh_token")};

    check_issued(observer, pair.access, MODEL_ACCESS);
    check_issued(observer, pair.refresh, MODEL_REFRESH);
    fuzz_require(cJSON_IsNumber(expires_in));
    pair.expires_at =
        observer->model.now + (int64_t)(expires_in->valuedouble * 1000);
    return pair;
}

static void learn_exchange(struct observer *observer, const cJSON *body)
{
    struct model_token *used = token_used(observer);
    const struct model_pair pair = read_pair(observer, body);
    char chain[MODEL_CHAIN_SIZE];

    fuzz_require(used && used->kind == MODEL_LEGACY);
    fuzz_require(!token_model_exchange_answer(used));
    fuzz_require(was_alive(observer, used));
    name_chain(body, body, chain);
    fuzz_require(strcmp(used->chain, chain) == 0);
    token_model_exchanged(&observer->model, used, &pair);
}

/* A new legacy token, or the one that the chain has, alive and unused. */
static void learn_legacy(struct observer *observer, const char *text,
                         const char *chain)
{
    const struct model_token *held = token_model_find(&observer->model, text);

    if (!held) {
        check_issued(observer, text, MODEL_LEGACY);
        (void)token_model_add(&observer->model, MODEL_LEGACY, text, chain);
        return;
    }
    fuzz_require(held->kind == MODEL_LEGACY && was_alive(observer, held));
    fuzz_require(!token_model_exchange_answer(held));
    fuzz_require(strcmp(held->chain, chain) == 0);
}

/* The pair, or the legacy token, in a part of a reply. */
static void learn_installed(struct observer *observer, const cJSON *body,
                            const cJSON *part)
{
    struct model_pair pair;
    char chain[MODEL_CHAIN_SIZE];

    name_chain(body, part, chain);
    if (text_at(part, "refresh_token")) {
        pair = read_pair(observer, part);
        token_model_issued(&observer->model, chain, &pair);
        return;
    }
    fuzz_require(!cJSON_GetObjectItemCaseSensitive(part, "expires_in"));
    learn_legacy(observer, text_at(part, "access_token"), chain);
}

/* A person's part without a token only names the person. */
static void learn_installation(struct observer *observer, const cJSON *body)
{
    const cJSON *person = cJSON_GetObjectItemCaseSensitive(body, "authed_user");

    if (text_at(person, "access_token"))
        learn_installed(observer, body, person);
    if (text_at(body, "access_token"))
        learn_installed(observer, body, body);
}

static void learn_refresh(struct observer *observer, const cJSON *body,
                          struct model_token *refresh)
{
    const struct model_pair pair = read_pair(observer, body);
    char chain[MODEL_CHAIN_SIZE];

    name_chain(body, body, chain);
    if (refresh) {
        fuzz_require(refresh->kind == MODEL_REFRESH);
        fuzz_require(!token_model_refresh_answer(&observer->model, refresh));
        fuzz_require(strcmp(refresh->chain, chain) == 0);
    }
    token_model_refreshed(&observer->model, chain, refresh, &pair);
}

static void learn_revocation(struct observer *observer, const cJSON *body)
{
    struct model_token *token = token_used(observer);

    fuzz_require(token && !token->is_revoked && !token->is_over);
    if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(body, "revoked")))
        token_model_revoked(&observer->model, token);
}

/* A chain's name begins with its app and team. */
static void learn_uninstallation(struct observer *observer)
{
    struct token_model *model = &observer->model;
    const struct model_token *token = token_used(observer);
    size_t app;
    size_t length;

    fuzz_require(token && !token->is_revoked && !token->is_over);
    app = strcspn(token->chain, " ") + 1;
    length = app + strcspn(token->chain + app, " ") + 1;
    for (size_t i = 0; i < model->count; i++)
        if (strncmp(model->tokens[i].chain, token->chain, length) == 0)
            model->tokens[i].is_revoked = true;
}

static void learn_test(struct observer *observer)
{
    const struct model_token *token = token_used(observer);

    fuzz_require(token && was_alive(observer, token));
    fuzz_require(!token_model_test_answer(&observer->model, token));
}

static void learn(struct observer *observer, const char *method,
                  const cJSON *body, struct model_token *refresh)
{
    if (strcmp(method, "oauth.v2.exchange") == 0)
        learn_exchange(observer, body);
    else if (strcmp(method, "oauth.v2.access") == 0 &&
             cJSON_GetObjectItemCaseSensitive(body, "authed_user"))
        learn_installation(observer, body);
    else if (strcmp(method, "oauth.v2.access") == 0)
        learn_refresh(observer, body, refresh);
    else if (strcmp(method, "auth.revoke") == 0)
        learn_revocation(observer, body);
    else if (strcmp(method, "apps.uninstall") == 0)
        learn_uninstallation(observer);
    else if (!method_facts_find(method) || method_facts_find(method)->tokens)
        learn_test(observer);
}

/* ---- asking ---- */

static bool is_alive(struct observer *observer, const struct model_token *token)
{
    char *bearer = xasprintf("Bearer %s", token->text);
    const struct request_header header = {"Authorization", bearer};
    const struct request request = {
        .verb = VERB_POST,
        .verb_name = "POST",
        .target = "",
        .method = "auth.test",
        .headers = &header,
        .header_count = 1,
        .body = "",
        .host_time = observer->model.now,
    };
    cJSON *body;
    bool alive;

    mock_handle(observer->mock, &request, &observer->probe_reply);
    body = reply_check(&observer->probe_reply, false);
    alive = cJSON_IsTrue(body->child);
    cJSON_Delete(body);
    free(bearer);
    return alive;
}

static size_t count_access(const struct observer *observer, const char *chain)
{
    const struct token_model *model = &observer->model;
    size_t count = 0;

    for (size_t i = 0; i < model->count; i++)
        count += model->tokens[i].kind == MODEL_ACCESS &&
                 observer->is_alive[i] &&
                 strcmp(model->tokens[i].chain, chain) == 0;
    return count;
}

/*
 * Asks about one token. A death that the model's rules do not predict is noted
 * in the model.
 */
static void probe_token(struct observer *observer, struct model_token *token,
                        bool may_kill)
{
    bool *alive = &observer->is_alive[token - observer->model.tokens];
    const char *wanted = token_model_test_answer(&observer->model, token);

    if (!*alive)
        return;
    *alive = is_alive(observer, token);
    fuzz_require(*alive ? !wanted : may_kill);
    token->is_revoked = token->is_revoked || (!*alive && !wanted);
}

/* Asks which of the living tokens still live, and checks that so many may. */
static void probe(struct observer *observer, bool may_kill)
{
    struct token_model *model = &observer->model;

    for (size_t i = 0; i < model->count; i++)
        probe_token(observer, &model->tokens[i], may_kill);
    for (size_t i = 0; i < model->count; i++)
        fuzz_require(count_access(observer, model->tokens[i].chain) <=
                     MODEL_ACTIVE_MOST);
}

/* Notes the tokens just issued as alive. */
static void expect_new(struct observer *observer, size_t first)
{
    for (size_t i = first; i < observer->model.count; i++)
        observer->is_alive[i] = observer->model.tokens[i].kind != MODEL_REFRESH;
}

/* Checks that the tokens just issued work. */
static void check_new(const struct observer *observer, size_t first)
{
    const struct token_model *model = &observer->model;

    for (size_t i = first; i < model->count; i++)
        fuzz_require(observer->is_alive[i] ||
                     model->tokens[i].kind == MODEL_REFRESH ||
                     model->tokens[i].expires_at <= model->now);
}

/* ---- the interface ---- */

void observer_call(struct observer *observer, const struct request *request,
                   struct model_token *refresh)
{
    size_t known = observer->model.count;
    cJSON *body;
    bool ok;

    mock_handle(observer->mock, request, &observer->reply);
    body = reply_check(&observer->reply,
                       request->verb == VERB_OPTIONS && !request->cut_short);
    ok = body && cJSON_IsTrue(body->child);
    if (ok)
        learn(observer, request->method, body, refresh);
    cJSON_Delete(body);
    expect_new(observer, known);
    probe(observer, ok);
    check_new(observer, known);
}

void observer_advance(struct observer *observer, int64_t milliseconds)
{
    observer->model.now += milliseconds;
    probe(observer, true);
}

void observer_init(struct observer *observer, struct mock *mock,
                   const struct observer_seed *seeds)
{
    observer->mock = mock;
    observer->reply = (struct reply)REPLY_INIT;
    observer->probe_reply = (struct reply)REPLY_INIT;
    token_model_begin(&observer->model, FUZZ_TIME, MODEL_TOKENS_MAX);
    for (; seeds->text; seeds++) {
        enum model_kind kind = kind_of(seeds->text);
        struct model_token *token =
            token_model_add(&observer->model, kind, seeds->text, seeds->chain);

        if (kind == MODEL_ACCESS)
            token->expires_at = FUZZ_TIME + seeds->expires_in;
    }
    expect_new(observer, 0);
    probe(observer, true);
}

void observer_free(struct observer *observer)
{
    reply_free(&observer->reply);
    reply_free(&observer->probe_reply);
    mock_free(observer->mock);
}
