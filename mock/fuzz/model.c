/*
 * Learns from the replies, and after each call asks auth.test of every token
 * that was alive before it.
 */
#include "model.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "fuzz.h"
#include "message/slack_error.h"
#include "mock/mock.h"

#define ROOM_FOR_A_REPLY 4 /* an installation gives two pairs */
#define REFRESH_GRACE    60000

/* ---- tokens ---- */

static struct model_token *find(struct model *model, const char *text)
{
    for (size_t i = 0; text && i < model->count; i++)
        if (strcmp(model->tokens[i].text, text) == 0)
            return &model->tokens[i];
    return NULL;
}

static enum model_kind kind_of(const char *text)
{
    if (strncmp(text, "xoxe-", 5) == 0)
        return MODEL_REFRESH;
    return strncmp(text, "xoxe.", 5) == 0 ? MODEL_ACCESS : MODEL_LEGACY;
}

static struct model_token *add(struct model *model, const char *text,
                               const char *chain)
{
    struct model_token *token = &model->tokens[model->count];

    fuzz_require(!find(model, text));
    fuzz_require(model->count < MODEL_TOKENS_MAX);
    model->count++;
    *token = (struct model_token){
        .text = xstrdup(text),
        .kind = kind_of(text),
        .expires_at = INT64_MAX,
        .spent_at = -1,
        .is_alive = kind_of(text) != MODEL_REFRESH,
    };
    snprintf(token->chain, sizeof token->chain, "%s", chain);
    return token;
}

bool model_has_room(const struct model *model)
{
    return model->count + ROOM_FOR_A_REPLY <= MODEL_TOKENS_MAX;
}

/* ---- learning ---- */

static const char *text_at(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

/* The chain that the part of a reply is about, in `chain`. */
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

/* The pair, or the legacy token, in a part of a reply. */
static void learn_issued(struct model *model, const cJSON *body,
                         const cJSON *part, const char *chain)
{
    const char *access = text_at(part, "access_token");
    const char *refresh = text_at(part, "refresh_token");
    const cJSON *expires_in =
        cJSON_GetObjectItemCaseSensitive(part, "expires_in");
    struct model_token *token;

    fuzz_require(access && (part != body || text_at(body, "token_type")));
    fuzz_require((refresh != NULL) == cJSON_IsNumber(expires_in));
    token = add(model, access, chain);
    fuzz_require(token->kind == (refresh ? MODEL_ACCESS : MODEL_LEGACY));
    if (!refresh)
        return;
    token->expires_at = model->now + (int64_t)(expires_in->valuedouble * 1000);
    token = add(model, refresh, chain);
    fuzz_require(token->kind == MODEL_REFRESH);
}

static void learn_exchange(struct model *model, const cJSON *body)
{
    struct model_token *used = find(model, model->reply.record.token);
    char chain[MODEL_CHAIN_SIZE];

    fuzz_require(used && used->kind == MODEL_LEGACY);
    fuzz_require(!used->is_exchanged && used->is_alive);
    name_chain(body, body, chain);
    fuzz_require(strcmp(used->chain, chain) == 0);
    used->is_exchanged = true;
    learn_issued(model, body, body, chain);
}

/* A person's part without a token only names the person. */
static void learn_installation(struct model *model, const cJSON *body)
{
    const cJSON *person = cJSON_GetObjectItemCaseSensitive(body, "authed_user");
    char chain[MODEL_CHAIN_SIZE];

    if (text_at(person, "access_token")) {
        name_chain(body, person, chain);
        learn_issued(model, body, person, chain);
    }
    if (text_at(body, "access_token")) {
        name_chain(body, body, chain);
        learn_issued(model, body, body, chain);
    }
}

/* Its first use starts the grace. */
static void spend(const struct model *model, struct model_token *refresh,
                  const char *chain)
{
    fuzz_require(refresh->kind == MODEL_REFRESH && !refresh->is_over);
    fuzz_require(strcmp(refresh->chain, chain) == 0);
    if (refresh->spent_at < 0)
        refresh->spent_at = model->now;
    fuzz_require(model->now - refresh->spent_at < REFRESH_GRACE);
}

static void learn_refresh(struct model *model, const cJSON *body,
                          struct model_token *refresh)
{
    char chain[MODEL_CHAIN_SIZE];

    name_chain(body, body, chain);
    if (refresh)
        spend(model, refresh, chain);
    for (size_t i = 0; i < model->count; i++)
        if (model->tokens[i].is_exchanged &&
            strcmp(model->tokens[i].chain, chain) == 0)
            model->tokens[i].is_over = true;
    learn_issued(model, body, body, chain);
}

static void end_all(struct model *model, const char *chain, size_t length)
{
    for (size_t i = 0; i < model->count; i++)
        if (strncmp(model->tokens[i].chain, chain, length) == 0)
            model->tokens[i].is_over = true;
}

static void learn_revocation(struct model *model, const cJSON *body)
{
    struct model_token *token = find(model, model->reply.record.token);

    fuzz_require(token && !token->is_over);
    if (!cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(body, "revoked")))
        return;
    token->is_over = true;
    if (token->kind == MODEL_LEGACY)
        end_all(model, token->chain, sizeof token->chain);
}

static void learn_uninstallation(struct model *model)
{
    const struct model_token *token = find(model, model->reply.record.token);
    size_t app;

    fuzz_require(token && !token->is_over);
    app = strcspn(token->chain, " ") + 1;
    end_all(model, token->chain, app + strcspn(token->chain + app, " ") + 1);
}

