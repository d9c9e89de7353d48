/*
 * What the authorize pages refuse: with a page that leads nowhere, in the order
 * and with the texts of Slack's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "browser.h"
#include "check.h"

#define V2     "/oauth/v2/authorize"
#define OPENID "/openid/connect/authorize"

#define TWO_TEAMS                                                              \
    BASE ",\"teams\":[{\"id\":\"T2\"}],"                                       \
         "\"apps\":[{\"id\":\"A0APP\",\"distributed\":false}]}"
#define PUBLIC                                                                 \
    APP("\"pkce\":true,\"redirect_uris\":[\"myapp://cb\","                     \
        "\"http://localhost:3000/cb\",\"https://a.example/cb\"]")
#define CHALLENGE                                                              \
    "&code_challenge=ldMBaaWcQYtSATMV_IG8mf3wp7A6EW80arYoSW80ntU"              \
    "&code_challenge_method=S256"
#define NARROW APP("\"scopes\":[\"commands\"]")

struct refusal_row {
    const char *name;
    const char *scenario; /* NULL: the default world */
    const char *path;
    const char *query;
    const char *error;
    const char *details; /* in the page */
};

static struct refusal_row refusals[] = {
    {"no client_id", NULL, V2, "scope=commands", "invalid_client_id",
     "Please specify client_id"},
    {"an unknown client_id", NULL, V2, "client_id=1.1&redirect_uri=x",
     "invalid_client_id", "Invalid client_id parameter"},
    {"the redirect_uri before the scopes", NULL, V2,
     CLIENT "&redirect_uri=https://evil.example/", "bad_redirect_uri",
     "Passed URI: https://evil.example/"},
    {"an open redirect", NULL, V2, CLIENT "&scope=a&redirect_uri=//localhost/",
     "bad_redirect_uri", ""},
    {"a user in the redirect_uri", NULL, V2,
     CLIENT "&scope=a&redirect_uri=http://localhost@evil.example/",
     "bad_redirect_uri", ""},
    {"javascript", NULL, V2, CLIENT "&scope=a&redirect_uri=javascript:alert(1)",
     "bad_redirect_uri", ""},
    {"no scope at all", NULL, V2, ASKING "&scope=&user_scope=", "invalid_scope",
     "Requested scopes cannot be blank"},
    {"unknown scopes", NULL, V2, ASKING "&scope=ok,NO,N%2FO", "invalid_scope",
     "Invalid scopes: NO, N/O"},
    {"a scope that is not open to the app", NARROW, V2,
     ASKING "&scope=commands,chat:write", "invalid_scope_requested",
     "chat:write"},
    {"identity mixed with others", NULL, V2,
     ASKING "&user_scope=identity.basic,users:read", "invalid_scope", ""},
    {"identity mixed with a bot", NULL, V2,
     ASKING "&scope=commands&user_scope=identity.basic", "invalid_scope", ""},
    {"openid mixed with others", NULL, OPENID,
     ASKING "&scope=openid+chat:write", "invalid_scope", ""},
    {"a challenge without its method", PUBLIC, V2,
     ASKING "&user_scope=a&code_challenge="
            "ldMBaaWcQYtSATMV_IG8mf3wp7A6EW80arYoSW80ntU",
     "invalid_request", "S256"},
    {"a challenge that is none", PUBLIC, V2,
     ASKING "&user_scope=a&code_challenge=x&code_challenge_method=S256",
     "invalid_request", "43 characters"},
    {"a challenge in hexadecimal", PUBLIC, V2,
     ASKING "&user_scope=a&code_challenge_method=S256&code_challenge="
            "95d30169a59c418b52013315fc81bc99fdf0a7b03a116f346ab628496f349ed5",
     "invalid_request", ""},
    {"a scheme of its own without PKCE", PUBLIC, V2,
     CLIENT "&user_scope=a&redirect_uri=myapp://cb", "bad_redirect_uri",
     "needs PKCE"},
    {"a scheme of its own of a confidential app",
     APP("\"redirect_uris\":[\"myapp://cb\"]"), V2,
     CLIENT "&user_scope=a&redirect_uri=myapp://cb" CHALLENGE,
     "bad_redirect_uri", "needs PKCE"},
    {"a desktop app with bot scopes", PUBLIC, V2,
     CLIENT "&scope=a&redirect_uri=myapp://cb" CHALLENGE, "invalid_scope", ""},
    {"a public app on localhost with bot scopes", PUBLIC, V2,
     ASKING "&scope=a" CHALLENGE, "invalid_scope", ""},
    {"another port than the configured one", PUBLIC, V2,
     CLIENT "&user_scope=a&redirect_uri=http://localhost:3001/cb",
     "bad_redirect_uri", ""},
    {"an app that is not distributed in another team", TWO_TEAMS, V2,
     ASKING "&scope=commands&team=T2", "invalid_team_for_non_distributed_app",
     ""},
    {"a world without teams",
     "{\"description\":\"d\",\"apps\":[{\"id\":\"A\",\"client_id\":"
     "\"4123121235.9872358710\",\"client_secret\":\"s\"}]}",
     V2, ASKING "&scope=commands", "invalid_team", ""},
    {"a parameter twice", NULL, V2, ASKING "&scope=a&state=s2",
     "invalid_request", "state came twice"},
    {"a control character", NULL, V2, ASKING "%0d%0aX:y&scope=a",
     "invalid_request", "control character"},
};

