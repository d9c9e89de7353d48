/* Starts a server, calls it until it answers, prints the milliseconds from its
 * start to the whole first reply, and ends it with SIGTERM. */

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000 };

extern char **environ;

static const char request[] =
    "POST /api/oauth.v2.exchange HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n"
    "Connection: close\r\nContent-Length: 109\r\n\r\n"
    "client_id=4123121235.9872358710"
    "&client_secret=e1b9e11dfcd19c1982d5de12921e17e8c"
    "&token=xoxb-12345-67890-abcdef";

static double clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Returns true if a reply came, whatever its body says: the token is unknown
 * to slackmock, so that the world stays as it was. */
static bool try_call(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    char reply[4096] = "";
    int opened = socket(AF_INET, SOCK_STREAM, 0);
    bool answered = connect(opened, (const struct sockaddr *)&address,
                            sizeof address) == 0 &&
                    send(opened, request, sizeof request - 1, MSG_NOSIGNAL) ==
                        (ssize_t)sizeof request - 1 &&
                    recv(opened, reply, sizeof reply - 1, 0) > 0 &&
                    strncmp(reply, "HTTP/1.1 200", 12) == 0;
    close(opened);
    return answered;
}

static int wait_for_reply(int port, pid_t server, double start)
{
    const struct timespec pause = {.tv_nsec = 50000};
    while (!try_call(port)) {
        int status;
        if (waitpid(server, &status, WNOHANG) != 0) {
            fprintf(stderr, "first_reply: the server ended before a reply\n");
            return -1;
        }
        if (clock_ms() - start > PATIENCE_MS) {
            fprintf(stderr, "first_reply: no reply for %d ms\n", PATIENCE_MS);
            return -1;
        }
        nanosleep(&pause, NULL);
    }
    return 0;
}

int main(int count, char **arguments)
{
    long port = count > 2 ? strtol(arguments[1], NULL, 10) : 0;
    if (port < 1 || port > 65535) {
        fprintf(stderr, "usage: first_reply PORT PROGRAM ARGUMENT...\n");
        return 2;
    }
    double start = clock_ms();
    pid_t server;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    int failure = posix_spawnp(&server, arguments[2], &actions, NULL,
                               arguments + 2, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure) {
        fprintf(stderr, "first_reply: %s: %s\n", arguments[2],
                strerror(failure));
        return 1;
    }
    int status = wait_for_reply((int)port, server, start);
    double end = clock_ms();
    kill(server, SIGTERM);
    waitpid(server, NULL, 0);
    if (status == 0) {
        printf("%.3f\n", end - start);
    }
    return status == 0 ? 0 : 1;
}
