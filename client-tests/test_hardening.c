/*
 * The program as it is installed, not the one that the other tests run: what
 * its compiler and linker were told to make an overflow harder to use.
 * SLACKMOCK_RELEASE names it, build/slackmock without it.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "child.h"
#include "files.h"
#include "test_case.h"
#include "test_groups.h"

#define NO_SUCH_COMMAND 127

struct reading {
    struct child child;
    char *text;
};

static int release(void *thing)
{
    struct reading *reading = thing;

    child_kill(&reading->child);
    free(reading->text);
    free(reading);
    return 0;
}

/* What readelf says of the program. */
static const char *read_program(struct test *test)
{
    const char *program = getenv("SLACKMOCK_RELEASE");
    const char *command[] = {
        "/bin/sh", "-c", "LC_ALL=C exec readelf -W -h -l -d --dyn-syms \"$0\"",
        program ? program : "build/slackmock", NULL};
    const char *out = test_path(test, "stdout");
    const struct child_start how = {command, out, test_path(test, "stderr")};
    struct reading *reading = calloc(1, sizeof *reading);
    int status;

    if (!reading)
        abort();
    reading->child = (struct child)CHILD_INIT;
    test_keep(test, reading, release);
    assert_number(child_start(&reading->child, &how), 0);
    status = child_wait(&reading->child, deadline_from_now());
    if (status == NO_SUCH_COMMAND) {
        print_message("this machine has no readelf\n");
        skip();
    }
    assert_number(status, 0);
    reading->text = file_read(out);
    assert_non_null(reading->text);
    return reading->text;
}

/* The line of readelf's output in which that text stands. */
static const char *line_with(struct test *test, const char *text)
{
    const char *all = read_program(test);
    const char *place;

    assert_contains(all, text);
    place = strstr(all, text);
    return test_printf(test, "%.*s", (int)strcspn(place, "\n"), place);
}

static void test_loaded_anywhere(struct test *test)
{
    assert_contains(line_with(test, "  Type:"), "DYN");
    assert_contains(line_with(test, "(FLAGS_1)"), "PIE");
}

/* Both: without BIND_NOW the table of functions stays writable. */
static void test_relocations_read_only(struct test *test)
{
    assert_contains(line_with(test, "GNU_RELRO"), " R ");
    assert_contains(line_with(test, "(FLAGS)"), "BIND_NOW");
}

static void test_stack_not_executable(struct test *test)
{
    assert_lacks(line_with(test, "GNU_STACK"), "E ");
}

static void test_stack_protector(struct test *test)
{
    (void)line_with(test, " __stack_chk_fail");
}

/* snprintf() is used all over with buffers of known size. */
static void test_fortified(struct test *test)
{
    (void)line_with(test, " __snprintf_chk");
}

static const struct test_case cases[] = {
    {"hardening: the program can be loaded anywhere", test_loaded_anywhere,
     NULL},
    {"hardening: relocations are read-only before main",
     test_relocations_read_only, NULL},
    {"hardening: the stack cannot be executed", test_stack_not_executable,
     NULL},
    {"hardening: the stack is protected", test_stack_protector, NULL},
    {"hardening: calls of libc are fortified", test_fortified, NULL},
};

int run_hardening_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
