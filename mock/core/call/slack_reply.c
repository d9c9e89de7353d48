/*
 * Builds replies. Header names and values are those seen on slack.com/api; what
 * its proxies add is left out.
 */
#include "call/slack_reply.h"

#include <stdio.h>
#include <string.h>

#include "call/accepted_scopes.h"
#include "call/call.h"
#include "call/reply_json.h"
#include "call/reply_notes.h"
#include "call/type_scopes.h"
#include "rules/rule.h"
#include "tokens/scope.h"

#define RATE_LIMITED_SECONDS 30 /* the value in Slack's documentation */

void slack_reply_headers(struct call *call, const char *request_id,
                         const char *date)
{
    struct reply *reply = call->outcome.reply;

    reply_add_header_static(reply, "Content-Type",
                            "application/json; charset=utf-8");
    reply_add_header_static(reply, "Date", reply_copy(reply, date));
    reply_add_header_static(reply, "X-Slack-Req-Id",
                            reply_copy(reply, request_id));
    reply_add_header_static(reply, "Access-Control-Allow-Origin", "*");
    reply_add_header_static(reply, "Access-Control-Expose-Headers",
                            "x-slack-req-id, retry-after");
}

/* Only with a token that is known and alive, as Slack does. */
static void add_token_headers(struct call *call)
{
    const struct token_facts *token = &call->caller.token_facts;
    struct reply *reply = call->outcome.reply;

    if (!call->caller.token_is_known || token->kind == TOKEN_REFRESH ||
        token->ending ||
        (token->state != TOKEN_ACTIVE && token->state != TOKEN_EXCHANGED))
        return;
    reply_add_header_static(reply, "Cache-Control",
                            "private, no-cache, no-store, must-revalidate");
    reply_add_header_static(reply, "Pragma", "no-cache");
    reply_add_header_static(reply, "Expires", "Sat, 26 Jul 1997 05:00:00 GMT");
    reply_add_header_static(reply, "X-OAuth-Scopes",
                            reply_copy(reply, scope_text(token->scope)));
    reply_add_header_static(reply, "X-Accepted-OAuth-Scopes",
                            accepted_scopes(call));
}

static void open_body(struct call *call, bool ok)
{
    struct sent_text pretty = call_argument(call, "pretty");

    buffer_clear(&call->outcome.reply->body);
    call->outcome.fields = (struct json_writer){
        .output = &call->outcome.reply->body,
        .indent = sent_text_is(pretty, "1"),
    };
    json_write_object(&call->outcome.fields, NULL);
    json_write_boolean(&call->outcome.fields, "ok", ok);
}

void slack_reply_begin(struct call *call)
{
    add_token_headers(call);
    open_body(call, true);
}

void slack_reply_fail(struct call *call, const char *error)
{
    open_body(call, false);
    json_write_text(&call->outcome.fields, "error", error);
    call->outcome.reply->record.error = reply_copy(call->outcome.reply, error);
}

static void set_retry_after(struct reply *reply, long long seconds)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", seconds);
    reply_set_header(reply, "Retry-After", text);
}

/* What a rule's fault replaces the body by, NULL for nothing. */
static const char *fault_body(const struct rule_reply *wanted)
{
    return wanted->fault ? wanted->fault->body : NULL;
}

/* Of all errors only `ratelimited` has a status of its own, HTTP 429. */
static void set_status(struct call *call, const char *error)
{
    const struct rule_reply *wanted = call->ruling.reply;

    if (wanted && fault_body(wanted))
        return;
    if (!error || strcmp(error, slack_error_name(SLACK_RATELIMITED)) != 0)
        return;
    call->outcome.reply->status = 429;
    set_retry_after(call->outcome.reply, call->outcome.retry_after
                                             ? call->outcome.retry_after
                                             : RATE_LIMITED_SECONDS);
}

static void set_body(struct reply *reply, const char *text)
{
    buffer_clear(&reply->body);
    buffer_add_text(&reply->body, text);
}

/* Sets the rule's delay and fault. */
static void hinder(struct call *call)
{
    const struct rule_reply *wanted = call->ruling.reply;
    struct reply *reply = call->outcome.reply;

    reply->delay = delay_draw(&wanted->delay, call->chance_random);
    if (reply->delay)
        call_decide(call, "the reply is held back for %lld ms",
                    (long long)reply->delay);
    if (!wanted->fault)
        return;
    reply->fault = wanted->fault;
    reply->record.fault = wanted->fault->name;
    if (wanted->fault->body)
        set_body(reply, wanted->fault->body);
}

