/*
 * Clients that know OAuth and not Bolt, unmodified: slack-go and
 * golang.org/x/oauth2, openid-client and Authlib. Each begins at its own
 * authorize URL, proves itself by its secret or by PKCE, and goes on to its
 * refresh; the OpenID ones find the server by discovery and verify its
 * id_token.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "code_client.h"
#include "control_client.h"
#include "default_world.h"
#include "files.h"
#include "http_client.h"
#include "person.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define SIGN_IN "\"scope\":\"openid email profile\""

struct row {
    const char *name;
    struct code_client client;
    const char *method; /* that redeems its codes */
    const char *token;  /* the path of the access token in what it returns */
    const char *used;   /* the server's word for a second use */
    /* How it tells that, and a denial; NULL for `message` and the word. */
    const char *used_exception;
    const char *denied_exception;
    bool is_public;
    bool stays; /* its tokens have no refresh, or it has none for them */
};

static const struct row rows[] = {
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
     .client = {CODE_GO, "slack-go openid", SIGN_IN},
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
     .client = {CODE_OPENID_JS, "secret", SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "ClientError",
     .denied_exception = "AuthorizationResponseError"},
    {.name = "openid-client, Basic",
     .client = {CODE_OPENID_JS, "basic", SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "ClientError",
     .denied_exception = "AuthorizationResponseError"},
    {.name = "openid-client, PKCE",
     .client = {CODE_OPENID_JS, "pkce", SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "ClientError",
     .denied_exception = "AuthorizationResponseError",
     .is_public = true},
    {.name = "Authlib",
     .client = {CODE_AUTHLIB, "secret", SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "OAuthError"},
    {.name = "Authlib, Basic",
     .client = {CODE_AUTHLIB, "basic", SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "OAuthError"},
    {.name = "Authlib, PKCE",
     .client = {CODE_AUTHLIB, "pkce", SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .used = "invalid_code",
     .used_exception = "OAuthError",
     .is_public = true},
};

static struct server *start(struct test *test, const char *keys)
{
    const struct row *row = test_row(test);

    return server_start_with(
        test,
        test_printf(test, WORLD("\"apps\":[{\"id\":\"A0APP\",\"pkce\":%s}],%s"),
                    row->is_public ? "true" : "false", keys));
}

/* From the client's authorize URL to where a button of the page leads. */
static const char *press(struct test *test, const struct server *server,
                         const char *button)
{
    const struct row *row = test_row(test);
    struct person person = person_at(test, server);

    person.page = code_client_begin(test, &row->client, server);
    return person_presses(&person, button);
}

static const cJSON *finish(struct test *test, const char *callback)
{
    const struct row *row = test_row(test);

    return code_client_finish(test, &row->client, callback);
}

/* The token that the client has is one of the server's, and alive. */
static const char *see_token(struct test *test, const struct server *server,
                             const cJSON *outcome)
{
    const struct row *row = test_row(test);
    const char *token = cJSON_GetStringValue(json_at(outcome, row->token));

    assert_json_text(outcome, "outcome", "returned");
    assert_non_null(token);
    control_assert_state(test, server, token, "active");
    return token;
}

/* The last call of the client's method in the journal. */
static const cJSON *last_call(struct test *test, const struct server *server)
{
    const struct row *row = test_row(test);
    const cJSON *requests =
        json_at(control_journal(test, server,
                                test_printf(test, "?method=%s", row->method)),
                "requests");

    return cJSON_GetArrayItem(requests, cJSON_GetArraySize(requests) - 1);
}

static void see_refused(struct test *test, const struct server *server,
                        const cJSON *outcome, const char *error)
{
    const struct row *row = test_row(test);

    assert_json_text(outcome, "outcome", "raised");
    assert_json_text(outcome, "exception", row->used_exception);
    if (row->client.program != CODE_OPENID_JS)
        assert_contains(cJSON_GetStringValue(json_at(outcome, "message")),
                        error);
    assert_json_text(last_call(test, server), "error", error);
    assert_json_text(last_call(test, server), "effect", "none");
}

/* ---- what works ---- */

static void test_allow(struct test *test)
{
    const struct row *row = test_row(test);
    struct server *server = start(test, "\"seed\":1");
    const char *token =
        see_token(test, server, finish(test, press(test, server, "allow")));
    const cJSON *refreshed;

    assert_json_text(last_call(test, server), "effect", "committed");
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
    const struct row *row = test_row(test);
    struct server *server = start(test, "\"seed\":1");
    const cJSON *outcome = finish(test, press(test, server, "cancel"));

    assert_json_text(outcome, "outcome", "raised");
    if (row->denied_exception) {
        assert_json_text(outcome, "exception", row->denied_exception);
        assert_json_text(outcome, "code", "access_denied");
    } else {
        assert_contains(cJSON_GetStringValue(json_at(outcome, "message")),
                        "access_denied");
    }
    assert_null(last_call(test, server));
}

/* ---- what goes wrong ---- */

static void test_twice(struct test *test)
{
    const struct row *row = test_row(test);
    struct server *server = start(test, "\"seed\":1");
    const char *callback = press(test, server, "allow");
    const char *token = see_token(test, server, finish(test, callback));

    see_refused(test, server, finish(test, callback), row->used);
    control_assert_state(test, server, token, "active");
}

static void test_late(struct test *test)
{
    struct server *server = start(test, "\"seed\":1");
    const char *callback = press(test, server, "allow");

    control_do(test, server, "POST /_mock/clock", "{\"advance\":600}");
    see_refused(test, server, finish(test, callback), "invalid_code");
}

/* It took effect, and the second try is one with a used code. */
static void test_lost(struct test *test)
{
    const struct row *row = test_row(test);
    struct server *server =
        start(test, test_printf(test,
                                "\"rules\":[{\"when\":{\"method\":\"%s\"},"
                                "\"times\":1,\"stage\":\"after\",\"reply\":{"
                                "\"fault\":\"close\"}}]",
                                row->method));
    const char *callback = press(test, server, "allow");

    assert_json_text(finish(test, callback), "outcome", "raised");
    assert_json_text(last_call(test, server), "effect", "committed");
    see_refused(test, server, finish(test, callback), row->used);
}

/* ---- OpenID ---- */

static void test_identity(struct test *test)
{
    const struct row *row = test_row(test);
    struct server *server = start(test, "\"seed\":1");
    const cJSON *outcome = finish(test, press(test, server, "allow"));
    const cJSON *person;

    see_token(test, server, outcome);
    assert_json_text(outcome, "body.claims.iss", server_origin(server));
    assert_json_text(outcome, "body.claims.aud", CLIENT_ID);
    assert_json_text(outcome, "body.claims.sub", "U0USER");
    assert_json_text(outcome, "body.claims.email", "U0USER@example.com");
    person = code_client_go_on(test, &row->client, "userinfo");
    assert_json_text(person, "outcome", "returned");
    assert_json_text(person, "body.sub", "U0USER");
    assert_json_text(person, "body.email", "U0USER@example.com");
}

static void test_secret_and_verifier(struct test *test)
{
    struct server *server = start(test, "\"seed\":1");

    see_refused(test, server, finish(test, press(test, server, "allow")),
                "internal_error");
}

static const struct row secret_and_verifier = {
    .name = "openid-client",
    .client = {CODE_OPENID_JS, "both", SIGN_IN},
    .method = "openid.connect.token",
    .used_exception = "ClientError",
    .is_public = true,
};

/* A verifier that is not the one of the page. */
static void test_other_verifier(struct test *test)
{
    struct server *server = start(test, "\"seed\":1");
    const char *callback = press(test, server, "allow");

    (void)press(test, server, "allow");
    see_refused(test, server, finish(test, callback), "invalid_code_verifier");
}

static const struct test_case kinds[] = {
    {"a code for a token, and its refresh", test_allow, NULL},
    {"Cancel", test_cancel, NULL},
    {"a code used twice", test_twice, NULL},
    {"a code after ten minutes", test_late, NULL},
    {"the reply is lost", test_lost, NULL},
};

#define KINDS (sizeof kinds / sizeof kinds[0])
#define ROWS  (sizeof rows / sizeof rows[0])

struct plan {
    struct test_case cases[ROWS * (KINDS + 1) + 1];
    char *names[ROWS * (KINDS + 1) + 1];
    size_t count;
};

static void add(struct plan *plan, const struct row *row,
                const struct test_case *kind)
{
    char *name = text_printf("%s: %s", row->name, kind->name);

    plan->names[plan->count] = name;
    plan->cases[plan->count++] = (struct test_case){name, kind->run, row};
}

static void add_row(struct plan *plan, const struct row *row)
{
    static const struct test_case identity = {
        "the id_token is verified by the server's keys", test_identity, NULL};
    static const struct test_case verifier = {
        "another page's verifier is refused", test_other_verifier, NULL};

    for (size_t i = 0; i < KINDS; i++)
        add(plan, row, &kinds[i]);
    if (row->client.program != CODE_GO)
        add(plan, row, &identity);
    else if (row->is_public)
        add(plan, row, &verifier);
}

int run_installers_codes_tests(void)
{
    static const struct test_case both = {
        "a secret beside a verifier is refused", test_secret_and_verifier,
        NULL};
    struct plan plan = {.count = 0};
    int failed;

    for (size_t i = 0; i < ROWS; i++)
        add_row(&plan, &rows[i]);
    add(&plan, &secret_and_verifier, &both);
    failed = test_cases_run(plan.cases, plan.count);
    while (plan.count > 0)
        free(plan.names[--plan.count]);
    return failed;
}
