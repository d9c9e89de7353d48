/*
 * What the loader says of broken rules: every message a user can get.
 */
#include "check.h"
#include "world.h"

#define RULE(keys)  WITH("\"rules\":[{" keys "}]")
#define REPLY(keys) RULE("\"reply\":{" keys "}")
#define WHEN(keys)  RULE("\"when\":{" keys "},\"reply\":{}")
#define DELAY(json) REPLY("\"delay\":" json)
#define CALL(json)  WHEN("\"call\":" json)
#define A_CALL      "wanted a call such as 3, \"3-5\" or \"3-\", or a list of such\n"

static struct mistake_row rows[] = {
    {"an unknown key names the nearest one", REPLY("\"eror\":\"fatal_error\""),
     "$.rules[0].reply.eror: unknown key; did you mean \"error\"?\n"},
    {"a rule without a reply", RULE("\"name\":\"n\""),
     "$.rules[0]: missing \"reply\" or \"sequence\"\n"},
    {"a rule that may act 0 times", RULE("\"times\":0,\"reply\":{}"),
     "$.rules[0].times: found 0, wanted a whole number from 1 to "
     "1000000000\n"},
    {"two rules of one name",
     WITH("\"rules\":[{\"name\":\"n\",\"reply\":{}},{\"reply\":{}},{\"name\":"
          "\"n\",\"reply\":{}}]"),
     "$.rules[2].name: stands at $.rules[0] already; wanted each once\n"},
    {"an error that Slack does not document", REPLY("\"error\":\"ratelimitd\""),
     "$.rules[0].reply.error: found \"ratelimitd\", wanted a documented error, "
     "or \"undocumented\": true beside it; did you mean \"ratelimited\"?\n"},
    {"a warning that Slack does not document", REPLY("\"warnings\":[\"x\"]"),
     "$.rules[0].reply.warnings[0]: found \"x\", wanted a documented warning, "
     "or \"undocumented\": true beside it\n"},
    {"a status out of range", REPLY("\"status\":199"),
     "$.rules[0].reply.status: found 199, wanted a whole number from 200 to "
     "599\n"},
    {"a status and an error", REPLY("\"status\":199,\"error\":\"x\""),
     "$.rules[0].reply.status: found 199, wanted a whole number from 200 to "
     "599\n"
     "test.json: $.rules[0].reply.error: found \"x\", wanted a documented "
     "error, or \"undocumented\": true beside it\n"},
    {"a header name with a blank", REPLY("\"headers\":{\"a b\":\"c\"}"),
     "$.rules[0].reply.headers[\"a b\"]: not a header name; wanted letters, "
     "digits and any of !#$%&'*+-.^_`|~\n"},
    {"a header value with a line end", REPLY("\"headers\":{\"a\":\"b\\n\"}"),
     "$.rules[0].reply.headers.a: found \"b\\n\", wanted a text without "
     "control characters\n"},
    {"a header that frames the message",
     REPLY("\"headers\":{\"Content-length\":\"1\"}"),
     "$.rules[0].reply.headers[\"Content-length\"]: found a header that frames "
     "the message; slackmock sets it\n"},
    {"a message that is no text", REPLY("\"messages\":[1]"),
     "$.rules[0].reply.messages[0]: found 1, wanted a text\n"},
    {"a reply and a sequence", RULE("\"sequence\":[\"pass\"],\"reply\":{}"),
     "$.rules[0]: found \"reply\" and \"sequence\", wanted one of them\n"},
    {"a sequence that is empty", RULE("\"sequence\":[]"),
     "$.rules[0].sequence: found an empty array, wanted a reply in it\n"},
    {"a sequence that is no array", RULE("\"sequence\":\"pass\""),
     "$.rules[0].sequence: found \"pass\", wanted an array\n"},
    {"a turn that is neither a reply nor pass",
     RULE("\"sequence\":[\"pass\",\"pas\",1]"),
     "$.rules[0].sequence[1]: found \"pas\", wanted a reply or \"pass\"\n"
     "test.json: $.rules[0].sequence[2]: found 1, wanted a reply or "
     "\"pass\"\n"},
    {"a mistake in a turn", RULE("\"sequence\":[{},{\"error\":\"x\"}]"),
     "$.rules[0].sequence[1].error: found \"x\", wanted a documented error, or "
     "\"undocumented\": true beside it\n"},
    {"a stage that there is not", RULE("\"stage\":\"during\",\"reply\":{}"),
     "$.rules[0].stage: found \"during\", wanted \"before\" or \"after\"\n"},

