/*
 * What the control API refuses, each time in a world in which something has
 * happened: a refused call changes nothing of it, however good a part of it is.
 */
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define LIVED_IN_WORLD                                                         \
    WORLD(STILL ",\"rules\":[{\"name\":\"r\",\"when\":{\"method\":"            \
                "\"auth.test\"},\"times\":9,\"reply\":{\"error\":"             \
                "\"fatal_error\"}}]")

static struct server *live_in(struct test *test)
{
    struct server *server = server_start_with(test, LIVED_IN_WORLD);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    life_token_is(test, server, pair.access, "fatal_error");
    life_advance(test, server, "7");
    control_do(test, server, "PUT /_mock/sandboxes/mine", NULL);
    return server;
}

/* A wrong call; `mistakes` are those of a 422, as a JSON array. */
struct wrong {
    const char *call;
    const char *body;
    int status;
    const char *error;
    const char *says; /* for a 422 the mistakes, else a part of the message */
};

static void test_wrong(struct test *test)
{
    const struct wrong *row = test_row(test);
    struct server *server = live_in(test);
    const char *before = control_snapshot(test, server);
    const struct http_reply *reply =
        control_call(test, server, row->call, row->body);

    control_refused(reply, row->status, row->error);
    if (row->status == 422)
        assert_json(reply->json, "mistakes", row->says);
    else
        assert_contains(reply->body, row->says);
    assert_text(control_snapshot(test, server), before);
}

/* What is in a sandbox stays too when its replacement is refused. */
static void test_sandbox_stays(struct test *test)
{
    struct server *server = live_in(test);
    static const char state[] = "GET /sandbox/mine/_mock/state";
    const char *before;

    control_do(test, server, "PATCH /sandbox/mine/_mock/scenario",
               "{\"apps\":[{\"id\":\"A0APP\",\"name\":\"Mine\"}]}");
    before = control_call(test, server, state, NULL)->body;
    control_refused(control_call(test, server, "PUT /_mock/sandboxes/mine",
                                 "{\"description\":\"d\",\"sed\":1}"),
                    422, "invalid_request");
    control_refused(
        control_call(test, server, "PUT /_mock/sandboxes/mine", "{"), 400,
        "invalid_json");
    assert_text(control_call(test, server, state, NULL)->body, before);
}

/* A body that ends too early, whatever stands in it so far. */
static void test_cut_short(struct test *test)
{
    static const char body[] = "{\"apps\":[{\"id\":\"A0APP\",\"name\":\"X\"}]}";
    struct server *server = live_in(test);
    const char *before = control_snapshot(test, server);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, test_printf(test,
                              "PATCH /_mock/scenario HTTP/1.1\r\n"
                              "Host: localhost\r\nContent-Length: %zu\r\n\r\n"
                              "%s",
                              strlen(body) + 1, body));
    raw_end(raw);
    control_refused(raw_await_reply(raw), 400, "request_timeout");
    raw_await_close(raw);
    assert_text(control_snapshot(test, server), before);
}

/* Not even a request that is no HTTP comes into the journal. */
static void test_malformed_head(struct test *test)
{
    struct server *server = live_in(test);
    const char *before = control_snapshot(test, server);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, "POST /_mock/reset HTTP/1.1\r\nHost: localhost\r\n"
                  "X: 1\r\n folded\r\n\r\n");
    control_refused(raw_await_reply(raw), 400, "bad_request");
    raw_await_close(raw);
    assert_text(control_snapshot(test, server), before);
}

#define SYNTAX(call)                                                           \
    {                                                                          \
        "control refusals: " call " wants JSON", test_wrong,                   \
            &(const struct wrong)                                              \
        {                                                                      \
            call, "{\"description\":\n nope}", 400, "invalid_json",            \
                "body:2:2: syntax error: "                                     \
        }                                                                      \
    }
#define UNREAD(title, call)                                                    \
    {                                                                          \
        "control refusals: " title, test_wrong, &(const struct wrong)          \
        {                                                                      \
            call, NULL, 400, "invalid_query", "the query does not parse"       \
        }                                                                      \
    }
