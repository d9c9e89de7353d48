/*
 * Judges what is sent to a webhook: first the webhook, then the payload, then
 * the message in it. Slack's pages give the errors, but no order. Rules may
 * answer in its place.
 */
#include "mock/webhook.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "call/call.h"
#include "call/rule_list.h"
#include "call/slack_reply.h"
#include "message/webhook_error.h"
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

static struct answer judge(const struct mock *mock, struct call *call)
{
    const char *path = call->sent.webhook;
    struct json_syntax_error error;
    struct sent_text sent;
    struct answer answer;
    cJSON *payload;

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

/* ---- the answer ---- */

static void write_answer(struct call *call, struct answer answer)
{
    struct reply *reply = call->outcome.reply;

    reply->status = answer.status;
    reply_set_header_static(reply, "Content-Type", "text/plain; charset=utf-8");
    buffer_clear(&reply->body);
    buffer_add_text(&reply->body, answer.text);
    reply->record.error =
        answer.status == ok.status ? NULL : reply_copy(reply, answer.text);
}

/* The one error that is JSON (live reports). */
static void write_rate_limited(struct call *call)
{
    const long long wanted = call->ruling.reply->retry_after;
    struct reply *reply = call->outcome.reply;
    struct json_writer writer = {.output = &reply->body};

    buffer_clear(&reply->body);
    reply_set_header_static(reply, "Content-Type",
                            "application/json; charset=utf-8");
    reply_set_header_static(reply, "Retry-After", "1");
    json_write_object(&writer, NULL);
    json_write_integer(&writer, "retry_after", wanted < 0 ? 1 : wanted);
    json_write_boolean(&writer, "ok", false);
    json_write_text(&writer, "error", "rate_limited");
    json_write_object_end(&writer);
}

/* Writes the error of a rule; 400 with one that nobody documents. */
static void write_error(struct call *call, const char *name)
{
    const struct webhook_error *error = webhook_error_find(name);

    write_answer(call, (struct answer){error ? error->status : 400, name});
    if (strcmp(name, "rate_limited") == 0)
        write_rate_limited(call);
}

static void apply_rule(struct call *call)
{
    const struct rule_reply *wanted = call->ruling.reply;
    struct reply *reply = call->outcome.reply;

    if (wanted->error)
        write_error(call, wanted->error);
    else if (wanted->json)
        reply_set_header_static(reply, "Content-Type",
                                "application/json; charset=utf-8");
    if (!wanted->error && (wanted->json || wanted->body))
        reply->record.error =
            wanted->json_error ? reply_copy(reply, wanted->json_error) : NULL;
    slack_reply_dress(call);
}

/* What is posted takes effect before a rule of the stage `after` replaces it.
 */
static void answer_post(struct mock *mock, struct call *call)
{
    struct answer answer = ok;

    rule_list_take(&mock->rules, call);
    if (!call->ruling.reply || call->ruling.stage == RULE_AFTER ||
        !rule_reply_replaces_call(call->ruling.reply)) {
        answer = judge(mock, call);
        call->outcome.reply->record.committed = answer.status == ok.status;
    }
    write_answer(call, answer);
    if (call->ruling.reply)
        apply_rule(call);
    rule_list_hint(&mock->rules, call);
}

static void refuse_verb(struct call *call)
{
    write_answer(call, (struct answer){405, "method_not_allowed"});
    reply_set_header_static(call->outcome.reply, "Allow", "POST");
}

void webhook_handle(struct mock *mock, const struct request *request,
                    struct reply *reply)
{
    struct request nameless = *request;
    struct call call;

    nameless.method = ""; /* the path holds the webhook's secret */
    call = mock_begin_call(mock, &nameless, reply);
    call.sent.webhook = request->method;
    gates_read_refused(&call);
    if (request->cut_short)
        write_answer(&call, (struct answer){408, "request_timeout"});
    else if (request->verb != VERB_POST)
        refuse_verb(&call);
    else
        answer_post(mock, &call);
    mock_journal_call(mock, &call);
}
