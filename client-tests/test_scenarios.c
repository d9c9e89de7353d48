/*
 * Scenario files as users write them: what `--check` says of broken ones, word
 * for word, and how one extends another.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"
#include "default_world.h"
#include "files.h"
#include "http_client.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define FILES_MAX 3

/* Files of which the first, x.json, is loaded. */
struct broken {
    const char *mistakes; /* one a line, without the folder of the files */
    const char *files[FILES_MAX]; /* x.json, y.json, z.json */
};

static const char *const names[FILES_MAX] = {"x.json", "y.json", "z.json"};

/* Returns the path of x.json. */
static const char *write_files(struct test *test, const char *const *files)
{
    for (size_t i = 0; i < FILES_MAX && files[i]; i++)
        (void)test_file(test, names[i], files[i]);
    return test_path(test, names[0]);
}

/* The text with every mention of the test's folder taken out. */
static const char *without_folder(struct test *test, const char *text)
{
    const char *folder = test_path(test, "");
    size_t length = strlen(folder);
    char *result = test_printf(test, "%s", text);
    char *found;

    while ((found = strstr(result, folder)) != NULL)
        memmove(found, found + length, strlen(found + length) + 1);
    return result;
}

/* The mistakes are the same with and without --check, and nothing starts. */
static void test_broken(struct test *test)
{
    const struct broken *row = test_row(test);
    const char *path = write_files(test, row->files);
    const char *port_file = test_path(test, "port");
    const struct program_run *run =
        program_run(test, ARGUMENTS("--check", path));
    char *port;

    assert_text(without_folder(test, run->err), row->mistakes);
    assert_text(run->out, "");
    assert_number(run->status, 1);
    run = program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--port-file",
                                      port_file, path));
    assert_text(without_folder(test, run->err), row->mistakes);
    assert_text(run->out, "");
    assert_number(run->status, 1);
    port = file_read(port_file);
    free(port);
    assert_null(port);
}

#define BROKEN(title, mistakes, ...)                                           \
    {                                                                          \
        "scenarios: " title, test_broken, &(const struct broken)               \
        {                                                                      \
            mistakes,                                                          \
            {                                                                  \
                __VA_ARGS__                                                    \
            }                                                                  \
        }                                                                      \
    }
#define X(text)       "x.json: " text "\n"
#define SYNTAX(place) "x.json:" place ": syntax error: "
#define EXTENDS(name) "{\"description\":\"d\",\"extends\":\"" name "\"}"
#define SEED(literal) WORLD("\"seed\":" literal)
#define RULE(keys)    WORLD("\"rules\":[{" keys "}]")
#define NOT_SHIPPED(name)                                                      \
    "$.extends: found \"" name "\": no shipped scenario of that name, and no " \
    "path, which starts with ./ or ../"

