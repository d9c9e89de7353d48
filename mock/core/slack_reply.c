/*
 * Builds replies. Header names and values are those seen on slack.com/api; what
 * its proxies add is left out.
 */
#include "slack_reply.h"

#include <stdio.h>
#include <string.h>

#include "call.h"
#include "method.h"
#include "rule.h"
#include "timestamp.h"
#include "xalloc.h"

#define RATE_LIMITED_SECONDS 30 /* the value in Slack's documentation */
#define GARBAGE              "%% slackmock: this is not JSON %%"

void slack_reply_headers(struct call *call, const char *request_id)
{
    struct reply *reply = call->reply;
    char date[HTTP_DATE_SIZE];

    timestamp_to_http_date(call->now, date);
    reply_add_header_static(reply, "Content-Type",
                            "application/json; charset=utf-8");
    reply_add_header_static(reply, "Date", reply_copy(reply, date));
    reply_add_header_static(reply, "X-Slack-Req-Id",
                            reply_copy(reply, request_id));
    reply_add_header_static(reply, "Access-Control-Allow-Origin", "*");
    reply_add_header_static(reply, "Access-Control-Expose-Headers",
                            "x-slack-req-id, retry-after");
}

/* With a token that is known and alive, as Slack does. */
static void add_token_headers(struct call *call)
{
    const struct token_facts *token = &call->token_facts;
    struct reply *reply = call->reply;

    if (!call->token_is_known || token->kind == TOKEN_REFRESH ||
        token->ending ||
        (token->state != TOKEN_ACTIVE && token->state != TOKEN_EXCHANGED))
        return;
    reply_add_header_static(reply, "Cache-Control",
                            "private, no-cache, no-store, must-revalidate");
    reply_add_header_static(reply, "Pragma", "no-cache");
    reply_add_header_static(reply, "Expires", "Sat, 26 Jul 1997 05:00:00 GMT");
    reply_add_header_static(reply, "X-OAuth-Scopes",
                            reply_copy(reply, token->scope));
    reply_add_header_static(reply, "X-Accepted-OAuth-Scopes", "");
}

static void open_body(struct call *call, bool ok)
{
    struct sent_text pretty = call_argument(call, "pretty");

    buffer_clear(&call->reply->body);
    call->fields = (struct json_writer){
        .output = &call->reply->body,
        .indent = sent_text_is(pretty, "1"),
    };
    json_write_object(&call->fields, NULL);
    json_write_boolean(&call->fields, "ok", ok);
}

void slack_reply_begin(struct call *call)
{
    open_body(call, true);
}

static void write_error(struct call *call, const char *error)
{
    open_body(call, false);
    json_write_text(&call->fields, "error", error);
    if (strcmp(error, slack_error_name(SLACK_UNKNOWN_METHOD)) == 0)
        json_write_text(&call->fields, "req_method", call->request->method);
    call->reply->record.error = reply_copy(call->reply, error);
}

static bool has_name(const char *const *names, size_t count, const char *name)
{
    size_t number;

    for (number = 0; number < count; number++)
        if (strcmp(names[number], name) == 0)
            return true;
    return false;
}

/* The names of all warnings, the call's own and then the rule's, once each. */
static size_t collect_warnings(const struct call *call, const char **names,
                               size_t most)
{
    const struct text_list *more =
        call->rule_reply ? &call->rule_reply->warnings : NULL;
    size_t count = 0;
    size_t number;

    for (number = 0; number < SLACK_WARNING_COUNT; number++)
        if (call->has_warning[number])
            names[count++] = slack_warning_name((enum slack_warning)number);
    for (number = 0; more && number < more->count && count < most; number++)
        if (!has_name(names, count, more->texts[number]))
            names[count++] = more->texts[number];
    return count;
}

static void write_warnings(struct call *call)
{
    const char *names[SLACK_WARNING_COUNT + TEXT_LIST_MAX];
    size_t count = collect_warnings(call, names, sizeof names / sizeof *names);
    struct buffer joined = BUFFER_INIT;
    size_t number;

    if (!count)
        return;
    for (number = 0; number < count; number++)
        buffer_printf(&joined, "%s%s", number ? "," : "", names[number]);
    json_write_text(&call->fields, "warning", buffer_text(&joined));
    call->reply->record.warnings =
        reply_copy(call->reply, buffer_text(&joined));
    buffer_free(&joined);
}

