/* Runs the program to its end and reads what it wrote; see program_run.h. */
#include "program_run.h"

#include <stdlib.h>

#include "check.h"
#include "child.h"
#include "files.h"
#include "server_fixture.h"
#include "test_case.h"

#define ARGUMENTS_MAX 16

struct running {
    struct child child;
    struct program_run run;
    char *out;
    char *err;
};

static int release(void *thing)
{
    struct running *running = thing;

    child_kill(&running->child);
    free(running->out);
    free(running->err);
    free(running);
    return 0;
}

static struct running *create(struct test *test)
{
    struct running *running = calloc(1, sizeof *running);

    if (!running)
        abort();
    running->child = (struct child)CHILD_INIT;
    test_keep(test, running, release);
    return running;
}

static const struct program_run *run(struct test *test,
                                     const char *const *command, deadline end)
{
    struct running *running = create(test);
    const char *out = test_path(test, "stdout");
    const char *err = test_path(test, "stderr");
    const struct child_start how = {command, out, err};

    if (child_start(&running->child, &how) != 0)
        fail_msg("%s was not started", command[0]);
    running->run.status = child_wait(&running->child, end);
    running->out = file_read(out);
    running->err = file_read(err);
    running->run.out = running->out ? running->out : "";
    running->run.err = running->err ? running->err : "";
    assert_lacks(running->run.err, "Sanitizer");
    assert_lacks(running->run.err, "runtime error:");
    return &running->run;
}

/* Adds the program and its arguments to a command. */
static void complete(const char *command[ARGUMENTS_MAX], size_t count,
                     const char *const *arguments)
{
    command[count++] = server_program();
    while (*arguments && count + 1 < ARGUMENTS_MAX)
        command[count++] = *arguments++;
}

const struct program_run *program_run(struct test *test,
                                      const char *const *arguments)
{
    const char *command[ARGUMENTS_MAX] = {NULL};

    complete(command, 0, arguments);
    return run(test, command, deadline_from_now());
}

const struct program_run *program_run_by_shell(struct test *test,
                                               const char *line,
                                               const char *const *arguments)
{
    const char *command[ARGUMENTS_MAX] = {"/bin/sh", "-c", line, "sh"};

    complete(command, 4, arguments);
    return run(test, command, deadline_from_now());
}

const struct program_run *program_run_build(struct test *test, const char *line)
{
    const char *command[ARGUMENTS_MAX] = {"/bin/sh", "-c", line, "sh"};

    complete(command, 4, ARGUMENTS(NULL));
    return run(test, command, deadline_of_build());
}

const struct program_run *shell_run(struct test *test, const char *line)
{
    return run(test, ARGUMENTS("/bin/sh", "-c", line), deadline_from_now());
}
