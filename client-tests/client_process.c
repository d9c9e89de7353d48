/* Starting client programs and talking to them; see client_process.h. */
#include "client_process.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "child.h"
#include "files.h"
#include "test_case.h"

#define OUTCOME_MAX 65536

struct client_process {
    const char *name;
    const char *folder;
    const char *variant; /* NULL for none */
    struct child child;
    char *log_folder; /* holds its stderr; NULL before it is started */
    char *log;
};

/* A runtime takes long to start, so these outlive the tests. */
static struct client_process processes[CLIENT_COUNT] = {
    {"bolt-js", "bolt-js", NULL, CHILD_INIT, NULL, NULL},
    {"bolt-js-4", "bolt-js-4", NULL, CHILD_INIT, NULL, NULL},
    {"bolt-python sync", "bolt-python", "sync", CHILD_INIT, NULL, NULL},
    {"bolt-python async", "bolt-python", "async", CHILD_INIT, NULL, NULL},
    {"bolt-java", "bolt-java", NULL, CHILD_INIT, NULL, NULL},
};

const char *client_name(enum client client)
{
    return processes[client].name;
}

static bool is_ci(void)
{
    const char *ci = getenv("CI");

    return ci && strcmp(ci, "true") == 0;
}

/* Skips the test, which is no way out in CI. */
static void skip_for(const char *name, const char *reason)
{
    if (is_ci())
        fail_msg("%s must run where CI=true: %s", name, reason);
    print_message("%s is skipped: %s\n", name, reason);
    skip();
}

void client_skip_if_missing(struct test *test, enum client client)
{
    const struct client_process *process = &processes[client];
    const char *build = getenv("BUILD");
    const char *path =
        test_printf(test, "%s/clients/%s.skipped",
                    build && *build ? build : "build", process->folder);
    char *text = file_read(path);
    const char *reason;

    if (!text)
        return;
    reason = test_printf(test, "%.*s", (int)strcspn(text, "\n"), text);
    free(text);
    skip_for(process->name, reason);
}

static void start(struct test *test, struct client_process *process)
{
    const char *program =
        test_printf(test, "client-tests/clients/%s/run", process->folder);
    const char *const arguments[] = {program, process->variant, NULL};
    struct child_start how = {arguments, NULL, NULL};

    if (!process->log_folder)
        process->log_folder = folder_create();
    if (!process->log_folder)
        fail_msg("no folder for the log of %s", process->name);
    if (!process->log)
        process->log = text_printf("%s/stderr", process->log_folder);
    how.stderr_path = process->log;
    if (child_start(&process->child, &how) != 0)
        fail_msg("%s was not started", process->name);
}

/* Ends a client that does not answer; the next test may start it afresh. */
static void give_up(struct client_process *process, const char *why)
{
    char *log = file_read(process->log);

    if (log)
        print_error("%s, on stderr: %s\n", process->name, log);
    free(log);
    child_kill(&process->child);
    fail_msg("%s %s", process->name, why);
}

static void send_line(struct client_process *process, const char *line)
{
    size_t length = strlen(line);

    while (length > 0) {
        ssize_t sent = write(process->child.input, line, length);

        if (sent < 0)
            give_up(process, "does not read its request");
        line += sent;
        length -= (size_t)sent;
    }
}

/* The outcome's bytes and their NUL go into `line`. */
static void await_line(struct client_process *process, char *line, size_t size)
{
    struct pollfd readable = {process->child.output, POLLIN, 0};
    deadline end = deadline_from_now();
    size_t length = 0;

    while (length == 0 || line[length - 1] != '\n') {
        ssize_t got;

        if (length + 1 == size)
            give_up(process, "writes an endless line");
        if (poll(&readable, 1, deadline_left(end)) != 1)
            give_up(process, "did not answer in time");
        got = read(process->child.output, line + length, size - length - 1);
        if (got <= 0)
            give_up(process, "ended before it had answered");
        length += (size_t)got;
    }
    line[length] = '\0';
}

static int release_json(void *json)
{
    cJSON_Delete(json);
    return 0;
}

const cJSON *client_call(struct test *test, enum client client,
                         const char *request)
{
    struct client_process *process = &processes[client];
    static char line[OUTCOME_MAX];
    cJSON *outcome;

    client_skip_if_missing(test, client);
    if (process->child.pid == 0)
        start(test, process);
    send_line(process, request);
    send_line(process, "\n");
    await_line(process, line, sizeof line);
    outcome = cJSON_Parse(line);
    test_keep(test, outcome, release_json);
    if (!cJSON_GetObjectItemCaseSensitive(outcome, "outcome"))
        fail_msg("%s answered %s", process->name, line);
    return outcome;
}

/* Its exit status; 0 for one that was not started. */
static int end_process(struct client_process *process)
{
    int status = 0;

    if (process->child.pid != 0) {
        child_close_input(&process->child);
        status = child_wait(&process->child, deadline_from_now());
    }
    child_kill(&process->child);
    if (process->log_folder)
        (void)folder_remove(process->log_folder);
    free(process->log_folder);
    free(process->log);
    process->log_folder = NULL;
    process->log = NULL;
    return status;
}

void client_end(enum client client)
{
    struct client_process *process = &processes[client];

    if (process->child.pid == 0)
        skip_for(process->name, "it is not running");
    assert_number(end_process(process), 0);
}

int client_end_all(void)
{
    int result = 0;

    for (int i = 0; i < CLIENT_COUNT; i++)
        if (end_process(&processes[i]) != 0)
            result = -1;
    return result;
}