static void write_messages(struct call *call)
{
    struct json_writer *fields = &call->fields;
    const struct text_list *more =
        call->rule_reply ? &call->rule_reply->messages : NULL;
    char message[128];
    unsigned number;
    size_t place;

    if (!call->missing && !(more && more->count))
        return;
    json_write_array(fields, "messages");
    for (number = 0; call->missing >> number; number++) {
        if (!(call->missing >> number & 1))
            continue;
        snprintf(message, sizeof message, "[ERROR] missing required field: %s",
                 call->method->required[number]);
        json_write_text(fields, NULL, message);
    }
    for (place = 0; more && place < more->count; place++)
        json_write_text(fields, NULL, more->texts[place]);
    json_write_array_end(fields);
}

static void write_metadata(struct call *call)
{
    const char *names[SLACK_WARNING_COUNT + TEXT_LIST_MAX];
    size_t count = collect_warnings(call, names, sizeof names / sizeof *names);
    bool has_messages =
        call->missing || (call->rule_reply && call->rule_reply->messages.count);

    if (!count && !has_messages)
        return;
    json_write_object(&call->fields, "response_metadata");
    if (count) {
        size_t number;

        json_write_array(&call->fields, "warnings");
        for (number = 0; number < count; number++)
            json_write_text(&call->fields, NULL, names[number]);
        json_write_array_end(&call->fields);
    }
    write_messages(call);
    json_write_object_end(&call->fields);
}

static void set_retry_after(struct reply *reply, long long seconds)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", seconds);
    reply_set_header(reply, "Retry-After", text);
}

/* HTTP 429 is the one status but 200 that Slack's methods answer with. */
static void set_status(struct call *call, const char *error)
{
    if (!error || strcmp(error, slack_error_name(SLACK_RATELIMITED)) != 0)
        return;
    call->reply->status = 429;
    set_retry_after(call->reply, call->retry_after ? call->retry_after
                                                   : RATE_LIMITED_SECONDS);
}

static void set_body(struct reply *reply, const char *text)
{
    buffer_clear(&reply->body);
    buffer_add_text(&reply->body, text);
}

/* What becomes of the reply on its way. */
static void hinder(struct call *call)
{
    const struct rule_reply *wanted = call->rule_reply;
    struct reply *reply = call->reply;

    reply->delay = delay_draw(&wanted->delay, call->chance_random);
    if (reply->delay)
        call_decide(call, "the reply is held back for %lld ms",
                    (long long)reply->delay);
    if (wanted->fault == FAULT_NONE)
        return;
    reply->fault = wanted->fault;
    reply->record.fault = fault_names[wanted->fault - 1];
    if (wanted->fault == FAULT_GARBAGE)
        set_body(reply, GARBAGE);
}

/* The rule's own wishes come last, over what is there. */
static void dress(struct call *call)
{
    const struct rule_reply *wanted = call->rule_reply;
    struct reply *reply = call->reply;
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
    if (wanted->body)
        set_body(reply, wanted->body);
    hinder(call);
}

/*
 * The error to answer with, NULL for ok. With one of a rule, or a raw body, the
 * method's outcome is not to be seen, even if it was a refusal. A fault alone
 * hides it too, but leaves it as what the client would have got.
 */
static const char *choose_error(struct call *call, enum slack_error error)
{
    const struct rule_reply *wanted = call->rule_reply;

    if (wanted &&
        (wanted->error || wanted->body || wanted->fault == FAULT_GARBAGE)) {
        call->missing = 0;
        call->retry_after = 0;
        return wanted->error;
    }
    if (wanted && wanted->fault == FAULT_TRUNCATE &&
        call->rule->stage == RULE_BEFORE)
        return slack_error_name(SLACK_INTERNAL_ERROR);
    return error ? slack_error_name(error) : NULL;
}

void slack_reply_end(struct call *call, enum slack_error error)
{
    const char *name = choose_error(call, error);

    if (name)
        write_error(call, name);
    add_token_headers(call);
    set_status(call, name);
    write_warnings(call);
    write_metadata(call);
    json_write_object_end(&call->fields);
    if (call->rule_reply)
        dress(call);
}

void slack_reply_refuse(struct call *call, int status, const char *error,
                        const char *message)
{
    write_error(call, error);
    json_write_text(&call->fields, "message", message);
    json_write_object_end(&call->fields);
    call->reply->status = status;
}
