/* Starts replicas and compares them; see replicas.h. */
#include "replicas.h"

#include <cjson/cJSON.h>
#include <stddef.h>

#include "check.h"
#include "deadline.h"
#include "http_client.h"
#include "redis_server.h"
#include "server_fixture.h"
#include "test_case.h"

struct server *replicas_join(const struct replicas *replicas)
{
    return server_start(replicas->test, replicas->scenario,
                        ARGUMENTS("--state", redis_server_url(replicas->redis),
                                  "--request-timeout", "2", "-q", "--journal",
                                  "100000"));
}

struct replicas replicas_start(struct test *test, const char *scenario)
{
    struct replicas replicas = {
        .test = test, .redis = redis_server_start(test), .scenario = scenario};

    for (int i = 0; i < REPLICAS; i++)
        replicas.servers[i] = replicas_join(&replicas);
    return replicas;
}

const struct http_reply *
replicas_get(struct test *test, const struct server *server, const char *target)
{
    return http_send(test, server, &(struct http_request){.target = target});
}

void replicas_await(struct test *test, const struct server *server, int status,
                    const char *state)
{
    deadline end = deadline_from_now();
    const struct http_reply *reply;

    while (
        (reply = replicas_get(test, server, "/_mock/health?ready=1"))->status !=
        status)
        if (!deadline_look_again(end))
            fail_msg("not %s in time: %s", state, reply->body);
    assert_json_text(reply->json, "state", state);
}

/* Of things in which no clock is. */
void replicas_check_equal(const struct replicas *replicas)
{
    static const char *const targets[] = {"/_mock/requests?secrets=1",
                                          "/_mock/sandboxes"};

    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        const char *first =
            replicas_get(replicas->test, replicas->servers[0], targets[i])
                ->body;

        for (int number = 1; number < REPLICAS; number++)
            assert_text(replicas_get(replicas->test, replicas->servers[number],
                                     targets[i])
                            ->body,
                        first);
    }
}
