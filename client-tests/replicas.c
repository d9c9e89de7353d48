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

/* A long load takes more than one snapshot. */
struct server *replicas_join(const struct replicas *replicas)
{
    return server_start(replicas->test, replicas->scenario,
                        ARGUMENTS("--state", redis_server_url(replicas->redis),
                                  "--request-timeout",
                                  replicas->request_timeout, "-q", "--journal",
                                  "100000", "--state-limit", "1048576"));
}

struct replicas replicas_start_patient(struct test *test, const char *scenario,
                                       const char *request_timeout)
{
    struct replicas replicas = {.test = test,
                                .redis = redis_server_start(test),
                                .scenario = scenario,
                                .request_timeout = request_timeout};

    for (int i = 0; i < REPLICAS; i++)
        replicas.servers[i] = replicas_join(&replicas);
    return replicas;
}

struct replicas replicas_start(struct test *test, const char *scenario)
{
    return replicas_start_patient(test, scenario, "2");
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

void replicas_check_same(const struct replicas *replicas, const char *target)
{
    const char *first =
        replicas_get(replicas->test, replicas->servers[0], target)->body;

    for (int number = 1; number < REPLICAS; number++)
        assert_text(
            replicas_get(replicas->test, replicas->servers[number], target)
                ->body,
            first);
}

/* Of things in which no clock is. */
void replicas_check_equal(const struct replicas *replicas)
{
    replicas_check_same(replicas, "/_mock/requests?secrets=1");
    replicas_check_same(replicas, "/_mock/sandboxes");
}