static const struct test_case broken_cases[] = {
    BROKEN("an unknown key names the nearest one",
           X("$.rules[0].reply.eror: unknown key; did you mean \"error\"?"),
           RULE("\"reply\":{\"eror\":\"fatal_error\"}")),
    BROKEN("a key given twice", X("$.seed: given twice; wanted each key once"),
           WORLD("\"seed\":1,\"seed\":1")),
    BROKEN("no description", X("$: missing \"description\""),
           "{\"extends\":\"default.json\"}"),
    BROKEN("no object", X("$: found an array, wanted an object"), "[]"),
    BROKEN("a comma too many",
           SYNTAX("2:12") "found '}', wanted a key in double quotes\n",
           "{\"description\":\"d\",\n \"seed\": 1,}"),
    BROKEN("an empty file",
           SYNTAX("1:1") "found the end, wanted a JSON value\n", ""),
    BROKEN("a comment", SYNTAX("1:1") "found '/', wanted a JSON value\n",
           "// {}"),
    BROKEN("a second document",
           SYNTAX("2:1") "found '{', wanted nothing more\n",
           WORLD("\"seed\":1") "\n{}"),
    BROKEN("a number with a leading 0",
           SYNTAX("1:59") "found '1', wanted a number without a leading 0\n",
           SEED("01")),
    BROKEN("a number that no number can hold",
           SYNTAX("1:58") "found '1', wanted a smaller number\n",
           SEED("1e999")),
    BROKEN("a NUL in a text",
           SYNTAX("1:18") "found '\\', wanted any character but \\u0000\n",
           "{\"description\":\"d\\u0000\"}"),
    BROKEN("half of a surrogate pair",
           SYNTAX("1:18") "found '\\', wanted a surrogate pair\n",
           "{\"description\":\"d\\ud800\"}"),
    BROKEN("bytes that are no UTF-8",
           SYNTAX("1:18") "found byte 0xff, wanted a string in UTF-8\n",
           "{\"description\":\"d\xff\"}"),
    BROKEN("a number out of range",
           X("$.seed: found -1, wanted a whole number from 0 to "
             "9007199254740991"),
           SEED("-1")),
    BROKEN("a word that is none of the known ones",
           X("$.tokens[0].state: found \"actve\", wanted \"active\", "
             "\"exchanged\" or \"revoked\""),
           WORLD("\"tokens\":[{\"token\":\"" BOT_TOKEN
                 "\",\"state\":\"actve\"}]")),
    BROKEN("an error that is not documented",
           X("$.rules[0].reply.error: found \"ratelimitd\", wanted a "
             "documented error, or \"undocumented\": true beside it; did you "
             "mean \"ratelimited\"?"),
           RULE("\"reply\":{\"error\":\"ratelimitd\"}")),
    BROKEN("a token of an app that is not there",
           X("$.tokens[0].app: found \"A0AP\", wanted the id of an entry of "
             "$.apps; did you mean \"A0APP\"?"),
           WORLD("\"tokens\":[{\"token\":\"xoxb-1\",\"app\":\"A0AP\","
                 "\"team\":\"T0TEAM\"}]")),
    BROKEN("a token that is a bot's and a person's",
           X("$.tokens[0]: found \"bot_user\" and \"user\", wanted one of "
             "them"),
           WORLD("\"tokens\":[{\"token\":\"xoxb-1\",\"app\":\"A0APP\","
                 "\"team\":\"T0TEAM\",\"bot_user\":\"U1\",\"user\":\"U2\"}]")),
    BROKEN("all mistakes in one run",
           X("$.seed: found \"1\", wanted a whole number from 0 to "
             "9007199254740991")
               X("$.clock: found \"now\", wanted a time such as "
                 "\"2026-01-01T00:00:00Z\"")
                   X("$.aps: unknown key; did you mean \"apps\"?")
                       X("$.teams[0]: missing \"id\"")
                           X("$.rules[0]: missing \"reply\" or \"sequence\"")
                               X("$.rules[1].times: found 0, wanted a whole "
                                 "number from 1 to "
                                 "1000000000"),
           WORLD("\"seed\":\"1\",\"clock\":\"now\",\"aps\":[],"
                 "\"teams\":[{\"name\":\"n\"}],"
                 "\"rules\":[{},{\"times\":0,\"reply\":{}}]")),
    BROKEN("a shipped scenario that is not there",
           X(NOT_SHIPPED("defaul.json") "; did you mean \"default.json\"?"),
           EXTENDS("defaul.json")),
    BROKEN("a file beside it needs ./", X(NOT_SHIPPED("y.json")),
           EXTENDS("y.json"), WORLD("\"seed\":1")),
    BROKEN("a file that is not there",
           X("$.extends: found \"./y.json\": No such file or directory"),
           EXTENDS("./y.json")),
    BROKEN("a base that is no name",
           X("$.extends: found 7, wanted the name of a scenario"),
           "{\"description\":\"d\",\"extends\":7}"),
    BROKEN("mistakes of a file and of what it extends, each by its name",
           "y.json: $.sed: unknown key; did you mean \"seed\"?\n" X(
               "$.clok: unknown key; did you mean \"clock\"?"),
           "{\"description\":\"d\",\"extends\":\"./y.json\",\"clok\":1}",
           WORLD("\"sed\":1")),
    BROKEN("a file that extends itself",
           X("$.extends: found \"./x.json\": that leads back here; wanted a "
             "scenario outside the cycle"),
           EXTENDS("./x.json")),
    BROKEN("three files in a circle",
           "z.json: $.extends: found \"./x.json\": that leads back here; "
           "wanted a scenario outside the cycle\n",
           EXTENDS("./y.json"), EXTENDS("./z.json"), EXTENDS("./x.json")),
};

/* ---- scenarios that are well ---- */

static void check_passes(struct test *test, const char *path)
{
    const struct program_run *run =
        program_run(test, ARGUMENTS("--check", path));

    if (run->status != 0)
        fail_msg("%s: --check ends with %d: %s", path, run->status, run->err);
    assert_text(run->err, "");
}

/* Checks the scenarios of a folder; returns how many there are. */
static int check_folder(struct test *test, const char *name)
{
    DIR *folder = opendir(name);
    struct dirent *entry;
    const char *found[64];
    int count = 0;

    while (folder && (entry = readdir(folder)) != NULL && count < 64) {
        const char *end = strrchr(entry->d_name, '.');

        if (end && strcmp(end, ".json") == 0 &&
            strcmp(entry->d_name, "schema.json") != 0)
            found[count++] = test_printf(test, "%s/%s", name, entry->d_name);
    }
    if (folder)
        (void)closedir(folder);
    for (int i = 0; i < count; i++)
        check_passes(test, found[i]);
    return count;
}

