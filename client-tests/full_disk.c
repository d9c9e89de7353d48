/* The limit that each process has for the size of its files. */
#include "full_disk.h"

#include "check.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"

void full_disk_limit(struct test *test, const struct server *server,
                     const char *bytes)
{
    const struct program_run *run =
        shell_run(test, test_printf(test, "prlimit --pid=%ld --fsize=%s:",
                                    (long)server_process(server), bytes));

    assert_text(run->err, "");
    assert_number(run->status, 0);
}
