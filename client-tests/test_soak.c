/*
 * Mixed load for a while, a quarter of it in TLS: workers with a sandbox each,
 * and one for the main world, its file and SIGHUP. Every answer is checked
 * against a model, see token_model.h; afterwards the server must hold what it
 * held at the start.
 *
 * The environment: SLACKMOCK_SOAK_SECONDS (30), and SLACKMOCK_SOAK_SEED, by
 * which each worker takes the same steps again.
 */
#include <cjson/cJSON.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "control_client.h"
#include "http_client.h"
#include "server_fixture.h"
#include "server_usage.h"
#include "soak_steps.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define WORKERS  6
#define OPERATOR WORKERS /* the number of the one for the main world */

/*
 * What the server may grow by after a third of the time, in KiB. By then all
 * that is bounded has met its bound many times: a world each worker with a
 * journal of 100 entries, 16 cached scenarios, some 40 connections, and ASan's
 * quarantine, which ASAN keeps to 8 MiB. What is left is fragments, and the
 * sanitizer's table of call stacks: 1.1 MiB in 10 minutes. The rest is room for
 * another machine. At 5000 requests a second, a leak of 1 KiB in each hundredth
 * of them is beyond this after three minutes; LeakSanitizer finds at the end,
 * however little it is, what nothing points to any more.
 */
#define GROWTH_MOST 8192
#define ASAN                                                                   \
    "detect_leaks=1:quarantine_size_mb=8:thread_local_quarantine_size_kb=256"

struct soak {
    struct soak_run run;
    struct soak_worker workers[WORKERS + 1];
    pthread_t threads[WORKERS];
    int started;
    long seconds;
    int descriptors;      /* that the server has without a connection */
    long memory_at_start; /* in KiB, as the next two */
    long memory_at_third; /* the most until then */
    long memory;          /* the most so far */
};

static const struct soak_step worker_steps[] = {
    {"exchange", soak_exchange, 100},
    {"refresh", soak_refresh, 120},
    {"test a legacy token", soak_test_legacy, 40},
    {"test an access token", soak_test_access, 100},
    {"revoke an access token", soak_revoke_access, 10},
    {"revoke a legacy token", soak_revoke_legacy, 3},
    {"advance the clock", soak_advance_clock, 15},
    {"look at a token's state", soak_look_at_token, 20},
    {"count active tokens", soak_count_active, 10},
    {"fault at an exchange", soak_fault_exchange, 25},
    {"fault at a refresh", soak_fault_refresh, 25},
    {"odd call", soak_odd_call, 60},
    {"malformed request", soak_malformed, 30},
    {"cut body", soak_cut_body, 15},
    {"reset inside a request", soak_reset_inside, 10},
    {"reset behind a request", soak_reset_behind, 10},
    {"pipelined exchanges", soak_pipeline, 10},
    {"parked connection", soak_park, 15},
    {"move to another sandbox", soak_move, 6},
    {"reset the sandbox", soak_reset_sandbox, 5},
    {"replace the world", soak_replace_world, 10},
    {"switch rotation", soak_switch_rotation, 6},
    {"refused world", soak_refused_world, 10},
    {"look for another's token", soak_look_elsewhere, 10},
    {"journal", soak_look_at_journal, 10},
};