#define WRONG(title, call, body, mistakes)                                     \
    {                                                                          \
        "control refusals: " title, test_wrong, &(const struct wrong)          \
        {                                                                      \
            call, body, 422, "invalid_request", "[" mistakes "]"               \
        }                                                                      \
    }

#define PUT     "PUT /_mock/scenario"
#define PATCH   "PATCH /_mock/scenario"
#define CLOCK   "POST /_mock/clock"
#define SANDBOX "PUT /_mock/sandboxes/mine"

#define GOOD_APP "\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false}]"
#define BAD_RULE                                                               \
    "\"rules\":[{\"name\":\"r\",\"reply\":{\"eror\":\"fatal_error\"}}]"
#define BAD_RULE_MISTAKE                                                       \
    "\"body: $.rules[0].reply.eror: unknown key; did you mean "                \
    "\\\"error\\\"?\""
#define TWO_BAD_TOKENS                                                         \
    "\"tokens\":[{\"token\":\"" BOT_TOKEN "\",\"state\":\"revoked\"},"         \
    "{\"token\":\"xoxb-2\",\"app\":\"A0AP\",\"team\":\"T0TEAM\"},"             \
    "{\"token\":\"xoxb-3\",\"app\":\"A0APP\"}]"
#define TWO_BAD_TOKENS_MISTAKES                                                \
    "\"body: $.tokens[1].app: found \\\"A0AP\\\", wanted the id of an entry "  \
    "of $.apps; did you mean \\\"A0APP\\\"?\","                                \
    "\"body: $.tokens[2]: missing \\\"team\\\"\""
#define WHOLE_NUMBER(name, found)                                              \
    "\"query: $." name ": found \\\"" found "\\\", wanted a whole number\""
#define NAMES_WANTED "wanted 1 to 200 letters, digits, dashes and underscores\""
#define FORTY        "0123456789012345678901234567890123456789"
#define TWO_HUNDRED  FORTY FORTY FORTY FORTY FORTY

