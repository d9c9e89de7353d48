/*
 * A process that a test starts and ends: its standard streams, its exit status
 * and a deadline for it. Functions return -1 after printing what went wrong.
 */
#ifndef CLIENT_TESTS_CHILD_H
#define CLIENT_TESTS_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

#include "deadline.h"

struct child {
    pid_t pid;  /* 0: none, or its end was seen already */
    int input;  /* our end of its stdin, -1 without one */
    int output; /* our end of its stdout, -1 without one */
    int status; /* what child_wait() last returned */
};

#define CHILD_INIT                                                             \
    {                                                                          \
        0, -1, -1, -1                                                          \
    }

struct child_start {
    const char *const *arguments; /* the program first, a NULL last */
    const char *stdout_path;      /* NULL: a pipe, and one for stdin too */
    const char *stderr_path;
};

int child_start(struct child *child, const struct child_start *start);

/* True while it runs. */
bool child_is_running(struct child *child);

/*
 * Waits for its end. Returns the exit status, 128 and the number of the signal
 * that ended it, or -1: it outlived the deadline and was killed.
 */
int child_wait(struct child *child, deadline end);

/* Ends it if it still runs, without mercy, and closes the pipes. */
void child_kill(struct child *child);

void child_close_input(struct child *child);

#endif