static const struct soak_step operator_steps[] = {
    {"reload", soak_reload, 10},
    {"reload a broken file", soak_reload_broken, 5},
    {"reset", soak_reset_main_world, 10},
    {"replace the world", soak_put_main_world, 10},
    {"patch the world", soak_patch_main_world, 10},
    {"journal", soak_main_journal, 5},
    {"visit a sandbox", soak_visit, 10},
    {"list sandboxes", soak_list_sandboxes, 5},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ---- the environment ---- */

static unsigned long long number_from(const char *name,
                                      unsigned long long otherwise)
{
    const char *text = getenv(name);

    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static unsigned long long any_seed(void)
{
    return ((unsigned long long)deadline_clock() * 31 +
            (unsigned long long)getpid()) %
           1000000;
}

/* A server whose sanitizer keeps little of what was freed. */
static struct server *start_server(struct test *test, const char *scenario)
{
    static const char name[] = "ASAN_OPTIONS";
    const char *before = getenv(name);
    const char *kept = before ? test_printf(test, "%s", before) : NULL;
    struct server *server;

    (void)setenv(name, test_printf(test, "%s:" ASAN, kept ? kept : ""), 1);
    server =
        server_start(test, scenario,
                     ARGUMENTS("-q", "--journal",
                               test_printf(test, "%d", SOAK_JOURNAL_MOST)));
    if (kept)
        (void)setenv(name, kept, 1);
    else
        (void)unsetenv(name);
    return server;
}

/* The file of the server's certificate; NULL, and said so, without TLS. */
static const char *authority(struct test *test, const struct server *server)
{
    const struct http_reply *reply;

    if (!tls_is_there(test)) {
        print_message("soak: built without TLS, all of the load is plain\n");
        return NULL;
    }
    reply = control_call(test, server, "GET /_mock/ca.pem", NULL);
    assert_number(reply->status, 200);
    return test_file(test, "ca.pem", reply->body);
}

/* ---- the workers ---- */

static void *work(void *argument)
{
    struct soak_worker *worker = argument;

    if (soak_enter_sandbox(worker)) {
        while (!soak_is_over(worker))
            soak_worker_step(worker, worker_steps, COUNT(worker_steps));
        if (!worker->problem[0]) {
            worker->step = "leave";
            (void)soak_leave_sandbox(worker);
        }
    }
    soak_worker_close(worker);
    return NULL;
}

static void join(struct soak *soak)
{
    for (; soak->started > 0; soak->started--)
        (void)pthread_join(soak->threads[soak->started - 1], NULL);
}

/* Also after a failure, when the threads still run. */
static int release(void *thing)
{
    struct soak *soak = thing;

    atomic_store(&soak->run.stop, true);
    join(soak);
    soak_worker_close(&soak->workers[OPERATOR]);
    free(soak);
    return 0;
}

static struct soak *create(struct test *test)
{
    struct soak *soak = calloc(1, sizeof *soak);

    if (!soak)
        abort();
    test_keep(test, soak, release);
    return soak;
}

/*
 * The server's own descriptors: all but the operator's connection. Its calls
 * are behind that by which the fixture saw that the server accepts.
 */
static void begin(struct soak *soak, const struct server *server,
                  unsigned long long seed)
{
    struct soak_worker *worker = &soak->workers[OPERATOR];

    soak->run.port = server_port(server);
    soak->run.server = server_process(server);
    soak->run.log = server_stderr_path(server);
    soak->run.worker_count = WORKERS;
    soak->run.end = deadline_clock() + (deadline)soak->seconds * 1000;
    for (int i = 0; i <= WORKERS; i++)
        soak_worker_init(&soak->workers[i], &soak->run, i, seed);
    worker->step = "first reload";
    soak_reload(worker);
    soak->descriptors = server_descriptors(server) - 1;
    soak->memory_at_start = server_memory(server);
}

static void start_workers(struct soak *soak)
{
    for (int i = 0; i < WORKERS; i++) {
        assert_int_equal(
            pthread_create(&soak->threads[i], NULL, work, &soak->workers[i]),
            0);
        soak->started++;
    }
}

/* ---- the time between ---- */

static void weigh(struct soak *soak, const struct server *server,
                  deadline third)
{
    long memory = server_memory(server);

    if (memory > soak->memory)
        soak->memory = memory;
    if (!deadline_is_over(third))
        soak->memory_at_third = soak->memory;
}

static void operate(struct soak *soak, const struct server *server)
{
    struct soak_worker *worker = &soak->workers[OPERATOR];
    deadline third = soak->run.end - (deadline)soak->seconds * 1000 * 2 / 3;

    while (!soak_is_over(worker)) {
        soak_worker_step(worker, operator_steps, COUNT(operator_steps));
        weigh(soak, server, third);
    }
}

/* ---- afterwards ---- */

static void check_workers(const struct soak *soak)
{
    int problems = 0;

    for (int i = 0; i <= WORKERS; i++) {
        const struct soak_worker *worker = &soak->workers[i];

        if (!worker->problem[0])
            continue;
        print_error("worker %d, step %ld, \"%s\" in \"%s\": %s\n", i,
                    worker->steps, worker->step, worker->base, worker->problem);
        problems++;
    }
    assert_number(problems, 0);
}

static void print_counts(const struct soak *soak, int first, int last,
                         const struct soak_step *steps, size_t count)
{
    for (size_t kind = 0; kind < count; kind++) {
        long total = 0;

        for (int i = first; i <= last; i++)
            total += soak->workers[i].counts[kind];
        print_message("%s%s %ld", kind > 0 ? ", " : "soak: ", steps[kind].name,
                      total);
    }
    print_message("\n");
}

static void print_figures(const struct soak *soak)
{
    long requests = 0;
    long in_tls = 0;

    for (int i = 0; i <= WORKERS; i++) {
        requests += soak->workers[i].requests;
        in_tls += soak->workers[i].requests_in_tls;
    }
    print_message("soak: %ld requests, %ld a second, %ld in TLS; memory in "
                  "KiB: %ld at the start, %ld at most in the first third, %ld "
                  "in all\n",
                  requests, requests / soak->seconds, in_tls,
                  soak->memory_at_start, soak->memory_at_third, soak->memory);
    print_counts(soak, 0, WORKERS - 1, worker_steps, COUNT(worker_steps));
    print_counts(soak, OPERATOR, OPERATOR, operator_steps,
                 COUNT(operator_steps));
}

/* With the last connection goes what was cut off: then all can be counted. */
static void check_server(struct soak *soak, const struct server *server)
{
    struct soak_worker *worker = &soak->workers[OPERATOR];

    soak_worker_close(worker);
    server_await_descriptors(server, soak->descriptors);
    worker->step = "last look";
    (void)soak_last_look(worker);
    check_workers(soak);
    soak_worker_close(worker);
    server_await_descriptors(server, soak->descriptors);
    if (soak->memory - soak->memory_at_third > GROWTH_MOST)
        fail_msg("the server has grown by %ld KiB since the first third of "
                 "the time, wanted %d at the most",
                 soak->memory - soak->memory_at_third, GROWTH_MOST);
}

static void test_mixed_load(struct test *test)
{
    unsigned long long seed = number_from("SLACKMOCK_SOAK_SEED", any_seed());
    const char *scenario = test_file(test, "world.json", STILL_WORLD);
    struct server *server = start_server(test, scenario);
    struct soak *soak = create(test);

    soak->run.scenario = scenario;
    soak->run.authority = authority(test, server);
    soak->seconds = (long)number_from("SLACKMOCK_SOAK_SECONDS", 30);
    assert_in_range(soak->seconds, 1, 24L * 3600);
    print_message("soak: %ld seconds, SLACKMOCK_SOAK_SEED=%llu\n",
                  soak->seconds, seed);
    begin(soak, server, seed);
    start_workers(soak);
    operate(soak, server);
    join(soak);
    check_workers(soak);
    print_figures(soak);
    check_server(soak, server);
    server_signal(server, SIGTERM);
    server_end(server);
}

int run_soak_tests(void)
{
    static const struct test_case cases[] = {
        {"soak: mixed load, every answer as its model says", test_mixed_load,
         NULL},
    };

    return test_cases_run(cases, COUNT(cases));
}
