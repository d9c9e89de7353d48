/*
 * --state FILE: what a server goes on with after a restart, and what it refuses
 * to go on with.
 */
#include <cjson/cJSON.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "check.h"
#include "default_world.h"
#include "files.h"
#include "full_disk.h"
#include "http_client.h"
#include "life.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define LOG "state.log"

static struct server *start(struct test *test)
{
    return server_start(test, NULL, ARGUMENTS("--state", test_path(test, LOG)));
}

static struct server *restart(struct test *test, struct server *server)
{
    server_kill(server);
    return start(test);
}

static const struct http_reply *
get(struct test *test, const struct server *server, const char *target)
{
    return http_send(test, server, &(struct http_request){.target = target});
}

static const struct http_reply *put(struct test *test,
                                    const struct server *server,
                                    const char *verb, const char *target,
                                    const char *body)
{
    const struct http_reply *reply = http_send(
        test, server,
        &(struct http_request){.verb = verb, .target = target, .body = body});

    assert_number(reply->status, 200);
    return reply;
}

static const char *log_text(struct test *test)
{
    char *text = file_read(test_path(test, LOG));
    const char *kept = test_printf(test, "%s", text ? text : "");

    free(text);
    return kept;
}

/* ---- what goes on ---- */

static void test_all_goes_on(struct test *test)
{
    struct server *server = start(test);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const char *before;

    put(test, server, "PUT", "/_mock/sandboxes/box",
        WORLD("\"seed\":1,\"clock\":{\"at\":\"2026-01-01T00:00:00Z\","
              "\"frozen\":true}"));
    put(test, server, "PATCH", "/_mock/scenario",
        "{\"rules\":[{\"name\":\"r\",\"when\":{\"call\":2},"
        "\"reply\":{\"error\":\"fatal_error\"}}]}");
    put(test, server, "POST", "/_mock/clock", "{\"frozen\":true}");
    life_token_is(test, server, pair.access, NULL);
    before =
        test_printf(test, "%s%s%s", get(test, server, "/_mock/state")->body,
                    get(test, server, "/_mock/requests")->body,
                    get(test, server, "/sandbox/box/_mock/state")->body);
    server = restart(test, server);
    assert_text(
        test_printf(test, "%s%s%s", get(test, server, "/_mock/state")->body,
                    get(test, server, "/_mock/requests")->body,
                    get(test, server, "/sandbox/box/_mock/state")->body),
        before);
    /* The rule had counted one call. */
    life_token_is(test, server, pair.access, "fatal_error");
    life_token_is(test, server, pair.access, NULL);
}

/* A token's time runs while the server is down. */
static void test_clock_goes_on(struct test *test)
{
    struct server *server = start(test);
    const char *before =
        json_at(get(test, server, "/_mock/state")->json, "clock")->valuestring;
    const char *after;

    put(test, server, "POST", "/_mock/clock", "{\"advance\":3600}");
    server = restart(test, server);
    after =
        json_at(get(test, server, "/_mock/state")->json, "clock")->valuestring;
    /* Without the hour's difference the day and hour would be the same. */
    assert_true(strcmp(after, before) > 0);
    assert_true(strncmp(after, before, strlen("2026-01-01T00")) != 0);
}

static void test_any_bytes_come_back(struct test *test)
{
    static const char body[] = "token=%FF\xff\0\"\\\r\n\x01\xc3\xa9";
    struct server *server = start(test);
    const struct http_request request = {.target = "/api/auth.test?a=%22\xe9",
                                         .headers = {FORM, "X-Odd: \xff\t\"\\"},
                                         .body = body,
                                         .length = sizeof body - 1};
    const char *before;

    (void)http_send(test, server, &request);
    before = get(test, server, "/_mock/requests?secrets=1")->body;
    server = restart(test, server);
    assert_text(get(test, server, "/_mock/requests?secrets=1")->body, before);
}

static const struct program_run *
refused(struct test *test, const char *const *more, const char *why)
{
    const char *words[16] = {"--listen", "127.0.0.1:0", "--state",
                             test_path(test, LOG)};
    const struct program_run *run;

    for (size_t i = 4; *more; more++)
        words[i++] = *more;
    run = program_run(test, words);
    assert_contains(run->err, why);
    assert_number(run->status, 1);
    assert_text(run->out, "");
    return run;
}