static void a_refusal_is_a_page_and_leads_nowhere(void **state)
{
    const struct life_with_row *at = *state;
    const struct refusal_row *row = at->row;
    const char *page;

    if (row->scenario)
        world_load(at->life->world, row->scenario);
    page = browser_get(at->life, row->path, row->query);
    assert_page_refused(at->life, row->error);
    assert_non_null(strstr(page, row->details));
    assert_false(at->life->world->reply.record.committed);
}

static void an_overlong_parameter_is_refused(void **state)
{
    struct life *life = *state;
    char query[6000];

    snprintf(query, sizeof query, ASKING "&scope=%05000d", 1);
    browser_get(life, V2, query);
    assert_page_refused(life, "invalid_request");
}

/* A page elsewhere could press the button for whoever looks at it. */
struct place_row {
    const char *name;
    struct form_place place;
    bool is_refused;
};

#define HOST "mock.test:8080"

static struct place_row places[] = {
    {"a form of another site", {"cross-site", "http://e.test", HOST}, true},
    {"a form of another port", {"same-site", "http://mock.test", HOST}, true},
    {"the page's own form", {"same-origin", "http://" HOST, HOST}, false},
    {"the page's own form, behind what names another Host",
     {"same-origin", "https://front.test", HOST},
     false},
    {"a form of another site, by plain http",
     {NULL, "http://e.test", HOST},
     true},
    {"a form of another port, by plain http",
     {NULL, "http://mock.test", HOST},
     true},
    {"a form without an origin, by plain http", {NULL, "null", HOST}, true},
    {"an origin that begins as the host does",
     {NULL, "http://" HOST ".e.test", HOST},
     true},
    {"a form of another site, for no host",
     {NULL, "http://e.test", NULL},
     true},
    {"the page's own form, by plain http",
     {NULL, "http://MOCK.test:8080", HOST},
     false},
    {"the page's own form at slack.com",
     {NULL, "https://slack.com", "slack.com"},
     false},
    {"what is no browser", {NULL, NULL, HOST}, false},
};

static void a_button_counts_of_its_own_page_alone(void **state)
{
    static const char form[] = ASKING "&scope=commands&decision=allow";
    const struct life_with_row *at = *state;
    const struct place_row *row = at->row;

    browser_post_from(at->life, V2, form, &row->place);
    if (row->is_refused)
        assert_page_refused(at->life, "invalid_request");
    else
        (void)browser_leads(at->life);
}

static void too_many_parameters_are_refused(void **state)
{
    struct life *life = *state;

    life->world->arguments_most = 5;
    world_load(life->world, BASE "}");
    browser_get(life, V2, ASKING "&scope=commands&a");
    assert_number(life->world->reply.status, 200);
    browser_get(life, V2, ASKING "&scope=commands&a&b");
    assert_number(life->world->reply.status, 400);
    assert_non_null(
        strstr(life->world->reply.record.hint, "--max-arguments is 5"));
}

/* One mistake less from row to row. */
static void refusals_come_in_the_order_of_slacks_page(void **state)
{
    static const char *const queries[][2] = {
        {"", "invalid_client_id"},
        {CLIENT "&redirect_uri=https://b.example/", "bad_redirect_uri"},
        {CLIENT "&code_challenge=x", "invalid_scope"},
        {CLIENT "&code_challenge=x&scope=NO", "invalid_scope"},
        {CLIENT "&code_challenge=x&scope=chat:write&team=T2",
         "invalid_scope_requested"},
        {CLIENT "&code_challenge=x&scope=identity.basic,commands&team=T2",
         "invalid_scope"},
        {CLIENT "&code_challenge=x&scope=commands&team=T2", "invalid_request"},
        {CLIENT "&scope=commands&team=T2",
         "invalid_team_for_non_distributed_app"},
        {CLIENT "&scope=commands", "scope_not_allowed_on_enterprise"},
    };
    struct life *life = *state;
    size_t number;

    world_load(life->world, BASE
               ",\"teams\":[{\"id\":\"T0TEAM\",\"enterprise\":{\"id\":"
               "\"E1\",\"name\":\"Org\",\"forbidden_scopes\":"
               "[\"commands\"]}},{\"id\":\"T2\"}],\"apps\":[{\"id\":\"A0APP\","
               "\"distributed\":false,\"redirect_uris\":"
               "[\"https://a.example/\"],\"scopes\":[\"commands\","
               "\"identity.basic\"]}]}");
    for (number = 0; number < sizeof queries / sizeof *queries; number++) {
        const char *page = browser_get(life, V2, queries[number][0]);

        assert_page_refused(life, queries[number][1]);
        assert_non_null(strstr(page, "<h1>Something went wrong when "
                                     "authorizing this app.</h1>\n"
                                     "<h2>Error details</h2>"));
    }
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, a_refusal_is_a_page_and_leads_nowhere, refusals,
                  life_row_setup, life_row_teardown);
    add_test_with(&list, an_overlong_parameter_is_refused, life_setup,
                  life_teardown);
    add_rows_with(&list, a_button_counts_of_its_own_page_alone, places,
                  life_row_setup, life_row_teardown);
    add_test_with(&list, too_many_parameters_are_refused, life_setup,
                  life_teardown);
    add_test_with(&list, refusals_come_in_the_order_of_slacks_page, life_setup,
                  life_teardown);
    return run_list("refusals of authorize pages", &list);
}
