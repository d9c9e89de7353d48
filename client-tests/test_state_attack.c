/*
 * --state FILE where somebody means ill: lines that a client would forge, files
 * that somebody else has laid out, a log that was cut anywhere.
 */
#include <cjson/cJSON.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "default_world.h"
#include "event_receiver.h"
#include "event_world.h"
#include "files.h"
#include "full_disk.h"
#include "http_client.h"
#include "life.h"
#include "program_run.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define LOG "state.log"

static const char *read_file(struct test *test, const char *path)
{
    char *text = file_read(path);
    const char *kept = test_printf(test, "%s", text ? text : "(none)");

    free(text);
    return kept;
}

static void assert_refused(struct test *test, const char *path, const char *why)
{
    const struct program_run *run = program_run(
        test, ARGUMENTS("--listen", "127.0.0.1:0", "--state", path, "-q"));

    assert_contains(run->err, why);
    assert_number(run->status, 1);
}

/* ---- a client ---- */

#define FORGED                                                                 \
    "\"}\n{\"id\":2,\"time\":\"2099-01-01T00:00:00.000Z\",\"kind\":"           \
    "\"request\",\"verb\":\"POST\",\"target\":\"/_mock/reset\",\"headers\":[]" \
    "}\n"

/* In a body, a path, a header, and in what is no request at all. */
static void test_forged_lines(struct test *test)
{
    const char *log = test_path(test, LOG);
    const char *const *options = ARGUMENTS("--state", log, "-q");
    struct server *server = server_start(test, NULL, options);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    struct raw_socket *raw;

    (void)http_send(test, server,
                    &(struct http_request){.target = "/api/api.test?a=%0a"
                                                     "{\"id\":2}",
                                           .headers = {"X-A: \",\"b\":\"\\"},
                                           .body = FORGED});
    raw = raw_connect(test, server);
    raw_send(raw, "GET /api/api.test\",\"x\":\"\n{\"id\":2} HTTP/1.1\r\n\r\n");
    raw_end(raw);
    (void)raw_await_text(raw);
    raw = raw_connect(test, server);
    raw_send(raw, "GET /api/api.test HTTP/1.1\r\nHost: x\r\nX: a\n" FORGED
                  "\r\n\r\n");
    raw_end(raw);
    (void)raw_await_text(raw);
    life_token_is(test, server, pair.access, NULL);
    server_kill(server);
    server = server_start(test, NULL, options);
    assert_lacks(server_stderr(server), "damaged");
    life_token_is(test, server, pair.access, NULL);
    assert_lacks(read_file(test, log), "\n{\"id\":2,\"time\":\"2099");
}

/* ---- other files ---- */

static void test_no_file(struct test *test)
{
    const char *pipe = test_path(test, "pipe");
    const struct program_run *run;

    assert_number(mkfifo(pipe, 0600), 0);
    assert_refused(test, pipe, "is no regular file");
    assert_refused(test, "/dev/null", "is no regular file");
    assert_refused(test, test_path(test, ""), "Is a directory");
    /* Nobody ever writes into it. */
    run = program_run(test, ARGUMENTS("replay", pipe));
    assert_contains(run->err, "is no regular file");
    assert_number(run->status, 1);
}

