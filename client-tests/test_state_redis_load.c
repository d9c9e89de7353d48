/*
 * A server is killed while it has work: 64 clients ask three of them, or it is
 * about to send an event. SLACKMOCK_SOAK_SECONDS is how long one after the
 * other is killed; without it one is.
 */
#include <cjson/cJSON.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "deadline.h"
#include "default_world.h"
#include "event_receiver.h"
#include "event_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "redis_server.h"
#include "replicas.h"
#include "server_fixture.h"
#include "state_caller.h"
#include "test_case.h"
#include "test_groups.h"

/* ---- under load ---- */

#define CALLERS 64
#define EACH    20 /* exchanges of a caller, before and after the kill */

struct load {
    struct state_caller callers[CALLERS];
    int ports[CALLERS];
    pthread_t threads[CALLERS];
    int started;
    atomic_long answered;
};

static void join_threads(struct load *load)
{
    for (; load->started > 0; load->started--)
        (void)pthread_join(load->threads[load->started - 1], NULL);
}

static int release(void *thing)
{
    join_threads(thing);
    free(thing);
    return 0;
}

static struct load *create_load(struct test *test)
{
    struct load *load = calloc(1, sizeof *load);

    if (!load)
        abort();
    for (int i = 0; i < CALLERS; i++) {
        load->callers[i].next = i + 1;
        load->callers[i].step = CALLERS;
        load->callers[i].most = EACH;
        load->callers[i].answered = &load->answered;
    }
    test_keep(test, load, release);
    return load;
}

struct calling {
    struct state_caller *caller;
    int port;
};

static void *call(void *argument)
{
    const struct calling *calling = argument;

    state_caller_run(calling->caller, calling->port);
    return NULL;
}

static void begin_load(struct load *load, const struct replicas *replicas)
{
    static struct calling callings[CALLERS];

    for (int i = 0; i < CALLERS; i++) {
        callings[i] = (struct calling){
            &load->callers[i], server_port(replicas->servers[i % REPLICAS])};
        assert_number(
            pthread_create(&load->threads[i], NULL, call, &callings[i]), 0);
        load->started++;
    }
}

/* Whoever is asked says the same of what each caller was answered. */
static void check_load(struct load *load, const struct replicas *replicas)
{
    for (int i = 0; i < CALLERS; i++)
        state_caller_check(&load->callers[i],
                           server_port(replicas->servers[(i + 1) % REPLICAS]));
}

static void await_answers(struct load *load, long enough)
{
    deadline end = deadline_from_now();

    while (atomic_load(&load->answered) < enough)
        if (!deadline_look_again(end))
            fail_msg("the callers got too few answers in time");
}

/* The callers go on where they are, and those of the dead one later. */
static void kill_one(struct load *load, struct replicas *replicas, int number)
{
    const long before = atomic_load(&load->answered);

    begin_load(load, replicas);
    await_answers(load, before + CALLERS * EACH / 4);
    server_kill(replicas->servers[number]);
    replicas->servers[number] = replicas_join(replicas);
    join_threads(load);
    check_load(load, replicas);
}

static int64_t soak_time(void)
{
    const char *text = getenv("SLACKMOCK_SOAK_SECONDS");

    return text ? (int64_t)strtol(text, NULL, 10) * 1000 : 0;
}

static struct replicas start_with_many(struct test *test)
{
    return replicas_start_patient(
        test,
        test_file(test, "scenario.json",
                  WORLD("\"seed\":1,\"clock\":{\"at\":"
                        "\"2030-01-01T00:00:00Z\",\"frozen\":true},"
                        "\"tokens\":[{\"generate\":4000000,\"type\":\"bot\","
                        "\"prefix\":\"" STATE_PREFIX "\",\"app\":\"A0APP\","
                        "\"team\":\"T0TEAM\",\"scope\":\"commands\"}]")),
        "60");
}

/* A long soak takes snapshots, and one that starts from a snapshot has not the
 * journal of the others. */
static void check_worlds(const struct replicas *replicas)
{
    if (!soak_time())
        replicas_check_equal(replicas);
    replicas_check_same(replicas, "/_mock/world");
}

/* A snapshot of a hundred thousand tokens holds calls up, under ASan for
 * seconds: nobody is refused for it. */
static void test_killed_under_load(struct test *test)
{
    const deadline end = deadline_clock() + soak_time();
    int number = 0;
    struct replicas replicas = start_with_many(test);
    struct load *load = create_load(test);

    do
        kill_one(load, &replicas, number++ % REPLICAS);
    while (!deadline_is_over(end));
    begin_load(load, &replicas);
    join_threads(load);
    check_load(load, &replicas);
    for (int i = 0; i < CALLERS; i++)
        assert_number(load->callers[i].count, EACH);
    check_worlds(&replicas);
}

#define CUTS 3

