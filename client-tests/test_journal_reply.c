/* What the journal says of the reply: its body, and why it was a refusal. */
#include <cjson/cJSON.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* What a person asks first: which of the many ways to be refused it was. */
static void test_reason(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const cJSON *journal;

    http_exchange(test, server, BOT_FORM);
    http_exchange(test, server, BOT_FORM);
    journal = control_journal(test, server, "");
    assert_json(journal, "requests.0.reason", NULL);
    assert_json_text(journal, "requests.1.reason",
                     "the token was exchanged before");
}

static void test_masked_body(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const char *body = cJSON_GetStringValue(
        json_at(control_journal(test, server, ""), "requests.0.body"));

    assert_contains(body, "\"app_id\":\"A0APP\"");
    assert_lacks(body, pair.access);
    assert_lacks(body, pair.refresh);
}

static const struct test_case cases[] = {
    {"journal: a refusal has a reason", test_reason, NULL},
    {"journal: the reply's body is masked", test_masked_body, NULL},
};

int run_journal_reply_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
