/* Asserts nothing: the test looks at `problem` once the thread has ended. */
#include "state_caller.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "default_world.h"

static bool send_exchange(struct state_caller *caller)
{
    char form[512];
    char request[1024];

    (void)snprintf(form, sizeof form, APP_FORM "&token=" STATE_PREFIX "-%ld",
                   caller->next);
    (void)snprintf(request, sizeof request,
                   "POST " EXCHANGE " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                   "Content-Type: application/x-www-form-urlencoded\r\n"
                   "Content-Length: %zu\r\n\r\n%s",
                   strlen(form), form);
    return soak_client_send(&caller->client, request);
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
    caller->count = 0;
    caller->unanswered = 0;
    soak_client_init(&caller->client, port, NULL);
    while (!*caller->problem && caller->count < GRANTS_MOST &&
           soak_client_open(&caller->client)) {
        const bool is_sent = send_exchange(caller);

        if (!is_sent || soak_client_await(&caller->client) != SOAK_REPLY) {
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