static void test_reload_is_kept(struct test *test)
{
    const char *scenario = test_file(test, "s.json", WORLD("\"seed\":1"));
    const char *const *options = ARGUMENTS("--state", test_path(test, LOG));
    struct server *server = server_start(test, scenario, options);
    const char *fixed = log_text(test);

    (void)fixed;
    (void)test_file(test, "s.json",
                    WORLD("\"seed\":1,\"apps\":[{\"id\":\"A9\",\"client_id\":"
                          "\"9\",\"client_secret\":\"s\"}]"));
    server_signal(server, SIGHUP);
    (void)server_await_stderr(server, "s.json again");
    server_kill(server);
    /* It goes on with the file as it is now, or as it was when it began. */
    server = server_start(test, scenario, options);
    assert_contains(get(test, server, "/_mock/state")->body, "\"A9\"");
    server_kill(server);
    (void)test_file(test, "s.json", WORLD("\"seed\":1"));
    server = server_start(test, scenario, options);
    assert_contains(get(test, server, "/_mock/state")->body, "\"A9\"");
    server_kill(server);
    (void)test_file(test, "s.json", WORLD("\"seed\":2"));
    (void)refused(test, ARGUMENTS(scenario), "which differs in $.");
}

static void test_the_file_is_private(struct test *test)
{
    struct stat status;

    (void)start(test);
    assert_number(stat(test_path(test, LOG), &status), 0);
    assert_number(status.st_mode & 0777, 0600);
}

/* What the log holds of a reader is nothing. */
static void test_reads_are_not_kept(struct test *test)
{
    struct server *server = start(test);
    const char *before = log_text(test);

    (void)get(test, server, "/_mock/state");
    (void)get(test, server, "/_mock/requests");
    (void)get(test, server, "/_mock/health");
    assert_text(log_text(test), before);
}

static void test_without_a_scenario_it_takes_the_logs(struct test *test)
{
    const char *log = test_path(test, LOG);
    const char *scenario =
        test_file(test, "s.json",
                  WORLD("\"apps\":[{\"id\":\"A9\",\"client_id\":\"9\","
                        "\"client_secret\":\"s\"}]"));
    struct server *server =
        server_start(test, scenario, ARGUMENTS("--state", log));

    server = restart(test, server);
    assert_contains(get(test, server, "/_mock/state")->body, "\"A9\"");
}

/* It is the content of a scenario that counts, wherever that lies. */
static void test_a_scenario_may_move(struct test *test)
{
    const char *const *options = ARGUMENTS("--state", test_path(test, LOG));
    const char *text = WORLD("\"refresh_grace\":61");

    server_kill(server_start(test, test_file(test, "a.json", text), options));
    (void)server_start(test, test_file(test, "b.json", text), options);
}

static void test_fresh(struct test *test)
{
    struct server *server = start(test);

    (void)life_exchange(test, server, BOT_FORM);
    server_kill(server);
    server = server_start(
        test, NULL, ARGUMENTS("--state", test_path(test, LOG), "--fresh"));
    (void)life_exchange(test, server, BOT_FORM);
}

/* ---- what is refused ---- */

static void test_in_use(struct test *test)
{
    (void)start(test);
    (void)refused(test, ARGUMENTS("-q"), "is in use by another slackmock");
}

static void test_other_options(struct test *test)
{
    server_kill(start(test));
    (void)refused(test, ARGUMENTS("--journal", "5"),
                  "it began with --journal 1000, and this server has 5; "
                  "--fresh begins a new log");
}

/* As of a build without TLS, which gives no id_tokens; or with it. */
static void test_other_build(struct test *test)
{
    server_kill(start(test));
    (void)shell_run(test, test_printf(test,
                                      "sed -i 's/\"tls\":1/\"tls\":2/; "
                                      "s/\"tls\":0/\"tls\":1/; "
                                      "s/\"tls\":2/\"tls\":0/' '%s'",
                                      test_path(test, LOG)));
    (void)refused(test, ARGUMENTS("-q"),
                  "it began with a slackmock that was "
                  "built with");
}

static void test_other_scenario(struct test *test)
{
    const char *scenario =
        test_file(test, "s.json", WORLD("\"refresh_grace\":61"));

    server_kill(start(test));
    (void)refused(test, ARGUMENTS(scenario), "it began with another scenario");
}

struct damage {
    const char *what;
    const char *line; /* written in place of the last, or after it */
    const char *why;  /* after the path */
};

