/*
 * Judges what is sent to a webhook: first the webhook, then the payload, then
 * the message in it. Slack's pages give the errors, but no order.
 */
#include "mock/webhook.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "call/call.h"
#include "mock/gates.h"
#include "mock/mock_parts.h"
#include "tokens/holders.h"
#include "json/json_text.h"

struct answer {
    int status;
    const char *text;
};

static const struct answer ok = {200, "ok"};

/* ---- the webhook ---- */

/* The team of T.../B.../SECRET, NULL if the path is no such one. */
static const char *next_segment(const char *path)
{
    const char *slash = strchr(path, '/');

    return slash && slash > path && slash[1] ? slash + 1 : NULL;
}

static bool is_incoming_webhook(const char *path)
{
    const char *second = *path == 'T' ? next_segment(path) : NULL;
    const char *third = second && *second == 'B' ? next_segment(second) : NULL;

    return third && !strchr(third, '/');
}

static bool has_installation(const struct mock *mock, const struct team *team,
                             int64_t now)
{
    const struct directory *directory = &mock->scenario->directory;
    size_t number;
    bool has = false;

    for (number = 0; !has && number < directory->app_count; number++) {
        struct holders holders = {0};

        holders_find(&holders, &mock->tokens, directory->apps[number], team,
                     now);
        has = !holders_are_none(&holders);
        holders_free(&holders);
    }
    return has;
}

/*
 * Webhooks die with the installation. Which app one belongs to its path does
 * not tell: it lives while the team has any app. A team that is not of this
 * world keeps its webhooks.
 */
static bool is_dead(const struct mock *mock, const char *path, int64_t now)
{
    char id[64];
    const size_t length = strcspn(path, "/");
    const struct team *team;

    if (!is_incoming_webhook(path) || length >= sizeof id)
        return false;
    memcpy(id, path, length);
    id[length] = '\0';
    team = directory_team_by_id(&mock->scenario->directory, id);
    return team && !has_installation(mock, team, now);
}

/* ---- the payload ---- */

static struct sent_text payload_of(struct call *call)
{
    const struct request *request = call->sent.request;
    const enum media_type media = call->sent.content_type.media;
    struct sent_text payload;

    if (media != MEDIA_URLENCODED && media != MEDIA_MULTIPART)
        return (struct sent_text){request->body, request->body_length};
    payload = call_argument(call, "payload");
    if (!payload.bytes)
        call_hint(call, "a form has the JSON in `payload`; a body that is JSON "
                        "wants Content-Type: application/json");
    return payload;
}

static bool has_content(const cJSON *payload, const char *key)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(payload, key);

    return cJSON_IsString(value) ? *value->valuestring != '\0'
                                 : cJSON_GetArraySize(value) > 0;
}

/* A response URL also takes {"delete_original":true} and the like. */
static struct answer judge_payload(const cJSON *payload, bool is_message)
{
    static const struct answer invalid = {400, "invalid_payload"};
    static const struct answer no_text = {400, "no_text"};

    if (!cJSON_IsObject(payload))
        return invalid;
    if (is_message && !has_content(payload, "text") &&
        !has_content(payload, "blocks") && !has_content(payload, "attachments"))
        return no_text;
    return ok;
}

static struct answer judge(const struct mock *mock, struct call *call,
                           const char *path)
{
    struct json_syntax_error error;
    struct sent_text sent;
    struct answer answer;
    cJSON *payload;

    if (call->sent.request->cut_short)
        return (struct answer){408, "request_timeout"};
    if (call->sent.request->verb != VERB_POST)
        return (struct answer){405, "method_not_allowed"};
    if (!*path || is_dead(mock, path, call->now))
        return (struct answer){404, "no_service"};
    sent = payload_of(call);
    payload = sent.bytes ? json_text_parse(sent.bytes, sent.length,
                                           call->limits->json_depth, &error)
                         : NULL;
    answer = judge_payload(payload, is_incoming_webhook(path));
    cJSON_Delete(payload);
    return answer;
}

void webhook_handle(struct mock *mock, const struct request *request,
                    struct reply *reply)
{
    struct request nameless = *request;
    struct call call;
    struct answer answer;

    nameless.method = ""; /* the path holds the webhook's secret */
    call = mock_begin_call(mock, &nameless, reply);
    gates_read_refused(&call);
    answer = judge(mock, &call, request->method);
    reply->status = answer.status;
    reply_set_header_static(reply, "Content-Type", "text/plain; charset=utf-8");
    if (answer.status == 405)
        reply_set_header_static(reply, "Allow", "POST");
    buffer_add_text(&reply->body, answer.text);
    if (answer.status == ok.status)
        reply->record.committed = true;
    else
        reply->record.error = answer.text;
    mock_journal_call(mock, &call);
}
