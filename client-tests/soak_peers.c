/*
 * Clients that are hostile, broken, or in a hurry. What they send must get its
 * refusal or none, and must not be felt by anybody else.
 */
#include <stdio.h>
#include <string.h>

#include "default_world.h"
#include "http_client.h"
#include "soak_steps.h"

#define HOST "Host: 127.0.0.1\r\n"

/* ---- whole requests that are refused ---- */

struct odd_call {
    const char *call;
    const char *headers;
    const char *body;
    int status;
    const char *error; /* "": none */
};

static const struct odd_call odd_calls[] = {
    {"GET /api/no.such.method", "", NULL, 200, "unknown_method"},
    {"POST /api/oauth.v2.exchange", "", "token=1", 200, "missing_post_type"},
    {"POST /api/oauth.v2.exchange", "Content-Type: image/png\r\n", "1", 200,
     "invalid_post_type"},
    {"POST /api/oauth.v2.exchange", FORM "; charset=latin-7\r\n", "a=1", 200,
     "invalid_charset"},
    {"POST /api/oauth.v2.exchange", FORM "\r\n", "token=%zz", 200,
     "invalid_form_data"},
    {"POST /api/oauth.v2.exchange", FORM "\r\n", "to-ken=1", 200,
     "invalid_arg_name"},
    {"POST /api/oauth.v2.exchange", FORM "\r\n", "token[]=1", 200,
     "invalid_array_arg"},
    {"POST /api/oauth.v2.exchange", FORM "\r\n", "client_id=1", 200,
     "invalid_arguments"},
    {"POST /api/oauth.v2.exchange", FORM "\r\n",
     "client_id=1&client_secret=2&token=3", 200, "invalid_client_id"},
    {"POST /api/oauth.v2.exchange", FORM "\r\n",
     "client_id=" CLIENT_ID "&client_secret=2&token=3", 200,
     "bad_client_secret"},
    {"POST /api/oauth.v2.exchange", FORM "\r\n", APP_FORM "&token=3", 200,
     "invalid_token"},
    {"POST /api/oauth.v2.exchange",
     "Content-Type: multipart/form-data; boundary=b\r\n", "--b\r\n\r\n1", 200,
     "invalid_form_data"},
    {"POST /api/oauth.v2.access", FORM "\r\n", APP_FORM "&code=none", 200,
     "invalid_code"},
    {"POST /api/auth.test", "Content-Type: application/json\r\n",
     "{\"a\":", 200, "invalid_json"},
    {"POST /api/auth.test", FORM "\r\n", "", 200, "not_authed"},
    {"PUT /api/auth.test", "", "a", 405, "method_not_allowed"},
    {"DELETE /api/auth.test", "", NULL, 405, "method_not_allowed"},
    {"GET /nowhere", "", NULL, 404, "not_found"},
};

void soak_odd_call(struct soak_worker *worker)
{
    const struct odd_call *odd =
        &odd_calls[soak_random(worker, sizeof odd_calls / sizeof *odd_calls)];
    struct soak_answer answer;

    worker->made++;
    if (!soak_call(worker, &(struct soak_request){odd->call, odd->headers,
                                                  odd->body}) ||
        !soak_read_answer(worker, worker->client, &answer) ||
        !soak_expect(worker, &answer, odd->error))
        return;
    if (answer.status != odd->status)
        (void)soak_fail(worker, "status %d for %s, wanted %d", answer.status,
                        odd->call, odd->status);
}

/* ---- no HTTP ---- */

static const char *const malformed[] = {
    "GARBAGE\r\n\r\n",
    "GET /api/auth.test HTTP/1.1\r\n" HOST "garbage\r\n\r\n",
    "GET /api/auth.test HTTP/1.1\nHost: 127.0.0.1\n\n",
    "GET /api/auth.test HTTP/1.1\r\n" HOST "X-A: 1\r\n 2\r\n\r\n",
    "POST /api/auth.test HTTP/1.1\r\n" HOST
    "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=1",
    "POST /api/auth.test HTTP/1.1\r\n" HOST "Content-Length: -3\r\n\r\na=1",
    "POST /api/auth.test HTTP/1.1\r\n" HOST "Content-Length: 99999999\r\n\r\n",
    "POST /api/auth.test HTTP/1.1\r\n" HOST
    "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
};

