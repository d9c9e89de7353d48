/*
 * Mistakes that the schema can tell: an editor that goes by it marks the place
 * that the program names. Each scenario has one mistake.
 */
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "program_run.h"
#include "scenario_check.h"
#include "test_case.h"
#include "test_groups.h"

struct mistake {
    const char *place; /* of it, as the program says */
    const char *scenario;
};

/* The schema may be more exact about the place. */
static void test_mistake(struct test *test)
{
    const struct mistake *row = test_row(test);
    const struct program_run *run = scenario_run_check(test, row->scenario);
    const char *complaint;

    assert_number(run->status, 1);
    assert_contains(run->err, test_printf(test, "x.json: %s: ", row->place));
    if (scenario_fits(test, row->scenario, &complaint))
        fail_msg("the schema takes %s", row->scenario);
    if (strncmp(complaint, row->place, strlen(row->place)) != 0)
        fail_msg("the schema says %s, wanted it of %s", complaint, row->place);
}

#define MISTAKE(title, place, scenario)                                        \
    {                                                                          \
        "schema: both refuse " title, test_mistake, &(const struct mistake)    \
        {                                                                      \
            place, scenario                                                    \
        }                                                                      \
    }
#define APP(keys)       WORLD("\"apps\":[{\"id\":\"A0APP\"," keys "}]")
#define TEAM(keys)      WORLD("\"teams\":[{\"id\":\"T0TEAM\"," keys "}]")
#define HELD            "\"app\":\"A0APP\",\"team\":\"T0TEAM\","
#define TOKEN(keys)     WORLD("\"tokens\":[{\"token\":\"xoxb-1\"," HELD keys "}]")
#define GENERATED(keys) WORLD("\"tokens\":[{" HELD keys "}]")
#define LIMIT(keys)     WORLD("\"rate_limits\":{\"ping\":{" keys "}}")
#define STUB(reply)     WORLD("\"stubs\":{\"ping\":" reply "}")
#define RULE(keys)      WORLD("\"rules\":[{" keys "}]")
#define REPLY(keys)     RULE("\"reply\":{" keys "}")
#define WHEN(keys)      RULE("\"when\":{" keys "},\"reply\":{}")
#define POSTING(keys)   RULE("\"when\":{\"method\":\"chat.postMessage\"}," keys)
#define FIVE            "\"\",\"\",\"\",\"\",\"\""
#define TWENTY          FIVE "," FIVE "," FIVE "," FIVE

#define HEADER(name) "\"X-" name "\":\"1\""
#define HEADERS_4(name)                                                        \
    HEADER(name "a")                                                           \
    "," HEADER(name "b") "," HEADER(name "c") "," HEADER(name "d")
#define HEADERS_16(name)                                                       \
    HEADERS_4(name "a")                                                        \
    "," HEADERS_4(name "b") "," HEADERS_4(name "c") "," HEADERS_4(name "d")
#define HEADERS_49                                                             \
    HEADERS_16("a") "," HEADERS_16("b") "," HEADERS_16("c") "," HEADER("z")

