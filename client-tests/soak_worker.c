/* Steps, calls, and what is said when one goes wrong; see soak_worker.h. */
#include "soak_worker.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "http_client.h"

#define REQUEST_SIZE 8192
#define REPLY_SHOWN  600

/* All of a step goes the same way: plain, or 1 for TLS. */
static void choose_way(struct soak_worker *worker, int tls)
{
    worker->client = &worker->kept[tls];
    worker->other = &worker->ending[tls];
}

void soak_worker_init(struct soak_worker *worker, struct soak_run *run,
                      int number, uint64_t seed)
{
    memset(worker, 0, sizeof *worker);
    worker->run = run;
    worker->number = number;
    worker->step = "begin";
    /* An odd factor keeps the seeds apart; the generator must not be at 0. */
    worker->random = (seed + 1) * 0x9e3779b97f4a7c15u + (uint64_t)number + 1;
    for (int tls = 0; tls < 2; tls++) {
        const char *authority = tls ? run->authority : NULL;

        soak_client_init(&worker->kept[tls], run->port, authority);
        soak_client_init(&worker->ending[tls], run->port, authority);
    }
    choose_way(worker, 0);
    for (int i = 0; i < SOAK_PARKED_MOST; i++)
        worker->parked[i] = (struct soak_connection)SOAK_CONNECTION_INIT;
}

void soak_worker_close(struct soak_worker *worker)
{
    for (int tls = 0; tls < 2; tls++) {
        soak_client_close(&worker->kept[tls]);
        soak_client_close(&worker->ending[tls]);
    }
    for (int i = 0; i < SOAK_PARKED_MOST; i++)
        soak_connection_close(&worker->parked[i]);
}

/* xorshift64*, by Marsaglia and Vigna. */
unsigned soak_random(struct soak_worker *worker, unsigned count)
{
    worker->random ^= worker->random >> 12;
    worker->random ^= worker->random << 25;
    worker->random ^= worker->random >> 27;
    return (unsigned)((worker->random * 0x2545f4914f6cdd1du >> 32) * count >>
                      32);
}

/* ---- its world ---- */

static void begin_model(struct soak_worker *worker)
{
    char text[MODEL_TEXT_SIZE];

    token_model_begin(&worker->model, 0, SOAK_PAIRS_KEPT);
    for (int i = 0; i < SOAK_CHAINS; i++) {
        (void)snprintf(text, sizeof text, "%s-%d", worker->prefix, i + 1);
        (void)token_model_add(&worker->model, MODEL_LEGACY, text, text);
    }
    worker->made = 0;
}

void soak_world_begin(struct soak_worker *worker, const char *prefix)
{
    (void)snprintf(worker->prefix, sizeof worker->prefix, "%s", prefix);
    memset(worker->is_unsettled, 0, sizeof worker->is_unsettled);
    worker->unsettled = 0;
    begin_model(worker);
}

/* What was not settled before may still arrive after. */
void soak_world_reset(struct soak_worker *worker)
{
    begin_model(worker);
}

struct model_token *soak_random_legacy(struct soak_worker *worker)
{
    return &worker->model.tokens[soak_random(worker, SOAK_CHAINS)];
}

bool *soak_is_unsettled(struct soak_worker *worker,
                        const struct model_token *legacy)
{
    return &worker->is_unsettled[legacy - worker->model.tokens];
}

bool soak_fail(struct soak_worker *worker, const char *format, ...)
{
    size_t length = strlen(worker->problem);
    va_list arguments;

    atomic_store(&worker->run->stop, true);
    if (length > 0 && length + 2 < sizeof worker->problem) {
        memcpy(worker->problem + length, "; ", 3);
        length += 2;
    }
    va_start(arguments, format);
    (void)vsnprintf(worker->problem + length, sizeof worker->problem - length,
                    format, arguments);
    va_end(arguments);
    return false;
}

bool soak_is_over(const struct soak_worker *worker)
{
    return atomic_load(&worker->run->stop) ||
           deadline_is_over(worker->run->end);
}

static size_t choose(struct soak_worker *worker, const struct soak_step *steps,
                     size_t count)
{
    unsigned total = 0;
    unsigned place;
    size_t i;

    for (i = 0; i < count; i++)
        total += steps[i].weight;
    place = soak_random(worker, total);
    for (i = 0; place >= steps[i].weight; i++)
        place -= steps[i].weight;
    return i;
}

void soak_worker_step(struct soak_worker *worker, const struct soak_step *steps,
                      size_t count)
{
    size_t chosen = choose(worker, steps, count);

    worker->step = steps[chosen].name;
    worker->steps++;
    worker->counts[chosen]++;
    choose_way(worker, soak_random(worker, SOAK_TLS_EVERY) == 0);
    steps[chosen].run(worker);
}

