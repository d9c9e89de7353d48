/* Makes the requests of a delivery, and judges what came of them. */
#include "events/delivery.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"

/* How long a retry waits, in the mock's milliseconds. */
static const int64_t waits[DELIVERY_ATTEMPTS - 1] = {0, 60 * 1000,
                                                     5 * 60 * 1000};

const char *const delivery_problem_words[] = {
    [PROBLEM_NONE] = "none",
    [PROBLEM_TIMEOUT] = "http_timeout",
    [PROBLEM_REDIRECTS] = "too_many_redirects",
    [PROBLEM_CONNECTION] = "connection_failed",
    [PROBLEM_TLS] = "ssl_error",
    [PROBLEM_HTTP] = "http_error",
    [PROBLEM_UNKNOWN] = "unknown_error",
    NULL,
};

const char *const delivery_state_words[] = {
    [DELIVERY_WAITING] = "waiting",     [DELIVERY_SENDING] = "sending",
    [DELIVERY_DELIVERED] = "delivered", [DELIVERY_FAILED] = "failed",
    [DELIVERY_DROPPED] = "dropped",     NULL,
};

const char *delivery_problem_name(enum delivery_problem problem)
{
    return problem == PROBLEM_NONE ? NULL : delivery_problem_words[problem];
}

const char *delivery_state_name(enum delivery_state state)
{
    return delivery_state_words[state];
}

bool delivery_is_pending(const struct delivery *delivery)
{
    return delivery->state == DELIVERY_WAITING ||
           delivery->state == DELIVERY_SENDING;
}

/* ---- an attempt ---- */

void delivery_sign(const char *secret, const char *timestamp,
                   const struct buffer *body, char *signature, size_t size)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX_SIZE];
    struct buffer base = BUFFER_INIT;

    buffer_printf(&base, "v0:%s:", timestamp);
    buffer_add(&base, buffer_text(body), body->length);
    hmac_sha256(secret, base.data, base.length, digest);
    sha256_to_hex(digest, hex);
    snprintf(signature, size, "v0=%s", hex);
    buffer_free(&base);
}

static void add_header(struct sending *sending, const char *name,
                       const char *value)
{
    sending->headers[sending->header_count++] =
        (struct request_header){name, value};
}

static void add_headers(struct delivery *delivery,
                        const struct attempt *attempt, struct sending *sending)
{
    add_header(sending, "User-Agent",
               "Slackbot 1.0 (+https://api.slack.com/robots)");
    add_header(sending, "Accept", "*/*");
    add_header(sending, "Accept-Encoding", "gzip,deflate");
    add_header(sending, "Content-Type", "application/json");
    add_header(sending, "X-Slack-Signature", attempt->signature);
    add_header(sending, "X-Slack-Request-Timestamp", attempt->timestamp);
    if (!attempt->retry_reason)
        return;
    snprintf(delivery->retry_number, sizeof delivery->retry_number, "%d",
             (int)(delivery->attempt_count - 1) % DELIVERY_ATTEMPTS);
    add_header(sending, "X-Slack-Retry-Num", delivery->retry_number);
    add_header(sending, "X-Slack-Retry-Reason", attempt->retry_reason);
}

void delivery_begin(struct delivery *delivery, int64_t now, int64_t host_time,
                    struct sending *sending)
{
    struct attempt *attempt = &delivery->attempts[delivery->attempt_count];

    if (delivery->attempt_count)
        attempt->retry_reason = delivery_problem_name(attempt[-1].problem);
    delivery->attempt_count++;
    delivery->state = DELIVERY_SENDING;
    attempt->time = now;
    snprintf(attempt->timestamp, sizeof attempt->timestamp, "%lld",
             (long long)(host_time / 1000));
    delivery_sign(delivery->signing_secret, attempt->timestamp, &delivery->body,
                  attempt->signature, sizeof attempt->signature);
    *sending = (struct sending){
        .ticket = delivery->ticket,
        .url = delivery->url,
        .body = buffer_text(&delivery->body),
        .body_length = delivery->body.length,
    };
    add_headers(delivery, attempt, sending);
}

/* ---- what came of it ---- */

/* {"challenge":"..."} */
static bool is_in_json(const struct buffer *answer, const char *challenge)
{
    cJSON *json = cJSON_ParseWithLength(buffer_text(answer), answer->length);
    const char *text = cJSON_GetStringValue(
        cJSON_GetObjectItemCaseSensitive(json, "challenge"));
    bool is_it = text && strcmp(text, challenge) == 0;

    cJSON_Delete(json);
    return is_it;
}

/* As text, as a form or as JSON, whatever the Content-Type says. */
static bool is_expected(const struct buffer *answer, const char *challenge)
{
    const char *text = buffer_text(answer);
    size_t length = answer->length;

    if (is_in_json(answer, challenge))
        return true;
    if (strncmp(text, "challenge=", strlen("challenge=")) == 0) {
        text += strlen("challenge=");
        length -= strlen("challenge=");
    }
    while (length && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    return text_equals(text, length, challenge);
}

static void note(struct attempt *attempt, const char *text)
{
    free(attempt->note);
    attempt->note = xstrdup(text);
}

static void record(struct attempt *attempt,
                   const struct delivery_outcome *outcome)
{
    attempt->is_over = true;
    attempt->problem = outcome->problem;
    attempt->status = outcome->status;
    if (outcome->note)
        note(attempt, outcome->note);
    if (outcome->answer)
        buffer_add(&attempt->answer, outcome->answer,
                   outcome->answer_length < ANSWER_MOST ? outcome->answer_length
                                                        : ANSWER_MOST);
}

void delivery_end(struct delivery *delivery,
                  const struct delivery_outcome *outcome, int64_t now)
{
    struct attempt *attempt = &delivery->attempts[delivery->attempt_count - 1];

    record(attempt, outcome);
    delivery->ticket = 0;
    delivery->state = DELIVERY_FAILED;
    if (outcome->problem == PROBLEM_NONE) {
        if (!delivery->expects ||
            is_expected(&attempt->answer, delivery->expects))
            delivery->state = DELIVERY_DELIVERED;
        else
            note(attempt, "the answer is not the challenge");
    } else if (delivery->retries && !outcome->no_retry &&
               !outcome->is_refused &&
               delivery->attempt_count < DELIVERY_ATTEMPTS) {
        delivery->state = DELIVERY_WAITING;
        delivery->due = now + waits[delivery->attempt_count - 1];
    }
}

void delivery_free(struct delivery *delivery)
{
    size_t number;

    for (number = 0; number < delivery->attempt_count; number++) {
        free(delivery->attempts[number].note);
        buffer_free(&delivery->attempts[number].answer);
    }
    free(delivery->app);
    free(delivery->team);
    free(delivery->url);
    free(delivery->signing_secret);
    free(delivery->expects);
    free(delivery->rule);
    buffer_free(&delivery->body);
    free(delivery);
}
