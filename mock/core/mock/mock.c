/*
 * A call's way through the mock: the gates, the rules, the method, the reply.
 */
#include "mock/mock.h"

#include <string.h>

#include "call/call.h"
#include "call/method.h"
#include "call/slack_reply.h"
#include "message/method_facts.h"
#include "mock/gates.h"
#include "mock/mock_parts.h"
#include "mock/outbox.h"

#define REQUEST_ID_LENGTH 32

/* True if the rule's reply stands in for the method, which is not run then. */
static bool rule_keeps_from_method(const struct call *call)
{
    return call->ruling.stage == RULE_BEFORE && call->ruling.reply &&
           rule_reply_replaces_call(call->ruling.reply);
}

/*
 * True for a call that is too early, or lacks a required argument: then the
 * method was not run.
 */
static bool is_kept_from_method(const struct call *call)
{
    return call->outcome.retry_after || call->outcome.missing;
}

static void say_outcome(struct call *call, enum slack_error error)
{
    const char *of_stub = call->outcome.reply->record.error;

    call_decide(call, "%s answers %s", call->sent.request->method,
                error     ? slack_error_name(error)
                : of_stub ? of_stub
                          : "ok");
}

/* What a method answers that there is. */
static enum slack_error ask_method(struct mock *mock, struct call *call)
{
    enum slack_error error = rate_limits_check(&mock->rate_limits, call);

    if (!error)
        error = gates_after_rules(call);
    if (!error)
        error = call->sent.method->handle(call);
    if (call->ruling.rule && call->ruling.stage == RULE_AFTER &&
        is_kept_from_method(call))
        rule_list_put_back(call);
    return error;
}

/* There is none of that name, or none any more. */
static bool is_of_no_method(enum slack_error error)
{
    return error == SLACK_UNKNOWN_METHOD || error == SLACK_METHOD_DEPRECATED;
}

static void hint_at_method(struct call *call)
{
    const char *nearest = method_facts_nearest(call->sent.request->method);

    if (nearest)
        call_hint(call, "Slack has no such method; did you mean %s?", nearest);
}

/* Rules see the calls whose form is in order, and those of no method too. */
static enum slack_error answer(struct mock *mock, struct call *call)
{
    enum slack_error error = gates_before_rules(call);

    if (error)
        gates_read_refused(call);
    slack_reply_begin(call);
    if (error && !is_of_no_method(error))
        return error;
    if (rule_list_take(&mock->rules, call) && rule_keeps_from_method(call))
        return SLACK_OK;
    if (!error)
        error = ask_method(mock, call);
    rule_list_hint(&mock->rules, call);
    if (error == SLACK_UNKNOWN_METHOD)
        hint_at_method(call);
    say_outcome(call, error);
    return error;
}

/* A copy for the log, which is written after the call's own texts are gone. */
static const char *copy_sent(const struct call *call, struct sent_text sent)
{
    return sent.bytes
               ? reply_copy_bytes(call->outcome.reply, sent.bytes, sent.length)
               : NULL;
}

static void record_sent(const struct call *call)
{
    struct call_record *record = &call->outcome.reply->record;

    record->token = copy_sent(call, call->caller.token);
    record->client_id = copy_sent(call, call->caller.client_id);
    record->client_is_known = call->caller.app != NULL;
}

void mock_journal_call(struct mock *mock, const struct call *call)
{
    record_sent(call);
    mock->changes.tokens += call->outcome.reply->record.committed;
    journal_add(&mock->journal, call->sent.request, call->outcome.reply,
                call->sent.arguments, call->now);
}

struct call mock_begin_call(struct mock *mock, const struct request *request,
                            struct reply *reply)
{
    char request_id[REQUEST_ID_LENGTH + 1] = "";
    struct call call = {
        .sent = {.request = request, .arguments = &mock->memory->arguments},
        .caller = {.basic = &mock->memory->basic},
        .outcome = {.reply = reply},
        .now = clock_now(&mock->clock, request->host_time),
        .verbose = mock->options.verbose,
        .limits = &mock->options.call,
        .sign = mock->options.sign,
        .scenario = mock->scenario,
        .tokens = &mock->tokens,
        .rules = &mock->rules,
        .events = &mock->events,
        .token_random = &mock->token_random,
        .chance_random = &mock->chance_random,
        .issued = &mock->issued,
    };

    reply_clear(reply);
    reply->close = request->cut_short;
    arguments_clear(&mock->memory->arguments);
    random_text(&mock->request_id_random, "0123456789abcdef", request_id,
                REQUEST_ID_LENGTH);
    slack_reply_headers(&call, request_id,
                        timestamp_http_date(&mock->memory->date, call.now));
    return call;
}

/*
 * Slack's preflight does not allow `authorization`, so browsers cannot send
 * one.
 */
static void answer_preflight(struct reply *reply)
{
    reply_set_header_static(
        reply, "Access-Control-Allow-Headers",
        "slack-route, x-slack-version-ts, x-b3-traceid, x-b3-spanid, "
        "x-b3-parentspanid, x-b3-sampled, x-b3-flags");
}

static void refuse_verb(struct call *call)
{
    gates_read_refused(call);
    if (strcmp(call->sent.request->verb_name, "CONNECT") == 0)
        call_hint(call, "the client takes slackmock for a proxy: give it as "
                        "the base URL, http:// and all, and unset "
                        "HTTPS_PROXY");
    slack_reply_refuse(call, 405, "method_not_allowed",
                       "Slack's methods take GET and POST");
    reply_set_header_static(call->outcome.reply, "Allow",
                            "GET, POST, HEAD, OPTIONS");
}

void mock_handle(struct mock *mock, const struct request *request,
                 struct reply *reply)
{
    struct call call = mock_begin_call(mock, request, reply);

    if (request->verb == VERB_OPTIONS && !request->cut_short)
        answer_preflight(reply);
    else if (request->verb > VERB_OPTIONS && !request->cut_short)
        refuse_verb(&call);
    else
        slack_reply_end(&call, answer(mock, &call));
    mock_journal_call(mock, &call);
    outbox_look(mock);
}

void mock_refuse(struct mock *mock, const struct request *request,
                 const struct refusal *refusal, struct reply *reply)
{
    struct call call = mock_begin_call(mock, request, reply);

    gates_read_refused(&call);
    slack_reply_refuse(&call, refusal->status, refusal->error,
                       refusal->message);
    call_hint(&call, "%s", refusal->message);
    mock_journal_call(mock, &call);
}

void mock_note(struct mock *mock, const struct request *request,
               const char *problem, struct reply *reply)
{
    struct call call = {
        .sent = {.request = request, .arguments = &mock->memory->arguments},
        .outcome = {.reply = reply},
        .now = clock_now(&mock->clock, request->host_time),
        .limits = &mock->options.call,
        .scenario = mock->scenario,
    };

    reply_clear(reply);
    reply->status = 0;
    arguments_clear(&mock->memory->arguments);
    call_hint_text(&call, problem);
    gates_read_refused(&call);
    mock_journal_call(mock, &call);
}
