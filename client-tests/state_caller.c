/*
 * A thread asserts nothing: the test looks at `problem` once it has ended.
 */
#include "state_caller.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "default_world.h"

bool state_ask(struct soak_client *client, const char *method,
               const char *bearer, const char *form)
{
    char request[1024];

    (void)snprintf(request, sizeof request,
                   "POST /api/%s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                   "Content-Type: application/x-www-form-urlencoded\r\n"
                   "%s%s%sContent-Length: %zu\r\n\r\n%s",
                   method, bearer ? "Authorization: Bearer " : "",
                   bearer ? bearer : "", bearer ? "\r\n" : "", strlen(form),
                   form);
    return soak_client_send(client, request) &&
           soak_client_await(client) == SOAK_REPLY;
}

void state_form(long token, char form[STATE_FORM_SIZE])
{
    (void)snprintf(form, STATE_FORM_SIZE,
                   APP_FORM "&token=" STATE_PREFIX "-%ld", token);
}

static void note_grant(struct state_caller *caller)
{
    struct grant *grant = &caller->grants[caller->count];
    cJSON *body = cJSON_Parse(caller->client.body);
    const char *access = cJSON_GetStringValue(
        cJSON_GetObjectItemCaseSensitive(body, "access_token"));

    if (access) {
        grant->token = caller->next;
        (void)snprintf(grant->access, sizeof grant->access, "%s", access);
        caller->count++;
    } else {
        (void)snprintf(caller->problem, sizeof caller->problem,
                       STATE_PREFIX "-%ld: %.400s", caller->next,
                       caller->client.body);
    }
    cJSON_Delete(body);
}

void state_caller_run(struct state_caller *caller, int port)
{
    const size_t most = caller->most ? caller->most : GRANTS_MOST;

    caller->count = 0;
    caller->unanswered = 0;
    soak_client_init(&caller->client, port, NULL);
    while (!*caller->problem && caller->count < most &&
           soak_client_open(&caller->client)) {
        char form[STATE_FORM_SIZE];

        state_form(caller->next, form);
        if (!state_ask(&caller->client, "oauth.v2.exchange", NULL, form)) {
            caller->unanswered = caller->next;
            caller->next += caller->step;
            break;
        }
        note_grant(caller);
        caller->next += caller->step;
        atomic_fetch_add(caller->answered, 1);
    }
    soak_client_close(&caller->client);
}

/* ---- afterwards ---- */

/* Sends the exchange of a token; what it answers must say so. */
static void exchange(struct soak_client *client, long token, const char *wanted)
{
    char form[STATE_FORM_SIZE];

    state_form(token, form);
    assert_true(state_ask(client, "oauth.v2.exchange", NULL, form));
    assert_contains(client->body, wanted);
}

/* Nobody gave the token twice, and what it gave is alive. */
static void check_grant(struct soak_client *client, const struct grant *grant)
{
    assert_true(state_ask(client, "auth.test", grant->access, ""));
    assert_contains(client->body, "\"ok\":true");
    exchange(client, grant->token, "token_already_exchanged");
}

/* The call without an answer has happened, or happens now; not twice. */
static void check_unanswered(struct soak_client *client, long token)
{
    exchange(client, token, "\"ok\":");
    exchange(client, token, "token_already_exchanged");
}

/* On one connection: of hundreds of kills each has hundreds of answers. */
void state_caller_check(struct state_caller *caller, int port)
{
    struct soak_client *client = &caller->client;

    assert_text(caller->problem, "");
    soak_client_init(client, port, NULL);
    assert_true(soak_client_open(client));
    for (size_t number = 0; number < caller->count; number++)
        check_grant(client, &caller->grants[number]);
    if (caller->unanswered)
        check_unanswered(client, caller->unanswered);
    soak_client_close(client);
}
