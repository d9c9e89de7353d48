/*
 * The fixtures that users copy, run as their own test suites run them; each
 * run also shows that an unexpected call fails its test.
 */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "child.h"
#include "deadline.h"
#include "files.h"
#include "server_fixture.h"
#include "set_up.h"
#include "test_case.h"
#include "test_groups.h"

/* One without a setup needs nothing that this program does not need too. */
static void skip_if_missing(struct test *test, const char *name)
{
    const char *setup =
        test_printf(test, "client-tests/fixtures/%s/setup", name);

    if (access(setup, F_OK) == 0)
        set_up_or_skip(test, "fixtures", name);
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
    if (child_wait(&child, deadline_of_build()) != 0) {
        char *said = file_read(log);

        print_error("%s\n", said ? said : "");
        free(said);
        fail_msg("%s failed", run);
    }
}

static const struct test_case cases[] = {
    {"fixtures: Python", test_fixture, "python"},
    {"fixtures: Node.js", test_fixture, "node"},
    {"fixtures: JUnit", test_fixture, "java"},
    {"fixtures: Go", test_fixture, "go"},
    {"fixtures: cmocka", test_fixture, "cmocka"},
};

int run_fixtures_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
