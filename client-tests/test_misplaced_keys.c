/*
 * Keys of a scenario that are right elsewhere: whoever wrote one is told where.
 */
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "program_run.h"
#include "scenario_check.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

struct misplaced {
    const char *scenario;
    const char *said; /* after the file's name */
};

static void test_misplaced(struct test *test)
{
    const struct misplaced *row = test_row(test);
    const struct program_run *run = scenario_run_check(test, row->scenario);

    assert_number(run->status, 1);
    assert_contains(run->err, test_printf(test, "x.json: %s\n", row->said));
}

/* A body of the control API is told likewise. */
static void test_over_http(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    assert_text(scenario_mistakes(test, server,
                                  WORLD("\"rules\":[{\"times\":1,\"reply\":"
                                        "{\"times\":2}}]")),
                "body: $.rules[0].reply.times: unknown key here; it belongs "
                "beside \"reply\"\n");
}

#define MISPLACED(keys, path, place)                                           \
    {                                                                          \
        "misplaced-keys: " path, test_misplaced, &(const struct misplaced)     \
        {                                                                      \
            WORLD(keys), path ": unknown key here; it belongs " place          \
        }                                                                      \
    }
#define RULE(keys) "\"rules\":[{" keys "}]"

static const struct test_case cases[] = {
    MISPLACED(RULE("\"reply\":{\"stage\":\"after\"}"), "$.rules[0].reply.stage",
              "beside \"reply\""),
    MISPLACED(RULE("\"sequence\":[{\"times\":3}]"),
              "$.rules[0].sequence[0].times", "beside \"sequence\""),
    MISPLACED(RULE("\"when\":{\"times\":3},\"reply\":{}"),
              "$.rules[0].when.times", "beside \"when\""),
    MISPLACED(RULE("\"when\":{\"reply\":{}},\"reply\":{}"),
              "$.rules[0].when.reply", "beside \"when\""),
    MISPLACED(RULE("\"reply\":{},\"method\":\"auth.test\""),
              "$.rules[0].method", "in $.rules[].when"),
    MISPLACED(RULE("\"reply\":{},\"argument\":{}"), "$.rules[0].argument",
              "in $.rules[].when"),
    MISPLACED(RULE("\"error\":\"fatal_error\",\"reply\":{}"),
              "$.rules[0].error", "in $.rules[].reply"),
    MISPLACED(RULE("\"reply\":{\"median\":1}"), "$.rules[0].reply.median",
              "in $.rules[].reply.delay"),
    MISPLACED(RULE("\"reply\":{\"delay\":{\"min\":1,\"max\":2,"
                   "\"fault\":\"reset\"}}"),
              "$.rules[0].reply.delay.fault", "beside \"delay\""),
    MISPLACED(RULE("\"when\":{\"headers\":{}},\"reply\":{}"),
              "$.rules[0].when.headers",
              "in $.rules[].reply, or did you mean \"header\"?"),
    MISPLACED("\"methods\":{\"ping\":{\"scope\":\"\"}}", "$.methods.ping.scope",
              "in $.tokens[], or did you mean \"scopes\"?"),
    MISPLACED("\"token_rotation\":false", "$.token_rotation", "in $.apps[]"),
    MISPLACED("\"frozen\":true", "$.frozen", "in $.clock"),
    MISPLACED("\"tier\":3", "$.tier", "in $.rate_limits.METHOD"),
    MISPLACED("\"apps\":[{\"id\":\"A0APP\",\"seed\":7}]", "$.apps[0].seed",
              "beside \"apps\""),
    MISPLACED("\"apps\":[{\"id\":\"A0APP\",\"prefix\":\"x\"}]",
              "$.apps[0].prefix", "in $.tokens[]"),
    MISPLACED("\"teams\":[{\"id\":\"T0TEAM\",\"enterprise\":{\"id\":\"E\","
              "\"name\":\"n\",\"domain\":\"d\"}}]",
              "$.teams[0].enterprise.domain", "beside \"enterprise\""),
    MISPLACED("\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":"
              "\"T0TEAM\",\"bot\":{\"user\":\"U\",\"scope\":\"\","
              "\"expires_in\":1}}]",
              "$.codes[0].bot.expires_in", "beside \"bot\""),
    {"misplaced-keys: one of another kind of entry", test_misplaced,
     &(const struct misplaced){
         WORLD("\"rate_limits\":{\"auth.test\":{\"tier\":3,\"burst\":2}}"),
         "$.rate_limits[\"auth.test\"].burst: unknown key"}},
    {"misplaced-keys: over HTTP too", test_over_http, NULL},
};

int run_misplaced_keys_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
