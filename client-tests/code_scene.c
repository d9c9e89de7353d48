/* Begins, presses, hands over and compares; see code_scene.h. */
#include "code_scene.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "person.h"
#include "server_fixture.h"
#include "test_case.h"
#include "tls_client.h"

struct server *code_scene_start(struct test *test, const char *keys)
{
    const struct code_row *row = test_row(test);

    /* Without TLS the server signs no id_token. */
    if (strcmp(row->method, "openid.connect.token") == 0)
        tls_skip_without(test);
    return server_start_with(
        test,
        test_printf(test, WORLD("\"apps\":[{\"id\":\"A0APP\",\"pkce\":%s}],%s"),
                    row->is_public ? "true" : "false", keys));
}

const char *code_scene_press(struct test *test, const struct server *server,
                             const char *button)
{
    const struct code_row *row = test_row(test);
    struct person person = person_at(test, server);

    person.page = code_client_begin(test, &row->client, server, "");
    return person_presses(&person, button);
}

const cJSON *code_scene_finish(struct test *test, const char *callback)
{
    const struct code_row *row = test_row(test);

    return code_client_finish(test, &row->client, callback);
}

const char *code_scene_see_token(struct test *test, const struct server *server,
                                 const cJSON *outcome)
{
    const struct code_row *row = test_row(test);
    const char *token = cJSON_GetStringValue(json_at(outcome, row->token));

    assert_json_text(outcome, "outcome", "returned");
    assert_non_null(token);
    control_assert_state(test, server, token, "active");
    return token;
}

const cJSON *code_scene_last_call(struct test *test,
                                  const struct server *server)
{
    const struct code_row *row = test_row(test);
    const cJSON *requests =
        json_at(control_journal(test, server,
                                test_printf(test, "?method=%s", row->method)),
                "requests");

    return cJSON_GetArrayItem(requests, cJSON_GetArraySize(requests) - 1);
}

void code_scene_see_refused(struct test *test, const struct server *server,
                            const cJSON *outcome, const char *error)
{
    const struct code_row *row = test_row(test);

    assert_json_text(outcome, "outcome", "raised");
    assert_json_text(outcome, "exception", row->used_exception);
    if (row->client.program != CODE_OPENID_JS)
        assert_contains(cJSON_GetStringValue(json_at(outcome, "message")),
                        error);
    assert_json_text(code_scene_last_call(test, server), "error", error);
    assert_json_text(code_scene_last_call(test, server), "effect", "none");
}