static const struct test_case cases[] = {
    MISTAKE("a scenario that is no object", "$", "[]"),
    MISTAKE("no description", "$", "{\"seed\":1}"),
    MISTAKE("an empty description", "$.description", "{\"description\":\"\"}"),
    MISTAKE("an unknown key", "$.zzz", WORLD("\"zzz\":1")),
    MISTAKE("a key for editors", "$[\"$schema\"]",
            WORLD("\"$schema\":\"schema.json\"")),
    MISTAKE("a base that is not shipped", "$.extends",
            "{\"description\":\"d\",\"extends\":\"defaul.json\"}"),
    MISTAKE("a base that is no name", "$.extends",
            "{\"description\":\"d\",\"extends\":7}"),

    MISTAKE("a clock that is no time", "$.clock", WORLD("\"clock\":\"now\"")),
    MISTAKE("a time without a zone", "$.clock",
            WORLD("\"clock\":\"2026-01-01T00:00:00\"")),
    MISTAKE("a time before 1970", "$.clock",
            WORLD("\"clock\":\"1969-12-31T23:59:59Z\"")),
    MISTAKE("a time in the thirteenth month", "$.clock",
            WORLD("\"clock\":\"2026-13-01T00:00:00Z\"")),
    MISTAKE("a time with four digits of a fraction", "$.clock",
            WORLD("\"clock\":\"2026-01-01T00:00:00.1234Z\"")),
    MISTAKE("a clock that is frozen by a text", "$.clock.frozen",
            WORLD("\"clock\":{\"at\":\"2026-01-01T00:00:00Z\","
                  "\"frozen\":\"yes\"}")),

    MISTAKE("a seed below 0", "$.seed", WORLD("\"seed\":-1")),
    MISTAKE("a seed beyond what a number holds", "$.seed",
            WORLD("\"seed\":9007199254740992")),
    MISTAKE("a seed that is no whole number", "$.seed", WORLD("\"seed\":1.5")),
    MISTAKE("an unknown token style", "$.token_style",
            WORLD("\"token_style\":\"real\"")),

    MISTAKE("apps by their id", "$.apps", WORLD("\"apps\":{\"A0APP\":{}}")),
    MISTAKE("an app that is no object", "$.apps[0]",
            WORLD("\"apps\":[\"A0APP\"]")),
    MISTAKE("an app without an id", "$.apps[0]",
            WORLD("\"apps\":[{\"name\":\"n\"}]")),
    MISTAKE("an empty id", "$.apps[0].id", WORLD("\"apps\":[{\"id\":\"\"}]")),
    MISTAKE("an unknown key of an app", "$.apps[0].secret",
            APP("\"secret\":\"s\"")),
    MISTAKE("rotation that is no boolean", "$.apps[0].token_rotation",
            APP("\"token_rotation\":\"on\"")),

    MISTAKE("a team without an id", "$.teams[0]",
            WORLD("\"teams\":[{\"name\":\"n\"}]")),
    MISTAKE("a team that is a text", "$.teams[0]",
            WORLD("\"teams\":[\"T0TEAM\"]")),
    MISTAKE("an unknown state of a team", "$.teams[0].state",
            TEAM("\"state\":\"gone\"")),
    MISTAKE("an enterprise that is a text", "$.teams[0].enterprise",
            TEAM("\"enterprise\":\"E0ORG\"")),

    MISTAKE("a token without its spelling", "$.tokens[0]",
            GENERATED("\"bot_user\":\"U1\"")),
    MISTAKE("an unknown key of a token", "$.tokens[0].scopes",
            TOKEN("\"scopes\":\"commands\"")),
    MISTAKE("scopes in an array", "$.tokens[0].scope",
            TOKEN("\"scope\":[\"commands\"]")),
    MISTAKE("scopes with a line end", "$.tokens[0].scope",
            TOKEN("\"scope\":\"a\\nX: b\"")),
    MISTAKE("a code's scopes with a control character", "$.codes[0].bot.scope",
            WORLD("\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\","
                  "\"team\":\"T0TEAM\","
                  "\"bot\":{\"user\":\"U1\",\"scope\":\"\\u007f\"}}]")),
    MISTAKE("a token that is a text", "$.tokens[0]",
            WORLD("\"tokens\":[\"xoxb-1\"]")),
    MISTAKE("an unknown state of a token", "$.tokens[0].state",
            TOKEN("\"state\":\"actve\"")),
    MISTAKE("a token of a bot and a person", "$.tokens[0]",
            TOKEN("\"bot_user\":\"U1\",\"user\":\"U2\"")),
    MISTAKE("a rotated token of a bot and a person", "$.tokens[0]",
            WORLD("\"tokens\":[{\"token\":\"xoxe.xoxb-1\"," HELD
                  "\"refresh_token\":\"xoxe-1\","
                  "\"bot_user\":\"U1\",\"user\":\"U2\"}]")),
    MISTAKE("generated tokens without a number", "$.tokens[0]",
            GENERATED("\"type\":\"bot\"")),
    MISTAKE("no generated tokens", "$.tokens[0].generate",
            GENERATED("\"generate\":0,\"type\":\"bot\"")),
    MISTAKE("too many generated tokens", "$.tokens[0].generate",
            GENERATED("\"generate\":10000001,\"type\":\"bot\"")),
    MISTAKE("generated tokens without a type", "$.tokens[0]",
            GENERATED("\"generate\":1")),
    MISTAKE("generated tokens of another type", "$.tokens[0].type",
            GENERATED("\"generate\":1,\"type\":\"app\"")),
    MISTAKE("generated tokens of one person", "$.tokens[0].user",
            GENERATED("\"generate\":1,\"type\":\"user\",\"user\":\"U1\"")),
    MISTAKE("an empty prefix", "$.tokens[0].prefix",
            GENERATED("\"generate\":1,\"type\":\"bot\",\"prefix\":\"\"")),

    MISTAKE("a code without its spelling", "$.codes[0]",
            WORLD("\"codes\":[{\"app\":\"A0APP\",\"team\":\"T0TEAM\","
                  "\"bot\":{\"user\":\"U1\",\"scope\":\"commands\"}}]")),

    MISTAKE("a stub that is a text", "$.stubs.ping", STUB("\"pong\"")),
    MISTAKE("a stub that fails with nothing", "$.stubs.ping",
            STUB("{\"ok\":false}")),
    MISTAKE("a stub that succeeds with an error", "$.stubs.ping.error",
            STUB("{\"error\":\"x\"}")),
    MISTAKE("a stub whose ok is a text", "$.stubs.ping.ok",
            STUB("{\"ok\":\"yes\"}")),
    MISTAKE("a stub whose metadata are a text",
            "$.stubs.ping.response_metadata",
            STUB("{\"response_metadata\":\"\"}")),
    MISTAKE("a stub whose messages are no texts",
            "$.stubs.ping.response_metadata.messages[0]",
            STUB("{\"response_metadata\":{\"messages\":[1]}}")),

    MISTAKE("limits in an array", "$.rate_limits", WORLD("\"rate_limits\":[]")),
    MISTAKE("a limit that says nothing", "$.rate_limits.ping", LIMIT("")),
    MISTAKE("a fifth tier", "$.rate_limits.ping.tier", LIMIT("\"tier\":5")),
    MISTAKE("a tier and a number", "$.rate_limits.ping.per_minute",
            LIMIT("\"tier\":1,\"per_minute\":1")),

    MISTAKE("a rule without a reply", "$.rules[0]", RULE("\"name\":\"n\"")),
    MISTAKE("a rule that is a text", "$.rules[0]",
            WORLD("\"rules\":[\"pass\"]")),
    MISTAKE("a rule without turns", "$.rules[0].times",
            RULE("\"times\":0,\"reply\":{}")),
    MISTAKE("a stage inside a reply", "$.rules[0].reply.stage",
            REPLY("\"stage\":\"after\"")),
    MISTAKE("an unknown stage of a turn", "$.rules[0].sequence[0].stage",
            RULE("\"sequence\":[{\"stage\":\"later\"}]")),
    MISTAKE("times of a turn", "$.rules[0].sequence[0].times",
            RULE("\"sequence\":[{\"times\":2}]")),
    MISTAKE("an argument that is a number", "$.rules[0].when.argument.limit",
            WHEN("\"argument\":{\"limit\":3}")),
    MISTAKE("arguments in an array", "$.rules[0].when.argument",
            WHEN("\"argument\":[\"cursor\"]")),
    MISTAKE("a condition that is a text", "$.rules[0].when",
            RULE("\"when\":\"always\",\"reply\":{}")),
    MISTAKE("an unknown condition", "$.rules[0].when.methods",
            WHEN("\"methods\":\"*\"")),
    MISTAKE("an empty glob", "$.rules[0].when.method", WHEN("\"method\":\"\"")),
    MISTAKE("headers to match in an array", "$.rules[0].when.header",
            WHEN("\"header\":[\"Cookie\"]")),
    MISTAKE("a header to match with a blank in its name",
            "$.rules[0].when.header[\"a b\"]",
            WHEN("\"header\":{\"a b\":\"*\"}")),
    MISTAKE("forty-nine headers to match", "$.rules[0].when.header",
            WHEN("\"header\":{" HEADERS_49 "}")),
    MISTAKE("an empty glob for a header", "$.rules[0].when.header.Cookie",
            WHEN("\"header\":{\"Cookie\":\"\"}")),
    MISTAKE("the call 0", "$.rules[0].when.call", WHEN("\"call\":0")),
    MISTAKE("a call as a text", "$.rules[0].when.call", WHEN("\"call\":\"3\"")),
    MISTAKE("no calls", "$.rules[0].when.call", WHEN("\"call\":[]")),
    MISTAKE("a list with a call that is none", "$.rules[0].when.call[1]",
            WHEN("\"call\":[1,\"-2\"]")),
    MISTAKE("a chance above 1", "$.rules[0].when.probability",
            WHEN("\"probability\":1.01")),
    MISTAKE("a rule with a reply and a sequence", "$.rules[0]",
            RULE("\"reply\":{},\"sequence\":[{}]")),
    MISTAKE("an empty sequence", "$.rules[0].sequence",
            RULE("\"sequence\":[]")),
    MISTAKE("a turn that is none", "$.rules[0].sequence[1]",
            RULE("\"sequence\":[\"pass\",\"fail\"]")),
    MISTAKE("a turn with an error that is not documented",
            "$.rules[0].sequence[0].error",
            RULE("\"sequence\":[{\"error\":\"x\"}]")),
    MISTAKE("a third stage", "$.rules[0].stage",
            RULE("\"stage\":\"during\",\"reply\":{}")),

    MISTAKE("an error that is not documented", "$.rules[0].reply.error",
            REPLY("\"error\":\"ratelimitd\"")),
    MISTAKE("an error of another method", "$.rules[0].reply.error",
            POSTING("\"reply\":{\"error\":\"already_pinned\"}")),
    MISTAKE("a turn with an error of another method",
            "$.rules[0].sequence[1].error",
            POSTING("\"sequence\":[\"pass\",{\"error\":\"already_pinned\"},"
                    "{\"error\":\"is_archived\"}]")),
    MISTAKE("an error of a method that has none of its own",
            "$.rules[0].reply.error",
            RULE("\"when\":{\"method\":\"api.test\"},"
                 "\"reply\":{\"error\":\"is_archived\"}")),
    MISTAKE("an error that is documented all the same",
            "$.rules[0].reply.error",
            REPLY("\"error\":\"ratelimitd\",\"undocumented\":false")),
    MISTAKE("a warning that is not documented", "$.rules[0].reply.warnings[0]",
            REPLY("\"warnings\":[\"hot\"]")),
    MISTAKE("undocumented by a text", "$.rules[0].reply.undocumented",
            REPLY("\"error\":\"fatal_error\",\"undocumented\":\"yes\"")),
    MISTAKE("a status below 200", "$.rules[0].reply.status",
            REPLY("\"status\":199")),
    MISTAKE("a status above 599", "$.rules[0].reply.status",
            REPLY("\"status\":600")),
    MISTAKE("more than a day to wait", "$.rules[0].reply.retry_after",
            REPLY("\"retry_after\":86401")),
    MISTAKE("a time to wait that is a text", "$.rules[0].reply.retry_after",
            REPLY("\"retry_after\":\"30\"")),
    MISTAKE("headers in an array", "$.rules[0].reply.headers",
            REPLY("\"headers\":[\"A: b\"]")),
    MISTAKE("a header with a line end", "$.rules[0].reply.headers.A",
            REPLY("\"headers\":{\"A\":\"b\\r\\nC: d\"}")),
    MISTAKE("a header with a blank in its name",
            "$.rules[0].reply.headers[\"a b\"]",
            REPLY("\"headers\":{\"a b\":\"\"}")),
    MISTAKE("a header without a name", "$.rules[0].reply.headers[\"\"]",
            REPLY("\"headers\":{\"\":\"\"}")),
    MISTAKE("a header that frames the message",
            "$.rules[0].reply.headers[\"Content-length\"]",
            REPLY("\"headers\":{\"Content-length\":\"1\"}")),
    MISTAKE("another one", "$.rules[0].reply.headers[\"transfer-encoding\"]",
            REPLY("\"headers\":{\"transfer-encoding\":\"chunked\"}")),
    MISTAKE("a third one", "$.rules[0].reply.headers.CONNECTION",
            REPLY("\"headers\":{\"CONNECTION\":\"close\"}")),
    MISTAKE("a header with a DEL", "$.rules[0].reply.headers.A",
            REPLY("\"headers\":{\"A\":\"\\u007f\"}")),
    MISTAKE("forty-nine headers", "$.rules[0].reply.headers",
            REPLY("\"headers\":{" HEADERS_49 "}")),
    MISTAKE("a header that is a number", "$.rules[0].reply.headers[\"X-A\"]",
            REPLY("\"headers\":{\"X-A\":1}")),
    MISTAKE("a body that is an object", "$.rules[0].reply.body",
            REPLY("\"body\":{\"ok\":false}")),
    MISTAKE("a content type with a line end", "$.rules[0].reply.content_type",
            REPLY("\"content_type\":\"text/html\\n\"")),
    MISTAKE("a delay of more than a day", "$.rules[0].reply.delay",
            REPLY("\"delay\":86400001")),
    MISTAKE("a delay below 0", "$.rules[0].reply.delay", REPLY("\"delay\":-1")),
    MISTAKE("a delay with one bound", "$.rules[0].reply.delay",
            REPLY("\"delay\":{\"min\":1}")),
    MISTAKE("a delay of both kinds", "$.rules[0].reply.delay.max",
            REPLY("\"delay\":{\"median\":1,\"sigma\":1,\"max\":1}")),
    MISTAKE("an unknown fault", "$.rules[0].reply.fault",
            REPLY("\"fault\":\"crash\"")),
    MISTAKE("a message that is no text", "$.rules[0].reply.messages[0]",
            REPLY("\"messages\":[1]")),
    MISTAKE("sixty-five warnings", "$.rules[0].reply.warnings",
            REPLY("\"undocumented\":true,\"warnings\":[" TWENTY "," TWENTY
                  "," TWENTY "," FIVE "]")),
    MISTAKE("sixty-five messages", "$.rules[0].reply.messages",
            REPLY("\"messages\":[" TWENTY "," TWENTY "," TWENTY "," FIVE "]")),
};

int run_schema_mistakes_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
