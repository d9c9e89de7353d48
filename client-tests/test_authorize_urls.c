/*
 * The URLs of Slack's authorize pages, each with the method that redeems its
 * codes: at the server, in a sandbox, and at slack.com and slack-gov.com
 * through the server as a proxy.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "files.h"
#include "http_client.h"
#include "person.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define BACK "http://127.0.0.1:1/callback"

struct page {
    const char *name;
    const char *path;
    const char *scope;
    const char *method;
};

static const struct page pages[] = {
    {"granular apps", "/oauth/v2/authorize", "&scope=commands",
     "oauth.v2.access"},
    {"a person's token", "/oauth/v2_user/authorize", "&scope=chat:write",
     "oauth.v2.user.access"},
    {"classic apps", "/oauth/authorize", "&scope=commands", "oauth.access"},
    {"Sign in with Slack", "/openid/connect/authorize", "&scope=openid",
     "openid.connect.token"},
};

/* Allows there; the code is exchanged at the same base. */
static const cJSON *install(struct person *person, const char *base)
{
    struct test *test = person->test;
    const struct page *row = test_row(test);
    struct http_request exchange = {
        .target = test_printf(test, "%s/api/%s", base, row->method),
        .headers = {FORM},
        .certificate = person->certificate,
    };
    const char *location;

    if (person->certificate)
        exchange.proxy = server_origin(person->server);
    person->page = test_printf(
        test, "%s%s?client_id=" CLIENT_ID "&redirect_uri=" BACK "%s", base,
        row->path, row->scope);
    location = person_presses(person, "allow");
    assert_int_equal(strncmp(location, BACK "?code=", strlen(BACK "?code=")),
                     0);
    location += strlen(BACK "?code=");
    exchange.body =
        test_printf(test, APP_FORM "&redirect_uri=" BACK "&code=%.*s",
                    (int)strcspn(location, "&"), location);
    return http_send_to(test, "", &exchange)->json;
}

static void test_page(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct person person = person_at(test, server);
    const cJSON *given;

    tls_skip_without(test); /* which an id_token is signed by */
    given = install(&person, server_origin(server));
    assert_json(given, "ok", "true");
    control_assert_state(test, server,
                         cJSON_GetStringValue(json_at(given, "access_token")),
                         "active");
}

/* Its tokens are those of that sandbox alone. */
static void test_sandbox(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct person person = person_at(test, server);
    const struct page *row = test_row(test);
    const cJSON *given;

    tls_skip_without(test);
    control_do(test, server, "PUT /_mock/sandboxes/s", NULL);
    given = install(&person,
                    test_printf(test, "%s/sandbox/s", server_origin(server)));
    assert_json(given, "ok", "true");
    assert_json(control_journal(test, server, ""), "count", "0");
    assert_json_text(
        control_do(test, server,
                   test_printf(test, "GET /sandbox/s/_mock/requests?method=%s",
                               row->method),
                   NULL),
        "requests.0.effect", "committed");
}

static void install_by_proxy(struct test *test, const char *base)
{
    struct server *server;
    struct person person;

    tls_skip_without(test);
    server = server_start(test, NULL,
                          ARGUMENTS("--ca-dir", test_path(test, "authority")));
    person = person_at(test, server);
    person.certificate = test_path(test, "authority/ca.pem");
    assert_json(install(&person, base), "ok", "true");
}

static void test_slack(struct test *test)
{
    install_by_proxy(test, "https://slack.com");
}

static void test_gov_slack(struct test *test)
{
    install_by_proxy(test, "https://slack-gov.com");
}

static const struct test_case kinds[] = {
    {"", test_page, NULL},
    {", in a sandbox", test_sandbox, NULL},
    {", at slack.com", test_slack, NULL},
    {", at slack-gov.com", test_gov_slack, NULL},
};

#define KINDS (sizeof kinds / sizeof kinds[0])
#define PAGES (sizeof pages / sizeof pages[0])

int run_authorize_urls_tests(void)
{
    struct test_case cases[PAGES * KINDS];
    char *names[PAGES * KINDS];
    size_t count = 0;
    int failed;

    for (size_t row = 0; row < PAGES; row++)
        for (size_t i = 0; i < KINDS; i++, count++) {
            names[count] = text_printf("the page for %s%s", pages[row].name,
                                       kinds[i].name);
            cases[count] =
                (struct test_case){names[count], kinds[i].run, &pages[row]};
        }
    failed = test_cases_run(cases, count);
    while (count > 0)
        free(names[--count]);
    return failed;
}
