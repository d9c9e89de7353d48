/*
 * The certificate authority: in memory, in files, and over HTTP.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "files.h"
#include "http_client.h"
#include "program_run.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define CA_PEM  "ca/ca.pem"
#define CA_KEY  "ca/ca.key"
#define GET_PEM "GET /_mock/ca.pem"

static struct server *start(struct test *test)
{
    tls_skip_without(test);
    return server_start(test, NULL,
                        ARGUMENTS("--ca-dir", test_path(test, "ca")));
}

static const char *content(struct test *test, const char *name)
{
    char *text = file_read(test_path(test, name));
    const char *copy = test_printf(test, "%s", text ? text : "");

    free(text);
    return copy;
}

static void test_files(struct test *test)
{
    struct stat status;
    struct server *server = start(test);
    const struct http_reply *reply = control_call(test, server, GET_PEM, NULL);

    assert_number(reply->status, 200);
    assert_text(http_header(reply, "Content-Type"), "application/x-pem-file");
    assert_text(reply->body, content(test, CA_PEM));
    assert_int_equal(stat(test_path(test, CA_KEY), &status), 0);
    assert_number(status.st_mode & 07777, 0600);
    assert_lacks(server_stderr(server), "PRIVATE KEY");
}

static void test_files_are_used_again(struct test *test)
{
    struct server *server = start(test);
    const struct tls_way way = {.authority = test_path(test, CA_PEM)};
    const char *pem = content(test, CA_PEM);
    const char *key = content(test, CA_KEY);
    struct raw_socket *raw;

    server_signal(server, 15);
    server_end(server);
    server = start(test);
    raw = raw_connect_tls(test, server, &way);
    raw_send_exchange(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    assert_text(content(test, CA_PEM), pem);
    assert_text(content(test, CA_KEY), key);
}

static void test_memory(struct test *test)
{
    struct server *server, *other;
    struct tls_way way = {.authority = test_path(test, "here.pem")};
    const char *pem;
    struct raw_socket *raw;

    tls_skip_without(test);
    server = server_start(test, NULL, NULL);
    other = server_start(test, NULL, NULL);
    pem = control_call(test, server, GET_PEM, NULL)->body;
    (void)test_file(test, "here.pem", pem);
    raw = raw_connect_tls(test, server, &way);
    raw_send_exchange(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    assert_non_null(tls_client_refusal(test, other, &way));
    assert_int_equal(access(test_path(test, "ca"), F_OK), -1);
}

static void test_head(struct test *test)
{
    struct server *server = start(test);
    const struct http_reply *reply =
        control_call(test, server, "HEAD /_mock/ca.pem", NULL);

    assert_number(reply->status, 200);
    assert_text(http_header(reply, "Content-Length"),
                test_printf(test, "%zu", strlen(content(test, CA_PEM))));
    control_refused(control_call(test, server, "PUT /_mock/ca.pem", NULL), 405,
                    "method_not_allowed");
}

static void test_guarded(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--control-token", "secret"));

    control_refused(control_call(test, server, GET_PEM, NULL), 401,
                    "unauthorized");
}

/* ---- what is refused ---- */

static void spoil_certificate(struct test *test)
{
    (void)test_file(test, CA_PEM,
                    "-----BEGIN CERTIFICATE-----\nAA==\n"
                    "-----END CERTIFICATE-----\n");
}

static void spoil_key(struct test *test)
{
    (void)test_file(test, CA_KEY, "no key");
}

static void remove_key(struct test *test)
{
    (void)unlink(test_path(test, CA_KEY));
}

static void remove_certificate(struct test *test)
{
    (void)unlink(test_path(test, CA_PEM));
}

static void take_other_key(struct test *test)
{
    struct server *server = server_start(
        test, NULL, ARGUMENTS("--ca-dir", test_path(test, "other")));

    server_signal(server, 15);
    server_end(server);
    (void)test_file(test, CA_KEY, content(test, "other/ca.key"));
}

