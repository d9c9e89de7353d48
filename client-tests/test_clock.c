/* POST /_mock/clock: time that a test tells to pass. */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "deadline.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

struct told {
    const char *body;
    const char *clock; /* after it, in a still world */
};

static void test_told(struct test *test)
{
    const struct told *row = test_row(test);
    struct server *server = server_start_with(test, STILL_WORLD);
    const struct cJSON *told =
        control_do(test, server, "POST /_mock/clock", row->body);

    assert_keys(told, "ok,clock,frozen");
    assert_json_text(told, "clock", row->clock);
    assert_json(told, "frozen", "true");
    assert_json_text(control_do(test, server, "GET /_mock/state", NULL),
                     "clock", row->clock);
}

static const char *clock_of(struct test *test, struct server *server)
{
    return cJSON_GetStringValue(
        json_at(control_do(test, server, "GET /_mock/state", NULL), "clock"));
}

static void await_another_time(struct test *test, struct server *server,
                               const char *time)
{
    deadline end = deadline_from_now();

    while (strcmp(clock_of(test, server), time) == 0)
        if (!deadline_look_again(end))
            fail_msg("the clock stands still at %s", time);
}

static void test_freeze_and_thaw(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct cJSON *told =
        control_do(test, server, "POST /_mock/clock",
                   "{\"frozen\":true,\"set\":\"2031-02-03T04:05:06.789Z\"}");

    assert_json_text(told, "clock", "2031-02-03T04:05:06.789Z");
    assert_json(told, "frozen", "true");
    told = control_do(test, server, "POST /_mock/clock", "{\"frozen\":false}");
    assert_json(told, "frozen", "false");
    assert_json_text(told, "clock", "2031-02-03T04:05:06.789Z");
    await_another_time(test, server, "2031-02-03T04:05:06.789Z");
    assert_memory_equal(clock_of(test, server), "2031-02-03T04:", 14);
}

/* A clock that runs goes on running from where it is put. */
static void test_running(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct cJSON *told =
        control_do(test, server, "POST /_mock/clock",
                   "{\"set\":\"2031-02-03T04:05:06Z\",\"advance\":3600}");

    assert_json(told, "frozen", "false");
    assert_json_text(told, "clock", "2031-02-03T05:05:06.000Z");
    await_another_time(test, server, "2031-02-03T05:05:06.000Z");
}

/* Date, journal and what expires go by it. */
static void test_everything_follows(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    const struct http_reply *reply;
    struct pair pair;

    control_do(test, server, "POST /_mock/clock",
               "{\"set\":\"2030-06-01T00:00:00.500Z\"}");
    reply = http_exchange(test, server, BOT_FORM);
    pair = life_pair(test, reply, "");
    assert_text(http_header(reply, "Date"), "Sat, 01 Jun 2030 00:00:00 GMT");
    assert_json_text(control_journal(test, server, ""), "requests.0.time",
                     "2030-06-01T00:00:00.500Z");
    assert_json_text(
        control_do(test, server,
                   test_printf(test, "GET /_mock/state?token=%s", pair.access),
                   NULL),
        "tokens.0.expires_at", "2030-06-01T12:00:00.500Z");
}

#define TOLD(title, body, clock)                                               \
    {                                                                          \
        "clock: " title, test_told, &(const struct told)                       \
        {                                                                      \
            body, clock                                                        \
        }                                                                      \
    }

static const struct test_case cases[] = {
    TOLD("it can be asked for the time", "{}", MIDNIGHT),
    TOLD("twelve hours pass", "{\"advance\":43200}",
         "2026-01-01T12:00:00.000Z"),
    TOLD("a millisecond passes", "{\"advance\":0.001}",
         "2026-01-01T00:00:00.001Z"),
    TOLD("1.001 seconds are no less", "{\"advance\":1.001}",
         "2026-01-01T00:00:01.001Z"),
    TOLD("no time passes", "{\"advance\":0}", MIDNIGHT),
    TOLD("it is set", "{\"set\":\"2027-03-04T05:06:07Z\"}",
         "2027-03-04T05:06:07.000Z"),
    TOLD("it is set back", "{\"set\":\"1970-01-01T00:00:00Z\"}",
         "1970-01-01T00:00:00.000Z"),
    TOLD("it is set first, then advanced",
         "{\"advance\":1,\"set\":\"2027-03-04T05:06:07Z\"}",
         "2027-03-04T05:06:08.000Z"),
    TOLD("it ends with the year 9999",
         "{\"set\":\"9999-12-31T23:59:59Z\",\"advance\":60}",
         "9999-12-31T23:59:59.999Z"),
    {"clock: it stands still while it is frozen, and then goes on",
     test_freeze_and_thaw, NULL},
    {"clock: it goes on running from where it is put", test_running, NULL},
    {"clock: dates, the journal and expiries follow it",
     test_everything_follows, NULL},
};

int run_clock_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
