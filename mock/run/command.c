/*
 * Between fork and exec nothing is called that may not be; a pipe that closes
 * by exec tells whether there was one.
 */
#include "command.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/xalloc.h"

#define SIGNAL_STATUS 128 /* and the signal's number */

extern char **environ;

struct command {
    struct event *child; /* SIGCHLD */
    struct command_start start;
    int status;
};

static const int passed_on[] = {SIGINT,  SIGQUIT, SIGTERM, SIGHUP,
                                SIGUSR1, SIGUSR2, SIGCONT};

static volatile sig_atomic_t running; /* its process id, 0 for none */

/* What the terminal sends comes from the kernel, to the command too. */
static void pass_on(int number, siginfo_t *info, void *context)
{
    int kept = errno;

    (void)context;
    if (running && (info->si_code <= 0 || number == SIGCONT))
        (void)kill((pid_t)running, number);
    errno = kept;
}

/* What is ignored stays so, here and in the command. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_sigaction = pass_on};
    struct sigaction before;

    action.sa_flags = SA_SIGINFO | SA_RESTART;
    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof passed_on / sizeof passed_on[0]; i++)
        if (sigaction(passed_on[i], NULL, &before) == 0 &&
            before.sa_handler != SIG_IGN)
            (void)sigaction(passed_on[i], &action, NULL);
}

static void end(struct command *command, int status)
{
    running = 0;
    command->status = WIFSIGNALED(status) ? SIGNAL_STATUS + WTERMSIG(status)
                                          : WEXITSTATUS(status);
    command->start.ended(command->start.context);
}

static void on_child(evutil_socket_t number, short what, void *argument)
{
    struct command *command = argument;
    int status;

    (void)number;
    (void)what;
    while (running &&
           waitpid((pid_t)running, &status, WNOHANG | WUNTRACED) > 0) {
        if (WIFSTOPPED(status))
            (void)raise(SIGTSTP);
        else
            end(command, status);
    }
}

static void release_signals(const sigset_t *mask)
{
    struct sigaction action;

    for (size_t i = 0; i < sizeof passed_on / sizeof passed_on[0]; i++)
        if (sigaction(passed_on[i], NULL, &action) == 0 &&
            action.sa_handler != SIG_IGN)
            (void)signal(passed_on[i], SIG_DFL);
    (void)sigprocmask(SIG_SETMASK, mask, NULL);
}

/* In the command's process. */
static void become(const struct command_start *start, const sigset_t *mask,
                   int told)
{
    int problem;

    if (start->prepare)
        start->prepare();
    release_signals(mask);
    environ = start->environment; /* whose PATH execvp() searches */
    (void)execvp(start->words[0], start->words);
    problem = errno;
    (void)!write(told, &problem, sizeof problem);
    _exit(COMMAND_NOT_FOUND);
}

/* Returns 0 once the command is what runs, else its errno. */
static int wait_for_exec(int told)
{
    int problem = 0;
    ssize_t length;

    do {
        length = read(told, &problem, sizeof problem);
    } while (length < 0 && errno == EINTR);
    return length == (ssize_t)sizeof problem ? problem : 0;
}

/* 0, or errno. */
static int run(const struct command_start *start, const sigset_t *mask)
{
    int told[2];
    int problem;
    pid_t pid;

    if (pipe(told) != 0)
        return errno;
    (void)fcntl(told[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(told[1], F_SETFD, FD_CLOEXEC);
    pid = fork();
    if (pid == 0)
        become(start, mask, told[1]);
    problem = pid < 0 ? errno : 0;
    (void)close(told[1]);
    if (pid > 0) {
        running = pid;
        problem = wait_for_exec(told[0]);
    }
    (void)close(told[0]);
    if (pid > 0 && problem) {
        running = 0;
        (void)waitpid(pid, NULL, 0);
    }
    return problem;
}

static int run_unstopped(const struct command_start *start)
{
    sigset_t all, before;
    int problem;

    /* None is lost between the handlers and the process id. */
    (void)sigfillset(&all);
    (void)sigprocmask(SIG_BLOCK, &all, &before);
    catch_signals();
    problem = run(start, &before);
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    return problem;
}

struct command *command_create(struct event_base *base,
                               const struct command_start *start, int *status,
                               struct buffer *why)
{
    struct command *command = xcalloc(1, sizeof *command);
    int problem;

    command->start = *start;
    command->child = evsignal_new(base, SIGCHLD, on_child, command);
    event_add(command->child, NULL);
    problem = run_unstopped(start);
    if (!problem)
        return command;
    buffer_printf(why, "cannot run \"%s\": %s", start->words[0],
                  problem == ENOENT ? "it is not found" : strerror(problem));
    *status = problem == ENOENT ? COMMAND_NOT_FOUND : COMMAND_NOT_STARTED;
    command_free(command);
    return NULL;
}

int command_status(const struct command *command)
{
    return command->status;
}

void command_free(struct command *command)
{
    if (!command)
        return;
    event_free(command->child);
    free(command);
}
