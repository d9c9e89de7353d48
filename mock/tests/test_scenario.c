/*
 * What the loader says of broken scenarios: every message a user can get, with
 * its file, place, what was found and what was wanted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "check.h"
#include "scenario/shipped_scenarios.h"
#include "world.h"

/* A scenario that is whole but for what a row adds. */
#define TOKEN(keys) WITH("\"tokens\":[{\"token\":\"xoxb-1\"," keys "}]")

static struct mistake_row rows[] = {
    {"an unknown key names the nearest one", WITH("\"sed\":1"),
     "$.sed: unknown key; did you mean \"seed\"?\n"},
    {"an unknown key that is near to none", WITH("\"zzz\":1"),
     "$.zzz: unknown key\n"},
    {"a key given twice", WITH("\"seed\":1,\"seed\":2"),
     "$.seed: given twice; wanted each key once\n"},
    {"no description", "{\"seed\":1}", "$: missing \"description\"\n"},
    {"an empty description", "{\"description\":\"\"}",
     "$.description: found \"\", wanted a text that is not empty\n"},
    {"a document that is no object", "[]",
     "$: found an array, wanted an object\n"},
    {"a seed below 0", WITH("\"seed\":-1"),
     "$.seed: found -1, wanted a whole number from 0 to 9007199254740991\n"},
    {"a seed that is no whole number", WITH("\"seed\":1.5"),
     "$.seed: found 1.5, wanted a whole number from 0 to 9007199254740991\n"},
    {"a word that is none of the list", WITH("\"token_style\":\"real\""),
     "$.token_style: found \"real\", wanted \"fake\" or \"realistic\"\n"},
    {"a time without its zone", WITH("\"clock\":\"2026-01-01T00:00:00\""),
     "$.clock: found \"2026-01-01T00:00:00\", wanted a time such as "
     "\"2026-01-01T00:00:00Z\"\n"},
    {"a clock that says no time", WITH("\"clock\":{\"frozen\":true}"),
     "$.clock: missing \"at\"\n"},
    {"an unknown base", "{\"description\":\"d\",\"extends\":\"x.json\"}",
     "$.extends: found \"x.json\": no such scenario\n"},
    {"a base that is no name", "{\"description\":\"d\",\"extends\":7}",
     "$.extends: found 7, wanted the name of a scenario\n"},
    {"an unknown base does not hide other mistakes",
     "{\"description\":\"d\",\"extends\":\"x.json\",\"sed\":1}",
     "$.extends: found \"x.json\": no such scenario\n"
     "test.json: $.sed: unknown key; did you mean \"seed\"?\n"},
    {"an app without an id", WITH("\"apps\":[{\"client_id\":\"1\"}]"),
     "$.apps[0]: missing \"id\"\n"},
    {"an app without credentials", WITH("\"apps\":[{\"id\":\"A2\"}]"),
     "$.apps[0]: missing \"client_secret\"\n"
     "test.json: $.apps[0]: missing \"client_id\"\n"},
    {"two apps with one client_id",
     WITH("\"apps\":[{\"id\":\"A2\",\"client_id\":\"4123121235.9872358710\","
          "\"client_secret\":\"s\"}]"),
     "$.apps[0].client_id: found \"4123121235.9872358710\", which app "
     "\"A0APP\" has; wanted one of its own\n"},
    {"one app twice in one file",
     WITH("\"apps\":[{\"id\":\"A0APP\"},{\"id\":\"A0APP\"}]"),
     "$.apps[1].id: stands at $.apps[0] already; wanted each once\n"},
    {"rotation that is no boolean",
     WITH("\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":\"on\"}]"),
     "$.apps[0].token_rotation: found \"on\", wanted true or false\n"},
    {"an enterprise without a name",
     WITH("\"teams\":[{\"id\":\"T0TEAM\",\"enterprise\":{\"id\":\"E\"}}]"),
     "$.teams[0].enterprise: missing \"name\"\n"},
    {"a token of an unknown app", TOKEN("\"app\":\"A0AP\",\"team\":\"T0TEAM\""),
     "$.tokens[0].app: found \"A0AP\", wanted the id of an entry of $.apps; "
     "did you mean \"A0APP\"?\n"},
    {"a name with a line end",
     TOKEN("\"app\":\"a\\nb\\u007f\",\"team\":\"T0TEAM\""),
     "$.tokens[0].app: found \"a\\u000ab\\u007f\", wanted the id of an entry "
     "of "
     "$.apps\n"},
    {"a token without app and team", TOKEN("\"scope\":\"commands\""),
     "$.tokens[0]: missing \"app\"\n"
     "test.json: $.tokens[0]: missing \"team\"\n"},
    {"a token that is a bot's and a person's",
     TOKEN("\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"bot_user\":\"U1\","
           "\"user\":\"U2\""),
     "$.tokens[0]: found \"bot_user\" and \"user\", wanted one of them\n"},
    {"a scope with a line end",
     TOKEN("\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"scope\":\"a\\r\\nX: y\""),
     "$.tokens[0].scope: found \"a\\r\\nX: y\", wanted a text without control "
     "characters\n"},
    {"a code's scope with a control character",
     WITH("\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":"
          "\"T0TEAM\",\"bot\":{\"user\":\"U\",\"scope\":\"\\u007f\"}}]"),
     "$.codes[0].bot.scope: found \"\\u007f\", wanted a text without control "
     "characters\n"},
    {"a token whose prefix tells no type",
     WITH("\"tokens\":[{\"token\":\"abc\",\"app\":\"A0APP\",\"team\":"
          "\"T0TEAM\"}]"),
     "$.tokens[0].token: its prefix tells no type, wanted xoxb-, xoxp- or "
     "xapp-, or "
     "\"bot_user\" or \"user\" beside it\n"},
    {"generated tokens without a type",
     WITH("\"tokens\":[{\"generate\":5,\"app\":\"A0APP\",\"team\":"
          "\"T0TEAM\"}]"),
     "$.tokens[0]: missing \"type\"\n"},
    {"more generated tokens than there can be",
     WITH("\"tokens\":[{\"generate\":10000001,\"type\":\"bot\",\"app\":"
          "\"A0APP\",\"team\":\"T0TEAM\"}]"),
     "$.tokens[0].generate: found 10000001, wanted a whole number from 1 to "
     "10000000\n"},
    {"a code that gives nothing",
     WITH("\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":"
          "\"T0TEAM\"}]"),
     "$.codes[0]: missing \"bot\" or \"user\"\n"},
    {"a code's bot without a user",
     WITH("\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":"
          "\"T0TEAM\",\"bot\":{\"scope\":\"\"}}]"),
     "$.codes[0].bot: missing \"user\"\n"
     "test.json: $.codes[0]: missing \"bot\" or \"user\"\n"},
    {"a pair of a legacy token",
     WITH("\"pairs\":[{\"access_token\":\"xoxb-1\",\"refresh_token\":"
          "\"r\"}]"),
     "$.pairs[0].access_token: found \"xoxb-1\", wanted one that begins with "
     "\"xoxe.\"\n"},
    {"a pair whose tokens are taken",
     WITH("\"tokens\":[{\"token\":\"xoxe.xoxb-1\",\"refresh_token\":\"r\","
          "\"expires_in\":1,\"app\":\"A0APP\",\"team\":\"T0TEAM\"}],"
          "\"pairs\":[{\"access_token\":\"xoxe.xoxb-1\","
          "\"refresh_token\":\"r\"}]"),
     "$.pairs[0].access_token: found \"xoxe.xoxb-1\", which is another token "
     "already; wanted one of its own\n"
     "test.json: $.pairs[0].refresh_token: found \"r\", which is another token "
     "already; wanted one of its own\n"},
    {"a pair with the token of another one",
     WITH("\"pairs\":[{\"access_token\":\"xoxe.a\",\"refresh_token\":\"r\"},"
          "{\"access_token\":\"xoxe.b\",\"refresh_token\":\"r\"}]"),
     "$.pairs[1].refresh_token: found \"r\", which is another token already; "
     "wanted one of its own\n"},
    {"a pair without a refresh token",
     WITH("\"pairs\":[{\"access_token\":\"xoxe.a\"}]"),
     "$.pairs[0]: missing \"refresh_token\"\n"},
    {"a rotated token without its refresh token",
     WITH("\"tokens\":[{\"token\":\"xoxe.xoxb-1\",\"app\":\"A0APP\","
          "\"team\":\"T0TEAM\"}]"),
     "$.tokens[0]: missing \"refresh_token\"\n"
     "test.json: $.tokens[0]: missing \"expires_in\"\n"},
    {"a legacy token with a refresh token",
     TOKEN("\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"refresh_token\":"
           "\"x\""),
     "$.tokens[0].refresh_token: unknown key\n"},
    {"one refresh token twice",
     WITH("\"tokens\":[{\"token\":\"xoxe.xoxb-1\",\"refresh_token\":\"r\","
          "\"expires_in\":1,\"app\":\"A0APP\",\"team\":\"T0TEAM\"},"
          "{\"token\":\"xoxe.xoxb-2\",\"refresh_token\":\"r\","
          "\"expires_in\":1,\"app\":\"A0APP\",\"team\":\"T0TEAM\"}]"),
     "$.tokens[1].refresh_token: found \"r\", which another entry has; wanted "
     "one of its own\n"},
    {"an expires_in below a second",
     WITH("\"apps\":[{\"id\":\"A0APP\",\"expires_in\":0}]"),
     "$.apps[0].expires_in: found 0, wanted a whole number from 1 to "
     "31536000\n"},
    {"a grace below 0", WITH("\"refresh_grace\":-1"),
     "$.refresh_grace: found -1, wanted a whole number from 0 to 86400\n"},
    {"a stub of a method that is mocked", WITH("\"stubs\":{\"auth.test\":{}}"),
     "$.stubs[\"auth.test\"]: found a method that slackmock has itself; wanted "
     "another, or a rule\n"},
    {"a stub that is no object", WITH("\"stubs\":{\"chat.update\":1}"),
     "$.stubs[\"chat.update\"]: found 1, wanted an object\n"},
};

