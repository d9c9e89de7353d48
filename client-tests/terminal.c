/* The master of a pseudo terminal; see terminal.h. */
#include "terminal.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#endif
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "check.h"
#include "deadline.h"
#include "server_fixture.h"
#include "test_case.h"

#define CANNOT_START 127
#define SHOWN_MOST   65536

struct terminal {
    int master;
    pid_t shell;
    size_t length;
    char shown[SHOWN_MOST];
};

/* All that runs there gets a SIGHUP when the terminal is gone. */
static int release(void *thing)
{
    struct terminal *terminal = thing;

    if (terminal->shell > 0 && kill(terminal->shell, SIGKILL) == 0)
        (void)waitpid(terminal->shell, NULL, 0);
    if (terminal->master >= 0)
        (void)close(terminal->master);
    free(terminal);
    return 0;
}

static void silence_echo(void)
{
    struct termios settings;

    if (tcgetattr(STDIN_FILENO, &settings) != 0)
        _exit(CANNOT_START);
    settings.c_lflag &= ~(tcflag_t)ECHO;
    if (tcsetattr(STDIN_FILENO, TCSANOW, &settings) != 0)
        _exit(CANNOT_START);
}

/* In the child. */
static void become_shell(const char *line, const char *program)
{
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    silence_echo();
    /* A shell that has them ignored, as what `&` starts has, keeps it so. */
    (void)signal(SIGINT, SIG_DFL);
    (void)signal(SIGQUIT, SIG_DFL);
    (void)execl("/bin/sh", "sh", "-m", "-c", line, "sh", program, (char *)NULL);
    _exit(CANNOT_START);
}

struct terminal *terminal_start(struct test *test, const char *line)
{
    struct terminal *terminal = calloc(1, sizeof *terminal);
    const char *program = server_program();

    if (!terminal)
        abort();
    terminal->master = -1;
    test_keep(test, terminal, release);
    terminal->shell = forkpty(&terminal->master, NULL, NULL, NULL);
    if (terminal->shell == 0)
        become_shell(line, program);
    assert_true(terminal->shell > 0);
    return terminal;
}

void terminal_type(struct terminal *terminal, const char *keys)
{
    assert_number(write(terminal->master, keys, strlen(keys)), strlen(keys));
}

/* False at the end, which Linux reports as an error. */
static bool read_more(struct terminal *terminal, deadline end)
{
    struct pollfd state = {terminal->master, POLLIN, 0};
    size_t room = sizeof terminal->shown - 1 - terminal->length;
    ssize_t got;

    if (poll(&state, 1, deadline_left(end)) != 1)
        fail_msg("the terminal shows no more than:\n%s", terminal->shown);
    got = read(terminal->master, terminal->shown + terminal->length, room);
    if (got <= 0)
        return false;
    terminal->length += (size_t)got;
    terminal->shown[terminal->length] = '\0';
    return true;
}

const char *terminal_await(struct terminal *terminal, const char *text)
{
    deadline end = deadline_from_now();

    while (!strstr(terminal->shown, text))
        if (!read_more(terminal, end))
            fail_msg("the terminal ended before \"%s\":\n%s", text,
                     terminal->shown);
    return terminal->shown;
}

const char *terminal_await_end(struct terminal *terminal)
{
    deadline end = deadline_from_now();

    while (read_more(terminal, end))
        ;
    assert_lacks(terminal->shown, "Sanitizer");
    return terminal->shown;
}
