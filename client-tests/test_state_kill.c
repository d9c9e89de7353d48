/*
 * kill -9 at any moment, then a start: every answer that a client got still
 * holds, and the token of a call without an answer is exchanged or not.
 * SLACKMOCK_SOAK_KILLS is how often, 20 times without it.
 */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "deadline.h"
#include "default_world.h"
#include "server_fixture.h"
#include "state_caller.h"
#include "test_case.h"
#include "test_groups.h"

#define CALLERS 4
#define KILLS   20

#define KILL_WORLD                                                             \
    WORLD("\"tokens\":[{\"generate\":4000000,\"type\":\"bot\",\"prefix\":"     \
          "\"" STATE_PREFIX "\",\"app\":\"A0APP\",\"team\":\"T0TEAM\","        \
          "\"scope\":\"commands\"}]")

struct killing {
    struct state_caller callers[CALLERS];
    pthread_t threads[CALLERS];
    int started;
    int port;
    atomic_long answered;
    unsigned random;
};

static void join(struct killing *killing)
{
    for (; killing->started > 0; killing->started--)
        (void)pthread_join(killing->threads[killing->started - 1], NULL);
}

static int release(void *thing)
{
    join(thing);
    free(thing);
    return 0;
}

static struct killing *create(struct test *test)
{
    struct killing *killing = calloc(1, sizeof *killing);

    if (!killing)
        abort();
    for (int i = 0; i < CALLERS; i++) {
        killing->callers[i].next = i + 1;
        killing->callers[i].step = CALLERS;
        killing->callers[i].answered = &killing->answered;
    }
    killing->random = 1;
    test_keep(test, killing, release);
    return killing;
}

struct calling {
    struct state_caller *caller;
    int port;
};

static void *call(void *argument)
{
    struct calling *calling = argument;

    state_caller_run(calling->caller, calling->port);
    return NULL;
}

/* The server is killed when so many answers are out, and more are under way. */
static void kill_under_load(struct killing *killing, struct server *server)
{
    static struct calling callings[CALLERS];
    deadline end = deadline_from_now();
    long wanted;

    killing->random = killing->random * 1103515245U + 12345U;
    wanted = atomic_load(&killing->answered) + 1 +
             (long)(killing->random >> 16 & 127);
    for (int i = 0; i < CALLERS; i++) {
        callings[i] =
            (struct calling){&killing->callers[i], server_port(server)};
        assert_number(
            pthread_create(&killing->threads[i], NULL, call, &callings[i]), 0);
        killing->started++;
    }
    while (atomic_load(&killing->answered) < wanted)
        if (!deadline_look_again(end))
            fail_msg("the callers got too few answers in time");
    server_kill(server);
    join(killing);
}

static void check(struct killing *killing, const struct server *server)
{
    for (int i = 0; i < CALLERS; i++)
        state_caller_check(&killing->callers[i], server_port(server));
}

static int kills(void)
{
    const char *text = getenv("SLACKMOCK_SOAK_KILLS");
    long count = text ? strtol(text, NULL, 10) : 0;

    return count > 0 ? (int)count : KILLS;
}

static void test_kill(struct test *test)
{
    const char *scenario = test_file(test, "scenario.json", KILL_WORLD);
    const char *log = test_path(test, "state.log");
    const char *const *words =
        test_row(test) ? ARGUMENTS("--state", log, "-q", "--state-sync")
                       : ARGUMENTS("--state", log, "-q");
    struct killing *killing = create(test);
    struct server *server = server_start(test, scenario, words);

    for (int round = 0; round < kills(); round++) {
        kill_under_load(killing, server);
        server = server_start(test, scenario, words);
        check(killing, server);
    }
}

int run_state_kill_tests(void)
{
    static const struct test_case cases[] = {
        {"state: an answer holds after kill -9", test_kill, NULL},
        {"state: an answer holds after kill -9, with --state-sync", test_kill,
         ""},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
