/* The life of a test between cmocka's setup and teardown; see test_case.h. */
#include "test_case.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "files.h"

struct holding {
    void *thing;
    test_release *release;
    struct holding *next;
};

struct test {
    const struct test_case *test_case;
    struct holding *holdings; /* the last first */
    char *folder;
    bool is_done; /* passed or skipped: nobody wants its files */
};

static int release_text(void *text)
{
    free(text);
    return 0;
}

static int setup(void **state)
{
    struct test *test = calloc(1, sizeof *test);

    if (!test)
        return -1;
    test->test_case = *state;
    *state = test;
    return 0;
}

static void run(void **state)
{
    struct test *test = *state;

    test->test_case->run(test);
    test->is_done = true;
}

/* A server that does not end well fails a test that had passed. */
static int release_all(struct test *test)
{
    int result = 0;

    while (test->holdings) {
        struct holding *holding = test->holdings;

        test->holdings = holding->next;
        if (holding->release(holding->thing) != 0)
            result = -1;
        free(holding);
    }
    return result;
}

static int teardown(void **state)
{
    struct test *test = *state;
    int result = release_all(test);

    if (test->folder && test->is_done && result == 0)
        result = folder_remove(test->folder);
    else if (test->folder)
        print_error("the files of this test are in %s\n", test->folder);
    free(test->folder);
    free(test);
    return result;
}

int test_cases_run(const struct test_case *cases, size_t count)
{
    struct CMUnitTest *tests = calloc(count, sizeof *tests);
    int failed;

    if (!tests)
        return 1;
    for (size_t i = 0; i < count; i++) {
        const struct test_case *row = &cases[i];

        tests[i].name = row->name;
        tests[i].test_func = run;
        tests[i].setup_func = setup;
        tests[i].teardown_func = teardown;
        /* cmocka hands it to setup() and never looks at it. */
        memcpy(&tests[i].initial_state, &row, sizeof row);
    }
    failed = _cmocka_run_group_tests("client tests", tests, count, NULL, NULL);
    free(tests);
    return failed;
}

const void *test_row(const struct test *test)
{
    return test->test_case->row;
}

void test_skip(struct test *test)
{
    test->is_done = true;
    skip();
}

void test_keep(struct test *test, void *thing, test_release *release)
{
    struct holding *holding = malloc(sizeof *holding);

    if (!holding)
        abort();
    *holding = (struct holding){thing, release, test->holdings};
    test->holdings = holding;
}

char *test_printf(struct test *test, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = text_vprintf(format, arguments);
    va_end(arguments);
    test_keep(test, text, release_text);
    return text;
}

const char *test_path(struct test *test, const char *name)
{
    if (!test->folder)
        test->folder = folder_create();
    if (!test->folder)
        fail_msg("no folder for the files of this test");
    return test_printf(test, "%s/%s", test->folder, name);
}

const char *test_file(struct test *test, const char *name, const char *text)
{
    const char *path = test_path(test, name);

    if (file_write(path, text) != 0)
        fail_msg("%s cannot be written", path);
    return path;
}