/* Opens the second connection and sends just these bytes. */
static bool throw_bytes(struct soak_worker *worker, const char *bytes)
{
    soak_count_request(worker);
    if (soak_client_open(worker->other) &&
        soak_client_send(worker->other, bytes))
        return true;
    return soak_fail(worker, "the server does not take %.200s", bytes);
}

void soak_malformed(struct soak_worker *worker)
{
    const char *bytes =
        malformed[soak_random(worker, sizeof malformed / sizeof *malformed)];

    if (!throw_bytes(worker, bytes) ||
        !soak_await(worker, worker->other, SOAK_REPLY))
        return;
    if (worker->other->status < 400 || worker->other->status > 499)
        (void)soak_fail(worker, "status %d for %.200s", worker->other->status,
                        bytes);
    soak_client_close(worker->other);
}

/* ---- cut off ---- */

/* An exchange, with `missing` bytes more announced than there are. */
static void spell_exchange(const struct soak_worker *worker, const char *token,
                           size_t missing, char text[1024])
{
    char form[512];

    (void)snprintf(form, sizeof form, APP_FORM "&token=%s", token);
    (void)snprintf(text, 1024,
                   "POST %s" EXCHANGE " HTTP/1.1\r\n" HOST FORM
                   "\r\nContent-Length: %zu\r\n\r\n%s",
                   worker->base, strlen(form) + missing, form);
}

/* The client ends its half in the middle of a body. */
void soak_cut_body(struct soak_worker *worker)
{
    struct soak_answer answer;
    char text[1024];

    spell_exchange(worker, soak_random_legacy(worker)->text, 1, text);
    worker->made++;
    if (!throw_bytes(worker, text))
        return;
    soak_client_finish(worker->other);
    if (soak_await(worker, worker->other, SOAK_REPLY) &&
        soak_read_answer(worker, worker->other, &answer))
        (void)soak_expect(worker, &answer, "request_timeout");
    soak_client_close(worker->other);
}

/* A reset in the middle of a body: nothing takes effect. */
void soak_reset_inside(struct soak_worker *worker)
{
    char text[1024];

    spell_exchange(worker, soak_random_legacy(worker)->text, 1, text);
    worker->unsettled++;
    if (throw_bytes(worker, text))
        soak_client_reset(worker->other);
}

/* A reset behind a whole request: it may have been read by then, or not. */
void soak_reset_behind(struct soak_worker *worker)
{
    struct model_token *legacy = soak_random_legacy(worker);
    char text[1024];

    spell_exchange(worker, legacy->text, 0, text);
    worker->unsettled++;
    *soak_is_unsettled(worker, legacy) = true;
    if (throw_bytes(worker, text))
        soak_client_reset(worker->other);
}

/* ---- in a hurry ---- */

#define PIPELINED 5

/* Several exchanges of one token at once: one succeeds, if any. */
void soak_pipeline(struct soak_worker *worker)
{
    struct model_token *legacy = soak_random_legacy(worker);
    const char *wanted = token_model_exchange_answer(legacy);
    struct soak_answer answer;
    char text[1024];

    if (*soak_is_unsettled(worker, legacy))
        return;
    spell_exchange(worker, legacy->text, 0, text);
    for (int i = 0; i < PIPELINED; i++) {
        worker->made++;
        if (!throw_bytes(worker, text))
            return;
    }
    for (int i = 0; i < PIPELINED; i++) {
        if (!soak_await(worker, worker->other, SOAK_REPLY) ||
            !soak_read_answer(worker, worker->other, &answer) ||
            !soak_expect(worker, &answer, wanted))
            return;
        if (!wanted)
            soak_exchanged(worker, legacy, &answer);
        wanted = token_model_exchange_answer(legacy);
    }
    soak_client_close(worker->other);
}

/* Connections that begin something and are left so, until their turn comes. */
void soak_park(struct soak_worker *worker)
{
    static const char *const beginnings[] = {
        "", "POST /api/auth.test HT", "GET /api/auth.test HTTP/1.1\r\nX-A: ",
        "POST /api/auth.test HTTP/1.1\r\n" HOST "Content-Length: 9\r\n\r\na"};
    struct soak_connection *place =
        &worker->parked[soak_random(worker, SOAK_PARKED_MOST)];
    unsigned chosen =
        soak_random(worker, sizeof beginnings / sizeof *beginnings);

    soak_connection_close(place);
    if (!throw_bytes(worker, beginnings[chosen]))
        return;
    *place = worker->other->connection;
    worker->other->connection = (struct soak_connection)SOAK_CONNECTION_INIT;
}
