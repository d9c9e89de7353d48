/*
 * What callers get wrong, or only nearly right: what becomes of it, and which
 * hint the journal has for it.
 */
#include <cjson/cJSON.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* The hint of the last call in the journal; NULL if it has none. */
static const char *last_hint(struct test *test, const struct server *server)
{
    const cJSON *requests =
        json_at(control_journal(test, server, ""), "requests");

    return cJSON_GetStringValue(
        json_at(cJSON_GetArrayItem(requests, cJSON_GetArraySize(requests) - 1),
                "hint"));
}

/* ---- Authorization: Basic ---- */

/* base64 of client_id:client_secret, of which some letters are escaped. */
#define ESCAPED_BASIC                                                          \
    "NDEyMzEyMTIzNSUyRTk4NzIzNTg3MTA6ZTFiOSU2NTExZGZjZDE5YzE5ODJkNWRlMTI5MjFl" \
    "MTdlOGM="

static void test_escaped_basic(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request request = {
        .target = "/api/oauth.v2.access",
        .headers = {FORM, "Authorization: Basic " ESCAPED_BASIC},
        .body = test_printf(test, "grant_type=refresh_token&refresh_token=%s",
                            life_exchange(test, server, BOT_FORM).refresh),
    };

    assert_json(http_send(test, server, &request)->json, "ok", "true");
    assert_contains(last_hint(test, server), "percent-encoded");
}

/* ---- calls that cannot go well here ---- */

struct misuse {
    const char *scenario;
    const char *method;
    const char *form;
    const char *error;
    const char *hint; /* a part of it; NULL for no hint */
};

static void test_call(struct test *test)
{
    const struct misuse *row = test_row(test);
    struct server *server = server_start_with(test, row->scenario);

    life_refused(life_call(test, server, row->method, NULL, row->form),
                 row->error);
    if (row->hint)
        assert_contains(last_hint(test, server), row->hint);
    else
        assert_null(last_hint(test, server));
}

#define DEFAULT_WORLD WORLD("\"seed\":1")
#define CODE_WORLD                                                             \
    WORLD("\"codes\":[{\"code\":\"mine\",\"app\":\"A0APP\",\"team\":"          \
          "\"T0TEAM\",\"bot\":{\"user\":\"U0BOT\",\"scope\":\"\"}}]")
#define STUBS WORLD("\"stubs\":{\"blocks.validate\":{},\"users.list\":{}}")

static const struct misuse no_codes = {DEFAULT_WORLD, "oauth.v2.access",
                                       APP_FORM "&code=mine", "invalid_code",
                                       "has no codes"};
static const struct misuse other_code = {
    CODE_WORLD, "oauth.v2.access", APP_FORM "&code=x", "invalid_code", NULL};
static const struct misuse tokenless_stub = {STUBS, "blocks.validate", "",
                                             "not_authed", "takes no token"};
static const struct misuse tokenless_unknown = {
    STUBS, "blocks.validate", "token=xoxb-unknown", "invalid_auth",
    "takes no token"};
static const struct misuse other_stub = {STUBS, "users.list", "", "not_authed",
                                         NULL};

/* ---- clients that speak another protocol ---- */

/* Without TLS in the program there is a reply, with it an alert perhaps. */
static void test_tls_hello(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    static const char hello[] = "\x16\x03\x01\x00\x05hello";

    raw_send_bytes(raw, hello, sizeof hello - 1);
    (void)raw_await_text(raw);
    assert_contains(last_hint(test, server), "TLS");
}

int run_misuse_tests(void)
{
    static const struct test_case cases[] = {
        {"misuse: Basic credentials that are percent-encoded are decoded",
         test_escaped_basic, NULL},
        {"misuse: any code in a world without codes", test_call, &no_codes},
        {"misuse: a wrong code in a world with codes has no such hint",
         test_call, &other_code},
        {"misuse: a stub without a token for a method that takes none",
         test_call, &tokenless_stub},
        {"misuse: and with an unknown token", test_call, &tokenless_unknown},
        {"misuse: a stub of any other method has no such hint", test_call,
         &other_stub},
        {"misuse: a TLS hello that is none", test_tls_hello, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
