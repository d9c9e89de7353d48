/*
 * The main world, through everything that can replace it: its file and SIGHUP,
 * PUT, PATCH and a reset. One worker alone does this. Each world has one token
 * that no other has, so that it can be seen which of them runs: its chain 0.
 */
#include <cjson/cJSON.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"
#include "default_world.h"
#include "files.h"
#include "soak_steps.h"

#define WORLD_SIZE  1024
#define KNOWN_CALLS (2 * SOAK_JOURNAL_MOST + 50)

static void spell_main_world(struct soak_worker *worker, char text[WORLD_SIZE])
{
    char prefix[64];

    worker->generation++;
    (void)snprintf(prefix, sizeof prefix, "xoxb-main-%d", worker->generation);
    (void)snprintf(text, WORLD_SIZE,
                   WORLD("\"tokens\":[{\"generate\":1,\"type\":\"bot\","
                         "\"prefix\":\"%s\",\"app\":\"A0APP\","
                         "\"team\":\"T0TEAM\",\"scope\":\"commands\"}]"),
                   prefix);
    soak_world_begin(worker, prefix);
}

/* The token is exchanged as its model says, and then no more. */
static bool check_world(struct soak_worker *worker)
{
    struct model_token *legacy = &worker->model.tokens[0];
    struct soak_answer answer;

    for (int i = 0; i < 2; i++) {
        const char *wanted = token_model_exchange_answer(legacy);

        if (!soak_life_exchange(worker, legacy->text, &answer) ||
            !soak_expect(worker, &answer, wanted))
            return soak_fail(worker, "exchange of %s", legacy->text);
        if (!wanted)
            soak_exchanged(worker, legacy, &answer);
    }
    return true;
}

/* ---- the file ---- */

/* True once the world's own token is there. */
static bool is_here(struct soak_worker *worker)
{
    char call[256];
    cJSON *json;
    bool result;

    (void)snprintf(call, sizeof call, "GET /_mock/state?token=%s",
                   worker->model.tokens[0].text);
    if (!soak_control(worker, call, NULL, 200) || !(json = soak_json(worker)))
        return false;
    result = json_at(json, "tokens.0") != NULL;
    cJSON_Delete(json);
    return result;
}

static bool write_file(struct soak_worker *worker, const char *text)
{
    return file_write(worker->run->scenario, text) == 0 ||
           soak_fail(worker, "the scenario file cannot be written");
}

static bool hang_up(struct soak_worker *worker)
{
    return kill(worker->run->server, SIGHUP) == 0 ||
           soak_fail(worker, "the server cannot be signalled");
}

void soak_reload(struct soak_worker *worker)
{
    deadline end = deadline_from_now();
    char text[WORLD_SIZE];

    spell_main_world(worker, text);
    if (!write_file(worker, text) || !hang_up(worker))
        return;
    while (!is_here(worker) && !worker->problem[0])
        if (!deadline_look_again(end))
            (void)soak_fail(worker, "SIGHUP has no effect");
    if (!worker->problem[0])
        (void)check_world(worker);
}

/* With -q nothing but what comes of signals stands in the log. */
static off_t log_size(const struct soak_worker *worker)
{
    struct stat status;

    return stat(worker->run->log, &status) == 0 ? status.st_size : -1;
}

/* The log says why, and the running world stays. */
void soak_reload_broken(struct soak_worker *worker)
{
    static const char *const broken[] = {
        "{\"description\":\"cut", "[]", "",
        "{\"description\":\"d\",\"extends\":\"./none.json\"}",
        "{\"description\":\"d\",\"rules\":[{\"reply\":{\"eror\":1}}]}"};
    deadline end = deadline_from_now();
    off_t size = log_size(worker);

    if (!write_file(
            worker,
            broken[soak_random(worker, sizeof broken / sizeof *broken)]) ||
        !hang_up(worker))
        return;
    while (log_size(worker) == size)
        if (!deadline_look_again(end)) {
            (void)soak_fail(worker, "the log has no line of a broken file");
            return;
        }
    (void)check_world(worker);
}

/* ---- the control API ---- */

void soak_reset_main_world(struct soak_worker *worker)
{
    if (!soak_control(worker, "POST /_mock/reset", NULL, 200))
        return;
    soak_world_reset(worker);
    (void)check_world(worker);
}

void soak_put_main_world(struct soak_worker *worker)
{
    char text[WORLD_SIZE];

    spell_main_world(worker, text);
    if (soak_control(worker, "PUT /_mock/scenario", text, 200))
        (void)check_world(worker);
}

/* Nothing but what a PATCH names changes: the exchanged mark stays. */
void soak_patch_main_world(struct soak_worker *worker)
{
    static const char *const patches[] = {
        "{\"rules\":[{\"name\":\"r\",\"when\":{\"method\":\"api.test\"},"
        "\"reply\":{\"error\":\"fatal_error\"}}]}",
        "{\"tokens\":[{\"token\":\"xoxb-patched\",\"app\":\"A0APP\","
        "\"team\":\"T0TEAM\",\"scope\":\"commands\",\"bot_user\":\"U1\"}]}",
        "{\"stubs\":{\"chat.postMessage\":{\"channel\":\"C1\"}}}",
        "{\"apps\":[{\"id\":\"A0APP\",\"expires_in\":3600}]}"};
    const char *patch =
        patches[soak_random(worker, sizeof patches / sizeof *patches)];

    if (check_world(worker) &&
        soak_control(worker, "PATCH /_mock/scenario", patch, 200))
        (void)check_world(worker);
}

/* A sandbox of the world that the server runs. */
void soak_visit(struct soak_worker *worker)
{
    struct soak_answer answer;

    if (!soak_control(worker, "PUT /_mock/sandboxes/visitor", NULL, 200))
        return;
    (void)snprintf(worker->base, sizeof worker->base, "/sandbox/visitor");
    if (soak_method(worker, "oauth.v2.exchange", NULL, BOT_FORM, &answer))
        (void)soak_expect(worker, &answer, NULL);
    worker->base[0] = '\0';
    worker->made--; /* it is in no journal of this world */
    (void)soak_control(worker, "DELETE /_mock/sandboxes/visitor", NULL, 200);
}

static bool count_sandboxes(struct soak_worker *worker, int most)
{
    cJSON *json;
    const cJSON *count;

    if (!soak_control(worker, "GET /_mock/sandboxes", NULL, 200) ||
        !(json = soak_json(worker)))
        return false;
    count = json_at(json, "count");
    if (!cJSON_IsNumber(count) || count->valueint > most)
        (void)soak_fail(worker, "wanted %d sandboxes at the most: %.400s", most,
                        worker->client->body);
    cJSON_Delete(json);
    return !worker->problem[0];
}

/* No more than one each worker. */
void soak_list_sandboxes(struct soak_worker *worker)
{
    (void)count_sandboxes(worker, worker->run->worker_count);
}

/* How much others add here, calls of sandboxes that are gone, is unknown. */
void soak_main_journal(struct soak_worker *worker)
{
    (void)soak_check_journal(worker, worker->made, LONG_MAX);
}

/* Now each request is known. */
bool soak_last_look(struct soak_worker *worker)
{
    soak_reset_main_world(worker);
    while (worker->made < KNOWN_CALLS && !worker->problem[0])
        soak_odd_call(worker);
    return soak_check_journal(worker, worker->made, worker->made) &&
           count_sandboxes(worker, 0);
}