static void test_shipped_are_well(struct test *test)
{
    assert_true(check_folder(test, "scenarios") >= 1);
    assert_number(check_folder(test, "scenarios/errors"), 20);
    assert_number(check_folder(test, "scenarios/warnings"), 2);
    (void)check_folder(test, "scenarios/flows");
}

/* They are compiled in: no file of the repository is wanted to extend one. */
static void test_extends_shipped(struct test *test)
{
    struct server *server =
        server_start_with(test, EXTENDS("errors/ratelimited.json"));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_number(reply->status, 429);
    assert_text(http_header(reply, "Retry-After"), "30");
}

/* A chain over a folder: key by key, and the last of it has the first rule. */
static void test_extends_files(struct test *test)
{
    const char *below = test_path(test, "below");
    struct server *server;
    const struct http_reply *reply;

    assert_number(mkdir(below, 0700), 0);
    (void)test_file(test, "base.json",
                    WORLD("\"teams\":[{\"id\":\"T0TEAM\",\"name\":\"New\"}],"
                          "\"rules\":[{\"times\":2,"
                          "\"reply\":{\"error\":\"fatal_error\"}}]"));
    server = server_start(
        test,
        test_file(test, "below/x.json",
                  "{\"description\":\"d\",\"extends\":\"../base.json\","
                  "\"apps\":[{\"id\":\"A0APP\",\"client_secret\":\"new\"}],"
                  "\"rules\":[{\"times\":1,"
                  "\"reply\":{\"error\":\"internal_error\"}}]}"),
        NULL);
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "internal_error");
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "fatal_error");
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "fatal_error");
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "bad_client_secret");
    reply = http_exchange(test, server,
                          "client_id=" CLIENT_ID
                          "&client_secret=new&token=" BOT_TOKEN);
    assert_json_text(reply->json, "team.name", "New");
}

static void test_absent_file(struct test *test)
{
    const char *path = test_path(test, "none.json");
    const struct program_run *run =
        program_run(test, ARGUMENTS("--check", path));

    assert_text(run->err,
                test_printf(test, "%s: No such file or directory\n", path));
    assert_number(run->status, 1);
}

/* A name without its folder, or with a slip, and what was meant. */
struct near {
    const char *name;
    const char *meant;
};

static void test_near_name(struct test *test)
{
    static const struct near rows[] = {
        {"ratelimited.json", "errors/ratelimited.json"},
        {"ratelimted.json", "errors/ratelimited.json"},
        {"errors/ratelimited", "errors/ratelimited.json"},
        {"defalt.json", "default.json"},
        {"error/fatal_error.json", "errors/fatal_error.json"},
        {"garbage-reply.json", "flows/garbage-reply.json"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_text(
            program_run(test, ARGUMENTS("--check", rows[i].name))->err,
            test_printf(test,
                        "%s: No such file or directory; did you mean \"%s\"?\n",
                        rows[i].name, rows[i].meant));
}

/* What can have no effect is said, but is no mistake. */
static void test_warnings(struct test *test)
{
    const char *path = test_file(
        test, "x.json",
        RULE("\"reply\":{}},{\"when\":{\"method\":\"auth.tst\"},\"reply\":{}},"
             "{\"when\":{\"token\":\"xoxb-*\"},\"reply\":{}"));
    const struct program_run *run =
        program_run(test, ARGUMENTS("--check", path));

    assert_text(
        run->err,
        test_printf(test,
                    "warning: %s: $.rules[1]: it acts on unknown_method alone: "
                    "slackmock has no "
                    "method \"auth.tst\", and no stub has that name; did you "
                    "mean \"auth.test\"?\n"
                    "warning: %s: $.rules[2]: it never acts: rule \"rules[0]\" "
                    "before it takes all of its calls\n",
                    path, path));
    assert_text(run->out, test_printf(test, "%s: ok\n", path));
    assert_number(run->status, 0);
}

static const struct test_case well_cases[] = {
    {"scenarios: every shipped one passes --check", test_shipped_are_well,
     NULL},
    {"scenarios: one extends a shipped one by its name", test_extends_shipped,
     NULL},
    {"scenarios: one extends files, key by key and rules first",
     test_extends_files, NULL},
    {"scenarios: a file that is not there at all", test_absent_file, NULL},
    {"scenarios: a name that is near to a shipped one", test_near_name, NULL},
    {"scenarios: --check warns of rules that never act", test_warnings, NULL},
};

int run_scenarios_tests(void)
{
    return test_cases_run(broken_cases,
                          sizeof broken_cases / sizeof broken_cases[0]) +
           test_cases_run(well_cases, sizeof well_cases / sizeof well_cases[0]);
}