static void all_mistakes_come_in_one_run(void **state)
{
    const char *mistakes = world_mistakes(
        *state,
        "{\"sed\":1,\"clock\":7,\"rules\":[{\"reply\":{\"eror\":\"\"}}],"
        "\"tokens\":[{\"token\":\"xoxb-1\",\"app\":\"A\",\"team\":"
        "\"T\"}]}");
    const char *wanted[] = {
        "$.sed:",     "$.clock:",         "$.rules[0].reply.eror:",
        "$: missing", "$.tokens[0].app:", "$.tokens[0].team:"};
    size_t number;

    for (number = 0; number < sizeof wanted / sizeof *wanted; number++)
        assert_non_null(strstr(mistakes, wanted[number]));
}

/* Teams T100, T101, and so on, and tokens of one that is not among them. */
static char *many_teams(int teams, int tokens)
{
    struct buffer text = BUFFER_INIT;
    int number;

    buffer_add_text(&text,
                    "{\"description\":\"d\",\"extends\":\"default.json\","
                    "\"teams\":[{\"id\":\"T\"}");
    for (number = 0; number < teams; number++)
        buffer_printf(&text, ",{\"id\":\"TEAM-%d\"}", 100 + number);
    buffer_add_text(&text, "],\"tokens\":[{\"token\":\"" BOT_TOKEN "\"}");
    for (number = 0; number < tokens; number++)
        buffer_printf(&text,
                      ",{\"token\":\"xoxb-%d\",\"app\":\"A0APP\",\"team\":"
                      "\"TEAMS-%d\"}",
                      number, 100 + teams - 1);
    buffer_add_text(&text, "]}");
    return buffer_take(&text);
}