/* What was under way then is sent again, and may be in the log already. */
static void test_cut_off_under_load(struct test *test)
{
    struct replicas replicas = start_with_many(test);
    struct load *load = create_load(test);

    begin_load(load, &replicas);
    for (int cut = 0; cut < CUTS; cut++) {
        await_answers(load, CALLERS * EACH * cut / CUTS + CALLERS);
        (void)redis_server_ask(replicas.redis, "client kill type normal");
    }
    join_threads(load);
    check_load(load, &replicas);
    for (int i = 0; i < CALLERS; i++)
        assert_number(load->callers[i].count, EACH);
    replicas_check_equal(&replicas);
}

/* ---- an event of one that dies ---- */

/* More than LOST_SECONDS of event_sender.c twice over. */
#define WATCHES 2

static void await_lost(struct test *test, const struct server *server)
{
    deadline end = deadline_from_now() + WATCHES * 20000;
    const char *note;

    do {
        const struct cJSON *told = control_do(
            test, server, "GET /_mock/deliveries?event=tokens_revoked", NULL);

        note =
            cJSON_GetStringValue(json_at(told, "deliveries.0.attempts.0.note"));
        if (!note && !deadline_look_again(end))
            fail_msg("nobody has taken the event over in time");
    } while (!note);
    assert_contains(note, "what came of this was lost");
}

static struct replicas start_with_events(struct test *test,
                                         const struct event_receiver *receiver)
{
    return replicas_start(
        test,
        test_file(
            test, "events.json",
            test_printf(
                test,
                WORLD("\"seed\":1,\"clock\":{\"at\":\"2030-01-01T00:00:00Z\","
                      "\"frozen\":true},\"apps\":[{\"id\":\"A0APP\","
                      "\"events\":{\"url\":\"http://127.0.0.1:%d/\","
                      "\"signing_secret\":\"" EVENT_SECRET "\"}}]"),
                receiver_port(receiver))));
}

/* While the others stand still, the first one sends; then it dies. */
static void test_event_of_a_dead_one(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct replicas replicas = start_with_events(test, receiver);
    const struct received *received;

    server_signal(replicas.servers[1], SIGSTOP);
    server_signal(replicas.servers[2], SIGSTOP);
    event_uninstall(test, replicas.servers[0], "");
    receiver_verify(receiver);
    (void)receiver_await_event(receiver, "tokens_revoked");
    server_kill(replicas.servers[0]);
    server_signal(replicas.servers[1], SIGCONT);
    server_signal(replicas.servers[2], SIGCONT);
    await_lost(test, replicas.servers[1]);
    received = receiver_await_event(receiver, "tokens_revoked");
    assert_text(http_header(received->message, "X-Slack-Retry-Num"), "1");
    receiver_answer(received, "200 OK", "", "");
    (void)event_await_state(test, replicas.servers[2], "tokens_revoked",
                            "delivered");
    assert_true(receiver_is_alone(receiver));
    replicas.servers[0] = replicas_join(&replicas);
    replicas_check_equal(&replicas);
}

/* Of three that know of it one sends it. */
static void test_event_goes_once(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct replicas replicas = start_with_events(test, receiver);

    event_uninstall(test, replicas.servers[1], "");
    receiver_verify(receiver);
    receiver_answer(receiver_await_event(receiver, "tokens_revoked"), "200 OK",
                    "", "");
    for (int i = 0; i < REPLICAS; i++)
        (void)event_await_state(test, replicas.servers[i], "tokens_revoked",
                                "delivered");
    assert_true(receiver_is_alone(receiver));
    replicas_check_equal(&replicas);
}

/* ---- faults ---- */

/* Whoever holds the connection carries it out; all know of it. */
static void test_fault(struct test *test)
{
    struct replicas replicas = replicas_start(
        test,
        test_file(test, "faults.json",
                  WORLD("\"rules\":[{\"name\":\"r\",\"when\":{\"call\":1},"
                        "\"reply\":{\"fault\":\"reset\"}}]")));
    struct raw_socket *raw = raw_connect(test, replicas.servers[1]);

    raw_send_exchange(raw);
    raw_await_reset(raw);
    for (int i = 0; i < REPLICAS; i++)
        assert_json_text(
            control_do(test, replicas.servers[i], "GET /_mock/requests", NULL),
            "requests.0.fault", "reset");
    assert_json(http_exchange(test, replicas.servers[0], BOT_FORM)->json, "ok",
                "true");
    replicas_check_equal(&replicas);
}

int run_state_redis_load_tests(void)
{
    static const struct test_case cases[] = {
        {"redis: a server is killed under load", test_killed_under_load, NULL},
        {"redis: the servers are cut off from it under load",
         test_cut_off_under_load, NULL},
        {"redis: an event goes out once", test_event_goes_once, NULL},
        {"redis: an event of a server that died goes out again",
         test_event_of_a_dead_one, NULL},
        {"redis: a fault comes from who was asked", test_fault, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
