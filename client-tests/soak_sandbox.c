/* A sandbox comes, changes as a whole, and goes; its journal tells of it. */
#include <stdio.h>
#include <string.h>

#include "control_client.h"
#include "default_world.h"
#include "soak_steps.h"

#define PREFIX_SIZE 64
#define CALL_SIZE   128

/*
 * Half of the texts are met again, and come out of the server's cache; the
 * others are each met once.
 */
static void spell_world(struct soak_worker *worker, char prefix[PREFIX_SIZE],
                        char *text, size_t size)
{
    bool is_new = soak_random(worker, 2) == 1;

    (void)snprintf(prefix, PREFIX_SIZE, "xoxb-worker%d-%d", worker->number,
                   is_new ? worker->generation : 0);
    (void)snprintf(text, size,
                   WORLD(STILL ",\"tokens\":[{\"generate\":%d,\"type\":\"bot\","
                               "\"prefix\":\"%s\",\"app\":\"A0APP\","
                               "\"team\":\"T0TEAM\",\"scope\":\"commands\"}]"),
                   SOAK_CHAINS, prefix);
}

static void spell_sandbox_call(const struct soak_worker *worker,
                               const char *verb, char call[CALL_SIZE])
{
    (void)snprintf(call, CALL_SIZE, "%s //_mock/sandboxes/worker%d-%d", verb,
                   worker->number, worker->generation);
}

/* ---- coming and going ---- */

bool soak_enter_sandbox(struct soak_worker *worker)
{
    char prefix[PREFIX_SIZE];
    char text[1024];
    char call[CALL_SIZE];

    worker->generation++;
    (void)snprintf(worker->base, sizeof worker->base, "/sandbox/worker%d-%d",
                   worker->number, worker->generation);
    spell_sandbox_call(worker, "PUT", call);
    spell_world(worker, prefix, text, sizeof text);
    soak_world_begin(worker, prefix);
    return soak_control(worker, call, text, 200);
}

static bool check_own_journal(struct soak_worker *worker)
{
    return soak_check_journal(worker, worker->made,
                              worker->made + worker->unsettled);
}

/* Afterwards nothing is there. */
bool soak_leave_sandbox(struct soak_worker *worker)
{
    char call[CALL_SIZE];

    spell_sandbox_call(worker, "DELETE", call);
    return check_own_journal(worker) && soak_control(worker, call, NULL, 200) &&
           soak_control(worker, call, NULL, 404) &&
           soak_control(worker, "GET /api/auth.test", NULL, 404);
}

void soak_move(struct soak_worker *worker)
{
    if (soak_leave_sandbox(worker))
        (void)soak_enter_sandbox(worker);
}

void soak_look_at_journal(struct soak_worker *worker)
{
    (void)check_own_journal(worker);
}

/* ---- changing ---- */

void soak_reset_sandbox(struct soak_worker *worker)
{
    if (check_own_journal(worker) &&
        soak_control(worker, "POST /_mock/reset", NULL, 200))
        soak_world_reset(worker);
}

/*
 * Another world in the same sandbox, or a new sandbox of the same name. What
 * was cut off may still come, and could not be told from what comes after.
 */
void soak_replace_world(struct soak_worker *worker)
{
    bool is_new = soak_random(worker, 2) == 1;
    char prefix[PREFIX_SIZE];
    char text[1024];
    char call[CALL_SIZE];

    if (worker->unsettled > 0)
        return;
    spell_world(worker, prefix, text, sizeof text);
    spell_sandbox_call(worker, "PUT", call);
    if (soak_control(worker, is_new ? call : "PUT /_mock/scenario", text, 200))
        soak_world_begin(worker, prefix);
}

static bool patch_rotation(struct soak_worker *worker, const char *value)
{
    char text[128];

    (void)snprintf(text, sizeof text,
                   "{\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":%s}]}",
                   value);
    return soak_control(worker, "PATCH /_mock/scenario", text, 200);
}

/* While it is off nothing is exchanged; what was done before stays. */
void soak_switch_rotation(struct soak_worker *worker)
{
    const struct model_token *legacy = soak_random_legacy(worker);
    struct soak_answer answer;

    if (patch_rotation(worker, "false") &&
        soak_life_exchange(worker, legacy->text, &answer) &&
        soak_expect(worker, &answer, "token_rotation_not_enabled"))
        (void)patch_rotation(worker, "true");
}

/* Nothing changes: the steps that follow would notice. */
void soak_refused_world(struct soak_worker *worker)
{
    static const struct {
        const char *call;
        const char *body;
        int status;
    } refused[] = {
        {"PUT /_mock/scenario", "{\"description\":\"cut", 400},
        {"PUT /_mock/scenario", WORLD("\"rules\":[{\"reply\":{\"eror\":1}}]"),
         422},
        {"PATCH /_mock/scenario",
         "{\"tokens\":[{\"token\":\"xoxb-1\",\"app\":\"none\"}],\"rules\":[]}",
         422},
        {"POST /_mock/clock", "{\"advance\":", 400},
        {"POST /_mock/clock", "{\"advance\":\"x\"}", 422},
        {"GET /_mock/nothing", NULL, 404},
        {"PUT /_mock/reset", NULL, 405},
    };
    unsigned chosen = soak_random(worker, sizeof refused / sizeof refused[0]);

    (void)soak_control(worker, refused[chosen].call, refused[chosen].body,
                       refused[chosen].status);
}

/* The tokens of another worker are unknown here. */
void soak_look_elsewhere(struct soak_worker *worker)
{
    char foreign[64];
    struct soak_answer answer;

    (void)snprintf(foreign, sizeof foreign, "xoxb-worker%d-%d-1",
                   worker->number + 1, 0);
    if (soak_life_exchange(worker, foreign, &answer))
        (void)soak_expect(worker, &answer, "invalid_token");
}