/* The file is replaced that the link leads to, and the link stays. */
static void test_link(struct test *test)
{
    const char *log = test_path(test, LOG);
    const char *link = test_path(test, "link");
    struct stat status;

    assert_number(symlink(log, link), 0);
    server_kill(server_start(test, NULL, ARGUMENTS("--state", link)));
    server_kill(
        server_start(test, NULL, ARGUMENTS("--state", link, "--fresh")));
    assert_number(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    (void)server_start(test, NULL, ARGUMENTS("--state", log));
    assert_refused(test, link, "is in use by another slackmock");
}

/* What is laid where the new file comes is not written to. */
static void test_laid_link(struct test *test)
{
    const char *log = test_path(test, LOG);
    const char *victim = test_file(test, "victim", "precious");

    assert_number(symlink(victim, test_path(test, LOG ".new")), 0);
    server_kill(server_start(test, NULL, ARGUMENTS("--state", log)));
    server_kill(server_start(test, NULL, ARGUMENTS("--state", log, "--fresh")));
    assert_text(read_file(test, victim), "precious");
    assert_contains(read_file(test, log), "slackmock_log");
}

static void test_becomes_private(struct test *test)
{
    const char *log = test_file(test, LOG, "");
    struct stat status;

    assert_number(chmod(log, 0666), 0);
    (void)server_start(test, NULL, ARGUMENTS("--state", log));
    assert_number(stat(log, &status), 0);
    assert_number(status.st_mode & 0777, 0600);
}

/* Only the superuser can lay out another's file. */
static void test_of_another_user(struct test *test)
{
    const char *log = test_file(test, LOG, "");
    const struct program_run *run;

    if (geteuid() != 0)
        test_skip(test);
    assert_number(chmod(test_path(test, ""), 0777), 0);
    assert_number(chown(log, 65533, 65533), 0);
    assert_number(chmod(log, 0666), 0);
    run = program_run_by_shell(
        test, "exec setpriv --reuid 65534 --clear-groups \"$@\"",
        ARGUMENTS("--listen", "127.0.0.1:0", "--state", log));
    assert_contains(run->err, "belongs to another user (65533)");
    assert_number(run->status, 1);
}

/* ---- a log that was cut ---- */

/*
 * It starts, with what is whole, or says what is wrong: at the cut of a line
 * nothing is lost but that line.
 */
static void test_cut_anywhere(struct test *test)
{
    const char *log = test_path(test, LOG);
    const struct program_run *run;
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--state", log, "-q"));

    (void)life_exchange(test, server, BOT_FORM);
    (void)life_exchange(test, server, USER_FORM);
    server_kill(server);
    run = program_run_by_shell(
        test,
        test_printf(
            test,
            "cd '%s'; size=$(wc -c <" LOG "); at=0; "
            "while [ $at -le $size ]; do head -c $at " LOG " >cut; "
            "\"$@\" replay cut >out 2>err; status=$?; "
            "lines=$(tail -n +2 cut | wc -l); "
            "[ $status -le 1 ] || { echo $at: $status; cat err; }; "
            "[ $status -eq 1 ] || "
            "[ $(grep -c '^[0-9]' out) -eq $lines ] || echo $at: lines; "
            "at=$((at + size / 50)); done",
            test_path(test, "")),
        ARGUMENTS(NULL));
    assert_text(run->out, "");
    assert_number(run->status, 0);
}

/* Whoever sends one is not obeyed by a terminal, or beyond the limits. */
static void test_hostile_log(struct test *test)
{
    const char *log = test_path(test, LOG);
    const struct program_run *run;
    const char *text;

    server_kill(server_start(test, NULL, ARGUMENTS("--state", log)));
    text = read_file(test, log);
    (void)test_file(
        test, "steering.log",
        test_printf(test,
                    "%s{\"id\":1,\"time\":\"2099-01-01T00:00:00.000Z\","
                    "\"kind\":\"request\",\"verb\":\"G\\u001b\",\"target\":"
                    "\"/\\u001b]0;x\\u0007\",\"headers\":[]}\n",
                    text));
    run =
        program_run(test, ARGUMENTS("replay", test_path(test, "steering.log")));
    assert_number(run->status, 0);
    assert_lacks(run->out, "\x1b");
    assert_contains(run->out, "\\x1b]0;x\\x07");
    run = program_run_by_shell(
        test,
        test_printf(
            test,
            "sed 's/\"max-depth\":64/\"max-depth\":99999999/' '%s' >'%s'; "
            "exec \"$@\"",
            log, test_path(test, "deep.log")),
        ARGUMENTS("replay", test_path(test, "deep.log")));
    assert_contains(run->err, "its --max-depth is 99999999, wanted 1 to ");
    assert_number(run->status, 1);
}

/* ---- a full disk ---- */

/* Nobody can say any more whether the app has it: it comes once more. */
static void test_outcome_of_an_event(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    const char *scenario = test_file(
        test, "events.json",
        test_printf(test,
                    WORLD("\"apps\":[{\"id\":\"A0APP\",\"events\":{\"url\":"
                          "\"http://127.0.0.1:%d/\",\"signing_secret\":\"s\"}"
                          "}]"),
                    receiver_port(receiver)));
    struct server *server = server_start(
        test, scenario, ARGUMENTS("--state", test_path(test, LOG), "-q"));
    const struct received *received;

    event_uninstall(test, server, "");
    receiver_verify(receiver);
    received = receiver_await_event(receiver, "tokens_revoked");
    full_disk_limit(test, server,
                    test_printf(test, "%zu",
                                strlen(read_file(test, test_path(test, LOG)))));
    receiver_answer(received, "200 OK", "", "");
    (void)server_await_stderr(server, "calls get service_unavailable");
    full_disk_limit(test, server, "unlimited");
    do
        received = receiver_await(receiver);
    while (strcmp(json_at(received->message->json, "event.type")->valuestring,
                  "tokens_revoked") != 0);
    assert_text(http_header(received->message, "X-Slack-Retry-Num"), "1");
    receiver_answer(received, "200 OK", "", "");
    (void)event_await_state(test, server, "tokens_revoked", "delivered");
}

int run_state_attack_tests(void)
{
    static const struct test_case cases[] = {
        {"state attacked: lines that a client forges", test_forged_lines, NULL},
        {"state attacked: what is no file", test_no_file, NULL},
        {"state attacked: a symbolic link", test_link, NULL},
        {"state attacked: a link laid for the new file", test_laid_link, NULL},
        {"state attacked: a file that all may read", test_becomes_private,
         NULL},
        {"state attacked: another user's file", test_of_another_user, NULL},
        {"state attacked: cut anywhere", test_cut_anywhere, NULL},
        {"state attacked: a log from somebody else", test_hostile_log, NULL},
        {"state attacked: a full disk when an event was sent",
         test_outcome_of_an_event, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
