/*
 * A scenario's pairs: what the next exchanges, refreshes and installations
 * give.
 */
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_reply.h"
#include "life.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define PAIR(access, refresh, more)                                            \
    "{\"access_token\":\"" access "\",\"refresh_token\":\"" refresh "\"" more  \
    "}"
#define A    PAIR("xoxe.xoxb-1-A", "xoxe-1-A", "")
#define B    PAIR("xoxe.xoxb-1-B", "xoxe-1-B", "")
#define C    PAIR("xoxe.xoxb-1-C", "xoxe-1-C", "")
#define USER PAIR("xoxe.xoxp-1-U", "xoxe-1-U", ",\"type\":\"user\"")
#define CODES                                                                  \
    ",\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":\"T0TEAM\","       \
    "\"bot\":{\"user\":\"U1BOT\"}}]"
#define PAIRS(pairs) "\"pairs\":[" pairs "]"

static void check_pair(struct pair pair, const char *access,
                       const char *refresh)
{
    assert_text(pair.access, access);
    assert_text(pair.refresh, refresh);
}

static void test_in_order(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD(PAIRS(A "," B "," C) CODES));
    struct pair pair = life_exchange(test, server, BOT_FORM);

    check_pair(pair, "xoxe.xoxb-1-A", "xoxe-1-A");
    pair = life_refresh(test, server, pair.refresh);
    check_pair(pair, "xoxe.xoxb-1-B", "xoxe-1-B");
    life_token_is(test, server, pair.access, NULL);
    pair = life_pair(test, life_redeem(test, server, "c"), "");
    check_pair(pair, "xoxe.xoxb-1-C", "xoxe-1-C");
    pair = life_refresh(test, server, pair.refresh);
    assert_contains(pair.access, "SLACKMOCKFAKE");
}

static void test_type(struct test *test)
{
    struct server *server = server_start_with(test, WORLD(PAIRS(USER "," A)));

    check_pair(life_exchange(test, server, BOT_FORM), "xoxe.xoxb-1-A",
               "xoxe-1-A");
    check_pair(life_exchange(test, server, USER_FORM), "xoxe.xoxp-1-U",
               "xoxe-1-U");
}

/* A call that is refused takes none, and a reset brings all back. */
static void test_refused_and_reset(struct test *test)
{
    struct server *server = server_start_with(test, WORLD(PAIRS(A)));

    life_refused(life_call(test, server, "oauth.v2.exchange", NULL,
                           APP_FORM "&token=xoxb-unknown"),
                 "invalid_token");
    check_pair(life_exchange(test, server, BOT_FORM), "xoxe.xoxb-1-A",
               "xoxe-1-A");
    control_do(test, server, "POST /_mock/reset", NULL);
    check_pair(life_exchange(test, server, BOT_FORM), "xoxe.xoxb-1-A",
               "xoxe-1-A");
}

/* A PATCH without pairs leaves them alone; one with pairs takes their place. */
static void test_patch(struct test *test)
{
    struct server *server = server_start_with(test, WORLD(PAIRS(A "," B)));
    struct pair pair = life_exchange(test, server, BOT_FORM);

    control_patch(test, server,
                  "{\"tokens\":[{\"token\":\"xoxe.xoxb-1-A\","
                  "\"state\":\"revoked\"}]}");
    life_token_is(test, server, "xoxe.xoxb-1-A", "token_revoked");
    pair = life_refresh(test, server, pair.refresh);
    check_pair(pair, "xoxe.xoxb-1-B", "xoxe-1-B");
    control_refused(
        control_call(test, server, "PATCH /_mock/scenario", "{" PAIRS(A) "}"),
        422, "invalid_request");
    control_patch(test, server, "{" PAIRS(C) "}");
    check_pair(life_refresh(test, server, pair.refresh), "xoxe.xoxb-1-C",
               "xoxe-1-C");
}

/* What a seed gives and a user copies into pairs is not given twice. */
static void test_copied(struct test *test)
{
    struct server *server = server_start_with(test, WORLD("\"seed\":7"));
    struct pair copied = life_exchange(test, server, BOT_FORM);
    struct pair pair;

    control_do(test, server, "PUT /_mock/scenario",
               test_printf(test,
                           WORLD("\"seed\":7," PAIRS(
                               PAIR("%s", "%s", ",\"type\":\"user\""))),
                           copied.access, copied.refresh));
    pair = life_exchange(test, server, BOT_FORM);
    assert_lacks(pair.access, copied.access);
    assert_lacks(pair.refresh, copied.refresh);
}

int run_pairs_tests(void)
{
    static const struct test_case cases[] = {
        {"pairs: an exchange, a refresh and an installation give them in order",
         test_in_order, NULL},
        {"pairs: a type binds one to bots or to people", test_type, NULL},
        {"pairs: a refused call takes none, a reset brings them back",
         test_refused_and_reset, NULL},
        {"pairs: a PATCH leaves them, or takes their place", test_patch, NULL},
        {"pairs: a generated token is none of them", test_copied, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