static const struct test_case cases[] = {
    SYNTAX(PUT),
    SYNTAX(PATCH),
    SYNTAX(CLOCK),
    SYNTAX(SANDBOX),
    SYNTAX("PUT /_mock/sandboxes/another"),
    UNREAD("an escape that is none", "GET /_mock/state?token=%zz"),
    UNREAD("text that is not UTF-8", "GET /_mock/requests?rule=%ff"),
    WRONG("PUT of what is no object", PUT, "[]",
          "\"body: $: found an array, wanted an object\""),
    WRONG("PUT of an empty scenario", PUT, "{}",
          "\"body: $: missing \\\"description\\\"\""),
    WRONG("PUT with a good and a bad part", PUT, WORLD(GOOD_APP "," BAD_RULE),
          BAD_RULE_MISTAKE),
    WRONG("PUT with two bad parts", PUT,
          WORLD(GOOD_APP ",\"sed\":1," TWO_BAD_TOKENS),
          "\"body: $.sed: unknown key; did you mean \\\"seed\\\"?\","
          "" TWO_BAD_TOKENS_MISTAKES),
    WRONG("PUT of what extends a file", PUT,
          "{\"description\":\"d\",\"extends\":\"./scenarios/default.json\"}",
          "\"body: $.extends: found \\\"./scenarios/default.json\\\": no "
          "shipped scenario of that name; one that comes over HTTP cannot "
          "extend a file\""),
    WRONG("PUT of what extends nothing that is there", PUT,
          "{\"description\":\"d\",\"extends\":\"defalt.json\"}",
          "\"body: $.extends: found \\\"defalt.json\\\": no shipped scenario "
          "of that name; one that comes over HTTP cannot extend a file; did "
          "you mean \\\"default.json\\\"?\""),
    WRONG("PATCH of what is no object", PATCH, "7",
          "\"body: $: found 7, wanted an object\""),
    WRONG("PATCH with a good and a bad part", PATCH,
          "{" GOOD_APP "," BAD_RULE "}", BAD_RULE_MISTAKE),
    WRONG("PATCH with a good token and two bad ones", PATCH,
          "{" TWO_BAD_TOKENS "}", TWO_BAD_TOKENS_MISTAKES),
    WRONG("PATCH of the clock, and a bad part", PATCH,
          "{\"clock\":\"2030-01-01T00:00:00Z\",\"seed\":7,\"stub\":{}}",
          "\"body: $.stub: unknown key; did you mean \\\"stubs\\\"?\""),
    WRONG("PATCH of what extends a file", PATCH,
          "{\"extends\":\"../default.json\"," GOOD_APP "}",
          "\"body: $.extends: found \\\"../default.json\\\": no shipped "
          "scenario of that name; one that comes over HTTP cannot extend a "
          "file; did you mean \\\"default.json\\\"?\""),
    WRONG("a clock with a good and two bad parts", CLOCK,
          "{\"frozen\":false,\"advance\":-1,\"set\":\"noon\"}",
          "\"body: $.advance: found -1, wanted a number of seconds, not below "
          "0\",\"body: $.set: found \\\"noon\\\", wanted a time such as "
          "\\\"2026-01-01T00:00:00Z\\\"\""),
    WRONG("a clock with unknown keys", CLOCK, "{\"advnce\":1,\"zzz\":2}",
          "\"body: $.advnce: unknown key; did you mean \\\"advance\\\"?\","
          "\"body: $.zzz: unknown key\""),
    WRONG("a clock that is told twice", CLOCK, "{\"advance\":1,\"advance\":2}",
          "\"body: $.advance: given twice; wanted each key once\""),
    WRONG("a clock with texts for numbers", CLOCK,
          "{\"advance\":\"1\",\"frozen\":\"true\"}",
          "\"body: $.advance: found \\\"1\\\", wanted a number of seconds, not "
          "below 0\",\"body: $.frozen: found \\\"true\\\", wanted true or "
          "false\""),
    WRONG("a sandbox with a good and a bad part",
          "PUT /_mock/sandboxes/another", WORLD(GOOD_APP "," BAD_RULE),
          BAD_RULE_MISTAKE),
    WRONG("a sandbox without a name", "PUT /_mock/sandboxes/", NULL,
          "\"path: found the name \\\"\\\", " NAMES_WANTED),
    WRONG("a sandbox with a blank in its name", "PUT /_mock/sandboxes/a%20b",
          NULL, "\"path: found the name \\\"a%20b\\\", " NAMES_WANTED),
    WRONG("a sandbox with a path for its name", "PUT /_mock/sandboxes/a/b",
          NULL, "\"path: found the name \\\"a/b\\\", " NAMES_WANTED),
    WRONG("a sandbox with too long a name",
          "PUT /_mock/sandboxes/" TWO_HUNDRED "4", NULL,
          "\"path: found the name \\\"" FORTY FORTY "\\\", " NAMES_WANTED),
    WRONG("every mistake of a query",
          "GET /_mock/requests?since=x&limit=-1&secrets=yes&metod=a&zzz=1",
          NULL,
          WHOLE_NUMBER("since", "x") "," WHOLE_NUMBER(
              "limit",
              "-1") ",\"query: $.secrets: found \\\"yes\\\", wanted 0 or 1\","
                    "\"query: $.metod: unknown; did you mean \\\"method\\\"?\","
                    "\"query: $.zzz: unknown\""),
    WRONG("a number that is empty", "GET /_mock/requests?since=", NULL,
          WHOLE_NUMBER("since", "")),
    WRONG("a number beyond all numbers",
          "GET /_mock/state?limit=1234567890123456789", NULL,
          WHOLE_NUMBER("limit", "1234567890123456789")),
    WRONG("a query's name of two lines", "GET /_mock/state?a%0ab=1", NULL,
          "\"query: $[\\\"a\\\\nb\\\"]: unknown\""),
    WRONG("a NUL in a query's name", "GET /_mock/requests?limit%00=0", NULL,
          "\"query: $.limit: unknown; a NUL follows in its name\""),
    WRONG("a query where none is wanted", "POST /_mock/reset?token=x", NULL,
          "\"query: $.token: unknown\""),
    {"control refusals: a refused replacement leaves the sandbox as it is",
     test_sandbox_stays, NULL},
    {"control refusals: a body that is cut short", test_cut_short, NULL},
    {"control refusals: a head that is no HTTP", test_malformed_head, NULL},
};

int run_control_refusals_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
