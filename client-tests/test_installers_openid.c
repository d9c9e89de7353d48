/*
 * OpenID libraries, unmodified: they find the server by discovery, and verify
 * the id_token by its keys.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "check.h"
#include "code_scene.h"
#include "control_client.h"
#include "default_world.h"
#include "files.h"
#include "person.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

static const struct code_row rows[] = {
    {.name = "openid-client",
     .client = {CODE_OPENID_JS, "secret", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token"},
    {.name = "openid-client, Basic",
     .client = {CODE_OPENID_JS, "basic", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token"},
    {.name = "openid-client, PKCE",
     .client = {CODE_OPENID_JS, "pkce", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .is_public = true},
    {.name = "Authlib",
     .client = {CODE_AUTHLIB, "secret", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token"},
    {.name = "Authlib, Basic",
     .client = {CODE_AUTHLIB, "basic", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token"},
    {.name = "Authlib, PKCE",
     .client = {CODE_AUTHLIB, "pkce", CODE_SIGN_IN},
     .method = "openid.connect.token",
     .token = "body.access_token",
     .is_public = true},
};

static void test_identity(struct test *test)
{
    const struct code_row *row = test_row(test);
    struct server *server = code_scene_start(test, "\"seed\":1");
    const cJSON *outcome =
        code_scene_finish(test, code_scene_press(test, server, "allow"));
    const cJSON *person;

    code_scene_see_token(test, server, outcome);
    assert_json_text(outcome, "body.claims.iss", server_origin(server));
    assert_json_text(outcome, "body.claims.aud", CLIENT_ID);
    assert_json_text(outcome, "body.claims.sub", "U0USER");
    assert_json_text(outcome, "body.claims.email", "U0USER@example.com");
    person = code_client_go_on(test, &row->client, "userinfo");
    assert_json_text(person, "outcome", "returned");
    assert_json_text(person, "body.sub", "U0USER");
    assert_json_text(person, "body.email", "U0USER@example.com");
}

/* Its issuer is an address of its own. */
static void test_sandbox(struct test *test)
{
    const struct code_row *row = test_row(test);
    struct server *server = code_scene_start(test, "\"seed\":1");
    struct person person = person_at(test, server);
    const cJSON *outcome;

    control_do(test, server, "PUT /_mock/sandboxes/s", NULL);
    person.page = code_client_begin(test, &row->client, server, "/sandbox/s");
    outcome = code_scene_finish(test, person_presses(&person, "allow"));
    assert_json_text(outcome, "outcome", "returned");
    assert_json_text(outcome, "body.claims.iss",
                     test_printf(test, "%s/sandbox/s", server_origin(server)));
    assert_text(
        control_token_state(test, server, "/sandbox/s",
                            cJSON_GetStringValue(json_at(outcome, row->token))),
        "active");
}

static void test_secret_and_verifier(struct test *test)
{
    struct server *server = code_scene_start(test, "\"seed\":1");

    code_scene_see_refused(
        test, server,
        code_scene_finish(test, code_scene_press(test, server, "allow")),
        "internal_error");
}

static const struct code_row secret_and_verifier = {
    .name = "openid-client",
    .client = {CODE_OPENID_JS, "both", CODE_SIGN_IN},
    .method = "openid.connect.token",
    .used_exception = "ClientError",
    .is_public = true,
};

static const struct test_case kinds[] = {
    {"the id_token is verified by the server's keys", test_identity, NULL},
    {"a sandbox is an issuer of its own", test_sandbox, NULL},
};

#define KINDS (sizeof kinds / sizeof kinds[0])
#define ROWS  (sizeof rows / sizeof rows[0])

int run_installers_openid_tests(void)
{
    struct test_case cases[ROWS * KINDS + 1];
    char *names[ROWS * KINDS];
    size_t count = 0;
    int failed;

    for (size_t row = 0; row < ROWS; row++)
        for (size_t i = 0; i < KINDS; i++, count++) {
            names[count] = text_printf("%s: %s", rows[row].name, kinds[i].name);
            cases[count] =
                (struct test_case){names[count], kinds[i].run, &rows[row]};
        }
    cases[count] = (struct test_case){
        "openid-client: a secret beside a verifier is refused",
        test_secret_and_verifier, &secret_and_verifier};
    failed = test_cases_run(cases, count + 1);
    while (count > 0)
        free(names[--count]);
    return failed;
}
