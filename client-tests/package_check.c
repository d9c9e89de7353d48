/* Gives the lines their names and runs them; see package_check.h. */
#include "package_check.h"

#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "program_run.h"
#include "set_up.h"
#include "test_case.h"

#define SHELL_FOUND_NONE 127

static const char *folder(const char *variable, const char *otherwise)
{
    const char *named = getenv(variable);

    return named ? named : otherwise;
}

static const char *lines_of(struct test *test,
                            const struct package_check *check,
                            const char *packages)
{
    return test_printf(test,
                       "set -eu; P=$(cd '%s' && pwd); T=$(cd '%s' && pwd); "
                       "S=$(cd '%s' && pwd); V=$(scripts/packages/version)\n%s",
                       packages, test_path(test, "."),
                       folder("SLACKMOCK_STATIC", "build/static"),
                       check->lines);
}

void package_check_run(struct test *test)
{
    const struct package_check *check = test_row(test);
    const char *packages = folder("SLACKMOCK_PACKAGES", "build/packages");
    const struct program_run *run;

    if (access(test_printf(test, "%s/SHA256SUMS", packages), R_OK) != 0)
        skip_unless_ci(test, "packages", "`make packages` was not run");
    run = program_run_build(test, lines_of(test, check, packages));
    if (run->status == SHELL_FOUND_NONE && check->tool)
        skip_unless_ci(
            test, "packages",
            test_printf(test, "this machine has no %s", check->tool));
    if (run->status != 0)
        fail_msg("status %d: %s%s", run->status, run->out, run->err);
    assert_contains(run->out, check->out);
}