static void learn_test(struct model *model)
{
    const struct model_token *token = find(model, model->reply.record.token);

    fuzz_require(token && token->is_alive && !token->is_over);
}

static void learn(struct model *model, const char *method, const cJSON *body,
                  struct model_token *refresh)
{
    if (strcmp(method, "oauth.v2.exchange") == 0)
        learn_exchange(model, body);
    else if (strcmp(method, "oauth.v2.access") == 0 &&
             cJSON_GetObjectItemCaseSensitive(body, "authed_user"))
        learn_installation(model, body);
    else if (strcmp(method, "oauth.v2.access") == 0)
        learn_refresh(model, body, refresh);
    else if (strcmp(method, "auth.revoke") == 0)
        learn_revocation(model, body);
    else if (strcmp(method, "apps.uninstall") == 0)
        learn_uninstallation(model);
    else
        learn_test(model);
}

/* ---- the shape of replies ---- */

static void check_error(const struct reply *reply, const cJSON *body)
{
    const char *error = text_at(body, "error");

    fuzz_require(error && reply->record.error);
    fuzz_require(strcmp(error, reply->record.error) == 0);
    if (strcmp(error, "method_not_allowed") != 0 &&
        !slack_error_is_documented(error))
        fuzz_fail("no documented error: %s", error);
    fuzz_require(reply->status ==
                 (strcmp(error, "method_not_allowed") == 0 ? 405 : 200));
}

static void check_warnings(const cJSON *body)
{
    const cJSON *metadata =
        cJSON_GetObjectItemCaseSensitive(body, "response_metadata");
    const cJSON *warning;

    cJSON_ArrayForEach (warning,
                        cJSON_GetObjectItemCaseSensitive(metadata, "warnings"))
        fuzz_require(slack_warning_is_documented(warning->valuestring));
}

/* The body of the reply; NULL for a preflight, which has none. */
static cJSON *check_reply(const struct reply *reply, bool is_preflight)
{
    cJSON *body;

    if (is_preflight) {
        fuzz_require(reply->body.length == 0 && reply->status == 200);
        return NULL;
    }
    body = fuzz_body(reply);
    if (cJSON_IsTrue(body->child))
        fuzz_require(reply->status == 200 && !reply->record.error);
    else
        check_error(reply, body);
    check_warnings(body);
    fuzz_require(reply_header(reply, "Date"));
    fuzz_require(reply_header(reply, "X-Slack-Req-Id"));
    return body;
}

/* ---- asking ---- */

static bool is_alive(struct model *model, const struct model_token *token)
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
        .host_time = model->now,
    };
    cJSON *body;
    bool alive;

    mock_handle(model->mock, &request, &model->probe_reply);
    body = check_reply(&model->probe_reply, false);
    alive = cJSON_IsTrue(body->child);
    cJSON_Delete(body);
    free(bearer);
    return alive;
}

static size_t count_access(const struct model *model, const char *chain)
{
    size_t count = 0;

    for (size_t i = 0; i < model->count; i++)
        count += model->tokens[i].kind == MODEL_ACCESS &&
                 model->tokens[i].is_alive &&
                 strcmp(model->tokens[i].chain, chain) == 0;
    return count;
}

/* Who of the living still is, and whether as many may be. */
static void probe(struct model *model, bool may_kill)
{
    for (size_t i = 0; i < model->count; i++) {
        struct model_token *token = &model->tokens[i];

        if (!token->is_alive)
            continue;
        token->is_alive = is_alive(model, token);
        fuzz_require(token->is_alive || may_kill);
        fuzz_require(!token->is_alive || !token->is_over);
        fuzz_require(!token->is_alive || model->now < token->expires_at);
    }
    for (size_t i = 0; i < model->count; i++)
        fuzz_require(count_access(model, model->tokens[i].chain) <= 2);
}

/* What was just issued works. */
static void check_new(const struct model *model, size_t first)
{
    for (size_t i = first; i < model->count; i++)
        fuzz_require(model->tokens[i].is_alive ||
                     model->tokens[i].kind == MODEL_REFRESH ||
                     model->tokens[i].expires_at <= model->now);
}

/* ---- the interface ---- */

void model_call(struct model *model, const struct request *request,
                struct model_token *refresh)
{
    size_t known = model->count;
    cJSON *body;
    bool ok;

    mock_handle(model->mock, request, &model->reply);
    body = check_reply(&model->reply,
                       request->verb == VERB_OPTIONS && !request->cut_short);
    ok = body && cJSON_IsTrue(body->child);
    if (ok)
        learn(model, request->method, body, refresh);
    cJSON_Delete(body);
    probe(model, ok);
    check_new(model, known);
}

void model_advance(struct model *model, int64_t milliseconds)
{
    model->now += milliseconds;
    probe(model, true);
}

void model_init(struct model *model, struct mock *mock,
                const struct model_seed *seeds)
{
    model->mock = mock;
    model->now = FUZZ_TIME;
    model->count = 0;
    model->reply = (struct reply)REPLY_INIT;
    model->probe_reply = (struct reply)REPLY_INIT;
    for (; seeds->text; seeds++) {
        struct model_token *token = add(model, seeds->text, seeds->chain);

        if (token->kind == MODEL_ACCESS)
            token->expires_at = FUZZ_TIME + seeds->expires_in;
    }
    probe(model, true);
}

void model_free(struct model *model)
{
    for (size_t i = 0; i < model->count; i++)
        free(model->tokens[i].text);
    reply_free(&model->reply);
    reply_free(&model->probe_reply);
    mock_free(model->mock);
}
