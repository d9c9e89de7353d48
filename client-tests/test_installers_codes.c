/*
 * Clients that know OAuth and not Bolt, unmodified: slack-go and
 * golang.org/x/oauth2, openid-client and Authlib. Each begins at its own
 * authorize URL, proves itself by its secret or by PKCE, and goes on to its
 * refresh.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "check.h"
#include "code_scene.h"
#include "control_client.h"
#include "files.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

static const struct code_row rows[] = {
    {.name = "slack-go",
     .client = {CODE_GO, "slack-go",
                "\"scope\":\"commands,chat:write\",\"user_scope\":"
                "\"chat:write\""},
     .method = "oauth.v2.access",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "slack.SlackErrorResponse"},
    {.name = "slack-go, PKCE",
     .client = {CODE_GO, "slack-go pkce", "\"user_scope\":\"chat:write\""},
     .method = "oauth.v2.access",
     .token = "body.authed_user.access_token",
     .used = "invalid_code",
     .used_exception = "slack.SlackErrorResponse",
     .is_public = true},
    {.name = "slack-go, classic",
     .client = {CODE_GO, "slack-go classic", "\"scope\":\"bot,users:read\""},
     .method = "oauth.access",
     .token = "body.bot.bot_access_token",
     .used = "code_already_used",
     .used_exception = "slack.SlackErrorResponse",
     .stays = true},
    {.name = "slack-go, OpenID",
     .client = {CODE_GO, "slack-go openid", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.token.access_token",
     .used = "invalid_code",
     .used_exception = "slack.SlackErrorResponse",
     .stays = true},
    {.name = "golang.org/x/oauth2",
     .client = {CODE_GO, "oauth2", "\"user_scope\":\"chat:write\""},
     .method = "oauth.v2.user.access",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "*oauth2.RetrieveError"},
    {.name = "golang.org/x/oauth2, PKCE",
     .client = {CODE_GO, "oauth2 pkce", "\"user_scope\":\"chat:write\""},
     .method = "oauth.v2.user.access",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "*oauth2.RetrieveError",
     .is_public = true},
    /* It takes a refusal with status 200 for a reply without its token. */
    {.name = "openid-client",
     .client = {CODE_OPENID_JS, "secret", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "ClientError",
     .denied_exception = "AuthorizationResponseError"},
    {.name = "openid-client, Basic",
     .client = {CODE_OPENID_JS, "basic", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "ClientError",
     .denied_exception = "AuthorizationResponseError"},
    {.name = "openid-client, PKCE",
     .client = {CODE_OPENID_JS, "pkce", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "ClientError",
     .denied_exception = "AuthorizationResponseError",
     .is_public = true},
    {.name = "Authlib",
     .client = {CODE_AUTHLIB, "secret", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "OAuthError"},
    {.name = "Authlib, Basic",
     .client = {CODE_AUTHLIB, "basic", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "OAuthError"},
    {.name = "Authlib, PKCE",
     .client = {CODE_AUTHLIB, "pkce", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "OAuthError",
     .is_public = true},
};

/* ---- what works ---- */

static void test_allow(struct test *test)
{
    const struct code_row *row = test_row(test);
    struct server *server = code_scene_start(test, "\"seed\":1");
    const char *token = code_scene_see_token(
        test, server,
        code_scene_finish(test, code_scene_press(test, server, "allow")));
    const cJSON *refreshed;

    assert_json_text(code_scene_last_call(test, server), "effect", "committed");
    if (row->stays)
        return;
    refreshed = code_client_go_on(test, &row->client, "refresh");
    assert_json_text(refreshed, "outcome", "returned");
    assert_string_not_equal(
        cJSON_GetStringValue(json_at(refreshed, "body.access_token")), token);
    control_assert_state(
        test, server,
        cJSON_GetStringValue(json_at(refreshed, "body.access_token")),
        "active");
}

static void test_cancel(struct test *test)
{
    const struct code_row *row = test_row(test);
    struct server *server = code_scene_start(test, "\"seed\":1");
    const cJSON *outcome =
        code_scene_finish(test, code_scene_press(test, server, "cancel"));

    assert_json_text(outcome, "outcome", "raised");
    if (row->denied_exception) {
        assert_json_text(outcome, "exception", row->denied_exception);
        assert_json_text(outcome, "code", "access_denied");
    } else {
        assert_contains(cJSON_GetStringValue(json_at(outcome, "message")),
                        "access_denied");
    }
    assert_null(code_scene_last_call(test, server));
}

/* ---- what goes wrong ---- */

static void test_twice(struct test *test)
{
    const struct code_row *row = test_row(test);
    struct server *server = code_scene_start(test, "\"seed\":1");
    const char *callback = code_scene_press(test, server, "allow");
    const char *token =
        code_scene_see_token(test, server, code_scene_finish(test, callback));

    code_scene_see_refused(test, server, code_scene_finish(test, callback),
                           row->used);
    control_assert_state(test, server, token, "active");
}

static void test_late(struct test *test)
{
    struct server *server = code_scene_start(test, "\"seed\":1");
    const char *callback = code_scene_press(test, server, "allow");

    control_do(test, server, "POST /_mock/clock", "{\"advance\":600}");
    code_scene_see_refused(test, server, code_scene_finish(test, callback),
                           "invalid_code");
}

/* It took effect, and the second try is one with a used code. */
static void test_lost(struct test *test)
{
    const struct code_row *row = test_row(test);
    struct server *server = code_scene_start(
        test, test_printf(test,
                          "\"rules\":[{\"when\":{\"method\":\"%s\"},"
                          "\"times\":1,\"stage\":\"after\",\"reply\":{"
                          "\"fault\":\"close\"}}]",
                          row->method));
    const char *callback = code_scene_press(test, server, "allow");

    assert_json_text(code_scene_finish(test, callback), "outcome", "raised");
    assert_json_text(code_scene_last_call(test, server), "effect", "committed");
    code_scene_see_refused(test, server, code_scene_finish(test, callback),
                           row->used);
}

/* A verifier that is not the one of the page. */
static void test_other_verifier(struct test *test)
{
    struct server *server = code_scene_start(test, "\"seed\":1");
    const char *callback = code_scene_press(test, server, "allow");

    (void)code_scene_press(test, server, "allow");
    code_scene_see_refused(test, server, code_scene_finish(test, callback),
                           "invalid_code_verifier");
}

/* The channel that the person chose, and a URL that takes messages for it. */
static void test_webhook(struct test *test)
{
    struct server *server = code_scene_start(test, "\"seed\":1");
    const cJSON *outcome = code_scene_finish(
        test, code_scene_press(test, server, "allow&channel=%23random"));
    struct http_request message = {
        .headers = {"Content-Type: application/json; charset=utf-8"},
        .body = "{\"text\":\"Hello\"}",
    };

    assert_json_text(outcome, "body.incoming_webhook.channel", "#random");
    message.target =
        cJSON_GetStringValue(json_at(outcome, "body.incoming_webhook.url"));
    assert_non_null(message.target);
    assert_text(http_send_to(test, "", &message)->body, "ok");
}

static const struct code_row webhook = {
    .name = "slack-go",
    .client = {CODE_GO, "slack-go", "\"scope\":\"commands,incoming-webhook\""},
    .method = "oauth.v2.access",
    .token = "body.access_token",
};

static const struct test_case kinds[] = {
    {"a code for a token, and its refresh", test_allow, NULL},
    {"Cancel", test_cancel, NULL},
    {"a code used twice", test_twice, NULL},
    {"a code after ten minutes", test_late, NULL},
    {"the reply is lost", test_lost, NULL},
};

#define KINDS (sizeof kinds / sizeof kinds[0])
#define ROWS  (sizeof rows / sizeof rows[0])

#define MOST (ROWS * (KINDS + 1))

int run_installers_codes_tests(void)
{
    static const struct test_case verifier = {
        "another page's verifier is refused", test_other_verifier, NULL};
    struct test_case cases[MOST + 1];
    char *names[MOST];
    size_t count = 0;
    int failed;

    for (size_t row = 0; row < ROWS; row++)
        for (size_t i = 0; i <= KINDS; i++) {
            const struct test_case *kind = i < KINDS ? &kinds[i] : &verifier;

            if (i == KINDS &&
                (rows[row].client.program != CODE_GO || !rows[row].is_public))
                continue;
            names[count] = text_printf("%s: %s", rows[row].name, kind->name);
            cases[count] =
                (struct test_case){names[count], kind->run, &rows[row]};
            count++;
        }
    cases[count] =
        (struct test_case){"slack-go: an incoming webhook takes a message",
                           test_webhook, &webhook};
    failed = test_cases_run(cases, count + 1);
    while (count > 0)
        free(names[--count]);
    return failed;
}