static void dress_body(struct call *call)
{
    const struct rule_reply *wanted = call->ruling.reply;
    struct reply *reply = call->outcome.reply;
    bool indent = call->outcome.fields.indent;

    if (wanted->body) {
        buffer_clear(&reply->body);
        buffer_add(&reply->body, wanted->body, wanted->body_length);
    } else if (wanted->json) {
        reply_json_put(wanted->json, indent, &reply->body);
    } else if (wanted->fields && !reply->record.error) {
        reply_json_lay(wanted->fields, indent, &reply->body);
        if (wanted->fields_error)
            reply->record.error = reply_copy(reply, wanted->fields_error);
    }
}

void slack_reply_dress(struct call *call)
{
    const struct rule_reply *wanted = call->ruling.reply;
    struct reply *reply = call->outcome.reply;
    size_t number;

    if (wanted->status)
        reply->status = (int)wanted->status;
    if (wanted->retry_after >= 0)
        set_retry_after(reply, wanted->retry_after);
    else if (wanted->retry_after == RETRY_AFTER_NONE)
        reply_set_header_static(reply, "Retry-After", NULL);
    for (number = 0; number < wanted->header_count; number++)
        reply_set_header(reply, wanted->headers[number].name,
                         wanted->headers[number].value);
    if (wanted->has_content_type && wanted->content_type)
        reply_set_header(reply, "Content-Type", wanted->content_type);
    else if (wanted->has_content_type)
        reply_set_header_static(reply, "Content-Type", NULL);
    dress_body(call);
    hinder(call);
}

/*
 * True if the rule's error or body replaces the method's outcome, even a
 * refusal. Other faults keep the client from the outcome, but the record still
 * has it.
 */
static bool hides_outcome(const struct rule_reply *wanted)
{
    return wanted && (wanted->error || wanted->body || wanted->json ||
                      fault_body(wanted));
}

static void forget_outcome(struct call *call)
{
    call->outcome.missing = 0;
    call->outcome.has_cursor = false;
    call->outcome.retry_after = 0;
    call->outcome.stub = NULL;
    call->outcome.reply->record.error = NULL;
    call->outcome.reply->record.reason = NULL;
}

/* The error to answer with, NULL for ok. */
static const char *error_shown(const struct call *call, enum slack_error error)
{
    const struct rule_reply *wanted = call->ruling.reply;

    if (hides_outcome(wanted))
        return wanted->error ? wanted->error : wanted->json_error;
    if (wanted && wanted->fault && wanted->fault->share == SHARE_HALF_OF_BODY &&
        call->ruling.stage == RULE_BEFORE)
        return slack_error_name(SLACK_INTERNAL_ERROR);
    return error ? slack_error_name(error) : NULL;
}

/* Of a method that is data, whoever says that the call is refused. */
static bool has_scopes(const struct call *call)
{
    return (call->sent.described || call->sent.facts) &&
           call->caller.token_is_known;
}

static void write_scopes(struct call *call)
{
    struct json_writer *fields = &call->outcome.fields;

    json_write_text(fields, "needed", needed_scopes(call));
    json_write_text(fields, "provided",
                    scope_text(call->caller.token_facts.scope));
}

static bool is_error(const char *name, enum slack_error error)
{
    return strcmp(name, slack_error_name(error)) == 0;
}

/* What some errors have beside their name. */
static void fail(struct call *call, const char *error)
{
    struct json_writer *fields = &call->outcome.fields;

    slack_reply_fail(call, error);
    if (is_error(error, SLACK_UNKNOWN_METHOD))
        json_write_text(fields, "req_method", call->sent.request->method);
    if (is_error(error, SLACK_MISSING_SCOPE) && has_scopes(call))
        write_scopes(call);
    if (is_error(error, SLACK_MISSING_ARGUMENT) && call->sent.facts)
        json_write_text(fields, "arg", "team_id");
}

void slack_reply_end(struct call *call, enum slack_error error)
{
    const char *name = error_shown(call, error);

    if (hides_outcome(call->ruling.reply))
        forget_outcome(call);
    if (name)
        fail(call, name);
    set_status(call, call->outcome.reply->record.error);
    reply_notes_write(call);
    json_write_object_end(&call->outcome.fields);
    if (call->ruling.reply)
        slack_reply_dress(call);
}

void slack_reply_refuse(struct call *call, int status, const char *error,
                        const char *message)
{
    slack_reply_fail(call, error);
    json_write_text(&call->outcome.fields, "message", message);
    json_write_object_end(&call->outcome.fields);
    call->outcome.reply->status = status;
}
