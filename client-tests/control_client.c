/* A call a function, over http_client.h; see control_client.h. */
#include "control_client.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "http_client.h"
#include "test_case.h"

const struct http_reply *control_call(struct test *test,
                                      const struct server *server,
                                      const char *call, const char *body)
{
    int verb = (int)strcspn(call, " ");
    const struct http_request request = {
        .verb = test_printf(test, "%.*s", verb, call),
        .target = call + verb + 1,
        .body = body,
    };

    return http_send(test, server, &request);
}

const struct cJSON *control_do(struct test *test, const struct server *server,
                               const char *call, const char *body)
{
    const struct http_reply *reply = control_call(test, server, call, body);

    if (reply->status != 200)
        fail_msg("%s: status %d, %s", call, reply->status, reply->body);
    assert_json(reply->json, "ok", "true");
    return reply->json;
}

void control_patch(struct test *test, const struct server *server,
                   const char *body)
{
    (void)control_do(test, server, "PATCH /_mock/scenario", body);
}

void control_refused(const struct http_reply *reply, int status,
                     const char *error)
{
    const char *message = cJSON_GetStringValue(json_at(reply->json, "message"));

    assert_json(reply->json, "ok", "false");
    assert_json_text(reply->json, "error", error);
    assert_number(reply->status, status);
    assert_keys(reply->json, status == 422 ? "ok,error,message,mistakes"
                                           : "ok,error,message");
    assert_true(message && *message);
    assert_text(http_header(reply, "Content-Type"),
                "application/json; charset=utf-8");
}

const struct cJSON *control_journal(struct test *test,
                                    const struct server *server,
                                    const char *query)
{
    return control_do(test, server,
                      test_printf(test, "GET /_mock/requests%s", query), NULL);
}

const char *control_token_state(struct test *test, const struct server *server,
                                const char *base, const char *token)
{
    const struct cJSON *state = control_do(
        test, server,
        test_printf(test, "GET %s/_mock/state?token=%s", base, token), NULL);

    return cJSON_GetStringValue(json_at(state, "tokens.0.state"));
}

void control_assert_state(struct test *test, const struct server *server,
                          const char *token, const char *wanted)
{
    assert_text(control_token_state(test, server, "", token), wanted);
}

const char *control_snapshot(struct test *test, const struct server *server)
{
    static const char *const calls[] = {"GET /_mock/state",
                                        "GET /_mock/requests?secrets=1",
                                        "GET /_mock/sandboxes"};
    const char *all = "";

    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        all = test_printf(test, "%s%s\n", all,
                          control_call(test, server, calls[i], NULL)->body);
    return all;
}
