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

int run_misuse_tests(void)
{
    static const struct test_case cases[] = {
        {"misuse: Basic credentials that are percent-encoded are decoded",
         test_escaped_basic, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
