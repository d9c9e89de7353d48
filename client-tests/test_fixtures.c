/*
 * The fixtures that users copy, run as their own test suites run them; each
 * run also shows that an unexpected call fails its test.
 */
#include <stdlib.h>

#include "check.h"
#include "child.h"
#include "deadline.h"
#include "files.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* Skips a fixture whose runtime is missing, which is no way out in CI. */
static void skip_if_missing(struct test *test, const char *name)
{
    const char *build = getenv("BUILD");
    const char *ci = getenv("CI");
    char *reason = file_read(test_printf(test, "%s/fixtures/%s.skipped",
                                         build ? build : "build", name));

    if (!reason)
        return;
    print_message("%s is skipped: %s", name, reason);
    free(reason);
    if (ci && *ci)
        fail_msg("%s must run where CI=true", name);
    skip();
}

static void test_fixture(struct test *test)
{
    const char *name = test_row(test);
    const char *log = test_path(test, "run.log");
    struct child child = CHILD_INIT;
    const char *run = test_printf(test, "client-tests/fixtures/%s/run", name);

    skip_if_missing(test, name);
    assert_int_equal(setenv("SLACKMOCK", server_program(), 1), 0);
    assert_number(child_start(&child,
                              &(struct child_start){
                                  .arguments = ARGUMENTS(run),
                                  .stdout_path = log,
                                  .stderr_path = log,
                              }),
                  0);
    if (child_wait(&child, deadline_from_now()) != 0) {
        char *said = file_read(log);

        print_error("%s\n", said ? said : "");
        free(said);
        fail_msg("%s failed", run);
    }
}

static const struct test_case cases[] = {
    {"fixtures: pytest", test_fixture, "pytest"},
    {"fixtures: node:test", test_fixture, "node-test"},
    {"fixtures: JUnit 5", test_fixture, "junit5"},
    {"fixtures: cmocka", test_fixture, "cmocka"},
};

int run_fixtures_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
