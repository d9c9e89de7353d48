/*
 * What --check says of rules and limits that can have no effect.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "rules/glob.h"
#include "world.h"

#define RULES(rules) WITH("\"rules\":[" rules "]")
#define WHEN(when)   "{\"when\":{" when "},\"reply\":{}}"
#define SHADOWED(by)                                                           \
    "warning: test.json: $.rules[1]: it never acts: rule \"" by                \
    "\" before it takes all of its calls\n"
#define BY_FIRST SHADOWED("rules[0]")

struct row {
    const char *name;
    const char *scenario;
    const char *warnings;
};

static struct row rows[] = {
    {"a rule behind one for all", RULES("{\"reply\":{}}," WHEN("")), BY_FIRST},
    {"by its name", RULES("{\"name\":\"all\",\"reply\":{}}," WHEN("")),
     SHADOWED("all")},
    {"a narrower glob",
     RULES(WHEN("\"method\":\"oauth.*\"") "," WHEN(
         "\"method\":\"oauth.v2.?ccess\"")),
     BY_FIRST},
    {"a glob for every method is none",
     RULES(WHEN("\"method\":\"*\"") "," WHEN("")), BY_FIRST},
    {"one condition more",
     RULES(WHEN("\"token\":\"xoxb-*\"") "," WHEN(
         "\"token\":\"xoxb-1\",\"client_id\":\"1\"")),
     BY_FIRST},
    {"headers in another case",
     RULES(WHEN("\"header\":{\"A\":\"*\"}") "," WHEN(
         "\"header\":{\"B\":\"1\",\"a\":\"1\"}")),
     BY_FIRST},
    {"certain calls and a chance behind one for all",
     RULES("{\"reply\":{}}," WHEN("\"call\":3,\"probability\":0.5")), BY_FIRST},

    {"a rule behind one that ends",
     RULES("{\"times\":9,\"reply\":{}}," WHEN("")), ""},
    {"a rule behind a sequence", RULES("{\"sequence\":[{}]}," WHEN("")), ""},
    {"a rule behind one for certain calls",
     RULES(WHEN("\"call\":\"1-\"") "," WHEN("")), ""},
    {"a rule behind one by chance",
     RULES(WHEN("\"probability\":1") "," WHEN("")), ""},
    {"a wider glob",
     RULES(
         WHEN("\"method\":\"oauth.v2.*\"") "," WHEN("\"method\":\"oauth.*\"")),
     ""},
    {"another token",
     RULES(WHEN("\"token\":\"a\"") "," WHEN("\"token\":\"b\"")), ""},
    {"a rule for calls without a token too",
     RULES(WHEN("\"token\":\"*\"") "," WHEN("")), ""},
    {"another header",
     RULES(
         WHEN("\"header\":{\"A\":\"*\"}") "," WHEN("\"header\":{\"B\":\"1\"}")),
     ""},
    {"a later rule for all", RULES(WHEN("\"token\":\"a\"") "," WHEN("")), ""},

    {"fields that nothing is laid under",
     RULES("{\"sequence\":[\"pass\",{\"error\":\"fatal_error\",\"fields\":{"
           "\"a\":1}}]}"),
     "warning: test.json: $.rules[0]: \"fields\" in its reply do nothing "
     "beside "
     "\"error\": they are laid over a success\n"},
    {"fields over a success", RULES("{\"reply\":{\"fields\":{\"a\":1}}}"), ""},

    {"a rule of another file",
     "{\"description\":\"d\",\"extends\":\"errors/fatal_error.json\","
     "\"rules\":[{\"reply\":{}}]}",
     "warning: errors/fatal_error.json: $.rules[0]: it never acts: rule "
     "\"rules[0]\" of test.json before it takes all of its calls\n"},

    {"a method that there is not",
     RULES(WHEN("\"method\":\"oauth.v2.exhange\"")),
     "warning: test.json: $.rules[0]: it acts on unknown_method alone: "
     "slackmock has no method "
     "\"oauth.v2.exhange\", and no stub has that name; did you mean "
     "\"oauth.v2.exchange\"?\n"},
    {"a method near to none", RULES(WHEN("\"method\":\"no.such.method\"")),
     "warning: test.json: $.rules[0]: it acts on unknown_method alone: "
     "slackmock has no method "
     "\"no.such.method\", and no stub has that name\n"},
    {"a method near to a stub",
     WITH("\"stubs\":{\"no.such.method\":{}},\"rules\":[" WHEN(
         "\"method\":\"no.such.metho\"") "]"),
     "warning: test.json: $.rules[0]: it acts on unknown_method alone: "
     "slackmock has no method "
     "\"no.such.metho\", and no stub has that name; did you mean "
     "\"no.such.method\"?\n"},
    {"a method with a stub",
     WITH("\"stubs\":{\"no.such.method\":{}},\"rules\":[" WHEN(
         "\"method\":\"no.such.method\"") "]"),
     ""},
    {"a glob that matches no method", RULES(WHEN("\"method\":\"chat.*\"")), ""},
    {"a limit of a method that there is not",
     WITH("\"rate_limits\":{\"auth.tests\":{\"tier\":1}}"),
     "warning: test.json: $.rate_limits[\"auth.tests\"]: it limits nothing: "
     "slackmock has no method \"auth.tests\", and no stub has that name; did "
     "you mean \"auth.test\"?\n"},
};

static const struct row *current_row;

static int row_setup(void **state)
{
    current_row = *state;
    return world_setup(state);
}

static void it_warns(void **state)
{
    struct world *world = *state;
    struct buffer lines = BUFFER_INIT;
    char said[1024];

    world_load(world, current_row->scenario);
    scenario_warn(mock_scenario(world->mock), &lines);
    snprintf(said, sizeof said, "%s", buffer_text(&lines));
    buffer_free(&lines);
    assert_string_equal(said, current_row->warnings);
}

struct glob_row {
    const char *name;
    const char *outer;
    const char *inner;
    bool includes;
};

static struct glob_row globs[] = {
    {"itself", "a?b*", "a?b*", true},
    {"a star for a text", "a*", "abc", true},
    {"a star for a star", "*", "a*b", true},
    {"a star for a star at an end", "a*", "a*b", true},
    {"a text for a star", "ab", "a*", false},
    {"one letter for a star", "a?", "a*", false},
    {"one letter for one letter", "a?", "a?", true},
    {"a letter for any", "ab", "a?", false},
    {"letters behind a star", "*b", "a*b", true},
    {"other letters behind a star", "*b", "a*c", false},
    {"the same in another order, which it does not see", "?*", "*?", false},
    {"two stars", "*a*", "b*a?", true},
};

static void it_includes(void **state)
{
    const struct glob_row *row = *state;

    assert_int_equal(glob_includes(row->outer, row->inner), row->includes);
}

/* A rule for each of so many tokens, then one more for the last of them. */
static char *rules_for_tokens(int count)
{
    struct buffer text = BUFFER_INIT;
    int number;

    buffer_add_text(&text,
                    "{\"description\":\"d\",\"extends\":\"default.json\","
                    "\"rules\":[");
    for (number = 0; number <= count; number++)
        buffer_printf(&text, "%s{\"when\":{\"token\":\"t%d\"},\"reply\":{}}",
                      number ? "," : "", number < count ? number : count - 1);
    buffer_add_text(&text, "]}");
    return buffer_take(&text);
}

static size_t warnings_of(struct world *world, int count)
{
    struct buffer lines = BUFFER_INIT;
    char *text = rules_for_tokens(count);
    size_t length;

    world_load(world, text);
    free(text);
    scenario_warn(mock_scenario(world->mock), &lines);
    length = lines.length;
    buffer_free(&lines);
    return length;
}

/* Each rule is held against the first of those before it, not against all. */
static void many_rules_are_compared_with_some(void **state)
{
    assert_true(warnings_of(*state, 200) > 0);
    assert_number(warnings_of(*state, 1000), 0);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, it_warns, rows, row_setup, world_teardown);
    add_rows(&list, it_includes, globs);
    add_test_with(&list, many_rules_are_compared_with_some, world_setup,
                  world_teardown);
    return run_list("scenario warnings", &list);
}
