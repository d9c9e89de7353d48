/* Starting, awaiting and ending a process; see child.h. */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#define CANNOT_START 127

struct streams {
    int child[3]; /* what becomes 0, 1 and 2 in the child */
    int input;    /* our ends of the pipes, -1 without pipes */
    int output;
};

static void close_if_open(int *descriptor)
{
    if (*descriptor >= 0)
        (void)close(*descriptor);
    *descriptor = -1;
}

static void close_streams(struct streams *streams)
{
    for (int i = 0; i < 3; i++)
        close_if_open(&streams->child[i]);
}

/* No child may inherit the pipes of another: it would hold them open. */
static int open_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return -1;
    if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0)
        return -1;
    return 0;
}

static int open_pipes(struct streams *streams)
{
    int to_child[2];
    int from_child[2];

    if (open_pipe(to_child) != 0)
        return -1;
    streams->child[0] = to_child[0];
    streams->input = to_child[1];
    if (open_pipe(from_child) != 0)
        return -1;
    streams->output = from_child[0];
    streams->child[1] = from_child[1];
    return 0;
}

static int open_new_file(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static int open_streams(struct streams *streams,
                        const struct child_start *start)
{
    if (start->stdout_path) {
        streams->child[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
        streams->child[1] = open_new_file(start->stdout_path);
    } else if (open_pipes(streams) != 0) {
        return -1;
    }
    streams->child[2] = open_new_file(start->stderr_path);
    for (int i = 0; i < 3; i++)
        if (streams->child[i] < 0)
            return -1;
    return 0;
}

/* In the child, between fork and exec: only what is safe there. */
static void become(const struct child_start *start,
                   const struct streams *streams)
{
    char *const *arguments;

    /* exec takes char *const[] and does not write to it (POSIX, execv). */
    memcpy(&arguments, &start->arguments, sizeof arguments);
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    (void)signal(SIGPIPE, SIG_DFL);
    for (int i = 0; i < 3; i++)
        if (dup2(streams->child[i], i) < 0)
            _exit(CANNOT_START);
    (void)execv(arguments[0], arguments);
    _exit(CANNOT_START);
}

int child_start(struct child *child, const struct child_start *start)
{
    struct streams streams = {{-1, -1, -1}, -1, -1};
    pid_t pid = -1;

    if (open_streams(&streams, start) == 0)
        pid = fork();
    if (pid == 0)
        become(start, &streams);
    close_streams(&streams);
    if (pid < 0) {
        (void)fprintf(stderr, "%s cannot be started: %s\n", start->arguments[0],
                      strerror(errno));
        close_if_open(&streams.input);
        close_if_open(&streams.output);
        return -1;
    }
    child->pid = pid;
    child->input = streams.input;
    child->output = streams.output;
    return 0;
}

bool child_is_running(struct child *child)
{
    int status;
    pid_t ended;

    if (child->pid == 0)
        return false;
    ended = waitpid(child->pid, &status, WNOHANG);
    if (ended == 0)
        return true;
    child->pid = 0;
    if (ended < 0)
        child->status = -1;
    else
        child->status =
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return false;
}

int child_wait(struct child *child, deadline end)
{
    while (child_is_running(child)) {
        if (!deadline_look_again(end)) {
            child_kill(child);
            child->status = -1;
        }
    }
    return child->status;
}

void child_kill(struct child *child)
{
    if (child->pid > 0 && kill(child->pid, SIGKILL) == 0)
        (void)waitpid(child->pid, &child->status, 0);
    child->pid = 0;
    close_if_open(&child->input);
    close_if_open(&child->output);
}

void child_close_input(struct child *child)
{
    close_if_open(&child->input);
}
