/* Starts and ends Redis; see redis_server.h. */
#include "redis_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "child.h"
#include "program_run.h"
#include "test_case.h"

struct redis_server {
    struct test *test;
    struct child child;
    const char *host;
    int port;
    const char *folder;
    const char *log;
};

static int release(void *thing)
{
    struct redis_server *redis = thing;

    if (redis->child.pid)
        (void)kill(redis->child.pid, SIGCONT);
    child_kill(&redis->child);
    free(redis);
    return 0;
}

/*
 * A loopback address of this process: nobody else takes the port while Redis
 * starts, or starts again.
 */
static const char *own_host(struct test *test)
{
    const unsigned pid = (unsigned)getpid();

    return test_printf(test, "127.%u.%u.%u", 1 + pid / 65536 % 254,
                       pid / 256 % 256, pid % 256);
}

/* It was free a moment ago: Redis takes no port 0. */
static int free_port(const char *host)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = inet_addr(host)};
    socklen_t size = sizeof address;
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);

    assert_number(bind(descriptor, (struct sockaddr *)&address, size), 0);
    assert_number(getsockname(descriptor, (struct sockaddr *)&address, &size),
                  0);
    (void)close(descriptor);
    return ntohs(address.sin_port);
}

static void await_ready(struct redis_server *redis)
{
    deadline end = deadline_from_now();

    while (!strstr(redis_server_ask(redis, "ping"), "PONG")) {
        if (!child_is_running(&redis->child))
            fail_msg("redis-server ended, see %s", redis->log);
        if (!deadline_look_again(end))
            fail_msg("redis-server was not ready in time");
    }
}

static void launch(struct redis_server *redis)
{
    const char *const words[] = {"/bin/sh",
                                 "-c",
                                 "exec \"$@\"",
                                 "sh",
                                 "redis-server",
                                 "--port",
                                 test_printf(redis->test, "%d", redis->port),
                                 "--bind",
                                 redis->host,
                                 "--dir",
                                 redis->folder,
                                 "--save",
                                 "",
                                 "--appendonly",
                                 "yes",
                                 "--appendfsync",
                                 "everysec",
                                 NULL};
    struct child_start how = {words, redis->log, redis->log};

    if (child_start(&redis->child, &how) != 0)
        fail_msg("redis-server was not started");
    await_ready(redis);
}

struct redis_server *redis_server_start(struct test *test)
{
    struct redis_server *redis;
    const char *ci = getenv("CI");

    if (shell_run(test, "command -v redis-server")->status != 0) {
        if (ci && strcmp(ci, "true") == 0)
            fail_msg("redis-server is missing: scripts/set-up installs it");
        print_message("redis-server is missing\n");
        test_skip(test);
    }
    redis = calloc(1, sizeof *redis);
    if (!redis)
        abort();
    redis->child = (struct child)CHILD_INIT;
    redis->test = test;
    test_keep(test, redis, release);
    redis->folder = test_path(test, "redis");
    redis->log = test_path(test, "redis.log");
    assert_number(mkdir(redis->folder, 0700), 0);
    redis->host = own_host(test);
    redis->port = free_port(redis->host);
    launch(redis);
    return redis;
}

const char *redis_server_url(struct redis_server *redis)
{
    return test_printf(redis->test, "redis://%s:%d/3?key=mock", redis->host,
                       redis->port);
}

void redis_server_signal(struct redis_server *redis, int number)
{
    assert_number(kill(redis->child.pid, number), 0);
}

void redis_server_restart(struct redis_server *redis, int number)
{
    redis_server_signal(redis, number);
    (void)child_wait(&redis->child, deadline_from_now());
    launch(redis);
}

const char *redis_server_ask(struct redis_server *redis, const char *command)
{
    return shell_run(redis->test,
                     test_printf(redis->test,
                                 "redis-cli -h %s -p %d -n 3 %s 2>&1",
                                 redis->host, redis->port, command))
        ->out;
}