static void the_nearest_of_many_is_found(void **state)
{
    char *text = many_teams(40, 1);
    const char *mistakes = world_mistakes(*state, text);

    free(text);
    assert_string_equal(mistakes,
                        "test.json: $.tokens[1].team: found \"TEAMS-139\", "
                        "wanted the id of an entry of $.teams; did you mean "
                        "\"TEAM-139\"?\n");
}

/* All mistakes are reported, but only the first hundred with a hint. */
static void hints_have_an_end(void **state)
{
    char *text = many_teams(1000, 1000);
    const char *mistakes = world_mistakes(*state, text);
    const char *last = strstr(mistakes, "$.tokens[1000].team: ");

    free(text);
    assert_non_null(strstr(mistakes, "did you mean"));
    assert_non_null(last);
    assert_null(strstr(last, "did you mean"));
}

static void a_syntax_error_has_line_and_column(void **state)
{
    assert_string_equal(
        world_mistakes(*state, "{\n  \"seed\" 1\n}"),
        "test.json:2:10: syntax error: found '1', wanted ':'\n");
}

static void a_child_changes_only_the_keys_it_gives(void **state)
{
    struct world *world = *state;

    world_load(world, WITH("\"seed\":1,\"apps\":[{\"id\":\"A0APP\","
                           "\"client_secret\":\"s\"}]"));
    assert_non_null(strstr(
        world_exchange(world, CLIENT "&client_secret=s&token=" BOT_TOKEN),
        "\"ok\":true"));
}

static void a_childs_rules_come_first(void **state)
{
    struct world *world = *state;

    world_load(world,
               "{\"description\":\"d\",\"extends\":\"errors/fatal_error.json\","
               "\"rules\":[{\"times\":1,\"reply\":{\"error\":"
               "\"internal_error\"}}]}");
    assert_non_null(
        strstr(world_exchange(world, EXCHANGE_BOT), "internal_error"));
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "fatal_error"));
}

