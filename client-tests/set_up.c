/* Looks for the marks of scripts/set-up; see set_up.h. */
#include "set_up.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "files.h"
#include "test_case.h"

void skip_unless_ci(struct test *test, const char *name, const char *reason)
{
    const char *ci = getenv("CI");

    if (ci && strcmp(ci, "true") == 0)
        fail_msg("%s must run where CI=true: %s", name, reason);
    print_message("%s is skipped: %s\n", name, reason);
    test_skip(test);
}

/* build/KIND/NAME and an ending, which tells what it is. */
static const char *mark(struct test *test, const char *kind, const char *name,
                        const char *ending)
{
    const char *build = getenv("BUILD");

    return test_printf(test, "%s/%s/%s%s", build && *build ? build : "build",
                       kind, name, ending);
}

void set_up_or_skip(struct test *test, const char *kind, const char *name)
{
    char *text;
    const char *reason;

    if (access(mark(test, kind, name, ".ready"), F_OK) == 0)
        return;
    text = file_read(mark(test, kind, name, ".skipped"));
    reason = text ? test_printf(test, "%.*s", (int)strcspn(text, "\n"), text)
                  : "it is not set up; `make set-up` does that";
    free(text);
    skip_unless_ci(test, name, reason);
}
