/*
 * The programs that `make static` built, as packages carry them: nothing of the
 * machine is needed to run one. SLACKMOCK_STATIC names their folder,
 * build/static without it. Where they were not built the tests are skipped
 * visibly, and fail with CI=true.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "program_run.h"
#include "server_fixture.h"
#include "set_up.h"
#include "test_case.h"
#include "test_groups.h"

#define SIZE_MOST        1200000
#define SHELL_FOUND_NONE 127

struct architecture {
    const char *name;
    const char *machine; /* as readelf has it */
};

static const struct architecture x86_64 = {"x86_64", "X86-64"};
static const struct architecture aarch64 = {"aarch64", "AArch64"};

/* The whole path: some tests give the program another root. */
static const char *static_program(struct test *test)
{
    const struct architecture *architecture = test_row(test);
    const char *folder = getenv("SLACKMOCK_STATIC");
    const char *path =
        test_printf(test, "%s/%s/slackmock", folder ? folder : "build/static",
                    architecture->name);
    char here[PATH_MAX];

    if (access(path, X_OK) != 0)
        skip_unless_ci(
            test, "static",
            test_printf(test, "there is no %s; `make static` builds it", path));
    if (*path == '/')
        return path;
    assert_non_null(getcwd(here, sizeof here));
    return test_printf(test, "%s/%s", here, path);
}

static const char *read_elf(struct test *test)
{
    const struct program_run *run = program_run_by_shell(
        test,
        test_printf(test, "LC_ALL=C exec readelf -W -h -l -d -S '%s'",
                    static_program(test)),
        ARGUMENTS(NULL));

    if (run->status == SHELL_FOUND_NONE)
        skip_unless_ci(test, "static", "this machine has no readelf");
    assert_number(run->status, 0);
    return run->out;
}

static void test_needs_nothing(struct test *test)
{
    const struct architecture *architecture = test_row(test);
    const char *elf = read_elf(test);

    assert_contains(elf, architecture->machine);
    assert_lacks(elf, "INTERP");
    assert_lacks(elf, "(NEEDED)");
}

static void test_hardened(struct test *test)
{
    const char *elf = read_elf(test);
    const char *stack = strstr(elf, "GNU_STACK");

    assert_contains(elf, "DYN (");
    assert_contains(elf, "PIE");
    assert_contains(elf, "GNU_RELRO");
    assert_contains(elf, "NOW");
    assert_non_null(stack);
    assert_lacks(test_printf(test, "%.*s", (int)strcspn(stack, "\n"), stack),
                 "E ");
}

static void test_small(struct test *test)
{
    const char *elf = read_elf(test);
    struct stat status;

    assert_lacks(elf, ".symtab");
    assert_lacks(elf, ".debug");
    assert_lacks(elf, ".note.gnu.build-id");
    assert_number(stat(static_program(test), &status), 0);
    if (status.st_size > SIZE_MOST)
        fail_msg("%lld bytes, wanted %d at most", (long long)status.st_size,
                 SIZE_MOST);
}

static void exchange_once(struct test *test, struct server *server)
{
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "token_already_exchanged");
}

/* The test's folder is the program's root: only it and its logs are there. */
static void test_alone_as_nobody(struct test *test)
{
    const char *line =
        test_printf(test,
                    "shift && cp '%s' '%s' && chmod 777 '%s' && "
                    "exec chroot --userspec=65534:65534 '%s' /slackmock \"$@\"",
                    static_program(test), test_path(test, "slackmock"),
                    test_path(test, ""), test_path(test, ""));

    if (geteuid() != 0)
        skip_unless_ci(test, "static",
                       "only root can give a program another root");
    exchange_once(test,
                  server_start_by_shell(
                      test, line, ARGUMENTS("--port-file", "/server-1.port")));
}

/* By an emulator where it is another machine's. */
static void test_answers(struct test *test)
{
    const struct architecture *architecture = test_row(test);
    const char *line =
        test_printf(test,
                    "shift; [ \"$(uname -m)\" != %s ] || exec '%s' \"$@\"; "
                    "exec qemu-%s-static '%s' \"$@\"",
                    architecture->name, static_program(test),
                    architecture->name, static_program(test));
    const struct program_run *emulator = program_run_by_shell(
        test,
        test_printf(test, "[ \"$(uname -m)\" = %s ] || qemu-%s-static -version",
                    architecture->name, architecture->name),
        ARGUMENTS(NULL));

    if (emulator->status == SHELL_FOUND_NONE)
        skip_unless_ci(test, "static", "this machine has no qemu-user-static");
    exchange_once(test, server_start_by_shell(test, line, NULL));
}

static const struct test_case cases[] = {
    {"static x86_64: nothing of the machine is needed", test_needs_nothing,
     &x86_64},
    {"static aarch64: nothing of the machine is needed", test_needs_nothing,
     &aarch64},
    {"static x86_64: loaded anywhere, stack and relocations guarded",
     test_hardened, &x86_64},
    {"static aarch64: loaded anywhere, stack and relocations guarded",
     test_hardened, &aarch64},
    {"static x86_64: stripped, and at most 1.2 MB", test_small, &x86_64},
    {"static aarch64: stripped, and at most 1.2 MB", test_small, &aarch64},
    {"static x86_64: answers", test_answers, &x86_64},
    {"static aarch64: answers", test_answers, &aarch64},
    {"static x86_64: alone in its root, and as nobody", test_alone_as_nobody,
     &x86_64},
};

int run_static_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