/* Nobody ever writes into it. */
static void lay_pipe(struct test *test)
{
    (void)unlink(test_path(test, CA_PEM));
    assert_number(mkfifo(test_path(test, CA_PEM), 0600), 0);
}

struct spoiled {
    void (*spoil)(struct test *test);
    const char *file;
    const char *problem;
};

static void test_refused(struct test *test)
{
    const struct spoiled *row = test_row(test);
    const char *directory = test_path(test, "ca");
    struct server *server = start(test);
    const struct program_run *run;

    server_signal(server, 15);
    server_end(server);
    row->spoil(test);
    run = program_run(test,
                      ARGUMENTS("-l", "127.0.0.1:0", "--ca-dir", directory));
    assert_number(run->status, 1);
    assert_text(run->out, "");
    assert_contains(run->err, row->file);
    assert_contains(run->err, row->problem);
    assert_lacks(run->err, "PRIVATE");
}

static void test_becomes_private(struct test *test)
{
    const char *key = test_path(test, CA_KEY);
    struct stat status;
    struct server *server = start(test);

    server_signal(server, 15);
    server_end(server);
    assert_number(chmod(key, 0644), 0);
    (void)start(test);
    assert_number(stat(key, &status), 0);
    assert_number(status.st_mode & 0777, 0600);
}

/* Only the superuser can lay out another's files. */
static void test_of_another_user(struct test *test)
{
    const char *names[] = {"ca", CA_PEM, CA_KEY};
    const struct program_run *run;
    struct server *server;

    if (geteuid() != 0)
        test_skip(test);
    server = start(test);
    server_signal(server, 15);
    server_end(server);
    assert_number(chmod(test_path(test, ""), 0777), 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_number(chown(test_path(test, names[i]), 65533, 65533), 0);
        assert_number(chmod(test_path(test, names[i]), 0777), 0);
    }
    run = program_run_by_shell(
        test, "exec setpriv --reuid 65534 --clear-groups \"$@\"",
        ARGUMENTS("-l", "127.0.0.1:0", "--ca-dir", test_path(test, "ca")));
    assert_contains(run->err, "belongs to another user (65533)");
    assert_number(run->status, 1);
}

static void test_no_directory(struct test *test)
{
    const struct program_run *run;

    tls_skip_without(test);
    run = program_run(
        test, ARGUMENTS("-l", "127.0.0.1:0", "--ca-dir", "/dev/null/ca"));
    assert_number(run->status, 1);
    assert_contains(run->err, "/dev/null/ca");
}

#define SPOILED(title, spoil, file, problem)                                   \
    {                                                                          \
        "authority: " title, test_refused, &(const struct spoiled)             \
        {                                                                      \
            spoil, file, problem                                               \
        }                                                                      \
    }

static const struct test_case cases[] = {
    {"authority: files, and the same over HTTP", test_files, NULL},
    {"authority: files are used again", test_files_are_used_again, NULL},
    {"authority: without files it is of one run", test_memory, NULL},
    {"authority: HEAD and other verbs", test_head, NULL},
    {"authority: guarded like all of the control API", test_guarded, NULL},
    SPOILED("a damaged certificate is refused", spoil_certificate, CA_PEM,
            "no certificate that can be read"),
    SPOILED("a damaged key is refused", spoil_key, CA_KEY,
            "no key that can be read"),
    SPOILED("a key alone is refused", remove_certificate, CA_PEM,
            "No such file"),
    SPOILED("a certificate alone is refused", remove_key, CA_KEY,
            "No such file"),
    SPOILED("a key of another is refused", take_other_key, CA_PEM,
            "does not belong to the key"),
    SPOILED("a pipe is refused", lay_pipe, CA_PEM, "is no regular file"),
    {"authority: a key that all may read becomes private", test_becomes_private,
     NULL},
    {"authority: another user's is refused", test_of_another_user, NULL},
    {"authority: a directory that cannot be", test_no_directory, NULL},
};

int run_authority_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