    {"the call 0", CALL("0"),
     "$.rules[0].when.call: found 0, wanted a whole number from 1 to "
     "999999999\n"},
    {"a call as a text", CALL("\"3\""),
     "$.rules[0].when.call: found \"3\", " A_CALL},
    {"calls backwards", CALL("\"5-3\""),
     "$.rules[0].when.call: found \"5-3\", " A_CALL},
    {"calls with a blank", CALL("\"3 - 5\""),
     "$.rules[0].when.call: found \"3 - 5\", " A_CALL},
    {"calls from 0 on", CALL("\"0-\""),
     "$.rules[0].when.call: found \"0-\", " A_CALL},
    {"more calls than can be counted", CALL("\"3-1000000000\""),
     "$.rules[0].when.call: found \"3-1000000000\", " A_CALL},
    {"no calls", CALL("[]"),
     "$.rules[0].when.call: found an empty array, wanted a call in it\n"},
    {"a list of calls in a list", CALL("[1,[2]]"),
     "$.rules[0].when.call[1]: found an array, " A_CALL},

    {"a chance above 1", WHEN("\"probability\":1.5"),
     "$.rules[0].when.probability: found 1.5, wanted a number from 0 to 1\n"},
    {"a chance that is a text", WHEN("\"probability\":\"1\""),
     "$.rules[0].when.probability: found \"1\", wanted a number from 0 to 1\n"},

    {"headers to match that are no object", WHEN("\"header\":\"Cookie\""),
     "$.rules[0].when.header: found \"Cookie\", wanted an object\n"},
    {"a header to match without a name", WHEN("\"header\":{\"\":\"*\"}"),
     "$.rules[0].when.header[\"\"]: not a header name; wanted letters, digits "
     "and any of !#$%&'*+-.^_`|~\n"},
    {"a header to match with an empty glob",
     WHEN("\"header\":{\"Cookie\":\"\"}"),
     "$.rules[0].when.header.Cookie: found \"\", wanted a text that is not "
     "empty\n"},
    {"a header to match twice",
     WHEN("\"header\":{\"Cookie\":\"a\",\"cookie\":\"b\"}"),
     "$.rules[0].when.header.cookie: given twice; wanted each header once\n"},

    {"a delay that is a text", DELAY("\"1s\""),
     "$.rules[0].reply.delay: found \"1s\", wanted a number of milliseconds, "
     "{\"min\", \"max\"} or {\"median\", \"sigma\"}\n"},
    {"a delay of more than a day", DELAY("86400001"),
     "$.rules[0].reply.delay: found 86400001, wanted a whole number from 0 to "
     "86400000\n"},
    {"a delay with one bound", DELAY("{\"min\":1}"),
     "$.rules[0].reply.delay: missing \"max\"\n"},
    {"a delay whose bounds are exchanged", DELAY("{\"min\":2,\"max\":1}"),
     "$.rules[0].reply.delay: found a min above the max\n"},
    {"a delay with a median alone", DELAY("{\"median\":1}"),
     "$.rules[0].reply.delay: missing \"sigma\"\n"},
    {"a delay of both kinds", DELAY("{\"median\":1,\"sigma\":1,\"min\":1}"),
     "$.rules[0].reply.delay.min: unknown key\n"},
    {"a delay that spreads beyond all bounds",
     DELAY("{\"median\":1,\"sigma\":11}"),
     "$.rules[0].reply.delay.sigma: found 11, wanted a number from 0 to 10\n"},
    {"a fault that there is not", REPLY("\"fault\":\"crash\""),
     "$.rules[0].reply.fault: found \"crash\", wanted \"reset\", \"close\", "
     "\"truncate\", \"stall\", \"dribble\" or \"garbage\"\n"},
};

int main(void)
{
    struct test_list list = {.count = 0};

    world_add_mistakes(&list, rows, sizeof rows / sizeof *rows);
    return run_list("rule mistakes", &list);
}