/* The 20 errors: from each shipped scenario a plain valid call gets its own. */
static void every_error_scenario_gives_its_error(void **state)
{
    struct world *world = *state;
    size_t errors = 0;
    size_t number;

    for (number = 0; number < shipped_scenario_count; number++) {
        const struct shipped_scenario *shipped = &shipped_scenarios[number];
        char wanted[96];

        if (strncmp(shipped->name, "errors/", 7) != 0)
            continue;
        errors++;
        world_load(world, shipped->bytes);
        snprintf(wanted, sizeof wanted, "{\"ok\":false,\"error\":\"%.*s\"",
                 (int)strcspn(shipped->name + 7, "."), shipped->name + 7);
        assert_memory_equal(world_exchange(world, EXCHANGE_BOT), wanted,
                            strlen(wanted));
        assert_memory_equal(world_exchange(world, EXCHANGE_USER), wanted,
                            strlen(wanted));
    }
    assert_number(errors, 20);
}

/* With so many tokens, comparing each with all others would take minutes. */
#define MANY 60000

static void add_keys(struct buffer *text, const char *value)
{
    int number;

    for (number = 0; number < MANY; number++)
        buffer_printf(text, "%s\"m.%d\":%s", number ? "," : "", number, value);
}

static void many_stubs_and_limits_are_read(void **state)
{
    struct world *world = *state;
    struct buffer text = BUFFER_INIT;

    buffer_add_text(&text, "{\"description\":\"d\",\"stubs\":{");
    add_keys(&text, "{}");
    buffer_add_text(&text, "},\"rate_limits\":{");
    add_keys(&text, "{\"tier\":1}");
    buffer_add_text(&text, "}}");
    world_load(world, buffer_text(&text));
    buffer_free(&text);
}

static void many_rules_are_laid_over_many(void **state)
{
    struct world *world = *state;
    struct buffer text = BUFFER_INIT;
    struct scenario *scenario;
    int number;

    buffer_add_text(&text, "{\"description\":\"d\",\"rules\":[");
    for (number = 0; number < MANY; number++)
        buffer_printf(&text, "%s{\"name\":\"%d\",\"reply\":{}}",
                      number ? "," : "", number);
    buffer_add_text(&text, "]}");
    world_load(world, buffer_text(&text));
    buffer_free(&text);
    scenario = scenario_hold(mock_scenario(world->mock));
    mock_change(world->mock, scenario, HOST_TIME);
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

/* A long list of tokens would else hold the same few texts again and again. */
static void tokens_in_a_row_share_equal_texts(void **state)
{
    static const char text[] = WITH("\"tokens\":["
                                    "{\"token\":\"xoxb-1\",\"app\":\"A0APP\","
                                    "\"team\":\"T0TEAM\",\"scope\":\"a\"},"
                                    "{\"token\":\"xoxb-2\",\"app\":\"A0APP\","
                                    "\"team\":\"T0TEAM\",\"scope\":\"b\"},"
                                    "{\"token\":\"xoxb-3\",\"app\":\"A0APP\","
                                    "\"team\":\"T0TEAM\",\"scope\":\"b\"}]");
    struct scenario *scenario = world_scenario(*state, text);
    struct token_entry *const *tokens =
        scenario->directory.tokens + scenario->directory.token_count - 3;

    assert_string_equal(tokens[0]->scope, "a");
    assert_string_equal(tokens[1]->scope, "b");
    assert_ptr_equal(tokens[2]->scope, tokens[1]->scope);
    assert_string_equal(tokens[0]->app_id, "A0APP");
    assert_ptr_equal(tokens[1]->app_id, tokens[0]->app_id);
    assert_string_equal(tokens[2]->token, "xoxb-3");
    assert_null(tokens[2]->bot_user);
    scenario_release(scenario);
}

int main(void)
{
    struct test_list list = {.count = 0};

    world_add_mistakes(&list, rows, sizeof rows / sizeof *rows);
    ADD(all_mistakes_come_in_one_run);
    ADD(the_nearest_of_many_is_found);
    ADD(hints_have_an_end);
    ADD(a_syntax_error_has_line_and_column);
    ADD(a_child_changes_only_the_keys_it_gives);
    ADD(a_childs_rules_come_first);
    ADD(every_error_scenario_gives_its_error);
    ADD(many_stubs_and_limits_are_read);
    ADD(many_rules_are_laid_over_many);
    ADD(tokens_in_a_row_share_equal_texts);
    return run_list("scenario", &list);
}
