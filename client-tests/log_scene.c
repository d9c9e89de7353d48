/* Plays the recordings' requests to a server; see log_scene.h. */
#include "log_scene.h"

#include "recorded_reply.h"
#include "recorded_requests.h"
#include "server_fixture.h"
#include "test_case.h"

struct server *log_scene_start(struct test *test, const char *scenario,
                               const char *log)
{
    return server_start(test, scenario, ARGUMENTS("--state", log, "-q"));
}

void log_scene_play(struct test *test, const struct server *server)
{
    const struct recorded_requests *requests = recorded_requests_read(test);
    struct given_tokens tokens = {.access = NULL};

    for (size_t i = 0; i < requests->count; i++) {
        const struct recorded_request *request = &requests->list[i];

        given_tokens_take(
            test, &tokens,
            recorded_reply_await(test, server,
                                 recorded_request_bytes(test, request, &tokens),
                                 request->half_closes));
    }
}