/* ---- calls ---- */

void soak_count_request(struct soak_worker *worker)
{
    worker->requests++;
    worker->requests_in_tls += worker->client->authority != NULL;
}

bool soak_send(struct soak_worker *worker, struct soak_client *client,
               const struct soak_request *request)
{
    const char *target = strchr(request->call, ' ') + 1;
    const char *base = worker->base;
    char text[REQUEST_SIZE];
    int length;

    if (strncmp(target, "//", 2) == 0) {
        target++;
        base = "";
    }
    length = snprintf(text, sizeof text,
                      "%.*s%s%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s"
                      "Content-Length: %zu\r\n\r\n%s",
                      (int)(strchr(request->call, ' ') + 1 - request->call),
                      request->call, base, target, request->headers,
                      request->body ? strlen(request->body) : 0,
                      request->body ? request->body : "");
    if (length < 0 || (size_t)length >= sizeof text)
        return soak_fail(worker, "a request too long for the test");
    if (!soak_client_open(client))
        return soak_fail(worker, "cannot connect%s for %s",
                         client->authority ? " in TLS" : "", request->call);
    soak_count_request(worker);
    if (!soak_client_send(client, text))
        return soak_fail(worker, "%s cannot be sent", request->call);
    return true;
}

bool soak_await(struct soak_worker *worker, struct soak_client *client,
                enum soak_end wanted)
{
    enum soak_end end = soak_client_await(client);

    if (end != SOAK_REPLY || client->will_close)
        soak_client_close(client);
    if (end == wanted)
        return true;
    return soak_fail(worker, "%s came, wanted %s; received: %.*s",
                     soak_end_name(end), soak_end_name(wanted), REPLY_SHOWN,
                     client->input);
}

bool soak_call(struct soak_worker *worker, const struct soak_request *request)
{
    return soak_send(worker, worker->client, request) &&
           soak_await(worker, worker->client, SOAK_REPLY);
}

bool soak_control(struct soak_worker *worker, const char *call,
                  const char *body, int status)
{
    if (!soak_call(worker, &(struct soak_request){call, "", body}))
        return false;
    if (worker->client->status == status)
        return true;
    return soak_fail(worker, "%s in %s: status %d, wanted %d: %.*s", call,
                     worker->base, worker->client->status, status, REPLY_SHOWN,
                     worker->client->body);
}

cJSON *soak_json(struct soak_worker *worker)
{
    cJSON *json = cJSON_Parse(worker->client->body);

    if (!json)
        (void)soak_fail(worker, "no JSON: %.*s", REPLY_SHOWN,
                        worker->client->body);
    return json;
}

/* ---- methods ---- */

static void copy_text(char *target, size_t size, const cJSON *json,
                      const char *path)
{
    const char *text = cJSON_GetStringValue(json_at(json, path));

    (void)snprintf(target, size, "%s", text ? text : "");
}

bool soak_read_answer(struct soak_worker *worker,
                      const struct soak_client *client,
                      struct soak_answer *answer)
{
    cJSON *json = cJSON_Parse(client->body);
    bool is_ok = cJSON_IsTrue(json_at(json, "ok"));

    answer->status = client->status;
    copy_text(answer->error, sizeof answer->error, json, "error");
    copy_text(answer->access, sizeof answer->access, json, "access_token");
    copy_text(answer->refresh, sizeof answer->refresh, json, "refresh_token");
    cJSON_Delete(json);
    if (json && is_ok == !answer->error[0])
        return true;
    return soak_fail(worker, "no answer of Slack's: %.*s", REPLY_SHOWN,
                     client->body);
}

bool soak_method(struct soak_worker *worker, const char *method,
                 const char *bearer, const char *form,
                 struct soak_answer *answer)
{
    char call[128];
    char headers[256 + MODEL_TEXT_SIZE];

    (void)snprintf(call, sizeof call, "POST /api/%s", method);
    (void)snprintf(headers, sizeof headers, FORM "\r\n%s%s%s",
                   bearer ? "Authorization: Bearer " : "", bearer ? bearer : "",
                   bearer ? "\r\n" : "");
    worker->made++;
    return soak_call(worker, &(struct soak_request){call, headers, form}) &&
           soak_read_answer(worker, worker->client, answer);
}

bool soak_expect(struct soak_worker *worker, const struct soak_answer *answer,
                 const char *error)
{
    if (strcmp(answer->error, error ? error : "") == 0)
        return true;
    return soak_fail(worker, "the answer is %s, wanted %s",
                     answer->error[0] ? answer->error : "a success",
                     error ? error : "a success");
}