static const struct damage damages[] = {
    {"a line of something else", "hello\n", ":3: the log is damaged here"},
    {"a key that nobody knows", "{\"id\":2,\"a\":1}\n",
     ":3: the log is damaged here: wanted a key of an entry"},
    {"a number left out",
     "{\"id\":3,\"time\":\"2099-01-01T00:00:00.000Z\",\"kind\":\"due\"}\n",
     ":3: the log is damaged here: found entry 3, wanted 2"},
    {"a time before",
     "{\"id\":2,\"time\":\"1999-01-01T00:00:00.000Z\",\"kind\":\"due\"}\n",
     ":3: the log is damaged here: its time is before"},
};

static void test_damage(struct test *test)
{
    const struct damage *damage = test_row(test);
    struct server *server = start(test);

    (void)life_exchange(test, server, BOT_FORM);
    server_kill(server);
    (void)test_file(test, LOG,
                    test_printf(test, "%s%s", log_text(test), damage->line));
    (void)refused(test, ARGUMENTS("-q"),
                  test_printf(test, "%s%s", test_path(test, LOG), damage->why));
}

static void test_torn_line(struct test *test)
{
    struct server *server = start(test);
    const char *whole;

    (void)life_exchange(test, server, BOT_FORM);
    server_kill(server);
    whole = log_text(test);
    (void)test_file(test, LOG, test_printf(test, "%s{\"id\":2,\"ti", whole));
    server = start(test);
    assert_contains(server_stderr(server), "was not written whole");
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "token_already_exchanged");
    server = restart(test, server);
    assert_lacks(server_stderr(server), "not written whole");
}

static void test_another_file(struct test *test)
{
    static const char text[] = "no log";
    char *after;

    (void)test_file(test, LOG, text);
    (void)refused(test, ARGUMENTS("-q"), "this is no log of slackmock");
    after = file_read(test_path(test, LOG));
    assert_text(after, text);
    free(after);
}

static void test_other_format(struct test *test)
{
    (void)test_file(test, LOG, "{\"slackmock_log\":999,\"new\":1}\n");
    (void)refused(test, ARGUMENTS("-q"), "its format is 999");
}

/* ---- a full disk ---- */

static void test_full_disk(struct test *test)
{
    const char *log = test_path(test, LOG);
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--state", log, "-q"));
    const char *before = log_text(test);
    struct pair pair;

    full_disk_limit(test, server,
                    test_printf(test, "%zu", strlen(before) + 100));
    assert_text(http_exchange(test, server, BOT_FORM)->body,
                "{\"ok\":false,\"error\":\"service_unavailable\"}");
    assert_number(http_send(test, server,
                            &(struct http_request){.verb = "POST",
                                                   .target = "/_mock/reset"})
                      ->status,
                  503);
    assert_json(get(test, server, "/_mock/state")->json, "ok", "true");
    assert_text(log_text(test), before);
    full_disk_limit(test, server, "unlimited");
    pair = life_exchange(test, server, BOT_FORM);
    (void)server_await_stderr(server, "can be written again");
    assert_contains(server_stderr(server), "File too large; calls get "
                                           "service_unavailable until it can");
    server = restart(test, server);
    life_token_is(test, server, pair.access, NULL);
}

int run_state_file_tests(void)
{
    static const struct test_case cases[] = {
        {"state: all goes on after kill -9", test_all_goes_on, NULL},
        {"state: the clock goes on", test_clock_goes_on, NULL},
        {"state: any bytes come back", test_any_bytes_come_back, NULL},
        {"state: a scenario loaded again is kept", test_reload_is_kept, NULL},
        {"state: the file is private", test_the_file_is_private, NULL},
        {"state: reads are not kept", test_reads_are_not_kept, NULL},
        {"state: without a scenario it takes the log's",
         test_without_a_scenario_it_takes_the_logs, NULL},
        {"state: a scenario may move", test_a_scenario_may_move, NULL},
        {"state: --fresh", test_fresh, NULL},
        {"state refused: in use", test_in_use, NULL},
        {"state refused: other options", test_other_options, NULL},
        {"state refused: another build", test_other_build, NULL},
        {"state refused: another scenario", test_other_scenario, NULL},
        {"state refused: a damaged line", test_damage, &damages[0]},
        {"state refused: an unknown key", test_damage, &damages[1]},
        {"state refused: a gap", test_damage, &damages[2]},
        {"state refused: a time that goes back", test_damage, &damages[3]},
        {"state: a torn line is dropped", test_torn_line, NULL},
        {"state refused: another file", test_another_file, NULL},
        {"state refused: another format", test_other_format, NULL},
        {"state: a full disk", test_full_disk, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
